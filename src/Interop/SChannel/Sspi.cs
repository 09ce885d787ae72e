// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.SChannel;

/// <summary>Credentials or a security context; both halves are the provider's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SecHandle
{
    internal nint dwLower;
    internal nint dwUpper;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SecBuffer
{
    internal uint cbBuffer;
    internal uint BufferType;
    internal void* pvBuffer;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SecBufferDesc
{
    internal uint ulVersion;
    internal uint cBuffers;
    internal SecBuffer* pBuffers;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SecPkgContext_StreamSizes
{
    internal uint cbHeader;
    internal uint cbTrailer;
    internal uint cbMaximumMessage;
    internal uint cBuffers;
    internal uint cbBlockSize;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SecPkgContext_ApplicationProtocol
{
    internal uint ProtoNegoStatus;
    internal uint ProtoNegoExt;
    internal byte ProtocolIdSize;
    internal fixed byte ProtocolId[255];
}

[StructLayout(LayoutKind.Sequential)]
internal struct SecPkgContext_ConnectionInfo
{
    internal uint dwProtocol;
    internal uint aiCipher;
    internal uint dwCipherStrength;
    internal uint aiHash;
    internal uint dwHashStrength;
    internal uint aiExch;
    internal uint dwExchStrength;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SecPkgContext_SessionInfo
{
    internal uint dwFlags;
    internal uint cbSessionId;
    private unsafe fixed byte rgbSessionId[32];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SecPkgContext_CipherInfo
{
    internal uint dwVersion;
    internal uint dwProtocol;
    internal uint dwCipherSuite;
    internal uint dwBaseCipherSuite;
    internal fixed char szCipherSuite[64];
    private fixed char szCipher[64];
    private uint dwCipherLen;
    private uint dwCipherBlockLen;
    private fixed char szHash[64];
    private uint dwHashLen;
    private fixed char szExchange[64];
    private uint dwMinExchangeLen;
    private uint dwMaxExchangeLen;
    private fixed char szCertificate[64];
    private uint dwKeyType;
}

/// <summary>The older form of a program's options, up to TLS 1.2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SCHANNEL_CRED
{
    internal uint dwVersion;
    internal uint cCreds;
    internal CERT_CONTEXT** paCred;
    internal nint hRootStore;
    internal uint cMappers;
    internal void* aphMappers;
    internal uint cSupportedAlgs;
    internal uint* palgSupportedAlgs;
    internal uint grbitEnabledProtocols;
    internal uint dwMinimumCipherStrength;
    internal uint dwMaximumCipherStrength;
    internal uint dwSessionLifespan;
    internal uint dwFlags;
    internal uint dwCredFormat;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TLS_PARAMETERS
{
    internal uint cAlpnIds;
    internal void* rgstrAlpnIds;
    internal uint grbitDisabledProtocols;
    internal uint cDisabledCrypto;
    internal void* pDisabledCrypto;
    internal uint dwFlags;
}

/// <summary>The newer form, from Windows 10 1809 on: the only one that has TLS 1.3.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SCH_CREDENTIALS
{
    internal uint dwVersion;
    internal uint dwCredFormat;
    internal uint cCreds;
    internal CERT_CONTEXT** paCred;
    internal nint hRootStore;
    internal uint cMappers;
    internal void* aphMappers;
    internal uint dwSessionLifespan;
    internal uint dwFlags;
    internal uint cTlsParameters;
    internal TLS_PARAMETERS* pTlsParameters;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SCHANNEL_ALERT_TOKEN
{
    internal uint dwTokenType;
    internal uint dwAlertType;
    internal uint dwAlertNumber;
}

/// <summary>What InitSecurityInterfaceW returns; functions that nobody calls here have no type.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SecurityFunctionTableW
{
    internal uint dwVersion;
    internal void* EnumerateSecurityPackagesW;
    internal void* QueryCredentialsAttributesW;
    internal delegate* unmanaged<char*, char*, uint, void*, void*, void*, void*, SecHandle*, long*, int>
        AcquireCredentialsHandleW;
    internal delegate* unmanaged<SecHandle*, int> FreeCredentialsHandle;
    internal void* Reserved2;
    internal delegate* unmanaged<
        SecHandle*, SecHandle*, char*, uint, uint, uint, SecBufferDesc*, uint, SecHandle*, SecBufferDesc*, uint*, long*,
        int> InitializeSecurityContextW;
    internal delegate* unmanaged<
        SecHandle*, SecHandle*, SecBufferDesc*, uint, uint, SecHandle*, SecBufferDesc*, uint*, long*, int>
        AcceptSecurityContext;
    internal void* CompleteAuthToken;
    internal delegate* unmanaged<SecHandle*, int> DeleteSecurityContext;
    internal delegate* unmanaged<SecHandle*, SecBufferDesc*, int> ApplyControlToken;
    internal delegate* unmanaged<SecHandle*, uint, void*, int> QueryContextAttributesW;
    internal void* ImpersonateSecurityContext;
    internal void* RevertSecurityContext;
    internal void* MakeSignature;
    internal void* VerifySignature;
    internal delegate* unmanaged<void*, int> FreeContextBuffer;
    internal void* QuerySecurityPackageInfoW;
    internal void* Reserved3;
    internal void* Reserved4;
    internal void* ExportSecurityContext;
    internal void* ImportSecurityContextW;
    internal void* AddCredentialsW;
    internal void* Reserved8;
    internal void* QuerySecurityContextToken;
    internal delegate* unmanaged<SecHandle*, uint, SecBufferDesc*, uint, int> EncryptMessage;
    internal delegate* unmanaged<SecHandle*, SecBufferDesc*, uint, uint*, int> DecryptMessage;
}

/// <summary>The way to the security providers of Windows. Loaded when it is first called.</summary>
internal static unsafe class Secur32
{
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport("secur32")]
    internal static extern SecurityFunctionTableW* InitSecurityInterfaceW();
}
