// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// PKCS#12 into PEM. Files of Windows, macOS and older tools use RC2, which OpenSSL 3 has in its legacy
/// provider. What cannot be opened without is tried in a library context that has this provider too and lives for this
/// call alone: nothing else of the process gets old algorithms.
/// </summary>
internal static unsafe class OpenSslPkcs12
{
    private enum Outcome
    {
        Done,
        NotPkcs12,
        WrongPassword,

        /// <summary>There is no certificate, or no key.</summary>
        Incomplete,

        /// <summary>OpenSSL's error queue says why.</summary>
        Failed,
    }

    /// <summary>See <see cref="TlsEngine.ImportPkcs12"/>. AWS_ERROR_PLATFORM_NOT_SUPPORTED without OpenSSL.</summary>
    internal static int Import(
        aws_allocator* allocator,
        aws_byte_cursor pkcs12,
        aws_byte_cursor password,
        aws_byte_buf* certificate,
        aws_byte_buf* privateKey)
    {
        if (!OpenSslLibrary.IsAvailable)
            return Errors.Raise(AWS_ERROR_PLATFORM_NOT_SUPPORTED);

        LibCrypto.ERR_clear_error();
        aws_string* passwordText = AwsString.NewFromCursor(allocator, &password);
        Outcome outcome = Read(allocator, pkcs12, passwordText->bytes, certificate, privateKey);
        if (outcome == Outcome.Failed)
            outcome = ReadLegacy(allocator, pkcs12, passwordText->bytes, certificate, privateKey);
        AwsString.DestroySecure(passwordText);
        return Finish(outcome);
    }

    private static int Finish(Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Done:
                LibCrypto.ERR_clear_error();
                return AWS_OP_SUCCESS;
            case Outcome.NotPkcs12:
                OpenSslErrors.Log(AWS_LL_ERROR, null, "this is no PKCS#12"u8);
                return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            case Outcome.WrongPassword:
                return OpenSslErrors.RaiseContextError("the password is not that of the PKCS#12"u8);
            case Outcome.Incomplete:
                return OpenSslErrors.RaiseContextError("the PKCS#12 lacks a certificate or its key"u8);
            default:
                return OpenSslErrors.RaiseContextError("the PKCS#12 cannot be opened"u8);
        }
    }

    private static Outcome ReadLegacy(
        aws_allocator* allocator,
        aws_byte_cursor pkcs12,
        byte* password,
        aws_byte_buf* certificate,
        aws_byte_buf* privateKey)
    {
        void* library = LibCrypto.OSSL_LIB_CTX_new();
        if (library == null)
            return Outcome.Failed;

        nint module = BindLegacy(allocator);

        // A context in which a provider was loaded by name does not load the default one by itself.
        void* standard = LibCrypto.OSSL_PROVIDER_load(library, Literal.Of("default"u8));
        void* legacy = LibCrypto.OSSL_PROVIDER_load(library, Literal.Of("legacy"u8));
        Outcome outcome = Outcome.Failed;
        if (standard != null && legacy != null)
        {
            // PKCS12_parse has no way to name a context for all that it does. This default is the thread's own.
            void* before = LibCrypto.OSSL_LIB_CTX_set0_default(library);
            outcome = Read(allocator, pkcs12, password, certificate, privateKey);
            LibCrypto.OSSL_LIB_CTX_set0_default(before);
        }
        else
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: the PKCS#12 cannot be opened by today's algorithms, and OpenSSL's legacy provider, which " +
                $"has the old ones (RC2), is not installed");
        }

        if (legacy != null)
            LibCrypto.OSSL_PROVIDER_unload(legacy);
        if (standard != null)
            LibCrypto.OSSL_PROVIDER_unload(standard);
        LibCrypto.OSSL_LIB_CTX_free(library);
        if (module != 0)
            Platform.DynamicLibrary.Close(module);
        return outcome;
    }

    // OpenSSL opens its provider by itself, and where the program exports another OpenSSL the linker would bind it to
    // that one. What is open already is taken as it is. Zero if there is no need, or no such file.
    private static nint BindLegacy(aws_allocator* allocator)
    {
        if (OperatingSystem.IsWindows() || !OtherOpenSsl.IsKeptApart)
            return 0;

        byte* named = EnvironmentVariables.Trusted(Literal.Of("OPENSSL_MODULES"u8));
        aws_byte_cursor folder =
            ByteCursor.FromCStr(named != null ? named : LibCrypto.OPENSSL_info(LibCrypto.OPENSSL_INFO_MODULES_DIR));
        aws_byte_cursor file = ByteCursor.FromLiteral("/legacy.so\0"u8);
        aws_byte_buf path;
        ByteBuf.InitCopyFromCursor(&path, allocator, folder);
        ByteBuf.AppendDynamic(&path, &file);
        nint module = Platform.DynamicLibrary.OpenForUse(path.buffer, isApart: true);
        ByteBuf.CleanUp(&path);
        return module;
    }

    private static Outcome Read(
        aws_allocator* allocator,
        aws_byte_cursor pkcs12,
        byte* password,
        aws_byte_buf* certificate,
        aws_byte_buf* privateKey)
    {
        byte* position = pkcs12.ptr;
        void* parsed = LibCrypto.d2i_PKCS12(null, &position, (c_long)pkcs12.len);
        if (parsed == null)
            return Outcome.NotPkcs12;

        void* key = null;
        void* leaf = null;
        void* others = null;
        bool isOpen = LibCrypto.PKCS12_parse(parsed, password, &key, &leaf, &others) == 1;
        LibCrypto.PKCS12_free(parsed);
        Outcome outcome = isOpen ? Outcome.Incomplete : IsWrongPassword ? Outcome.WrongPassword : Outcome.Failed;
        if (isOpen && key != null && leaf != null)
            outcome = WritePem(allocator, key, leaf, others, certificate, privateKey);

        LibCrypto.EVP_PKEY_free(key);
        LibCrypto.X509_free(leaf);
        LibCrypto.OPENSSL_sk_pop_free(others, LibCrypto.X509_free);
        return outcome;
    }

    private static bool IsWrongPassword
    {
        get
        {
            ulong error = LibCrypto.ERR_peek_error();
            return LibCrypto.LibraryOf(error) == LibCrypto.ERR_LIB_PKCS12 &&
                LibCrypto.ReasonOf(error) == LibCrypto.PKCS12_R_MAC_VERIFY_FAILURE;
        }
    }

    private static Outcome WritePem(
        aws_allocator* allocator,
        void* key,
        void* leaf,
        void* others,
        aws_byte_buf* certificate,
        aws_byte_buf* privateKey)
    {
        void* chainText = LibCrypto.BIO_new(LibCrypto.BIO_s_mem());
        void* keyText = LibCrypto.BIO_new(LibCrypto.BIO_s_mem());
        bool isWritten = chainText != null && keyText != null &&
            LibCrypto.PEM_write_bio_X509(chainText, leaf) == 1 &&
            LibCrypto.PEM_write_bio_PrivateKey(keyText, key, null, null, 0, null, null) == 1;
        int count = others == null ? 0 : LibCrypto.OPENSSL_sk_num(others);
        for (int i = 0; isWritten && i < count; i++)
            isWritten = LibCrypto.PEM_write_bio_X509(chainText, LibCrypto.OPENSSL_sk_value(others, i)) == 1;
        if (isWritten)
        {
            CopyText(allocator, chainText, certificate);
            CopyText(allocator, keyText, privateKey);
        }

        LibCrypto.BIO_free(chainText);
        LibCrypto.BIO_free(keyText);
        return isWritten ? Outcome.Done : Outcome.Failed;
    }

    private static void CopyText(aws_allocator* allocator, void* bio, aws_byte_buf* into)
    {
        byte* text;
        nint length = LibCrypto.BIO_ctrl(bio, LibCrypto.BIO_CTRL_INFO, 0, &text);
        ByteBuf.InitCopyFromCursor(into, allocator, new aws_byte_cursor { ptr = text, len = (nuint)length });
    }
}
