// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/io.h>.
global using unsafe aws_channel_on_message_write_completed_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_channel*, Reseau.Native.Abi.aws_io_message*, int, void*, void>;
global using unsafe aws_io_clock_fn = delegate* unmanaged[Cdecl]<ulong*, int>;
global using unsafe aws_io_set_queue_on_handle_fn =
    delegate* unmanaged[Cdecl]<Reseau.Native.Abi.aws_io_handle*, void*, void>;
using System.Runtime.InteropServices;

namespace Reseau.Native.Abi;

public enum aws_io_message_type : uint
{
    AWS_IO_MESSAGE_APPLICATION_DATA = 0,
}

public static class aws_io_errors
{
    public const int AWS_IO_CHANNEL_ERROR_ERROR_CANT_ACCEPT_INPUT = 1024;
    public const int AWS_IO_CHANNEL_UNKNOWN_MESSAGE_TYPE = 1025;
    public const int AWS_IO_CHANNEL_READ_WOULD_EXCEED_WINDOW = 1026;
    public const int AWS_IO_EVENT_LOOP_ALREADY_ASSIGNED = 1027;
    public const int AWS_IO_EVENT_LOOP_SHUTDOWN = 1028;
    public const int AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE = 1029;
    public const int AWS_IO_TLS_ERROR_NOT_NEGOTIATED = 1030;
    public const int AWS_IO_TLS_ERROR_WRITE_FAILURE = 1031;
    public const int AWS_IO_TLS_ERROR_ALERT_RECEIVED = 1032;
    public const int AWS_IO_TLS_CTX_ERROR = 1033;
    public const int AWS_IO_TLS_VERSION_UNSUPPORTED = 1034;
    public const int AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED = 1035;
    public const int AWS_IO_MISSING_ALPN_MESSAGE = 1036;
    public const int AWS_IO_UNHANDLED_ALPN_PROTOCOL_MESSAGE = 1037;
    public const int AWS_IO_FILE_VALIDATION_FAILURE = 1038;
    public const int AWS_ERROR_IO_EVENT_LOOP_THREAD_ONLY = 1039;
    public const int AWS_ERROR_IO_ALREADY_SUBSCRIBED = 1040;
    public const int AWS_ERROR_IO_NOT_SUBSCRIBED = 1041;
    public const int AWS_ERROR_IO_OPERATION_CANCELLED = 1042;
    public const int AWS_IO_READ_WOULD_BLOCK = 1043;
    public const int AWS_IO_BROKEN_PIPE = 1044;
    public const int AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY = 1045;
    public const int AWS_IO_SOCKET_INVALID_OPERATION_FOR_TYPE = 1046;
    public const int AWS_IO_SOCKET_CONNECTION_REFUSED = 1047;
    public const int AWS_IO_SOCKET_TIMEOUT = 1048;
    public const int AWS_IO_SOCKET_NO_ROUTE_TO_HOST = 1049;
    public const int AWS_IO_SOCKET_NETWORK_DOWN = 1050;
    public const int AWS_IO_SOCKET_CLOSED = 1051;
    public const int AWS_IO_SOCKET_NOT_CONNECTED = 1052;
    public const int AWS_IO_SOCKET_INVALID_OPTIONS = 1053;
    public const int AWS_IO_SOCKET_ADDRESS_IN_USE = 1054;
    public const int AWS_IO_SOCKET_INVALID_ADDRESS = 1055;
    public const int AWS_IO_SOCKET_ILLEGAL_OPERATION_FOR_STATE = 1056;
    public const int AWS_IO_SOCKET_CONNECT_ABORTED = 1057;
    public const int AWS_IO_DNS_QUERY_FAILED = 1058;
    public const int AWS_IO_DNS_INVALID_NAME = 1059;
    public const int AWS_IO_DNS_NO_ADDRESS_FOR_HOST = 1060;
    public const int AWS_IO_DNS_HOST_REMOVED_FROM_CACHE = 1061;
    public const int AWS_IO_STREAM_INVALID_SEEK_POSITION = 1062;
    public const int AWS_IO_STREAM_READ_FAILED = 1063;
    public const int DEPRECATED_AWS_IO_INVALID_FILE_HANDLE = 1064;
    public const int AWS_IO_SHARED_LIBRARY_LOAD_FAILURE = 1065;
    public const int AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE = 1066;
    public const int AWS_IO_TLS_NEGOTIATION_TIMEOUT = 1067;
    public const int AWS_IO_TLS_ALERT_NOT_GRACEFUL = 1068;
    public const int AWS_IO_MAX_RETRIES_EXCEEDED = 1069;
    public const int AWS_IO_RETRY_PERMISSION_DENIED = 1070;
    public const int AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED = 1071;
    public const int AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED = 1072;
    public const int AWS_ERROR_PKCS11_VERSION_UNSUPPORTED = 1073;
    public const int AWS_ERROR_PKCS11_TOKEN_NOT_FOUND = 1074;
    public const int AWS_ERROR_PKCS11_KEY_NOT_FOUND = 1075;
    public const int AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED = 1076;
    public const int AWS_ERROR_PKCS11_UNKNOWN_CRYPTOKI_RETURN_VALUE = 1077;
    public const int AWS_ERROR_PKCS11_CKR_CANCEL = 1078;
    public const int AWS_ERROR_PKCS11_CKR_HOST_MEMORY = 1079;
    public const int AWS_ERROR_PKCS11_CKR_SLOT_ID_INVALID = 1080;
    public const int AWS_ERROR_PKCS11_CKR_GENERAL_ERROR = 1081;
    public const int AWS_ERROR_PKCS11_CKR_FUNCTION_FAILED = 1082;
    public const int AWS_ERROR_PKCS11_CKR_ARGUMENTS_BAD = 1083;
    public const int AWS_ERROR_PKCS11_CKR_NO_EVENT = 1084;
    public const int AWS_ERROR_PKCS11_CKR_NEED_TO_CREATE_THREADS = 1085;
    public const int AWS_ERROR_PKCS11_CKR_CANT_LOCK = 1086;
    public const int AWS_ERROR_PKCS11_CKR_ATTRIBUTE_READ_ONLY = 1087;
    public const int AWS_ERROR_PKCS11_CKR_ATTRIBUTE_SENSITIVE = 1088;
    public const int AWS_ERROR_PKCS11_CKR_ATTRIBUTE_TYPE_INVALID = 1089;
    public const int AWS_ERROR_PKCS11_CKR_ATTRIBUTE_VALUE_INVALID = 1090;
    public const int AWS_ERROR_PKCS11_CKR_ACTION_PROHIBITED = 1091;
    public const int AWS_ERROR_PKCS11_CKR_DATA_INVALID = 1092;
    public const int AWS_ERROR_PKCS11_CKR_DATA_LEN_RANGE = 1093;
    public const int AWS_ERROR_PKCS11_CKR_DEVICE_ERROR = 1094;
    public const int AWS_ERROR_PKCS11_CKR_DEVICE_MEMORY = 1095;
    public const int AWS_ERROR_PKCS11_CKR_DEVICE_REMOVED = 1096;
    public const int AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_INVALID = 1097;
    public const int AWS_ERROR_PKCS11_CKR_ENCRYPTED_DATA_LEN_RANGE = 1098;
    public const int AWS_ERROR_PKCS11_CKR_FUNCTION_CANCELED = 1099;
    public const int AWS_ERROR_PKCS11_CKR_FUNCTION_NOT_PARALLEL = 1100;
    public const int AWS_ERROR_PKCS11_CKR_FUNCTION_NOT_SUPPORTED = 1101;
    public const int AWS_ERROR_PKCS11_CKR_KEY_HANDLE_INVALID = 1102;
    public const int AWS_ERROR_PKCS11_CKR_KEY_SIZE_RANGE = 1103;
    public const int AWS_ERROR_PKCS11_CKR_KEY_TYPE_INCONSISTENT = 1104;
    public const int AWS_ERROR_PKCS11_CKR_KEY_NOT_NEEDED = 1105;
    public const int AWS_ERROR_PKCS11_CKR_KEY_CHANGED = 1106;
    public const int AWS_ERROR_PKCS11_CKR_KEY_NEEDED = 1107;
    public const int AWS_ERROR_PKCS11_CKR_KEY_INDIGESTIBLE = 1108;
    public const int AWS_ERROR_PKCS11_CKR_KEY_FUNCTION_NOT_PERMITTED = 1109;
    public const int AWS_ERROR_PKCS11_CKR_KEY_NOT_WRAPPABLE = 1110;
    public const int AWS_ERROR_PKCS11_CKR_KEY_UNEXTRACTABLE = 1111;
    public const int AWS_ERROR_PKCS11_CKR_MECHANISM_INVALID = 1112;
    public const int AWS_ERROR_PKCS11_CKR_MECHANISM_PARAM_INVALID = 1113;
    public const int AWS_ERROR_PKCS11_CKR_OBJECT_HANDLE_INVALID = 1114;
    public const int AWS_ERROR_PKCS11_CKR_OPERATION_ACTIVE = 1115;
    public const int AWS_ERROR_PKCS11_CKR_OPERATION_NOT_INITIALIZED = 1116;
    public const int AWS_ERROR_PKCS11_CKR_PIN_INCORRECT = 1117;
    public const int AWS_ERROR_PKCS11_CKR_PIN_INVALID = 1118;
    public const int AWS_ERROR_PKCS11_CKR_PIN_LEN_RANGE = 1119;
    public const int AWS_ERROR_PKCS11_CKR_PIN_EXPIRED = 1120;
    public const int AWS_ERROR_PKCS11_CKR_PIN_LOCKED = 1121;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_CLOSED = 1122;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_COUNT = 1123;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_HANDLE_INVALID = 1124;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_PARALLEL_NOT_SUPPORTED = 1125;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_READ_ONLY = 1126;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_EXISTS = 1127;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_READ_ONLY_EXISTS = 1128;
    public const int AWS_ERROR_PKCS11_CKR_SESSION_READ_WRITE_SO_EXISTS = 1129;
    public const int AWS_ERROR_PKCS11_CKR_SIGNATURE_INVALID = 1130;
    public const int AWS_ERROR_PKCS11_CKR_SIGNATURE_LEN_RANGE = 1131;
    public const int AWS_ERROR_PKCS11_CKR_TEMPLATE_INCOMPLETE = 1132;
    public const int AWS_ERROR_PKCS11_CKR_TEMPLATE_INCONSISTENT = 1133;
    public const int AWS_ERROR_PKCS11_CKR_TOKEN_NOT_PRESENT = 1134;
    public const int AWS_ERROR_PKCS11_CKR_TOKEN_NOT_RECOGNIZED = 1135;
    public const int AWS_ERROR_PKCS11_CKR_TOKEN_WRITE_PROTECTED = 1136;
    public const int AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_HANDLE_INVALID = 1137;
    public const int AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_SIZE_RANGE = 1138;
    public const int AWS_ERROR_PKCS11_CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT = 1139;
    public const int AWS_ERROR_PKCS11_CKR_USER_ALREADY_LOGGED_IN = 1140;
    public const int AWS_ERROR_PKCS11_CKR_USER_NOT_LOGGED_IN = 1141;
    public const int AWS_ERROR_PKCS11_CKR_USER_PIN_NOT_INITIALIZED = 1142;
    public const int AWS_ERROR_PKCS11_CKR_USER_TYPE_INVALID = 1143;
    public const int AWS_ERROR_PKCS11_CKR_USER_ANOTHER_ALREADY_LOGGED_IN = 1144;
    public const int AWS_ERROR_PKCS11_CKR_USER_TOO_MANY_TYPES = 1145;
    public const int AWS_ERROR_PKCS11_CKR_WRAPPED_KEY_INVALID = 1146;
    public const int AWS_ERROR_PKCS11_CKR_WRAPPED_KEY_LEN_RANGE = 1147;
    public const int AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_HANDLE_INVALID = 1148;
    public const int AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_SIZE_RANGE = 1149;
    public const int AWS_ERROR_PKCS11_CKR_WRAPPING_KEY_TYPE_INCONSISTENT = 1150;
    public const int AWS_ERROR_PKCS11_CKR_RANDOM_SEED_NOT_SUPPORTED = 1151;
    public const int AWS_ERROR_PKCS11_CKR_RANDOM_NO_RNG = 1152;
    public const int AWS_ERROR_PKCS11_CKR_DOMAIN_PARAMS_INVALID = 1153;
    public const int AWS_ERROR_PKCS11_CKR_CURVE_NOT_SUPPORTED = 1154;
    public const int AWS_ERROR_PKCS11_CKR_BUFFER_TOO_SMALL = 1155;
    public const int AWS_ERROR_PKCS11_CKR_SAVED_STATE_INVALID = 1156;
    public const int AWS_ERROR_PKCS11_CKR_INFORMATION_SENSITIVE = 1157;
    public const int AWS_ERROR_PKCS11_CKR_STATE_UNSAVEABLE = 1158;
    public const int AWS_ERROR_PKCS11_CKR_CRYPTOKI_NOT_INITIALIZED = 1159;
    public const int AWS_ERROR_PKCS11_CKR_CRYPTOKI_ALREADY_INITIALIZED = 1160;
    public const int AWS_ERROR_PKCS11_CKR_MUTEX_BAD = 1161;
    public const int AWS_ERROR_PKCS11_CKR_MUTEX_NOT_LOCKED = 1162;
    public const int AWS_ERROR_PKCS11_CKR_NEW_PIN_MODE = 1163;
    public const int AWS_ERROR_PKCS11_CKR_NEXT_OTP = 1164;
    public const int AWS_ERROR_PKCS11_CKR_EXCEEDED_MAX_ITERATIONS = 1165;
    public const int AWS_ERROR_PKCS11_CKR_FIPS_SELF_TEST_FAILED = 1166;
    public const int AWS_ERROR_PKCS11_CKR_LIBRARY_LOAD_FAILED = 1167;
    public const int AWS_ERROR_PKCS11_CKR_PIN_TOO_WEAK = 1168;
    public const int AWS_ERROR_PKCS11_CKR_PUBLIC_KEY_INVALID = 1169;
    public const int AWS_ERROR_PKCS11_CKR_FUNCTION_REJECTED = 1170;
    public const int AWS_ERROR_IO_PINNED_EVENT_LOOP_MISMATCH = 1171;
    public const int AWS_ERROR_PKCS11_ENCODING_ERROR = 1172;
    public const int AWS_IO_TLS_ERROR_DEFAULT_TRUST_STORE_NOT_FOUND = 1173;
    public const int AWS_IO_STREAM_SEEK_FAILED = 1174;
    public const int AWS_IO_STREAM_GET_LENGTH_FAILED = 1175;
    public const int AWS_IO_STREAM_SEEK_UNSUPPORTED = 1176;
    public const int AWS_IO_STREAM_GET_LENGTH_UNSUPPORTED = 1177;
    public const int AWS_IO_TLS_ERROR_READ_FAILURE = 1178;
    public const int AWS_ERROR_PEM_MALFORMED = 1179;
    public const int AWS_IO_SOCKET_MISSING_EVENT_LOOP = 1180;
    public const int AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE = 1181;
    public const int AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND = 1182;
    public const int AWS_IO_TLS_CERTIFICATE_EXPIRED = 1183;
    public const int AWS_IO_TLS_CERTIFICATE_NOT_YET_VALID = 1184;
    public const int AWS_IO_TLS_BAD_CERTIFICATE = 1185;
    public const int AWS_IO_TLS_PEER_CERTIFICATE_EXPIRED = 1186;
    public const int AWS_IO_TLS_BAD_PEER_CERTIFICATE = 1187;
    public const int AWS_IO_TLS_PEER_CERTIFICATE_REVOKED = 1188;
    public const int AWS_IO_TLS_PEER_CERTIFICATE_UNKNOWN = 1189;
    public const int AWS_IO_TLS_INTERNAL_ERROR = 1190;
    public const int AWS_IO_TLS_CLOSED_GRACEFUL = 1191;
    public const int AWS_IO_TLS_CLOSED_ABORT = 1192;
    public const int AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN = 1193;
    public const int AWS_IO_TLS_HOST_NAME_MISMATCH = 1194;
    public const int AWS_IO_DNS_QUERY_AGAIN = 1195;
    public const int AWS_IO_ERROR_END_RANGE = 2047;
    public const int AWS_IO_INVALID_FILE_HANDLE = 50;
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_io_handle
{
    public _data_u data;
    public void* additional_data;
    public aws_io_set_queue_on_handle_fn set_queue;

    [StructLayout(LayoutKind.Explicit)]
    public unsafe struct _data_u
    {
        [FieldOffset(0)]
        public int fd;
        [FieldOffset(0)]
        public void* handle;
    }
}

[StructLayout(LayoutKind.Sequential)]
public unsafe struct aws_io_message
{
    public aws_allocator* allocator;
    public aws_byte_buf message_data;
    public aws_io_message_type message_type;
    public int message_tag;
    public nuint copy_mark;
    public aws_channel* owning_channel;
    public aws_channel_on_message_write_completed_fn on_completion;
    public void* user_data;
    public aws_linked_list_node queueing_handle;
}

public struct aws_channel;
