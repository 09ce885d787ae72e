// SPDX-License-Identifier: Apache-2.0
using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Reseau.Native.Common.Logging;

/// <summary>
/// How managed code logs: <c>Log.Write(AWS_LL_DEBUG, subject, $"id={(nint)socket:x}: fd {fd}")</c>. The message is
/// formatted as UTF-8, only when a logger takes that level, and reaches the process's logger through its vtable.
/// </summary>
internal static unsafe class Log
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsEnabled(aws_log_level level, uint subject) =>
        Logger.IsThere && Logger.GetConditional(subject, level) != null;

    internal static void Write(
        aws_log_level level,
        uint subject,
        [InterpolatedStringHandlerArgument(nameof(level), nameof(subject))] ref LogMessage message)
    {
        if (message.IsWanted)
            message.SendAndFree(level, subject);
    }
}

/// <summary>A log line under construction. Longer text is cut; a log line is no place to allocate.</summary>
[InterpolatedStringHandler]
internal unsafe ref struct LogMessage
{
    private const int Capacity = 512;

    // On the heap, since room on the stack would be cleared in every function that logs, wanted or not.
    private byte* _text;
    private int _length;

    internal readonly bool IsWanted => _text != null;

    public LogMessage(int literalLength, int formattedCount, aws_log_level level, uint subject, out bool wanted)
    {
        if (Log.IsEnabled(level, subject))
            _text = (byte*)Platform.Heap.Allocate(Capacity);
        wanted = IsWanted;
    }

    public void AppendLiteral(string text)
    {
        foreach (char c in text)
            Append((byte)c);
    }

    public void AppendFormatted<T>(T value) where T : unmanaged, IUtf8SpanFormattable =>
        AppendFormatted(value, default);

    public void AppendFormatted<T>(T value, ReadOnlySpan<char> format) where T : unmanaged, IUtf8SpanFormattable
    {
        // Not the current culture's signs: each thread would keep that culture on the managed heap.
        if (value.TryFormat(Free, out int written, format, NumberFormatInfo.InvariantInfo))
            _length += written;
    }

    public void AppendFormatted(bool value) => AppendLiteral(value ? "true" : "false");

    /// <summary>A NUL-terminated string; NULL prints as such.</summary>
    public void AppendFormatted(byte* text)
    {
        if (text == null)
        {
            AppendLiteral("(null)");
            return;
        }

        while (*text != 0)
            Append(*text++);
    }

    public void AppendFormatted(aws_byte_cursor text) => AppendBytes(text.ptr, text.len);

    public void AppendFormatted(aws_string* text) =>
        AppendBytes(text == null ? null : text->bytes, text == null ? 0 : text->len);

    internal void SendAndFree(aws_log_level level, uint subject)
    {
        VariadicLogging.Write(level, subject, _text, (nuint)_length);
        Platform.Heap.Free(_text);
        _text = null;
    }

    private readonly Span<byte> Free => new(_text + _length, Capacity - _length);

    private void Append(byte value)
    {
        if (_length < Capacity)
            _text[_length++] = value;
    }

    private void AppendBytes(byte* bytes, nuint length)
    {
        for (nuint i = 0; i < length; i++)
            Append(bytes[i]);
    }
}
