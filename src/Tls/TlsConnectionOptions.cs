// SPDX-License-Identifier: Apache-2.0
using System;
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

    /// <summary>
    /// The name to ask the server for, and to find in its certificate; kept in the spelling of <see cref="HostName"/>.
    /// Replaces an older one. An empty name is none. AWS_ERROR_INVALID_ARGUMENT for what is no name of a host.
    /// </summary>
    internal static int SetServerName(
        aws_tls_connection_options* conn_options, aws_allocator* allocator, aws_byte_cursor* server_name)
    {
        if (conn_options == null || allocator == null || !ByteCursor.IsValid(server_name))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        HostName host = default;
        if (server_name->len > 0 && !TryParseServerName(*server_name, out host))
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        AwsString.Destroy(conn_options->server_name);
        fixed (byte* text = host.Text)
            conn_options->server_name = AwsString.NewFromArray(allocator, text, (nuint)host.Text.Length);
        return conn_options->server_name == null ? AWS_OP_ERR : AWS_OP_SUCCESS;
    }

    /// <summary>Says in the log why a name is refused, without the name.</summary>
    internal static bool TryParseServerName(aws_byte_cursor name, out HostName host)
    {
        host = default;
        if (name.len <= int.MaxValue && HostName.TryParse(new ReadOnlySpan<byte>(name.ptr, (int)name.len), out host))
            return true;

        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_TLS,
            $"static: the server name, {name.len} bytes, is no name of a host: labels of 1 to 63 letters, digits, " +
            $"'-' and '_', at most 253 in all, the last no number; other scripts in the form that begins with " +
            $"xn--; or an address");
        return false;
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
