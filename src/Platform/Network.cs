// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Platform;

/// <summary>What the system knows of hosts, their addresses, and this machine's network interfaces.</summary>
internal static unsafe class Network
{
    /// <summary>Room for the name of an interface and its NUL.</summary>
    internal const int InterfaceNameSize = 16;

    /// <summary>The four bytes of the address in network order. The system decides what is an address.</summary>
    internal static bool TryParseIPv4(byte* text, byte* address) => NetworkLeaf.TryParseIPv4(text, address);

    /// <summary>The sixteen bytes of an address without a zone.</summary>
    internal static bool TryParseIPv6(byte* text, byte* address) => NetworkLeaf.TryParseIPv6(text, address);

    /// <summary>0, with an OS error number, if there is no interface of this name.</summary>
    internal static uint InterfaceIndex(byte* name) => NetworkLeaf.InterfaceIndex(name);

    /// <summary>Writes a C string into <see cref="InterfaceNameSize"/> bytes.</summary>
    internal static bool TryGetInterfaceName(uint index, byte* name) =>
        NetworkLeaf.TryGetInterfaceName(index, name);

    /// <summary>
    /// Looks up the addresses of a host and blocks for as long as the system needs. The function is called for each:
    /// state, whether it is of IPv6, its bytes, its scope. Returns 0 or a code of the system.
    /// </summary>
    internal static int LookUp(byte* host, delegate*<void*, bool, byte*, uint, void> onAddress, void* state) =>
        NetworkLeaf.LookUp(host, onAddress, state);

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
