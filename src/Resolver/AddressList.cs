// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>An aws_array_list of aws_host_address by value, as look-ups and callbacks pass it.</summary>
internal static unsafe class AddressList
{
    internal static void InitDynamic(aws_array_list* list, aws_allocator* allocator)
    {
        *list = default;
        list->alloc = allocator;
        list->item_size = (nuint)sizeof(aws_host_address);
    }

    /// <summary>Over memory of the caller's, for at most <paramref name="capacity"/> addresses.</summary>
    internal static void InitStatic(aws_array_list* list, aws_host_address* memory, int capacity)
    {
        *list = default;
        list->item_size = (nuint)sizeof(aws_host_address);
        list->current_size = (nuint)(capacity * sizeof(aws_host_address));
        list->data = memory;
    }

    internal static aws_host_address* At(aws_array_list* list, nuint index) => (aws_host_address*)list->data + index;

    /// <summary>Takes the strings of <paramref name="address"/> over.</summary>
    internal static int Append(aws_array_list* list, aws_host_address* address)
    {
        if (list->item_size != (nuint)sizeof(aws_host_address))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (ArrayList.EnsureCapacity(list, list->length) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        *At(list, list->length) = *address;
        list->length++;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Destroys the addresses and keeps the list's memory.</summary>
    internal static void Clear(aws_array_list* list)
    {
        for (nuint i = 0; i < list->length; i++)
            HostAddress.CleanUp(At(list, i));
        list->length = 0;
    }

    /// <summary>Destroys the addresses and gives the list's memory back.</summary>
    internal static void CleanUp(aws_array_list* list)
    {
        Clear(list);
        if (list->alloc != null && list->data != null)
            Allocator.Release(list->alloc, list->data);
        *list = default;
    }
}
