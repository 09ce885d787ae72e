// SPDX-License-Identifier: Apache-2.0
using System;

namespace Reseau.Native.Common;

/// <summary>Names and descriptions of the error codes and log subjects of the common library.</summary>
internal static unsafe class CommonErrors
{
    private static nint s_errors;
    private static nint s_subjects;

    internal static aws_error_info_list* Errors =>
        ErrorInfoList.Get(ref s_errors, AWS_ERROR_SUCCESS, "aws-c-common"u8, ErrorEntries);

    internal static aws_log_subject_info_list* LogSubjects =>
        LogSubjectInfoList.Get(ref s_subjects, AWS_LS_COMMON_GENERAL, SubjectEntries);

    // In the order of the codes, without a gap.
    private static ReadOnlySpan<byte> ErrorEntries =>
        "AWS_ERROR_SUCCESS\0Success: there was no error.\0"u8 +
        "AWS_ERROR_OOM\0There is no memory left.\0"u8 +
        "AWS_ERROR_NO_SPACE\0The disk is full.\0"u8 +
        "AWS_ERROR_UNKNOWN\0An error of unknown cause.\0"u8 +
        "AWS_ERROR_SHORT_BUFFER\0The buffer is too short for the result.\0"u8 +
        "AWS_ERROR_OVERFLOW_DETECTED\0A number does not fit into its type.\0"u8 +
        "AWS_ERROR_UNSUPPORTED_OPERATION\0The object does not support this operation.\0"u8 +
        "AWS_ERROR_INVALID_BUFFER_SIZE\0The buffer's size is not allowed here.\0"u8 +
        "AWS_ERROR_INVALID_HEX_STR\0The text is not hexadecimal.\0"u8 +
        "AWS_ERROR_INVALID_BASE64_STR\0The text is not base64.\0"u8 +
        "AWS_ERROR_INVALID_INDEX\0The index lies outside the list.\0"u8 +
        "AWS_ERROR_THREAD_INVALID_SETTINGS\0The thread's settings are not valid.\0"u8 +
        "AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE\0The system cannot start another thread.\0"u8 +
        "AWS_ERROR_THREAD_NO_PERMISSIONS\0The process may not do this to a thread.\0"u8 +
        "AWS_ERROR_THREAD_NOT_JOINABLE\0The thread cannot be joined.\0"u8 +
        "AWS_ERROR_THREAD_NO_SUCH_THREAD_ID\0No thread has this id.\0"u8 +
        "AWS_ERROR_THREAD_DEADLOCK_DETECTED\0The threads would wait for each other forever.\0"u8 +
        "AWS_ERROR_MUTEX_NOT_INIT\0The mutex has not been initialised.\0"u8 +
        "AWS_ERROR_MUTEX_TIMEOUT\0The mutex was not free in time.\0"u8 +
        "AWS_ERROR_MUTEX_CALLER_NOT_OWNER\0The calling thread does not hold the mutex.\0"u8 +
        "AWS_ERROR_MUTEX_FAILED\0The mutex operation failed.\0"u8 +
        "AWS_ERROR_COND_VARIABLE_INIT_FAILED\0The condition variable could not be initialised.\0"u8 +
        "AWS_ERROR_COND_VARIABLE_TIMED_OUT\0Nobody signalled the condition variable in time.\0"u8 +
        "AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN\0The condition variable failed for an unknown reason.\0"u8 +
        "AWS_ERROR_CLOCK_FAILURE\0The clock could not be read.\0"u8 +
        "AWS_ERROR_LIST_EMPTY\0The list has no items.\0"u8 +
        "AWS_ERROR_DEST_COPY_TOO_SMALL\0The destination is too small for the copy.\0"u8 +
        "AWS_ERROR_LIST_EXCEEDS_MAX_SIZE\0The list cannot grow any further.\0"u8 +
        "AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK\0A list over the caller's own memory cannot shrink.\0"u8 +
        "AWS_ERROR_PRIORITY_QUEUE_FULL\0The queue over the caller's own memory is full.\0"u8 +
        "AWS_ERROR_PRIORITY_QUEUE_EMPTY\0The queue has no items.\0"u8 +
        "AWS_ERROR_PRIORITY_QUEUE_BAD_NODE\0The node is not in this queue.\0"u8 +
        "AWS_ERROR_HASHTBL_ITEM_NOT_FOUND\0The hash table has no such item.\0"u8 +
        "AWS_ERROR_INVALID_DATE_STR\0The text is not a date in the expected format.\0"u8 +
        "AWS_ERROR_INVALID_ARGUMENT\0A function was given an argument that it does not accept.\0"u8 +
        "AWS_ERROR_RANDOM_GEN_FAILED\0The system gave no random bytes; a later try may succeed.\0"u8 +
        "AWS_ERROR_MALFORMED_INPUT_STRING\0The text does not have the format that its parser expects.\0"u8 +
        "AWS_ERROR_UNIMPLEMENTED\0This function has no implementation here.\0"u8 +
        "AWS_ERROR_INVALID_STATE\0The object is not in a state that allows this.\0"u8 +
        "AWS_ERROR_ENVIRONMENT_GET\0The environment variable could not be read.\0"u8 +
        "AWS_ERROR_ENVIRONMENT_SET\0The environment variable could not be set.\0"u8 +
        "AWS_ERROR_ENVIRONMENT_UNSET\0The environment variable could not be removed.\0"u8 +
        "AWS_ERROR_STREAM_UNSEEKABLE\0The stream has no positions to seek to.\0"u8 +
        "AWS_ERROR_NO_PERMISSION\0The user is not allowed to do this.\0"u8 +
        "AWS_ERROR_FILE_INVALID_PATH\0The path does not lead to a suitable file.\0"u8 +
        "AWS_ERROR_MAX_FDS_EXCEEDED\0No more file descriptors can be opened.\0"u8 +
        "AWS_ERROR_SYS_CALL_FAILURE\0A system call failed.\0"u8 +
        "AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED\0The buffer holds no NUL where a C string must end.\0"u8 +
        "AWS_ERROR_STRING_MATCH_NOT_FOUND\0The text does not contain what was searched for.\0"u8 +
        "AWS_ERROR_DIVIDE_BY_ZERO\0The divisor is zero.\0"u8 +
        "AWS_ERROR_INVALID_FILE_HANDLE\0The file handle is not valid.\0"u8 +
        "AWS_ERROR_OPERATION_INTERUPTED\0The operation was interrupted before its end.\0"u8 +
        "AWS_ERROR_DIRECTORY_NOT_EMPTY\0The directory still has entries.\0"u8 +
        "AWS_ERROR_PLATFORM_NOT_SUPPORTED\0This platform does not offer the feature.\0"u8 +
        "AWS_ERROR_INVALID_UTF8\0The text is not UTF-8.\0"u8 +
        "AWS_ERROR_GET_HOME_DIRECTORY_FAILED\0The home directory could not be found.\0"u8 +
        "AWS_ERROR_INVALID_XML\0The document is not XML.\0"u8 +
        "AWS_ERROR_FILE_OPEN_FAILURE\0The file could not be opened.\0"u8 +
        "AWS_ERROR_FILE_READ_FAILURE\0The file could not be read.\0"u8 +
        "AWS_ERROR_FILE_WRITE_FAILURE\0The file could not be written.\0"u8 +
        "AWS_ERROR_INVALID_CBOR\0The data is not CBOR.\0"u8 +
        "AWS_ERROR_CBOR_UNEXPECTED_TYPE\0The CBOR item has another type than the one asked for.\0"u8 +
        "AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED\0The CBOR data asks for more than the decoder's limits allow.\0"u8;

    private static ReadOnlySpan<byte> SubjectEntries =>
        "aws-c-common\0Everything that has no subject of its own.\0"u8 +
        "task-scheduler\0Task schedulers and their tasks.\0"u8 +
        "thread\0Threads.\0"u8 +
        "memtrace\0The memory tracer's list of live allocations.\0"u8 +
        "xml-parser\0The XML parser.\0"u8 +
        "common-io\0Files and directories.\0"u8 +
        "bus\0The message bus.\0"u8 +
        "test\0Tests.\0"u8 +
        "json-parser\0The JSON parser.\0"u8 +
        "cbor\0The CBOR encoder and decoder.\0"u8;
}
