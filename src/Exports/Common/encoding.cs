// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/encoding.h&gt;.</summary>
public static unsafe class Exports_common_encoding
{
    [UnmanagedCallersOnly(EntryPoint = "aws_hex_compute_encoded_len", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hex_compute_encoded_len(nuint to_encode_len, nuint* encoded_length) => Hex.ComputeEncodedLen(to_encode_len, encoded_length);

    [UnmanagedCallersOnly(EntryPoint = "aws_hex_encode", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hex_encode(aws_byte_cursor* to_encode, aws_byte_buf* output) => Hex.Encode(to_encode, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_hex_encode_append_dynamic", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hex_encode_append_dynamic(aws_byte_cursor* to_encode, aws_byte_buf* output) => Hex.EncodeAppendDynamic(to_encode, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_hex_compute_decoded_len", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hex_compute_decoded_len(nuint to_decode_len, nuint* decoded_len) => Hex.ComputeDecodedLen(to_decode_len, decoded_len);

    [UnmanagedCallersOnly(EntryPoint = "aws_hex_decode", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_hex_decode(aws_byte_cursor* to_decode, aws_byte_buf* output) => Hex.Decode(to_decode, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_base64_compute_encoded_len", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_base64_compute_encoded_len(nuint to_encode_len, nuint* encoded_len) => Base64.ComputeEncodedLen(to_encode_len, encoded_len);

    [UnmanagedCallersOnly(EntryPoint = "aws_base64_url_compute_encoded_len", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_base64_url_compute_encoded_len(nuint to_encode_len, nuint* encoded_len) => Base64.UrlComputeEncodedLen(to_encode_len, encoded_len);

    [UnmanagedCallersOnly(EntryPoint = "aws_base64_encode", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_base64_encode(aws_byte_cursor* to_encode, aws_byte_buf* output) => Base64.Encode(to_encode, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_base64_url_encode", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_base64_url_encode(aws_byte_cursor* to_encode, aws_byte_buf* output) => Base64.UrlEncode(to_encode, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_base64_compute_decoded_len", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_base64_compute_decoded_len(aws_byte_cursor* to_decode, nuint* decoded_len) => Base64.ComputeDecodedLen(to_decode, decoded_len);

    [UnmanagedCallersOnly(EntryPoint = "aws_base64_decode", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_base64_decode(aws_byte_cursor* to_decode, aws_byte_buf* output) => Base64.Decode(to_decode, output);

    [UnmanagedCallersOnly(EntryPoint = "aws_decode_utf8", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_decode_utf8(aws_byte_cursor bytes, aws_utf8_decoder_options* options) => Utf8Decoder.Decode(bytes, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_utf8_decoder_new", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_utf8_decoder* aws_utf8_decoder_new(aws_allocator* allocator, aws_utf8_decoder_options* options) => Utf8Decoder.New(allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_utf8_decoder_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_utf8_decoder_destroy(aws_utf8_decoder* decoder) => Utf8Decoder.Destroy(decoder);

    [UnmanagedCallersOnly(EntryPoint = "aws_utf8_decoder_reset", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_utf8_decoder_reset(aws_utf8_decoder* decoder) => Utf8Decoder.Reset(decoder);

    [UnmanagedCallersOnly(EntryPoint = "aws_utf8_decoder_update", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_utf8_decoder_update(aws_utf8_decoder* decoder, aws_byte_cursor bytes) => Utf8Decoder.Update(decoder, bytes);

    [UnmanagedCallersOnly(EntryPoint = "aws_utf8_decoder_finalize", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_utf8_decoder_finalize(aws_utf8_decoder* decoder) => Utf8Decoder.Finalize(decoder);
}
