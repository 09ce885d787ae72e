// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.SChannel;

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NCryptBuffer
{
    internal uint cbBuffer;
    internal uint BufferType;
    internal void* pvBuffer;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NCryptBufferDesc
{
    internal uint ulVersion;
    internal uint cBuffers;
    internal NCryptBuffer* pBuffers;
}

/// <summary>Keys of the newer interface, CNG. Functions return 0, or why not. Loaded when it is first called.</summary>
internal static unsafe class Ncrypt
{
    private const string Library = "ncrypt";

    internal const uint NCRYPTBUFFER_PKCS_KEY_NAME = 45;
    internal const uint NCRYPT_SILENT_FLAG = 0x40;
    internal const uint NCRYPT_ALLOW_EXPORT_FLAG = 1;
    internal const uint NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG = 2;

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int NCryptOpenStorageProvider(nint* provider, char* name, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int NCryptImportKey(
        nint provider,
        nint importKey,
        char* blobType,
        NCryptBufferDesc* parameters,
        nint* key,
        byte* blob,
        uint size,
        uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int NCryptExportKey(
        nint key,
        nint exportKey,
        char* blobType,
        NCryptBufferDesc* parameters,
        byte* blob,
        uint capacity,
        uint* size,
        uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int NCryptSetProperty(nint handle, char* property, void* value, uint size, uint flags);

    /// <summary>From the disk too; the handle is freed.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int NCryptDeleteKey(nint key, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int NCryptFreeObject(nint handle);
}

/// <summary>Keys of the older interface, CAPI. Loaded when it is first called.</summary>
internal static unsafe class CryptoKeys
{
    private const string Library = "advapi32";

    internal const uint PROV_RSA_AES = 24;
    internal const uint AT_KEYEXCHANGE = 1;
    internal const uint PRIVATEKEYBLOB = 7;
    internal const uint CRYPT_NEWKEYSET = 0x8;
    internal const uint CRYPT_DELETEKEYSET = 0x10;
    internal const uint CRYPT_SILENT = 0x40;

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptAcquireContextW(
        nint* provider, char* container, char* providerName, uint type, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptReleaseContext(nint provider, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptImportKey(
        nint provider, byte* blob, uint size, nint publicKey, uint flags, nint* key);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptExportKey(
        nint key, nint exportKey, uint blobType, uint flags, byte* blob, uint* size);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptGetUserKey(nint provider, uint kind, nint* key);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [DllImport(Library)]
    internal static extern int CryptDestroyKey(nint key);
}
