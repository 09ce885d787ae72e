// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/encoding.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_text_encoding : uint
{
    AWS_TEXT_UNKNOWN = 0,
    AWS_TEXT_UTF8 = 1,
    AWS_TEXT_UTF16 = 2,
    AWS_TEXT_UTF32 = 3,
    AWS_TEXT_ASCII = 4,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_utf8_decoder_options
{
    public delegate* unmanaged[Cdecl]<uint, void*, int> on_codepoint;
    public void* user_data;
}

public struct aws_utf8_decoder;
