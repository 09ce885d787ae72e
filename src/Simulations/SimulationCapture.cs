// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Connections;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Sockets.Virtual;

namespace Reseau.Native.Simulations;

/// <summary>The packets of a simulation's network in a file, as they leave their hosts.</summary>
internal unsafe struct SimulationCapture
{
    // The first moment of the year 2000, so that files of one seed are the same.
    private const ulong Beginning = 946_684_800UL * 1_000_000_000;

    private SimulationFile _file;
    private ulong _packets;
    private ulong _lastTime;

    /// <summary>NULL ends it. Returns 0 or an error.</summary>
    internal static int WriteTo(SimulationCapture* capture, byte* path)
    {
        bool isGood = TryEnd(capture);
        if (path == null || !isGood)
            return isGood ? 0 : RESEAU_ERROR_FILE;
        if (!SimulationFile.TryOpen(&capture->_file, path))
            return RESEAU_ERROR_FILE;

        byte* at = SimulationFile.RoomFor(&capture->_file, 2 * PacketFile.MaxBlock);
        SimulationFile.Add(&capture->_file, (nuint)PacketFile.WriteStart(at));
        return 0;
    }

    internal static void Add(SimulationCapture* capture, ulong time, NetworkEvent* happened)
    {
        if (!capture->_file.IsOpen)
            return;

        MadePacket packet = new()
        {
            From = &happened->From,
            To = &happened->To,
            FromPort = happened->FromPort,
            ToPort = happened->ToPort,
            Sequence = happened->Sequence,
            Acknowledged = happened->Acknowledged,
            Flags = happened->Length > 0 ? (byte)(happened->Flags | MadePacket.Psh) : happened->Flags,
            IsDatagram = !happened->IsStream,
            Data = happened->Data,
            Length = happened->Length,
            Kept = happened->Length,
            Time = TimeOf(time),
        };
        capture->_packets++;
        capture->_lastTime = packet.Time;
        byte* at = SimulationFile.RoomFor(&capture->_file, packet.Kept + PacketFile.MaxBlock);
        SimulationFile.Add(&capture->_file, (nuint)PacketFile.WritePacket(at, &packet));
    }

    private static ulong TimeOf(ulong time) => Beginning + (time - VirtualTime.Beginning);

    private static bool TryEnd(SimulationCapture* capture)
    {
        if (!capture->_file.IsOpen)
            return true;

        byte* at = SimulationFile.RoomFor(&capture->_file, PacketFile.MaxBlock);
        int size = PacketFile.WriteStatistics(at, capture->_lastTime, capture->_packets, 0);
        SimulationFile.Add(&capture->_file, (nuint)size);
        capture->_packets = 0;
        return SimulationFile.TryClose(&capture->_file);
    }
}
