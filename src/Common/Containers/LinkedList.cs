// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Containers;

/// <summary>
/// The intrusive list of &lt;aws/common/linked_list.h&gt;. C programs use the header's inline functions on the same
/// nodes, so both sides keep the same invariants: two sentinels, and NULL links in a node that is in no list.
/// </summary>
internal static unsafe class LinkedList
{
    internal static void Init(aws_linked_list* list)
    {
        list->head.prev = null;
        list->head.next = &list->tail;
        list->tail.prev = &list->head;
        list->tail.next = null;
    }

    /// <summary>
    /// The struct that holds a node. <paramref name="example"/> and <paramref name="field"/> are any such struct and
    /// its node, as in <c>Containing(node, &amp;any, &amp;any.node)</c>; neither is read.
    /// </summary>
    internal static T* Containing<T>(aws_linked_list_node* node, T* example, aws_linked_list_node* field)
        where T : unmanaged =>
        (T*)((byte*)node - ((byte*)field - (byte*)example));

    internal static bool IsEmpty(aws_linked_list* list) => list->head.next == &list->tail;

    internal static bool IsInList(aws_linked_list_node* node) => node->prev != null && node->next != null;

    internal static void Reset(aws_linked_list_node* node)
    {
        node->prev = null;
        node->next = null;
    }

    internal static aws_linked_list_node* Begin(aws_linked_list* list) => list->head.next;

    internal static aws_linked_list_node* End(aws_linked_list* list) => &list->tail;

    internal static aws_linked_list_node* Front(aws_linked_list* list) => list->head.next;

    internal static aws_linked_list_node* Back(aws_linked_list* list) => list->tail.prev;

    internal static void InsertAfter(aws_linked_list_node* after, aws_linked_list_node* node)
    {
        node->prev = after;
        node->next = after->next;
        after->next->prev = node;
        after->next = node;
    }

    internal static void InsertBefore(aws_linked_list_node* before, aws_linked_list_node* node) =>
        InsertAfter(before->prev, node);

    internal static void PushBack(aws_linked_list* list, aws_linked_list_node* node) => InsertBefore(&list->tail, node);

    internal static void PushFront(aws_linked_list* list, aws_linked_list_node* node) => InsertAfter(&list->head, node);

    internal static void Remove(aws_linked_list_node* node)
    {
        node->prev->next = node->next;
        node->next->prev = node->prev;
        Reset(node);
    }

    /// <summary>The caller has checked that the list is not empty.</summary>
    internal static aws_linked_list_node* PopFront(aws_linked_list* list)
    {
        aws_linked_list_node* node = list->head.next;
        Remove(node);
        return node;
    }

    /// <summary>The caller has checked that the list is not empty.</summary>
    internal static aws_linked_list_node* PopBack(aws_linked_list* list)
    {
        aws_linked_list_node* node = list->tail.prev;
        Remove(node);
        return node;
    }

    /// <summary>Moves every node of <paramref name="source"/> behind those of <paramref name="target"/>.</summary>
    internal static void MoveAllBack(aws_linked_list* target, aws_linked_list* source)
    {
        if (IsEmpty(source))
            return;

        aws_linked_list_node* first = source->head.next;
        aws_linked_list_node* last = source->tail.prev;
        first->prev = target->tail.prev;
        target->tail.prev->next = first;
        last->next = &target->tail;
        target->tail.prev = last;
        Init(source);
    }

    /// <summary>Exchanges the nodes of two lists.</summary>
    internal static void Swap(aws_linked_list* a, aws_linked_list* b)
    {
        aws_linked_list kept;
        Init(&kept);
        MoveAllBack(&kept, a);
        MoveAllBack(a, b);
        MoveAllBack(b, &kept);
    }
}
