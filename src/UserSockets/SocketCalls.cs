// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>
/// The calls of &lt;reseau/usocket.h&gt; that make, name and end sockets. Like the kernel's, they return a negated
/// error where the call fails.
/// </summary>
internal static unsafe class SocketCalls
{
    private const int TypeFlags = SocketApi.SOCK_NONBLOCK | SocketApi.SOCK_CLOEXEC;

    internal static int Socket(int domain, int type, int protocol)
    {
        if (domain < 0)
            return -SocketApi.EAFNOSUPPORT;

        Transport* transport = TransportSelection.Acquire(domain);
        int descriptor = SocketOn(transport, domain, type, protocol);
        Transport.Release(transport);
        return descriptor;
    }

    internal static int SocketOn(Transport* transport, int domain, int type, int protocol)
    {
        int error = CheckType(transport, domain, type);
        if (error != 0)
            return error;

        UserSocket* socket;
        error = UserSocket.New(transport, domain, type & ~TypeFlags, protocol, &socket);
        return error != 0 ? error : Open(socket, type);
    }

    internal static int SocketPair(int domain, int type, int protocol, int* descriptors)
    {
        if (domain < 0)
            return -SocketApi.EAFNOSUPPORT;

        Transport* transport = TransportSelection.Acquire(domain);
        int error = SocketPairOn(transport, domain, type, protocol, descriptors);
        Transport.Release(transport);
        return error;
    }

    internal static int SocketPairOn(Transport* transport, int domain, int type, int protocol, int* descriptors)
    {
        if (CallerMemory.IsMissing(descriptors, 2 * sizeof(int)))
            return -SocketApi.EFAULT;

        int first = SocketOn(transport, domain, type, protocol);
        if (first < 0)
            return first;

        int second = SocketOn(transport, domain, type, protocol);
        int error = second < 0 ? second : Pair(first, second);
        if (error == 0)
        {
            descriptors[0] = first;
            descriptors[1] = second;
            return 0;
        }

        Close(first);
        if (second >= 0)
            Close(second);
        return error;
    }

    internal static int Bind(int descriptor, void* address, uint length)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(SocketConnect.Bind(use.Socket, address, length));
    }

    internal static int Listen(int descriptor, int backlog)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(SocketListener.Listen(use.Socket, backlog));
    }

    internal static int Accept(int descriptor, void* address, uint* length, int flags)
    {
        if ((flags & ~TypeFlags) != 0)
            return -SocketApi.EINVAL;
        if (address != null && CallerMemory.IsMissing(length, sizeof(uint)))
            return -SocketApi.EFAULT;
        if (address != null && CallerMemory.IsMissing(address, 0))
            return -SocketApi.EFAULT;
        if (address != null && (int)*length < 0)
            return -SocketApi.EINVAL;
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        if (error != 0)
            return error;

        DescriptorTable.Entry* accepted;
        int made = SocketListener.Accept(
            use.Socket, (flags & SocketApi.SOCK_CLOEXEC) != 0, (flags & SocketApi.SOCK_NONBLOCK) != 0, &accepted);
        if (made >= 0)
        {
            if (address != null && Transport.PeerAddress((UserSocket*)accepted->Description, address, length) < 0)
                *length = 0;
            DescriptorTable.Leave(accepted);
        }

        return use.End(made);
    }

    internal static int Connect(int descriptor, void* address, uint length)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        return error != 0
            ? error
            : use.End(SocketConnect.Connect(use.Socket, address, length, use.Description->IsNonBlocking));
    }

    internal static int Shutdown(int descriptor, int how)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(SocketClose.Shutdown(use.Socket, how));
    }

    internal static int Close(int descriptor)
    {
        int error = DescriptorUse.Begin(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(DescriptorTable.Close(use.Entry) ? 0 : -SocketApi.EBADF);
    }

    internal static int LocalAddress(int descriptor, void* address, uint* length)
    {
        int error = BeginAddress(descriptor, address, length, out DescriptorUse use);
        return error != 0 ? error : use.End(Transport.LocalAddress(use.Socket, address, length));
    }

    internal static int PeerAddress(int descriptor, void* address, uint* length)
    {
        int error = BeginAddress(descriptor, address, length, out DescriptorUse use);
        if (error != 0)
            return error;
        return use.End(use.Socket->Phase == SocketPhase.Connected
            ? Transport.PeerAddress(use.Socket, address, length)
            : -SocketApi.ENOTCONN);
    }

    private static int CheckType(Transport* transport, int domain, int type)
    {
        if (transport == null)
            return -SocketApi.EINVAL;
        int kind = type & ~TypeFlags;
        if (kind is SocketApi.SOCK_STREAM or SocketApi.SOCK_DGRAM or SocketApi.SOCK_SEQPACKET)
            return 0;
        if ((kind & ~0xF) != 0)
            return -SocketApi.EINVAL;

        // Raw sockets are of a protocol, and there is none of which there are any.
        bool isRaw = kind == SocketApi.SOCK_RAW && domain is (SocketApi.AF_INET or SocketApi.AF_INET6);
        return isRaw ? -SocketApi.EPROTONOSUPPORT : -SocketApi.ESOCKTNOSUPPORT;
    }

    private static int Open(UserSocket* socket, int type)
    {
        socket->Description.IsNonBlocking = (type & SocketApi.SOCK_NONBLOCK) != 0;
        int descriptor = DescriptorTable.Add(&socket->Description, (type & SocketApi.SOCK_CLOEXEC) != 0);
        if (descriptor < 0)
            SocketClose.Close(&socket->Description);
        return descriptor;
    }

    private static int Pair(int first, int second)
    {
        int error = DescriptorUse.BeginSocket(first, out DescriptorUse one);
        if (error != 0)
            return error;

        error = DescriptorUse.BeginSocket(second, out DescriptorUse other);
        return one.End(error != 0 ? error : other.End(SocketConnect.Pair(one.Socket, other.Socket)));
    }

    private static int BeginAddress(int descriptor, void* address, uint* length, out DescriptorUse use)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out use);
        if (error != 0)
            return error;

        error = CallerMemory.IsMissing(length, sizeof(uint)) ? -SocketApi.EFAULT
            : (int)*length < 0 ? -SocketApi.EINVAL
            : *length > 0 && CallerMemory.IsMissing(address, *length) ? -SocketApi.EFAULT
            : 0;
        return error == 0 ? 0 : use.End(error);
    }
}
