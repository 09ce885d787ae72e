/* SPDX-License-Identifier: Apache-2.0 */
/* PKCS#11 with SoftHSM: libraries, slots, sessions, keys, signatures. For TLS see tls_pkcs11_test.cc. */
#include "support/token.h"

using Pkcs11Test = TokenTest;

/* Object identifiers of curves in DER. */
static const std::vector<CK_BYTE> kP256 = {0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07};
static const std::vector<CK_BYTE> kP384 = {0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22};
static const std::vector<CK_BYTE> kP521 = {0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23};

/* Libraries. */

TEST_F(Pkcs11Test, pkcs11_lib_sanity_check) {
    Load();
    CK_INFO info = {};
    EXPECT_EQ(CKR_OK, Functions()->C_GetInfo(&info));
    EXPECT_EQ(2, info.cryptokiVersion.major);
}

TEST_F(Pkcs11Test, pkcs11_lib_behavior_default) {
    struct aws_pkcs11_lib *first = New(AWS_PKCS11_LIB_DEFAULT_BEHAVIOR);
    ASSERT_NE(nullptr, first);
    struct aws_pkcs11_lib *second = New(AWS_PKCS11_LIB_DEFAULT_BEHAVIOR);
    ASSERT_NE(nullptr, second) << "that it is initialised is no error";

    /* Nobody finalises it. */
    aws_pkcs11_lib_release(first);
    CK_INFO info = {};
    EXPECT_EQ(CKR_OK, aws_pkcs11_lib_get_function_list(second)->C_GetInfo(&info));
    aws_pkcs11_lib_release(second);
    struct aws_pkcs11_lib *third = New(AWS_PKCS11_LIB_DEFAULT_BEHAVIOR);
    ASSERT_NE(nullptr, third);
    aws_pkcs11_lib_get_function_list(third)->C_Finalize(nullptr);
    aws_pkcs11_lib_release(third);
}

TEST_F(Pkcs11Test, pkcs11_lib_behavior_omit_initialize) {
    EXPECT_NULL_RAISES(AWS_ERROR_PKCS11_CKR_CRYPTOKI_NOT_INITIALIZED, New(AWS_PKCS11_LIB_OMIT_INITIALIZE));
    Load();
    struct aws_pkcs11_lib *user = New(AWS_PKCS11_LIB_OMIT_INITIALIZE);
    ASSERT_NE(nullptr, user);
    aws_pkcs11_lib_release(user);
    CK_INFO info = {};
    EXPECT_EQ(CKR_OK, Functions()->C_GetInfo(&info)) << "the user has not finalised it";
}

TEST_F(Pkcs11Test, pkcs11_lib_behavior_strict_initialize_finalize) {
    Load();
    EXPECT_NULL_RAISES(
        AWS_ERROR_PKCS11_CKR_CRYPTOKI_ALREADY_INITIALIZED, New(AWS_PKCS11_LIB_STRICT_INITIALIZE_FINALIZE));
    CK_INFO info = {};
    EXPECT_EQ(CKR_OK, Functions()->C_GetInfo(&info)) << "the failure has not finalised it";
    Reload();
}

TEST_F(Pkcs11Test, LibrariesThatAreNone) {
    struct aws_pkcs11_lib_options options = {};
    options.filename = aws_byte_cursor_from_c_str(SoftHsmLibrary());
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_new(nullptr, &options));
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_new(allocator_, nullptr));
    options.initialize_finalize_behavior = (enum aws_pkcs11_lib_behavior)3;
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_new(allocator_, &options));
    EXPECT_NULL_RAISES(
        AWS_IO_SHARED_LIBRARY_LOAD_FAILURE, New(AWS_PKCS11_LIB_DEFAULT_BEHAVIOR, "/nonexistent/pkcs11.so"));
    EXPECT_NULL_RAISES(AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE, New(AWS_PKCS11_LIB_DEFAULT_BEHAVIOR, "libm.so.6"));

    /* The program itself, which is none either. */
    struct aws_pkcs11_lib_options program = {};
    EXPECT_NULL_RAISES(AWS_IO_SHARED_LIBRARY_FIND_SYMBOL_FAILURE, aws_pkcs11_lib_new(allocator_, &program));
    aws_pkcs11_lib_release(nullptr);
}

TEST_F(Pkcs11Test, LibrariesAreCounted) {
    Load();
    EXPECT_EQ(lib_, aws_pkcs11_lib_acquire(lib_));
    aws_pkcs11_lib_release(lib_);
    CK_INFO info = {};
    EXPECT_EQ(CKR_OK, Functions()->C_GetInfo(&info));
}

TEST_F(Pkcs11Test, NamesOfReturnValues) {
    EXPECT_STREQ("CKR_OK", aws_pkcs11_ckr_str(CKR_OK));
    EXPECT_STREQ("CKR_CANCEL", aws_pkcs11_ckr_str(1));
    EXPECT_STREQ("CKR_SESSION_COUNT", aws_pkcs11_ckr_str(CKR_SESSION_COUNT));
    EXPECT_STREQ("CKR_FUNCTION_REJECTED", aws_pkcs11_ckr_str(CKR_FUNCTION_REJECTED));
    EXPECT_STREQ("<UNKNOWN RETURN VALUE>", aws_pkcs11_ckr_str(0x80000001UL));
}

/* Slots. */

TEST_F(Pkcs11Test, pkcs11_find_slot) {
    Load();
    CK_SLOT_ID slot = 0;

    /* There is one token, not initialised, but the only one. */
    EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, nullptr, &slot));

    std::string label = "label!@#$%^&*-_=+{}[]<>?,./():_1";
    CK_SLOT_ID added = AddToken(label, "qwertyuioplaksjdhfgbn341269504732", "341269504732");
    slot = (CK_SLOT_ID)-1;
    EXPECT_RAISES(AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, nullptr, &slot));
    EXPECT_EQ((CK_SLOT_ID)-1, slot);

    uint64_t id = added;
    EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, &id, nullptr, &slot));
    EXPECT_EQ(added, slot);
    slot = 0;
    AwsString text(allocator_, label);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, text, &slot));
    EXPECT_EQ(added, slot);

    Unload();
    ClearTokens();
    Load();
    slot = (CK_SLOT_ID)-1;
    EXPECT_RAISES(AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, text, &slot));
    EXPECT_EQ((CK_SLOT_ID)-1, slot);
}

TEST_F(Pkcs11Test, pkcs11_find_slot_many_tokens) {
    Load();
    AddToken("label_1", "ABCD", "ABCD");
    AddToken("label_2", "0111", "0111");
    AwsString labels[] = {{allocator_, "label_1"}, {allocator_, "label_2"}};
    uint64_t ids[2];
    for (int i = 0; i < 2; ++i) {
        CK_SLOT_ID slot = 0;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, labels[i], &slot));
        ids[i] = slot;
    }
    EXPECT_NE(ids[0], ids[1]);

    CK_SLOT_ID slot = (CK_SLOT_ID)-1;
    EXPECT_RAISES(AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, nullptr, &slot));
    for (int i = 0; i < 2; ++i) {
        EXPECT_RAISES(
            AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, aws_pkcs11_lib_find_slot_with_token(lib_, &ids[i], labels[1 - i], &slot));
        EXPECT_EQ((CK_SLOT_ID)-1, slot) << "a failure changes nothing";
    }
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, &ids[i], nullptr, &slot));
        EXPECT_EQ(ids[i], slot);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_find_slot_with_token(lib_, &ids[i], labels[i], &slot));
        EXPECT_EQ(ids[i], slot);
    }

    Unload();
    ClearTokens();
    Load();
    EXPECT_RAISES(
        AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, labels[1], &slot));
}

/* Sessions. */

TEST_F(Pkcs11Test, pkcs11_session_tests) {
    Load();
    CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
    EXPECT_RAISES(AWS_ERROR_PKCS11_CKR_SLOT_ID_INVALID, aws_pkcs11_lib_open_session(lib_, 1, &session));
    CK_SLOT_ID slot = AddToken("my-token");
    CK_SESSION_HANDLE first = OpenSession(slot);
    CK_SESSION_HANDLE second = OpenSession(slot);
    EXPECT_NE(first, second);
    aws_pkcs11_lib_close_session(lib_, first);
    aws_pkcs11_lib_close_session(lib_, second);

    /* Logged only. */
    aws_pkcs11_lib_close_session(lib_, second);
}

TEST_F(Pkcs11Test, pkcs11_login_tests) {
    Load();
    CK_SLOT_ID slot = AddToken("my-token");
    AwsString pin(allocator_, kPin);
    EXPECT_RAISES(AWS_ERROR_PKCS11_CKR_SESSION_HANDLE_INVALID, aws_pkcs11_lib_login_user(lib_, 1, pin));
    CK_SESSION_HANDLE first = OpenSession(slot);
    EXPECT_RAISES(
        AWS_ERROR_PKCS11_CKR_PIN_INCORRECT,
        aws_pkcs11_lib_login_user(lib_, first, AwsString(allocator_, "INVALID_PIN")));
    LogIn(first);
    LogIn(first);
    CK_SESSION_HANDLE second = OpenSession(slot);
    LogIn(second);
    aws_pkcs11_lib_close_session(lib_, first);
    LogIn(second);
    aws_pkcs11_lib_close_session(lib_, second);
}

/* Keys. */

TEST_F(Pkcs11Test, pkcs11_find_private_key) {
    Load();
    CK_SLOT_ID slot = AddToken("label!@#$%^&*-_=+{}[]<>?,./():_1", "qwertyuioplaksjdhfgbn341269504732", "341269504732");
    CK_SESSION_HANDLE user = OpenSession(slot);
    CK_SESSION_HANDLE maker = OpenSession(slot);
    LogIn(user, "341269504732");
    KeyPair pair = NewRsa(maker, 1024, "RSA_KEY");
    AwsString label(allocator_, "RSA_KEY");
    const struct aws_string *labels[] = {label, nullptr};
    for (const struct aws_string *one : labels) {
        CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
        CK_KEY_TYPE type = CKK_GENERIC_SECRET;
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_find_private_key(lib_, user, one, &key, &type));
        EXPECT_EQ(pair.secret, key);
        EXPECT_EQ(CKK_RSA, type);
    }
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    EXPECT_RAISES(
        AWS_ERROR_PKCS11_KEY_NOT_FOUND,
        aws_pkcs11_lib_find_private_key(lib_, user, AwsString(allocator_, "another"), &key, &type));
    EXPECT_EQ(CK_INVALID_HANDLE, key);
}

TEST_F(Pkcs11Test, pkcs11_find_private_key_for_different_rsa_types) {
    Load();
    CK_SLOT_ID slot = AddToken("my-rsa-token");
    CK_SESSION_HANDLE user = OpenSession(slot);
    CK_SESSION_HANDLE maker = OpenSession(slot);
    LogIn(user);
    for (CK_ULONG bits : {1024, 2048, 4096}) {
        std::string label = std::to_string(bits) + "_Key";
        KeyPair pair = NewRsa(maker, bits, label);
        CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
        CK_KEY_TYPE type = CKK_GENERIC_SECRET;
        EXPECT_EQ(
            AWS_OP_SUCCESS, aws_pkcs11_lib_find_private_key(lib_, user, AwsString(allocator_, label), &key, &type));
        EXPECT_EQ(pair.secret, key);
        EXPECT_EQ(CKK_RSA, type);
    }
}

TEST_F(Pkcs11Test, pkcs11_find_private_key_for_ec) {
    CK_SESSION_HANDLE session = LoadAndLogIn();
    KeyPair pair = NewEc(session, kP256, "EC_256_Key");
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    EXPECT_EQ(
        AWS_OP_SUCCESS,
        aws_pkcs11_lib_find_private_key(lib_, session, AwsString(allocator_, "EC_256_Key"), &key, &type));
    EXPECT_EQ(pair.secret, key);
    EXPECT_EQ(CKK_EC, type);
}

TEST_F(Pkcs11Test, pkcs11_find_multiple_private_key) {
    CK_SESSION_HANDLE session = LoadAndLogIn();
    KeyPair pairs[] = {NewRsa(session, 1024, "RSA_KEY"), NewRsa(session, 1024, "DES_KEY_2")};
    CK_OBJECT_HANDLE key = CK_INVALID_HANDLE;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    EXPECT_RAISES(AWS_ERROR_PKCS11_KEY_NOT_FOUND, aws_pkcs11_lib_find_private_key(lib_, session, nullptr, &key, &type));
    const char *labels[] = {"RSA_KEY", "DES_KEY_2"};
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(
            AWS_OP_SUCCESS,
            aws_pkcs11_lib_find_private_key(lib_, session, AwsString(allocator_, labels[i]), &key, &type));
        EXPECT_EQ(pairs[i].secret, key);
    }
}

/* What is done with them. */

class Pkcs11OperationTest : public TokenTest {
  protected:
    bool Verify(
        CK_SESSION_HANDLE session,
        CK_OBJECT_HANDLE key,
        CK_MECHANISM mechanism,
        std::string data,
        std::string signature) {
        EXPECT_EQ(CKR_OK, Functions()->C_VerifyInit(session, &mechanism, key));
        return Functions()->C_Verify(
                   session, (CK_BYTE *)data.data(), data.size(), (CK_BYTE *)signature.data(), signature.size()) ==
               CKR_OK;
    }

    int Sign(
        CK_SESSION_HANDLE session,
        CK_OBJECT_HANDLE key,
        CK_KEY_TYPE type,
        enum aws_tls_hash_algorithm digest,
        enum aws_tls_signature_algorithm algorithm) {
        return aws_pkcs11_lib_sign(
            lib_, session, key, type, CursorOf(data_), allocator_, digest, algorithm, &signature_);
    }

    void SignRsa(enum aws_tls_hash_algorithm digest) {
        CK_SESSION_HANDLE session = LoadAndLogIn();
        KeyPair pair = NewRsa(session, 2048);
        ASSERT_EQ(AWS_OP_SUCCESS, Sign(session, pair.secret, CKK_RSA, digest, AWS_TLS_SIGNATURE_RSA));
        struct aws_byte_cursor prefix = {};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_get_prefix_to_rsa_sig(digest, &prefix));
        std::string whole = std::string((const char *)prefix.ptr, prefix.len) + data_;
        EXPECT_TRUE(Verify(session, pair.open, {CKM_RSA_PKCS, nullptr, 0}, whole, Take(&signature_)));
        ExpectRefusals(session, pair.secret, CKK_RSA, digest, AWS_TLS_SIGNATURE_RSA);
    }

    void ExpectRefusals(
        CK_SESSION_HANDLE session,
        CK_OBJECT_HANDLE key,
        CK_KEY_TYPE type,
        enum aws_tls_hash_algorithm digest,
        enum aws_tls_signature_algorithm algorithm) {
        EXPECT_RAISES(AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED, Sign(session, key, CKK_GENERIC_SECRET, digest, algorithm));
        EXPECT_RAISES(
            AWS_ERROR_PKCS11_CKR_SESSION_HANDLE_INVALID, Sign(CK_INVALID_HANDLE, key, type, digest, algorithm));
        EXPECT_RAISES(
            AWS_ERROR_PKCS11_CKR_OBJECT_HANDLE_INVALID, Sign(session, CK_INVALID_HANDLE, type, digest, algorithm));
        EXPECT_RAISES(
            AWS_IO_TLS_SIGNATURE_ALGORITHM_UNSUPPORTED, Sign(session, key, type, digest, AWS_TLS_SIGNATURE_UNKNOWN));
        EXPECT_EQ(nullptr, signature_.allocator) << "a failure makes no buffer";
    }

    void SignEc(const std::vector<CK_BYTE> &curve, size_t size) {
        CK_SESSION_HANDLE session = LoadAndLogIn();
        KeyPair pair = NewEc(session, curve);
        data_ = std::string(32, '7');
        for (int i = 0; i < 30; ++i) {
            ASSERT_EQ(
                AWS_OP_SUCCESS, Sign(session, pair.secret, CKK_EC, AWS_TLS_HASH_UNKNOWN, AWS_TLS_SIGNATURE_ECDSA));
            EXPECT_TRUE(Verify(session, pair.open, {CKM_ECDSA, nullptr, 0}, data_, RawPair(Take(&signature_), size)));
        }
        ExpectRefusals(session, pair.secret, CKK_EC, AWS_TLS_HASH_UNKNOWN, AWS_TLS_SIGNATURE_ECDSA);
    }

    /* A sequence of two integers in DER, as two numbers of one size. */
    static std::string RawPair(const std::string &der, size_t size) {
        size_t at = 0;
        EXPECT_EQ(0x30, (uint8_t)der[at++]);
        if ((uint8_t)der[at] == 0x81) {
            ++at;
            EXPECT_GT((uint8_t)der[at], 0x7F);
        }
        EXPECT_EQ(der.size() - at - 1, (uint8_t)der[at]);
        ++at;
        std::string pair;
        for (int i = 0; i < 2; ++i) {
            EXPECT_EQ(0x02, der[at]);
            std::string number = der.substr(at + 2, (uint8_t)der[at + 1]);
            EXPECT_EQ(0, number[0] & 0x80);
            at += 2 + number.size();
            number.erase(0, number.size() > size ? number.size() - size : 0);
            pair += std::string(size - number.size(), '\0') + number;
        }
        EXPECT_EQ(der.size(), at);
        return pair;
    }

    std::string data_ = "ABCDEFGHIJKL";
    struct aws_byte_buf signature_ = {};
};

TEST_F(Pkcs11OperationTest, pkcs11_sign_rsa_sha1) {
    SignRsa(AWS_TLS_HASH_SHA1);
}

TEST_F(Pkcs11OperationTest, pkcs11_sign_rsa_sha224) {
    SignRsa(AWS_TLS_HASH_SHA224);
}

TEST_F(Pkcs11OperationTest, pkcs11_sign_rsa_sha256) {
    SignRsa(AWS_TLS_HASH_SHA256);
}

TEST_F(Pkcs11OperationTest, pkcs11_sign_rsa_sha384) {
    SignRsa(AWS_TLS_HASH_SHA384);
}

TEST_F(Pkcs11OperationTest, pkcs11_sign_rsa_sha512) {
    SignRsa(AWS_TLS_HASH_SHA512);
}

TEST_F(Pkcs11OperationTest, RsaWithoutADigestIsRefused) {
    CK_SESSION_HANDLE session = LoadAndLogIn();
    KeyPair pair = NewRsa(session, 1024);
    for (auto algorithm : {AWS_TLS_SIGNATURE_RSA, AWS_TLS_SIGNATURE_RSA_PSS}) {
        EXPECT_RAISES(
            AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED,
            Sign(session, pair.secret, CKK_RSA, AWS_TLS_HASH_UNKNOWN, algorithm));
    }
    struct aws_byte_cursor prefix = {};
    EXPECT_RAISES(AWS_IO_TLS_DIGEST_ALGORITHM_UNSUPPORTED, aws_get_prefix_to_rsa_sig(AWS_TLS_HASH_UNKNOWN, &prefix));
}

TEST_F(Pkcs11OperationTest, RsaSignsByPss) {
    CK_SESSION_HANDLE session = LoadAndLogIn();
    KeyPair pair = NewRsa(session, 2048);
    data_ = std::string(32, '7');
    ASSERT_EQ(AWS_OP_SUCCESS, Sign(session, pair.secret, CKK_RSA, AWS_TLS_HASH_SHA256, AWS_TLS_SIGNATURE_RSA_PSS));
    CK_RSA_PKCS_PSS_PARAMS parameters = {CKM_SHA256, CKG_MGF1_SHA256, 32};
    EXPECT_TRUE(
        Verify(session, pair.open, {CKM_RSA_PKCS_PSS, &parameters, sizeof(parameters)}, data_, Take(&signature_)));
}

TEST_F(Pkcs11OperationTest, pkcs11_sign_ec_256) {
    SignEc(kP256, 32);
}

TEST_F(Pkcs11OperationTest, EcOf384Bits) {
    SignEc(kP384, 48);
}

TEST_F(Pkcs11OperationTest, EcOf521Bits) {
    SignEc(kP521, 66);
}

TEST_F(Pkcs11OperationTest, pkcs11_rsa_decrypt) {
    CK_SESSION_HANDLE session = LoadAndLogIn();
    KeyPair pair = NewRsa(session, 2048);
    CK_MECHANISM mechanism = {CKM_RSA_PKCS, nullptr, 0};
    CK_BYTE encrypted[256];
    CK_ULONG length = sizeof(encrypted);
    ASSERT_EQ(CKR_OK, Functions()->C_EncryptInit(session, &mechanism, pair.open));
    ASSERT_EQ(CKR_OK, Functions()->C_Encrypt(session, (CK_BYTE *)data_.data(), data_.size(), encrypted, &length));
    struct aws_byte_cursor input = aws_byte_cursor_from_array(encrypted, length);
    struct aws_byte_buf output = {};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_pkcs11_lib_decrypt(lib_, session, pair.secret, CKK_RSA, input, allocator_, &output));
    EXPECT_EQ(data_, Take(&output));

    for (CK_KEY_TYPE type : {CKK_GENERIC_SECRET, CKK_EC}) {
        EXPECT_RAISES(
            AWS_ERROR_PKCS11_KEY_TYPE_UNSUPPORTED,
            aws_pkcs11_lib_decrypt(lib_, session, pair.secret, type, input, allocator_, &output));
    }
    EXPECT_RAISES(
        AWS_ERROR_PKCS11_CKR_SESSION_HANDLE_INVALID,
        aws_pkcs11_lib_decrypt(lib_, CK_INVALID_HANDLE, pair.secret, CKK_RSA, input, allocator_, &output));
    EXPECT_RAISES(
        AWS_ERROR_PKCS11_CKR_OBJECT_HANDLE_INVALID,
        aws_pkcs11_lib_decrypt(lib_, session, CK_INVALID_HANDLE, CKK_RSA, input, allocator_, &output));
    struct aws_byte_cursor nothing = aws_byte_cursor_from_c_str("");
    EXPECT_NE(
        AWS_OP_SUCCESS, aws_pkcs11_lib_decrypt(lib_, session, pair.secret, CKK_RSA, nothing, allocator_, &output));
    EXPECT_EQ(nullptr, output.allocator);
}

TEST_F(Pkcs11OperationTest, BadArgumentsAreRefused) {
    Load();
    CK_OBJECT_HANDLE handle = CK_INVALID_HANDLE;
    struct aws_byte_cursor nothing = {};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_find_slot_with_token(nullptr, nullptr, nullptr, &handle));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_find_slot_with_token(lib_, nullptr, nullptr, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_open_session(nullptr, 0, &handle));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_open_session(lib_, 0, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_login_user(nullptr, 0, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_find_private_key(lib_, 0, nullptr, nullptr, &handle));
    EXPECT_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_lib_decrypt(lib_, 0, 0, CKK_RSA, nothing, allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pkcs11_asn1_enc_ubigint(nullptr, nothing));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_get_prefix_to_rsa_sig(AWS_TLS_HASH_SHA1, nullptr));
    EXPECT_EQ(nullptr, aws_pkcs11_lib_get_function_list(nullptr));
    aws_pkcs11_lib_close_session(nullptr, 0);
}

TEST_F(Pkcs11OperationTest, pkcs11_asn1_bigint) {
    struct {
        std::vector<uint8_t> number;
        std::vector<uint8_t> der;
    } cases[] = {
        {{0x12, 0x34, 0x56, 0x78}, {0x02, 0x04, 0x12, 0x34, 0x56, 0x78}},
        {{0x00, 0x34, 0x56, 0x78}, {0x02, 0x03, 0x34, 0x56, 0x78}},
        {{0x00, 0x00, 0x56, 0x78}, {0x02, 0x02, 0x56, 0x78}},
        {{0x00, 0x00, 0x00, 0x78}, {0x02, 0x01, 0x78}},
        {{0x00, 0x00, 0x00, 0x00}, {0x02, 0x01, 0x00}},
        {{}, {0x02, 0x01, 0x00}},
        {{0x00, 0x84, 0x56, 0x78}, {0x02, 0x04, 0x00, 0x84, 0x56, 0x78}},
        {{0x82, 0x34, 0x56, 0x78}, {0x02, 0x05, 0x00, 0x82, 0x34, 0x56, 0x78}}};
    for (auto &one : cases) {
        struct aws_byte_buf buffer = {};
        aws_byte_buf_init(&buffer, allocator_, one.number.size() + 4);
        struct aws_byte_cursor number = aws_byte_cursor_from_array(one.number.data(), one.number.size());
        EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_asn1_enc_ubigint(&buffer, number));
        EXPECT_EQ(std::string(one.der.begin(), one.der.end()), Take(&buffer));
    }
}

TEST_F(Pkcs11OperationTest, NumbersThatDoNotFitAreRefused) {
    std::string number(127, 'x');
    struct aws_byte_buf buffer = {};
    aws_byte_buf_init(&buffer, allocator_, 200);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_pkcs11_asn1_enc_ubigint(&buffer, CursorOf(number)));
    EXPECT_EQ(129u, buffer.len);
    buffer.len = 0;
    EXPECT_RAISES(AWS_ERROR_PKCS11_ENCODING_ERROR, aws_pkcs11_asn1_enc_ubigint(&buffer, CursorOf(number + "x")));
    aws_byte_buf_clean_up(&buffer);
    aws_byte_buf_init(&buffer, allocator_, 5);
    EXPECT_RAISES(
        AWS_ERROR_PKCS11_ENCODING_ERROR, aws_pkcs11_asn1_enc_ubigint(&buffer, aws_byte_cursor_from_c_str("abcd")));
    aws_byte_buf_clean_up(&buffer);
}
