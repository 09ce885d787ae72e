// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>The calling thread's signal mask.</summary>
internal static unsafe partial class Libc
{
    internal const int SIGPIPE = 13;

    internal const int SIG_BLOCK = PosixValues.SIG_BLOCK;
    internal const int SIG_SETMASK = PosixValues.SIG_SETMASK;

    /// <summary>A set of signals, as large as the C library's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct sigset_t
    {
        private fixed ulong _bits[16];

        internal static sigset_t Of(int signal)
        {
            sigset_t set = default;
            set._bits[0] = 1UL << (signal - 1);
            return set;
        }

        internal readonly bool Has(int signal) => (_bits[0] & 1UL << (signal - 1)) != 0;
    }

    /// <summary>Returns the error number.</summary>
    [DllImport(Library)]
    internal static extern int pthread_sigmask(int how, sigset_t* change, sigset_t* previous);

    [DllImport(Library)]
    internal static extern int sigpending(sigset_t* pending);

    [DllImport(Library, EntryPoint = "sigtimedwait")]
    private static extern int WaitForSignal(sigset_t* signals, void* info, nint* timeout);

    /// <summary>
    /// Takes a blocked signal that is pending, so that unblocking does not deliver it. Does not wait.
    /// </summary>
    internal static void TakePendingSignal(sigset_t* signals)
    {
        nint* atOnce = stackalloc nint[] { 0, 0 };
        while (WaitForSignal(signals, null, atOnce) < 0 && Errno == EINTR)
        {
        }
    }
}
