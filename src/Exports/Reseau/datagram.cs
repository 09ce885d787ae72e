// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Connections;
using Reseau.Native.EventLoops;
using Reseau.Native.Sockets;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;reseau/datagram.h&gt;.</summary>
public static unsafe class Exports_reseau_datagram
{
    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_bind", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_datagram_bind(byte* host, ushort port, reseau_datagram_options* options) => DatagramAddress.Open(host, port, options, connects: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_connect", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_datagram_connect(byte* host, ushort port, reseau_datagram_options* options) => DatagramAddress.Open(host, port, options, connects: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_send", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_datagram_send(long socket, void* data, nuint length, reseau_ip* ip, ushort port)
    {
        int error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : Done(item, DatagramTransfer.SendOne(item, data, length, ip, port));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_send_batch", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_datagram_send_batch(long socket, reseau_datagram* datagrams, nuint count)
    {
        if (datagrams == null && count != 0)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : (int)Done(item, DatagramTransfer.Send(item, datagrams, nuint.Min(count, int.MaxValue)));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_receive", CallConvs = [typeof(CallConvCdecl)])]
    public static long reseau_datagram_receive(long socket, reseau_datagram* datagram, long timeout_ms)
    {
        int error = CheckReceive(datagram, 1, timeout_ms);
        if (error != 0)
            return error;
        error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : Done(item, DatagramTransfer.ReceiveOne(item, datagram, timeout_ms));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_send_rest", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_datagram_send_rest(long socket, reseau_datagram* datagrams, nuint count, nuint* sent)
    {
        if (sent == null || (datagrams == null && count > 0) || count > int.MaxValue)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : (int)Done(item, DatagramTransfer.SendRest(item, datagrams, count, sent));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_receive_batch", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_datagram_receive_batch(long socket, reseau_datagram* datagrams, nuint count, long timeout_ms)
    {
        int error = CheckReceive(datagrams, count, timeout_ms);
        if (error != 0)
            return error;
        error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : (int)Done(item, DatagramTransfer.Receive(item, datagrams, count, timeout_ms));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_join", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_datagram_join(long socket, reseau_ip* group, byte* interface_name) => ChangeGroup(socket, group, interface_name, joins: true);

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_leave", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_datagram_leave(long socket, reseau_ip* group, byte* interface_name) => ChangeGroup(socket, group, interface_name, joins: false);

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_set_multicast", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_datagram_set_multicast(long socket, int hops, int loop, byte* interface_name)
    {
        if (hops is < -1 or > 255)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : (int)Done(item, DatagramTransfer.SetMulticast(item, hops, loop != 0, interface_name));
    }

    [UnmanagedCallersOnly(EntryPoint = "reseau_datagram_set_hops", CallConvs = [typeof(CallConvCdecl)])]
    public static int reseau_datagram_set_hops(long socket, int hops)
    {
        if (hops is < 1 or > 255)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : (int)Done(item, DatagramTransfer.Set(item, DatagramSetting.Hops, hops));
    }

    private static int ChangeGroup(long socket, reseau_ip* group, byte* interfaceName, bool joins)
    {
        if (group == null)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        int error = TryAcquire(socket, out DatagramSocket* item);
        return error != 0 ? error : (int)Done(item, DatagramTransfer.ChangeGroup(item, group, interfaceName, joins));
    }

    // A call that does not wait is good on a loop's thread, too.
    private static int CheckReceive(reseau_datagram* datagrams, nuint count, long milliseconds)
    {
        if (datagrams == null || count == 0 || milliseconds < -1)
            return RESEAU_ERROR_INVALID_ARGUMENT;
        for (nuint i = 0; i < count; i++)
        {
            if (datagrams[i].data == null && datagrams[i].capacity != 0)
                return RESEAU_ERROR_INVALID_ARGUMENT;
        }

        return milliseconds != 0 && EventLoop.OfCallersThread != null ? RESEAU_ERROR_WOULD_BLOCK_LOOP : 0;
    }

    private static int TryAcquire(long socket, out DatagramSocket* item)
    {
        IdObject* found;
        int error = IdTable.TryAcquire(socket, IdKind.Datagram, &found);
        item = (DatagramSocket*)found;
        return error;
    }

    private static long Done(DatagramSocket* item, long result)
    {
        if (item != null)
            IdTable.Release(&item->Member.Object);
        return result;
    }
}
