// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;

namespace Reseau.Native.Connections;

/// <summary>
/// A loop that C knows by an id: one that callers run, which ends by its close, or one of the library's own, which does
/// not end. What is on a loop holds it until its memory goes. Rules 140 to 143 of docs/lifetimes.md.
/// </summary>
internal unsafe struct LoopObject
{
    internal IdObject Object;

    /// <summary>Those that end with it. Loop thread.</summary>
    internal LoopConnections Connections;

    /// <summary>Those of connections on it.</summary>
    internal SettingsCache Settings;

    private static nint s_operations;
    private static nint s_operationsOfLibrary;

    private static IdOperations* Operations => StaticMemory.Get(ref s_operations, &NewOperations);

    private static IdOperations* OperationsOfLibrary =>
        StaticMemory.Get(ref s_operationsOfLibrary, &NewOperationsOfLibrary);

    /// <summary>A loop that callers run. Returns its id, or an error of reseau_error.</summary>
    internal static long New()
    {
        aws_event_loop* loop = CallersLoop.New(Allocator.Default());
        if (loop == null)
            return ConnectionErrors.From(Errors.LastErrorOrUnknown());

        long id = Register(Allocator.New<LoopObject>(Allocator.Default()), loop, Operations);
        if (id < 0)
            EventLoop.Destroy(loop);
        return id;
    }

    /// <summary>Gives a loop of the library's an id, before it is used.</summary>
    internal static void RegisterOfLibrary(aws_event_loop* loop) =>
        Register(Allocator.New<LoopObject>(Allocator.Default()), loop, OperationsOfLibrary);

    /// <summary>
    /// The id of a loop; RESEAU_ERROR_BAD_ID if it has none, as those of aws programs, and for NULL.
    /// </summary>
    internal static long IdOf(aws_event_loop* loop)
    {
        LoopCore* core = EventLoop.CoreOf(loop);
        return core == null || core->Id == 0 ? RESEAU_ERROR_BAD_ID : core->Id;
    }

    /// <summary>
    /// Holds the loop of an id, or one of the library's if the id is 0, for something new on it. Returns 0, or an error
    /// of reseau_error.
    /// </summary>
    internal static int TryAcquire(long id, LoopObject** item)
    {
        if (id == 0)
            id = DefaultId;
        if (id == 0)
        {
            aws_event_loop* loop = LibraryLoops.Next();
            id = IdOf(loop);
            if (id < 0)
                return loop == null ? ConnectionErrors.From(Errors.LastErrorOrUnknown()) : RESEAU_ERROR_NO_MEMORY;
        }

        int error = IdTable.TryAcquire(id, IdKind.Loop, (IdObject**)item);
        if (error != 0 || !CallersLoop.IsEnding(CoreOf(*item)))
            return error;
        Release(*item);

        // Callers release what they have been given.
        *item = null;
        return RESEAU_ERROR_LOOP_ENDED;
    }

    /// <summary>The same for what is the system's: descriptors, files.</summary>
    internal static int TryAcquireOfSystem(long id, LoopObject** item)
    {
        int error = TryAcquire(id, item);
        if (error == 0)
            error = WhyNoSystem(*item);
        if (error == RESEAU_ERROR_UNSUPPORTED)
            Release(*item);
        return error;
    }

    /// <summary>
    /// 0, or RESEAU_ERROR_UNSUPPORTED for a loop that has no sockets of the system; NULL is one of the library's.
    /// </summary>
    internal static int WhyNoSystem(LoopObject* item) =>
        item == null || EventLoop.HasSystem(item->Object.Loop) ? 0 : RESEAU_ERROR_UNSUPPORTED;

    /// <summary>
    /// What 0 stands for: one of the library's, 0, or, for what is called on a loop that has no sockets of the system,
    /// that loop.
    /// </summary>
    internal static long DefaultId
    {
        get
        {
            aws_event_loop* loop = EventLoop.OfCallersThread;
            return loop == null || EventLoop.HasSystem(loop) ? 0 : long.Max(IdOf(loop), 0);
        }
    }

    internal static void Release(LoopObject* item) => IdTable.Release(&item->Object);

    internal static LoopCore* CoreOf(LoopObject* item) => EventLoop.CoreOf(item->Object.Loop);

    /// <summary>As <see cref="CallersLoop.Run"/>. Returns 0, or an error of reseau_error.</summary>
    internal static int Run(LoopObject* item, long milliseconds)
    {
        if (CompletionQueue.IsOne(item) || !EventLoop.HasThread(item->Object.Loop))
            return RESEAU_ERROR_WRONG_KIND;
        ulong limit = milliseconds < 0 ? ulong.MaxValue : Deadline.Nanoseconds(milliseconds);
        CallersLoop.RunEnd end = CallersLoop.Run(CoreOf(item), limit, out bool hasEndedLoop);
        if (hasEndedLoop)
            IdTable.End(&item->Object);
        return end switch
        {
            CallersLoop.RunEnd.Busy => RESEAU_ERROR_BUSY,
            CallersLoop.RunEnd.LoopEnded => RESEAU_ERROR_LOOP_ENDED,
            _ => 0,
        };
    }

    /// <summary>Ends a run. Returns 0, or an error of reseau_error.</summary>
    internal static int Stop(LoopObject* item)
    {
        if (item->Object.Operations == OperationsOfLibrary || !EventLoop.HasThread(item->Object.Loop))
            return RESEAU_ERROR_WRONG_KIND;
        LoopLife.Stop(CoreOf(item));
        return 0;
    }

    /// <summary>
    /// Gives a loop its id. The item, which is zeroed, is its owner's from then on; freed if there are no ids left.
    /// </summary>
    internal static long Register(LoopObject* item, aws_event_loop* loop, IdOperations* operations)
    {
        item->Object.Operations = operations;
        item->Object.Loop = loop;
        if (!IdTable.Add(&item->Object))
        {
            Allocator.Release(Allocator.Default(), item);
            return RESEAU_ERROR_NO_MEMORY;
        }

        EventLoop.CoreOf(loop)->Id = item->Object.Id;
        return item->Object.Id;
    }

    private static IdOperations NewOperations() => new() { Kind = IdKind.Loop, Free = &Free, Close = &Close };

    private static IdOperations NewOperationsOfLibrary() =>
        new() { Kind = IdKind.Loop, Free = &Free, Close = &RefuseClose };

    private static void Free(IdObject* item)
    {
        EventLoop.Destroy(item->Loop);
        Allocator.Release(Allocator.Default(), item);
    }

    /// <summary>Of IdOperations.</summary>
    internal static int Close(IdObject* item, bool isAbort)
    {
        if (CallersLoop.End(EventLoop.CoreOf(item->Loop)))
            IdTable.End(item);
        return 0;
    }

    private static int RefuseClose(IdObject* item, bool isAbort) => RESEAU_ERROR_WRONG_KIND;
}
