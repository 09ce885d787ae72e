/* SPDX-License-Identifier: Apache-2.0 */
#include "faults/token.h"

#include "faults/injector.h"

#include <aws/io/private/cryptoki.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>

namespace {

constexpr CK_OBJECT_HANDLE kKey = 7;
constexpr CK_SLOT_ID kSlot = 3;

struct Session {
    bool is_finding = false;
    bool has_found = false;
    bool is_signing = false;
    CK_MECHANISM_TYPE mechanism = 0;
};

std::mutex mutex;
bool is_initialised = false;
CK_SESSION_HANDLE last_session = 0;
std::map<CK_SESSION_HANDLE, Session> sessions;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Operation = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

Key ReadKey() {
    FILE *file = fopen(RESEAU_TEST_CERTIFICATES "/server.key", "re");
    Key key(PEM_read_PrivateKey(file, nullptr, nullptr, nullptr), EVP_PKEY_free);
    fclose(file);
    return key;
}

/* Without a digest's name the input is signed as it is. */
std::string Sign(int padding, const EVP_MD *digest, const std::string &input) {
    CryptoMemoryIsSafe safe;
    Key key = ReadKey();
    Operation operation(EVP_PKEY_CTX_new(key.get(), nullptr), EVP_PKEY_CTX_free);
    bool is_ready =
        EVP_PKEY_sign_init(operation.get()) == 1 && EVP_PKEY_CTX_set_rsa_padding(operation.get(), padding) == 1;
    if (digest != nullptr) {
        is_ready = is_ready && EVP_PKEY_CTX_set_signature_md(operation.get(), digest) == 1;
    }
    if (padding == RSA_PKCS1_PSS_PADDING) {
        is_ready = is_ready && EVP_PKEY_CTX_set_rsa_pss_saltlen(operation.get(), RSA_PSS_SALTLEN_DIGEST) == 1;
    }
    unsigned char signature[1024];
    size_t length = sizeof(signature);
    auto *bytes = reinterpret_cast<const unsigned char *>(input.data());
    if (!is_ready || EVP_PKEY_sign(operation.get(), signature, &length, bytes, input.size()) != 1) {
        return "";
    }
    return std::string(reinterpret_cast<char *>(signature), length);
}

/* Asks the injector; the caller is whoever called the function that asks. */
#define FAIL_IF_WANTED(call)                                                                                           \
    int wanted = 0;                                                                                                    \
    if (FaultStrikes(call, __builtin_return_address(0), &wanted)) {                                                    \
        return (CK_RV)wanted;                                                                                          \
    }                                                                                                                  \
    std::lock_guard<std::mutex> lock(mutex)

CK_RV Initialize(CK_VOID_PTR) {
    FAIL_IF_WANTED(Call::kTokenInitialize);
    is_initialised = true;
    return CKR_OK;
}

/* Has its effect also when it reports a failure, and so have the next two. */
CK_RV Finalize(CK_VOID_PTR) {
    int wanted = CKR_OK;
    FaultStrikes(Call::kTokenFinalize, __builtin_return_address(0), &wanted);
    std::lock_guard<std::mutex> lock(mutex);
    is_initialised = false;
    return (CK_RV)wanted;
}

CK_RV CloseSession(CK_SESSION_HANDLE session) {
    int wanted = CKR_OK;
    FaultStrikes(Call::kTokenClose, __builtin_return_address(0), &wanted);
    std::lock_guard<std::mutex> lock(mutex);
    sessions.erase(session);
    return (CK_RV)wanted;
}

CK_RV FindObjectsFinal(CK_SESSION_HANDLE session) {
    int wanted = CKR_OK;
    FaultStrikes(Call::kTokenFindFinal, __builtin_return_address(0), &wanted);
    std::lock_guard<std::mutex> lock(mutex);
    sessions[session].is_finding = false;
    return (CK_RV)wanted;
}

CK_RV GetInfo(CK_INFO *info) {
    FAIL_IF_WANTED(Call::kTokenInfo);
    memset(info, ' ', sizeof(*info));
    return CKR_OK;
}

CK_RV GetSlotList(CK_BBOOL, CK_SLOT_ID *slots, CK_ULONG *count) {
    FAIL_IF_WANTED(Call::kTokenSlots);
    if (slots != nullptr) {
        slots[0] = kSlot;
    }
    *count = 1;
    return CKR_OK;
}

CK_RV GetTokenInfo(CK_SLOT_ID, CK_TOKEN_INFO *info) {
    FAIL_IF_WANTED(Call::kTokenDescribe);
    memset(info, 0, sizeof(*info));
    memset(info->label, ' ', sizeof(info->label));
    memcpy(info->label, "token", 5);
    info->flags = CKF_TOKEN_INITIALIZED;
    return CKR_OK;
}

CK_RV GetMechanismInfo(CK_SLOT_ID, CK_MECHANISM_TYPE, CK_MECHANISM_INFO *info) {
    FAIL_IF_WANTED(Call::kTokenMechanism);
    *info = {1024, 4096, CKF_SIGN};
    return CKR_OK;
}

CK_RV OpenSession(CK_SLOT_ID, CK_FLAGS, CK_VOID_PTR, CK_VOID_PTR, CK_SESSION_HANDLE *session) {
    FAIL_IF_WANTED(Call::kTokenOpen);
    *session = ++last_session;
    sessions[*session] = Session();
    return CKR_OK;
}

CK_RV Login(CK_SESSION_HANDLE, CK_USER_TYPE, CK_UTF8CHAR *, CK_ULONG) {
    FAIL_IF_WANTED(Call::kTokenLogin);
    return CKR_OK;
}

CK_RV FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE *, CK_ULONG) {
    FAIL_IF_WANTED(Call::kTokenFindInit);
    sessions[session].is_finding = true;
    sessions[session].has_found = false;
    return CKR_OK;
}

CK_RV FindObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects, CK_ULONG, CK_ULONG *count) {
    FAIL_IF_WANTED(Call::kTokenFind);
    *count = sessions[session].has_found ? 0 : 1;
    objects[0] = kKey;
    sessions[session].has_found = true;
    return CKR_OK;
}

CK_RV GetAttributeValue(CK_SESSION_HANDLE, CK_OBJECT_HANDLE, CK_ATTRIBUTE *attributes, CK_ULONG) {
    FAIL_IF_WANTED(Call::kTokenAttribute);
    const CK_ULONG type = CKK_RSA;
    memcpy(attributes->pValue, &type, sizeof(type));
    return CKR_OK;
}

CK_RV SignInit(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key) {
    FAIL_IF_WANTED(Call::kTokenSignInit);
    if (key != kKey || sessions.count(session) == 0 || sessions[session].is_signing) {
        return CKR_FUNCTION_REJECTED;
    }
    sessions[session].is_signing = true;
    sessions[session].mechanism = mechanism->mechanism;
    return CKR_OK;
}

/* Without room only the length is returned, and the operation goes on; else it is over, also if it failed. */
CK_RV SignData(
    CK_SESSION_HANDLE session, CK_BYTE *data, CK_ULONG length, CK_BYTE *signature, CK_ULONG *signature_length) {
    int wanted = 0;
    if (FaultStrikes(Call::kTokenSign, __builtin_return_address(0), &wanted)) {
        std::lock_guard<std::mutex> lock(mutex);
        sessions[session].is_signing = false;
        return (CK_RV)wanted;
    }
    Session state;
    {
        std::lock_guard<std::mutex> lock(mutex);
        state = sessions[session];
        sessions[session].is_signing = signature == nullptr;
    }
    if (!state.is_signing) {
        return CKR_FUNCTION_REJECTED;
    }
    bool is_pss = state.mechanism == CKM_RSA_PKCS_PSS;
    std::string input(reinterpret_cast<char *>(data), length);
    const EVP_MD *digest = !is_pss ? nullptr : length == 32 ? EVP_sha256() : length == 48 ? EVP_sha384() : EVP_sha512();
    std::string result = Sign(is_pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING, digest, input);
    if (signature != nullptr) {
        memcpy(signature, result.data(), result.size());
    }
    *signature_length = result.size();
    return result.empty() ? CKR_FUNCTION_REJECTED : CKR_OK;
}

CK_RV NothingElse() {
    return CKR_FUNCTION_REJECTED;
}

} // namespace

std::string SignWithTestKey(bool is_pss, const char *digest_name, const std::string &digest) {
    return Sign(is_pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING, EVP_get_digestbyname(digest_name), digest);
}

bool TokenIsLeftClean() {
    std::lock_guard<std::mutex> lock(mutex);
    bool is_clean = !is_initialised && sessions.empty();
    is_initialised = false;
    sessions.clear();
    return is_clean;
}

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) {
    static CK_FUNCTION_LIST functions;
    FAIL_IF_WANTED(Call::kTokenList);
    functions = {};
    functions.version = {2, 40};
    functions.C_Initialize = Initialize;
    functions.C_Finalize = Finalize;
    functions.C_GetInfo = GetInfo;
    functions.C_GetFunctionList = C_GetFunctionList;
    functions.C_GetSlotList = GetSlotList;
    functions.C_GetSlotInfo = NothingElse;
    functions.C_GetTokenInfo = GetTokenInfo;
    functions.C_GetMechanismInfo = GetMechanismInfo;
    functions.C_OpenSession = OpenSession;
    functions.C_CloseSession = CloseSession;
    functions.C_Login = Login;
    functions.C_FindObjectsInit = FindObjectsInit;
    functions.C_FindObjects = FindObjects;
    functions.C_FindObjectsFinal = FindObjectsFinal;
    functions.C_GetAttributeValue = GetAttributeValue;
    functions.C_SignInit = SignInit;
    functions.C_Sign = SignData;
    *list = &functions;
    return CKR_OK;
}
