// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Platform;

/// <summary>
/// A descriptor of the system's that packets or bytes go through both ways, without waiting, and the sleep of the one
/// thread that waits for it. Reading and sleeping are that thread's, and while it reads and others write they exclude
/// each other.
/// </summary>
internal static unsafe class LinkDescriptor
{
    /// <summary>
    /// A connected datagram socket, or a stream of bytes: from then on the link's. 0, or an OS error number, and it is
    /// still the caller's.
    /// </summary>
    internal static int Open(int descriptor, bool isBytes, void** link) =>
        LinkDescriptorLeaf.Open(descriptor, isBytes, link);

    /// <summary>Closes the descriptor, too, unless it is the caller's again.</summary>
    internal static void Close(void* link, bool closesDescriptor) => LinkDescriptorLeaf.Close(link, closesDescriptor);

    /// <summary>
    /// Sleeps until something has happened to the descriptor since the last sleep, somebody wakes it, or the time is
    /// up.
    /// </summary>
    internal static void Sleep(void* link, ulong nanoseconds) => LinkDescriptorLeaf.Sleep(link, nanoseconds);

    /// <summary>Any thread.</summary>
    internal static void WakeUp(void* link) => LinkDescriptorLeaf.WakeUp(link);

    /// <summary>How many bytes were taken, of a datagram all; 0 or less if none were.</summary>
    internal static nint Write(void* link, byte* bytes, nuint size) => LinkDescriptorLeaf.Write(link, bytes, size);

    /// <summary>
    /// How many bytes there were; of a datagram its whole length, or <see cref="Useless"/> for one that is passed over.
    /// <see cref="Nothing"/> if there are none now; other numbers below 0 and, of bytes, 0: nothing comes any more.
    /// </summary>
    internal static nint Read(void* link, byte* into, nuint size) => LinkDescriptorLeaf.Read(link, into, size);

    internal const nint Nothing = -1;
    internal const nint Useless = -2;
    internal const nint Broken = -3;
}
