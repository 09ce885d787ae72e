// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Linux;

/// <summary>struct msghdr of &lt;sys/socket.h&gt; as glibc and musl lay it out on 64-bit Linux.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct msghdr
{
    public void* msg_name;
    public uint msg_namelen;
    public Libc.iovec* msg_iov;
    public nuint msg_iovlen;
    public void* msg_control;
    public nuint msg_controllen;
    public int msg_flags;

    /// <summary>Nothing but data.</summary>
    internal static msghdr Of(Libc.iovec* vector, int count) => new() { msg_iov = vector, msg_iovlen = (nuint)count };
}

/// <summary>struct group_req of &lt;netinet/in.h&gt;: a multicast group on an interface.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct group_req
{
    public uint gr_interface;
    public sockaddr_storage gr_group;

    /// <summary>The kernel knows the length of an address by its family.</summary>
    internal readonly void SetLength(uint length)
    {
    }
}

/// <summary>struct sockaddr_storage: room for every family, aligned for every family.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct sockaddr_storage
{
    public ushort ss_family;
    private readonly ulong _aligned;
}

/// <summary>
/// struct sockaddr_vm of &lt;linux/vm_sockets.h&gt;. The kernel pads it to the size of struct sockaddr, 16 bytes, and
/// refuses flags it does not know.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct sockaddr_vm
{
    public ushort svm_family;
    public ushort svm_reserved1;
    public uint svm_port;
    public uint svm_cid;
    public byte svm_flags;
}

/// <summary>struct addrinfo of &lt;netdb.h&gt; in glibc's and musl's order of fields.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct addrinfo
{
    public int ai_flags;
    public int ai_family;
    public int ai_socktype;
    public int ai_protocol;
    public uint ai_addrlen;
    public void* ai_addr;
    public byte* ai_canonname;
    public addrinfo* ai_next;
}

/// <summary>One entry of a directory, with 64-bit offsets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct dirent
{
    internal ulong d_ino;
    internal long d_off;
    internal ushort d_reclen;
    internal byte d_type;
    internal fixed byte d_name[256];
}

/// <summary>struct passwd of &lt;pwd.h&gt;.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct passwd
{
    internal byte* pw_name;
    internal byte* pw_passwd;
    internal uint pw_uid;
    internal uint pw_gid;
    internal byte* pw_gecos;
    internal byte* pw_dir;
    internal byte* pw_shell;
}
