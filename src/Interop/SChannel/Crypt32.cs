// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.SChannel;

/// <summary>Certificates, stores, chains and their encodings. Loaded when it is first called.</summary>
internal static unsafe class Crypt32
{
    private const string Library = "crypt32";

    internal const uint X509_ASN_ENCODING = 1;
    internal const uint PKCS_7_ASN_ENCODING = 0x10000;

    internal const nint CERT_STORE_PROV_MEMORY = 2;
    internal const nint CERT_STORE_PROV_SYSTEM_W = 10;
    internal const uint CERT_SYSTEM_STORE_CURRENT_USER = 0x10000;
    internal const uint CERT_STORE_CREATE_NEW_FLAG = 0x2000;
    internal const uint CERT_STORE_OPEN_EXISTING_FLAG = 0x4000;
    internal const uint CERT_STORE_READONLY_FLAG = 0x8000;
    internal const uint CERT_STORE_ADD_ALWAYS = 4;
    internal const uint CRYPT_VERIFY_CERT_SIGN_SUBJECT_CRL = 3;
    internal const uint CRYPT_VERIFY_CERT_SIGN_ISSUER_CERT = 2;
    internal const uint CERT_FIND_SHA1_HASH = 0x10000;
    internal const uint CERT_FIND_EXISTING = 0xD0000;

    internal const uint CERT_KEY_PROV_INFO_PROP_ID = 2;
    internal const uint CERT_NCRYPT_KEY_HANDLE_PROP_ID = 78;

    internal const uint CERT_CHAIN_CACHE_ONLY_URL_RETRIEVAL = 0x4;
    internal const uint CERT_CHAIN_DISABLE_AIA = 0x2000;
    internal const uint CERT_CHAIN_REVOCATION_CHECK_END_CERT = 0x10000000;
    internal const uint CERT_CHAIN_REVOCATION_CHECK_CACHE_ONLY = 0x80000000;
    internal const uint CERT_CHAIN_EXCLUSIVE_ENABLE_CA_FLAG = 0x1;

    internal const uint CERT_TRUST_IS_NOT_TIME_VALID = 0x1;
    internal const uint CERT_TRUST_IS_REVOKED = 0x4;
    internal const uint CERT_TRUST_IS_NOT_SIGNATURE_VALID = 0x8;
    internal const uint CERT_TRUST_IS_UNTRUSTED_ROOT = 0x20;
    internal const uint CERT_TRUST_REVOCATION_STATUS_UNKNOWN = 0x40;
    internal const uint CERT_TRUST_IS_PARTIAL_CHAIN = 0x10000;
    internal const uint CERT_TRUST_IS_OFFLINE_REVOCATION = 0x1000000;

    internal const nint CERT_CHAIN_POLICY_SSL = 4;
    internal const uint CERT_CHAIN_POLICY_IGNORE_ALL_REV_UNKNOWN_FLAGS = 0xF00;
    internal const uint CERT_CHAIN_POLICY_ALLOW_UNKNOWN_CA_FLAG = 0x10;
    internal const uint AUTHTYPE_SERVER = 2;
    internal const uint SECURITY_FLAG_IGNORE_REVOCATION = 0x80;
    internal const uint SECURITY_FLAG_IGNORE_UNKNOWN_CA = 0x100;
    internal const uint SECURITY_FLAG_IGNORE_CERT_CN_INVALID = 0x1000;

    internal const nint PKCS_RSA_PRIVATE_KEY = 43;
    internal const uint CRYPT_EXPORTABLE = 1;
    internal const uint PKCS12_NO_PERSIST_KEY = 0x8000;
    internal const uint CRYPT_ACQUIRE_CACHE_FLAG = 0x1;
    internal const uint CRYPT_ACQUIRE_SILENT_FLAG = 0x40;
    internal const uint CRYPT_ACQUIRE_ALLOW_NCRYPT_KEY_FLAG = 0x10000;
    internal const uint CERT_NCRYPT_KEY_SPEC = 0xFFFFFFFF;

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern nint CertOpenStore(nint provider, uint encoding, nint crypto, uint flags, void* parameter);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertCloseStore(nint store, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern nint CertDuplicateStore(nint store);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertAddEncodedCertificateToStore(
        nint store, uint encoding, byte* der, uint length, uint disposition, CERT_CONTEXT** certificate);

    /// <summary>Frees the one before.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern CERT_CONTEXT* CertEnumCertificatesInStore(nint store, CERT_CONTEXT* before);

    /// <summary>Frees the one before.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern CERT_CONTEXT* CertFindCertificateInStore(
        nint store, uint encoding, uint flags, uint type, void* parameter, CERT_CONTEXT* before);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertFreeCertificateContext(CERT_CONTEXT* certificate);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertSetCertificateContextProperty(
        CERT_CONTEXT* certificate, uint property, uint flags, void* data);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertGetCertificateContextProperty(
        CERT_CONTEXT* certificate, uint property, void* data, uint* size);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertGetCertificateChain(
        nint engine,
        CERT_CONTEXT* certificate,
        long* time,
        nint additional,
        CERT_CHAIN_PARA* parameters,
        uint flags,
        void* reserved,
        CERT_CHAIN_CONTEXT** chain);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern void CertFreeCertificateChain(CERT_CHAIN_CONTEXT* chain);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertCreateCertificateChainEngine(CERT_CHAIN_ENGINE_CONFIG* config, nint* engine);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern void CertFreeCertificateChainEngine(nint engine);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertVerifyCertificateChainPolicy(
        nint policy, CERT_CHAIN_CONTEXT* chain, CERT_CHAIN_POLICY_PARA* parameters, CERT_CHAIN_POLICY_STATUS* status);

    /// <summary>Below 0: not yet valid; above 0: not any more. Now, for a time of NULL.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertVerifyTimeValidity(long* time, CERT_INFO* information);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptDecodeObjectEx(
        uint encoding, nint type, byte* der, uint length, uint flags, void* parameters, void* into, uint* size);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern nint PFXImportCertStore(CRYPT_DATA_BLOB* content, char* password, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int PFXIsPFXBlob(CRYPT_DATA_BLOB* content);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptAcquireCertificatePrivateKey(
        CERT_CONTEXT* certificate, uint flags, void* parameters, nint* key, uint* kind, int* isCallers);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertAddEncodedCRLToStore(
        nint store, uint encoding, byte* der, uint length, uint disposition, CRL_CONTEXT** list);

    /// <summary>Frees the one before.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern CRL_CONTEXT* CertEnumCRLsInStore(nint store, CRL_CONTEXT* before);

    /// <summary>The entry is NULL if the certificate is not in the list.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertFindCertificateInCRL(
        CERT_CONTEXT* certificate, CRL_CONTEXT* list, uint flags, void* reserved, CRL_ENTRY** entry);

    /// <summary>As <see cref="CertVerifyTimeValidity"/>.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CertVerifyCRLTimeValidity(long* time, CRL_INFO* information);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptVerifyCertificateSignatureEx(
        nint provider,
        uint encoding,
        uint subjectType,
        void* subject,
        uint issuerType,
        void* issuer,
        uint flags,
        void* extra);
}
