// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;

namespace Reseau.Native.Tls;

/// <summary>The settings of one connection. One thread at a time.</summary>
internal static unsafe class TlsConnectionOptions
{
    private const uint DefaultTimeoutMilliseconds = 10_000;

    /// <summary>Overwrites the struct; holds the context until <see cref="CleanUp"/>.</summary>
    internal static void InitFromCtx(aws_tls_connection_options* conn_options, aws_tls_ctx* ctx)
    {
        if (conn_options == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        *conn_options = default;
        conn_options->ctx = TlsContext.Acquire(ctx);
        conn_options->timeout_ms = DefaultTimeoutMilliseconds;
    }

    /// <summary>Frees what the options hold and zeroes them. A zeroed struct is allowed.</summary>
    internal static void CleanUp(aws_tls_connection_options* connection_options)
    {
        if (connection_options == null)
            return;

        TlsContext.Release(connection_options->ctx);
        AwsString.Destroy(connection_options->alpn_list);
        AwsString.Destroy(connection_options->server_name);
        *connection_options = default;
    }

    /// <summary>Replaces <paramref name="to"/>, which must be zeroed or set, by a copy that lives by itself.</summary>
    internal static int Copy(aws_tls_connection_options* to, aws_tls_connection_options* from)
    {
        if (to == null || from == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
        if (to == from)
            return AWS_OP_SUCCESS;

        CleanUp(to);
        *to = *from;
        to->ctx = TlsContext.Acquire(from->ctx);
        to->alpn_list = CopyOf(from->alpn_list);
        to->server_name = CopyOf(from->server_name);
        return AWS_OP_SUCCESS;
    }

    internal static void SetCallbacks(
        aws_tls_connection_options* conn_options,
        aws_tls_on_negotiation_result_fn on_negotiation_result,
        aws_tls_on_data_read_fn on_data_read,
        aws_tls_on_error_fn on_error,
        void* user_data)
    {
        if (conn_options == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        conn_options->on_negotiation_result = on_negotiation_result;
        conn_options->on_data_read = on_data_read;
        conn_options->on_error = on_error;
        conn_options->user_data = user_data;
    }

    /// <summary>The name to ask the server for, and to find in its certificate; copied. Replaces an older one.</summary>
    internal static int SetServerName(
        aws_tls_connection_options* conn_options, aws_allocator* allocator, aws_byte_cursor* server_name)
    {
        if (conn_options == null || allocator == null || server_name == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        AwsString.Destroy(conn_options->server_name);
        conn_options->server_name = AwsString.NewFromCursor(allocator, server_name);
        return conn_options->server_name == null ? AWS_OP_ERR : AWS_OP_SUCCESS;
    }

    /// <summary>Protocols in order of preference, separated by semicolons; copied. Replaces an older list.</summary>
    internal static int SetAlpnList(aws_tls_connection_options* conn_options, aws_allocator* allocator, byte* alpn_list)
    {
        if (conn_options == null || allocator == null || alpn_list == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        AwsString.Destroy(conn_options->alpn_list);
        conn_options->alpn_list = AwsString.NewFromCStr(allocator, alpn_list);
        return conn_options->alpn_list == null ? AWS_OP_ERR : AWS_OP_SUCCESS;
    }

    private static aws_string* CopyOf(aws_string* text) =>
        text == null ? null : AwsString.NewFromString(text->allocator, text);
}
