// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Platform;

namespace Reseau.Native.UserSockets.Wire;

/// <summary>The descriptor under a wire, and what ends the sleep of the thread that waits for it.</summary>
internal unsafe struct WireLink
{
    private const int OutputMax = 64 * 1024;

    private void* _descriptor;
    private bool _isDisowned;
    private bool _isBytes;

    // Of a stream of bytes: what has been framed and not taken yet.
    private byte* _output;
    private int _outputStart;
    private int _outputEnd;
    private WireFrames* _frames;

    /// <summary>The descriptor is taken over if the result is 0; else a negated error.</summary>
    internal static int Init(WireLink* link, int descriptor, bool isBytes)
    {
        *link = default;
        link->_isBytes = isBytes;
        int error = LinkDescriptor.Open(descriptor, isBytes, &link->_descriptor);
        if (error != 0)
            return -error;

        if (isBytes)
        {
            link->_output = (byte*)Common.Allocator.Acquire(Common.Allocator.Default(), OutputMax);
            link->_frames = Common.Allocator.New<WireFrames>(Common.Allocator.Default());
        }

        return 0;
    }

    internal static void CleanUp(WireLink* link)
    {
        LinkDescriptor.Close(link->_descriptor, closesDescriptor: !link->_isDisowned);
        Common.Allocator.Release(Common.Allocator.Default(), link->_output);
        Common.Allocator.Release(Common.Allocator.Default(), link->_frames);
    }

    /// <summary>The descriptor is the caller's again.</summary>
    internal static void Disown(WireLink* link) => link->_isDisowned = true;

    /// <summary>Sleeps until something happens to the descriptor, somebody wakes it, or the time is up.</summary>
    internal static void Sleep(WireLink* link, ulong nanoseconds) =>
        LinkDescriptor.Sleep(link->_descriptor, nanoseconds);

    /// <summary>Any thread.</summary>
    internal static void WakeUp(WireLink* link) => LinkDescriptor.WakeUp(link->_descriptor);

    /// <summary>Whether a packet would find room; datagrams that find none are lost like others.</summary>
    internal static bool HasRoom(WireLink* link) =>
        !link->_isBytes || OutputMax - (link->_outputEnd - link->_outputStart) >= WireFrames.FrameMax;

    internal static void Send(WireLink* link, WirePacket* packet)
    {
        int size = WirePacket.Seal(packet);
        if (!link->_isBytes)
        {
            LinkDescriptor.Write(link->_descriptor, WirePacket.Bytes(packet), (nuint)size);
            return;
        }

        if (!HasRoom(link))
            return;
        if (OutputMax - link->_outputEnd < WireFrames.FrameMax)
            MoveOutput(link);
        link->_outputEnd += WireFrames.Frame(WirePacket.Bytes(packet), size, link->_output + link->_outputEnd);
        Flush(link);
    }

    /// <summary>Gives the descriptor what it takes.</summary>
    internal static void Flush(WireLink* link)
    {
        while (link->_outputStart < link->_outputEnd)
        {
            nint written = LinkDescriptor.Write(
                link->_descriptor,
                link->_output + link->_outputStart,
                (nuint)(link->_outputEnd - link->_outputStart));
            if (written <= 0)
                return;
            link->_outputStart += (int)written;
        }

        link->_outputStart = 0;
        link->_outputEnd = 0;
    }

    /// <summary>Calls back for each packet that has arrived whole. False if nothing will arrive any more.</summary>
    internal static bool Receive(
        WireLink* link, WirePacket* room, delegate*<void*, WirePacket*, void> take, void* state)
    {
        if (link->_isBytes)
            return ReceiveBytes(link, take, state);

        while (true)
        {
            nint size = LinkDescriptor.Read(link->_descriptor, WirePacket.Bytes(room), WirePacket.SizeMax);
            if (size == LinkDescriptor.Useless)
                continue;
            if (size < 0)
                return size == LinkDescriptor.Nothing;
            if (WirePacket.TryOpen(room, (int)size))
                take(state, room);
        }
    }

    private static bool ReceiveBytes(WireLink* link, delegate*<void*, WirePacket*, void> take, void* state)
    {
        const int Chunk = 4096;
        byte* bytes = stackalloc byte[Chunk];
        nint count;
        while ((count = LinkDescriptor.Read(link->_descriptor, bytes, Chunk)) > 0)
        {
            for (nint i = 0; i < count; i++)
            {
                WirePacket* packet = WireFrames.Take(link->_frames, bytes[i]);
                if (packet != null)
                    take(state, packet);
            }
        }

        return count == LinkDescriptor.Nothing;
    }

    private static void MoveOutput(WireLink* link)
    {
        int count = link->_outputEnd - link->_outputStart;
        NativeMemory.Copy(link->_output + link->_outputStart, link->_output, (nuint)count);
        link->_outputStart = 0;
        link->_outputEnd = count;
    }
}
