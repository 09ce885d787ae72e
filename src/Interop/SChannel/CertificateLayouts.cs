// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.SChannel;

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CRYPT_DATA_BLOB
{
    internal uint cbData;
    internal byte* pbData;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CRYPT_BIT_BLOB
{
    internal uint cbData;
    internal byte* pbData;
    internal uint cUnusedBits;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CRYPT_ALGORITHM_IDENTIFIER
{
    internal byte* pszObjId;
    internal CRYPT_DATA_BLOB Parameters;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_EXTENSION
{
    internal byte* pszObjId;
    internal int fCritical;
    internal CRYPT_DATA_BLOB Value;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_INFO
{
    internal uint dwVersion;
    internal CRYPT_DATA_BLOB SerialNumber;
    internal CRYPT_ALGORITHM_IDENTIFIER SignatureAlgorithm;
    internal CRYPT_DATA_BLOB Issuer;
    internal FILETIME NotBefore;
    internal FILETIME NotAfter;
    internal CRYPT_DATA_BLOB Subject;
    internal CRYPT_ALGORITHM_IDENTIFIER PublicKeyAlgorithm;
    internal CRYPT_BIT_BLOB PublicKey;
    internal CRYPT_BIT_BLOB IssuerUniqueId;
    internal CRYPT_BIT_BLOB SubjectUniqueId;
    internal uint cExtension;
    internal CERT_EXTENSION* rgExtension;
}

/// <summary>Two halves, so that it needs no more than four bytes of alignment.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FILETIME
{
    internal uint dwLowDateTime;
    internal uint dwHighDateTime;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CONTEXT
{
    internal uint dwCertEncodingType;
    internal byte* pbCertEncoded;
    internal uint cbCertEncoded;
    internal CERT_INFO* pCertInfo;
    internal nint hCertStore;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CRL_ENTRY
{
    internal CRYPT_DATA_BLOB SerialNumber;
    internal FILETIME RevocationDate;
    internal uint cExtension;
    internal CERT_EXTENSION* rgExtension;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CRL_INFO
{
    internal uint dwVersion;
    internal CRYPT_ALGORITHM_IDENTIFIER SignatureAlgorithm;
    internal CRYPT_DATA_BLOB Issuer;
    internal FILETIME ThisUpdate;
    internal FILETIME NextUpdate;
    internal uint cCRLEntry;
    internal CRL_ENTRY* rgCRLEntry;
    internal uint cExtension;
    internal CERT_EXTENSION* rgExtension;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CRL_CONTEXT
{
    internal uint dwCertEncodingType;
    internal byte* pbCrlEncoded;
    internal uint cbCrlEncoded;
    internal CRL_INFO* pCrlInfo;
    internal nint hCertStore;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CHAIN_ELEMENT
{
    internal uint cbSize;
    internal CERT_CONTEXT* pCertContext;
    internal uint dwErrorStatus;
    internal uint dwInfoStatus;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_SIMPLE_CHAIN
{
    internal uint cbSize;
    internal uint dwErrorStatus;
    internal uint dwInfoStatus;
    internal uint cElement;
    internal CERT_CHAIN_ELEMENT** rgpElement;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CHAIN_CONTEXT
{
    internal uint cbSize;
    internal uint dwErrorStatus;
    internal uint dwInfoStatus;
    internal uint cChain;
    internal CERT_SIMPLE_CHAIN** rgpChain;
}

/// <summary>With the fields of the requested usage alone.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CHAIN_PARA
{
    internal uint cbSize;
    internal uint dwType;
    internal uint cUsageIdentifier;
    internal byte** rgpszUsageIdentifier;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CHAIN_ENGINE_CONFIG
{
    internal uint cbSize;
    internal nint hRestrictedRoot;
    internal nint hRestrictedTrust;
    internal nint hRestrictedOther;
    internal uint cAdditionalStore;
    internal nint* rghAdditionalStore;
    internal uint dwFlags;
    internal uint dwUrlRetrievalTimeout;
    internal uint MaximumCachedCertificates;
    internal uint CycleDetectionModulus;
    internal nint hExclusiveRoot;
    internal nint hExclusiveTrustedPeople;
    internal uint dwExclusiveFlags;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CHAIN_POLICY_PARA
{
    internal uint cbSize;
    internal uint dwFlags;
    internal void* pvExtraPolicyPara;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SSL_EXTRA_CERT_CHAIN_POLICY_PARA
{
    internal uint cbSize;
    internal uint dwAuthType;
    internal uint fdwChecks;
    internal char* pwszServerName;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CERT_CHAIN_POLICY_STATUS
{
    internal uint cbSize;
    internal int dwError;
    internal int lChainIndex;
    internal int lElementIndex;
    internal void* pvExtraPolicyStatus;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CRYPT_KEY_PROV_INFO
{
    internal char* pwszContainerName;
    internal char* pwszProvName;
    internal uint dwProvType;
    internal uint dwFlags;
    internal uint cProvParam;
    internal void* rgProvParam;
    internal uint dwKeySpec;
}
