// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Interop.Pkcs11;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>Texts of a fixed size, filled up with spaces.</summary>
internal static unsafe class Pkcs11Text
{
    internal static aws_byte_cursor Trim(CK_TEXT32* text) => Trim((byte*)text, (nuint)sizeof(CK_TEXT32));

    internal static aws_byte_cursor Trim(CK_TEXT16* text) => Trim((byte*)text, (nuint)sizeof(CK_TEXT16));

    private static aws_byte_cursor Trim(byte* text, nuint length)
    {
        while (length > 0 && text[length - 1] == (byte)' ')
            length--;
        return new aws_byte_cursor { ptr = text, len = length };
    }
}
