// SPDX-License-Identifier: Apache-2.0
using System;
using Reseau.Native.Interop.Windows;

namespace Reseau.Native.Platform.Windows;

/// <summary>The calls that led here, as module and distance: names are in a program's symbol files.</summary>
internal static unsafe class WindowsBacktrace
{
    private const int LongestLine = 512;
    private const int LongestPath = 1024;

    private const uint StatusAccessViolation = 0xC0000005;

    /// <summary>The beginning of EXCEPTION_RECORD.</summary>
    private struct ExceptionRecord
    {
        internal uint Code;
        internal uint Flags;
        internal void* Next;
        internal void* At;
        internal uint Count;
        internal fixed ulong Information[15];
    }

    /// <summary>EXCEPTION_POINTERS.</summary>
    private struct ExceptionPointers
    {
        internal ExceptionRecord* Record;
        internal void* Context;
    }

    internal static int Capture(void** frames, int capacity)
    {
        int count = Kernel32.RtlCaptureStackBackTrace(0, (uint)Math.Min(capacity, ushort.MaxValue), frames, null);

        // Where a thread begins, the list may go on with addresses that are none.
        int end = new ReadOnlySpan<nint>(frames, count).IndexOf(0);
        return end < 0 ? count : end;
    }

    internal static byte** Symbols(void** frames, int count)
    {
        byte** all = (byte**)WindowsHeap.Allocate((nuint)count * (nuint)(sizeof(byte*) + LongestLine));
        if (all == null)
            return null;

        byte* line = (byte*)(all + count);
        for (int i = 0; i < count; i++, line += LongestLine)
        {
            all[i] = line;
            Describe(frames[i], line);
        }

        return all;
    }

    internal static void WriteToStandardError(void** frames, int count)
    {
        byte* line = stackalloc byte[LongestLine];
        for (int i = 0; i < count; i++)
        {
            int length = Describe(frames[i], line);
            line[length] = (byte)'\n';
            WindowsStandardStreams.WriteError(line, (nuint)length + 1);
        }
    }

    internal static Backtrace.Signal ReadSignal(void* information)
    {
        ExceptionRecord* record = ((ExceptionPointers*)information)->Record;
        bool hasAddress = record->Code == StatusAccessViolation && record->Count > 1;
        return new Backtrace.Signal
        {
            Number = (int)record->Code,
            Error = (int)record->Flags,
            HasAddress = hasAddress,
            Address = hasAddress ? (void*)record->Information[1] : null,
        };
    }

    /// <summary>"C:\path\module.dll+0x12ab [0x7ff...]" and a NUL. Returns the length.</summary>
    private static int Describe(void* address, byte* line)
    {
        Span<byte> text = new(line, LongestLine);
        nint module;
        uint flags = Kernel32.GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
            Kernel32.GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
        char* path = stackalloc char[LongestPath];
        int length = 0;
        if (Kernel32.GetModuleHandleExW(flags, address, &module) != 0 &&
            Kernel32.GetModuleFileNameW(module, path, LongestPath) != 0)
        {
            length = WideText.Copy(path, line, LongestLine - 64);
            Put(text, ref length, "+0x"u8);
            PutHex(text, ref length, (nint)address - module);
            Put(text, ref length, " "u8);
        }

        Put(text, ref length, "[0x"u8);
        PutHex(text, ref length, (nint)address);
        Put(text, ref length, "]"u8);
        line[length] = 0;
        return length;
    }

    private static void Put(Span<byte> text, ref int length, ReadOnlySpan<byte> part)
    {
        part.CopyTo(text[length..]);
        length += part.Length;
    }

    private static void PutHex(Span<byte> text, ref int length, nint value)
    {
        value.TryFormat(text[length..], out int digits, "x");
        length += digits;
    }
}
