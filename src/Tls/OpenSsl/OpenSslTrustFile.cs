// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// A PEM file of the system's, whose certificates are trusted. One that is damaged does not take the others with it.
/// </summary>
internal static unsafe class OpenSslTrustFile
{
    /// <summary>
    /// Adds the file's certificates and counts them. What cannot be used is left out with a warning; false only if
    /// OpenSSL has no memory.
    /// </summary>
    internal static bool TryAddTo(void* store, byte* path, out nuint count)
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

        OpenSslCertificates certificates = new(ByteCursor.FromBuf(&pem), DefaultAllocator.Instance);
        bool hasMemory = true;
        while (hasMemory && certificates.TryNext(out void* certificate))
        {
            bool isAdded = certificate != null && LibCrypto.X509_STORE_add_cert(store, certificate) == 1;
            LibCrypto.X509_free(certificate);
            if (isAdded)
                count++;
            else
                hasMemory = LeaveOut(path, certificates.Number);
        }

        ByteBuf.CleanUp(&pem);
        return hasMemory;
    }

    private static bool LeaveOut(byte* path, nuint number)
    {
        if (OpenSslErrors.UnlessOutOfMemory(AWS_ERROR_SUCCESS) != AWS_ERROR_SUCCESS)
            return false;

        Log.Write(
            AWS_LL_WARN,
            AWS_LS_IO_TLS,
            $"static: certificate {number} of '{path}' is damaged and is not trusted");
        LibCrypto.ERR_clear_error();
        return true;
    }
}
