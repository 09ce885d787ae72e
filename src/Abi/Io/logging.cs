// SPDX-License-Identifier: Apache-2.0
// Types of <aws/io/logging.h>.

namespace Reseau.Native.Abi;

public static class aws_io_log_subject
{
    public const uint AWS_LS_IO_GENERAL = 1024;
    public const uint AWS_LS_IO_EVENT_LOOP = 1025;
    public const uint AWS_LS_IO_SOCKET = 1026;
    public const uint AWS_LS_IO_SOCKET_HANDLER = 1027;
    public const uint AWS_LS_IO_TLS = 1028;
    public const uint AWS_LS_IO_ALPN = 1029;
    public const uint AWS_LS_IO_DNS = 1030;
    public const uint AWS_LS_IO_PKI = 1031;
    public const uint AWS_LS_IO_CHANNEL = 1032;
    public const uint AWS_LS_IO_CHANNEL_BOOTSTRAP = 1033;
    public const uint AWS_LS_IO_FILE_UTILS = 1034;
    public const uint AWS_LS_IO_SHARED_LIBRARY = 1035;
    public const uint AWS_LS_IO_EXPONENTIAL_BACKOFF_RETRY_STRATEGY = 1036;
    public const uint AWS_LS_IO_STANDARD_RETRY_STRATEGY = 1037;
    public const uint AWS_LS_IO_PKCS11 = 1038;
    public const uint AWS_LS_IO_PEM = 1039;
    public const uint AWS_IO_LS_LAST = 2047;
}
