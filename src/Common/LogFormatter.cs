// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class LogFormatter
{
    /// <summary>aws_log_formatter_init_default</summary>
    internal static int InitDefault(aws_log_formatter* formatter, aws_allocator* allocator, aws_log_formatter_standard_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_log_formatter_clean_up</summary>
    internal static void CleanUp(aws_log_formatter* formatter) => throw new System.NotImplementedException();
}
