// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Resolver;

/// <summary>struct aws_host_address as a value that owns its two strings.</summary>
internal static unsafe class HostAddress
{
    /// <summary>Copies the strings too, with the allocator of <paramref name="from"/>.</summary>
    internal static int Copy(aws_host_address* from, aws_host_address* to)
    {
        if (from == null || to == null || from->allocator == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_host_address copy = *from;
        copy.address = from->address == null ? null : AwsString.NewFromString(from->allocator, from->address);
        copy.host = from->host == null ? null : AwsString.NewFromString(from->allocator, from->host);
        *to = copy;
        return AWS_OP_SUCCESS;
    }

    /// <summary>Leaves <paramref name="from"/> empty; what <paramref name="to"/> held before is overwritten.</summary>
    internal static void Move(aws_host_address* from, aws_host_address* to)
    {
        if (from == null || to == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        *to = *from;
        *from = default;
    }

    /// <summary>Destroys the strings and leaves the address empty.</summary>
    internal static void CleanUp(aws_host_address* address)
    {
        if (address == null)
            return;

        AwsString.Destroy(address->address);
        AwsString.Destroy(address->host);
        *address = default;
    }
}
