// SPDX-License-Identifier: Apache-2.0

namespace Reseau.Native.Common;

/// <summary></summary>
internal static unsafe class Logging
{
    /// <summary>aws_log_level_to_string</summary>
    internal static int LogLevelToString(aws_log_level log_level, byte** level_string) => throw new System.NotImplementedException();

    /// <summary>aws_string_to_log_level</summary>
    internal static int ParseLevel(byte* level_string, aws_log_level* log_level) => throw new System.NotImplementedException();

    /// <summary>aws_log_subject_name</summary>
    internal static byte* LogSubjectName(uint subject) => throw new System.NotImplementedException();

    /// <summary>aws_register_log_subject_info_list</summary>
    internal static void RegisterLogSubjectInfoList(aws_log_subject_info_list* log_subject_list) => throw new System.NotImplementedException();

    /// <summary>aws_unregister_log_subject_info_list</summary>
    internal static void UnregisterLogSubjectInfoList(aws_log_subject_info_list* log_subject_list) => throw new System.NotImplementedException();
}
