// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Platform;

/// <summary>What a loop of the system's can wait for, and a thread sets and resets: a counter or an event.</summary>
internal static class EventObject
{
    /// <summary>Not set. Less than 0: a negated OS error number.</summary>
    internal static int New() => EventObjectLeaf.New();

    internal static void Set(int handle) => EventObjectLeaf.Set(handle);

    internal static void Reset(int handle) => EventObjectLeaf.Reset(handle);

    internal static void Close(int handle) => EventObjectLeaf.Close(handle);
}
