// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>What a hook is to be called for. Several at a time: the first comes first.</summary>
[System.Flags]
internal enum HookWork : byte
{
    None = 0,

    /// <summary>Bytes from below, or their end.</summary>
    Read = 1,

    /// <summary>Bytes from above.</summary>
    Write = 2,
    Flush = 4,
    Close = 8,

    /// <summary>As Close, for one that is taken away; those below stay.</summary>
    Leave = 16,
}

/// <summary>
/// One of a connection's hooks (`include/reseau/hooks.h`), and what it has not consumed in either direction. On the
/// loop's thread, with the connection held. Rules 153 to 160 of docs/lifetimes.md.
/// </summary>
internal unsafe struct Hook
{
    /// <summary>Each call has so much room for its output, at least.</summary>
    internal const nuint MinWindow = 16 * 1024;

    /// <summary>So much at most is kept that the hook does not consume.</summary>
    internal const nuint MaxKept = 64 * 1024;

    /// <summary>In the same stack; NULL for the first and the last.</summary>
    internal Hook* Above;
    internal Hook* Below;

    /// <summary>The first of a connection has 1, and each later one a greater number than those before.</summary>
    internal ulong Number;

    /// <summary>From below, and from above.</summary>
    internal Inbox ReadInput;
    internal Inbox WriteInput;
    internal HookWork Work;

    /// <summary>Nothing more comes from below.</summary>
    internal bool IsReadEnding;

    /// <summary>Nothing more goes up: what comes is thrown away.</summary>
    internal bool HasReadEnd;

    /// <summary>It has been taken away. Set under the connection's lock, and read by the loop without.</summary>
    internal bool IsLeaving;

    /// <summary>The loop knows: what it had not consumed has passed.</summary>
    internal bool PassesReads;

    /// <summary>It has put its last bytes, and its state is destroyed.</summary>
    internal bool HasLeft;

    private reseau_hook _functions;

    internal readonly void* State => _functions.state;

    internal static Hook* New(reseau_hook* functions)
    {
        Hook* hook = Allocator.New<Hook>(Allocator.Default());
        hook->_functions = *functions;
        return hook;
    }

    /// <summary>Calls the program's function: not under a lock.</summary>
    internal static void Free(Hook* hook)
    {
        Inbox.Clear(&hook->ReadInput);
        Inbox.Clear(&hook->WriteInput);
        Destroy(hook);
        Allocator.Release(Allocator.Default(), hook);
    }

    /// <summary>From now on what it has not consumed, and all that comes in, passes as it is.</summary>
    internal static void PassReads(Hook* hook)
    {
        hook->PassesReads = true;
        if (hook->ReadInput.Length > 0 || hook->IsReadEnding)
            hook->Work |= HookWork.Read;
    }

    /// <summary>
    /// It has put its last bytes: an empty hook stays in its place as long as something is on its way through it. Calls
    /// the program's function: not under a lock, nor inside one of the hook's.
    /// </summary>
    internal static void Leave(Connection* connection, Hook* hook)
    {
        PassReads(hook);

        // As inside the hook's others: the connection does not end while its bytes are on their way.
        connection->Hooks->IsRunning = true;
        Destroy(hook);
        connection->Hooks->IsRunning = false;
        hook->HasLeft = true;
        connection->Hooks->HasLeft = true;
        Connection.Post(connection, ConnectionRequests.Hook);
    }

    private static void Destroy(Hook* hook)
    {
        reseau_hook functions = hook->_functions;
        hook->_functions = default;
        if (functions.destroy != null)
            functions.destroy(functions.state);
    }

    /// <summary>
    /// Calls the function for the work into a window, takes what it has consumed off its input, and says how much it
    /// has put. Whether there is more to do stays in <see cref="Work"/>. Returns 0, RESEAU_HOOK_END, or an error: what
    /// the function has returned, RESEAU_ERROR_INVALID_ARGUMENT if that or its numbers cannot be, or
    /// RESEAU_ERROR_END_OF_STREAM if it has left bytes that nothing comes behind.
    /// </summary>
    internal static int Run(
        Connection* connection, Hook* hook, HookWork work, byte* window, nuint room, nuint* produced)
    {
        Inbox* input = work == HookWork.Read ? &hook->ReadInput : &hook->WriteInput;
        reseau_hook_bytes bytes = new()
        {
            input = input->Length == 0 ? null : input->Data,
            input_length = input->Length,
            is_last = (work == HookWork.Read ? hook->IsReadEnding : work >= HookWork.Close) ? 1 : 0,
            output = window,
            output_room = room,
        };

        // A copy: the hook may write anything into its struct.
        reseau_hook_bytes given = bytes;
        int result = Call(connection, hook, work, &bytes);
        *produced = 0;
        if (result < 0)
            return result;

        bool isPossible = bytes.consumed <= given.input_length && bytes.produced <= room &&
            (result != RESEAU_HOOK_MORE || bytes.consumed + bytes.produced > 0) &&
            result <= (work == HookWork.Read ? RESEAU_HOOK_END : RESEAU_HOOK_MORE);
        if (!isPossible)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        *produced = bytes.produced;
        Inbox.Consume(input, bytes.consumed);
        if (result == RESEAU_HOOK_MORE)
            return 0;

        hook->Work &= ~work;

        // Taken away inside its own function: what it has left is for those above.
        if (work == HookWork.Read && hook->PassesReads && input->Length > 0)
        {
            hook->Work |= HookWork.Read;
            return result;
        }

        bool isLast = given.is_last != 0 && result == RESEAU_HOOK_DONE;
        return isLast && input->Length > 0 ? RESEAU_ERROR_END_OF_STREAM : result;
    }

    private static int Call(Connection* connection, Hook* hook, HookWork work, reseau_hook_bytes* bytes)
    {
        reseau_hook* functions = &hook->_functions;
        reseau_hook_fn function = work switch
        {
            HookWork.Read => functions->read,
            HookWork.Write => functions->write,
            HookWork.Flush => functions->flush,
            _ => functions->close,
        };
        if (function == null || (work == HookWork.Read && (hook->PassesReads || hook->IsLeaving)))
            return Pass(bytes);

        connection->Hooks->IsRunning = true;
        int result = function(connection->Object.Id, bytes, functions->state);
        connection->Hooks->IsRunning = false;
        return result;
    }

    // What has no function passes as it is.
    private static int Pass(reseau_hook_bytes* bytes)
    {
        nuint length = nuint.Min(bytes->input_length, bytes->output_room);
        NativeMemory.Copy(bytes->input, bytes->output, length);
        bytes->consumed = length;
        bytes->produced = length;
        return length < bytes->input_length ? RESEAU_HOOK_MORE : RESEAU_HOOK_DONE;
    }
}

/// <summary>
/// Hooks on one another, without TLS between them; and bytes that their lowest has put and nobody has taken yet.
/// </summary>
internal unsafe struct HookStack
{
    internal Hook* Bottom;
    internal Hook* Top;

    /// <summary>What is being put; NULL if there is nothing.</summary>
    internal OutItem* Product;
    internal nuint ProductRoom;

    /// <summary>What has been given to the hooks, to be counted with the next product.</summary>
    internal OutCounts Given;

    /// <summary>Something was given since the last flush.</summary>
    internal bool NeedsFlush;

    /// <summary>The end of the stream has been asked of the hooks.</summary>
    internal bool IsClosing;

    /// <summary>The number of the newest hook; 0 if there is none.</summary>
    internal static ulong Newest(HookStack* stack) => stack->Top == null ? 0 : stack->Top->Number;

    /// <summary>The newest of those up to this number that are there, or NULL.</summary>
    internal static Hook* At(HookStack* stack, ulong number)
    {
        Hook* hook = stack->Top;
        while (hook != null && hook->Number > number)
            hook = hook->Below;
        return hook;
    }

    internal static void Push(HookStack* stack, Hook* hook)
    {
        hook->Below = stack->Top;
        if (stack->Top == null)
            stack->Bottom = hook;
        else
            stack->Top->Above = hook;
        stack->Top = hook;
    }

    internal static void Remove(HookStack* stack, Hook* hook)
    {
        *(hook->Below == null ? &stack->Bottom : &hook->Below->Above) = hook->Above;
        *(hook->Above == null ? &stack->Top : &hook->Above->Below) = hook->Below;
    }

    /// <summary>The newest with this state that has not been taken away, or NULL.</summary>
    internal static Hook* Find(HookStack* stack, void* state)
    {
        Hook* hook = stack->Top;
        while (hook != null && (hook->IsLeaving || hook->State != state))
            hook = hook->Below;
        return hook;
    }

    /// <summary>The lowest that is to write, flush or close, so that what is on its way goes first; or NULL.</summary>
    internal static Hook* NextToWrite(HookStack* stack)
    {
        Hook* hook = stack->Bottom;
        while (hook != null && (hook->Work & ~HookWork.Read) == 0)
            hook = hook->Above;
        return hook;
    }

    /// <summary>The highest that is to read, or NULL.</summary>
    internal static Hook* NextToRead(HookStack* stack)
    {
        Hook* hook = stack->Top;
        while (hook != null && (hook->Work & HookWork.Read) == 0)
            hook = hook->Below;
        return hook;
    }

    internal static void Free(HookStack* stack)
    {
        if (stack->Product != null)
            OutItem.Free(stack->Product);
        while (stack->Top != null)
        {
            Hook* hook = stack->Top;
            stack->Top = hook->Below;
            Hook.Free(hook);
        }

        *stack = default;
    }
}
