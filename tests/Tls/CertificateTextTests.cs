// SPDX-License-Identifier: Apache-2.0
using System;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CsCheck;
using Reseau.Native.Abi;
using Reseau.Native.Connections;
using Xunit;

namespace Reseau.Native.Tests.Tls;

/// <summary>What programs are shown of certificates, against what the framework has written; and damaged ones.</summary>
public unsafe class CertificateTextTests
{
    [Fact]
    public void NamesAndTimes()
    {
        DateTimeOffset from = new(2001, 2, 28, 23, 59, 58, TimeSpan.Zero);
        DateTimeOffset until = new(2096, 2, 29, 1, 2, 3, TimeSpan.Zero);
        byte[] der = Make("CN=\"a, b\", O=Größe, C=DE, SERIALNUMBER=7", from, until);
        reseau_certificate* certificate = CertificateDescription.New(der);
        Assert.Equal("2.5.4.5=7,C=DE,O=Größe,CN=a\\, b", Text(certificate->subject));
        Assert.Equal(Text(certificate->subject), Text(certificate->issuer));
        Assert.Equal(from.ToUnixTimeSeconds(), certificate->not_before);
        Assert.Equal(until.ToUnixTimeSeconds(), certificate->not_after);
        Assert.Equal(3, (int)certificate->name_count);
        Assert.Equal("DNS:one.example", Text(certificate->names[0]));
        Assert.Equal("IP:2001:db8::1", Text(certificate->names[1]));
        Assert.Equal("email:a@b.example", Text(certificate->names[2]));
        Assert.Equal(X509CertificateLoader.LoadCertificate(der).ExportCertificatePem() + "\n", Text(certificate->pem));
        Assert.True(new ReadOnlySpan<byte>(certificate->der, (int)certificate->der_length).SequenceEqual(der));
        Platform.Heap.Free(certificate);
    }

    [Fact]
    public void ControlCharactersAreShownAsTheirBytes()
    {
        DateTimeOffset from = DateTimeOffset.UnixEpoch;
        byte[] der = Make("CN=a\u009bb\u0001\u00a0\u045b", from, from.AddDays(1));
        reseau_certificate* certificate = CertificateDescription.New(der);
        Assert.Equal("CN=a\\C2\\9Bb\\01\u00a0\u045b", Text(certificate->subject));
        Platform.Heap.Free(certificate);
    }

    [Fact]
    public void NamesOfManyPartsAreNotShown()
    {
        foreach (int count in new[] { 256, 257 })
        {
            string subject = string.Join(",", System.Linq.Enumerable.Repeat("OU=x", count));
            reseau_certificate* certificate = CertificateDescription.New(
                Make(subject, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1)));
            Assert.Equal(count == 256 ? subject : "", Text(certificate->subject));
            Platform.Heap.Free(certificate);
        }
    }

    [Fact]
    public void DaysOfManyYears()
    {
        for (int year = 1950; year < 2400; year += 7)
        {
            DateTimeOffset from = new(year, 1 + (year % 12), 1 + (year % 28), year % 24, year % 60, 0, TimeSpan.Zero);
            reseau_certificate* certificate = CertificateDescription.New(Make("CN=x", from, from.AddDays(365)));
            Assert.Equal(from.ToUnixTimeSeconds(), certificate->not_before);
            Assert.Equal(from.AddDays(365).ToUnixTimeSeconds(), certificate->not_after);
            Platform.Heap.Free(certificate);
        }
    }

    [Fact]
    public void WhatIsDamagedIsReadWithinItsBounds()
    {
        byte[] whole = Make("CN=x", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, whole.Length - 1], Gen.Byte).Sample(
            (length, at, value) =>
            {
                byte[] damaged = whole[..length];
                if (at < length)
                    damaged[at] = value;
                reseau_certificate* certificate = CertificateDescription.New(damaged);
                Assert.Equal(length, (int)certificate->der_length);
                Assert.True(Text(certificate->subject).Length <= 4 * whole.Length);
                Platform.Heap.Free(certificate);
            },
            iter: 2000);
    }

    private static byte[] Make(string subject, DateTimeOffset from, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X500DistinguishedName name = new(subject, X500DistinguishedNameFlags.UseUTF8Encoding);
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("one.example");
        names.AddIpAddress(IPAddress.Parse("2001:db8::1"));
        names.AddEmailAddress("a@b.example");
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.Create(
            name, X509SignatureGenerator.CreateForECDsa(key), from, until, [1]);
        return certificate.RawData;
    }

    private static string Text(byte* text) =>
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
