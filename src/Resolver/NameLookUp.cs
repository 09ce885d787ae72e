// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Platform;

namespace Reseau.Native.Resolver;

/// <summary>
/// Names and addresses by the system's resolver, for callers that wait for the answer; nothing is cached. A code is the
/// resolver's own, 0 if it has not been asked or has answered.
/// </summary>
internal static unsafe class NameLookUp
{
    /// <summary>Where addresses go: as many as there is room for, in C's form.</summary>
    private struct Answer
    {
        internal reseau_ip* Addresses;
        internal nuint Capacity;
        internal nuint Count;
    }

    /// <summary>
    /// The addresses of a name, or of one family, 4 or 6, in the system's order. An address is its own. The old forms
    /// of IPv4 (octal, hexadecimal, short) are no addresses, and <see cref="LookUpEnd.BadName"/>, although resolvers
    /// take them.
    /// </summary>
    internal static LookUpEnd Addresses(
        byte* name, int family, reseau_ip* addresses, nuint capacity, out nuint count, out int code)
    {
        Answer answer = new() { Addresses = addresses, Capacity = capacity };
        code = 0;
        IpAddress literal;
        if (IpAddress.TryParse(name, &literal))
        {
            if (family == 0 || family == IpAddress.ToC(&literal).family)
                Append(&answer, &literal);
            else
                code = Network.NoSuchName;
        }
        else if (Network.IsTakenForAddress(name))
        {
            count = 0;
            return LookUpEnd.BadName;
        }
        else
        {
            code = Network.LookUpFamily(name, family, &OnAddress, &answer);
        }

        count = answer.Count;
        return Network.EndOfLookUp(code);
    }

    /// <summary>The name of an address: a C string of <see cref="Network.HostNameSize"/> bytes at most.</summary>
    internal static LookUpEnd Name(IpAddress* address, byte* name, out int code)
    {
        code = Network.LookUpName(
            address->Family == IpFamily.IPv6, IpAddress.BytesOf(address), address->Scope, name);
        return Network.EndOfLookUp(code);
    }

    private static void OnAddress(void* answer, bool isIPv6, byte* bytes, uint scope)
    {
        IpAddress address = IpAddress.FromBytes(isIPv6 ? IpFamily.IPv6 : IpFamily.IPv4, bytes, scope);
        Append((Answer*)answer, &address);
    }

    private static void Append(Answer* answer, IpAddress* address)
    {
        if (answer->Count < answer->Capacity)
            answer->Addresses[answer->Count] = IpAddress.ToC(address);
        answer->Count++;
    }
}
