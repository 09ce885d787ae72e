// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// The roots that Windows trusts, as far as it has them: some it fetches when one of its own chains ends at them, which
/// OpenSSL's do not.
/// </summary>
internal static unsafe class OpenSslWindowsTrust
{
    /// <summary>An X509_STORE; NULL with the last error set.</summary>
    internal static void* NewStore()
    {
        void* store = LibCrypto.X509_STORE_new();
        nuint count = 0;
        if (store != null && TryAddRoots(store, ref count) && count > 0)
            return store;

        LibCrypto.X509_STORE_free(store);
        OpenSslErrors.RaiseContextError("the roots that the system trusts cannot be used"u8);
        return null;
    }

    // One that OpenSSL cannot read is left out. False if it has no memory.
    private static bool TryAddRoots(void* store, ref nuint count)
    {
        nint roots;
        fixed (char* name = "ROOT")
        {
            const uint flags = Crypt32.CERT_STORE_OPEN_EXISTING_FLAG | Crypt32.CERT_STORE_READONLY_FLAG;
            roots = Crypt32.CertOpenStore(
                Crypt32.CERT_STORE_PROV_SYSTEM_W, 0, 0, Crypt32.CERT_SYSTEM_STORE_CURRENT_USER | flags, name);
        }

        if (roots == 0)
            return false;

        bool hasMemory = true;
        CERT_CONTEXT* root = null;
        while (hasMemory && (root = Crypt32.CertEnumCertificatesInStore(roots, root)) != null)
        {
            TrustCertificate certificate = new()
            {
                Der = new() { buffer = root->pbCertEncoded, len = root->cbCertEncoded },
            };
            TrustAddition addition = OpenSslTrust.Add(store, &certificate);
            hasMemory = addition != TrustAddition.OutOfMemory;
            count += addition == TrustAddition.Added ? 1u : 0;
        }

        if (root != null)
            Crypt32.CertFreeCertificateContext(root);
        Crypt32.CertCloseStore(roots, 0);
        return hasMemory;
    }
}
