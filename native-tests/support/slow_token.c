/* SPDX-License-Identifier: Apache-2.0 */
/* A PKCS#11 library that is SoftHSM, but slower and with fewer features if a test asks for it: RESEAU_SLOW_TOKEN_* in
 * the environment. */
#include <aws/io/private/cryptoki.h>

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list);

/* What a test reads: how many calls of C_Sign are inside at present, and were at most. */
atomic_int slow_token_signing;
atomic_int slow_token_max_signing;
atomic_int slow_token_sessions;

static CK_FUNCTION_LIST s_list;
static CK_FUNCTION_LIST s_inner;

static long s_setting(const char *name) {
    const char *value = getenv(name);
    return value != NULL ? atol(value) : 0;
}

static CK_RV
s_sign(CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG length, CK_BYTE *signature, CK_ULONG *signature_length) {
    if (signature == NULL)
        return s_inner.C_Sign(session, data, length, signature, signature_length);

    int signing = ++slow_token_signing;
    int most = slow_token_max_signing;
    while (signing > most && !atomic_compare_exchange_weak(&slow_token_max_signing, &most, signing)) {
    }
    usleep((useconds_t)s_setting("RESEAU_SLOW_TOKEN_SIGN_MS") * 1000);
    CK_RV result = s_inner.C_Sign(session, data, length, signature, signature_length);
    --slow_token_signing;
    return s_setting("RESEAU_SLOW_TOKEN_SIGN_FAILS") ? CKR_DEVICE_ERROR : result;
}

static CK_RV
s_open(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_VOID_PTR notify, CK_SESSION_HANDLE *session) {
    /* Counted before it is opened: threads that come at the same time must not all find the last one free. */
    long most = s_setting("RESEAU_SLOW_TOKEN_SESSIONS");
    if (++slow_token_sessions > most && most > 0) {
        --slow_token_sessions;
        return CKR_SESSION_COUNT;
    }
    CK_RV result = s_inner.C_OpenSession(slot, flags, application, notify, session);
    if (result != CKR_OK)
        --slow_token_sessions;
    return result;
}

static CK_RV s_close(CK_SESSION_HANDLE session) {
    CK_RV result = s_inner.C_CloseSession(session);
    if (result == CKR_OK)
        --slow_token_sessions;
    return result;
}

static CK_RV s_mechanism(CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism, CK_MECHANISM_INFO *info) {
    CK_RV result = s_inner.C_GetMechanismInfo(slot, mechanism, info);
    if (result == CKR_OK && mechanism == CKM_RSA_PKCS_PSS && s_setting("RESEAU_SLOW_TOKEN_NO_PSS"))
        info->flags &= ~CKF_SIGN;
    return result;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) {
    const char *path = getenv("RESEAU_SLOW_TOKEN_INNER");
    void *library = dlopen(path != NULL ? path : "/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW);
    CK_RV (*get)(CK_FUNCTION_LIST **) = NULL;
    if (library != NULL)
        *(void **)&get = dlsym(library, "C_GetFunctionList");
    CK_FUNCTION_LIST *inner = NULL;
    if (get == NULL || get(&inner) != CKR_OK)
        return CKR_DEVICE_ERROR;

    memcpy(&s_inner, inner, sizeof(s_inner));
    memcpy(&s_list, inner, sizeof(s_list));
    s_list.C_Sign = s_sign;
    s_list.C_OpenSession = s_open;
    s_list.C_CloseSession = s_close;
    s_list.C_GetMechanismInfo = s_mechanism;
    if (s_setting("RESEAU_SLOW_TOKEN_MAJOR"))
        s_list.version.major = (CK_BYTE)s_setting("RESEAU_SLOW_TOKEN_MAJOR");
    if (s_setting("RESEAU_SLOW_TOKEN_MINOR"))
        s_list.version.minor = (CK_BYTE)s_setting("RESEAU_SLOW_TOKEN_MINOR");
    *list = &s_list;
    return CKR_OK;
}
