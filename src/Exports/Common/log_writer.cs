// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/log_writer.h&gt;.</summary>
public static unsafe class Exports_common_log_writer
{
    [UnmanagedCallersOnly(EntryPoint = "aws_log_writer_init_stdout", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_log_writer_init_stdout(aws_log_writer* writer, aws_allocator* allocator) => LogWriter.InitStdout(writer, allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_writer_init_stderr", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_log_writer_init_stderr(aws_log_writer* writer, aws_allocator* allocator) => LogWriter.InitStderr(writer, allocator);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_writer_init_file", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_log_writer_init_file(aws_log_writer* writer, aws_allocator* allocator, aws_log_writer_file_options* options) => LogWriter.InitFile(writer, allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_writer_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_log_writer_clean_up(aws_log_writer* writer) => LogWriter.CleanUp(writer);
}
