// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>The BIO by which OpenSSL takes and puts records: it neither buffers nor waits.</summary>
internal static unsafe class OpenSslBio
{
    private static nint s_method;
    private static nint s_methodForStacks;

    /// <summary>
    /// A BIO over these records, which must outlive it; NULL when OpenSSL cannot. One that handshakes on stacks of
    /// their own use calls by way of the shim; the others save the detour.
    /// </summary>
    internal static void* New(TlsRecords* records, bool hasHandshakeStack)
    {
        void* method = hasHandshakeStack
            ? Method(ref s_methodForStacks, *OpenSslCallbacks.Table)
            : Method(ref s_method, new() { BioRead = &Read, BioWrite = &Write, BioControl = &Control });
        void* bio = method == null ? null : LibCrypto.BIO_new(method);
        if (bio == null)
            return null;

        LibCrypto.BIO_set_data(bio, records);
        LibCrypto.BIO_set_init(bio, 1);
        return bio;
    }

    private static void* Method(ref nint slot, Shim.OpenSslCallbacks callbacks)
    {
        if (slot != 0)
            return (void*)slot;

        int type = LibCrypto.BIO_get_new_index() | LibCrypto.BIO_TYPE_SOURCE_SINK;
        void* method = LibCrypto.BIO_meth_new(type, Literal.Of("channel"u8));
        if (method == null)
            return null;

        LibCrypto.BIO_meth_set_read_ex(method, callbacks.BioRead);
        LibCrypto.BIO_meth_set_write_ex(method, callbacks.BioWrite);
        LibCrypto.BIO_meth_set_ctrl(method, callbacks.BioControl);

        // Two threads may both come here first: either method will do.
        nint first = Interlocked.CompareExchange(ref slot, (nint)method, 0);
        if (first == 0)
            return method;
        LibCrypto.BIO_meth_free(method);
        return (void*)first;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Read(void* bio, byte* into, nuint size, nuint* read)
    {
        *read = TlsRecords.Take((TlsRecords*)LibCrypto.BIO_get_data(bio), into, size);

        // Also when something was read: else a failure in it would look like a wait.
        LibCrypto.BIO_clear_flags(bio, LibCrypto.BIO_FLAGS_RETRY_MASK);
        if (*read > 0)
            return 1;

        LibCrypto.BIO_set_flags(bio, LibCrypto.BIO_FLAGS_RETRY_READ);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Write(void* bio, byte* from, nuint size, nuint* written)
    {
        if (TlsRecords.Put((TlsRecords*)LibCrypto.BIO_get_data(bio), from, size))
        {
            *written = size;
            return 1;
        }

        LibCrypto.BIO_clear_flags(bio, LibCrypto.BIO_FLAGS_RETRY_MASK);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static nint Control(void* bio, int command, nint number, void* argument) =>
        command == LibCrypto.BIO_CTRL_FLUSH ? 1 : 0;
}
