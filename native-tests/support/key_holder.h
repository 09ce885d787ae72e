/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_KEY_HOLDER_H
#define RESEAU_TESTS_KEY_HOLDER_H

#include "support/tls.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <map>
#include <vector>

/* What was asked, and the output that answers it. */
struct KeyWork {
    struct aws_tls_key_operation *operation;
    enum aws_tls_key_operation_type type;
    enum aws_tls_signature_algorithm signature;
    enum aws_tls_hash_algorithm digest;
    std::string input;
};

/* A handler of the program's that has a private key, which OpenSSL uses. By default operations are kept until
 * the test says how they end. The handler goes with its last reference, of which the object has the first. */
class KeyHolder {
  public:
    KeyHolder(struct aws_allocator *allocator, const std::string &key) : key_(Certificate(key + ".key")) {
        inner_ = static_cast<Inner *>(aws_mem_calloc(allocator, 1, sizeof(Inner)));
        inner_->allocator = allocator;
        inner_->holder = this;
        inner_->base.impl = inner_;
        inner_->base.vtable = VTable();
        aws_ref_count_init(&inner_->base.ref_count, inner_, OnUnreferenced);
    }

    ~KeyHolder() {
        ReleaseHold();
        EXPECT_TRUE(state.Await([this] { return destroyed == 1; })) << "somebody still holds the handler";
    }

    struct aws_custom_key_op_handler *get() const {
        return &inner_->base;
    }

    /* Drops the object's own reference. */
    void ReleaseHold() {
        if (held_) {
            held_ = false;
            aws_custom_key_op_handler_release(&inner_->base);
        }
    }

    KeyWork Await() {
        EXPECT_TRUE(state.Await([this] { return !waiting.empty(); })) << "no operation came";
        KeyWork work = {};
        state.Change([&] {
            if (!waiting.empty()) {
                work = waiting.front();
                waiting.erase(waiting.begin());
            }
        });
        return work;
    }

    /* The right output. */
    std::string Perform(const KeyWork &work) {
        EVP_PKEY *key = ReadKey();
        EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
        std::string output = work.type == AWS_TLS_KEY_OPERATION_DECRYPT ? Decrypt(context, work) : Sign(context, work);
        EVP_PKEY_CTX_free(context);
        EVP_PKEY_free(key);
        return output;
    }

    static void Complete(const KeyWork &work, const std::string &output) {
        aws_tls_key_operation_complete(work.operation, CursorOf(output));
    }

    void Answer() {
        KeyWork work = Await();
        ASSERT_NE(nullptr, work.operation);
        Complete(work, Perform(work));
    }

    /* All fields are read and changed through `state`. */
    Monitor state;
    std::vector<KeyWork> waiting;
    int asked = 0;
    int destroyed = 0;
    /* Called instead of keeping the operation, on the loop. */
    std::function<void(const KeyWork &)> on_operation;

  private:
    struct Inner {
        struct aws_custom_key_op_handler base;
        struct aws_allocator *allocator;
        KeyHolder *holder;
    };

    static const struct aws_custom_key_op_handler_vtable *VTable() {
        static const struct aws_custom_key_op_handler_vtable vtable = {OnOperation};
        return &vtable;
    }

    static void OnOperation(struct aws_custom_key_op_handler *handler, struct aws_tls_key_operation *operation) {
        KeyHolder *self = static_cast<Inner *>(handler->impl)->holder;
        struct aws_byte_cursor input = aws_tls_key_operation_get_input(operation);
        KeyWork work = {
            operation,
            aws_tls_key_operation_get_type(operation),
            aws_tls_key_operation_get_signature_algorithm(operation),
            aws_tls_key_operation_get_digest_algorithm(operation),
            std::string((const char *)input.ptr, input.len)};
        if (self->on_operation) {
            self->state.Change([&] { ++self->asked; });
            self->on_operation(work);
            return;
        }
        self->state.Change([&] {
            ++self->asked;
            self->waiting.push_back(work);
        });
    }

    static void OnUnreferenced(void *arg) {
        auto *inner = static_cast<Inner *>(arg);
        KeyHolder *self = inner->holder;
        aws_mem_release(inner->allocator, inner);
        self->state.Change([&] { ++self->destroyed; });
    }

    EVP_PKEY *ReadKey() const {
        BIO *file = BIO_new_file(key_.c_str(), "r");
        EVP_PKEY *key = PEM_read_bio_PrivateKey(file, NULL, NULL, NULL);
        EXPECT_NE(nullptr, key) << key_;
        BIO_free(file);
        return key;
    }

    static std::string Sign(EVP_PKEY_CTX *context, const KeyWork &work) {
        EXPECT_EQ(1, EVP_PKEY_sign_init(context));
        if (work.signature == AWS_TLS_SIGNATURE_RSA) {
            EXPECT_LT(0, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING));
        } else if (work.signature == AWS_TLS_SIGNATURE_RSA_PSS) {
            EXPECT_LT(0, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING));
            EXPECT_LT(0, EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST));
        }
        const EVP_MD *digest = EVP_get_digestbyname(aws_tls_hash_algorithm_str(work.digest));
        EXPECT_LT(0, EVP_PKEY_CTX_set_signature_md(context, digest));
        return Output(EVP_PKEY_sign, context, work.input);
    }

    static std::string Decrypt(EVP_PKEY_CTX *context, const KeyWork &work) {
        EXPECT_EQ(1, EVP_PKEY_decrypt_init(context));
        EXPECT_LT(0, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING));
        return Output(EVP_PKEY_decrypt, context, work.input);
    }

    template <class Function>
    static std::string Output(Function function, EVP_PKEY_CTX *context, const std::string &input) {
        auto *bytes = (const unsigned char *)input.data();
        size_t length = 0;
        EXPECT_EQ(1, function(context, NULL, &length, bytes, input.size()));
        std::string output(length, '\0');
        EXPECT_EQ(1, function(context, (unsigned char *)&output[0], &length, bytes, input.size()));
        output.resize(length);
        return output;
    }

    std::string key_;
    Inner *inner_;
    bool held_ = true;
};

#endif /* RESEAU_TESTS_KEY_HOLDER_H */
