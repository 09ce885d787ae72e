// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.EventLoops;

/// <summary>Handles and their events on a loop of ours: what is the same for all backends.</summary>
internal static unsafe class LoopEvents
{
    internal static int Subscribe(LoopCore* core, aws_io_handle* handle, int events, IoCallback* callback)
    {
        if (LoopCore.RejectInherited(core))
            return AWS_OP_ERR;
        if (LoopCore.HasEnded(core))
            return Errors.Raise(AWS_IO_EVENT_LOOP_SHUTDOWN);

        Log.Write(
            AWS_LL_TRACE,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: subscribing to events of fd {handle->data.fd}");
        return core->Backend->Subscribe(core, handle, events, callback);
    }

    /// <summary>Of a handle that is subscribed. Any thread, while nobody ends the subscription.</summary>
    internal static int Change(LoopCore* core, aws_io_handle* handle, int events)
    {
        if (LoopCore.RejectInherited(core))
            return AWS_OP_ERR;
        if (core->Backend->ChangeEvents == null || handle->additional_data == null)
            return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);

        return core->Backend->ChangeEvents(core, handle, events);
    }

    internal static int Unsubscribe(LoopCore* core, aws_io_handle* handle)
    {
        if (LoopCore.RejectInherited(core) || LoopCore.IsOwnedByAnother(core))
            return AWS_OP_ERR;
        if (handle->additional_data == null)
            return Errors.Raise(AWS_ERROR_IO_NOT_SUBSCRIBED);

        Log.Write(
            AWS_LL_TRACE,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: no more events of fd {handle->data.fd}");
        return core->Backend->Unsubscribe(core, handle);
    }

    internal static int ConnectToCompletionPort(LoopCore* core, aws_io_handle* handle)
    {
        if (core->Backend->ConnectToCompletionPort != null)
            return core->Backend->ConnectToCompletionPort(core, handle);

        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_EVENT_LOOP,
            $"id=0x{(nint)core->Loop:x}: loops on {core->Backend->Name} have no completion port");
        return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);
    }
}
