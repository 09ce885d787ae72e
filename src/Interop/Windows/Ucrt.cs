// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>The Universal C Runtime: that of programs too, who share FILE, environment and errno with us.</summary>
internal static unsafe class Ucrt
{
    private const string Library = "ucrtbase";

    internal const int EPERM = 1;
    internal const int ENOENT = 2;
    internal const int ESRCH = 3;
    internal const int EIO = 5;
    internal const int EBADF = 9;
    internal const int EAGAIN = 11;
    internal const int ENOMEM = 12;
    internal const int EACCES = 13;
    internal const int EBUSY = 16;
    internal const int EEXIST = 17;
    internal const int EXDEV = 18;
    internal const int ENOTDIR = 20;
    internal const int EISDIR = 21;
    internal const int EINVAL = 22;
    internal const int ENFILE = 23;
    internal const int EMFILE = 24;
    internal const int ENOSPC = 28;
    internal const int EROFS = 30;
    internal const int EPIPE = 32;
    internal const int EDEADLK = 36;
    internal const int ENAMETOOLONG = 38;
    internal const int ENOTEMPTY = 41;
    internal const int ECONNABORTED = 106;
    internal const int ECONNRESET = 108;
    internal const int EMSGSIZE = 115;
    internal const int ENETDOWN = 116;
    internal const int ENETRESET = 117;
    internal const int ENOBUFS = 119;
    internal const int ENOTCONN = 126;
    internal const int ENOTSOCK = 128;
    internal const int ETIMEDOUT = 138;
    internal const int EWOULDBLOCK = 140;

    internal const uint StandardOutput = 1;
    internal const uint StandardError = 2;

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern void* malloc(nuint size);

    [DllImport(Library)]
    internal static extern void* calloc(nuint count, nuint size);

    [DllImport(Library)]
    internal static extern void* realloc(void* block, nuint size);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern void free(void* block);

    [DllImport(Library)]
    internal static extern void* _aligned_malloc(nuint size, nuint alignment);

    [DllImport(Library)]
    internal static extern void _aligned_free(void* block);

    [DllImport(Library)]
    internal static extern void qsort(
        void* items,
        nuint count,
        nuint size,
        delegate* unmanaged[Cdecl]<void*, void*, int> compare);

    [DllImport(Library)]
    [SuppressGCTransition]
    internal static extern int* _errno();

    [DllImport(Library)]
    internal static extern void abort();

    [DllImport(Library)]
    internal static extern void* __acrt_iob_func(uint index);

    [DllImport(Library)]
    internal static extern void* _wfopen(char* path, char* mode);

    [DllImport(Library)]
    internal static extern int fclose(void* file);

    [DllImport(Library)]
    internal static extern nuint fread(void* buffer, nuint size, nuint count, void* file);

    [DllImport(Library)]
    internal static extern nuint fwrite(void* bytes, nuint size, nuint count, void* file);

    [DllImport(Library)]
    internal static extern int fflush(void* file);

    [DllImport(Library)]
    internal static extern int feof(void* file);

    [DllImport(Library)]
    internal static extern int ferror(void* file);

    [DllImport(Library)]
    internal static extern int _fseeki64(void* file, long offset, int whence);

    /// <summary>-2 for a FILE without a descriptor.</summary>
    [DllImport(Library)]
    internal static extern int _fileno(void* file);

    /// <summary>INVALID_HANDLE_VALUE, or -2, for a descriptor without a handle.</summary>
    [DllImport(Library)]
    internal static extern nint _get_osfhandle(int descriptor);

    [DllImport(Library)]
    internal static extern int _close(int descriptor);

    /// <summary>Gets a function that is called instead of ending the process. Returns the one before.</summary>
    [DllImport(Library)]
    internal static extern delegate* unmanaged[Cdecl]<char*, char*, char*, uint, nuint, void>
        _set_thread_local_invalid_parameter_handler(
            delegate* unmanaged[Cdecl]<char*, char*, char*, uint, nuint, void> handler);

    [DllImport(Library)]
    internal static extern void* _wpopen(char* command, char* mode);

    [DllImport(Library)]
    internal static extern int _pclose(void* file);

    /// <summary>Good until the variable is changed.</summary>
    [DllImport(Library)]
    internal static extern char* _wgetenv(char* name);

    /// <summary>0 or an error number; an empty value removes the variable.</summary>
    [DllImport(Library)]
    internal static extern int _wputenv_s(char* name, char* value);

    [DllImport(Library)]
    internal static extern int _localtime64_s(tm* fields, long* time);

    [DllImport(Library)]
    internal static extern long _mktime64(tm* fields);

    [DllImport(Library)]
    internal static extern long _mkgmtime64(tm* fields);

    /// <summary>The names of the time zone: of winter and of summer.</summary>
    [DllImport(Library)]
    internal static extern byte** __tzname();
}
