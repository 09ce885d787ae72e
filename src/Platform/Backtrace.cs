// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>The calls that led here.</summary>
internal static unsafe class Backtrace
{
    /// <summary>What a siginfo_t says.</summary>
    internal struct Signal
    {
        internal int Number;
        internal int Error;

        /// <summary>Whether <see cref="Address"/> is what could not be read or written.</summary>
        internal bool HasAddress;
        internal void* Address;
    }

    /// <summary>Fills an array with return addresses, the innermost first; returns how many.</summary>
    internal static int Capture(void** frames, int capacity) => BacktraceLeaf.Capture(frames, capacity);

    /// <summary>A C string for each frame, all in one block that the caller frees to <see cref="Heap"/>.</summary>
    internal static byte** Symbols(void** frames, int count) => BacktraceLeaf.Symbols(frames, count);

    /// <summary>Writes the frames to standard error, without allocating.</summary>
    internal static void WriteToStandardError(void** frames, int count) =>
        BacktraceLeaf.WriteToStandardError(frames, count);

    internal static Signal ReadSignal(void* information) => BacktraceLeaf.ReadSignal(information);
}
