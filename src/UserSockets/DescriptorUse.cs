// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.UserSockets;

/// <summary>A call on a descriptor, from its beginning to its end: what it stands for stays as long.</summary>
internal unsafe ref struct DescriptorUse
{
    private DescriptorTable.Entry* _entry;

    internal readonly DescriptorTable.Entry* Entry => _entry;

    internal readonly Description* Description => _entry->Description;

    internal readonly UserSocket* Socket => (UserSocket*)_entry->Description;

    /// <summary>0, and <see cref="End"/> is to come; or -EBADF.</summary>
    internal static int Begin(int descriptor, out DescriptorUse use)
    {
        use = default;
        use._entry = DescriptorTable.Enter(descriptor);
        return use._entry == null ? -SocketApi.EBADF : 0;
    }

    /// <summary>The same for a socket; -ENOTSOCK for something else.</summary>
    internal static int BeginSocket(int descriptor, out DescriptorUse use)
    {
        int error = Begin(descriptor, out use);
        if (error != 0 || use.Description->Kind == DescriptionKind.Socket)
            return error;

        use.End();
        return -SocketApi.ENOTSOCK;
    }

    internal readonly void End() => DescriptorTable.Leave(_entry);

    /// <summary>Ends the call with its result.</summary>
    internal readonly int End(int result)
    {
        DescriptorTable.Leave(_entry);
        return result;
    }

    internal readonly nint End(nint result)
    {
        DescriptorTable.Leave(_entry);
        return result;
    }
}
