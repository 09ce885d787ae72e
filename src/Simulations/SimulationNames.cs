// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using Reseau.Native.Common;
using Reseau.Native.Resolver;

namespace Reseau.Native.Simulations;

/// <summary>Addresses that a program has written one after the other, with spaces between.</summary>
internal unsafe struct AddressList
{
    internal const int Capacity = NameSource.MaxAddresses;

    [InlineArray(Capacity)]
    internal struct Addresses
    {
        private IpAddress _first;
    }

    internal Addresses Items;
    internal int Count;

    /// <summary>False if something is no address, or there are too many. A C string.</summary>
    internal static bool TryRead(byte* text, AddressList* list)
    {
        byte* one = stackalloc byte[IpAddress.MaxTextSize];
        *list = default;
        while (true)
        {
            while (*text == (byte)' ')
                text++;
            if (*text == 0)
                return true;

            int length = 0;
            for (; *text != 0 && *text != (byte)' '; text++)
            {
                if (length == IpAddress.MaxTextSize - 1)
                    return false;
                one[length++] = *text;
            }

            one[length] = 0;
            IpAddress ip;
            if (list->Count == Capacity || !IpAddress.TryParse(one, &ip) || ip.Scope != 0)
                return false;
            list->Items[list->Count++] = ip;
        }
    }
}

/// <summary>The names of a simulation and their addresses. Letters of names are the same in both cases.</summary>
internal unsafe struct SimulationNames
{
    // RFC 1035.
    private const int MaxName = 253;

    private struct Entry
    {
        internal Entry* Next;
        internal AddressList Addresses;
        internal int Length;
        internal fixed byte Name[MaxName + 1];
    }

    private Entry* _first;

    /// <summary>Not nothing, not too long, and no address.</summary>
    internal static bool IsName(byte* name)
    {
        IpAddress ip;
        return Read(name).Length is > 0 and <= MaxName && !IpAddress.TryParse(name, &ip);
    }

    /// <summary>C strings.</summary>
    internal static bool AreSame(byte* a, byte* b) => System.Text.Ascii.EqualsIgnoreCase(Read(a), Read(b));

    /// <summary>
    /// Both are C strings; no addresses: the name has none. Not a part of the export that calls it, whose frame would
    /// have a buffer: such a one cannot be the first call of a process.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int SetText(SimulationNames* names, byte* name, byte* addresses)
    {
        AddressList list = default;
        if (!IsName(name) || (addresses != null && !AddressList.TryRead(addresses, &list)))
            return RESEAU_ERROR_BAD_ADDRESS;
        Set(names, name, &list);
        return 0;
    }

    /// <summary>The name is one. Returns where it is kept, a C string, as long as this is.</summary>
    internal static byte* Set(SimulationNames* names, byte* name, AddressList* addresses)
    {
        Entry* entry = Find(names, name);
        if (entry == null)
        {
            entry = Allocator.New<Entry>(Allocator.Default());
            for (; name[entry->Length] != 0; entry->Length++)
                entry->Name[entry->Length] = name[entry->Length];
            entry->Next = names->_first;
            names->_first = entry;
        }

        entry->Addresses = *addresses;
        return entry->Name;
    }

    /// <summary>How many addresses a name has.</summary>
    internal static int LookUp(SimulationNames* names, byte* name, IpAddress* addresses)
    {
        Entry* entry = Find(names, name);
        for (int i = 0; entry != null && i < entry->Addresses.Count; i++)
            addresses[i] = entry->Addresses.Items[i];
        return entry == null ? 0 : entry->Addresses.Count;
    }

    internal static void Free(SimulationNames* names)
    {
        while (names->_first != null)
        {
            Entry* entry = names->_first;
            names->_first = entry->Next;
            Allocator.Release(Allocator.Default(), entry);
        }
    }

    private static Entry* Find(SimulationNames* names, byte* name)
    {
        Entry* entry = names->_first;
        while (entry != null && !AreSame(entry->Name, name))
            entry = entry->Next;
        return entry;
    }

    // A dot at the end says what is meant anyway.
    private static ReadOnlySpan<byte> Read(byte* name)
    {
        int length = 0;
        while (length <= MaxName && name[length] != 0)
            length++;
        ReadOnlySpan<byte> text = new(name, length);
        return length > 1 && text[^1] == (byte)'.' ? text[..^1] : text;
    }
}
