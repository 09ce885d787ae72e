// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>What became of a certificate that an engine's store was given.</summary>
internal enum TrustAddition
{
    Added,

    /// <summary>It cannot be used.</summary>
    Refused,

    /// <summary>The engine has no memory.</summary>
    OutOfMemory,
}

/// <summary>A certificate that a file has.</summary>
internal struct TrustCertificate
{
    /// <summary>Empty if it is damaged.</summary>
    internal aws_byte_buf Der;

    /// <summary>See <see cref="PemCertificates.HasTrustSettings"/>.</summary>
    internal bool HasTrustSettings;

    /// <summary>Its place in the file.</summary>
    internal nuint Number;
}

/// <summary>
/// A PEM file of the system's, whose certificates are trusted. One that is damaged does not take the others with it.
/// </summary>
internal static unsafe class TrustFile
{
    /// <summary>
    /// Has the engine add the file's certificates, and counts them. What cannot be used is left out with a warning;
    /// false only if the engine has no memory.
    /// </summary>
    internal static bool TryAddTo(
        void* store,
        byte* path,
        delegate*<void*, TrustCertificate*, TrustAddition> add,
        out nuint count)
    {
        count = 0;
        aws_byte_buf pem;
        if (ByteBuf.InitFromFile(&pem, DefaultAllocator.Instance, path) != AWS_OP_SUCCESS)
        {
            byte* why = Errors.ErrorStr(Errors.LastError());
            Log.Write(
                AWS_LL_WARN,
                AWS_LS_IO_TLS,
                $"static: '{path}', whose certificates were to be trusted, cannot be read: {why}");
            return true;
        }

        PemCertificates certificates = new(ByteCursor.FromBuf(&pem), DefaultAllocator.Instance);
        TrustAddition addition = TrustAddition.Added;
        TrustCertificate certificate;
        while (addition != TrustAddition.OutOfMemory && certificates.TryNext(&certificate.Der))
        {
            certificate.HasTrustSettings = certificates.HasTrustSettings;
            certificate.Number = certificates.Number;
            addition = add(store, &certificate);
            ByteBuf.CleanUp(&certificate.Der);
            if (addition == TrustAddition.Added)
                count++;
            else if (addition == TrustAddition.Refused)
                LogRefused(path, certificate.Number);
        }

        ByteBuf.CleanUp(&pem);
        return addition != TrustAddition.OutOfMemory;
    }

    /// <summary>That a certificate of the file cannot be used.</summary>
    internal static void LogRefused(byte* path, nuint number) => Log.Write(
        AWS_LL_WARN,
        AWS_LS_IO_TLS,
        $"static: certificate {number} of '{path}' is damaged and is not trusted");
}
