// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Interop.Darwin;

// The C compiler checks these on a Mac: native-tests/abi/contract_darwin.c.

/// <summary>struct msghdr of &lt;sys/socket.h&gt;; its counts are narrower than Linux's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct msghdr
{
    public void* msg_name;
    public uint msg_namelen;
    public Libc.iovec* msg_iov;
    public int msg_iovlen;
    public void* msg_control;
    public uint msg_controllen;
    public int msg_flags;

    /// <summary>Nothing but data.</summary>
    internal static msghdr Of(Libc.iovec* vector, int count) => new() { msg_iov = vector, msg_iovlen = count };
}

/// <summary>struct group_req of &lt;netinet/in.h&gt;: a multicast group on an interface.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
internal struct group_req
{
    public uint gr_interface;
    public sockaddr_storage gr_group;

    internal void SetLength(uint length) => gr_group.ss_len = (byte)length;
}

/// <summary>struct sockaddr_storage: room for every family, aligned for every family.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct sockaddr_storage
{
    public byte ss_len;
    public byte ss_family;
    private readonly ulong _aligned;
}

/// <summary>struct sockaddr_vm of &lt;sys/vsock.h&gt;.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct sockaddr_vm
{
    public byte svm_len;
    public byte svm_family;
    public ushort svm_reserved1;
    public uint svm_port;
    public uint svm_cid;
}

/// <summary>struct addrinfo of &lt;netdb.h&gt;: the name comes before the address.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct addrinfo
{
    public int ai_flags;
    public int ai_family;
    public int ai_socktype;
    public int ai_protocol;
    public uint ai_addrlen;
    public byte* ai_canonname;
    public void* ai_addr;
    public addrinfo* ai_next;
}

/// <summary>One entry of a directory, with 64-bit inode numbers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct dirent
{
    internal ulong d_ino;
    internal ulong d_seekoff;
    internal ushort d_reclen;
    internal ushort d_namlen;
    internal byte d_type;
    internal fixed byte d_name[1024];
}

/// <summary>struct passwd of &lt;pwd.h&gt;.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct passwd
{
    internal byte* pw_name;
    internal byte* pw_passwd;
    internal uint pw_uid;
    internal uint pw_gid;
    internal nint pw_change;
    internal byte* pw_class;
    internal byte* pw_gecos;
    internal byte* pw_dir;
    internal byte* pw_shell;
    internal nint pw_expire;
}
