// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.EventLoops;
using Reseau.Native.EventLoops.Virtual;
using Reseau.Native.Resolver;
using Reseau.Native.Tests.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.Resolver;

/// <summary>A request to the resolver, and its answer.</summary>
internal sealed class Request(string host, ulong when)
{
    internal string Host { get; } = host;

    internal ulong When { get; } = when;

    internal int Answers { get; set; }

    internal ulong AnsweredAt { get; set; }

    /// <summary>Whether it was answered inside the call.</summary>
    internal bool IsImmediate { get; set; }

    internal int Error { get; set; }

    internal List<string> Addresses { get; } = [];
}

/// <summary>
/// The default resolver on loops of a virtual time, under a tracing allocator. Disposing finds leaks.
/// </summary>
internal unsafe class ResolverWorld : IDisposable
{
    private readonly aws_allocator* _allocator;
    private readonly aws_event_loop_group* _group;
    private readonly ShutdownCallback _groupGone = new();
    private readonly ShutdownCallback _resolverGone = new();
    private readonly List<GCHandle> _handles = [];
    private aws_host_resolver* _resolver;
    private Request? _asked;

    internal ResolverWorld(ulong seed, ushort loops)
    {
        _allocator = MemTracer.New(Allocator.Default(), null, aws_mem_trace_level.AWS_MEMTRACE_BYTES, 0);
        Time = VirtualTime.New(_allocator, seed);
        _group = VirtualLoop.NewGroup(Time, loops, _groupGone.Options);
        aws_host_resolver_default_options options = new()
        {
            el_group = _group,
            max_entries = 8,
            shutdown_options = _resolverGone.Options,
        };
        _resolver = HostResolver.NewDefault(_allocator, &options);
    }

    private sealed record Asked(ResolverWorld World, Request Request);

    internal VirtualTime* Time { get; }

    internal ulong Now => VirtualTime.Now(Time);

    internal bool IsReleased => _resolver == null;

    internal bool IsGone => _resolverGone.Calls == 1;

    internal aws_host_resolution_config Config { get; set; }

    internal Action<Request> OnAnswer { get; set; } = _ => { };

    /// <summary>What answers in the system's place. Before the first request.</summary>
    internal void SetNames(NameSource* names)
    {
        for (nuint i = 0; i < EventLoopGroup.GetLoopCount(_group); i++)
            EventLoop.CoreOf(EventLoopGroup.GetLoopAt(_group, i))->Names = names;
    }

    internal Request Ask(string host)
    {
        Request request = new(host, Now);
        GCHandle handle = GCHandle.Alloc(new Asked(this, request));
        _handles.Add(handle);
        ResolveCallback callback = new() { Call = &OnResolved, UserData = (void*)GCHandle.ToIntPtr(handle) };
        aws_host_resolution_config config = Config;
        aws_string* name = NewString(host);
        Request? outer = _asked;
        _asked = request;
        Assert.Equal(AWS_OP_SUCCESS, HostResolver.Resolve(_resolver, _allocator, name, &config, &callback));
        _asked = outer;
        AwsString.Destroy(name);
        return request;
    }

    internal void RecordFailure(string host, string address)
    {
        AddressRecord record = default;
        fixed (byte* text = Encoding.ASCII.GetBytes(address + "\0"))
            Assert.True(IpAddress.TryParse(text, &record.Address));
        record.Type = address.Contains(':') ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
        aws_string* name = NewString(host);
        HostResolver.RecordFailure(_resolver, _allocator, name, &record);
        AwsString.Destroy(name);
    }

    internal void Purge(string? host, ShutdownCallback done)
    {
        if (host == null)
        {
            HostResolver.PurgeCacheWithCallback(
                _resolver, done.Options->shutdown_callback_fn, done.Options->shutdown_callback_user_data);
            return;
        }

        aws_host_resolver_purge_host_options options = new()
        {
            host = NewString(host),
            on_host_purge_complete_callback = done.Options->shutdown_callback_fn,
            user_data = done.Options->shutdown_callback_user_data,
        };
        HostResolver.PurgeHostCache(_resolver, &options);
        AwsString.Destroy(options.host);
    }

    /// <summary>Usable addresses of a family.</summary>
    internal int Count(string host, bool isIPv6)
    {
        aws_string* name = NewString(host);
        uint flags = (uint)(isIPv6
            ? AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_AAAA
            : AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A);
        int count = (int)HostResolver.GetHostAddressCount(_resolver, name, flags);
        AwsString.Destroy(name);
        return count;
    }

    internal void Release()
    {
        aws_host_resolver* resolver = _resolver;
        _resolver = null;
        HostResolver.Release(resolver);
    }

    public virtual void Dispose()
    {
        if (!IsReleased)
            Release();
        while (VirtualTime.RunToNextTimer(Time))
        {
        }

        Assert.Equal(1, _resolverGone.Calls);
        EventLoopGroup.Release(_group);
        VirtualTime.RunUntilIdle(Time);
        Assert.Equal(1, _groupGone.Calls);
        Assert.Equal(AWS_OP_SUCCESS, VirtualTime.Destroy(Time));
        Assert.Equal(0u, MemTracer.Bytes(_allocator));
        MemTracer.Destroy(_allocator);
        _resolverGone.Dispose();
        _groupGone.Dispose();
        _handles.ForEach(handle => handle.Free());
    }

    private aws_string* NewString(string text)
    {
        fixed (byte* bytes = Encoding.ASCII.GetBytes(text + "\0"))
            return AwsString.NewFromCStr(_allocator, bytes);
    }

    private static void OnResolved(
        ResolveCallback* callback,
        aws_host_resolver* resolver,
        aws_string* host,
        int error,
        AddressRecord* records,
        int count)
    {
        Asked asked = (Asked)GCHandle.FromIntPtr((nint)callback->UserData).Target!;
        Request request = asked.Request;
        request.Answers++;
        request.IsImmediate = asked.World._asked == request;
        request.AnsweredAt = asked.World.Now;
        request.Error = error;
        byte* text = stackalloc byte[IpAddress.MaxTextSize];
        for (int i = 0; i < count; i++)
            request.Addresses.Add(Encoding.ASCII.GetString(text, IpAddress.Format(&records[i].Address, text)));
        asked.World.OnAnswer(request);
    }
}
