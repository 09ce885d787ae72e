// SPDX-License-Identifier: Apache-2.0
using System;
using System.Buffers;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop.SChannel;

namespace Reseau.Native.Tls.SChannel;

/// <summary>
/// Certificates in the system's stores, by paths as aws-c-io has them: CurrentUser\MY\THUMBPRINT, the thumbprint being
/// the SHA-1 of the certificate in hexadecimal digits.
/// </summary>
internal static unsafe class SChannelStorePath
{
    private const int ThumbprintLength = 20;
    private const int LongestPath = 1024;

    // Where the stores of a path are, by the numbers of <wincrypt.h>; 0 for a name that there is not.
    private static uint LocationOf(ReadOnlySpan<byte> name)
    {
        if (Is(name, "CurrentUser"u8))
            return 1 << 16;
        if (Is(name, "LocalMachine"u8))
            return 2 << 16;
        if (Is(name, "CurrentService"u8))
            return 4 << 16;
        if (Is(name, "Services"u8))
            return 5 << 16;
        if (Is(name, "Users"u8))
            return 6 << 16;
        if (Is(name, "CurrentUserGroupPolicy"u8))
            return 7 << 16;
        if (Is(name, "LocalMachineGroupPolicy"u8))
            return 8 << 16;
        return Is(name, "LocalMachineEnterprise"u8) ? 9u << 16 : 0;
    }

    /// <summary>
    /// The certificate, which is the caller's. NULL with AWS_ERROR_FILE_INVALID_PATH for what is no such path or leads
    /// to none.
    /// </summary>
    internal static CERT_CONTEXT* Find(aws_allocator* allocator, byte* path)
    {
        ReadOnlySpan<byte> text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path);
        byte* thumbprint = stackalloc byte[ThumbprintLength];
        int first = text.IndexOf((byte)'\\');
        int last = text.LastIndexOf((byte)'\\');
        uint location = first > 0 && last > first && text.Length <= LongestPath ? LocationOf(text[..first]) : 0;
        if (location == 0 || !TryReadThumbprint(text[(last + 1)..], new Span<byte>(thumbprint, ThumbprintLength)))
            return RaiseNoPath(path);

        aws_byte_cursor storeName = new() { ptr = path + first + 1, len = (nuint)(last - first - 1) };
        WideString* wide = WideString.FromUtf8(allocator, &storeName);
        nint store = wide == null
            ? 0
            : Crypt32.CertOpenStore(
                Crypt32.CERT_STORE_PROV_SYSTEM_W,
                0,
                0,
                location | Crypt32.CERT_STORE_OPEN_EXISTING_FLAG | Crypt32.CERT_STORE_READONLY_FLAG,
                WideString.CharactersOf(wide));
        WideString.Destroy(wide);
        if (store == 0)
            return RaiseNoPath(path);

        // The certificate keeps what it needs of the store.
        CRYPT_DATA_BLOB hash = new() { cbData = ThumbprintLength, pbData = thumbprint };
        CERT_CONTEXT* certificate = Crypt32.CertFindCertificateInStore(
            store, Crypt32.X509_ASN_ENCODING, 0, Crypt32.CERT_FIND_SHA1_HASH, &hash, null);
        Crypt32.CertCloseStore(store, 0);
        return certificate != null ? certificate : RaiseNoPath(path);
    }

    private static bool TryReadThumbprint(ReadOnlySpan<byte> digits, Span<byte> thumbprint)
    {
        Span<char> characters = stackalloc char[2 * ThumbprintLength];
        return digits.Length == characters.Length &&
            System.Text.Ascii.ToUtf16(digits, characters, out _) == OperationStatus.Done &&
            Convert.FromHexString(characters, thumbprint, out _, out _) == OperationStatus.Done;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) =>
        System.Text.Ascii.EqualsIgnoreCase(name, known);

    private static CERT_CONTEXT* RaiseNoPath(byte* path)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"static: '{path}' leads to no certificate; a path is a place, a store and a thumbprint: " +
            $"CurrentUser\\MY\\a11f8a9b5df5b98ba3508fbca575d09570e0d2c6");
        Errors.Raise(AWS_ERROR_FILE_INVALID_PATH);
        return null;
    }
}
