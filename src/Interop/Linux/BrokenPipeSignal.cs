// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>
/// Keeps SIGPIPE from the calling thread during a call that cannot be asked not to raise it. Leaves errno alone.
/// </summary>
internal unsafe struct BrokenPipeSignal
{
    /// <summary>A set of signals, as large as the C library's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct sigset_t
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

    private const string Library = "libc";
    private const int SIGPIPE = 13;
    private const int SIG_BLOCK = 0;
    private const int SIG_SETMASK = 2;

    private sigset_t _previous;
    private bool _wasPending;

    // Returns the error number.
    [DllImport(Library)]
    private static extern int pthread_sigmask(int how, sigset_t* change, sigset_t* previous);

    [DllImport(Library)]
    private static extern int sigpending(sigset_t* pending);

    [DllImport(Library, EntryPoint = "sigtimedwait")]
    private static extern int WaitForSignal(sigset_t* signals, void* info, nint* timeout);

    /// <summary>Before the call.</summary>
    internal static void HoldBack(BrokenPipeSignal* held)
    {
        sigset_t broken = sigset_t.Of(SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken, &held->_previous);

        // Where it was not blocked none can have waited.
        sigset_t pending;
        held->_wasPending =
            held->_previous.Has(SIGPIPE) && sigpending(&pending) == 0 && pending.Has(SIGPIPE);
    }

    /// <summary>After the call, which may have raised it if the argument is true.</summary>
    internal static void Release(BrokenPipeSignal* held, bool mayBeRaised)
    {
        int error = Libc.Errno;
        if (mayBeRaised && !held->_wasPending)
            TakePending();
        if (!held->_previous.Has(SIGPIPE))
            pthread_sigmask(SIG_SETMASK, &held->_previous, null);
        Libc.Errno = error;
    }

    // So that unblocking does not deliver it. Does not wait.
    private static void TakePending()
    {
        sigset_t broken = sigset_t.Of(SIGPIPE);
        nint* atOnce = stackalloc nint[] { 0, 0 };
        while (WaitForSignal(&broken, null, atOnce) < 0 && Libc.Errno == Libc.EINTR)
        {
        }
    }
}
