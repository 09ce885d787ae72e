// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/loop.h>.
global using unsafe reseau_posted_fn = delegate* unmanaged[Cdecl]<void*, int, void>;
global using unsafe reseau_timer_fn = delegate* unmanaged[Cdecl]<long, void*, void>;
global using unsafe reseau_watch_fn = delegate* unmanaged[Cdecl]<long, int, void*, void>;

namespace Reseau.Native.Abi;

/// <summary>The values of enum reseau_event_loop.</summary>
public static class reseau_event_loop
{
    public const int RESEAU_EVENT_LOOP_EPOLL = 1;
    public const int RESEAU_EVENT_LOOP_IO_URING = 2;
}

/// <summary>The values of enum reseau_event.</summary>
public static class reseau_event
{
    public const int RESEAU_READABLE = 1;
    public const int RESEAU_WRITABLE = 2;
    public const int RESEAU_BROKEN = 4;
}
