// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.UserSockets.Shared;

/// <summary>
/// What one end writes into the file that both have. The other end's is looked at and never trusted; of its own each
/// end keeps what it needs to itself as well. Each field has a cache line of its own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal struct SharedEnd
{
    internal const int Size = 512;

    /// <summary>Up to where this end has written frames into its ring.</summary>
    [FieldOffset(0)]
    internal ulong Written;

    /// <summary>Up to where this end has read the frames of the other one.</summary>
    [FieldOffset(128)]
    internal ulong Read;

    /// <summary>Changes when this end is woken; what its thread sleeps on.</summary>
    [FieldOffset(256)]
    internal uint Bell;

    /// <summary>Its thread sleeps, or is about to.</summary>
    [FieldOffset(320)]
    internal uint IsSleeping;

    /// <summary>It waits for the other one to read.</summary>
    [FieldOffset(384)]
    internal uint NeedsRoom;

    /// <summary>How many have had this end.</summary>
    [FieldOffset(448)]
    internal ulong Incarnation;
}

/// <summary>The file: this, two ends, and from <see cref="RingsAt"/> on their two rings.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SharedHeader
{
    internal const ulong MagicNumber = 0x31_64_65_72_61_68_73_72;
    internal const int EndsAt = 1024;
    internal const int RingsAt = 4096;
    internal const int RingSize = 1 << 20;
    internal const long FileSize = RingsAt + (2L * RingSize);

    internal ulong Magic;
}

internal enum SharedFrameType : uint
{
    /// <summary>Somebody has come to the other end: what was before is over. The value is the incarnation.</summary>
    Hello = 1,

    /// <summary>Asks for a connection; two names. The value is how much may be sent.</summary>
    Open,

    /// <summary>There is one; the value again.</summary>
    Accepted,
    Refused,

    /// <summary>Bytes of a stream.</summary>
    Data,

    /// <summary>Up to which position of the stream may be sent.</summary>
    Window,

    /// <summary>The stream has ended.</summary>
    End,

    /// <summary>The connection is over.</summary>
    Reset,

    /// <summary>A whole datagram behind two names.</summary>
    Datagram,
}

/// <summary>The beginning of a frame. Frames begin at multiples of eight bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SharedFrame
{
    internal const int HeaderSize = 24;

    /// <summary>More than any datagram with its names.</summary>
    internal const int ContentMax = 66 * 1024;

    internal SharedFrameType Type;

    /// <summary>Bytes behind the header.</summary>
    internal uint Length;

    /// <summary>Which connection: the receiver's number and the sender's.</summary>
    internal uint To;
    internal uint From;
    internal ulong Value;

    internal readonly ulong WholeSize => HeaderSize + (((ulong)Length + 7) & ~7UL);
}
