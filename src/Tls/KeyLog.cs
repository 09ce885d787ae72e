// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// Writes the secrets of all connections into the file that SSLKEYLOGFILE names, in the format that Wireshark reads.
/// For finding faults; without the variable nothing is written anywhere, nor in a setuid program, whose starter could
/// have files written with its rights. Any thread.
/// </summary>
internal static unsafe class KeyLog
{
    private const int MaxLine = 1024;

    // The handle plus one; it stays open for good.
    private static nint s_file;

    /// <summary>Whether secrets are to be written: engines that have them report them by <see cref="Write"/>.</summary>
    internal static bool IsOpen()
    {
        byte* path = EnvironmentVariables.Trusted(Literal.Of("SSLKEYLOGFILE"u8));
        return path != null && (Volatile.Read(ref s_file) != 0 || Open(path));
    }

    private static bool Open(byte* path)
    {
        // Whoever reads it can read the connections.
        nint file = Platform.Files.OpenToAppend(path);
        if (file < 0)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_TLS,
                $"static: SSLKEYLOGFILE '{path}' cannot be opened, errno {Platform.OsErrors.Last}");
            return false;
        }

        if (Interlocked.CompareExchange(ref s_file, file + 1, 0) != 0)
            Platform.Files.Close(file);
        else
            Log.Write(AWS_LL_WARN, AWS_LS_IO_TLS, $"static: the secrets of all TLS connections go to '{path}'");
        return true;
    }

    /// <summary>A line and its end in one piece, or lines of two threads could mix.</summary>
    internal static void Write(byte* line)
    {
        byte* text = stackalloc byte[MaxLine];
        int length = 0;
        while (line[length] != 0 && length < MaxLine - 1)
        {
            text[length] = line[length];
            length++;
        }

        text[length++] = (byte)'\n';
        Platform.Files.Append(Volatile.Read(ref s_file) - 1, text, (nuint)length);
    }
}
