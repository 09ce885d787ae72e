// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Connections;

/// <summary>An endpoint as a program gets it: text, family, port.</summary>
internal static unsafe class AddressText
{
    private const int Capacity = 112;

    internal static void Write(aws_socket_endpoint* endpoint, reseau_address* address)
    {
        *address = default;

        // A NUL in front is that of an abstract name, which programs write with an "@".
        byte* text = endpoint->address;
        bool isAbstract = text[0] == 0 && text[1] != 0;
        if (isAbstract)
            text[0] = (byte)'@';
        ReadOnlySpan<byte> given = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
        given[..int.Min(given.Length, Capacity - 1)].CopyTo(new Span<byte>(address->text, Capacity));
        bool isPath = endpoint->port == 0;
        address->family = isPath ? 0 : given.Contains((byte)':') ? 6 : 4;
        address->port = (ushort)endpoint->port;
    }
}
