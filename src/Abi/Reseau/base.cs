// SPDX-License-Identifier: Apache-2.0
// Types of <reseau/base.h>.
namespace Reseau.Native.Abi;

/// <summary>The values of enum reseau_error, as numbers: functions return them.</summary>
public static class reseau_error
{
    public const int RESEAU_ERROR_INVALID_ARGUMENT = -1;
    public const int RESEAU_ERROR_BAD_ID = -2;
    public const int RESEAU_ERROR_WRONG_KIND = -3;
    public const int RESEAU_ERROR_CLOSED = -4;
    public const int RESEAU_ERROR_END_OF_STREAM = -5;
    public const int RESEAU_ERROR_TIMED_OUT = -6;
    public const int RESEAU_ERROR_WOULD_BLOCK = -7;
    public const int RESEAU_ERROR_WOULD_BLOCK_LOOP = -8;
    public const int RESEAU_ERROR_CANCELED = -9;
    public const int RESEAU_ERROR_BUSY = -10;
    public const int RESEAU_ERROR_NO_ROOM = -11;
    public const int RESEAU_ERROR_TOO_LARGE = -12;
    public const int RESEAU_ERROR_NO_MEMORY = -13;
    public const int RESEAU_ERROR_TOO_MANY_FILES = -14;
    public const int RESEAU_ERROR_ACCESS_DENIED = -15;
    public const int RESEAU_ERROR_ADDRESS_IN_USE = -16;
    public const int RESEAU_ERROR_ADDRESS_NOT_AVAILABLE = -17;
    public const int RESEAU_ERROR_BAD_ADDRESS = -18;
    public const int RESEAU_ERROR_UNSUPPORTED = -19;
    public const int RESEAU_ERROR_REFUSED = -20;
    public const int RESEAU_ERROR_RESET = -21;
    public const int RESEAU_ERROR_UNREACHABLE = -22;
    public const int RESEAU_ERROR_NETWORK_DOWN = -23;
    public const int RESEAU_ERROR_NAME_NOT_FOUND = -24;
    public const int RESEAU_ERROR_NAME_TRY_AGAIN = -25;
    public const int RESEAU_ERROR_NAME_FAILED = -26;
    public const int RESEAU_ERROR_TLS_HANDSHAKE = -27;
    public const int RESEAU_ERROR_TLS_CERTIFICATE = -28;
    public const int RESEAU_ERROR_TLS_PROTOCOL = -29;
    public const int RESEAU_ERROR_TLS_TRUNCATED = -30;
    public const int RESEAU_ERROR_TLS_OPTIONS = -31;
    public const int RESEAU_ERROR_NOT_FOUND = -32;
    public const int RESEAU_ERROR_FILE = -33;
    public const int RESEAU_ERROR_SLOW_READER = -34;
    public const int RESEAU_ERROR_LOOP_ENDED = -35;
    public const int RESEAU_ERROR_FORKED = -36;
    public const int RESEAU_ERROR_SYSTEM = -37;
    public const int RESEAU_ERROR_PROXY_REFUSED = -38;
    public const int RESEAU_ERROR_PROXY_AUTHENTICATION = -39;
    public const int RESEAU_ERROR_PROXY_PROTOCOL = -40;
    public const int RESEAU_ERROR_HOOK = -41;
    public const int RESEAU_ERROR_EXISTS = -42;
    public const int RESEAU_ERROR_NO_SPACE = -43;
}
