// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Connections;
using Reseau.Native.Platform;
using Files = Reseau.Native.Platform.Files;

namespace Reseau.Native.Disk;

/// <summary>What the system's error numbers of files are in this surface.</summary>
internal static class DiskErrors
{
    internal static int From(int number)
    {
        if (number == 0)
            return 0;
        return OsErrors.IsExisting(number)
            ? RESEAU_ERROR_EXISTS
            : ConnectionErrors.From(OsErrors.OfFile(number, AWS_IO_STREAM_READ_FAILED));
    }

    /// <summary>Of <see cref="Files.OpenRegular"/>.</summary>
    internal static int OfOpen(nint result) =>
        result == Files.OtherKind ? RESEAU_ERROR_INVALID_ARGUMENT : From((int)-result);
}
