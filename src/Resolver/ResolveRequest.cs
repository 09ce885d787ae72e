// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>
/// What is called with the answer to a request for a host, once: managed code of ours, or by way of <see cref="ToC"/> a
/// function of the program.
/// </summary>
internal unsafe struct ResolveCallback
{
    /// <summary>
    /// This, the resolver, the host, and an error or addresses with their number. They are good inside the call only.
    /// </summary>
    internal delegate*<ResolveCallback*, aws_host_resolver*, aws_string*, int, AddressRecord*, int, void> Call;
    internal void* Function;
    internal void* UserData;

    /// <summary>Set before the call: the system's own code of a look-up that has failed, or 0.</summary>
    internal int Code;

    internal static ResolveCallback ToC(aws_on_host_resolved_result_fn function, void* userData) =>
        new() { Call = &CallC, Function = (void*)function, UserData = userData };

    // The default resolver gives one address of each family.
    private static void CallC(
        ResolveCallback* callback,
        aws_host_resolver* resolver,
        aws_string* host,
        int error,
        AddressRecord* records,
        int count)
    {
        aws_on_host_resolved_result_fn function = (aws_on_host_resolved_result_fn)callback->Function;
        if (error != AWS_ERROR_SUCCESS)
        {
            function(resolver, host, error, null, callback->UserData);
            return;
        }

        aws_host_address* memory = stackalloc aws_host_address[HostAddresses.MaxTaken];
        for (int i = 0; i < count; i++)
            memory[i] = AddressRecord.ToC(&records[i], host, resolver->allocator);
        aws_array_list addresses;
        HostAddressList.InitStatic(&addresses, memory, count);
        function(resolver, host, AWS_ERROR_SUCCESS, &addresses, callback->UserData);
        HostAddressList.CleanUp(&addresses);
    }
}

/// <summary>Somebody who waits for a host's addresses.</summary>
internal unsafe struct ResolveRequest
{
    // First, so that a list node is a request.
    private aws_linked_list_node _node;
    private ResolveCallback _callback;

    internal static void Queue(aws_linked_list* requests, ResolveCallback* callback, aws_allocator* allocator)
    {
        ResolveRequest* request = Allocator.New<ResolveRequest>(allocator);
        request->_callback = *callback;
        LinkedList.PushBack(requests, &request->_node);
    }

    /// <summary>Takes the oldest out of a list that has one.</summary>
    internal static ResolveCallback Take(aws_linked_list* requests, aws_allocator* allocator)
    {
        ResolveRequest* request = (ResolveRequest*)LinkedList.PopFront(requests);
        ResolveCallback callback = request->_callback;
        Allocator.Release(allocator, request);
        return callback;
    }
}
