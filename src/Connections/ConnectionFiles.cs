// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Platform;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Connections;

/// <summary>Files that a connection sends. Any thread.</summary>
internal static unsafe class ConnectionFiles
{
    /// <summary>A part of the file of a path, which is opened now; less than 0 is all of the rest.</summary>
    internal static long Send(Connection* connection, byte* path, ulong offset, long length)
    {
        nint file = Files.OpenRegular(path, Files.OpenMode.Read, 0);
        return file == Files.OtherKind ? RESEAU_ERROR_INVALID_ARGUMENT
            : file < 0 ? ErrorOf((int)-file)
            : Queue(connection, file, offset, length);
    }

    /// <summary>The same of a descriptor, which is duplicated.</summary>
    internal static long Send(Connection* connection, int descriptor, ulong offset, long length)
    {
        nint file = Files.Duplicate(descriptor);
        return file < 0 ? RESEAU_ERROR_INVALID_ARGUMENT : Queue(connection, file, offset, length);
    }

    internal static void Close(int descriptor) => Files.CloseDescriptor(descriptor);

    // The file is the connection's, also after a failure.
    private static long Queue(Connection* connection, nint file, ulong offset, long length)
    {
        int error = Files.StatusOf(file, out Files.Status status);
        if (error == 0 && status.Type == (int)AWS_FILE_TYPE_FILE && length >= -1 && offset <= (ulong)status.Size)
        {
            ulong rest = (ulong)status.Size - offset;
            ulong sent = length < 0 ? rest : (ulong)length;
            if (sent <= rest && sent > 0)
                return ConnectionWrite.WriteFile(connection, (int)file, offset, sent);
            error = sent > rest ? RESEAU_ERROR_FILE : 0;
        }
        else
        {
            error = RESEAU_ERROR_INVALID_ARGUMENT;
        }

        Files.Close(file);
        return error;
    }

    private static int ErrorOf(int number) =>
        ConnectionErrors.From(OsErrors.OfFile(number, AWS_ERROR_SYS_CALL_FAILURE));
}
