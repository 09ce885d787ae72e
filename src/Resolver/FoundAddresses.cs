// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>What one look-up has found: a growing list of addresses.</summary>
internal unsafe struct FoundAddresses
{
    private aws_array_list _records;

    internal readonly int Count => (int)_records.length;

    internal static void Init(FoundAddresses* found, aws_allocator* allocator)
    {
        found->_records = default;
        found->_records.alloc = allocator;
        found->_records.item_size = (nuint)sizeof(AddressRecord);
    }

    internal static AddressRecord* At(FoundAddresses* found, int index) =>
        (AddressRecord*)found->_records.data + index;

    /// <summary>Takes the strings over.</summary>
    internal static void Append(FoundAddresses* found, AddressRecord record)
    {
        if (ArrayList.PushBack(&found->_records, &record) != AWS_OP_SUCCESS)
            AddressRecord.CleanUp(&record);
    }

    internal static void CleanUp(FoundAddresses* found)
    {
        for (int i = 0; i < found->Count; i++)
            AddressRecord.CleanUp(At(found, i));
        ArrayList.CleanUp(&found->_records);
    }
}
