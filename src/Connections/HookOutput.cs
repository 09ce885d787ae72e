// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Connections;

/// <summary>
/// What goes out through hooks: from the outbox through those above TLS, to TLS, and its records through those below.
/// Hooks run as long as the socket may have more; what is on its way waits in their inputs. On the loop's thread.
/// Functions that return false do so after the connection has ended.
/// </summary>
internal static unsafe class HookOutput
{
    // A large write is given in such pieces.
    private const nuint MaxPiece = 64 * 1024;

    // A product that fills less than this share of its memory is copied: it may wait for long.
    private const nuint MinFilled = 2;

    /// <summary>Hands on what may go now, then ends the stream if that is due.</summary>
    internal static void Send(Connection* connection)
    {
        // It is inside a call that will go on with it.
        if (connection->Hooks->IsSending)
        {
            Connection.Post(connection, ConnectionRequests.Send);
            return;
        }

        connection->Hooks->IsSending = true;
        if (connection->Phase == ConnectionPhase.Handshaking)
            TrySendBelow(connection);
        else if (connection->Phase is ConnectionPhase.Open or ConnectionPhase.Closing)
            SendAndEnd(connection);
        connection->Hooks->IsSending = false;
    }

    private static void SendAndEnd(Connection* connection)
    {
        bool isAlive = TrySendBelow(connection) && TrySendAll(connection) &&
            (connection->Tls == null || ConnectionTls.TryFlush(connection));
        if (isAlive && IsIdle(connection) && ConnectionOutput.IsEndDue(connection))
            ConnectionOutput.EndSending(connection);
    }

    /// <summary>Whether hooks stand between TLS and the socket.</summary>
    internal static bool IsBelowTls(Connection* connection) =>
        connection->Hooks != null && connection->Hooks->Lower.Top != null;

    /// <summary>Has all hooks put what they hold back.</summary>
    internal static void Flush(Connection* connection)
    {
        if (connection->Hooks == null)
            return;

        connection->Hooks->Upper.NeedsFlush |= connection->Hooks->Upper.Top != null;
        if (connection->Hooks->Lower.Top != null)
            connection->Hooks->Lower.Top->Work |= HookWork.Flush;
        ConnectionOutput.Send(connection);
    }

    /// <summary>
    /// Has the hooks of one side of TLS put their last bytes, once. False also if that is not done yet: then it is
    /// asked again when the socket has taken some.
    /// </summary>
    internal static bool TryClose(Connection* connection, bool isAboveTls)
    {
        HookStack* stack = isAboveTls ? &connection->Hooks->Upper : &connection->Hooks->Lower;
        if (stack->Top != null && !stack->IsClosing)
        {
            stack->IsClosing = true;
            stack->Top->Work |= HookWork.Close;
        }

        return (isAboveTls ? TrySendAll(connection) : TrySendBelow(connection)) &&
            HookStack.NextToWrite(stack) == null && HookStack.NextToWrite(&connection->Hooks->Lower) == null;
    }

    /// <summary>Records on their way to the socket; the item is the hooks' from now on.</summary>
    internal static bool TryGiveRecords(Connection* connection, OutItem* records)
    {
        HookStack* lower = &connection->Hooks->Lower;
        bool isAlive = TryGive(connection, lower, lower->Top, records->Data, records->Length, records->Counts);
        OutItem.Free(records);
        return isAlive;
    }

    /// <summary>All records of now have been given.</summary>
    internal static bool TryFlushBelow(Connection* connection)
    {
        connection->Hooks->Lower.Top->Work |= HookWork.Flush;
        return TrySendBelow(connection);
    }

    /// <summary>Nothing is on its way through hooks.</summary>
    internal static bool IsIdle(Connection* connection) =>
        connection->Sending == null && !connection->Hooks->Upper.NeedsFlush &&
        HookStack.NextToWrite(&connection->Hooks->Upper) == null &&
        HookStack.NextToWrite(&connection->Hooks->Lower) == null;

    private static bool MayGoOn(Connection* connection) =>
        connection->SocketBytes < ConnectionOutput.MaxSocketBytes &&
        HookStack.NextToWrite(&connection->Hooks->Lower) == null;

    private static bool TrySendBelow(Connection* connection)
    {
        HookStack* lower = &connection->Hooks->Lower;
        while (connection->SocketBytes < ConnectionOutput.MaxSocketBytes)
        {
            Hook* hook = HookStack.NextToWrite(lower);
            if (hook == null)
                break;
            if (!TryRun(connection, lower, hook))
                return false;
        }

        return TryHandOn(connection, lower);
    }

    // One turn: the hooks are flushed when everything has been given to them.
    private static bool TrySendAll(Connection* connection)
    {
        HookStack* upper = &connection->Hooks->Upper;
        while (MayGoOn(connection))
        {
            Hook* hook = HookStack.NextToWrite(upper);
            bool isAlive = true;
            if (hook != null)
                isAlive = TryRun(connection, upper, hook);
            else if (ConnectionOutput.TryTakeNext(connection) && connection->Sending->Leaving != null)
                BeginLeaving(connection, upper);
            else if (connection->Sending != null)
                isAlive = TryGiveNext(connection, upper);
            else if (upper->NeedsFlush)
                BeginFlush(upper);
            else
                break;
            if (!isAlive)
                return false;
        }

        return TryHandOn(connection, upper);
    }

    // All that was written before has been given to it.
    private static void BeginLeaving(Connection* connection, HookStack* stack)
    {
        OutItem* place = connection->Sending;
        connection->Sending = null;
        place->Leaving->Work |= HookWork.Leave;
        stack->NeedsFlush = true;
        OutItem.Free(place);
    }

    private static void BeginFlush(HookStack* stack)
    {
        stack->NeedsFlush = false;
        stack->Top->Work |= HookWork.Flush;
    }

    // A piece of the item that is sent, to the hook that was the newest when it was written.
    private static bool TryGiveNext(Connection* connection, HookStack* upper)
    {
        OutItem* item = connection->Sending;
        Hook* hook = HookStack.At(upper, item->OnHook);
        if (hook == null)
            return TryHandOn(connection, upper) && ConnectionOutput.TrySendNext(connection);

        nuint length = nuint.Min(item->Length, MaxPiece);
        upper->NeedsFlush = true;
        if (item->File != OutItem.NoFile)
            return TryReadFile(connection, upper, hook, length);

        byte* data = item->Data;
        bool isAlive = TryGive(connection, upper, hook, data, length, OutItem.Advance(item, length));
        if (isAlive)
            FreeIfSent(connection);
        return isAlive;
    }

    // The hook looks at the bytes where they are; what it leaves is copied.
    private static bool TryGive(
        Connection* connection, HookStack* stack, Hook* hook, byte* data, nuint length, OutCounts counts)
    {
        Inbox* input = &hook->WriteInput;
        stack->Given.Add(counts);
        if (input->Length == 0)
        {
            Inbox.Lend(input, data, length);
        }
        else
        {
            byte* copy = Inbox.BeginFill(input, length, null, 0, out _);
            NativeMemory.Copy(data, copy, length);
            Inbox.EndFill(input, length);
        }

        hook->Work |= HookWork.Write;
        bool isAlive = true;
        while (isAlive && (hook->Work & HookWork.Write) != 0 &&
            connection->SocketBytes < ConnectionOutput.MaxSocketBytes)
        {
            isAlive = TryRun(connection, stack, HookStack.NextToWrite(stack));
        }

        // The end of the connection has freed the write that the bytes are in.
        if (isAlive)
            Inbox.KeepOwn(input);
        else
            Inbox.Clear(input);
        return isAlive;
    }

    private static bool TryReadFile(Connection* connection, HookStack* upper, Hook* hook, nuint wanted)
    {
        OutItem* item = connection->Sending;
        byte* piece = Inbox.BeginFill(&hook->WriteInput, wanted, null, 0, out _);
        nint count = Platform.Files.ReadAt(item->File, piece, wanted, (long)item->FileOffset);
        Inbox.EndFill(&hook->WriteInput, (nuint)nint.Max(count, 0));
        if (count <= 0)
        {
            ConnectionClose.Fail(connection, RESEAU_PHASE_WRITE, AWS_IO_STREAM_READ_FAILED);
            return false;
        }

        hook->Work |= HookWork.Write;
        upper->Given.Add(OutItem.Advance(item, (nuint)count));
        FreeIfSent(connection);
        return true;
    }

    private static void FreeIfSent(Connection* connection)
    {
        OutItem* item = connection->Sending;
        if (item->Length > 0)
            return;

        connection->Sending = null;
        OutItem.Free(item);
    }

    // One call of one hook, whose output goes to the one below, or becomes a part of the product.
    private static bool TryRun(Connection* connection, HookStack* stack, Hook* hook)
    {
        Inbox* next = hook->Below == null ? null : &hook->Below->WriteInput;
        byte* window;
        nuint room;
        if (next != null)
            window = Inbox.BeginFill(next, Hook.MinWindow, null, 0, out room);
        else if (!TryOpenWindow(connection, stack, &window, &room))
            return false;

        HookWork work = FirstOf(hook->Work);
        nuint produced;
        int error = Hook.Run(connection, hook, work, window, room, &produced);
        if (next != null)
            Inbox.EndFill(next, produced);
        else
            stack->Product->Length += produced;
        if (error == 0 && hook->WriteInput.Length > Hook.MaxKept && (hook->Work & HookWork.Write) == 0)
            error = RESEAU_ERROR_TOO_LARGE;
        if (error != 0)
        {
            HookInput.Fail(connection, RESEAU_PHASE_WRITE, error);
            return false;
        }

        PassOn(hook, work, produced);
        if (work == HookWork.Leave && (hook->Work & HookWork.Leave) == 0)
            Hook.Leave(connection, hook);
        return true;
    }

    private static HookWork FirstOf(HookWork work) =>
        (work & HookWork.Write) != 0 ? HookWork.Write
        : (work & HookWork.Flush) != 0 ? HookWork.Flush
        : (work & HookWork.Leave) != 0 ? HookWork.Leave
        : HookWork.Close;

    // The one below is to write what was put, and to flush or close when this one has done so.
    private static void PassOn(Hook* hook, HookWork work, nuint produced)
    {
        if (hook->Below == null)
            return;
        if (produced > 0)
            hook->Below->Work |= HookWork.Write;
        if ((hook->Work & work) == 0 && work is HookWork.Flush or HookWork.Close)
            hook->Below->Work |= work;
    }

    // Room for a call behind what has been put. A full product goes first.
    private static bool TryOpenWindow(Connection* connection, HookStack* stack, byte** window, nuint* room)
    {
        if (stack->Product != null && stack->ProductRoom - stack->Product->Length < Hook.MinWindow &&
            !TryHandOn(connection, stack))
        {
            return false;
        }

        if (stack->Product == null)
        {
            nuint size = HookStack.NextToWrite(stack)->WriteInput.Length;
            stack->ProductRoom = nuint.Min(size, MaxPiece) + Hook.MinWindow;
            stack->Product = OutItem.New(connection, stack->ProductRoom);
        }

        *window = stack->Product->Data + stack->Product->Length;
        *room = stack->ProductRoom - stack->Product->Length;
        return true;
    }

    // To TLS or to the socket, with all that has been given until now.
    private static bool TryHandOn(Connection* connection, HookStack* stack)
    {
        OutItem* product = stack->Product;
        if (product != null && product->Length > 0)
        {
            product->Counts = stack->Given;
            stack->Given = default;
            stack->Product = null;
            product = WithoutSlack(connection, product, stack->ProductRoom);
            bool isRecords = stack == &connection->Hooks->Upper && connection->Tls != null;
            return isRecords
                ? ConnectionTls.TryEncrypt(connection, product)
                : ConnectionOutput.TryHandToSocket(connection, product);
        }

        stack->Product = null;
        if (product != null)
            OutItem.Free(product);
        return TryCountOff(connection, stack);
    }

    // Hooks that have taken bytes and put none, although nothing is left to do.
    private static bool TryCountOff(Connection* connection, HookStack* stack)
    {
        if (stack->Given.IsNothing || HookStack.NextToWrite(stack) != null)
            return true;

        OutCounts counts = stack->Given;
        stack->Given = default;
        ConnectionOutput.OnDropped(connection, counts);
        return connection->Socket != null;
    }

    private static OutItem* WithoutSlack(Connection* connection, OutItem* product, nuint room)
    {
        if (product->Length >= room / MinFilled)
            return product;

        OutItem* copy = OutItem.NewCopy(connection, product->Data, product->Length);
        copy->Counts = product->Counts;
        OutItem.Free(product);
        return copy;
    }
}
