/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as PEM, and as the DER of a certificate; certificates and keys in layouts of the input's choice. */
#include "fuzz/fuzz.h"

#include <aws/common/array_list.h>
#include <aws/common/byte_buf.h>
#include <aws/common/string.h>
#include <aws/io/io.h>
#include <aws/io/pem.h>
#include <aws/io/private/pem_utils.h>
#include <aws/io/tls_channel_handler.h>

#include <openssl/x509.h>

#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

static void Sanitize(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    struct aws_byte_buf once;
    aws_byte_buf_init_copy_from_cursor(&once, allocator, text);
    if (aws_sanitize_pem(&once, allocator) == AWS_OP_SUCCESS) {
        MUST(once.len > 0 && memcmp(once.buffer, "-----BEGIN", 10) == 0);
        struct aws_byte_buf twice;
        aws_byte_buf_init_copy(&twice, allocator, &once);
        MUST(aws_sanitize_pem(&twice, allocator) == AWS_OP_SUCCESS);
        MUST(aws_byte_buf_eq(&once, &twice));
        aws_byte_buf_clean_up(&twice);
        Saw(1);
    } else {
        MUST(aws_last_error() == AWS_ERROR_INVALID_ARGUMENT);
        struct aws_byte_cursor unchanged = aws_byte_cursor_from_buf(&once);
        MUST(aws_byte_cursor_eq(&text, &unchanged));
    }
    aws_byte_buf_clean_up(&once);
}

static void Parse(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    struct aws_array_list objects;
    if (aws_pem_objects_init_from_file_contents(&objects, allocator, text) != AWS_OP_SUCCESS) {
        MUST(aws_last_error() == AWS_ERROR_PEM_MALFORMED);
        MUST(aws_array_list_length(&objects) == 0);
        return;
    }
    size_t count = aws_array_list_length(&objects);
    MUST(count > 0);
    Saw(2, count);
    for (size_t i = 0; i < count; ++i) {
        void *item = NULL;
        MUST(aws_array_list_get_at_ptr(&objects, &item, i) == AWS_OP_SUCCESS);
        struct aws_pem_object *object = (struct aws_pem_object *)item;
        MUST(object->data.len <= text.len && object->type_string->len <= text.len);
        MUST((object->type == AWS_PEM_TYPE_X509) == aws_string_eq_c_str(object->type_string, "CERTIFICATE"));
        Saw(100 + (size_t)object->type, object->data.len);
    }
    aws_pem_objects_clean_up(&objects);
}

static void Encode(struct aws_allocator *allocator, struct aws_byte_cursor der) {
    struct aws_string *pem = aws_der_cert_to_pem(allocator, der);
    MUST((pem == NULL) == (der.len == 0));
    if (pem == NULL) {
        return;
    }
    struct aws_array_list objects;
    MUST(
        aws_pem_objects_init_from_file_contents(&objects, allocator, aws_byte_cursor_from_string(pem)) ==
        AWS_OP_SUCCESS);
    MUST(aws_array_list_length(&objects) == 1);
    void *item = NULL;
    aws_array_list_get_at_ptr(&objects, &item, 0);
    struct aws_byte_buf *data = &((struct aws_pem_object *)item)->data;
    MUST(data->len == der.len && memcmp(data->buffer, der.ptr, der.len) == 0);
    aws_pem_objects_clean_up(&objects);
    aws_string_destroy(pem);
}

/* Every certificate that pem.h reads out of the text is one to OpenSSL, and there is one. */
static bool HoldsGoodCertificates(struct aws_array_list *objects) {
    bool holds = false;
    for (size_t i = 0; i < aws_array_list_length(objects); ++i) {
        void *item = NULL;
        aws_array_list_get_at_ptr(objects, &item, i);
        struct aws_pem_object *object = (struct aws_pem_object *)item;
        if (object->type != AWS_PEM_TYPE_X509 && object->type != AWS_PEM_TYPE_X509_OLD) {
            continue;
        }
        const unsigned char *der = object->data.buffer;
        X509 *certificate = d2i_X509(NULL, &der, (long)object->data.len);
        X509_free(certificate);
        if (certificate == NULL) {
            return false;
        }
        holds = true;
    }
    return holds;
}

static struct aws_tls_ctx *MakeTrusting(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    struct aws_tls_ctx_options options;
    aws_tls_ctx_options_init_default_client(&options, allocator);
    struct aws_tls_ctx *context = NULL;
    if (aws_tls_ctx_options_override_default_trust_store(&options, &text) == AWS_OP_SUCCESS) {
        context = aws_tls_client_ctx_new(allocator, &options);
    }
    aws_tls_ctx_options_clean_up(&options);
    return context;
}

static size_t CountObjects(struct aws_byte_cursor text) {
    static const std::string s_begin = "-----BEGIN";
    size_t count = 0;
    const std::string bytes(reinterpret_cast<const char *>(text.ptr), text.len);
    for (size_t at = bytes.find(s_begin); at != std::string::npos; at = bytes.find(s_begin, at + 1)) {
        ++count;
    }
    return count;
}

/*
 * What pem.h reads whole a trust store reads too. A BEGIN line without its end is the end of the text to pem.h; a trust
 * store refuses the text, which may have lost a certificate.
 */
static void Trust(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    struct aws_tls_ctx *context = MakeTrusting(allocator, text);
    Saw(200, context != NULL ? 2 : 1);
    struct aws_array_list objects;
    if (aws_pem_objects_init_from_file_contents(&objects, allocator, text) == AWS_OP_SUCCESS) {
        const bool is_whole = aws_array_list_length(&objects) == CountObjects(text);
        if (is_whole && HoldsGoodCertificates(&objects)) {
            Saw(201);
            MUST(context != NULL);
        }
        aws_pem_objects_clean_up(&objects);
    }
    aws_tls_ctx_release(context);
}

static std::string Contents(const char *name) {
    std::ifstream file(std::string(RESEAU_TEST_CERTIFICATES) + "/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/* The text with other ends of its lines, and something before some of them. */
static std::string LaidOut(Input &input, const std::string &text) {
    static const char *const s_ends[] = {"\n", "\r\n", "\r", " ", "\t", "\n\n", " \r\n\t", "\f\n", "\"\n\""};
    std::string laid;
    const char *end = s_ends[input.Byte() % (sizeof(s_ends) / sizeof(*s_ends))];
    for (char c : text) {
        if (c != '\n') {
            laid += c;
            continue;
        }
        laid += end;
        if (input.Byte() % 8 == 1) {
            end = s_ends[input.Byte() % (sizeof(s_ends) / sizeof(*s_ends))];
        }
    }
    return laid;
}

/* A chain and a key among other objects: a context is made if the first certificate and the first key belong together,
 * whatever the layout. */
static void Show(struct aws_allocator *allocator, Input input) {
    static const std::string s_certificates[] = {Contents("leaf.crt"), Contents("ec256.crt")};
    static const std::string s_keys[] = {Contents("leaf.key"), Contents("ec256.sec1")};
    static const std::string s_others[] = {Contents("dh512.pem"), "text: with -- dashes\n", "", "\n"};
    std::string chain;
    std::string key;
    int first_certificate = -1;
    int first_key = -1;
    for (size_t left = input.Byte() % 4 + 1; left > 0; --left) {
        int which = input.Byte() & 1;
        chain += LaidOut(input, s_others[input.Byte() % 4]) + LaidOut(input, s_certificates[which]);
        first_certificate = first_certificate < 0 ? which : first_certificate;
        which = input.Byte() & 1;
        key += LaidOut(input, s_others[input.Byte() % 4]) + LaidOut(input, s_keys[which]);
        first_key = first_key < 0 ? which : first_key;
    }
    struct aws_byte_cursor chain_cursor = aws_byte_cursor_from_array(chain.data(), chain.size());
    struct aws_byte_cursor key_cursor = aws_byte_cursor_from_array(key.data(), key.size());
    struct aws_tls_ctx_options options;
    MUST(aws_tls_ctx_options_init_default_server(&options, allocator, &chain_cursor, &key_cursor) == AWS_OP_SUCCESS);
    struct aws_tls_ctx *context = aws_tls_server_ctx_new(allocator, &options);
    MUST((context != NULL) == (first_certificate == first_key));
    aws_tls_ctx_release(context);
    aws_tls_ctx_options_clean_up(&options);

    context = MakeTrusting(allocator, chain_cursor);
    MUST(context != NULL);
    aws_tls_ctx_release(context);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct aws_allocator *allocator = NULL;
    if (allocator == NULL) {
        allocator = aws_default_allocator();
        aws_io_library_init(allocator);
    }
    struct aws_byte_cursor text = aws_byte_cursor_from_array(data, size);
    Sanitize(allocator, text);
    Parse(allocator, text);
    Encode(allocator, text);
    Trust(allocator, text);
    Show(allocator, Input(data, size));
    return 0;
}
