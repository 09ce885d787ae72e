// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>A request of ours to a resolver of the program's own: its texts are read once, here.</summary>
internal unsafe struct ForeignResolution
{
    // More than any name is expected to have.
    private const int MaxOnStack = 16;

    private aws_allocator* _allocator;
    private ResolveCallback _callback;

    /// <summary>As <see cref="HostResolver.Resolve"/>. The resolver has the operation.</summary>
    internal static int Start(
        aws_host_resolver* resolver,
        aws_allocator* allocator,
        aws_string* name,
        aws_host_resolution_config* config,
        ResolveCallback* callback)
    {
        ForeignResolution* resolution = Allocator.New<ForeignResolution>(allocator);
        resolution->_allocator = allocator;
        resolution->_callback = *callback;

        // After success the answer may have come already.
        int result = resolver->vtable->resolve_host(resolver, name, &OnResolved, config, resolution);
        if (result != AWS_OP_SUCCESS)
            Allocator.Release(allocator, resolution);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnResolved(
        aws_host_resolver* resolver,
        aws_string* host,
        int error,
        aws_array_list* addresses,
        void* userData)
    {
        ForeignResolution* resolution = (ForeignResolution*)userData;
        aws_allocator* allocator = resolution->_allocator;
        ResolveCallback callback = resolution->_callback;
        Allocator.Release(allocator, resolution);

        int given = error == AWS_ERROR_SUCCESS ? (int)addresses->length : 0;
        AddressRecord* onStack = stackalloc AddressRecord[MaxOnStack];
        AddressRecord* records = given <= MaxOnStack
            ? onStack
            : (AddressRecord*)Allocator.Calloc(allocator, (nuint)given, (nuint)sizeof(AddressRecord));
        int count = 0;
        for (int i = 0; i < given; i++)
        {
            aws_host_address* address = HostAddressList.At(addresses, (nuint)i);
            if (address->address != null)
                records[count++] = AddressRecord.FromC(address);
        }

        callback.Call(&callback, resolver, host, error, records, count);
        if (records != onStack)
            Allocator.Release(allocator, records);
    }
}
