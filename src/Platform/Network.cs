// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>How a look-up of a name has ended.</summary>
internal enum LookUpEnd
{
    Found,

    /// <summary>There is no such name, or it has no address of the family.</summary>
    NotFound,
    TryAgain,
    NoMemory,
    Failed,

    /// <summary>It is not the name of a host, and was not looked up.</summary>
    BadName,
}

/// <summary>What the system knows of hosts, their addresses, and this machine's network interfaces.</summary>
internal static unsafe class Network
{
    /// <summary>Room for the name of an interface and its NUL.</summary>
    internal const int InterfaceNameSize = 16;

    /// <summary>Room for the longest name of a host and its NUL.</summary>
    internal const int HostNameSize = 1025;

    /// <summary>0, with an OS error number, if there is no interface of this name.</summary>
    internal static uint InterfaceIndex(byte* name) => NetworkLeaf.InterfaceIndex(name);

    /// <summary>Writes a C string into <see cref="InterfaceNameSize"/> bytes.</summary>
    internal static bool TryGetInterfaceName(uint index, byte* name) =>
        NetworkLeaf.TryGetInterfaceName(index, name);

    /// <summary>Whether a path is that of a Unix socket that nobody listens on. Does not wait.</summary>
    internal static bool IsStalePath(byte* path) => NetworkLeaf.IsStalePath(path);

    /// <summary>
    /// Looks up the addresses of a host and blocks for as long as the system needs. The function is called for each:
    /// state, whether it is of IPv6, its bytes, its scope. Returns 0 or a code of the system.
    /// </summary>
    internal static int LookUp(byte* host, delegate*<void*, bool, byte*, uint, void> onAddress, void* state) =>
        NetworkLeaf.LookUp(host, onAddress, state);

    /// <summary>
    /// The same for addresses of one family, 4 or 6, or of both if it is 0; each is given once.
    /// </summary>
    internal static int LookUpFamily(
        byte* host, int family, delegate*<void*, bool, byte*, uint, void> onAddress, void* state) =>
        NetworkLeaf.LookUpFamily(host, family, onAddress, state);

    /// <summary>
    /// Whether a look-up takes the text for an address, as it does the old forms of IPv4: octal, hexadecimal, short.
    /// </summary>
    internal static bool IsTakenForAddress(byte* host) => NetworkLeaf.IsTakenForAddress(host);

    /// <summary>
    /// Looks up the name of an address, and blocks. Writes a C string into <see cref="HostNameSize"/> bytes. Returns 0
    /// or a code of the system.
    /// </summary>
    internal static int LookUpName(bool isIPv6, byte* bytes, uint scope, byte* name) =>
        NetworkLeaf.LookUpName(isIPv6, bytes, scope, name);

    /// <summary>How a look-up has ended, by the code that it returned.</summary>
    internal static LookUpEnd EndOfLookUp(int code) => NetworkLeaf.EndOfLookUp(code);

    /// <summary>The code for a name that has no address.</summary>
    internal static int NoSuchName => NetworkLeaf.NoSuchName;

    /// <summary>The error that stands for a code of <see cref="LookUp"/>.</summary>
    internal static int ErrorOfLookUp(int code) => NetworkLeaf.ErrorOfLookUp(code);

    /// <summary>The system's own words for it: a C string.</summary>
    internal static byte* TextOfLookUp(int code) => NetworkLeaf.TextOfLookUp(code);

    /// <summary>
    /// Starts the system's sockets, before the first is made; what is in this file starts them itself. 0 or a code of
    /// the system. Any thread, as often as you like.
    /// </summary>
    internal static int Start() => NetworkLeaf.Start();

    /// <summary>Whether a socket can be bound to a network interface by its name.</summary>
    internal static bool CanBindToInterfaces => NetworkLeaf.CanBindToInterfaces;
}
