// SPDX-License-Identifier: Apache-2.0
using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Reseau.Native.Tls.SChannel;
using Xunit;

namespace Reseau.Native.Tests.Tls.SChannel;

/// <summary>Keys as CAPI has them, held against the framework's writer of PKCS#1.</summary>
public sealed class RsaKeyBlobTests
{
    [Fact]
    public void TheNumbersOfManyKeysBecomePkcs1()
    {
        // Some have numbers with zeros in front.
        for (int i = 0; i < 60; i++)
        {
            using RSA key = RSA.Create(512);
            Assert.True(RsaKeyBlob.TryParse(BlobOf(key), out RsaKeyBlob blob));
            byte[] pkcs1 = new byte[blob.MaxPkcs1];
            int length = blob.ToPkcs1(pkcs1);
            Assert.Equal(key.ExportRSAPrivateKey(), pkcs1[..length]);
        }
    }

    [Fact]
    public void WhatIsCutOrOfAnotherKindIsNone()
    {
        using RSA key = RSA.Create(512);
        byte[] bytes = BlobOf(key);
        for (int length = 0; length < bytes.Length; length++)
            Assert.False(RsaKeyBlob.TryParse(bytes.AsSpan(0, length), out _));

        bytes[11] = (byte)'1';
        Assert.False(RsaKeyBlob.TryParse(bytes, out _));
    }

    private static byte[] BlobOf(RSA key)
    {
        RSAParameters numbers = key.ExportParameters(includePrivateParameters: true);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write([7, 2, 0, 0, 0, 0xA4, 0, 0]);
        writer.Write("RSA2"u8);
        writer.Write(key.KeySize);
        writer.Write([.. Enumerable.Reverse(numbers.Exponent!), .. new byte[4 - numbers.Exponent!.Length]]);
        foreach (byte[]? number in new[]
        {
            numbers.Modulus, numbers.P, numbers.Q, numbers.DP, numbers.DQ, numbers.InverseQ, numbers.D,
        })
        {
            writer.Write([.. Enumerable.Reverse(number!)]);
        }

        return stream.ToArray();
    }
}
