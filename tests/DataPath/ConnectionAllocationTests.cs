// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Reseau.Native.Tests.Tls;
using Xunit;

namespace Reseau.Native.Tests.DataPath;

/// <summary>
/// In steady state no message of a connection costs a managed byte, nor does one over TLS: both ends play ping-pong on one
/// loop of the program's, whose thread asks the runtime what it has allocated.
/// </summary>
public unsafe class ConnectionAllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 20_000;
    private const int MessageLength = 512;

    private static int s_messages;
    private static long s_before;
    private static long s_allocated;
    private static long s_loop;
    private static bool s_isHooked;

    [Fact]
    public void APingPongAllocatesNothingManaged() => PingPong(null, null);

    [Fact]
    public void APingPongOverTlsAllocatesNothingManaged()
    {
        string pem = TlsIdentity.NewCertificate(out ECDsa privateKey);
        byte[] keyPem = Encoding.ASCII.GetBytes(privateKey.ExportPkcs8PrivateKeyPem() + "\0");
        privateKey.Dispose();
        fixed (byte* certificate = Encoding.ASCII.GetBytes(pem + "\0"), key = keyPem, name = "localhost\0"u8)
        {
            reseau_tls_options server = new()
            {
                size = (nuint)sizeof(reseau_tls_options),
                certificate_pem = certificate,
                key_pem = key,
            };
            reseau_tls_options client = new()
            {
                size = (nuint)sizeof(reseau_tls_options),
                insecure = 1,
                server_name = name,
            };
            PingPong(&client, &server);
        }
    }

    [Fact]
    public void APingPongThroughHooksAllocatesNothingManaged() => PingPong(null, null, isHooked: true);

    [Fact]
    public void CallsOfAThreadAllocateNothingManaged()
    {
        reseau_options options = new() { size = (nuint)sizeof(reseau_options) };
        long listener = ConnectionListener.Listen(null, 0, isPath: false, &options);
        IdObject* listening;
        Assert.Equal(0, IdTable.TryAcquire(listener, IdKind.Listener, &listening));
        reseau_address address;
        Assert.Equal(0, AddressText.GetLocal(listening, &address));
        long client;
        fixed (byte* host = "127.0.0.1\0"u8)
            client = ConnectionOpen.Connect(host, address.port, isPath: false, &options, waits: true);
        long server = ConnectionListener.Accept((ConnectionListener*)listening, -1);
        IdTable.Release(listening);
        IdObject* one;
        IdObject* other;
        Assert.Equal(0, IdTable.TryAcquire(client, IdKind.Connection, &one));
        Assert.Equal(0, IdTable.TryAcquire(server, IdKind.Connection, &other));
        byte* message = stackalloc byte[MessageLength];
        long before = 0;
        for (int i = 0; i < WarmUp + Measured; i++)
        {
            if (i == WarmUp)
                before = ManagedBytes.Begin();
            Pass((Connection*)one, (Connection*)other, message);
            Pass((Connection*)other, (Connection*)one, message);
        }

        Assert.Equal(0, ManagedBytes.Since(before));
        ConnectionClose.Close(one, isAbort: true);
        ConnectionClose.Close(other, isAbort: true);
        IdTable.Release(one);
        IdTable.Release(other);
        Close(listener);
    }

    private static void Pass(Connection* from, Connection* to, byte* message)
    {
        if (ConnectionWrite.Write(from, message, MessageLength, isFirst: false) != MessageLength ||
            ConnectionRead.ReadExactly(to, message, MessageLength) != MessageLength)
        {
            throw new InvalidOperationException("the connection has failed");
        }
    }

    private static void PingPong(reseau_tls_options* clientTls, reseau_tls_options* serverTls, bool isHooked = false)
    {
        s_messages = 0;
        s_isHooked = isHooked;
        s_loop = LoopObject.New();
        Assert.True(s_loop > 0);
        reseau_options server = new()
        {
            size = (nuint)sizeof(reseau_options),
            loop = s_loop,
            tls = serverTls,
            on_open = &AddHook,
            on_data = &Echo,
        };
        long listener = ConnectionListener.Listen(null, 0, isPath: false, &server);
        Assert.True(listener > 0);
        reseau_address address;
        IdObject* item;
        Assert.Equal(0, IdTable.TryAcquire(listener, IdKind.Listener, &item));
        Assert.Equal(0, AddressText.GetLocal(item, &address));
        IdTable.Release(item);
        reseau_options client = new()
        {
            size = (nuint)sizeof(reseau_options),
            loop = s_loop,
            tls = clientTls,
            on_open = &Begin,
            on_data = &Count,
        };
        long id;
        fixed (byte* host = "127.0.0.1\0"u8)
            id = ConnectionOpen.Connect(host, address.port, isPath: false, &client, waits: false);
        Assert.True(id > 0);

        LoopObject* loop;
        Assert.Equal(0, LoopObject.TryAcquire(s_loop, &loop));
        Assert.Equal(0, LoopObject.Run(loop, 60_000));
        LoopObject.Release(loop);
        Close(listener);
        Close(s_loop);
        Assert.True(s_messages >= WarmUp + Measured, $"only {s_messages} messages came back");
        Assert.Equal(0, s_allocated);
    }

    private static void Close(long id)
    {
        IdObject* item;
        if (IdTable.TryAcquire(id, IdKind.Any, &item) != 0)
            return;
        item->Operations->Close(item, true);
        IdTable.Release(item);
    }

    private static void Write(long id, void* data, nuint length)
    {
        IdObject* item;
        if (IdTable.TryAcquire(id, IdKind.Connection, &item) != 0)
            return;
        ConnectionWrite.Write((Connection*)item, data, length, isFirst: false);
        IdTable.Release(item);
    }

    // Passes bytes on, one by one the other way round.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Invert(long id, reseau_hook_bytes* bytes, void* state)
    {
        nuint length = nuint.Min(bytes->input_length, bytes->output_room);
        for (nuint i = 0; i < length; i++)
            bytes->output[i] = (byte)~bytes->input[i];
        bytes->consumed = length;
        bytes->produced = length;
        return length < bytes->input_length ? reseau_hook_result.RESEAU_HOOK_MORE : reseau_hook_result.RESEAU_HOOK_DONE;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void AddHook(long id, void* state) => AddHook(id);

    private static void AddHook(long id)
    {
        IdObject* item;
        if (!s_isHooked || IdTable.TryAcquire(id, IdKind.Connection, &item) != 0)
            return;

        reseau_hook hook = new() { size = (nuint)sizeof(reseau_hook), read = &Invert, write = &Invert };
        ConnectionHooks.Add((Connection*)item, &hook);
        IdTable.Release(item);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Begin(long id, void* state)
    {
        AddHook(id);
        byte* message = stackalloc byte[MessageLength];
        Write(id, message, MessageLength);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Echo(long id, void* data, nuint length, void* state)
    {
        Write(id, data, length);
        return length;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nuint Count(long id, void* data, nuint length, void* state)
    {
        if (length < MessageLength)
            return 0;

        s_messages++;
        if (s_messages == WarmUp)
            s_before = ManagedBytes.Begin();
        if (s_messages == WarmUp + Measured)
        {
            s_allocated = ManagedBytes.Since(s_before);
            LoopObject* loop;
            if (LoopObject.TryAcquire(s_loop, &loop) == 0)
            {
                LoopObject.Stop(loop);
                LoopObject.Release(loop);
            }

            return length;
        }

        Write(id, data, length);
        return length;
    }
}
