/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_PRIVATE_CRYPTOKI_H
#define AWS_IO_PRIVATE_CRYPTOKI_H

/*
 * As much of the binary interface of PKCS#11 2.40 as is used here, by the standard's names. For Unix: there structs
 * have the compiler's own layout. A program that has the standard's header includes that first.
 */

#ifndef CKR_OK

typedef unsigned char CK_BYTE;
typedef CK_BYTE CK_BBOOL;
typedef CK_BYTE CK_UTF8CHAR;
typedef CK_UTF8CHAR *CK_UTF8CHAR_PTR;
typedef unsigned long CK_ULONG;
typedef void *CK_VOID_PTR;
typedef CK_ULONG CK_ATTRIBUTE_TYPE;
typedef CK_ULONG CK_FLAGS;
typedef CK_ULONG CK_KEY_TYPE;
typedef CK_ULONG CK_MECHANISM_TYPE;
typedef CK_ULONG CK_OBJECT_CLASS;
typedef CK_ULONG CK_OBJECT_HANDLE;
typedef CK_ULONG CK_RV;
typedef CK_ULONG CK_SESSION_HANDLE;
typedef CK_ULONG CK_SLOT_ID;
typedef CK_SLOT_ID *CK_SLOT_ID_PTR;
typedef CK_ULONG CK_USER_TYPE;

#    define CK_TRUE 1
#    define CK_FALSE 0
#    define CK_INVALID_HANDLE 0UL

#    define CKR_OK 0x000UL
#    define CKR_USER_ALREADY_LOGGED_IN 0x100UL
#    define CKR_CRYPTOKI_NOT_INITIALIZED 0x190UL
#    define CKR_CRYPTOKI_ALREADY_INITIALIZED 0x191UL
#    define CKR_FUNCTION_REJECTED 0x200UL
#    define CKR_SESSION_COUNT 0x0B1UL
#    define CKR_DEVICE_ERROR 0x030UL

#    define CKF_RW_SESSION 0x002UL
#    define CKF_SERIAL_SESSION 0x004UL
#    define CKF_TOKEN_INITIALIZED 0x400UL
#    define CKF_SIGN 0x800UL
#    define CKU_SO 0UL
#    define CKU_USER 1UL

#    define CKO_PUBLIC_KEY 2UL
#    define CKO_PRIVATE_KEY 3UL
#    define CKA_CLASS 0x000UL
#    define CKA_TOKEN 0x001UL
#    define CKA_LABEL 0x003UL
#    define CKA_KEY_TYPE 0x100UL
#    define CKA_ID 0x102UL
#    define CKA_DECRYPT 0x105UL
#    define CKA_SIGN 0x108UL
#    define CKA_VERIFY 0x10AUL
#    define CKA_MODULUS_BITS 0x121UL
#    define CKA_EXTRACTABLE 0x162UL
#    define CKA_EC_PARAMS 0x180UL
#    define CKK_RSA 0x000UL
#    define CKK_EC 0x003UL
#    define CKK_GENERIC_SECRET 0x010UL
#    define CKM_RSA_PKCS_KEY_PAIR_GEN 0x000UL
#    define CKM_RSA_PKCS 0x001UL
#    define CKM_RSA_PKCS_PSS 0x00DUL
#    define CKM_SHA256 0x250UL
#    define CKG_MGF1_SHA256 2UL
#    define CKM_EC_KEY_PAIR_GEN 0x1040UL
#    define CKM_ECDSA 0x1041UL

typedef struct CK_VERSION {
    CK_BYTE major;
    CK_BYTE minor;
} CK_VERSION;

typedef struct CK_INFO {
    CK_VERSION cryptokiVersion;
    CK_UTF8CHAR manufacturerID[32];
    CK_FLAGS flags;
    CK_UTF8CHAR libraryDescription[32];
    CK_VERSION libraryVersion;
} CK_INFO;

typedef struct CK_TOKEN_INFO {
    CK_UTF8CHAR label[32];
    CK_UTF8CHAR manufacturerID[32];
    CK_UTF8CHAR model[16];
    CK_UTF8CHAR serialNumber[16];
    CK_FLAGS flags;
    CK_ULONG ulMaxSessionCount;
    CK_ULONG ulSessionCount;
    CK_ULONG ulMaxRwSessionCount;
    CK_ULONG ulRwSessionCount;
    CK_ULONG ulMaxPinLen;
    CK_ULONG ulMinPinLen;
    CK_ULONG ulTotalPublicMemory;
    CK_ULONG ulFreePublicMemory;
    CK_ULONG ulTotalPrivateMemory;
    CK_ULONG ulFreePrivateMemory;
    CK_VERSION hardwareVersion;
    CK_VERSION firmwareVersion;
    CK_UTF8CHAR utcTime[16];
} CK_TOKEN_INFO;

typedef struct CK_MECHANISM_INFO {
    CK_ULONG ulMinKeySize;
    CK_ULONG ulMaxKeySize;
    CK_FLAGS flags;
} CK_MECHANISM_INFO;

typedef struct CK_MECHANISM {
    CK_MECHANISM_TYPE mechanism;
    CK_VOID_PTR pParameter;
    CK_ULONG ulParameterLen;
} CK_MECHANISM;

typedef struct CK_RSA_PKCS_PSS_PARAMS {
    CK_MECHANISM_TYPE hashAlg;
    CK_ULONG mgf;
    CK_ULONG sLen;
} CK_RSA_PKCS_PSS_PARAMS;

typedef struct CK_ATTRIBUTE {
    CK_ATTRIBUTE_TYPE type;
    CK_VOID_PTR pValue;
    CK_ULONG ulValueLen;
} CK_ATTRIBUTE;

/* What nobody here calls has its place, but no parameters. */
typedef CK_RV (*CK_OTHER_FUNCTION)(void);

typedef struct CK_FUNCTION_LIST {
    CK_VERSION version;
    CK_RV (*C_Initialize)(CK_VOID_PTR arguments);
    CK_RV (*C_Finalize)(CK_VOID_PTR reserved);
    CK_RV (*C_GetInfo)(CK_INFO *info);
    CK_RV (*C_GetFunctionList)(struct CK_FUNCTION_LIST **list);
    CK_RV (*C_GetSlotList)(CK_BBOOL with_token, CK_SLOT_ID *slots, CK_ULONG *count);
    CK_OTHER_FUNCTION C_GetSlotInfo;
    CK_RV (*C_GetTokenInfo)(CK_SLOT_ID slot, CK_TOKEN_INFO *info);
    CK_OTHER_FUNCTION C_GetMechanismList;
    CK_RV (*C_GetMechanismInfo)(CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism, CK_MECHANISM_INFO *info);
    CK_RV (*C_InitToken)(CK_SLOT_ID slot, CK_UTF8CHAR *pin, CK_ULONG pin_length, CK_UTF8CHAR *label);
    CK_RV (*C_InitPIN)(CK_SESSION_HANDLE session, CK_UTF8CHAR *pin, CK_ULONG pin_length);
    CK_OTHER_FUNCTION C_SetPIN;
    CK_RV(*C_OpenSession)
    (CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_VOID_PTR notify, CK_SESSION_HANDLE *session);
    CK_RV (*C_CloseSession)(CK_SESSION_HANDLE session);
    CK_RV (*C_CloseAllSessions)(CK_SLOT_ID slot);
    CK_OTHER_FUNCTION C_GetSessionInfo;
    CK_OTHER_FUNCTION C_GetOperationState;
    CK_OTHER_FUNCTION C_SetOperationState;
    CK_RV (*C_Login)(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR *pin, CK_ULONG pin_length);
    CK_RV (*C_Logout)(CK_SESSION_HANDLE session);
    CK_RV(*C_CreateObject)
    (CK_SESSION_HANDLE session, CK_ATTRIBUTE *attributes, CK_ULONG count, CK_OBJECT_HANDLE *object);
    CK_OTHER_FUNCTION C_CopyObject;
    CK_OTHER_FUNCTION C_DestroyObject;
    CK_OTHER_FUNCTION C_GetObjectSize;
    CK_RV(*C_GetAttributeValue)
    (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *attributes, CK_ULONG count);
    CK_OTHER_FUNCTION C_SetAttributeValue;
    CK_RV (*C_FindObjectsInit)(CK_SESSION_HANDLE session, CK_ATTRIBUTE *attributes, CK_ULONG count);
    CK_RV (*C_FindObjects)(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects, CK_ULONG most, CK_ULONG *count);
    CK_RV (*C_FindObjectsFinal)(CK_SESSION_HANDLE session);
    CK_RV (*C_EncryptInit)(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
    CK_RV(*C_Encrypt)
    (CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_length, CK_BYTE *encrypted, CK_ULONG *encrypted_length);
    CK_OTHER_FUNCTION C_EncryptUpdate;
    CK_OTHER_FUNCTION C_EncryptFinal;
    CK_RV (*C_DecryptInit)(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
    CK_RV(*C_Decrypt)
    (CK_SESSION_HANDLE session, CK_BYTE *encrypted, CK_ULONG encrypted_length, CK_BYTE *data, CK_ULONG *data_length);
    CK_OTHER_FUNCTION C_DecryptUpdate;
    CK_OTHER_FUNCTION C_DecryptFinal;
    CK_OTHER_FUNCTION C_DigestInit;
    CK_OTHER_FUNCTION C_Digest;
    CK_OTHER_FUNCTION C_DigestUpdate;
    CK_OTHER_FUNCTION C_DigestKey;
    CK_OTHER_FUNCTION C_DigestFinal;
    CK_RV (*C_SignInit)(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
    CK_RV(*C_Sign)
    (CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_length, CK_BYTE *signature, CK_ULONG *signature_length);
    CK_OTHER_FUNCTION C_SignUpdate;
    CK_OTHER_FUNCTION C_SignFinal;
    CK_OTHER_FUNCTION C_SignRecoverInit;
    CK_OTHER_FUNCTION C_SignRecover;
    CK_RV (*C_VerifyInit)(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
    CK_RV(*C_Verify)
    (CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG data_length, CK_BYTE *signature, CK_ULONG signature_length);
    CK_OTHER_FUNCTION C_VerifyUpdate;
    CK_OTHER_FUNCTION C_VerifyFinal;
    CK_OTHER_FUNCTION C_VerifyRecoverInit;
    CK_OTHER_FUNCTION C_VerifyRecover;
    CK_OTHER_FUNCTION C_DigestEncryptUpdate;
    CK_OTHER_FUNCTION C_DecryptDigestUpdate;
    CK_OTHER_FUNCTION C_SignEncryptUpdate;
    CK_OTHER_FUNCTION C_DecryptVerifyUpdate;
    CK_OTHER_FUNCTION C_GenerateKey;
    CK_RV(*C_GenerateKeyPair)
    (CK_SESSION_HANDLE session,
     CK_MECHANISM *mechanism,
     CK_ATTRIBUTE *public_attributes,
     CK_ULONG public_count,
     CK_ATTRIBUTE *private_attributes,
     CK_ULONG private_count,
     CK_OBJECT_HANDLE *public_key,
     CK_OBJECT_HANDLE *private_key);
    CK_OTHER_FUNCTION C_WrapKey;
    CK_OTHER_FUNCTION C_UnwrapKey;
    CK_OTHER_FUNCTION C_DeriveKey;
    CK_OTHER_FUNCTION C_SeedRandom;
    CK_OTHER_FUNCTION C_GenerateRandom;
    CK_OTHER_FUNCTION C_GetFunctionStatus;
    CK_OTHER_FUNCTION C_CancelFunction;
    CK_OTHER_FUNCTION C_WaitForSlotEvent;
} CK_FUNCTION_LIST;

#endif /* CKR_OK */

#endif /* AWS_IO_PRIVATE_CRYPTOKI_H */
