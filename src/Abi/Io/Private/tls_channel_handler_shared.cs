// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/private/tls_channel_handler_shared.h>.
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_tls_handler_read_state : uint
{
    AWS_TLS_HANDLER_OPEN = 0,
    AWS_TLS_HANDLER_READ_SHUTTING_DOWN = 1,
    AWS_TLS_HANDLER_READ_SHUT_DOWN_COMPLETE = 2,
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_tls_channel_handler_shared
{
    public uint tls_timeout_ms;
    public aws_channel_handler* handler;
    public aws_channel_task timeout_task;
    public aws_crt_statistics_tls stats;
}
