/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Host names: an input is a server name behind its length, a mode, and the names in the certificate of a server, each a
 * kind, a length and bytes, or the whole extension as it stands. The authority that has issued it is trusted. The name
 * is accepted, asked for and found where the model in this file says so; which names the extension has is for OpenSSL
 * to say. The common name is the server name and counts for nothing.
 */
#include "fuzz/tls_session_pair.h"

#include <arpa/inet.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <vector>

static std::string Lower(std::string text) {
    for (char &c : text) {
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return text;
}

static std::vector<std::string> Labels(const std::string &name) {
    std::vector<std::string> labels(1);
    for (char c : name) {
        if (c == '.') {
            labels.emplace_back();
        } else {
            labels.back() += c;
        }
    }
    return labels;
}

/* A host as the program means it, by rules of its own. */
struct Host {
    std::string spelling;
    std::string address;

    explicit Host(const std::string &given) {
        if (!TakeAddress(given)) {
            TakeName(given);
        }
    }

    bool IsGood() const {
        return !spelling.empty();
    }

    bool IsNamedBy(const std::string &presented) const {
        std::vector<std::string> own = Labels(spelling);
        std::vector<std::string> other = Labels(Lower(presented));
        if (!IsGood() || !address.empty() || own.size() != other.size()) {
            return false;
        }
        size_t first = other[0] == "*" && other.size() >= 3 ? 1 : 0;
        return std::equal(own.begin() + first, own.end(), other.begin() + first);
    }

  private:
    bool TakeAddress(const std::string &given) {
        std::string text = given;
        size_t percent = text.find('%');
        if (text.find(':') != std::string::npos && percent != std::string::npos) {
            for (char c : text.substr(percent + 1)) {
                if (c < '!' || c > '~') {
                    return false;
                }
            }
            if (percent + 1 == text.size()) {
                return false;
            }
            text.resize(percent);
        }
        int family = text.find(':') == std::string::npos ? AF_INET : AF_INET6;
        char bytes[16];
        char written[INET6_ADDRSTRLEN];
        if (text.find('\0') != std::string::npos || inet_pton(family, text.c_str(), bytes) != 1) {
            return false;
        }
        address.assign(bytes, family == AF_INET ? 4 : 16);
        spelling = inet_ntop(family, bytes, written, sizeof(written));
        return true;
    }

    void TakeName(std::string given) {
        static const char of_labels[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
        given = Lower(given);
        if (!given.empty() && given.back() == '.') {
            given.pop_back();
        }
        std::vector<std::string> labels = Labels(given);
        bool is_good = given.size() <= 253;
        for (const std::string &label : labels) {
            is_good = is_good && !label.empty() && label.size() <= 63 &&
                      label.find_first_not_of(of_labels, 0, sizeof(of_labels) - 1) == std::string::npos;
        }
        const std::string &last = labels.back();
        bool is_number =
            last.find_first_not_of("0123456789") == std::string::npos ||
            (last.compare(0, 2, "0x") == 0 && last.find_first_not_of("0123456789abcdef", 2) == std::string::npos);
        if (is_good && !is_number) {
            spelling = given;
        }
    }
};

/* An authority, and a server's key, for all inputs. */
struct Authority {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    EVP_PKEY *server_key = EVP_EC_gen("P-256");
    X509 *certificate = New(key);

    Authority() {
        X509_NAME_add_entry_by_txt(
            X509_get_subject_name(certificate), "CN", MBSTRING_ASC, (const unsigned char *)"Authority", -1, -1, 0);
        X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
        X509_EXTENSION *is_authority = X509V3_EXT_conf_nid(NULL, NULL, NID_basic_constraints, "critical,CA:TRUE");
        X509_add_ext(certificate, is_authority, -1);
        X509_EXTENSION_free(is_authority);
        MUST(X509_sign(certificate, key, EVP_sha256()) > 0);
    }

    /* Signed, with this extension once or twice. */
    X509 *Issue(const std::string &common_name, const std::string &names, int times) const {
        X509 *leaf = New(server_key);
        X509_NAME_add_entry_by_txt(
            X509_get_subject_name(leaf),
            "CN",
            MBSTRING_ASC,
            (const unsigned char *)common_name.data(),
            (int)std::min(common_name.size(), (size_t)64),
            -1,
            0);
        X509_set_issuer_name(leaf, X509_get_subject_name(certificate));
        ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
        ASN1_OCTET_STRING_set(value, (const unsigned char *)names.data(), (int)names.size());
        for (int i = 0; i < times; ++i) {
            X509_EXTENSION *extension = X509_EXTENSION_create_by_NID(NULL, NID_subject_alt_name, 0, value);
            X509_add_ext(leaf, extension, -1);
            X509_EXTENSION_free(extension);
        }
        ASN1_OCTET_STRING_free(value);
        MUST(X509_sign(leaf, key, EVP_sha256()) > 0);
        return leaf;
    }

    std::string Pem() const {
        BIO *bio = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(bio, certificate);
        char *text = NULL;
        long length = BIO_get_mem_data(bio, &text);
        std::string pem(text, (size_t)length);
        BIO_free(bio);
        return pem;
    }

  private:
    static X509 *New(EVP_PKEY *key) {
        X509 *made = X509_new();
        X509_set_version(made, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
        X509_gmtime_adj(X509_getm_notBefore(made), -3600);
        X509_gmtime_adj(X509_getm_notAfter(made), 3600 * 24 * 365);
        X509_set_pubkey(made, key);
        return made;
    }
};

/* Whether one of the names is the host's; -1 if they are not in DER, so that it may be taken for either. */
static int Model(const Host &host, const std::string &extension) {
    const unsigned char *at = (const unsigned char *)extension.data();
    GENERAL_NAMES *names = d2i_GENERAL_NAMES(NULL, &at, (long)extension.size());
    if (names == NULL) {
        return 0;
    }
    int is_found = 0;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        int type = 0;
        ASN1_STRING *value = (ASN1_STRING *)GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type);
        if (type == GEN_DNS || type == GEN_IPADD) {
            std::string text((const char *)ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value));
            is_found |= type == GEN_DNS ? host.IsNamedBy(text) : !host.address.empty() && text == host.address;
        }
    }
    unsigned char *again = NULL;
    int length = i2d_GENERAL_NAMES(names, &again);
    bool is_der = length >= 0 && std::string((char *)again, (size_t)length) == extension;
    OPENSSL_free(again);
    GENERAL_NAMES_free(names);
    return is_der || !is_found ? is_found : -1;
}

static std::string Take(Input &input, size_t length) {
    std::string text;
    while (length-- > 0 && !input.Empty()) {
        text += (char)input.Byte();
    }
    return text;
}

static std::string Element(int tag, const std::string &content) {
    std::string element = {(char)tag};
    if (content.size() >= 0x100) {
        element += {(char)0x82, (char)(content.size() >> 8)};
    } else if (content.size() >= 0x80) {
        element += (char)0x81;
    }
    return element + (char)content.size() + content;
}

static std::string TakeExtension(Input &input, bool is_raw) {
    if (is_raw) {
        return Take(input, input.Left());
    }
    static const int kinds[] = {0x82, 0x87, 0x82, 0x86, 0x82, 0x81};
    std::string names;
    while (!input.Empty() && names.size() < 4096) {
        int kind = kinds[input.Byte() % 6];
        names += Element(kind, Take(input, input.Byte()));
    }
    return Element(0x30, names);
}

static struct aws_tls_ctx *NewContext(struct aws_allocator *allocator, const Authority &authority) {
    struct aws_tls_ctx_options options;
    aws_tls_ctx_options_init_default_client(&options, allocator);
    std::string pem = authority.Pem();
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(pem.data(), pem.size());
    MUST(aws_tls_ctx_options_override_default_trust_store(&options, &cursor) == AWS_OP_SUCCESS);
    struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator, &options);
    aws_tls_ctx_options_clean_up(&options);
    MUST(context != NULL);
    return context;
}

/* Whether the options take the name, and then in which spelling. */
static bool IsTaken(struct aws_allocator *allocator, const std::string &name, std::string *spelling) {
    struct aws_tls_connection_options options = {};
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(name.data(), name.size());
    bool is_taken = aws_tls_connection_options_set_server_name(&options, allocator, &cursor) == AWS_OP_SUCCESS;
    if (is_taken) {
        spelling->assign(aws_string_c_str(options.server_name), options.server_name->len);
    } else {
        MUST(aws_last_error() == AWS_ERROR_INVALID_ARGUMENT && options.server_name == NULL);
    }
    aws_tls_connection_options_clean_up(&options);
    return is_taken;
}

static void Shake(FuzzEnd &end, FuzzPeer &peer) {
    std::string said;
    for (int round = 0; round < 4 && end.results == 0; ++round) {
        said = peer.Step(end.Output());
        end.Feed(said);
    }
    MUST(end.results == 1);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct aws_allocator *allocator = NULL;
    static const Authority *authority = NULL;
    static struct aws_tls_ctx *context = NULL;
    if (allocator == NULL) {
        allocator = aws_default_allocator();
        aws_io_library_init(allocator);
        setenv("RESEAU_TLS_RESUMPTION", "off", 1);
        authority = new Authority();
        context = NewContext(allocator, *authority);
    }

    Input input(data, size);
    std::string name = Take(input, input.Number() % 300);
    int mode = input.Byte();
    Host host(name);
    std::string spelling;
    bool is_taken = IsTaken(allocator, name, &spelling);
    MUST(is_taken == (name.empty() || host.IsGood()));
    MUST(!is_taken || spelling == host.spelling);
    Saw(1, name.size());
    Saw(2 + (size_t)is_taken, 1 + host.address.size());
    if (!is_taken) {
        return 0;
    }

    int times = (mode & 2) != 0 ? 2 : 1;
    std::string extension = TakeExtension(input, (mode & 1) != 0);
    int expected = times == 1 ? Model(host, extension) : 0;
    X509 *leaf = authority->Issue(name, extension, times);
    {
        FuzzPeer peer(false, (mode & 4) != 0 ? TLS1_2_VERSION : TLS1_3_VERSION);
        if (SSL_use_certificate(peer.ssl(), leaf) == 1 && SSL_use_PrivateKey(peer.ssl(), authority->server_key) == 1) {
            struct aws_byte_cursor cursor = aws_byte_cursor_from_array(name.data(), name.size());
            FuzzEnd end(allocator, context, false, NULL, &cursor);
            MUST(end.IsMade());
            Shake(end, peer);
            MUST(expected == -1 || (end.result == AWS_ERROR_SUCCESS) == (expected == 1));
            const char *asked = SSL_get_servername(peer.ssl(), TLSEXT_NAMETYPE_host_name);
            MUST((asked == NULL ? "" : asked) == (host.address.empty() ? host.spelling : std::string()));
            Saw(5, (size_t)(mode % 8));
            Saw(6 + (size_t)(expected + 1), extension.size() / 4);
        } else {
            Saw(10);
        }
    }
    X509_free(leaf);
    return 0;
}
