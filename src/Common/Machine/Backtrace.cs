// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;

namespace Reseau.Native.Common.Machine;

/// <summary>The calls that led here, as the C library unwinds them.</summary>
internal static unsafe class Backtrace
{
    private const int Depth = 128;

    /// <summary>Fills an array with return addresses, the innermost first; returns how many.</summary>
    internal static nuint Capture(void** stack_frames, nuint num_frames)
    {
        if (stack_frames == null || num_frames == 0)
            return 0;

        int count = Platform.Backtrace.Capture(
            stack_frames, num_frames > int.MaxValue ? int.MaxValue : (int)num_frames);
        return count < 0 ? 0 : (nuint)count;
    }

    /// <summary>
    /// Writes the calling thread's stack to a FILE, and before it the siginfo_t, unless that is NULL.
    /// </summary>
    internal static void Print(void* fp, void* call_site_data)
    {
        if (fp == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        if (call_site_data != null)
            PrintSignal(fp, Platform.Backtrace.ReadSignal(call_site_data));

        void** frames = stackalloc void*[Depth];
        int count = (int)Capture(frames, Depth);
        byte** symbols = count == 0 ? null : Platform.Backtrace.Symbols(frames, count);
        Put(fp, symbols == null ? "No stack trace available.\n"u8 : "Stack trace:\n"u8);
        for (int i = 0; symbols != null && i < count; i++)
        {
            Put(fp, "  "u8);
            Put(fp, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(symbols[i]));
            Put(fp, "\n"u8);
        }

        Platform.Stdio.Flush(fp);
        Platform.Heap.Free(symbols);
    }

    /// <summary>Logs the calling thread's stack, a line per call.</summary>
    internal static void Log(int log_level)
    {
        aws_log_level level = (aws_log_level)log_level;
        if (!Logging.Log.IsEnabled(level, AWS_LS_COMMON_GENERAL))
            return;

        void** frames = stackalloc void*[Depth];
        int count = (int)Capture(frames, Depth);
        byte** symbols = count == 0 ? null : Platform.Backtrace.Symbols(frames, count);
        if (symbols == null)
        {
            Logging.Log.Write(level, AWS_LS_COMMON_GENERAL, $"no stack trace available");
            return;
        }

        for (int i = 0; i < count; i++)
            Logging.Log.Write(level, AWS_LS_COMMON_GENERAL, $"{symbols[i]}");

        Platform.Heap.Free(symbols);
    }

    private static void PrintSignal(void* file, Platform.Backtrace.Signal signal)
    {
        Put(file, "Signal "u8);
        PutNumber(file, signal.Number, default);
        Put(file, ", errno "u8);
        PutNumber(file, signal.Error, default);
        if (signal.HasAddress)
        {
            Put(file, ", address 0x"u8);
            PutNumber(file, (nint)signal.Address, "x");
        }

        Put(file, "\n"u8);
    }

    private static void PutNumber(void* file, nint value, ReadOnlySpan<char> format)
    {
        Span<byte> digits = stackalloc byte[24];
        if (value.TryFormat(digits, out int length, format))
            Put(file, digits[..length]);
    }

    private static void Put(void* file, ReadOnlySpan<byte> text)
    {
        fixed (byte* start = text)
            Platform.Stdio.Write(file, start, (nuint)text.Length);
    }
}
