// SPDX-License-Identifier: Apache-2.0
namespace Reseau.Native.Interop.Pkcs11;

/// <summary>
/// The functions of a PKCS#11 library, in the standard's order; those without a signature are not used here. Any of
/// them may take long.
/// </summary>
internal unsafe struct CK_FUNCTION_LIST
{
    internal CK_VERSION version;
    internal delegate* unmanaged[Cdecl]<CK_C_INITIALIZE_ARGS*, nuint> C_Initialize;
    internal delegate* unmanaged[Cdecl]<void*, nuint> C_Finalize;
    internal delegate* unmanaged[Cdecl]<CK_INFO*, nuint> C_GetInfo;
    private void* C_GetFunctionList;
    internal delegate* unmanaged[Cdecl]<byte, nuint*, nuint*, nuint> C_GetSlotList;
    private void* C_GetSlotInfo;
    internal delegate* unmanaged[Cdecl]<nuint, CK_TOKEN_INFO*, nuint> C_GetTokenInfo;
    private void* C_GetMechanismList;
    internal delegate* unmanaged[Cdecl]<nuint, nuint, CK_MECHANISM_INFO*, nuint> C_GetMechanismInfo;
    private void* C_InitToken;
    private void* C_InitPIN;
    private void* C_SetPIN;
    internal delegate* unmanaged[Cdecl]<nuint, nuint, void*, void*, nuint*, nuint> C_OpenSession;
    internal delegate* unmanaged[Cdecl]<nuint, nuint> C_CloseSession;
    private void* C_CloseAllSessions;
    private void* C_GetSessionInfo;
    private void* C_GetOperationState;
    private void* C_SetOperationState;
    internal delegate* unmanaged[Cdecl]<nuint, nuint, byte*, nuint, nuint> C_Login;
    private void* C_Logout;
    private void* C_CreateObject;
    private void* C_CopyObject;
    private void* C_DestroyObject;
    private void* C_GetObjectSize;
    internal delegate* unmanaged[Cdecl]<nuint, nuint, CK_ATTRIBUTE*, nuint, nuint> C_GetAttributeValue;
    private void* C_SetAttributeValue;
    internal delegate* unmanaged[Cdecl]<nuint, CK_ATTRIBUTE*, nuint, nuint> C_FindObjectsInit;
    internal delegate* unmanaged[Cdecl]<nuint, nuint*, nuint, nuint*, nuint> C_FindObjects;
    internal delegate* unmanaged[Cdecl]<nuint, nuint> C_FindObjectsFinal;
    private void* C_EncryptInit;
    private void* C_Encrypt;
    private void* C_EncryptUpdate;
    private void* C_EncryptFinal;
    internal delegate* unmanaged[Cdecl]<nuint, CK_MECHANISM*, nuint, nuint> C_DecryptInit;
    internal delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint> C_Decrypt;
    private void* C_DecryptUpdate;
    private void* C_DecryptFinal;
    private void* C_DigestInit;
    private void* C_Digest;
    private void* C_DigestUpdate;
    private void* C_DigestKey;
    private void* C_DigestFinal;
    internal delegate* unmanaged[Cdecl]<nuint, CK_MECHANISM*, nuint, nuint> C_SignInit;
    internal delegate* unmanaged[Cdecl]<nuint, byte*, nuint, byte*, nuint*, nuint> C_Sign;
    private void* C_SignUpdate;
    private void* C_SignFinal;
    private void* C_SignRecoverInit;
    private void* C_SignRecover;
    private void* C_VerifyInit;
    private void* C_Verify;
    private void* C_VerifyUpdate;
    private void* C_VerifyFinal;
    private void* C_VerifyRecoverInit;
    private void* C_VerifyRecover;
    private void* C_DigestEncryptUpdate;
    private void* C_DecryptDigestUpdate;
    private void* C_SignEncryptUpdate;
    private void* C_DecryptVerifyUpdate;
    private void* C_GenerateKey;
    private void* C_GenerateKeyPair;
    private void* C_WrapKey;
    private void* C_UnwrapKey;
    private void* C_DeriveKey;
    private void* C_SeedRandom;
    private void* C_GenerateRandom;
    private void* C_GetFunctionStatus;
    private void* C_CancelFunction;
    private void* C_WaitForSlotEvent;
}
