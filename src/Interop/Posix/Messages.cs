// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Posix;

/// <summary>
/// A message, and how many bytes of it were moved: struct mmsghdr on Linux; others get many of them one by one.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct mmsghdr
{
    public msghdr msg_hdr;
    public uint msg_len;
}

/// <summary>struct ip_mreqn of &lt;netinet/in.h&gt;: where datagrams to groups of IPv4 leave.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ip_mreqn
{
    public uint imr_multiaddr;
    public uint imr_address;
    public int imr_ifindex;
}
