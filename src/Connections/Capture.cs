// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.EventLoops;
using ConditionVariable = Reseau.Native.Common.Threading.ConditionVariable;
using Files = Reseau.Native.Platform.Files;
using OsErrors = Reseau.Native.Platform.OsErrors;
using Threads = Reseau.Native.Common.Threading.Threads;

namespace Reseau.Native.Connections;

/// <summary>
/// The plaintext of connections, written to a file as packets. Loops put packets into memory of bounded size, under one
/// lock; a thread writes them. While there is no capture, a connection looks at one number. Rules 170 to 172 of
/// docs/lifetimes.md.
/// </summary>
internal unsafe struct Capture
{
    private enum Phase : byte
    {
        Off,
        On,

        /// <summary>The thread writes what is left, and is waited for.</summary>
        Ending,
    }

    private const int TableSize = 1024;
    private const nuint DefaultBuffer = 4 * 1024 * 1024;
    private const nuint MinBuffer = 64 * 1024;

    // So that a packet has room in an IP header's length, and a small buffer for a few.
    private const nuint MaxPacket = 32 * 1024;

    // How long a packet is in memory at most, before it is written.
    private const ulong WriteInterval = 200_000_000;

    [InlineArray(TableSize)]
    private struct Table
    {
        private nint _first;
    }

    private static nint s_capture;
    private static int s_isOn;

    private ForkLock _lock;
    private aws_condition_variable _changed;
    private Phase _phase;

    // Of the process that it belongs to.
    private int _forks;
    private long _connection;
    private long _listener;
    private nuint _packetBytes;
    private ulong _fileLimit;

    // What loops add to, and what the thread writes; they change places.
    private byte* _filling;
    private byte* _writing;
    private nuint _filled;
    private nuint _capacity;
    private nint _file;
    private aws_thread _thread;
    private ulong _packets;
    private ulong _dropped;
    private ulong _fileBytes;
    private int _error;
    private Table _flows;

    /// <summary>Whether the functions below have anything to do. Any thread.</summary>
    internal static bool IsOn => Volatile.Read(ref s_isOn) != 0;

    private static Capture* State
    {
        get
        {
            nint made = Volatile.Read(ref s_capture);
            if (made != 0)
                return (Capture*)made;

            Capture* capture = (Capture*)StaticMemory.Allocate((nuint)sizeof(Capture));
            ForkLock.Init(&capture->_lock);
            capture->_forks = Fork.Count;
            return (Capture*)StaticMemory.PublishBlock(ref s_capture, capture);
        }
    }

    // ---- By the program ----

    /// <summary>Returns 0 or an error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Start(byte* path, reseau_capture_options* given)
    {
        reseau_capture_options options = default;
        if (given != null)
            NativeMemory.Copy(given, &options, given->size);
        if (options.connection < 0 || options.listener < 0 || options.buffer_bytes > int.MaxValue)
            return RESEAU_ERROR_INVALID_ARGUMENT;

        Capture* capture = State;
        ForkLock.Enter(&capture->_lock);
        LeaveParents(capture);
        int error = capture->_phase == Phase.Off ? Open(capture, path, &options) : RESEAU_ERROR_BUSY;
        ForkLock.Exit(&capture->_lock);
        return error;
    }

    /// <summary>Waits until everything is in the file. Returns 0 or an error.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Stop(reseau_capture_info* into)
    {
        if (EventLoop.OfCallersThread != null)
            return RESEAU_ERROR_WOULD_BLOCK_LOOP;

        Capture* capture = State;
        ForkLock.Enter(&capture->_lock);
        LeaveParents(capture);
        bool isOn = capture->_phase == Phase.On;
        if (isOn)
        {
            capture->_phase = Phase.Ending;
            Volatile.Write(ref s_isOn, 0);
            ConditionVariable.NotifyAll(&capture->_changed);
        }

        ForkLock.Exit(&capture->_lock);
        if (!isOn)
            return RESEAU_ERROR_NOT_FOUND;

        Threads.Join(&capture->_thread);
        Threads.CleanUp(&capture->_thread);
        Close(capture, into);
        return 0;
    }

    // Under the lock.
    private static int Open(Capture* capture, byte* path, reseau_capture_options* options)
    {
        nint file = Files.Create(path);
        if (file < 0)
        {
            int number = OsErrors.Last;
            return OsErrors.IsExisting(number)
                ? RESEAU_ERROR_EXISTS
                : ConnectionErrors.From(OsErrors.OfFile(number, AWS_ERROR_SYS_CALL_FAILURE));
        }

        capture->_file = file;
        capture->_connection = options->connection;
        capture->_listener = options->listener;
        capture->_packetBytes = options->packet_bytes == 0 ? nuint.MaxValue : options->packet_bytes;
        capture->_fileLimit = options->file_bytes == 0 ? ulong.MaxValue : options->file_bytes;
        capture->_capacity =
            options->buffer_bytes == 0 ? DefaultBuffer : nuint.Max(options->buffer_bytes, MinBuffer);
        capture->_filling = (byte*)Allocator.Acquire(Allocator.Default(), capture->_capacity);
        capture->_writing = (byte*)Allocator.Acquire(Allocator.Default(), capture->_capacity);
        capture->_filled = (nuint)PacketFile.WriteStart(capture->_filling);
        capture->_fileBytes = capture->_filled;
        capture->_packets = 0;
        capture->_dropped = 0;
        capture->_error = 0;
        ConditionVariable.Init(&capture->_changed);
        if (TryLaunch(capture))
            return 0;

        FreeBuffers(capture);
        return RESEAU_ERROR_NO_MEMORY;
    }

    private static bool TryLaunch(Capture* capture)
    {
        Threads.Init(&capture->_thread, Allocator.Default());
        aws_thread_options options = *Threads.DefaultOptions();
        System.ReadOnlySpan<byte> name = "ReseauCapture"u8;
        options.name.ptr = Literal.Of(name);
        options.name.len = (nuint)name.Length;
        capture->_phase = Phase.On;
        if (Threads.Launch(&capture->_thread, &Run, capture, &options) == AWS_OP_SUCCESS)
        {
            Volatile.Write(ref s_isOn, 1);
            return true;
        }

        capture->_phase = Phase.Off;
        return false;
    }

    // The thread has ended: nobody else uses the file.
    private static void Close(Capture* capture, reseau_capture_info* into)
    {
        byte* block = stackalloc byte[PacketFile.MaxBlock];
        ForkLock.Enter(&capture->_lock);
        int size = PacketFile.WriteStatistics(block, TimeNow(), capture->_packets, capture->_dropped);
        int error = WriteAll(capture, block, (nuint)size);
        if (capture->_error == 0)
            capture->_error = error;
        capture->_fileBytes += (ulong)size;
        FreeFlows(capture);
        FreeBuffers(capture);
        reseau_capture_info info = new()
        {
            packets = capture->_packets,
            dropped = capture->_dropped,
            file_bytes = capture->_fileBytes,
            error = capture->_error,
        };
        capture->_phase = Phase.Off;
        ForkLock.Exit(&capture->_lock);
        if (into == null)
            return;

        info.size = into->size;
        NativeMemory.Copy(&info, into, into->size);
    }

    private static void FreeBuffers(Capture* capture)
    {
        Files.Close(capture->_file);
        Allocator.Release(Allocator.Default(), capture->_filling);
        Allocator.Release(Allocator.Default(), capture->_writing);
        ConditionVariable.CleanUp(&capture->_changed);
        capture->_filling = null;
        capture->_writing = null;
        capture->_filled = 0;
    }

    // Under the lock. A forked child has no thread that would write; what its parent has made is left as it is.
    private static void LeaveParents(Capture* capture)
    {
        if (capture->_forks == Fork.Count)
            return;

        capture->_forks = Fork.Count;
        capture->_phase = Phase.Off;
        capture->_flows = default;
        Volatile.Write(ref s_isOn, 0);
    }

    // ---- On loops' threads, with no lock of a connection's ----

    /// <summary>The connection can be used.</summary>
    internal static void Opened(Connection* connection)
    {
        Capture* capture = Enter();
        if (capture != null)
            FindOrAdd(capture, connection);
        Exit(capture);
    }

    /// <summary>Bytes of the peer's stream have come.</summary>
    internal static void Received(Connection* connection, byte* data, nuint length) =>
        Add(connection, isOwn: false, data, length);

    /// <summary>Bytes of this side's stream have been handed to the socket, or to TLS.</summary>
    internal static void Sent(Connection* connection, byte* data, nuint length) =>
        Add(connection, isOwn: true, data, length);

    /// <summary>The same of an item. If its bytes are in a file, they are read as far as there is room.</summary>
    internal static void SentItem(Connection* connection, OutItem* item)
    {
        if (item->File == OutItem.NoFile)
        {
            Sent(connection, item->Data, item->Length);
            return;
        }

        byte* piece = LoopScratch.GatheredOf(connection->Scratch);
        ulong done = 0;
        while (done < item->Length && HasRoom())
        {
            nuint wanted = (nuint)ulong.Min(item->Length - done, LoopScratch.GatheredSize);
            nint count = Files.ReadAt(item->File, piece, wanted, (long)(item->FileOffset + done));
            if (count <= 0)
                break;

            Sent(connection, piece, (nuint)count);
            done += (ulong)count;
        }

        if (done < item->Length)
            Skip(connection, item->Length - done);
    }

    /// <summary>One side has ended its stream.</summary>
    internal static void EndOfStream(Connection* connection, bool isOwn)
    {
        Capture* capture = Enter();
        CaptureFlow* flow = capture == null ? null : FindOrAdd(capture, connection);
        if (flow != null)
            PutEnd(capture, flow, isOwn);
        Exit(capture);
    }

    /// <summary>The connection has ended: its end or its reset is added, unless that is there.</summary>
    internal static void Ended(Connection* connection, int closedBy, int error)
    {
        Capture* capture = Enter();
        CaptureFlow* flow = capture == null ? null : Take(capture, connection->Object.Id);
        if (flow != null)
        {
            bool isGraceful = error == 0 && connection->HasSentEnd;
            if (isGraceful)
                PutEnd(capture, flow, isOwn: true);
            else
                Put(
                    capture,
                    flow,
                    closedBy != RESEAU_CLOSED_BY_PEER,
                    MadePacket.Rst | MadePacket.Ack,
                    null,
                    0);
            CaptureFlow.Free(flow);
        }

        Exit(capture);
    }

    // NULL if there is no capture; else it is locked.
    private static Capture* Enter()
    {
        Capture* capture = State;
        ForkLock.Enter(&capture->_lock);
        LeaveParents(capture);
        if (capture->_phase == Phase.On)
            return capture;

        ForkLock.Exit(&capture->_lock);
        return null;
    }

    private static void Exit(Capture* capture)
    {
        if (capture != null)
            ForkLock.Exit(&capture->_lock);
    }

    private static bool HasRoom()
    {
        Capture* capture = Enter();
        bool hasRoom = capture != null && capture->_error == 0 &&
            capture->_capacity - capture->_filled > LoopScratch.GatheredSize + (2 * PacketFile.MaxBlock) &&
            capture->_fileBytes < capture->_fileLimit;
        Exit(capture);
        return hasRoom;
    }

    private static void Skip(Connection* connection, ulong length)
    {
        Capture* capture = Enter();
        CaptureFlow* flow = capture == null ? null : FindOrAdd(capture, connection);
        if (flow != null)
        {
            CaptureFlow.Skip(flow, length);
            capture->_dropped++;
        }

        Exit(capture);
    }

    private static void Add(Connection* connection, bool isOwn, byte* data, nuint length)
    {
        Capture* capture = Enter();
        CaptureFlow* flow = capture == null ? null : FindOrAdd(capture, connection);
        while (flow != null && length > 0)
        {
            nuint part = nuint.Min(length, MaxPacket);
            Put(capture, flow, isOwn, MadePacket.Psh | MadePacket.Ack, data, part);
            Put(capture, flow, !isOwn, MadePacket.Ack, null, 0);
            data += part;
            length -= part;
        }

        Exit(capture);
    }

    private static void PutEnd(Capture* capture, CaptureFlow* flow, bool isOwn)
    {
        if (!CaptureFlow.TryEnd(flow, isOwn))
            return;

        Put(capture, flow, isOwn, MadePacket.Fin | MadePacket.Ack, null, 0);
        Put(capture, flow, !isOwn, MadePacket.Ack, null, 0);
    }

    private static void PutOpening(Capture* capture, CaptureFlow* flow, bool isOwn)
    {
        Put(capture, flow, isOwn, MadePacket.Syn, null, 0);
        Put(capture, flow, !isOwn, MadePacket.Syn | MadePacket.Ack, null, 0);
        Put(capture, flow, isOwn, MadePacket.Ack, null, 0);
    }

    // A packet that has no room is missing in the file, as its numbers show.
    private static void Put(Capture* capture, CaptureFlow* flow, bool isOwn, byte flags, byte* data, nuint length)
    {
        MadePacket packet = CaptureFlow.Make(flow, isOwn, flags, data, length);
        packet.Kept = nuint.Min(length, capture->_packetBytes);
        packet.Time = TimeNow();
        nuint most = packet.Kept + PacketFile.MaxBlock;
        if (capture->_error != 0 || most > capture->_capacity - capture->_filled ||
            capture->_fileBytes + most > capture->_fileLimit)
        {
            capture->_dropped++;
            return;
        }

        bool wasSmall = capture->_filled < capture->_capacity / 2;
        int size = PacketFile.WritePacket(capture->_filling + capture->_filled, &packet);
        capture->_filled += (nuint)size;
        capture->_fileBytes += (ulong)size;
        capture->_packets++;
        if (wasSmall && capture->_filled >= capture->_capacity / 2)
            ConditionVariable.NotifyAll(&capture->_changed);
    }

    // ---- Flows, under the lock ----

    private static int PlaceOf(long id) => (int)(((ulong)id ^ ((ulong)id >> 32)) % TableSize);

    // NULL if it is not one of those that are captured.
    private static CaptureFlow* FindOrAdd(Capture* capture, Connection* connection)
    {
        long id = connection->Object.Id;
        int place = PlaceOf(id);
        CaptureFlow* flow = (CaptureFlow*)capture->_flows[place];
        while (flow != null && flow->Id != id)
            flow = flow->Next;
        if (flow != null || !IsChosen(capture, connection) || connection->Socket == null)
            return flow;

        flow = CaptureFlow.New(connection);
        flow->Next = (CaptureFlow*)capture->_flows[place];
        capture->_flows[place] = (nint)flow;
        PutOpening(capture, flow, isOwn: !connection->IsServer);
        return flow;
    }

    private static bool IsChosen(Capture* capture, Connection* connection)
    {
        if (capture->_connection == 0 && capture->_listener == 0)
            return true;
        if (capture->_connection == connection->Object.Id)
            return true;
        return capture->_listener != 0 && connection->Listener != null &&
            connection->Listener->Object.Id == capture->_listener;
    }

    private static CaptureFlow* Take(Capture* capture, long id)
    {
        CaptureFlow* before = null;
        CaptureFlow* flow = (CaptureFlow*)capture->_flows[PlaceOf(id)];
        while (flow != null && flow->Id != id)
        {
            before = flow;
            flow = flow->Next;
        }

        if (flow != null && before == null)
            capture->_flows[PlaceOf(id)] = (nint)flow->Next;
        else if (flow != null)
            before->Next = flow->Next;
        return flow;
    }

    private static void FreeFlows(Capture* capture)
    {
        for (int i = 0; i < TableSize; i++)
        {
            CaptureFlow* flow = (CaptureFlow*)capture->_flows[i];
            capture->_flows[i] = 0;
            while (flow != null)
            {
                CaptureFlow* next = flow->Next;
                CaptureFlow.Free(flow);
                flow = next;
            }
        }
    }

    // ---- On the capture's thread ----

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(void* argument)
    {
        Capture* capture = (Capture*)argument;
        ForkLock.Enter(&capture->_lock);
        while (capture->_phase == Phase.On || capture->_filled > 0)
        {
            if (capture->_phase == Phase.On && capture->_filled < capture->_capacity / 2)
                ForkLock.WaitUntil(
                    &capture->_lock, &capture->_changed, ConditionVariable.Deadline((long)WriteInterval));
            WriteFilled(capture);
        }

        ForkLock.Exit(&capture->_lock);
    }

    // Under the lock, which is open while the system writes.
    private static void WriteFilled(Capture* capture)
    {
        byte* content = capture->_filling;
        nuint length = capture->_filled;
        capture->_filling = capture->_writing;
        capture->_writing = content;
        capture->_filled = 0;
        ForkLock.Exit(&capture->_lock);
        int error = WriteAll(capture, content, length);
        ForkLock.Enter(&capture->_lock);
        if (capture->_error == 0)
            capture->_error = error;
    }

    private static int WriteAll(Capture* capture, byte* content, nuint length)
    {
        nuint done = 0;
        while (done < length)
        {
            nint count = Files.Write(capture->_file, content + done, length - done);
            if (count <= 0)
                return RESEAU_ERROR_FILE;
            done += (nuint)count;
        }

        return 0;
    }

    private static ulong TimeNow()
    {
        ulong now = 0;
        Clock.SystemTicks(&now);
        return now;
    }
}
