// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.EventLoops.IoUring;

/// <summary>
/// What has operations on a loop's ring: the first field of its state. A ring ends with the loop's thread, and when the
/// loop gets another one, operations are to be begun again.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RingClient
{
    // First, so that its address is that of the whole.
    private aws_linked_list_node _node;
    private delegate*<RingClient*, bool, void> _onThread;

    /// <summary>
    /// Owner of the loop only. The function is called, on the loop's thread, with true when that has started, with a
    /// ring or without; with false when the ring is about to be closed, and no operation is under way any more. It may
    /// leave.
    /// </summary>
    internal static void Join(RingClient* client, IoUringLoop* loop, delegate*<RingClient*, bool, void> onThread)
    {
        client->_onThread = onThread;
        LinkedList.PushBack(&loop->Clients, &client->_node);
    }

    /// <summary>Also if it has not joined, or the loop is gone.</summary>
    internal static void Leave(RingClient* client)
    {
        if (client->_node.next != null)
            LinkedList.Remove(&client->_node);
    }

    /// <summary>For the loop.</summary>
    internal static void NotifyAll(aws_linked_list* clients, bool hasStarted)
    {
        for (aws_linked_list_node* node = LinkedList.Begin(clients); node != LinkedList.End(clients);)
        {
            aws_linked_list_node* next = node->next;
            ((RingClient*)node)->_onThread((RingClient*)node, hasStarted);
            node = next;
        }
    }
}
