// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Reseau.Native.Common;
using Reseau.Native.Interop.OpenSsl;

namespace Reseau.Native.Tls.OpenSsl;

/// <summary>
/// Where a store looks for the issuer that a chain asks for and that it does not hold yet: in a file that was read when
/// it was made, then in directories. What is found stays in the store. Any thread.
/// </summary>
internal unsafe struct OpenSslTrustLookup
{
    private static nint s_method;

    /// <summary>To be filled by who makes the store, before it is used.</summary>
    internal OpenSslTrustFile File;

    private aws_string* _directories;

    /// <summary>Has the store look there; both may be NULL. NULL if OpenSSL has no memory. The store's own.</summary>
    internal static OpenSslTrustLookup* AddTo(void* store, byte* file, byte* directories)
    {
        void* method = Method();
        void* lookup = method == null ? null : LibCrypto.X509_STORE_add_lookup(store, method);
        if (lookup == null)
            return null;

        OpenSslTrustLookup* self = Allocator.New<OpenSslTrustLookup>(DefaultAllocator.Instance);
        OpenSslTrustFile.Init(&self->File, store, file);
        self->_directories = directories == null
            ? null
            : AwsString.NewFromCStr(DefaultAllocator.Instance, directories);
        if (LibCrypto.X509_LOOKUP_set_method_data(lookup, self) == 1)
            return self;

        Free(self);
        return null;
    }

    /// <summary>X509_LOOKUP_get_by_subject_fn.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnSubjectWanted(void* lookup, int type, void* subject, void* found)
    {
        int isHashed;
        uint hash = (uint)LibCrypto.X509_NAME_hash_ex(subject, null, null, &isHashed);
        if (type != LibCrypto.X509_LU_X509 || isHashed != 1)
            return 0;

        void* store = LibCrypto.X509_LOOKUP_get_store(lookup);
        OpenSslTrustLookup* self = (OpenSslTrustLookup*)LibCrypto.X509_LOOKUP_get_method_data(lookup);
        if (!OpenSslTrustFile.TryAddTo(&self->File, store, hash, out bool isAnyAdded))
            return -1;
        if (isAnyAdded && Find(store, subject, found))
            return 1;
        if (self->_directories == null)
            return 0;
        if (!OpenSslTrustDirectory.TryAddHashed(store, self->_directories, hash))
            return -1;
        return Find(store, subject, found) ? 1 : 0;
    }

    /// <summary>The store is going away, and its look-ups with it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void OnLookupFreed(void* lookup) =>
        Free((OpenSslTrustLookup*)LibCrypto.X509_LOOKUP_get_method_data(lookup));

    private static void Free(OpenSslTrustLookup* self)
    {
        if (self == null)
            return;
        OpenSslTrustFile.CleanUp(&self->File);
        AwsString.Destroy(self->_directories);
        Allocator.Release(DefaultAllocator.Instance, self);
    }

    // OpenSSL adds a reference to what it is given here, as if there had been none: the store's is left.
    private static bool Find(void* store, void* subject, void* found)
    {
        LibCrypto.X509_STORE_lock(store);
        void* item = LibCrypto.X509_OBJECT_retrieve_by_subject(
            LibCrypto.X509_STORE_get0_objects(store), LibCrypto.X509_LU_X509, subject);
        void* certificate = item == null ? null : LibCrypto.X509_OBJECT_get0_X509(item);
        bool isFound = certificate != null && LibCrypto.X509_OBJECT_set1_X509(found, certificate) == 1;
        if (isFound)
            LibCrypto.X509_free(certificate);
        LibCrypto.X509_STORE_unlock(store);
        return isFound;
    }

    private static void* Method()
    {
        if (s_method != 0)
            return (void*)s_method;

        void* method = LibCrypto.X509_LOOKUP_meth_new(Literal.Of("hashed directory"u8));
        if (method == null)
            return null;
        LibCrypto.X509_LOOKUP_meth_set_get_by_subject(method, OpenSslCallbacks.Table->SubjectWanted);
        LibCrypto.X509_LOOKUP_meth_set_free(method, OpenSslCallbacks.Table->LookupFreed);
        nint first = Interlocked.CompareExchange(ref s_method, (nint)method, 0);
        if (first == 0)
            return method;
        LibCrypto.X509_LOOKUP_meth_free(method);
        return (void*)first;
    }
}
