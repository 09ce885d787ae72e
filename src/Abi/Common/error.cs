// SPDX-License-Identifier: Apache-2.0
// Types of <aws/common/error.h>.
global using unsafe aws_error_handler_fn = delegate* unmanaged[Cdecl]<int, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public static class aws_common_error
{
    public const int AWS_ERROR_SUCCESS = 0;
    public const int AWS_ERROR_OOM = 1;
    public const int AWS_ERROR_NO_SPACE = 2;
    public const int AWS_ERROR_UNKNOWN = 3;
    public const int AWS_ERROR_SHORT_BUFFER = 4;
    public const int AWS_ERROR_OVERFLOW_DETECTED = 5;
    public const int AWS_ERROR_UNSUPPORTED_OPERATION = 6;
    public const int AWS_ERROR_INVALID_BUFFER_SIZE = 7;
    public const int AWS_ERROR_INVALID_HEX_STR = 8;
    public const int AWS_ERROR_INVALID_BASE64_STR = 9;
    public const int AWS_ERROR_INVALID_INDEX = 10;
    public const int AWS_ERROR_THREAD_INVALID_SETTINGS = 11;
    public const int AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE = 12;
    public const int AWS_ERROR_THREAD_NO_PERMISSIONS = 13;
    public const int AWS_ERROR_THREAD_NOT_JOINABLE = 14;
    public const int AWS_ERROR_THREAD_NO_SUCH_THREAD_ID = 15;
    public const int AWS_ERROR_THREAD_DEADLOCK_DETECTED = 16;
    public const int AWS_ERROR_MUTEX_NOT_INIT = 17;
    public const int AWS_ERROR_MUTEX_TIMEOUT = 18;
    public const int AWS_ERROR_MUTEX_CALLER_NOT_OWNER = 19;
    public const int AWS_ERROR_MUTEX_FAILED = 20;
    public const int AWS_ERROR_COND_VARIABLE_INIT_FAILED = 21;
    public const int AWS_ERROR_COND_VARIABLE_TIMED_OUT = 22;
    public const int AWS_ERROR_COND_VARIABLE_ERROR_UNKNOWN = 23;
    public const int AWS_ERROR_CLOCK_FAILURE = 24;
    public const int AWS_ERROR_LIST_EMPTY = 25;
    public const int AWS_ERROR_DEST_COPY_TOO_SMALL = 26;
    public const int AWS_ERROR_LIST_EXCEEDS_MAX_SIZE = 27;
    public const int AWS_ERROR_LIST_STATIC_MODE_CANT_SHRINK = 28;
    public const int AWS_ERROR_PRIORITY_QUEUE_FULL = 29;
    public const int AWS_ERROR_PRIORITY_QUEUE_EMPTY = 30;
    public const int AWS_ERROR_PRIORITY_QUEUE_BAD_NODE = 31;
    public const int AWS_ERROR_HASHTBL_ITEM_NOT_FOUND = 32;
    public const int AWS_ERROR_INVALID_DATE_STR = 33;
    public const int AWS_ERROR_INVALID_ARGUMENT = 34;
    public const int AWS_ERROR_RANDOM_GEN_FAILED = 35;
    public const int AWS_ERROR_MALFORMED_INPUT_STRING = 36;
    public const int AWS_ERROR_UNIMPLEMENTED = 37;
    public const int AWS_ERROR_INVALID_STATE = 38;
    public const int AWS_ERROR_ENVIRONMENT_GET = 39;
    public const int AWS_ERROR_ENVIRONMENT_SET = 40;
    public const int AWS_ERROR_ENVIRONMENT_UNSET = 41;
    public const int AWS_ERROR_STREAM_UNSEEKABLE = 42;
    public const int AWS_ERROR_NO_PERMISSION = 43;
    public const int AWS_ERROR_FILE_INVALID_PATH = 44;
    public const int AWS_ERROR_MAX_FDS_EXCEEDED = 45;
    public const int AWS_ERROR_SYS_CALL_FAILURE = 46;
    public const int AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED = 47;
    public const int AWS_ERROR_STRING_MATCH_NOT_FOUND = 48;
    public const int AWS_ERROR_DIVIDE_BY_ZERO = 49;
    public const int AWS_ERROR_INVALID_FILE_HANDLE = 50;
    public const int AWS_ERROR_OPERATION_INTERUPTED = 51;
    public const int AWS_ERROR_DIRECTORY_NOT_EMPTY = 52;
    public const int AWS_ERROR_PLATFORM_NOT_SUPPORTED = 53;
    public const int AWS_ERROR_INVALID_UTF8 = 54;
    public const int AWS_ERROR_GET_HOME_DIRECTORY_FAILED = 55;
    public const int AWS_ERROR_INVALID_XML = 56;
    public const int AWS_ERROR_FILE_OPEN_FAILURE = 57;
    public const int AWS_ERROR_FILE_READ_FAILURE = 58;
    public const int AWS_ERROR_FILE_WRITE_FAILURE = 59;
    public const int AWS_ERROR_INVALID_CBOR = 60;
    public const int AWS_ERROR_CBOR_UNEXPECTED_TYPE = 61;
    public const int AWS_ERROR_CBOR_RESOURCE_LIMIT_EXCEEDED = 62;
    public const int AWS_ERROR_END_COMMON_RANGE = 1023;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_error_info
{
    public int error_code;
    public byte* literal_name;
    public byte* error_str;
    public byte* lib_name;
    public byte* formatted_name;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_error_info_list
{
    public aws_error_info* error_list;
    public ushort count;
}
