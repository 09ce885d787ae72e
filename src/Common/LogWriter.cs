// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class LogWriter
{
    /// <summary>aws_log_writer_init_stdout</summary>
    internal static int InitStdout(aws_log_writer* writer, aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_log_writer_init_stderr</summary>
    internal static int InitStderr(aws_log_writer* writer, aws_allocator* allocator) => throw new System.NotImplementedException();

    /// <summary>aws_log_writer_init_file</summary>
    internal static int InitFile(aws_log_writer* writer, aws_allocator* allocator, aws_log_writer_file_options* options) => throw new System.NotImplementedException();

    /// <summary>aws_log_writer_clean_up</summary>
    internal static void CleanUp(aws_log_writer* writer) => throw new System.NotImplementedException();
}
