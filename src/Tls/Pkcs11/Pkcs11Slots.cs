// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.Common;
using Reseau.Native.Interop.Pkcs11;

namespace Reseau.Native.Tls.Pkcs11;

/// <summary>Where the token is that is meant.</summary>
internal static unsafe class Pkcs11Slots
{
    /// <summary>
    /// The one slot with a token that has this id and this label; NULL stands for any. AWS_ERROR_PKCS11_TOKEN_NOT_FOUND
    /// when there is none, or more than one.
    /// </summary>
    internal static int FindWithToken(
        aws_pkcs11_lib* pkcs11_lib, ulong* match_slot_id, aws_string* match_token_label, nuint* out_slot_id)
    {
        if (pkcs11_lib == null || out_slot_id == null)
            return Errors.Raise(AWS_ERROR_INVALID_ARGUMENT);

        CK_FUNCTION_LIST* functions = Pkcs11Library.Of(pkcs11_lib)->Functions;
        nuint count = 0;
        nuint result = functions->C_GetSlotList(1, null, &count);
        if (result != Cryptoki.CKR_OK)
            return Pkcs11Results.Raise(pkcs11_lib, "C_GetSlotList"u8, result);
        if (count == 0)
            return RaiseNotFound(pkcs11_lib, count, 0);

        aws_allocator* allocator = Pkcs11Library.Of(pkcs11_lib)->Allocator;
        nuint* slots = (nuint*)Allocator.Calloc(allocator, count, (nuint)sizeof(nuint));
        result = functions->C_GetSlotList(1, slots, &count);
        int outcome = result == Cryptoki.CKR_OK
            ? FindIn(pkcs11_lib, slots, count, match_slot_id, match_token_label, out_slot_id)
            : Pkcs11Results.Raise(pkcs11_lib, "C_GetSlotList"u8, result);
        Allocator.Release(allocator, slots);
        return outcome;
    }

    private static int FindIn(
        aws_pkcs11_lib* library, nuint* slots, nuint count, ulong* id, aws_string* label, nuint* found)
    {
        int matches = 0;
        nuint candidate = 0;
        for (nuint i = 0; i < count; i++)
        {
            if (id != null && *id != slots[i])
                continue;

            CK_TOKEN_INFO token = default;
            nuint result = Pkcs11Library.Of(library)->Functions->C_GetTokenInfo(slots[i], &token);
            if (result != Cryptoki.CKR_OK)
                return Pkcs11Results.Raise(library, "C_GetTokenInfo"u8, result);

            aws_byte_cursor tokenLabel = Pkcs11Text.Trim(&token.label);
            if (label != null && !AwsString.EqByteCursor(label, &tokenLabel))
                continue;

            Log.Write(
                AWS_LL_DEBUG,
                AWS_LS_IO_PKCS11,
                $"id=0x{(nint)library:x}: slot {slots[i]} has token '{tokenLabel}', model " +
                $"'{Pkcs11Text.Trim(&token.model)}', serial '{Pkcs11Text.Trim(&token.serialNumber)}', flags " +
                $"0x{token.flags:x}, sessions {token.ulSessionCount} of {token.ulMaxSessionCount}");
            candidate = slots[i];
            if (++matches > 1)
                break;
        }

        if (matches != 1)
            return RaiseNotFound(library, count, matches);

        *found = candidate;
        return AWS_OP_SUCCESS;
    }

    private static int RaiseNotFound(aws_pkcs11_lib* library, nuint count, int matches)
    {
        Log.Write(
            AWS_LL_ERROR,
            AWS_LS_IO_PKCS11,
            $"id=0x{(nint)library:x}: of {count} tokens exactly one should match, but {matches} or more do");
        return Errors.Raise(AWS_ERROR_PKCS11_TOKEN_NOT_FOUND);
    }
}
