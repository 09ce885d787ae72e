// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Pkcs11;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>Sessions with a token: each is one thread's at a time.</summary>
internal static unsafe class Pkcs11Sessions
{
    internal static int Open(aws_pkcs11_lib* pkcs11_lib, nuint slot_id, nuint* out_session_handle)
    {
        if (pkcs11_lib == null || out_session_handle == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        nuint session = 0;
        nuint result = Pkcs11Library.Of(pkcs11_lib)->Functions->C_OpenSession(
            slot_id, Cryptoki.CKF_SERIAL_SESSION, null, null, &session);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise(pkcs11_lib, "C_OpenSession"u8, result);

        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_PKCS11,
            $"id=0x{(nint)pkcs11_lib:x} session={session}: open on slot {slot_id}");
        *out_session_handle = session;
        return AWS_OP_SUCCESS;
    }

    /// <summary>A failure is logged; nothing could be done about it.</summary>
    internal static void Close(aws_pkcs11_lib* pkcs11_lib, nuint session_handle)
    {
        if (pkcs11_lib == null)
        {
            Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);
            return;
        }

        if (Pkcs11Library.IsPastUse)
            return;

        nuint result = Pkcs11Library.Of(pkcs11_lib)->Functions->C_CloseSession(session_handle);
        aws_log_level level = result == Cryptoki.CKR_OK ? AWS_LL_DEBUG : AWS_LL_WARN;
        Log.Write(
            level,
            AWS_LS_IO_PKCS11,
            $"id=0x{(nint)pkcs11_lib:x} session={session_handle}: closing gave {Pkcs11Results.Name(result)}");
    }

    /// <summary>
    /// Logs the user in for all sessions of the program with this token; a NULL PIN leaves it to the token to ask. That
    /// somebody did before is no error.
    /// </summary>
    internal static int LogInUser(aws_pkcs11_lib* pkcs11_lib, nuint session_handle, aws_string* optional_user_pin)
    {
        if (pkcs11_lib == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        byte* pin = optional_user_pin == null ? null : optional_user_pin->bytes;
        nuint length = optional_user_pin == null ? 0 : optional_user_pin->len;
        nuint result = Pkcs11Library.Of(pkcs11_lib)->Functions->C_Login(session_handle, Cryptoki.CKU_USER, pin, length);
        if (result is not (Cryptoki.CKR_OK or Cryptoki.CKR_USER_ALREADY_LOGGED_IN))
            return Pkcs11Results.Raise(pkcs11_lib, "C_Login"u8, session_handle, result);

        Log.Write(
            AWS_LL_DEBUG,
            AWS_LS_IO_PKCS11,
            $"id=0x{(nint)pkcs11_lib:x} session={session_handle}: logging in gave {Pkcs11Results.Name(result)}");
        return AWS_OP_SUCCESS;
    }

    /// <summary>
    /// The one private key with this label; NULL stands for any. AWS_ERROR_PKCS11_KEY_NOT_FOUND when there is none, or
    /// more than one; AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED when it is neither RSA nor EC.
    /// </summary>
    internal static int FindPrivateKey(
        aws_pkcs11_lib* pkcs11_lib,
        nuint session_handle,
        aws_string* match_label,
        nuint* out_key_handle,
        nuint* out_key_type)
    {
        if (pkcs11_lib == null || out_key_handle == null || out_key_type == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        CK_FUNCTION_LIST* functions = Pkcs11Library.Of(pkcs11_lib)->Functions;
        nuint keyClass = Cryptoki.CKO_PRIVATE_KEY;
        CK_ATTRIBUTE* attributes = stackalloc CK_ATTRIBUTE[2];
        attributes[0] = new() { type = Cryptoki.CKA_CLASS, pValue = &keyClass, ulValueLen = (nuint)sizeof(nuint) };
        nuint count = 1;
        if (match_label != null)
        {
            attributes[count++] =
                new() { type = Cryptoki.CKA_LABEL, pValue = match_label->bytes, ulValueLen = match_label->len };
        }

        nuint result = functions->C_FindObjectsInit(session_handle, attributes, count);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise(pkcs11_lib, "C_FindObjectsInit"u8, session_handle, result);

        int outcome = TakeOnlyKey(pkcs11_lib, session_handle, out_key_handle, out_key_type);
        int error = Errors.LastError();
        result = functions->C_FindObjectsFinal(session_handle);
        if (outcome != AWS_OP_SUCCESS)
            return Errors.Raise(error);
        return result == Cryptoki.CKR_OK
            ? AWS_OP_SUCCESS
            : Pkcs11Results.Raise(pkcs11_lib, "C_FindObjectsFinal"u8, session_handle, result);
    }

    private static int TakeOnlyKey(aws_pkcs11_lib* library, nuint session, nuint* key, nuint* keyType)
    {
        CK_FUNCTION_LIST* functions = Pkcs11Library.Of(library)->Functions;
        nuint* found = stackalloc nuint[2];
        nuint count = 0;
        nuint result = functions->C_FindObjects(session, found, 2, &count);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise(library, "C_FindObjects"u8, session, result);

        if (count != 1 || found[0] == 0)
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_PKCS11,
                $"id=0x{(nint)library:x} session={session}: exactly one private key should match, but {count} or " +
                $"more do");
            return Errors.Raise(AWS_ERROR_PKCS11_KEY_NOT_FOUND);
        }

        nuint type = 0;
        CK_ATTRIBUTE attribute = new()
        {
            type = Cryptoki.CKA_KEY_TYPE,
            pValue = &type,
            ulValueLen = (nuint)sizeof(nuint),
        };
        result = functions->C_GetAttributeValue(session, found[0], &attribute, 1);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise(library, "C_GetAttributeValue"u8, session, result);

        if (type is not (Cryptoki.CKK_RSA or Cryptoki.CKK_EC))
        {
            Log.Write(
                AWS_LL_ERROR,
                AWS_LS_IO_PKCS11,
                $"id=0x{(nint)library:x} session={session}: keys of type 0x{type:x} cannot be used");
            return Errors.Raise(AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED);
        }

        *key = found[0];
        *keyType = type;
        return AWS_OP_SUCCESS;
    }
}
