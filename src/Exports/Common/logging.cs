// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Reseau.Native.Common;

namespace Reseau.Native.Exports;

/// <summary>The C entry points of &lt;aws/common/logging.h&gt;.</summary>
public static unsafe class Exports_common_logging
{
    [UnmanagedCallersOnly(EntryPoint = "aws_logger_set", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_logger_set(aws_logger* logger) => Logger.Set(logger);

    [UnmanagedCallersOnly(EntryPoint = "aws_logger_get", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_logger* aws_logger_get() => Logger.Get();

    [UnmanagedCallersOnly(EntryPoint = "aws_logger_get_conditional", CallConvs = [typeof(CallConvCdecl)])]
    public static aws_logger* aws_logger_get_conditional(uint subject, aws_log_level level) => Logger.GetConditional(subject, level);

    [UnmanagedCallersOnly(EntryPoint = "aws_logger_clean_up", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_logger_clean_up(aws_logger* logger) => Logger.CleanUp(logger);

    [UnmanagedCallersOnly(EntryPoint = "aws_logger_set_log_level", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_logger_set_log_level(aws_logger* logger, aws_log_level level) => Logger.SetLogLevel(logger, level);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_level_to_string", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_log_level_to_string(aws_log_level log_level, byte** level_string) => LogNames.LogLevelToString(log_level, level_string);

    [UnmanagedCallersOnly(EntryPoint = "aws_string_to_log_level", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_string_to_log_level(byte* level_string, aws_log_level* log_level) => LogNames.ParseLevel(level_string, log_level);

    [UnmanagedCallersOnly(EntryPoint = "aws_thread_id_t_to_string", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_thread_id_t_to_string(aws_thread_id_t thread_id, byte* buffer, nuint bufsz) => Threads.IdToString(thread_id, buffer, bufsz);

    [UnmanagedCallersOnly(EntryPoint = "aws_log_subject_name", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* aws_log_subject_name(uint subject) => LogNames.LogSubjectName(subject);

    [UnmanagedCallersOnly(EntryPoint = "aws_register_log_subject_info_list", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_register_log_subject_info_list(aws_log_subject_info_list* log_subject_list) => LogNames.RegisterLogSubjectInfoList(log_subject_list);

    [UnmanagedCallersOnly(EntryPoint = "aws_unregister_log_subject_info_list", CallConvs = [typeof(CallConvCdecl)])]
    public static void aws_unregister_log_subject_info_list(aws_log_subject_info_list* log_subject_list) => LogNames.UnregisterLogSubjectInfoList(log_subject_list);

    [UnmanagedCallersOnly(EntryPoint = "aws_logger_init_standard", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_logger_init_standard(aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options) => Logger.InitStandard(logger, allocator, options);

    [UnmanagedCallersOnly(EntryPoint = "aws_logger_init_from_external", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_logger_init_from_external(aws_logger* logger, aws_allocator* allocator, aws_log_formatter* formatter, aws_log_channel* channel, aws_log_writer* writer, aws_log_level level) => Logger.InitFromExternal(logger, allocator, formatter, channel, writer, level);

    [UnmanagedCallersOnly(EntryPoint = "aws_logger_init_noalloc", CallConvs = [typeof(CallConvCdecl)])]
    public static int aws_logger_init_noalloc(aws_logger* logger, aws_allocator* allocator, aws_logger_standard_options* options) => Logger.InitNoalloc(logger, allocator, options);
}
