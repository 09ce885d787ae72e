// SPDX-License-Identifier: Apache-2.0
using System;
using System.Runtime.InteropServices;
using Reseau.Native.Common;
using Reseau.Native.Tls;

namespace Reseau.Native.Connections;

/// <summary>
/// A certificate as a program gets it: one block of memory, with the struct at its front, what that points to behind.
/// </summary>
internal static unsafe class CertificateDescription
{
    private const int MaxNames = 4096;
    private const nuint FirstCapacity = 4096;

    /// <summary>NULL if there is no memory. What cannot be read is empty; the bytes are there always.</summary>
    internal static reseau_certificate* New(ReadOnlySpan<byte> der)
    {
        CertificateReader.TryRead(der, out CertificateReader fields);
        aws_byte_buf text;
        ByteBuf.Init(&text, Allocator.Default(), FirstCapacity);
        nuint subject = text.len;
        CertificateText.AppendName(&text, fields.Subject);
        ByteBuf.AppendByteDynamic(&text, 0);
        nuint issuer = text.len;
        CertificateText.AppendName(&text, fields.Issuer);
        ByteBuf.AppendByteDynamic(&text, 0);
        nuint pem = text.len;
        AppendPem(&text, der);
        nuint names = text.len;
        nuint count = AppendNames(&text, fields.Names);
        reseau_certificate* certificate = Lay(&text, names, count, der);
        ByteBuf.CleanUp(&text);
        if (certificate == null)
            return null;

        byte* texts = (byte*)(certificate->names + count);
        certificate->subject = texts + subject;
        certificate->issuer = texts + issuer;
        certificate->pem = texts + pem;
        DerReader times = new(fields.Validity);
        certificate->not_before = CertificateReader.TakeTime(ref times);
        certificate->not_after = CertificateReader.TakeTime(ref times);
        return certificate;
    }

    private static void AppendPem(aws_byte_buf* text, ReadOnlySpan<byte> der)
    {
        fixed (byte* bytes = der)
        {
            aws_string* pem = Pem.DerCertToPem(
                Allocator.Default(), new aws_byte_cursor { ptr = bytes, len = (nuint)der.Length });
            if (pem != null)
                CertificateText.Append(text, new ReadOnlySpan<byte>(pem->bytes, (int)pem->len));
            AwsString.Destroy(pem);
        }

        ByteBuf.AppendByteDynamic(text, 0);
    }

    // One after the other, each with its NUL. Those of a list that is damaged are none.
    private static nuint AppendNames(aws_byte_buf* text, ReadOnlySpan<byte> list)
    {
        nuint count = 0;
        nuint start = text->len;
        DerReader names = new(list);
        while (!names.IsAtEnd && count < MaxNames)
        {
            if (!names.TryRead(out byte tag, out ReadOnlySpan<byte> name))
            {
                text->len = start;
                return 0;
            }

            if (!CertificateText.TryAppendAlternative(text, tag, name))
                continue;
            ByteBuf.AppendByteDynamic(text, 0);
            count++;
        }

        return count;
    }

    private static reseau_certificate* Lay(aws_byte_buf* text, nuint names, nuint count, ReadOnlySpan<byte> der)
    {
        nuint pointers = count * (nuint)sizeof(byte*);
        nuint size = (nuint)sizeof(reseau_certificate) + pointers + text->len + (nuint)der.Length;
        reseau_certificate* certificate = (reseau_certificate*)Platform.Heap.Allocate(size);
        if (certificate == null)
            return null;

        *certificate = default;
        certificate->names = (byte**)(certificate + 1);
        certificate->name_count = count;
        byte* texts = (byte*)(certificate->names + count);
        NativeMemory.Copy(text->buffer, texts, text->len);
        byte* name = texts + names;
        for (nuint i = 0; i < count; i++)
        {
            certificate->names[i] = name;
            name += ByteCursor.FromCStr(name).len + 1;
        }

        certificate->der = texts + text->len;
        certificate->der_length = (nuint)der.Length;
        der.CopyTo(new Span<byte>(certificate->der, der.Length));
        return certificate;
    }
}
