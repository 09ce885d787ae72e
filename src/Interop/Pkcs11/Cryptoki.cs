// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace Reseau.Native.Interop.Pkcs11;

/// <summary>Numbers of PKCS#11 2.40.</summary>
internal static class Cryptoki
{
    internal const nuint CKR_OK = 0;
    internal const nuint CKR_SESSION_COUNT = 0xB1;
    internal const nuint CKR_USER_ALREADY_LOGGED_IN = 0x100;
    internal const nuint CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;

    internal const nuint CKF_OS_LOCKING_OK = 0x2;
    internal const nuint CKF_SERIAL_SESSION = 0x4;
    internal const nuint CKF_SIGN = 0x800;
    internal const nuint CKU_USER = 1;

    internal const nuint CKO_PRIVATE_KEY = 3;
    internal const nuint CKA_CLASS = 0;
    internal const nuint CKA_LABEL = 3;
    internal const nuint CKA_KEY_TYPE = 0x100;
    internal const nuint CKK_RSA = 0;
    internal const nuint CKK_EC = 3;

    internal const nuint CKM_RSA_PKCS = 1;
    internal const nuint CKM_RSA_PKCS_PSS = 0xD;
    internal const nuint CKM_SHA_1 = 0x220;
    internal const nuint CKM_SHA256 = 0x250;
    internal const nuint CKM_SHA224 = 0x255;
    internal const nuint CKM_SHA384 = 0x260;
    internal const nuint CKM_SHA512 = 0x270;
    internal const nuint CKM_ECDSA = 0x1041;

    internal const nuint CKG_MGF1_SHA1 = 1;
    internal const nuint CKG_MGF1_SHA256 = 2;
    internal const nuint CKG_MGF1_SHA384 = 3;
    internal const nuint CKG_MGF1_SHA512 = 4;
    internal const nuint CKG_MGF1_SHA224 = 5;
}

internal struct CK_VERSION
{
    internal byte major;
    internal byte minor;
}

[InlineArray(16)]
internal struct CK_TEXT16
{
    private byte _first;
}

[InlineArray(32)]
internal struct CK_TEXT32
{
    private byte _first;
}

internal struct CK_INFO
{
    internal CK_VERSION cryptokiVersion;
    internal CK_TEXT32 manufacturerID;
    internal nuint flags;
    internal CK_TEXT32 libraryDescription;
    internal CK_VERSION libraryVersion;
}

internal struct CK_TOKEN_INFO
{
    internal CK_TEXT32 label;
    internal CK_TEXT32 manufacturerID;
    internal CK_TEXT16 model;
    internal CK_TEXT16 serialNumber;
    internal nuint flags;
    internal nuint ulMaxSessionCount;
    internal nuint ulSessionCount;
    internal nuint ulMaxRwSessionCount;
    internal nuint ulRwSessionCount;
    internal nuint ulMaxPinLen;
    internal nuint ulMinPinLen;
    internal nuint ulTotalPublicMemory;
    internal nuint ulFreePublicMemory;
    internal nuint ulTotalPrivateMemory;
    internal nuint ulFreePrivateMemory;
    internal CK_VERSION hardwareVersion;
    internal CK_VERSION firmwareVersion;
    internal CK_TEXT16 utcTime;
}

internal struct CK_MECHANISM_INFO
{
    internal nuint ulMinKeySize;
    internal nuint ulMaxKeySize;
    internal nuint flags;
}

internal unsafe struct CK_MECHANISM
{
    internal nuint mechanism;
    internal void* pParameter;
    internal nuint ulParameterLen;
}

internal struct CK_RSA_PKCS_PSS_PARAMS
{
    internal nuint hashAlg;
    internal nuint mgf;
    internal nuint sLen;
}

internal unsafe struct CK_ATTRIBUTE
{
    internal nuint type;
    internal void* pValue;
    internal nuint ulValueLen;
}

internal unsafe struct CK_C_INITIALIZE_ARGS
{
    internal void* CreateMutex;
    internal void* DestroyMutex;
    internal void* LockMutex;
    internal void* UnlockMutex;
    internal nuint flags;
    internal void* pReserved;
}
