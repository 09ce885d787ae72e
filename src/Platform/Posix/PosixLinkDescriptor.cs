// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Linux;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Platform.Posix;

/// <summary>A non-blocking descriptor in an epoll set of its own, with a counter that ends the sleep.</summary>
internal static unsafe class PosixLinkDescriptor
{
    private const int None = -1;

    private struct State
    {
        internal int Descriptor;
        internal int Epoll;
        internal int WakeUp;
        internal bool IsBytes;
    }

    internal static int Open(int descriptor, bool isBytes, void** link)
    {
        State* state = (State*)PosixHeap.AllocateZeroed(1, (nuint)sizeof(State));
        if (state == null)
            return Libc.ENOMEM;

        state->Descriptor = None;
        state->IsBytes = isBytes;
        state->Epoll = Epoll.epoll_create1(Epoll.EPOLL_CLOEXEC);
        state->WakeUp = EventFd.eventfd(0, EventFd.EFD_CLOEXEC | EventFd.EFD_NONBLOCK);
        const uint events = Epoll.EPOLLIN | Epoll.EPOLLOUT | Epoll.EPOLLET;
        if (state->Epoll < 0 || state->WakeUp < 0
            || Epoll.epoll_ctl(state->Epoll, Epoll.EPOLL_CTL_ADD, state->WakeUp, events, null) != 0
            || !Libc.SetNonBlocking(descriptor)
            || Epoll.epoll_ctl(state->Epoll, Epoll.EPOLL_CTL_ADD, descriptor, events, null) != 0)
        {
            int error = Libc.Errno;
            Close(state, closesDescriptor: false);
            return error;
        }

        state->Descriptor = descriptor;
        *link = state;
        return 0;
    }

    internal static void Close(void* link, bool closesDescriptor)
    {
        State* state = (State*)link;
        CloseIfAny(state->Epoll);
        CloseIfAny(state->WakeUp);
        if (closesDescriptor)
            CloseIfAny(state->Descriptor);
        PosixHeap.Free(state);
    }

    internal static void Sleep(void* link, ulong nanoseconds)
    {
        byte* events = stackalloc byte[Epoll.EventSizeMax * 2];
        Epoll.Sleep(((State*)link)->Epoll, events, 2, nanoseconds);
    }

    internal static void WakeUp(void* link)
    {
        ulong one = 1;
        Libc.write(((State*)link)->WakeUp, &one, sizeof(ulong));
    }

    internal static nint Write(void* link, byte* bytes, nuint size)
    {
        State* state = (State*)link;
        return state->IsBytes
            ? Libc.WriteWithoutSignal(state->Descriptor, bytes, size)
            : Libc.send(state->Descriptor, bytes, size, Libc.MSG_NOSIGNAL);
    }

    internal static nint Read(void* link, byte* into, nuint size)
    {
        State* state = (State*)link;
        nint count = state->IsBytes
            ? Libc.read(state->Descriptor, into, size)
            : Libc.recv(state->Descriptor, into, size, Libc.MSG_TRUNC);
        if (count >= 0)
            return count;
        return Libc.Errno == Libc.EAGAIN ? LinkDescriptor.Nothing
            : !state->IsBytes && Libc.Errno is Libc.ECONNREFUSED or Libc.EMSGSIZE ? LinkDescriptor.Useless
            : LinkDescriptor.Broken;
    }

    private static void CloseIfAny(int descriptor)
    {
        if (descriptor >= 0)
            Libc.close(descriptor);
    }
}
