// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Reseau.Native.Abi;
using Reseau.Native.Interop.SChannel;
using Reseau.Native.Tests.Windows;
using Reseau.Native.Tls.SChannel;
using Xunit;

namespace Reseau.Native.Tests.Tls.SChannel;

/// <summary>Certificates in the stores of the user.</summary>
public sealed unsafe class SChannelStorePathTests
{
    /// <summary>Of nobody's, CN=store.example.</summary>
    private const string Certificate =
        "MIIBhzCCAS2gAwIBAgIULhjPk6IR/3EtUX8XTqDE14QoaQswCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNc3RvcmUuZXhhbXBs" +
        "ZTAgFw0yNjEyMDExMjU5MzVaGA8yMTI2MTEwNzEyNTkzNVowGDEWMBQGA1UEAwwNc3RvcmUuZXhhbXBsZTBZMBMGByqGSM49" +
        "AgEGCCqGSM49AwEHA0IABE1hEuTHozje1p5QdGDvEp6K02eH7WQCFaj/8ZREks7jsQR1ECSRvp+/qmAU2f06s4+DgjRG7qk+" +
        "TwOa9j2EYGSjUzBRMB0GA1UdDgQWBBTRzADnNrlvok9+/1+yRRlz65sUNTAfBgNVHSMEGDAWgBTRzADnNrlvok9+/1+yRRlz" +
        "65sUNTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDOxKZAqvS3/E4qeV6coTZ34vJdiv9hhNiPo1lvPYnz" +
        "CQIgX8bfyeWolseCB6tQeP5GjuAMYmp+bnXwjuBR3hB+29o=";

    [WindowsFact]
    public void AThumbprintLeadsToTheCertificateOfTheStore()
    {
        byte[] der = Convert.FromBase64String(Certificate);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
        string thumbprint = certificate.Thumbprint;
        Change(store => store.Add(certificate));
        try
        {
            Assert.Equal(der, Find($@"CurrentUser\MY\{thumbprint}"));
            Assert.Equal(der, Find($@"currentuser\my\{thumbprint.ToLowerInvariant()}"));
        }
        finally
        {
            Change(store => store.Remove(certificate));
        }

        foreach (string path in new[]
        {
            $@"CurrentUser\MY\{new string('a', 40)}", $@"CurrentUser\MY\{thumbprint[1..]}", $@"CurrentUser\{thumbprint}",
            $@"Nobody\MY\{thumbprint}", $@"CurrentUser\MY\{thumbprint.Replace(thumbprint[0], 'x')}", "",
        })
        {
            Assert.Null(Find(path));
            Assert.Equal(AWS_ERROR_FILE_INVALID_PATH, Errors.LastError());
        }
    }

    // What it has is there for others when it has been closed.
    private static void Change(Action<X509Store> change)
    {
        using X509Store store = new(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadWrite);
        change(store);
    }

    private static byte[]? Find(string path)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
        {
            CERT_CONTEXT* found = SChannelStorePath.Find(Reseau.Native.Common.Allocator.Default(), text);
            if (found == null)
                return null;
            byte[] der = new ReadOnlySpan<byte>(found->pbCertEncoded, (int)found->cbCertEncoded).ToArray();
            Crypt32.CertFreeCertificateContext(found);
            return der;
        }
    }
}
