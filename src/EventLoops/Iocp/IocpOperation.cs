// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.EventLoops.Iocp;

/// <summary>
/// An operation that the system has under way, on a handle that was given to a loop by <see cref="IocpPort.Adopt"/>:
/// the first field of what its owner knows of it. It is under way from <see cref="TryBegin"/>, just before the call of
/// the system, until its packet has been taken from the port, or until <see cref="NoPacket"/>. Meanwhile it must stay
/// where it is, and so must its buffers, whatever has been cancelled or closed (rule 87). Owner of the loop only.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IocpOperation
{
    /// <summary>The status of one that was cancelled: STATUS_CANCELLED.</summary>
    internal const uint Cancelled = 0xC0000120;

    /// <summary>First: the system, and a packet, know the operation by it.</summary>
    internal OVERLAPPED Overlapped;

    /// <summary>Behind it as in struct aws_overlapped: what a program's own loop calls for the packet.</summary>
    private delegate* unmanaged[Cdecl]<aws_event_loop*, aws_overlapped*, int, nuint, void> _onPacket;
    private void* _unused;

    /// <summary>In the list of those under way that our loops have.</summary>
    private aws_linked_list_node _node;

    /// <summary>NULL if the loop is a program's.</summary>
    private IocpLoop* _loop;
    private nint _handle;
    private bool _isUnderWay;
    private delegate*<IocpOperation*, void> _onDone;

    /// <summary>Once it is done: an NTSTATUS, and the bytes that were moved.</summary>
    internal uint Status { get; private set; }

    internal uint Bytes { get; private set; }

    internal static bool IsUnderWay(IocpOperation* operation) => operation->_isUnderWay;

    /// <summary>
    /// Whether the system is done with it, also if its packet has not been delivered yet (rule 500); if so, the bytes
    /// that were moved are in the OVERLAPPED. The packets that there are are taken first: where a port is, the system
    /// may write the status, which is pending until then, only when it hands the packet out. Packets of a program's
    /// loop cannot be taken; of its operations one may be done that seems not to be.
    /// </summary>
    internal static bool IsDone(IocpOperation* operation)
    {
        if (operation->_loop != null)
            IocpLoop.TakeAll(operation->_loop);
        return (uint)Volatile.Read(ref operation->Overlapped.Internal) != Interop.Windows.Iocp.STATUS_PENDING;
    }

    /// <summary>
    /// The call of the system follows. False if the loop ends and begins nothing any more. When the operation is done,
    /// and not by then, the function is called with it; it may free it.
    /// </summary>
    internal static bool TryBegin(
        IocpOperation* operation, aws_event_loop* eventLoop, nint handle, delegate*<IocpOperation*, void> onDone)
    {
        IocpLoop* loop = IocpLoop.Of(eventLoop);
        if (loop != null && loop->IsEnding)
            return false;

        operation->Overlapped = default;
        operation->_loop = loop;
        operation->_handle = handle;
        operation->_onDone = onDone;
        operation->_isUnderWay = true;
        if (loop != null)
            LinkedList.PushBack(&loop->UnderWay, &operation->_node);
        else
            operation->_onPacket = &OnPacketOfProgram;
        return true;
    }

    /// <summary>
    /// The call has failed at once, or succeeded on a handle whose packets are left out then: it is not under way.
    /// </summary>
    internal static void NoPacket(IocpOperation* operation)
    {
        operation->_isUnderWay = false;
        if (operation->_loop != null)
            LinkedList.Remove(&operation->_node);
    }

    /// <summary>
    /// Asks the system to come to an end with it. That it does not find it means that the packet is on its way.
    /// </summary>
    internal static void Cancel(IocpOperation* operation)
    {
        if (IsUnderWay(operation))
            Interop.Windows.Iocp.CancelIoEx(operation->_handle, &operation->Overlapped);
    }

    /// <summary>
    /// Cancels it, and waits for its packet; its function is not called (rule 91). For what the system cancels at once.
    /// False if it is still under way: a packet of a program's loop cannot be waited for (rule 393).
    /// </summary>
    internal static bool TakeBack(IocpOperation* operation)
    {
        if (!IsUnderWay(operation))
            return true;

        Cancel(operation);
        if (operation->_loop == null)
            return false;

        IocpLoop.AwaitPacket(operation->_loop, operation);
        return true;
    }

    /// <summary>For the loop: its packet has been taken.</summary>
    internal static void Finish(IocpOperation* operation, uint bytes) =>
        Finish(operation, (uint)operation->Overlapped.Internal, bytes);

    /// <summary>For the loop, after <see cref="Finish"/>.</summary>
    internal static void Notify(IocpOperation* operation) => operation->_onDone(operation);

    /// <summary>For the loop: cancels all that it has.</summary>
    internal static void CancelAll(IocpLoop* loop)
    {
        aws_linked_list* list = &loop->UnderWay;
        for (aws_linked_list_node* node = LinkedList.Begin(list); node != LinkedList.End(list); node = node->next)
        {
            IocpOperation any;
            Cancel(LinkedList.Containing(node, &any, &any._node));
        }
    }

    private static void Finish(IocpOperation* operation, uint status, uint bytes)
    {
        NoPacket(operation);
        operation->Status = status;
        operation->Bytes = bytes;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPacketOfProgram(aws_event_loop* loop, aws_overlapped* packet, int status, nuint bytes)
    {
        IocpOperation* operation = (IocpOperation*)packet;
        Finish(operation, (uint)status, (uint)bytes);
        Notify(operation);
    }
}
