// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace Reseau.Native.Interop.Windows;

/// <summary>Named pipes. Names are in UTF-16 and end with a NUL.</summary>
internal static unsafe class NamedPipes
{
    internal const uint PIPE_ACCESS_OUTBOUND = 2;
    internal const uint PIPE_ACCESS_DUPLEX = 3;
    internal const uint FILE_FLAG_OVERLAPPED = 0x40000000;
    internal const uint FILE_FLAG_FIRST_PIPE_INSTANCE = 0x00080000;
    internal const uint PIPE_TYPE_BYTE = 0;
    internal const uint PIPE_REJECT_REMOTE_CLIENTS = 8;
    internal const uint PIPE_UNLIMITED_INSTANCES = 255;

    internal const uint GENERIC_READ = 0x80000000;
    internal const uint GENERIC_WRITE = 0x40000000;
    internal const uint OPEN_EXISTING = 3;

    /// <summary>A server of the pipe may know who its client is, and not act in its name.</summary>
    internal const uint SECURITY_SQOS_PRESENT_IDENTIFICATION = 0x00110000;

    internal const int ERROR_FILE_NOT_FOUND = 2;
    internal const int ERROR_PATH_NOT_FOUND = 3;
    internal const int ERROR_TOO_MANY_OPEN_FILES = 4;
    internal const int ERROR_ACCESS_DENIED = 5;
    internal const int ERROR_NOT_ENOUGH_MEMORY = 8;
    internal const int ERROR_OUTOFMEMORY = 14;
    internal const int ERROR_BROKEN_PIPE = 109;
    internal const int ERROR_INVALID_NAME = 123;
    internal const int ERROR_BAD_PATHNAME = 161;
    internal const int ERROR_ALREADY_EXISTS = 183;
    internal const int ERROR_PIPE_BUSY = 231;
    internal const int ERROR_NO_DATA = 232;
    internal const int ERROR_PIPE_NOT_CONNECTED = 233;
    internal const int ERROR_MORE_DATA = 234;
    internal const int ERROR_PIPE_CONNECTED = 535;
    internal const int ERROR_OPERATION_ABORTED = 995;
    internal const int ERROR_NO_SYSTEM_RESOURCES = 1450;

    private const string Library = "kernel32";

    [DllImport(Library)]
    internal static extern nint CreateNamedPipeW(
        char* name,
        uint openMode,
        uint pipeMode,
        uint maxInstances,
        uint outBufferSize,
        uint inBufferSize,
        uint defaultTimeout,
        void* security);

    [DllImport(Library)]
    internal static extern int ConnectNamedPipe(nint pipe, OVERLAPPED* overlapped);

    [DllImport(Library)]
    internal static extern int PeekNamedPipe(
        nint pipe, void* buffer, uint size, uint* read, uint* available, uint* leftInMessage);
}
