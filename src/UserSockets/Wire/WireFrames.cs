// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets.Wire;

/// <summary>
/// Packets in a stream of bytes, as RFC 1662 frames them: a flag ends each, and bytes that look like a flag or an
/// escape are escaped. After damage the next flag is where reading begins again.
/// </summary>
internal unsafe struct WireFrames
{
    /// <summary>The most bytes that a packet becomes: each escaped, and a flag on either side.</summary>
    internal const int FrameMax = 2 * WirePacket.SizeMax + 2;

    private const byte Flag = 0x7E;
    private const byte Escape = 0x7D;
    private const byte Changed = 0x20;

    private WirePacket _packet;
    private int _size;
    private bool _isEscaped;

    // Too long, or broken: whatever comes until the next flag belongs to it.
    private bool _isDropped;

    /// <summary>Frames a packet; how many bytes that makes.</summary>
    internal static int Frame(byte* packet, int size, byte* into)
    {
        byte* at = into;
        *at++ = Flag;
        for (int i = 0; i < size; i++)
        {
            if (packet[i] is Flag or Escape)
            {
                *at++ = Escape;
                *at++ = (byte)(packet[i] ^ Changed);
            }
            else
            {
                *at++ = packet[i];
            }
        }

        *at++ = Flag;
        return (int)(at - into);
    }

    /// <summary>Takes the next byte. The packet that it completes; null if it completes none.</summary>
    internal static WirePacket* Take(WireFrames* frames, byte next)
    {
        if (next == Flag)
            return Finish(frames);
        if (next == Escape)
        {
            frames->_isEscaped = true;
            return null;
        }

        if (frames->_size == WirePacket.SizeMax)
            frames->_isDropped = true;
        else if (!frames->_isDropped)
            WirePacket.Bytes(&frames->_packet)[frames->_size++] = frames->_isEscaped ? (byte)(next ^ Changed) : next;
        frames->_isEscaped = false;
        return null;
    }

    private static WirePacket* Finish(WireFrames* frames)
    {
        bool isWhole = !frames->_isDropped && !frames->_isEscaped;
        int size = frames->_size;
        frames->_size = 0;
        frames->_isEscaped = false;
        frames->_isDropped = false;
        return isWhole && WirePacket.TryOpen(&frames->_packet, size) ? &frames->_packet : null;
    }
}
