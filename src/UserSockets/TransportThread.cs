// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>
/// The thread of a transport of ours. It ends after the last reference is gone, which a program may keep as long as it
/// runs: so nobody joins it, and who joins all managed threads does not wait for it.
/// </summary>
internal static unsafe class TransportThread
{
    /// <summary>False if the system gives no thread.</summary>
    internal static bool Start(delegate* unmanaged[Cdecl]<void*, void*> main, void* network)
    {
        aws_thread thread = default;
        if (Platform.Thread.Start(main, network, Platform.Thread.SmallestDefaultStack, -1, &thread) != 0)
            return false;

        Platform.Thread.Detach(&thread);
        return true;
    }
}
