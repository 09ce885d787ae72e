// SPDX-License-Identifier: Apache-2.0
using System;
using System.Text.Unicode;

namespace Reseau.Native.Common.Text;

/// <summary>
/// Validation of UTF-8 as RFC 3629 defines it, at once or as the text arrives, and the way to its code points. Numbers
/// beyond the last code point pass as long as four bytes hold them; a callback may refuse them. Not safe against
/// concurrent use of one decoder.
/// </summary>
internal static unsafe class Utf8Decoder
{
    private struct State
    {
        internal aws_allocator* Allocator;
        internal aws_utf8_decoder_options Options;

        /// <summary>
        /// The bits of the code point read so far, and the smallest one that its length may stand for.
        /// </summary>
        internal uint CodePoint;
        internal uint Smallest;
        internal int BytesMissing;
    }

    /// <summary>
    /// aws_decode_utf8: a whole text. AWS_ERROR_INVALID_UTF8, or what the callback raised when it did not return
    /// success. Without options the text is only checked.
    /// </summary>
    internal static int Decode(aws_byte_cursor bytes, aws_utf8_decoder_options* options)
    {
        if (!ByteCursor.IsValid(&bytes))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        bool onlyCheck = options == null || options->on_codepoint == null;
        if (onlyCheck && bytes.len <= int.MaxValue && Utf8.IsValid(new ReadOnlySpan<byte>(bytes.ptr, (int)bytes.len)))
            return AWS_OP_SUCCESS;

        State state = new() { Options = options == null ? default : *options };
        return Update(&state, bytes) == AWS_OP_SUCCESS ? Finalize(&state) : AWS_OP_ERR;
    }

    /// <summary>aws_utf8_decoder_new: the caller destroys it; the options may be NULL.</summary>
    internal static aws_utf8_decoder* New(aws_allocator* allocator, aws_utf8_decoder_options* options)
    {
        if (allocator == null)
            return (aws_utf8_decoder*)Errors.RaiseNull(AWS_ERROR_INVALID_ARGUMENT);

        State* state = Allocator.New<State>(allocator);
        state->Allocator = allocator;
        if (options != null)
            state->Options = *options;
        return (aws_utf8_decoder*)state;
    }

    /// <summary>aws_utf8_decoder_destroy: NULL is fine.</summary>
    internal static void Destroy(aws_utf8_decoder* decoder)
    {
        if (decoder != null)
            Allocator.Release(((State*)decoder)->Allocator, decoder);
    }

    /// <summary>aws_utf8_decoder_reset: forgets a code point that has begun.</summary>
    internal static void Reset(aws_utf8_decoder* decoder)
    {
        if (decoder != null)
            Reset((State*)decoder);
    }

    /// <summary>aws_utf8_decoder_update: the next part of the text, cut anywhere.</summary>
    internal static int Update(aws_utf8_decoder* decoder, aws_byte_cursor bytes) =>
        decoder == null || !ByteCursor.IsValid(&bytes)
            ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT)
            : Update((State*)decoder, bytes);

    /// <summary>
    /// aws_utf8_decoder_finalize: the text is over; AWS_ERROR_INVALID_UTF8 if a code point is not. The decoder may be
    /// used for another text then.
    /// </summary>
    internal static int Finalize(aws_utf8_decoder* decoder) =>
        decoder == null ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT) : Finalize((State*)decoder);

    private static void Reset(State* state)
    {
        state->CodePoint = 0;
        state->Smallest = 0;
        state->BytesMissing = 0;
    }

    private static int Finalize(State* state)
    {
        bool isComplete = state->BytesMissing == 0;
        Reset(state);
        return isComplete ? AWS_OP_SUCCESS : Errors.Raise(AWS_ERROR_INVALID_UTF8);
    }

    private static int Update(State* state, aws_byte_cursor bytes)
    {
        for (nuint i = 0; i < bytes.len; i++)
        {
            bool isValid = state->BytesMissing == 0 ? Begin(state, bytes.ptr[i]) : Continue(state, bytes.ptr[i]);
            if (!isValid)
                return Errors.Raise(AWS_ERROR_INVALID_UTF8);

            if (state->BytesMissing == 0 && state->Options.on_codepoint != null &&
                state->Options.on_codepoint(state->CodePoint, state->Options.user_data) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;
        }

        return AWS_OP_SUCCESS;
    }

    /// <summary>The first byte of a code point says by its leading ones how many follow.</summary>
    private static bool Begin(State* state, byte value)
    {
        (state->CodePoint, state->Smallest, state->BytesMissing) = value switch
        {
            < 0x80 => (value, 0u, 0),
            < 0xC0 => (0u, 0u, -1),
            < 0xE0 => (value & 0x1Fu, 0x80u, 1),
            < 0xF0 => (value & 0x0Fu, 0x800u, 2),
            < 0xF8 => (value & 0x07u, 0x1_0000u, 3),
            _ => (0u, 0u, -1),
        };
        if (state->BytesMissing >= 0)
            return true;

        state->BytesMissing = 0;
        return false;
    }

    private static bool Continue(State* state, byte value)
    {
        if ((value & 0xC0) != 0x80)
            return false;

        state->CodePoint = state->CodePoint << 6 | (value & 0x3Fu);
        if (--state->BytesMissing > 0)
            return true;

        // Neither longer than needed nor half of a UTF-16 pair.
        return state->CodePoint >= state->Smallest && state->CodePoint is (< 0xD800 or > 0xDFFF);
    }
}
