// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>The calls that led here, as the C library unwinds them.</summary>
internal static unsafe class PosixBacktrace
{
    /// <summary>The beginning of siginfo_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SignalInfo
    {
        internal int Number;
        internal int Error;
        internal int Code;
        internal int Padding;
        internal void* Address;
    }

    internal static int Capture(void** frames, int capacity) => Libc.backtrace(frames, capacity);

    internal static byte** Symbols(void** frames, int count) => Libc.backtrace_symbols(frames, count);

    internal static void WriteToStandardError(void** frames, int count) =>
        Libc.backtrace_symbols_fd(frames, count, Libc.StandardError);

    internal static Backtrace.Signal ReadSignal(void* information)
    {
        SignalInfo* signal = (SignalInfo*)information;
        return new Backtrace.Signal
        {
            Number = signal->Number,
            Error = signal->Error,
            HasAddress = signal->Number == Libc.SIGSEGV,
            Address = signal->Address,
        };
    }
}
