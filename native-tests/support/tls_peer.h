/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TLS_PEER_H
#define RESEAU_TESTS_TLS_PEER_H

#include "support/tls.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/ssl.h>

#include <cstring>
#include <string>
#include <vector>

/*
 * The other end of a TLS connection, by OpenSSL directly. It has no socket: what it sends and what it is sent
 * go through the test, which may do to every byte what it likes.
 */
class TlsPeer {
  public:
    enum Role { CLIENT, SERVER };

    TlsPeer(Role role, int version, const std::string &certificate = "ec256") : role_(role), version_(version) {
        context_ = SSL_CTX_new(role == CLIENT ? TLS_client_method() : TLS_server_method());
        SSL_CTX_set_min_proto_version(context_, version);
        SSL_CTX_set_max_proto_version(context_, version);
        SSL_CTX_set_cipher_list(context_, "ECDHE+AES128+AESGCM");
        SSL_CTX_clear_options(context_, SSL_OP_NO_RENEGOTIATION);
        SSL_CTX_set_options(context_, SSL_OP_ALLOW_CLIENT_RENEGOTIATION);
        if (role == SERVER) {
            EXPECT_EQ(1, SSL_CTX_use_certificate_chain_file(context_, Certificate(certificate + ".crt").c_str()));
            EXPECT_EQ(
                1, SSL_CTX_use_PrivateKey_file(context_, Certificate(certificate + ".key").c_str(), SSL_FILETYPE_PEM));
        }
        ssl_ = SSL_new(context_);
        in_ = BIO_new(BIO_s_mem());
        out_ = BIO_new(BIO_s_mem());
        SSL_set_bio(ssl_, in_, out_);
        if (role == CLIENT) {
            SSL_set_connect_state(ssl_);
        } else {
            SSL_set_accept_state(ssl_);
        }
    }

    ~TlsPeer() {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
    }

    TlsPeer(const TlsPeer &) = delete;
    TlsPeer &operator=(const TlsPeer &) = delete;

    /* Goes on with the handshake, as far as it can. */
    void Step() {
        int result = SSL_do_handshake(ssl_);
        failed_ = failed_ || (result != 1 && SSL_get_error(ssl_, result) != SSL_ERROR_WANT_READ);
    }

    bool Finished() const {
        return SSL_is_init_finished(ssl_) == 1;
    }

    bool Failed() const {
        return failed_;
    }

    /* What it has to send. */
    std::string Output() {
        std::string bytes(BIO_ctrl_pending(out_), '\0');
        if (!bytes.empty()) {
            EXPECT_EQ((int)bytes.size(), BIO_read(out_, &bytes[0], (int)bytes.size()));
        }
        return bytes;
    }

    void Feed(const std::string &bytes) {
        EXPECT_EQ((int)bytes.size(), BIO_write(in_, bytes.data(), (int)bytes.size()));
    }

    void Write(const std::string &text) {
        EXPECT_EQ((int)text.size(), SSL_write(ssl_, text.data(), (int)text.size()));
    }

    /* All content that has come. */
    std::string Read() {
        std::string text;
        char part[4096];
        for (int count; (count = SSL_read(ssl_, part, sizeof(part))) > 0;) {
            text.append(part, (size_t)count);
        }
        return text;
    }

    /* Asks the other end for new keys. */
    void UpdateKeys() {
        EXPECT_EQ(1, SSL_key_update(ssl_, SSL_KEY_UPDATE_REQUESTED));
        EXPECT_EQ(1, SSL_do_handshake(ssl_));
    }

    /* TLS 1.2, servers: asks for another handshake. */
    void Renegotiate() {
        EXPECT_EQ(1, SSL_renegotiate(ssl_));
        SSL_do_handshake(ssl_);
    }

    SSL *ssl() const {
        return ssl_;
    }

    Role role() const {
        return role_;
    }

    int version() const {
        return version_;
    }

  private:
    Role role_;
    int version_;
    SSL_CTX *context_;
    SSL *ssl_;
    BIO *in_;
    BIO *out_;
    bool failed_ = false;
};

/* A record of this type with this content, not encrypted. */
inline std::string Record(int type, const std::string &content, int length = -1, int version = 0x0303) {
    size_t announced = length < 0 ? content.size() : (size_t)length;
    std::string record = {(char)type, (char)(version >> 8), (char)version, (char)(announced >> 8), (char)announced};
    return record + content;
}

inline std::string AlertRecord(int level, int description) {
    return Record(21, {(char)level, (char)description});
}

/* Cuts a byte stream into its records; the last may lack bytes. */
inline std::vector<std::string> Records(const std::string &bytes) {
    std::vector<std::string> records;
    for (size_t at = 0; at < bytes.size();) {
        size_t left = bytes.size() - at;
        size_t length =
            left < 5 ? left : 5 + ((size_t)(unsigned char)bytes[at + 3] << 8) + (unsigned char)bytes[at + 4];
        records.push_back(bytes.substr(at, length));
        at += length;
    }
    return records;
}

/*
 * Encrypts records of any type and content in the name of a client of TLS 1.2 with AES-128-GCM, which OpenSSL itself
 * would not send. Made when the handshake is over and before the client has written anything.
 */
class RecordForger {
  public:
    explicit RecordForger(const TlsPeer &client) {
        unsigned char master[48];
        unsigned char client_random[32];
        unsigned char server_random[32];
        EXPECT_EQ(sizeof(master), SSL_SESSION_get_master_key(SSL_get_session(client.ssl()), master, sizeof(master)));
        SSL_get_client_random(client.ssl(), client_random, sizeof(client_random));
        SSL_get_server_random(client.ssl(), server_random, sizeof(server_random));
        std::string seed =
            "key expansion" + std::string((char *)server_random, 32) + std::string((char *)client_random, 32);
        std::string keys = Expand(std::string((char *)master, sizeof(master)), seed, 40);
        key_ = keys.substr(0, 16);
        salt_ = keys.substr(32, 4);
    }

    std::string Seal(int type, const std::string &content) {
        std::string number;
        for (int shift = 56; shift >= 0; shift -= 8) {
            number += (char)(next_ >> shift);
        }
        ++next_;
        std::string nonce = salt_ + number;
        std::string extra = number + Record(type, "", (int)content.size());
        std::string sealed(content.size(), '\0');
        std::string tag(16, '\0');
        int length = 0;
        EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
        EVP_EncryptInit_ex(cipher, EVP_aes_128_gcm(), nullptr, Bytes(key_), Bytes(nonce));
        EVP_EncryptUpdate(cipher, nullptr, &length, Bytes(extra), (int)extra.size());
        EVP_EncryptUpdate(cipher, Bytes(sealed), &length, Bytes(content), (int)content.size());
        EVP_EncryptFinal_ex(cipher, Bytes(sealed) + length, &length);
        EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, 16, Bytes(tag));
        EVP_CIPHER_CTX_free(cipher);
        return Record(type, number + sealed + tag);
    }

  private:
    static unsigned char *Bytes(std::string &text) {
        return reinterpret_cast<unsigned char *>(&text[0]);
    }
    static const unsigned char *Bytes(const std::string &text) {
        return reinterpret_cast<const unsigned char *>(text.data());
    }

    static std::string Hash(const std::string &secret, const std::string &text) {
        unsigned char digest[32];
        unsigned int length = 0;
        HMAC(EVP_sha256(), secret.data(), (int)secret.size(), Bytes(text), text.size(), digest, &length);
        return std::string((char *)digest, length);
    }

    /* RFC 5246, section 5. */
    static std::string Expand(const std::string &secret, const std::string &seed, size_t length) {
        std::string result;
        for (std::string a = Hash(secret, seed); result.size() < length; a = Hash(secret, a)) {
            result += Hash(secret, a + seed);
        }
        return result.substr(0, length);
    }

    std::string key_;
    std::string salt_;

    /* The client's Finished was number 0. */
    uint64_t next_ = 1;
};

#endif /* RESEAU_TESTS_TLS_PEER_H */
