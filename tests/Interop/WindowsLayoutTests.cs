// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Interop.SChannel;
using Reseau.Native.Interop.Windows;
using Xunit;

namespace Reseau.Native.Tests.Interop;

/// <summary>
/// Structures of Windows as its headers have them, on any system with pointers of 64 bits: the numbers are those of
/// mingw-w64's compiler.
/// </summary>
public sealed unsafe class WindowsLayoutTests
{
    [Fact]
    public void AddressesHaveAnUnsignedFamilyInFront()
    {
        Assert.Equal(16, sizeof(SOCKADDR_IN));
        Assert.Equal(28, sizeof(SOCKADDR_IN6));
        Assert.Equal(110, sizeof(SOCKADDR_UN));
        Assert.Equal(4, OffsetOf<SOCKADDR_IN>(nameof(SOCKADDR_IN.sin_addr)));
        Assert.Equal(24, OffsetOf<SOCKADDR_IN6>(nameof(SOCKADDR_IN6.sin6_scope_id)));
        foreach (Type type in new[] { typeof(SOCKADDR_IN), typeof(SOCKADDR_IN6), typeof(SOCKADDR_UN) })
            Assert.Equal(typeof(ushort), type.GetFields()[0].FieldType);
    }

    [Fact]
    public void OperationsAndPackets()
    {
        Assert.Equal(16, sizeof(WSABUF));
        Assert.Equal(8, OffsetOf<WSABUF>(nameof(WSABUF.buf)));
        Assert.Equal(32, sizeof(OVERLAPPED));
        Assert.Equal(24, OffsetOf<OVERLAPPED>(nameof(OVERLAPPED.hEvent)));
        Assert.Equal(32, sizeof(OVERLAPPED_ENTRY));
        Assert.Equal(24, OffsetOf<OVERLAPPED_ENTRY>(nameof(OVERLAPPED_ENTRY.dwNumberOfBytesTransferred)));
        Assert.Equal(16, sizeof(FILE_COMPLETION_INFORMATION));
        Assert.Equal(16, sizeof(IO_STATUS_BLOCK));
        Assert.Equal(44, sizeof(WSANETWORKEVENTS));
        Assert.Equal(12, sizeof(TCP_KEEPALIVE));
    }

    [Fact]
    public void Certificates()
    {
        Assert.Equal(40, sizeof(CERT_CONTEXT));
        Assert.Equal(208, sizeof(CERT_INFO));
        Assert.Equal(40, sizeof(CRL_CONTEXT));
        Assert.Equal(96, sizeof(CRL_INFO));
        Assert.Equal(32, OffsetOf<CRL_INFO>("Issuer"));
        Assert.Equal(48, OffsetOf<CRL_INFO>("ThisUpdate"));
        Assert.Equal(72, OffsetOf<CRL_INFO>("rgCRLEntry"));
        Assert.Equal(40, sizeof(CRL_ENTRY));
    }

    private static int OffsetOf<T>(string field) => (int)Marshal.OffsetOf<T>(field);
}
