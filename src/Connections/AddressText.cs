// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Reseau.Native.Connections;

/// <summary>
/// An endpoint as a program gets it: text, family, port. Not inlined into exports, whose first call in a process must
/// not have buffers on its stack: the runtime is not ready to check them.
/// </summary>
internal static unsafe class AddressText
{
    private const int Capacity = 112;

    /// <summary>The local address of whatever has one. Returns 0 or an error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int GetLocal(IdObject* item, reseau_address* address)
    {
        if (item->Operations->GetLocalAddress == null)
            return RESEAU_ERROR_WRONG_KIND;

        aws_socket_endpoint endpoint;
        int error = item->Operations->GetLocalAddress(item, &endpoint);
        if (error == 0)
            Write(&endpoint, address);
        return error;
    }

    /// <summary>The address of the other side of whatever has one. Returns 0 or an error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int GetPeer(IdObject* item, reseau_address* address)
    {
        bool isConnection = item->Operations->Kind == IdKind.Connection;
        if (!isConnection && item->Operations->GetPeerAddress == null)
            return RESEAU_ERROR_WRONG_KIND;

        aws_socket_endpoint endpoint;
        int error = isConnection
            ? ConnectionAddresses.Get((Connection*)item, isPeer: true, &endpoint)
            : item->Operations->GetPeerAddress(item, &endpoint);
        if (error == 0)
            Write(&endpoint, address);
        return error;
    }

    private static void Write(aws_socket_endpoint* endpoint, reseau_address* address)
    {
        *address = default;

        // A NUL in front is that of an abstract name, which programs write with an "@".
        byte* text = endpoint->address;
        bool isAbstract = text[0] == 0 && text[1] != 0;
        if (isAbstract)
            text[0] = (byte)'@';
        ReadOnlySpan<byte> given = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

        // IPv4 on a socket of both families (RFC 4291 section 2.5.5.2) is IPv4.
        if (endpoint->port != 0 && given.StartsWith("::ffff:"u8) && given.Contains((byte)'.'))
            given = given["::ffff:".Length..];
        given[..int.Min(given.Length, Capacity - 1)].CopyTo(new Span<byte>(address->text, Capacity));
        bool isPath = endpoint->port == 0;
        address->family = isPath ? 0 : given.Contains((byte)':') ? 6 : 4;
        address->port = (ushort)endpoint->port;
    }
}
