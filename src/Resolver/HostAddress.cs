// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>struct aws_host_address, which owns its two strings, as C programs see addresses.</summary>
internal static unsafe class HostAddress
{
    /// <summary>Copies the strings too, with the allocator of <paramref name="from"/>.</summary>
    internal static int Copy(aws_host_address* from, aws_host_address* to)
    {
        if (from == null || to == null || from->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_host_address copy = *from;
        copy.address = from->address == null ? null : AwsString.NewFromString(from->allocator, from->address);
        copy.host = from->host == null ? null : AwsString.NewFromString(from->allocator, from->host);
        *to = copy;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Leaves <paramref name="from"/> empty; what <paramref name="to"/> held before is overwritten.</summary>
    internal static void Move(aws_host_address* from, aws_host_address* to)
    {
        if (from == null || to == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        *to = *from;
        *from = default;
    }

    /// <summary>Destroys the strings and leaves the address empty.</summary>
    internal static void CleanUp(aws_host_address* address)
    {
        if (address == null)
            return;

        AwsString.Destroy(address->address);
        AwsString.Destroy(address->host);
        *address = default;
    }
}

/// <summary>An aws_array_list of aws_host_address by value, as look-ups and callbacks of C pass it.</summary>
internal static unsafe class HostAddressList
{
    internal static void InitDynamic(aws_array_list* list, aws_allocator* allocator)
    {
        *list = default;
        list->alloc = allocator;
        list->item_size = (nuint)sizeof(aws_host_address);
    }

    /// <summary>Over memory of the caller's, with so many addresses in it.</summary>
    internal static void InitStatic(aws_array_list* list, aws_host_address* memory, int count)
    {
        *list = default;
        list->item_size = (nuint)sizeof(aws_host_address);
        list->current_size = (nuint)(count * sizeof(aws_host_address));
        list->length = (nuint)count;
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

    /// <summary>Destroys the addresses and gives the list's memory back, unless it is the caller's.</summary>
    internal static void CleanUp(aws_array_list* list)
    {
        for (nuint i = 0; i < list->length; i++)
            HostAddress.CleanUp(At(list, i));
        if (list->alloc != null && list->data != null)
            Allocator.Release(list->alloc, list->data);
        *list = default;
    }
}
