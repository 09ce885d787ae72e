// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common.Text;

/// <summary>
/// URIs: the text, which the object owns, and views of its parts. A part that is missing is empty, a missing port zero.
/// </summary>
internal static unsafe partial class Uri
{
    // Ten digits and a colon.
    private const uint MaxPortLength = 11;

    /// <summary>
    /// aws_uri_init_parse: copies and splits the text; AWS_ERROR_MALFORMED_INPUT_STRING, and all zero, if it is no URI.
    /// </summary>
    internal static int InitParse(aws_uri* uri, aws_allocator* allocator, aws_byte_cursor* uri_str)
    {
        if (uri == null || allocator == null || !ByteCursor.IsValid(uri_str))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_byte_cursor text = *uri_str;
        Start(uri, allocator);
        ByteBuf.InitCopyFromCursor(&uri->uri_str, allocator, text);
        return Finish(uri);
    }

    /// <summary>
    /// aws_uri_init_from_builder_options: puts the text together and splits it. Parameters and a query string exclude
    /// each other: AWS_ERROR_INVALID_ARGUMENT. Nothing is encoded; AWS_ERROR_MALFORMED_INPUT_STRING if a part would
    /// not end where it was meant to.
    /// </summary>
    internal static int InitFromBuilderOptions(aws_uri* uri, aws_allocator* allocator, aws_uri_builder_options* options)
    {
        if (uri == null || allocator == null || options == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_uri_builder_options parts = *options;
        if (parts.query_string.len != 0 && parts.query_params != null)
        {
            *uri = default;
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        }

        Start(uri, allocator);
        ByteBuf.Init(&uri->uri_str, allocator, 0);
        if (!AddAuthority(&uri->uri_str, &parts))
            return Fail(uri);

        nuint authorityEnd = uri->uri_str.len;
        if (!AddPathAndQuery(&uri->uri_str, &parts))
            return Fail(uri);

        if (Finish(uri) != AWS_OP_SUCCESS)
            return AWS_OP_ERR;

        return IsMadeOf(uri, &parts, authorityEnd) ? AWS_OP_SUCCESS : Refuse(uri);
    }

    /// <summary>aws_uri_clean_up: releases the text; a second call does nothing.</summary>
    internal static void CleanUp(aws_uri* uri)
    {
        if (uri == null)
            return;

        ByteBuf.CleanUp(&uri->uri_str);
        *uri = default;
    }

    /// <summary>aws_uri_scheme: like all that follow, a view that is valid as long as the URI.</summary>
    internal static aws_byte_cursor* Scheme(aws_uri* uri) => uri == null ? null : &uri->scheme;

    /// <summary>aws_uri_authority: user information, host and port.</summary>
    internal static aws_byte_cursor* Authority(aws_uri* uri) => uri == null ? null : &uri->authority;

    /// <summary>aws_uri_path</summary>
    internal static aws_byte_cursor* Path(aws_uri* uri) => uri == null ? null : &uri->path;

    /// <summary>aws_uri_query_string: without the question mark.</summary>
    internal static aws_byte_cursor* QueryString(aws_uri* uri) => uri == null ? null : &uri->query_string;

    /// <summary>aws_uri_host_name: an IPv6 address without its brackets.</summary>
    internal static aws_byte_cursor* HostName(aws_uri* uri) => uri == null ? null : &uri->host_name;

    /// <summary>aws_uri_port: zero if the URI names none.</summary>
    internal static uint Port(aws_uri* uri) => uri == null ? 0 : uri->port;

    /// <summary>aws_uri_path_and_query: with the question mark.</summary>
    internal static aws_byte_cursor* PathAndQuery(aws_uri* uri) => uri == null ? null : &uri->path_and_query;

    private static void Start(aws_uri* uri, aws_allocator* allocator) =>
        *uri = new aws_uri { self_size = (nuint)sizeof(aws_uri), allocator = allocator };

    private static int Finish(aws_uri* uri) => UriParser.Parse(uri) ? AWS_OP_SUCCESS : Refuse(uri);

    private static int Refuse(aws_uri* uri)
    {
        CleanUp(uri);
        return Errors.Raise(AWS_ERROR_MALFORMED_INPUT_STRING);
    }

    private static int Fail(aws_uri* uri)
    {
        CleanUp(uri);
        return AWS_OP_ERR;
    }

    /// <summary>Else what was given for a path, say, would decide about the host.</summary>
    private static bool IsMadeOf(aws_uri* uri, aws_uri_builder_options* parts, nuint authorityEnd)
    {
        nuint authorityStart = parts->scheme.len == 0 ? 0 : parts->scheme.len + (nuint)"://"u8.Length;
        return uri->scheme.len == parts->scheme.len &&
            uri->authority.len == authorityEnd - authorityStart &&
            uri->path_and_query.len == uri->uri_str.len - authorityEnd;
    }

    private static bool AddAuthority(aws_byte_buf* text, aws_uri_builder_options* parts)
    {
        bool isDone = parts->scheme.len == 0 ||
            (Add(text, parts->scheme) && Add(text, ByteCursor.FromLiteral("://"u8)));
        return isDone && Add(text, parts->host_name) && (parts->port == 0 || AddPort(text, parts->port));
    }

    private static bool AddPathAndQuery(aws_byte_buf* text, aws_uri_builder_options* parts)
    {
        if (!Add(text, parts->path))
            return false;
        if (parts->query_params != null)
            return AddParams(text, parts->query_params);

        return parts->query_string.len == 0 ||
            (Add(text, ByteCursor.FromLiteral("?"u8)) && Add(text, parts->query_string));
    }

    private static bool AddPort(aws_byte_buf* text, uint port)
    {
        if (ByteBuf.ReserveSmartRelative(text, MaxPortLength) != AWS_OP_SUCCESS)
            return false;

        ByteBuf.WriteU8(text, (byte)':');
        port.TryFormat(new Span<byte>(text->buffer + text->len, (int)MaxPortLength - 1), out int digits);
        text->len += (nuint)digits;
        return true;
    }

    private static bool AddParams(aws_byte_buf* text, aws_array_list* parameters)
    {
        for (nuint i = 0; i < parameters->length; i++)
        {
            aws_uri_param* parameter = (aws_uri_param*)ArrayList.ItemAt(parameters, i);
            if (!Add(text, ByteCursor.FromLiteral(i == 0 ? "?"u8 : "&"u8)) || !Add(text, parameter->key) ||
                !Add(text, ByteCursor.FromLiteral("="u8)) || !Add(text, parameter->value))
                return false;
        }

        return true;
    }

    private static bool Add(aws_byte_buf* text, aws_byte_cursor part) =>
        ByteBuf.AppendDynamic(text, &part) == AWS_OP_SUCCESS;
}
