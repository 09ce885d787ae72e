// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Platform;

/// <summary>What can be done with a descriptor that a program has made.</summary>
internal static unsafe class Descriptors
{
    /// <summary>
    /// Receives from a non-blocking stream socket: bytes, 0 at the end of the stream, or less than 0: a negated number
    /// of errno.h.
    /// </summary>
    internal static nint Receive(int descriptor, byte* into, nuint size) =>
        DescriptorsLeaf.Receive(descriptor, into, size);

    /// <summary>Sends to a non-blocking stream socket, without a signal: bytes, or less than 0, as above.</summary>
    internal static nint Send(int descriptor, byte* data, nuint size) =>
        DescriptorsLeaf.Send(descriptor, data, size);

    /// <summary>Whether it says that nothing is there now, or that there is no room.</summary>
    internal static bool IsNothingNow(nint result) => DescriptorsLeaf.IsNothingNow(result);
}
