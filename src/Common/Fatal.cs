// SPDX-License-Identifier: Apache-2.0
using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Reseau.Native.Common;

/// <summary>
/// The end of the process after a fault that cannot be reported to anyone: a message on standard error, where it
/// came from, then abort. Nothing here allocates, so that it also works when memory has run out.
/// </summary>
internal static unsafe class Fatal
{
    private const int MaxFrames = 64;

    /// <summary>aws_fatal_assert: names the condition and its place in the source, then aborts.</summary>
    [DoesNotReturn]
    internal static void Assert(byte* cond_str, byte* file, int line)
    {
        Span<byte> digits = stackalloc byte[12];
        line.TryFormat(digits, out int count);

        Print("Fatal error: the condition `"u8);
        Print(cond_str);
        Print("` does not hold at "u8);
        Print(file);
        Print(":"u8);
        Print(digits[..count]);
        Abort();
    }

    /// <summary>Stops the process because of what <paramref name="message"/> says.</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Stop(ReadOnlySpan<byte> message)
    {
        Print("Fatal error: "u8);
        Print(message);
        Abort();
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void OutOfMemory() => Stop("out of memory"u8);

    [DoesNotReturn]
    private static void Abort()
    {
        Print("\nThe process is stopped.\n"u8);
        void** frames = stackalloc void*[MaxFrames];
        int count = (int)Backtrace.Capture(frames, MaxFrames);
        Platform.Backtrace.WriteToStandardError(frames, count);
        Platform.Processes.Abort();
    }

    private static void Print(byte* text)
    {
        if (text == null)
            Print("(null)"u8);
        else
            Print(new ReadOnlySpan<byte>(text, (int)ByteArray.Length(text)));
    }

    private static void Print(ReadOnlySpan<byte> text)
    {
        fixed (byte* bytes = text)
            Platform.StandardStreams.WriteError(bytes, (nuint)text.Length);
    }
}
