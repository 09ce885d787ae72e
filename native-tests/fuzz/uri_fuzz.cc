/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a URI, as the parts of one, and as text to encode. */
#include "fuzz/fuzz.h"

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>
#include <aws/common/uri.h>

#include <string>

static std::string Text(struct aws_byte_cursor cursor) {
    return std::string((const char *)cursor.ptr, cursor.len);
}

/* Where RFC 3986, appendix B, finds the authority of a text that has "://" behind its scheme. */
static bool HasAuthority(const std::string &text, std::string *scheme, std::string *authority) {
    size_t colon = text.find_first_of(":/?#");
    if (colon == std::string::npos || text.compare(colon, 3, "://") != 0) {
        return false;
    }
    *scheme = text.substr(0, colon);
    size_t start = colon + 3;
    *authority = text.substr(start, text.find_first_of("/?#", start) - start);
    return true;
}

static void Check(const struct aws_uri *uri, const std::string &text) {
    std::string scheme;
    std::string authority;
    if (HasAuthority(text, &scheme, &authority)) {
        MUST(Text(uri->scheme) == scheme && Text(uri->authority) == authority);
        Saw(1);
    } else {
        MUST(uri->scheme.len == 0);
    }
    std::string target = Text(uri->path) + (uri->query_string.ptr == NULL ? "" : "?" + Text(uri->query_string));
    MUST(Text(uri->path_and_query) == target);
    std::string whole = (uri->scheme.len == 0 ? "" : scheme + "://") + Text(uri->authority) + target;
    MUST(text.compare(0, whole.size(), whole) == 0);
    MUST(text.size() == whole.size() || text[whole.size()] == '#');

    std::string host = Text(uri->host_name);
    MUST(host.find_first_of(std::string("/?#@[]\\ <>\"\0", 12)) == std::string::npos);
    MUST(uri->port <= 65535);
    MUST(uri->userinfo.len == 0 || Text(uri->authority).compare(0, uri->userinfo.len, Text(uri->userinfo)) == 0);
    for (unsigned char byte : text) {
        MUST(byte >= ' ' && byte != 0x7F);
    }
    Saw(10 + (uri->userinfo.len > 0), uri->host_name.len);
    Saw(20 + (host.find(':') != std::string::npos), uri->port);
    Saw(30 + (uri->query_string.len > 0), uri->path.len);
}

static void Parse(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    struct aws_uri uri;
    if (aws_uri_init_parse(&uri, allocator, &text) != AWS_OP_SUCCESS) {
        MUST(aws_last_error() == AWS_ERROR_MALFORMED_INPUT_STRING && uri.uri_str.buffer == NULL);
        return;
    }
    Check(&uri, Text(text));
    struct aws_uri_param param = {};
    size_t params = 0;
    while (aws_uri_query_string_next_param(&uri, &param)) {
        MUST(param.key.ptr >= uri.query_string.ptr);
        MUST(param.value.ptr + param.value.len <= uri.query_string.ptr + uri.query_string.len);
        ++params;
    }
    Saw(40, params);
    aws_uri_clean_up(&uri);
}

static struct aws_byte_cursor Take(Input *input) {
    size_t length = input->Byte();
    length = length > input->Left() ? input->Left() : length;
    struct aws_byte_cursor taken = aws_byte_cursor_from_array(input->Rest(), length);
    for (size_t i = 0; i < length; ++i) {
        input->Byte();
    }
    return taken;
}

/* What is built comes apart as it was put together. */
static void Build(struct aws_allocator *allocator, Input input) {
    struct aws_uri_builder_options options = {};
    options.port = (uint32_t)input.Number();
    options.scheme = Take(&input);
    options.host_name = Take(&input);
    options.path = Take(&input);
    options.query_string = Take(&input);
    struct aws_uri uri;
    if (aws_uri_init_from_builder_options(&uri, allocator, &options) != AWS_OP_SUCCESS) {
        return;
    }
    MUST(Text(uri.scheme) == Text(options.scheme));
    std::string port = options.port == 0 ? "" : ":" + std::to_string(options.port);
    MUST(Text(uri.authority) == Text(options.host_name) + port);
    std::string query = options.query_string.len == 0 ? "" : "?" + Text(options.query_string);
    MUST(Text(uri.path_and_query) == Text(options.path) + query);
    Saw(50);
    aws_uri_clean_up(&uri);
}

static void Encode(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    for (auto encode : {aws_byte_buf_append_encoding_uri_path, aws_byte_buf_append_encoding_uri_param}) {
        struct aws_byte_buf encoded;
        struct aws_byte_buf decoded;
        aws_byte_buf_init(&encoded, allocator, 0);
        aws_byte_buf_init(&decoded, allocator, 0);
        MUST(encode(&encoded, &text) == AWS_OP_SUCCESS);
        struct aws_byte_cursor cursor = aws_byte_cursor_from_buf(&encoded);
        MUST(aws_byte_buf_append_decoding_uri(&decoded, &cursor) == AWS_OP_SUCCESS);
        MUST(aws_byte_cursor_eq_byte_buf(&text, &decoded));
        aws_byte_buf_clean_up(&decoded);
        aws_byte_buf_clean_up(&encoded);
    }
    struct aws_byte_buf decoded;
    aws_byte_buf_init(&decoded, allocator, 0);
    if (aws_byte_buf_append_decoding_uri(&decoded, &text) == AWS_OP_SUCCESS) {
        MUST(decoded.len <= text.len);
    } else {
        MUST(decoded.len == 0);
    }
    aws_byte_buf_clean_up(&decoded);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct aws_allocator *allocator = NULL;
    if (allocator == NULL) {
        allocator = aws_default_allocator();
        aws_common_library_init(allocator);
    }
    struct aws_byte_cursor text = aws_byte_cursor_from_array(data, size);
    Parse(allocator, text);
    Build(allocator, Input(data, size));
    Encode(allocator, text);
    return 0;
}
