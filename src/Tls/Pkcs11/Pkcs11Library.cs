// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Interop;
using Reseau.Native.Interop.Pkcs11;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>A loaded PKCS#11 library. Counted; any thread.</summary>
internal unsafe struct Pkcs11Library
{
    private const byte VersionMajor = 2;
    private const byte MinVersionMinor = 20;

    internal CK_FUNCTION_LIST* Functions;
    internal aws_allocator* Allocator;
    private aws_ref_count _refCount;
    private aws_shared_library _file;
    private bool _finalizes;

    internal static Pkcs11Library* Of(aws_pkcs11_lib* library) => (Pkcs11Library*)library;

    /// <summary>
    /// Loads a library and initialises it as the options say. The caller owns one reference; NULL with the last error
    /// set.
    /// </summary>
    internal static aws_pkcs11_lib* New(aws_allocator* allocator, aws_pkcs11_lib_options* options)
    {
        if (allocator == null || options == null ||
            options->initialize_finalize_behavior > AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE)
        {
            Log.Write(AWS_LL_ERROR, AWS_LS_IO_PKCS11, $"static: no library is loaded with these options");
            return (aws_pkcs11_lib*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);
        }

        aws_string* path = options->filename.ptr == null
            ? null
            : AwsString.NewFromCursor(allocator, &options->filename);
        byte* pathText = path == null ? null : path->bytes;
        Pkcs11Library* library =
            (Pkcs11Library*)Common.Allocator.Calloc(allocator, 1, (nuint)sizeof(Pkcs11Library));
        library->Allocator = allocator;
        AwsRefCount.Init(&library->_refCount, library, &OnUnreferenced);
        int result = Load(library, pathText, options->initialize_finalize_behavior);
        int error = Errors.LastError();
        if (result != AWS_OP_SUCCESS)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_PKCS11,
                $"id=0x{(nint)library:x}: '{pathText}' cannot be used, error {error}");
            AwsRefCount.Release(&library->_refCount);
            library = (Pkcs11Library*)Errors.RaiseNull(error);
        }

        AwsString.Destroy(path);
        return (aws_pkcs11_lib*)library;
    }

    private static int Load(Pkcs11Library* library, byte* path, aws_pkcs11_lib_behavior behavior)
    {
        aws_generic_function getFunctionList;
        if (SharedLibrary.Init(&library->_file, path) != AWS_OP_SUCCESS ||
            SharedLibrary.FindFunction(
                &library->_file, Literal.Of("C_GetFunctionList"u8), &getFunctionList) != AWS_OP_SUCCESS)
        {
            return AWS_OP_ERR;
        }

        Shim.reseau_pkcs11_watch_exit();
        nuint result = ((delegate* unmanaged[Cdecl]<CK_FUNCTION_LIST**, nuint>)getFunctionList)(&library->Functions);
        if (result != Cryptoki.CKR_OK || library->Functions == null)
            return Pkcs11Results.Raise((aws_pkcs11_lib*)library, "C_GetFunctionList"u8, result);

        CK_VERSION version = library->Functions->version;
        if (version.major != VersionMajor || version.minor < MinVersionMinor)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_PKCS11,
                $"id=0x{(nint)library:x}: the library has version {version.major}.{version.minor} of PKCS#11; 2.20 " +
                $"or a later 2.x is needed");
            return Errors.Raise(AWS_ERROR_PKCS11_VERSION_UNSUPPORTED);
        }

        return behavior == AWS_PKCS11_LIB_OMIT_INITIALIZE ||
            Initialize(library, behavior == AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE) == AWS_OP_SUCCESS
            ? LogInfo(library)
            : AWS_OP_ERR;
    }

    /// <summary>The process exits: what was loaded must not be called. Rule 392 of docs/lifetimes.md.</summary>
    internal static bool IsPastUse => Shim.reseau_pkcs11_is_exiting() != 0;

    private static int Initialize(Pkcs11Library* library, bool isStrict)
    {
        CK_C_INITIALIZE_ARGS arguments = new() { flags = Cryptoki.CKF_OS_LOCKING_OK };
        Shim.reseau_pkcs11_mutexes(&arguments);
        nuint result = library->Functions->C_Initialize(&arguments);
        if (result != Cryptoki.CKR_OK && (isStrict || result != Cryptoki.CKR_CRYPTOKI_ALREADY_INITIALIZED))
            return Pkcs11Results.Raise((aws_pkcs11_lib*)library, "C_Initialize"u8, result);

        library->_finalizes = isStrict;
        return AWS_OP_SUCCESS;
    }

    // Who reports a fault is asked for this first. It also shows whether the library has been initialised.
    private static int LogInfo(Pkcs11Library* library)
    {
        CK_INFO info = default;
        nuint result = library->Functions->C_GetInfo(&info);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise((aws_pkcs11_lib*)library, "C_GetInfo"u8, result);

        Log.Write(
            AWS_LL_INFO,
            AWS_LS_IO_PKCS11,
            $"id=0x{(nint)library:x}: PKCS#11 {info.cryptokiVersion.major}.{info.cryptokiVersion.minor}, " +
            $"'{Pkcs11Text.Trim(&info.libraryDescription)}' " +
            $"{info.libraryVersion.major}.{info.libraryVersion.minor} by " +
            $"'{Pkcs11Text.Trim(&info.manufacturerID)}', flags 0x{info.flags:x}");
        return AWS_OP_SUCCESS;
    }

    /// <summary>One more reference; NULL gives NULL.</summary>
    internal static aws_pkcs11_lib* Acquire(aws_pkcs11_lib* pkcs11_lib)
    {
        if (pkcs11_lib != null)
            AwsRefCount.Acquire(&Of(pkcs11_lib)->_refCount);
        return pkcs11_lib;
    }

    /// <summary>Ends a reference. The last one finalises the library if it was to be strict, and unloads it.</summary>
    internal static void Release(aws_pkcs11_lib* pkcs11_lib)
    {
        if (pkcs11_lib != null)
            AwsRefCount.Release(&Of(pkcs11_lib)->_refCount);
    }

    /// <summary>The table of functions; the library's.</summary>
    internal static void* GetFunctionList(aws_pkcs11_lib* pkcs11_lib)
    {
        if (pkcs11_lib == null)
            return Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);
        return Of(pkcs11_lib)->Functions;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnUnreferenced(void* userData)
    {
        Pkcs11Library* library = (Pkcs11Library*)userData;
        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_PKCS11,
            $"id=0x{(nint)library:x}: unloading, finalising: {library->_finalizes}");
        if (library->_finalizes && !IsPastUse)
        {
            nuint result = library->Functions->C_Finalize(null);
            if (result != Cryptoki.CKR_OK)
                Pkcs11Results.Raise((aws_pkcs11_lib*)library, "C_Finalize"u8, result);
        }

        if (!IsPastUse)
            SharedLibrary.CleanUp(&library->_file);
        Common.Allocator.Release(library->Allocator, library);
    }
}
