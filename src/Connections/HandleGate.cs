// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>
/// Lets any number of threads use a handle until it is to be closed: whoever closes it waits until the others are out,
/// so that none of them meets the handle's number in its next life. They must not wait inside.
/// </summary>
internal struct HandleGate
{
    private const int Closed = 1 << 30;

    private int _state;

    /// <summary>False if it is closed. Any thread.</summary>
    internal static unsafe bool TryEnter(HandleGate* gate)
    {
        if ((Interlocked.Increment(ref gate->_state) & Closed) == 0)
            return true;
        Exit(gate);
        return false;
    }

    internal static unsafe void Exit(HandleGate* gate) => Interlocked.Decrement(ref gate->_state);

    /// <summary>Once. When it returns, nobody is inside.</summary>
    internal static unsafe void Close(HandleGate* gate)
    {
        const ulong pauseNanos = 20_000;
        int state = Interlocked.Or(ref gate->_state, Closed);
        while ((state & (Closed - 1)) != 0)
        {
            Threads.CurrentSleep(pauseNanos);
            state = Volatile.Read(ref gate->_state);
        }
    }
}
