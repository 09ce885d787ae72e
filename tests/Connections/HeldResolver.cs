// SPDX-License-Identifier: Apache-2.0
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Common;
using Reseau.Native.Tests.EventLoops;

namespace Reseau.Native.Tests.Connections;

/// <summary>
/// A resolver of a program: it keeps the last request until the test answers it, and lists the failures reported to it.
/// </summary>
internal sealed unsafe class HeldResolver : IDisposable
{
    private readonly aws_allocator* _allocator;
    private readonly aws_host_resolver_vtable* _vtable;
    private GCHandle _self;
    private aws_string* _host;
    private delegate* unmanaged[Cdecl]<aws_host_resolver*, aws_string*, int, aws_array_list*, void*, void> _onResolved;
    private void* _userData;

    internal HeldResolver(aws_allocator* allocator)
    {
        _allocator = allocator;
        _self = GCHandle.Alloc(this);
        _vtable = (aws_host_resolver_vtable*)NativeMemory.AllocZeroed((nuint)sizeof(aws_host_resolver_vtable));
        _vtable->resolve_host = &OnRequest;
        _vtable->record_connection_failure = &OnFailure;
        Native = (aws_host_resolver*)NativeMemory.AllocZeroed((nuint)sizeof(aws_host_resolver));
        Native->vtable = _vtable;
        Native->impl = (void*)GCHandle.ToIntPtr(_self);
    }

    internal aws_host_resolver* Native { get; }

    internal List<string> Failures { get; } = [];

    /// <summary>Raised by the call, which then fails.</summary>
    internal int Refusal { get; set; }

    /// <summary>Whether the call fails, and raises nothing.</summary>
    internal bool FailsSilently { get; set; }

    internal void Answer(params string[] addresses)
    {
        aws_host_address* all = stackalloc aws_host_address[addresses.Length + 1];
        for (int i = 0; i < addresses.Length; i++)
        {
            all[i] = default;
            all[i].allocator = _allocator;
            all[i].host = AwsString.NewFromString(_allocator, _host);
            all[i].record_type = addresses[i].Contains(':') ? AWS_ADDRESS_RECORD_TYPE_AAAA : AWS_ADDRESS_RECORD_TYPE_A;
            fixed (byte* text = Encoding.UTF8.GetBytes(addresses[i] + "\0"))
                all[i].address = AwsString.NewFromCStr(_allocator, text);
        }

        aws_array_list list = new()
        {
            item_size = (nuint)sizeof(aws_host_address),
            length = (nuint)addresses.Length,
            current_size = (nuint)(addresses.Length * sizeof(aws_host_address)),
            data = all,
        };
        _onResolved(Native, _host, AWS_ERROR_SUCCESS, &list, _userData);
        for (int i = 0; i < addresses.Length; i++)
        {
            AwsString.Destroy(all[i].host);
            AwsString.Destroy(all[i].address);
        }
    }

    public void Dispose()
    {
        AwsString.Destroy(_host);
        NativeMemory.Free(Native);
        NativeMemory.Free(_vtable);
        _self.Free();
    }

    private static HeldResolver Of(aws_host_resolver* resolver) =>
        (HeldResolver)GCHandle.FromIntPtr((nint)resolver->impl).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRequest(
        aws_host_resolver* resolver,
        aws_string* host,
        delegate* unmanaged[Cdecl]<aws_host_resolver*, aws_string*, int, aws_array_list*, void*, void> onResolved,
        aws_host_resolution_config* config,
        void* userData)
    {
        HeldResolver self = Of(resolver);
        if (self.Refusal != 0)
            return Errors.Raise(self.Refusal);
        if (self.FailsSilently)
            return AWS_OP_ERR;

        AwsString.Destroy(self._host);
        self._host = AwsString.NewFromString(self._allocator, host);
        self._onResolved = onResolved;
        self._userData = userData;
        return AWS_OP_SUCCESS;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnFailure(aws_host_resolver* resolver, aws_host_address* address)
    {
        aws_string* text = address->address;
        Of(resolver).Failures.Add(Encoding.UTF8.GetString(text->bytes, (int)text->len));
        TestLoop.Changed();
        return AWS_OP_SUCCESS;
    }
}
