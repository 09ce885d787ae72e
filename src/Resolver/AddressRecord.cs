// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// An address of a host with what is known of it: a value, as the cache has it and connections get it. Only addresses
/// that came from code of the program, a look-up or a resolver of its own, have strings: C gets them back as they were.
/// </summary>
internal unsafe struct AddressRecord
{
    /// <summary>Without a family if the program's text is no address.</summary>
    internal IpAddress Address;

    /// <summary>What the program called it: A or AAAA.</summary>
    internal aws_address_record_type Type;
    internal byte Weight;

    /// <summary>The address as the program wrote it; NULL if the system was asked.</summary>
    internal aws_string* Text;

    /// <summary>The host as the program wrote it; NULL if it is the one that was asked for.</summary>
    internal aws_string* Host;
    internal ulong Expiry;
    internal nuint UseCount;
    internal nuint FailureCount;

    internal static IpFamily FamilyOf(aws_address_record_type type) =>
        type == AWS_ADDRESS_RECORD_TYPE_AAAA ? IpFamily.IPv6 : IpFamily.IPv4;

    internal static AddressRecord FromSystem(IpFamily family, byte* bytes, uint scope) => new()
    {
        Address = IpAddress.FromBytes(family, bytes, scope),
        Type = family == IpFamily.IPv6 ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A,
    };

    /// <summary>Reads the text, which is there. The strings are those of the argument.</summary>
    internal static AddressRecord FromC(aws_host_address* given)
    {
        AddressRecord record = new()
        {
            Type = given->record_type,
            Weight = given->weight,
            Text = given->address,
            Host = given->host,
            Expiry = given->expiry,
            UseCount = given->use_count,
            FailureCount = given->connection_failure_count,
        };
        IpAddress.TryParse(FamilyOf(given->record_type), given->address->bytes, &record.Address);
        return record;
    }

    /// <summary>The C form with strings of its own. <paramref name="host"/> is the one that was asked for.</summary>
    internal static aws_host_address ToC(AddressRecord* record, aws_string* host, aws_allocator* allocator)
    {
        aws_host_address address = FieldsToC(record, allocator);
        address.host = AwsString.NewFromString(allocator, record->Host != null ? record->Host : host);
        if (record->Text != null)
        {
            address.address = AwsString.NewFromString(allocator, record->Text);
        }
        else
        {
            byte* text = stackalloc byte[IpAddress.MaxTextSize];
            address.address =
                AwsString.NewFromArray(allocator, text, (nuint)IpAddress.Format(&record->Address, text));
        }

        return address;
    }

    /// <summary>The C form of what came from C, with the record's strings.</summary>
    internal static aws_host_address LendToC(AddressRecord* record, aws_string* host, aws_allocator* allocator)
    {
        aws_host_address address = FieldsToC(record, allocator);
        address.host = record->Host != null ? record->Host : host;
        address.address = record->Text;
        return address;
    }

    internal static AddressRecord Copy(AddressRecord* record, aws_allocator* allocator)
    {
        AddressRecord copy = *record;
        copy.Text = record->Text == null ? null : AwsString.NewFromString(allocator, record->Text);
        copy.Host = record->Host == null ? null : AwsString.NewFromString(allocator, record->Host);
        return copy;
    }

    /// <summary>Destroys the strings, if it has any.</summary>
    internal static void CleanUp(AddressRecord* record)
    {
        AwsString.Destroy(record->Text);
        AwsString.Destroy(record->Host);
        *record = default;
    }

    /// <summary>Texts are compared where both have one: they need not be addresses.</summary>
    internal static bool IsSameAddress(AddressRecord* a, AddressRecord* b) => a->Text != null && b->Text != null
        ? AwsString.Eq(a->Text, b->Text)
        : a->Address.Family != IpFamily.None && IpAddress.AreEqual(&a->Address, &b->Address);

    private static aws_host_address FieldsToC(AddressRecord* record, aws_allocator* allocator) => new()
    {
        allocator = allocator,
        record_type = record->Type,
        expiry = record->Expiry,
        use_count = record->UseCount,
        connection_failure_count = record->FailureCount,
        weight = record->Weight,
    };
}

/// <summary>An address as log lines show it.</summary>
internal readonly unsafe struct AddressName(AddressRecord* record) : IUtf8SpanFormattable
{
    private readonly AddressRecord* _record = record;

    public bool TryFormat(Span<byte> text, out int written, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        if (_record->Text == null)
            return _record->Address.TryFormat(text, out written, format, provider);

        ReadOnlySpan<byte> own = new(_record->Text->bytes, (int)_record->Text->len);
        written = own.Length;
        return own.TryCopyTo(text);
    }
}

/// <summary>What one look-up has found: a growing list of addresses.</summary>
internal unsafe struct FoundAddresses
{
    private aws_array_list _records;

    /// <summary>The system's own code of a look-up that has failed, or 0.</summary>
    internal int Code;

    internal readonly int Count => (int)_records.length;

    internal static void Init(FoundAddresses* found, aws_allocator* allocator)
    {
        *found = default;
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
