// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;
using Reseau.Native.Interop.Posix;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Whom a context trusts. Parsing the system's store takes milliseconds, so it is done once for all contexts, and again
/// only when its file has changed.
/// </summary>
internal static unsafe class OpenSslTrust
{
    private static readonly ForkLock* s_lock = NewLock();
    private static nint s_systemStore;
    private static Stamp s_systemStamp;

    /// <summary>Gives the context its store. AWS_OP_ERR with the last error set.</summary>
    internal static int Apply(void* sslContext, aws_tls_ctx_options* options)
    {
        LibCrypto.ERR_clear_error();
        bool isOverridden = options->ca_path != null || TlsHandlerShared.OptionsBufIsSet(&options->ca_file);
        void* store = isOverridden ? NewStore(options) : SystemStore();
        if (store == null)
            return AWS_OP_ERR;

        LibSsl.SSL_CTX_set1_cert_store(sslContext, store);
        LibCrypto.X509_STORE_free(store);

        // Whoever trusts a certificate trusts it also where it is not the root of its chain.
        LibCrypto.X509_VERIFY_PARAM_set_flags(
            LibSsl.SSL_CTX_get0_param(sslContext),
            LibCrypto.X509_V_FLAG_TRUSTED_FIRST | LibCrypto.X509_V_FLAG_PARTIAL_CHAIN);
        return AWS_OP_SUCCESS;
    }

    private static void* NewStore(aws_tls_ctx_options* options)
    {
        void* store = LibCrypto.X509_STORE_new();
        bool isFilled = store != null &&
            (options->ca_path == null || LibCrypto.X509_STORE_load_path(store, options->ca_path->bytes) == 1) &&
            (!TlsHandlerShared.OptionsBufIsSet(&options->ca_file) || AddText(store, &options->ca_file));
        if (isFilled)
            return store;

        LibCrypto.X509_STORE_free(store);
        OpenSslErrors.RaiseContextError("the certificates to trust cannot be used"u8);
        return null;
    }

    private static bool AddText(void* store, aws_byte_buf* pem)
    {
        void* bio = OpenSslCredentials.OpenText(pem);
        if (bio == null)
            return false;

        int count = 0;
        bool isAdded = true;
        while (isAdded)
        {
            void* certificate = LibCrypto.PEM_read_bio_X509_AUX(bio, null, null, null);
            if (certificate == null)
                break;
            isAdded = LibCrypto.X509_STORE_add_cert(store, certificate) == 1;
            LibCrypto.X509_free(certificate);
            count++;
        }

        LibCrypto.BIO_free(bio);

        // A certificate that cannot be read would hide those behind it.
        if (!isAdded || count == 0 || !OpenSslErrors.IsEndOfPem)
            return false;
        LibCrypto.ERR_clear_error();
        return true;
    }

    private static void* SystemStore()
    {
        byte* file = TrustStore.DetermineDefaultPkiCaFile();
        byte* directory = TrustStore.DetermineDefaultPkiDir();
        if (file == null && directory == null)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: this system has no trust store where they are usually kept; install CA certificates or name some in the options");
            return Errors.RaiseNull(AWS_IO_TLS_ERROR_DEFAULT_TRUST_STORE_NOT_FOUND);
        }

        Stamp stamp = Stamp.Of(file);
        ForkLock.Enter(s_lock);
        if (s_systemStore == 0 || !stamp.Equals(s_systemStamp))
            Replace(Load(file, directory), stamp);
        void* store = (void*)s_systemStore;
        if (store != null)
            LibCrypto.X509_STORE_up_ref(store);
        ForkLock.Exit(s_lock);

        if (store == null)
            OpenSslErrors.RaiseContextError("the system's trust store cannot be read"u8);
        return store;
    }

    // Contexts that hold the old store keep it.
    private static void Replace(void* store, Stamp stamp)
    {
        if (store == null)
            return;
        // A process that forks in between finds a store that is whole, and at worst reads it again.
        void* old = (void*)s_systemStore;
        s_systemStamp = default;
        s_systemStore = (nint)store;
        s_systemStamp = stamp;
        if (old != null)
            LibCrypto.X509_STORE_free(old);
    }

    private static void* Load(byte* file, byte* directory)
    {
        void* store = LibCrypto.X509_STORE_new();
        if (store == null)
            return null;

        bool hasFile = file != null && LibCrypto.X509_STORE_load_file(store, file) == 1;
        bool hasDirectory = directory != null && LibCrypto.X509_STORE_load_path(store, directory) == 1;
        Log.Write(AWS_LL_DEBUG, AWS_LS_IO_TLS, $"static: trust store read from file {file} ({hasFile}) and directory {directory} ({hasDirectory})");
        if (hasFile || hasDirectory)
            return store;

        LibCrypto.X509_STORE_free(store);
        return null;
    }

    private static ForkLock* NewLock()
    {
        ForkLock* made = StaticMemory.Allocate<ForkLock>();
        ForkLock.Init(made);
        return made;
    }

    /// <summary>What changes when a file does.</summary>
    private struct Stamp
    {
        private ulong _node;
        private ulong _size;
        private long _seconds;
        private uint _nanoseconds;

        internal static Stamp Of(byte* path)
        {
            Libc.statx_t status;
            if (path == null || Libc.stat(path, &status) != 0)
                return default;
            return new Stamp
            {
                _node = status.stx_ino,
                _size = status.stx_size,
                _seconds = status.stx_mtime_seconds,
                _nanoseconds = status.stx_mtime_nanoseconds,
            };
        }

        internal readonly bool Equals(Stamp other) =>
            _node == other._node && _size == other._size &&
            _seconds == other._seconds && _nanoseconds == other._nanoseconds;
    }
}
