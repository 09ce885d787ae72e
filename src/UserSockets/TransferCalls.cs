// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>The calls that send and receive. A negated error where the call fails.</summary>
internal static unsafe class TransferCalls
{
    internal static nint Send(
        int descriptor, void* data, nuint length, int flags, void* address, uint addressLength)
    {
        api_iovec piece;
        piece.iov_base = data;
        piece.iov_len = length;
        return SendPieces(descriptor, &piece, 1, SocketApi.EMSGSIZE, flags, address, addressLength);
    }

    internal static nint SendMessage(int descriptor, api_msghdr* message, int flags)
    {
        if (CallerMemory.IsMissing(message, (nuint)sizeof(api_msghdr)))
            return -SocketApi.EFAULT;
        if (message->msg_controllen > 0)
            return -SocketApi.EOPNOTSUPP;
        return SendPieces(
            descriptor,
            message->msg_iov,
            (nuint)message->msg_iovlen,
            SocketApi.EMSGSIZE,
            flags,
            message->msg_name,
            message->msg_name == null ? 0 : message->msg_namelen);
    }

    internal static nint WriteVector(int descriptor, api_iovec* pieces, int count) =>
        count < 0 ? -SocketApi.EINVAL : SendPieces(descriptor, pieces, (nuint)count, SocketApi.EINVAL, 0, null, 0);

    internal static nint Receive(
        int descriptor, void* into, nuint length, int flags, void* address, uint* addressLength)
    {
        if (address != null && CallerMemory.IsMissing(addressLength, sizeof(uint)))
            return -SocketApi.EFAULT;
        if (address != null && (int)*addressLength < 0)
            return -SocketApi.EINVAL;

        api_iovec piece;
        piece.iov_base = into;
        piece.iov_len = length;
        SocketReceive.Request request = default;
        request.Flags = flags;
        request.Address = address;
        request.AddressRoom = address == null ? 0 : *addressLength;
        nint received = ReceivePieces(descriptor, &piece, 1, SocketApi.EMSGSIZE, &request);
        if (received >= 0 && address != null)
            *addressLength = request.AddressLength;
        return received;
    }

    internal static nint ReceiveMessage(int descriptor, api_msghdr* message, int flags)
    {
        if (CallerMemory.IsMissing(message, (nuint)sizeof(api_msghdr)))
            return -SocketApi.EFAULT;
        if (message->msg_name != null && (int)message->msg_namelen < 0)
            return -SocketApi.EINVAL;

        SocketReceive.Request request = default;
        request.Flags = flags;
        request.Address = message->msg_name;
        request.AddressRoom = message->msg_name == null ? 0 : message->msg_namelen;
        nint received = ReceivePieces(
            descriptor, message->msg_iov, (nuint)message->msg_iovlen, SocketApi.EMSGSIZE, &request);
        if (received < 0)
            return received;

        message->msg_namelen = request.AddressLength;
        message->msg_controllen = 0;
        message->msg_flags = request.MessageFlags;
        return received;
    }

    internal static nint ReadVector(int descriptor, api_iovec* pieces, int count)
    {
        SocketReceive.Request request = default;
        return count < 0
            ? -SocketApi.EINVAL
            : ReceivePieces(descriptor, pieces, (nuint)count, SocketApi.EINVAL, &request);
    }

    private static nint SendPieces(
        int descriptor, api_iovec* list, nuint count, int tooMany, int flags, void* address, uint addressLength)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        if (error != 0)
            return error;

        Pieces pieces;
        error = Pieces.Init(&pieces, list, count, tooMany);
        return use.End(error != 0
            ? error
            : SocketSend.Send(use.Socket, &pieces, flags, addressLength == 0 ? null : address, addressLength));
    }

    private static nint ReceivePieces(
        int descriptor, api_iovec* list, nuint count, int tooMany, SocketReceive.Request* request)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        if (error != 0)
            return error;

        Pieces pieces;
        error = Pieces.Init(&pieces, list, count, tooMany);
        return use.End(error != 0 ? error : SocketReceive.Receive(use.Socket, &pieces, request));
    }
}
