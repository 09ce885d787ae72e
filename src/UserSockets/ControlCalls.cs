// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Mutex = Reseau.Native.Common.Threading.Mutex;

namespace Reseau.Native.UserSockets;

/// <summary>Options, flags and duplicates. A negated error where the call fails.</summary>
internal static unsafe class ControlCalls
{
    internal static int GetOption(int descriptor, int level, int name, void* value, uint* length)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(SocketOptions.Get(use.Socket, level, name, value, length));
    }

    internal static int SetOption(int descriptor, int level, int name, void* value, uint length)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(SocketOptions.Set(use.Socket, level, name, value, length));
    }

    internal static int Duplicate(int descriptor)
    {
        int error = DescriptorUse.Begin(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(DescriptorTable.Add(use.Description, isClosedByExec: false));
    }

    internal static int Fcntl(int descriptor, int command, nint argument)
    {
        int error = DescriptorUse.Begin(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(Fcntl(use, command, (int)argument));
    }

    internal static int Ioctl(int descriptor, nuint request, void* argument)
    {
        int error = DescriptorUse.Begin(descriptor, out DescriptorUse use);
        if (error != 0)
            return error;
        return use.End(use.Description->Kind == DescriptionKind.Socket
            ? Ioctl(use.Socket, request, argument)
            : -SocketApi.ENOTTY);
    }

    /// <summary>sockatmark(): there is no urgent data, so no mark; only streams could have one.</summary>
    internal static int IsAtMark(int descriptor)
    {
        int error = DescriptorUse.BeginSocket(descriptor, out DescriptorUse use);
        return error != 0 ? error : use.End(use.Socket->IsStream ? 0 : -SocketApi.ENOTTY);
    }

    private static int Fcntl(DescriptorUse use, int command, int argument)
    {
        Description* description = use.Description;
        switch (command)
        {
            case SocketApi.F_GETFL:
                return SocketApi.O_RDWR | (description->IsNonBlocking ? SocketApi.O_NONBLOCK : 0);
            case SocketApi.F_SETFL:
                Volatile.Write(ref description->IsNonBlocking, (argument & SocketApi.O_NONBLOCK) != 0);
                return 0;
            case SocketApi.F_GETFD:
                return use.Entry->Flags;
            case SocketApi.F_SETFD:
                Volatile.Write(ref use.Entry->Flags, argument & SocketApi.FD_CLOEXEC);
                return 0;
            case SocketApi.F_DUPFD or SocketApi.F_DUPFD_CLOEXEC:
                return argument < 0
                    ? -SocketApi.EINVAL
                    : DescriptorTable.Add(description, isClosedByExec: command == SocketApi.F_DUPFD_CLOEXEC);
            default:
                return -SocketApi.EINVAL;
        }
    }

    private static int Ioctl(UserSocket* socket, nuint request, void* argument)
    {
        bool isOurs = request is SocketApi.FIONBIO or SocketApi.FIONREAD or SocketApi.SIOCATMARK or SocketApi.TIOCOUTQ;
        if (!isOurs)
            return Transport.Control(socket, request, argument);
        if (request is SocketApi.SIOCATMARK && !socket->IsStream)
            return -SocketApi.ENOTTY;
        if (CallerMemory.IsMissing(argument, sizeof(int)))
            return -SocketApi.EFAULT;

        int* number = (int*)argument;
        switch (request)
        {
            case SocketApi.FIONBIO:
                Volatile.Write(ref socket->Description.IsNonBlocking, *number != 0);
                return 0;
            case SocketApi.FIONREAD:
                if (socket->Phase == SocketPhase.Listening)
                    return -SocketApi.EINVAL;
                *number = (int)ulong.Min(Waiting(socket), int.MaxValue);
                return 0;
            default:
                *number = 0;
                return 0;
        }
    }

    private static ulong Waiting(UserSocket* socket)
    {
        if (socket->IsStream)
            return socket->Stream.Available;

        Mutex.Lock(&socket->ReadLock);
        DatagramRing.NextLength(&socket->Datagrams, out ulong length);
        Mutex.Unlock(&socket->ReadLock);
        return length;
    }
}
