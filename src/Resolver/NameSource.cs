// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using Reseau.Native.Platform;

namespace Reseau.Native.Resolver;

/// <summary>
/// What is asked for the addresses of names in the system's place, for what is on a loop: <see cref="LoopCore.Names"/>.
/// It answers at once; those who can wait act as if the answer came later.
/// </summary>
internal unsafe struct NameSource
{
    /// <summary>Addresses of one answer, at most.</summary>
    internal const int MaxAddresses = 16;

    /// <summary>
    /// The addresses of a name, a C string, and after how many nanoseconds they are to come. Returns how many there
    /// are, at most <see cref="MaxAddresses"/>, or an AWS_* error, negative.
    /// </summary>
    internal delegate*<NameSource*, byte*, IpAddress*, ulong*, int> Find;

    /// <summary>That of a loop, which may be NULL; NULL if the system is to be asked.</summary>
    internal static NameSource* Of(aws_event_loop* loop)
    {
        LoopCore* core = EventLoop.CoreOf(loop);
        return core == null ? null : (NameSource*)core->Names;
    }

    /// <summary>
    /// For a resolver's cache: appends the addresses of a host. Returns 0 or an error, and after how many nanoseconds
    /// the answer is to be taken in.
    /// </summary>
    internal static int LookUp(NameSource* source, aws_string* host, FoundAddresses* found, out ulong nanoseconds)
    {
        IpAddress* addresses = stackalloc IpAddress[MaxAddresses];
        ulong delay = 0;
        int count = IpAddress.TryParse(host->bytes, addresses) ? 1
            : Network.IsTakenForAddress(host->bytes) ? -AWS_IO_DNS_INVALID_NAME
            : source->Find(source, host->bytes, addresses, &delay);
        nanoseconds = delay;
        for (int i = 0; i < count; i++)
        {
            FoundAddresses.Append(found, AddressRecord.FromSystem(
                addresses[i].Family, IpAddress.BytesOf(&addresses[i]), addresses[i].Scope));
        }

        return count < 0 ? -count : AWS_ERROR_SUCCESS;
    }

    /// <summary>For callers that wait for the answer: as <see cref="NameLookUp.Addresses"/>.</summary>
    internal static LookUpEnd Addresses(
        NameSource* source, byte* name, int family, reseau_ip* addresses, nuint capacity, out nuint count)
    {
        count = 0;
        IpAddress* found = stackalloc IpAddress[MaxAddresses];
        ulong nanoseconds;
        int result = IpAddress.TryParse(name, found) ? 1
            : Network.IsTakenForAddress(name) ? 0
            : source->Find(source, name, found, &nanoseconds);
        if (result == 0)
            return LookUpEnd.BadName;
        if (result < 0)
            return result == -AWS_IO_DNS_QUERY_AGAIN ? LookUpEnd.TryAgain : LookUpEnd.NotFound;

        for (int i = 0; i < result; i++)
        {
            if (family != 0 && family != (found[i].Family == IpFamily.IPv4 ? 4 : 6))
                continue;
            if (count < capacity)
                addresses[count] = ReseauIp.Of(&found[i]);
            count++;
        }

        return count > 0 ? LookUpEnd.Found : LookUpEnd.NotFound;
    }
}
