// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Resolver;

namespace Reseau.Native.Connections;

/// <summary>
/// The loops that the library makes when they are first needed, one for each processor and at most 8, and the resolver
/// on them. They last as long as the process; a forked child makes its own.
/// </summary>
internal unsafe struct LibraryLoops
{
    private const int MaxLoops = 8;
    private const int MaxHosts = 256;

    private static nint s_newest;
    private static nint s_lock;

    private aws_event_loop_group* _group;
    private aws_host_resolver* _resolver;

    // What Fork.Count was when they were made.
    private int _forks;

    private SettingsCache _settings;

    // In a forked child: the parent's, which are left as they are.
    private LibraryLoops* _inherited;

    /// <summary>One of them, the less busy of two; NULL if they cannot be made.</summary>
    internal static aws_event_loop* Next()
    {
        LibraryLoops* loops = ForProcess;
        return loops == null ? null : EventLoopGroup.GetNextLoop(loops->_group);
    }

    /// <summary>NULL if it cannot be made.</summary>
    internal static aws_host_resolver* Resolver
    {
        get
        {
            LibraryLoops* loops = ForProcess;
            return loops == null ? null : loops->_resolver;
        }
    }

    /// <summary>Those of connections on them; NULL before they are made.</summary>
    internal static SettingsCache* Settings
    {
        get
        {
            LibraryLoops* newest = (LibraryLoops*)Volatile.Read(ref s_newest);
            return newest != null && newest->_forks == Fork.Count ? &newest->_settings : null;
        }
    }

    private static ForkLock* Lock => ForkLock.OfProcess(ref s_lock);

    private static LibraryLoops* ForProcess
    {
        get
        {
            LibraryLoops* newest = (LibraryLoops*)Volatile.Read(ref s_newest);
            return newest != null && newest->_forks == Fork.Count ? newest : MakeOnce();
        }
    }

    private static LibraryLoops* MakeOnce()
    {
        ForkLock.Enter(Lock);
        LibraryLoops* newest = (LibraryLoops*)Volatile.Read(ref s_newest);
        if (newest == null || newest->_forks != Fork.Count)
            newest = Make();
        if (newest != null)
            Volatile.Write(ref s_newest, (nint)newest);
        ForkLock.Exit(Lock);
        return newest;
    }

    private static LibraryLoops* Make()
    {
        aws_allocator* allocator = Allocator.Default();
        ushort count = ushort.Clamp((ushort)SystemInfo.SystemInfoProcessorCount(), 1, MaxLoops);
        aws_event_loop_group* group = EventLoopGroup.NewDefault(allocator, count, null);
        if (group == null)
            return null;

        // Nobody waits for these threads: they end with the process.
        for (nuint i = 0; i < count; i++)
        {
            LoopObject.RegisterOfLibrary(EventLoopGroup.GetLoopAt(group, i));
            Threads.DecrementUnjoinedCount();
        }

        LibraryLoops* made = (LibraryLoops*)StaticMemory.Allocate((nuint)sizeof(LibraryLoops));
        made->_group = group;
        made->_forks = Fork.Count;
        made->_inherited = (LibraryLoops*)s_newest;
        aws_host_resolver_default_options options = new() { max_entries = MaxHosts, el_group = group };
        made->_resolver = DefaultHostResolver.New(allocator, &options);
        return made;
    }
}
