// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common.Text;

/// <summary>The parameters of a query string.</summary>
internal static unsafe partial class Uri
{
    /// <summary>
    /// aws_query_string_next_param: <paramref name="param"/> is all zero before the first call and becomes one
    /// parameter after another; false after the last. A parameter without "=" has an empty value, empty ones are left
    /// out, and nothing is decoded.
    /// </summary>
    internal static bool NextQueryParam(aws_byte_cursor query_string, aws_uri_param* param)
    {
        if (param == null)
            return false;

        aws_byte_cursor piece = default;
        if (param->value.ptr != null)
        {
            piece.ptr = param->key.ptr;
            piece.len = (nuint)(param->value.ptr - param->key.ptr) + param->value.len;
        }

        do
        {
            if (!ByteCursor.NextSplit(&query_string, (byte)'&', &piece))
                return false;
        }
        while (piece.len == 0);

        nuint equals = ByteArray.IndexOf(piece.ptr, piece.len, (byte)'=');
        nuint keyLength = equals == ByteArray.NotFound ? piece.len : equals;
        nuint valueStart = equals == ByteArray.NotFound ? piece.len : equals + 1;
        param->key = new aws_byte_cursor { ptr = piece.ptr, len = keyLength };
        param->value = new aws_byte_cursor { ptr = piece.ptr + valueStart, len = piece.len - valueStart };
        return true;
    }

    /// <summary>aws_query_string_params: appends all parameters to the list.</summary>
    internal static int QueryParams(aws_byte_cursor query_string, aws_array_list* out_params)
    {
        if (out_params == null || out_params->item_size < (nuint)sizeof(aws_uri_param))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        aws_uri_param param = default;
        while (NextQueryParam(query_string, &param))
        {
            if (ArrayList.PushBack(out_params, &param) != AWS_OP_SUCCESS)
                return AWS_OP_ERR;
        }

        return AWS_OP_SUCCESS;
    }

    /// <summary>aws_uri_query_string_next_param</summary>
    internal static bool QueryStringNextParam(aws_uri* uri, aws_uri_param* param) =>
        uri != null && NextQueryParam(uri->query_string, param);

    /// <summary>aws_uri_query_string_params</summary>
    internal static int QueryStringParams(aws_uri* uri, aws_array_list* out_params) =>
        uri == null ? Errors.Raise(AWS_ERROR_INVALID_ARGUMENT) : QueryParams(uri->query_string, out_params);
}
