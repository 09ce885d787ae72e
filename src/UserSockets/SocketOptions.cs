// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>The options that the front has itself: getsockopt() and setsockopt() of SOL_SOCKET.</summary>
internal unsafe struct SocketOptions
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const int BufferMin = 2048;
    private const int BufferMax = 64 * 1024 * 1024;

    internal ulong ReceiveBuffer;
    internal ulong SendBuffer;
    internal nuint ReceiveLowWater;
    internal nuint SendLowWater;
    internal api_linger Linger;
    private api_timeval _receiveTimeout;
    private api_timeval _sendTimeout;

    // Bits of options that are on or off and have no meaning here.
    private ulong _switches;

    internal readonly ulong ReceiveDeadline() => DeadlineOf(_receiveTimeout);

    internal readonly ulong SendDeadline() => DeadlineOf(_sendTimeout);

    /// <summary>What a connection has from its listener.</summary>
    internal static void Inherit(SocketOptions* listener, SocketOptions* accepted) => *accepted = *listener;

    /// <summary>0 or a negated error.</summary>
    internal static int Get(UserSocket* socket, int level, int name, void* value, uint* length)
    {
        if (CallerMemory.IsMissing(length, sizeof(uint)))
            return -SocketApi.EFAULT;
        if ((int)*length < 0)
            return -SocketApi.EINVAL;
        if (*length > 0 && CallerMemory.IsMissing(value, *length))
            return -SocketApi.EFAULT;
        if (level != SocketApi.SOL_SOCKET)
            return Transport.GetOption(socket, level, name, value, length);

        SocketOptions* options = &socket->Options;
        switch (name)
        {
            case SocketApi.SO_RCVTIMEO:
                return Answer(&options->_receiveTimeout, (uint)sizeof(api_timeval), value, length);
            case SocketApi.SO_SNDTIMEO:
                return Answer(&options->_sendTimeout, (uint)sizeof(api_timeval), value, length);
            case SocketApi.SO_LINGER:
                return Answer(&options->Linger, (uint)sizeof(api_linger), value, length);
            default:
                return TryGetNumber(socket, name, out int number)
                    ? Answer(&number, sizeof(int), value, length)
                    : Transport.GetOption(socket, level, name, value, length);
        }
    }

    /// <summary>0 or a negated error.</summary>
    internal static int Set(UserSocket* socket, int level, int name, void* value, uint length)
    {
        if (length > 0 && CallerMemory.IsMissing(value, length))
            return -SocketApi.EFAULT;
        if (level != SocketApi.SOL_SOCKET)
            return Transport.SetOption(socket, level, name, value, length);

        SocketOptions* options = &socket->Options;
        switch (name)
        {
            case SocketApi.SO_RCVTIMEO:
                return SetTimeout(&options->_receiveTimeout, value, length);
            case SocketApi.SO_SNDTIMEO:
                return SetTimeout(&options->_sendTimeout, value, length);
            case SocketApi.SO_LINGER:
                if (length < sizeof(api_linger))
                    return -SocketApi.EINVAL;
                options->Linger = *(api_linger*)value;
                return 0;
            case SocketApi.SO_ACCEPTCONN or SocketApi.SO_DOMAIN or SocketApi.SO_ERROR or SocketApi.SO_PROTOCOL
                or SocketApi.SO_TYPE:
                return -SocketApi.ENOPROTOOPT;
            case SocketApi.SO_RCVBUF or SocketApi.SO_SNDBUF or SocketApi.SO_RCVLOWAT or SocketApi.SO_SNDLOWAT:
                return length < sizeof(int) ? -SocketApi.EINVAL : SetSize(socket, name, *(int*)value);
            default:
                return IsSwitch(name)
                    ? SetSwitch(socket, name, value, length)
                    : Transport.SetOption(socket, level, name, value, length);
        }
    }

    private static bool TryGetNumber(UserSocket* socket, int name, out int number)
    {
        SocketOptions* options = &socket->Options;
        switch (name)
        {
            case SocketApi.SO_ACCEPTCONN:
                number = socket->Phase == SocketPhase.Listening ? 1 : 0;
                return true;
            case SocketApi.SO_DOMAIN:
                number = socket->Domain;
                return true;
            case SocketApi.SO_PROTOCOL:
                number = ProtocolOf(socket);
                return true;
            case SocketApi.SO_TYPE:
                number = socket->Type;
                return true;
            case SocketApi.SO_ERROR:
                number = UserSocket.TakeError(socket);
                return true;
            case SocketApi.SO_RCVBUF:
                number = (int)options->ReceiveBuffer;
                return true;
            case SocketApi.SO_SNDBUF:
                number = (int)options->SendBuffer;
                return true;
            case SocketApi.SO_RCVLOWAT:
                number = (int)options->ReceiveLowWater;
                return true;
            case SocketApi.SO_SNDLOWAT:
                number = (int)options->SendLowWater;
                return true;
            default:
                number = IsSwitch(name) && (options->_switches & BitOf(name)) != 0 ? 1 : 0;
                return IsSwitch(name);
        }
    }

    // Of the internet 0 means the usual one, which it is from then on.
    private static int ProtocolOf(UserSocket* socket) => socket->Protocol != 0
        || socket->Domain is not (SocketApi.AF_INET or SocketApi.AF_INET6) || socket->Type == SocketApi.SOCK_SEQPACKET
            ? socket->Protocol
            : socket->Type == SocketApi.SOCK_STREAM ? SocketApi.IPPROTO_TCP : SocketApi.IPPROTO_UDP;

    private static bool IsSwitch(int name) => BitOf(name) != 0;

    private static ulong BitOf(int name) => name switch
    {
        SocketApi.SO_DEBUG => 1,
        SocketApi.SO_REUSEADDR => 2,
        SocketApi.SO_DONTROUTE => 4,
        SocketApi.SO_BROADCAST => 8,
        SocketApi.SO_KEEPALIVE => 16,
        SocketApi.SO_OOBINLINE => 32,
        SocketApi.SO_REUSEPORT => 64,
        _ => 0,
    };

    private static int SetSwitch(UserSocket* socket, int name, void* value, uint length)
    {
        if (length < sizeof(int))
            return -SocketApi.EINVAL;

        ulong bit = BitOf(name);
        if (*(int*)value != 0)
            Interlocked.Or(ref socket->Options._switches, bit);
        else
            Interlocked.And(ref socket->Options._switches, ~bit);
        Transport.SetOption(socket, SocketApi.SOL_SOCKET, name, value, length);
        return 0;
    }

    private static int SetSize(UserSocket* socket, int name, int size)
    {
        // Linux takes a negative low-water mark for none, and any size of a buffer for the nearest that it allows.
        int mark = size < 0 ? int.MaxValue : int.Max(size, 1);
        int buffer = int.Clamp(size, BufferMin, BufferMax);
        switch (name)
        {
            case SocketApi.SO_RCVLOWAT:
                socket->Options.ReceiveLowWater = (nuint)mark;
                UserSocket.Raise(socket, SocketReadiness.Readable);
                break;
            case SocketApi.SO_SNDLOWAT:
                socket->Options.SendLowWater = (nuint)mark;
                UserSocket.Raise(socket, SocketReadiness.Writable);
                break;
            case SocketApi.SO_SNDBUF:
                socket->Options.SendBuffer = (ulong)buffer;
                Transport.SetOption(socket, SocketApi.SOL_SOCKET, name, &buffer, sizeof(int));
                break;
            default:
                ResizeInput(socket, (ulong)buffer);
                break;
        }

        return 0;
    }

    private static void ResizeInput(UserSocket* socket, ulong size)
    {
        Mutex.Lock(&socket->ReadLock);
        Mutex.Lock(&socket->DeliverLock);
        socket->Options.ReceiveBuffer = size;
        if (socket->IsStream)
            StreamRing.Resize(&socket->Stream, size);
        else
            DatagramRing.Resize(&socket->Datagrams, size);
        Mutex.Unlock(&socket->DeliverLock);
        Mutex.Unlock(&socket->ReadLock);
        TransportReports.NoteRead(socket);
    }

    private static int SetTimeout(api_timeval* timeout, void* value, uint length)
    {
        if (length < sizeof(api_timeval))
            return -SocketApi.EINVAL;

        api_timeval time = *(api_timeval*)value;
        if (time.tv_usec is < 0 or >= MicrosecondsPerSecond)
            return -SocketApi.EDOM;

        // Linux takes negative seconds for "do not wait", which a deadline that has passed is.
        *timeout = time;
        return 0;
    }

    // Copies as much as there is room for, as Linux does.
    private static int Answer(void* from, uint size, void* value, uint* length)
    {
        *length = uint.Min(*length, size);
        NativeMemory.Copy(from, value, *length);
        return 0;
    }

    private static ulong DeadlineOf(api_timeval time) =>
        time.tv_sec == 0 && time.tv_usec == 0 ? Waiter.NoDeadline
        : time.tv_sec < 0 ? 1
        : (ulong)time.tv_sec > ulong.MaxValue / NanosecondsPerSecond / 2 ? Waiter.NoDeadline
        : Waiter.After((ulong)time.tv_sec * NanosecondsPerSecond + (ulong)time.tv_usec * 1000);
}
