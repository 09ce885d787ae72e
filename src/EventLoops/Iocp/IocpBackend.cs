// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using static Reseau.Native.Interop.Windows.Iocp;

namespace Reseau.Native.EventLoops.Iocp;

/// <summary>
/// Loops on completion ports of Windows; see <see cref="LoopBackend"/> for what each function is for. Operations are
/// begun by the socket and pipe backends of Windows (<see cref="IocpOperation"/>), and by programs that have connected
/// a handle.
/// </summary>
internal static unsafe class IocpBackend
{
    private const ulong RetryNanos = 1_000_000;

    private static nint s_instance;
    private static nint s_connected;

    internal static LoopBackend* Instance => StaticMemory.Get(ref s_instance, &Functions);

    /// <summary>
    /// What the additional_data of a program's handle points to while it is connected: nothing is to be remembered.
    /// </summary>
    private static IoSubscription* Connected => StaticMemory.Get(ref s_connected, &Mark);

    private static LoopBackend Functions() => new()
    {
        Name = Literal.Of("iocp"u8),
        LoopSize = (nuint)sizeof(IocpLoop),
        TryOpen = &TryOpen,
        Close = &Close,
        Start = &LoopThread.Start,
        Join = &LoopThread.Join,
        Wait = &Wait,
        Deliver = &Deliver,
        Wake = &Wake,
        Subscribe = &Subscribe,
        Unsubscribe = &Disconnect,
        FreeSubscription = &FreeSubscription,
        ConnectToCompletionPort = &Connect,
        TakeBackOperations = &TakeBackOperations,
    };

    private static IoSubscription Mark() => IoSubscription.MarkOf(Instance);

    private static bool TryOpen(LoopCore* core, void* argument)
    {
        if (IocpLoop.TryOpen((IocpLoop*)core))
            return true;

        int error = LastError;
        Log.Write(
            AWS_LL_FATAL,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: could not open the loop's completion port: error {error}");
        Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
        return false;
    }

    private static void Close(LoopCore* core) => IocpLoop.Close((IocpLoop*)core);

    private static int Wait(LoopCore* core, ulong nanoseconds) => IocpLoop.Collect((IocpLoop*)core, nanoseconds);

    private static void Deliver(LoopCore* core, int count) => IocpLoop.Deliver((IocpLoop*)core);

    // The system may have no memory for the packet just now; the loop would sleep on.
    private static void Wake(LoopCore* core)
    {
        while (PostQueuedCompletionStatus(((IocpLoop*)core)->Port, 0, 0, null) == 0)
            Threads.CurrentSleep(RetryNanos);
    }

    // A program's function has none of these, as in aws-c-io.
    private static int Subscribe(LoopCore* core, aws_io_handle* handle, int events, IoCallback* callback)
    {
        if (callback->Function != null)
            return IocpWatch.Start(core, handle, events, callback);

        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: a loop on a completion port has no events of handles");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }

    private static int Connect(LoopCore* core, aws_io_handle* handle)
    {
        if (CreateIoCompletionPort((nint)handle->data.handle, ((IocpLoop*)core)->Port, 0, 0) == 0)
        {
            int error = LastError;
            return Failed(core, handle, "not be connected to"u8, error);
        }

        handle->additional_data = Connected;
        return AWS_OP_SUCCESS;
    }

    private static int Disconnect(LoopCore* core, aws_io_handle* handle)
    {
        void* subscription = handle->additional_data;
        handle->additional_data = null;
        if (subscription != Connected)
        {
            IocpWatch.End(core, (IocpWatch*)subscription);
            return AWS_OP_SUCCESS;
        }

        int status = IocpLoop.Release((nint)handle->data.handle);
        return status >= 0 ? AWS_OP_SUCCESS : Failed(core, handle, "not leave"u8, status);
    }

    // The mark is everybody's.
    private static void FreeSubscription(IoSubscription* subscription)
    {
        if (subscription != Connected)
            IocpWatch.EndWithoutLoop((IocpWatch*)subscription);
    }

    private static void TakeBackOperations(LoopCore* core) => IocpLoop.TakeBackAll((IocpLoop*)core);

    private static int Failed(LoopCore* core, aws_io_handle* handle, System.ReadOnlySpan<byte> what, int error)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: handle 0x{(nint)handle->data.handle:x} could {Literal.Of(what)} " +
            $"the completion port: error {error}");
        return Errors.Raise(AWS_ERROR_SYS_CALL_FAILURE);
    }
}
