// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Platform;

namespace Reseau.Native.Resolver;

/// <summary>
/// Names and addresses by the system's resolver, for callers that wait for the answer; nothing is cached. A code is the
/// resolver's own, 0 if it has not been asked or has answered.
/// </summary>
internal static unsafe class NameLookUp
{
    /// <summary>Where addresses go: as many as there is room for.</summary>
    private struct Answer
    {
        internal reseau_ip* Addresses;
        internal nuint Capacity;
        internal nuint Count;
    }

    /// <summary>
    /// The addresses of a name, of one family, 4 or 6, or of both if it is 0, in the system's order. An address is its
    /// own. The old forms of IPv4 (octal, hexadecimal, short) are no addresses, although resolvers take them:
    /// <see cref="LookUpEnd.BadName"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static LookUpEnd Addresses(
        byte* name, int family, reseau_ip* addresses, nuint capacity, out nuint count, out int code)
    {
        Answer answer = new() { Addresses = addresses, Capacity = capacity };
        IpAddress literal;
        count = 0;
        code = 0;
        if (IpAddress.TryParse(name, &literal))
        {
            if (family == 0 || family == (literal.Family == IpFamily.IPv4 ? 4 : 6))
                Append(&answer, &literal);
            else
                code = Network.NoSuchName;
        }
        else if (Network.IsTakenForAddress(name))
        {
            return LookUpEnd.BadName;
        }
        else
        {
            code = Network.LookUpFamily(name, family, &OnAddress, &answer);
        }

        count = answer.Count;
        return Network.EndOfLookUp(code);
    }

    /// <summary>
    /// Writes the name of an address, a C string, and its length; or, as the length, an error of reseau_error.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static LookUpEnd Name(reseau_ip* ip, byte* buffer, nuint size, out int length, out int code)
    {
        IpAddress address;
        byte* name = stackalloc byte[Network.HostNameSize];
        code = 0;
        length = RESEAU_ERROR_INVALID_ARGUMENT;
        if (!ReseauIp.TryRead(ip, &address))
            return LookUpEnd.Found;

        code = Network.LookUpName(
            address.Family == IpFamily.IPv6, IpAddress.BytesOf(&address), address.Scope, name);
        LookUpEnd end = Network.EndOfLookUp(code);
        if (end == LookUpEnd.Found)
            length = ReseauIp.Copy(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), buffer, size);
        return end;
    }

    private static void OnAddress(void* answer, bool isIPv6, byte* bytes, uint scope)
    {
        IpAddress address = IpAddress.FromBytes(isIPv6 ? IpFamily.IPv6 : IpFamily.IPv4, bytes, scope);
        Append((Answer*)answer, &address);
    }

    private static void Append(Answer* answer, IpAddress* address)
    {
        if (answer->Count < answer->Capacity)
            answer->Addresses[answer->Count] = ReseauIp.Of(address);
        answer->Count++;
    }
}
