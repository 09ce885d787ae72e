// SPDX-License-Identifier: Apache-2.0
using System;
using System.Security.Cryptography;
using Reseau.Native.Abi;
using Reseau.Native.Tls;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>Private keys in their three forms, held against the framework's reader.</summary>
public sealed unsafe class PrivateKeyInfoTests
{
    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    [InlineData(3072)]
    public void KeysOfRsaBecomePkcs8(int bits)
    {
        using RSA key = RSA.Create(bits);
        foreach (byte[] form in new[] { key.ExportRSAPrivateKey(), key.ExportPkcs8PrivateKey() })
        {
            Assert.True(PrivateKeyInfo.TryParse(form, out PrivateKeyInfo info));
            Assert.True(info.IsRsa);
            Assert.Equal(key.ExportRSAPrivateKey(), info.Key.ToArray());
            using RSA read = RSA.Create();
            read.ImportPkcs8PrivateKey(Pkcs8Of(info), out _);
            Assert.Equal(key.ExportRSAPrivateKey(), read.ExportRSAPrivateKey());
        }
    }

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void KeysOnCurvesBecomePkcs8(string curve)
    {
        using ECDsa key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        foreach (byte[] form in new[] { key.ExportECPrivateKey(), key.ExportPkcs8PrivateKey() })
        {
            Assert.True(PrivateKeyInfo.TryParse(form, out PrivateKeyInfo info));
            Assert.False(info.IsRsa);
            using ECDsa read = ECDsa.Create();
            read.ImportPkcs8PrivateKey(Pkcs8Of(info), out _);
            Assert.Equal(key.ExportECPrivateKey(), read.ExportECPrivateKey());
        }
    }

    [Fact]
    public void WhatIsCutOrDamagedIsNoKeyAndReadsNothingBehindIt()
    {
        using RSA key = RSA.Create(1024);
        byte[] form = key.ExportPkcs8PrivateKey();
        for (int length = 0; length < form.Length; length++)
            Assert.False(PrivateKeyInfo.TryParse(form.AsSpan(0, length), out _));

        Random random = new(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = (byte[])form.Clone();
            damaged[random.Next(40)] = (byte)random.Next(256);
            if (PrivateKeyInfo.TryParse(damaged, out PrivateKeyInfo info))
                Pkcs8Of(info);
        }
    }

    private static byte[] Pkcs8Of(in PrivateKeyInfo info)
    {
        aws_byte_buf pkcs8;
        info.ToPkcs8(Allocator.Default(), &pkcs8);
        byte[] bytes = new ReadOnlySpan<byte>(pkcs8.buffer, (int)pkcs8.len).ToArray();
        ByteBuf.CleanUpSecure(&pkcs8);
        return bytes;
    }
}
