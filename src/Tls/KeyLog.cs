// SPDX-License-Identifier: Apache-2.0
using System.Threading;
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>
/// Writes the secrets of all connections into the file that SSLKEYLOGFILE names, or those of a context's into one that
/// the program has named, in the format that Wireshark reads. For finding faults; the variable does nothing in a setuid
/// program, whose starter could have files written with its rights. Any thread.
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

    /// <summary>
    /// A file that a program has named, with its NUL, for one context, which closes it; less than 0 with the last error
    /// raised.
    /// </summary>
    internal static nint OpenFor(aws_byte_buf* path)
    {
        nint file = Platform.Files.OpenToAppend(path->buffer);
        if (file >= 0)
        {
            Log.Write(
                AWS_LL_WARN,
                AWS_LS_IO_TLS,
                $"static: a program has the secrets of its TLS connections go to '{path->buffer}'");
            return file;
        }

        int error = Platform.OsErrors.Last;
        Log.Write(
            AWS_LL_ERROR, AWS_LS_IO_TLS, $"static: key log '{path->buffer}' cannot be opened, error {error}");
        Errors.Raise(Platform.OsErrors.OfFile(error, AWS_IO_TLS_CTX_ERROR));
        return -1;
    }

    internal static void Close(nint file) => Platform.Files.Close(file);

    /// <summary>Into the file of the environment.</summary>
    internal static void Write(byte* line) => WriteTo(Volatile.Read(ref s_file) - 1, line);

    /// <summary>A line and its end in one piece, or lines of two threads could mix.</summary>
    internal static void WriteTo(nint file, byte* line)
    {
        byte* text = stackalloc byte[MaxLine];
        int length = 0;
        while (line[length] != 0 && length < MaxLine - 1)
        {
            text[length] = line[length];
            length++;
        }

        text[length++] = (byte)'\n';
        Platform.Files.Append(file, text, (nuint)length);
    }
}
