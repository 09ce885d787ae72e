// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Platform;
using Reseau.Native.UserSockets;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/usocket.h&gt;: a negated error becomes -1 and errno.</summary>
public static unsafe class Exports_reseau_usocket
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_usocket", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_usocket(int domain, int type, int protocol) => Result(SocketCalls.Socket(domain, type, protocol));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usocket_on", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_usocket_on(void* transport, int domain, int type, int protocol) => Result(SocketCalls.SocketOn((Transport*)transport, domain, type, protocol));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usocketpair", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_usocketpair(int domain, int type, int protocol, int* descriptors) => Result(SocketCalls.SocketPair(domain, type, protocol, descriptors));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usocketpair_on", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_usocketpair_on(void* transport, int domain, int type, int protocol, int* descriptors) => Result(SocketCalls.SocketPairOn((Transport*)transport, domain, type, protocol, descriptors));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ubind", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ubind(int descriptor, void* address, uint length) => Result(SocketCalls.Bind(descriptor, address, length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ulisten", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ulisten(int descriptor, int backlog) => Result(SocketCalls.Listen(descriptor, backlog));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uaccept", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uaccept(int descriptor, void* address, uint* length) => Result(SocketCalls.Accept(descriptor, address, length, 0));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uaccept4", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uaccept4(int descriptor, void* address, uint* length, int flags) => Result(SocketCalls.Accept(descriptor, address, length, flags));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uconnect", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uconnect(int descriptor, void* address, uint length) => Result(SocketCalls.Connect(descriptor, address, length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ushutdown", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ushutdown(int descriptor, int how) => Result(SocketCalls.Shutdown(descriptor, how));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uclose", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uclose(int descriptor) => Result(SocketCalls.Close(descriptor));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ugetsockname", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ugetsockname(int descriptor, void* address, uint* length) => Result(SocketCalls.LocalAddress(descriptor, address, length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ugetpeername", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ugetpeername(int descriptor, void* address, uint* length) => Result(SocketCalls.PeerAddress(descriptor, address, length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usend", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_usend(int descriptor, void* data, nuint length, int flags) => Result(TransferCalls.Send(descriptor, data, length, flags, null, 0));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usendto", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_usendto(int descriptor, void* data, nuint length, int flags, void* address, uint address_length) => Result(TransferCalls.Send(descriptor, data, length, flags, address, address_length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usendmsg", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_usendmsg(int descriptor, void* message, int flags) => Result(TransferCalls.SendMessage(descriptor, (api_msghdr*)message, flags));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uwrite", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_uwrite(int descriptor, void* data, nuint length) => Result(TransferCalls.Send(descriptor, data, length, 0, null, 0));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uwritev", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_uwritev(int descriptor, void* pieces, int count) => Result(TransferCalls.WriteVector(descriptor, (api_iovec*)pieces, count));

    [UnmanagedCallersOnly(EntryPoint = "reseau_urecv", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_urecv(int descriptor, void* data, nuint length, int flags) => Result(TransferCalls.Receive(descriptor, data, length, flags, null, null));

    [UnmanagedCallersOnly(EntryPoint = "reseau_urecvfrom", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_urecvfrom(int descriptor, void* data, nuint length, int flags, void* address, uint* address_length) => Result(TransferCalls.Receive(descriptor, data, length, flags, address, address_length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_urecvmsg", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_urecvmsg(int descriptor, void* message, int flags) => Result(TransferCalls.ReceiveMessage(descriptor, (api_msghdr*)message, flags));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uread", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_uread(int descriptor, void* data, nuint length) => Result(TransferCalls.Receive(descriptor, data, length, 0, null, null));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ureadv", CallConvs = [typeof(CallConvCdecl)])]
    public static nint reseau_ureadv(int descriptor, void* pieces, int count) => Result(TransferCalls.ReadVector(descriptor, (api_iovec*)pieces, count));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usockatmark", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_usockatmark(int descriptor) => Result(ControlCalls.IsAtMark(descriptor));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ugetsockopt", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ugetsockopt(int descriptor, int level, int name, void* value, uint* length) => Result(ControlCalls.GetOption(descriptor, level, name, value, length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_usetsockopt", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_usetsockopt(int descriptor, int level, int name, void* value, uint length) => Result(ControlCalls.SetOption(descriptor, level, name, value, length));

    [UnmanagedCallersOnly(EntryPoint = "reseau_udup", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_udup(int descriptor) => Result(ControlCalls.Duplicate(descriptor));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ufcntl", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ufcntl(int descriptor, int command, nint argument) => Result(ControlCalls.Fcntl(descriptor, command, argument));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uioctl", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uioctl(int descriptor, api_ulong request, void* argument) => Result(ControlCalls.Ioctl(descriptor, request, argument));

    [UnmanagedCallersOnly(EntryPoint = "reseau_upoll", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_upoll(void* descriptors, nuint count, int timeout) => Result(PollCalls.Poll((api_pollfd*)descriptors, count, timeout));

    [UnmanagedCallersOnly(EntryPoint = "reseau_ufd_zero", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_ufd_zero(reseau_ufd_set* set) => DescriptorSet.Clear(set);

    [UnmanagedCallersOnly(EntryPoint = "reseau_ufd_add", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_ufd_add(int descriptor, reseau_ufd_set* set) => DescriptorSet.Add(set, descriptor);

    [UnmanagedCallersOnly(EntryPoint = "reseau_ufd_remove", CallConvs = [typeof(CallConvCdecl)])]
    public static void reseau_ufd_remove(int descriptor, reseau_ufd_set* set) => DescriptorSet.Remove(set, descriptor);

    [UnmanagedCallersOnly(EntryPoint = "reseau_ufd_has", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_ufd_has(int descriptor, reseau_ufd_set* set) => DescriptorSet.Has(set, descriptor) ? 1 : 0;

    [UnmanagedCallersOnly(EntryPoint = "reseau_uselect", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uselect(int count, reseau_ufd_set* readable, reseau_ufd_set* writable, reseau_ufd_set* exceptional, void* timeout) => Result(PollCalls.Select(count, readable, writable, exceptional, (api_timeval*)timeout));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uepoll_create1", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uepoll_create1(int flags) => Result(EpollCalls.Create(flags));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uepoll_ctl", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uepoll_ctl(int epoll, int operation, int descriptor, void* change) => Result(EpollCalls.Control(epoll, operation, descriptor, (byte*)change));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uepoll_wait", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uepoll_wait(int epoll, void* events, int capacity, int timeout) => Result(EpollCalls.Wait(epoll, (byte*)events, capacity, timeout));

    [UnmanagedCallersOnly(EntryPoint = "reseau_uepoll_descriptor", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_uepoll_descriptor(int epoll) => Result(EpollCalls.Signal(epoll));

    private static int Result(int result) => (int)Result((nint)result);

    // errno is set last of all: what returns to C does not change it.
    private static nint Result(nint result)
    {
        if (result >= 0)
            return result;

        OsErrors.Last = -(int)result;
        return -1;
    }
}
