/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TOKEN_H
#define RESEAU_TESTS_TOKEN_H

#include "support/aws_string.h"
#include "support/temporary_file.h"
#include "support/tls.h"

#include <aws/common/string.h>
#include <aws/io/pkcs11.h>
#include <aws/io/private/pkcs11_private.h>

#include <cstdlib>
#include <cstring>

inline const char *SoftHsmLibrary() {
    const char *path = getenv("RESEAU_TEST_PKCS11_LIBRARY");
    return path != nullptr ? path : "/usr/lib/softhsm/libsofthsm2.so";
}

/* SoftHSM with a directory of tokens of the test's own. The library is not loaded yet. */
class TokenTest : public TlsTest {
  protected:
    static constexpr const char *kSecurityPin = "1111";
    static constexpr const char *kPin = "0000";
    static constexpr const char *kKeyLabel = "my-key";

    void SetUp() override {
        TlsTest::SetUp();
        directory_.reset(new TemporaryDirectory());
        directory_->Write(
            "softhsm2.conf",
            "directories.tokendir = " + directory_->Path("tokens") +
                "\nobjectstore.backend = file\nlog.level = ERROR\n");
        ClearTokens();
        setenv("SOFTHSM2_CONF", directory_->Path("softhsm2.conf").c_str(), 1);
        ASSERT_EQ(0, access(SoftHsmLibrary(), R_OK)) << "SoftHSM is missing: package softhsm2";
    }

    void TearDown() override {
        Unload();
        directory_.reset();
        TlsTest::TearDown();
    }

    struct aws_pkcs11_lib *New(enum aws_pkcs11_lib_behavior behavior, const char *path = SoftHsmLibrary()) {
        struct aws_pkcs11_lib_options options = {};
        options.filename = aws_byte_cursor_from_c_str(path);
        options.initialize_finalize_behavior = behavior;
        return aws_pkcs11_lib_new(allocator_, &options);
    }

    void Load() {
        lib_ = New(AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE);
        ASSERT_NE(nullptr, lib_) << aws_error_name(aws_last_error());
    }

    void Unload() {
        aws_pkcs11_lib_release(lib_);
        lib_ = nullptr;
    }

    /* SoftHSM looks for tokens when it is initialised. */
    void Reload() {
        Unload();
        Load();
    }

    void ClearTokens() {
        std::filesystem::remove_all(directory_->Path("tokens"));
        std::filesystem::create_directory(directory_->Path("tokens"));
    }

    CK_FUNCTION_LIST *Functions() {
        return aws_pkcs11_lib_get_function_list(lib_);
    }

    /* Makes a token with this label and returns its slot. The library is loaded again, so all slots may change. */
    CK_SLOT_ID
    AddToken(const std::string &label, const std::string &security_pin = kSecurityPin, const std::string &pin = kPin) {
        CK_SLOT_ID slot = FreeSlot();
        CK_UTF8CHAR padded[32];
        memset(padded, ' ', sizeof(padded));
        memcpy(padded, label.data(), label.size());
        CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
        EXPECT_EQ(CKR_OK, Functions()->C_InitToken(slot, Pin(security_pin), security_pin.size(), padded));
        EXPECT_EQ(
            CKR_OK, Functions()->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session));
        EXPECT_EQ(CKR_OK, Functions()->C_Login(session, CKU_SO, Pin(security_pin), security_pin.size()));
        EXPECT_EQ(CKR_OK, Functions()->C_InitPIN(session, Pin(pin), pin.size()));
        Reload();
        slot = (CK_SLOT_ID)-1;
        EXPECT_EQ(
            AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, AwsString(allocator_, label), &slot));
        return slot;
    }

    CK_SESSION_HANDLE OpenSession(CK_SLOT_ID slot) {
        CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_open_session(lib_, slot, &session));
        EXPECT_NE(CK_INVALID_HANDLE, session);
        return session;
    }

    void LogIn(CK_SESSION_HANDLE session, const std::string &pin = kPin) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_login_user(lib_, session, AwsString(allocator_, pin)));
    }

    /* A token, and a session with its user logged in. */
    CK_SESSION_HANDLE LoadAndLogIn() {
        Load();
        CK_SESSION_HANDLE session = OpenSession(AddToken("my-token"));
        LogIn(session);
        return session;
    }

    struct KeyPair {
        CK_OBJECT_HANDLE secret = CK_INVALID_HANDLE;
        CK_OBJECT_HANDLE open = CK_INVALID_HANDLE;
    };

    /* A pair that is there as long as the session. */
    KeyPair NewRsa(CK_SESSION_HANDLE session, CK_ULONG bits, const std::string &label = kKeyLabel) {
        CK_ATTRIBUTE bits_attribute = {CKA_MODULUS_BITS, &bits, sizeof(bits)};
        return NewPair(session, CKM_RSA_PKCS_KEY_PAIR_GEN, bits_attribute, label);
    }

    KeyPair NewEc(CK_SESSION_HANDLE session, std::vector<CK_BYTE> curve, const std::string &label = kKeyLabel) {
        CK_ATTRIBUTE curve_attribute = {CKA_EC_PARAMS, curve.data(), curve.size()};
        return NewPair(session, CKM_EC_KEY_PAIR_GEN, curve_attribute, label);
    }

    /* Puts a key of certificates.sh into a token. The library must not be loaded. */
    void ImportKey(const std::string &token_label, const std::string &name, const std::string &label = kKeyLabel) {
        std::string log = directory_->Path("import.log");
        std::string command = "softhsm2-util --import " + Certificate(name + ".key") + " --token " + token_label +
                              " --label " + label + " --id AABBCCDD --pin " + kPin + " > " + log + " 2>&1";
        ASSERT_EQ(0, system(command.c_str())) << command << Contents(log);
    }

    static CK_UTF8CHAR *Pin(const std::string &pin) {
        return (CK_UTF8CHAR *)pin.data();
    }

    static std::string Take(struct aws_byte_buf *buffer) {
        std::string content((const char *)buffer->buffer, buffer->len);
        aws_byte_buf_clean_up(buffer);
        return content;
    }

    std::unique_ptr<TemporaryDirectory> directory_;
    struct aws_pkcs11_lib *lib_ = nullptr;

  private:
    KeyPair NewPair(CK_SESSION_HANDLE session, CK_MECHANISM_TYPE type, CK_ATTRIBUTE kind, const std::string &label) {
        static CK_BBOOL yes = CK_TRUE;
        static CK_BBOOL no = CK_FALSE;
        CK_MECHANISM mechanism = {type, nullptr, 0};
        CK_ATTRIBUTE open[] = {kind, {CKA_VERIFY, &yes, sizeof(yes)}};
        CK_ATTRIBUTE secret[] = {
            {CKA_LABEL, (CK_VOID_PTR)label.data(), label.size()},
            {CKA_ID, (CK_VOID_PTR)label.data(), label.size()},
            {CKA_SIGN, &yes, sizeof(yes)},
            {CKA_EXTRACTABLE, &no, sizeof(no)}};
        KeyPair pair;
        CK_RV result =
            Functions()->C_GenerateKeyPair(session, &mechanism, open, 2, secret, 4, &pair.open, &pair.secret);
        EXPECT_STREQ("CKR_OK", aws_pkcs11_ckr_str(result));
        return pair;
    }

    /* SoftHSM always has one slot whose token waits to be made. */
    CK_SLOT_ID FreeSlot() {
        CK_SLOT_ID slots[16];
        CK_ULONG count = 16;
        EXPECT_EQ(CKR_OK, Functions()->C_GetSlotList(CK_TRUE, slots, &count));
        for (CK_ULONG i = 0; i < count; ++i) {
            CK_TOKEN_INFO token = {};
            EXPECT_EQ(CKR_OK, Functions()->C_GetTokenInfo(slots[i], &token));
            if ((token.flags & CKF_TOKEN_INITIALIZED) == 0) {
                return slots[i];
            }
        }
        ADD_FAILURE() << "no slot is free";
        return (CK_SLOT_ID)-1;
    }
};

#endif /* RESEAU_TESTS_TOKEN_H */
