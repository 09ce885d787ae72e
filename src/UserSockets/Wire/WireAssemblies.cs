// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Wire;

/// <summary>
/// The datagrams in several fragments that have begun to arrive last. The oldest is given up for a new one: what has
/// not come by then was lost.
/// </summary>
internal unsafe struct WireAssemblies
{
    private const int Capacity = 16;

    private fixed ulong _datagrams[Capacity];
    private int _next;

    /// <summary>A fragment of a datagram has arrived; the datagram to abandon, or 0.</summary>
    internal ulong Note(ulong datagram)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_datagrams[i] == datagram)
                return 0;
        }

        ulong oldest = _datagrams[_next];
        _datagrams[_next] = datagram;
        _next = (_next + 1) % Capacity;
        return oldest;
    }
}
