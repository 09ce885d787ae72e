// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/log_formatter.h&gt;.</summary>
public static unsafe class Exports_common_log_formatter
{
    [UnmanagedCallersOnly(EntryPoint = "aws_log_formatter_init_default", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_log_formatter_init_default(aws_log_formatter* formatter, aws_allocator* allocator, aws_log_formatter_standard_options* options) => LogFormatter.InitDefault(formatter, allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_formatter_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_log_formatter_clean_up(aws_log_formatter* formatter) => LogFormatter.CleanUp(formatter);
}
