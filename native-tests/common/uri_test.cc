/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/array_list.h>
#include <aws/common/uri.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace {

struct aws_byte_cursor Cursor(const char *text) {
    return aws_byte_cursor_from_c_str(text);
}

std::string Text(const struct aws_byte_cursor *cursor) {
    return std::string(reinterpret_cast<const char *>(cursor->ptr), cursor->len);
}

std::string Text(const struct aws_byte_cursor &cursor) {
    return Text(&cursor);
}

std::string Text(const struct aws_byte_buf &buf) {
    return std::string(reinterpret_cast<const char *>(buf.buffer), buf.len);
}

class Uri : public TracedTest {
  protected:
    void TearDown() override {
        aws_uri_clean_up(&uri_);
        aws_uri_clean_up(&uri_);
        TracedTest::TearDown();
    }

    int Parse(const char *text) {
        aws_uri_clean_up(&uri_);
        struct aws_byte_cursor cursor = Cursor(text);
        return aws_uri_init_parse(&uri_, allocator_, &cursor);
    }

    struct aws_uri uri_ = {};
};

TEST_F(Uri, HasAllParts) {
    ASSERT_EQ(AWS_OP_SUCCESS, Parse("https://user:pass:word@www.test.com:8443/a/b.html?x=1&y"));
    EXPECT_EQ("https", Text(aws_uri_scheme(&uri_)));
    EXPECT_EQ("user:pass:word@www.test.com:8443", Text(aws_uri_authority(&uri_)));
    EXPECT_EQ("user:pass:word", Text(uri_.userinfo));
    EXPECT_EQ("user", Text(uri_.user));
    EXPECT_EQ("pass:word", Text(uri_.password));
    EXPECT_EQ("www.test.com", Text(aws_uri_host_name(&uri_)));
    EXPECT_EQ(8443u, aws_uri_port(&uri_));
    EXPECT_EQ("/a/b.html", Text(aws_uri_path(&uri_)));
    EXPECT_EQ("x=1&y", Text(aws_uri_query_string(&uri_)));
    EXPECT_EQ("/a/b.html?x=1&y", Text(aws_uri_path_and_query(&uri_)));
    EXPECT_EQ(sizeof(struct aws_uri), uri_.self_size);
}

TEST_F(Uri, MayLackAnyPartButOne) {
    ASSERT_EQ(AWS_OP_SUCCESS, Parse("host"));
    EXPECT_EQ("", Text(aws_uri_scheme(&uri_)));
    EXPECT_EQ("host", Text(aws_uri_host_name(&uri_)));
    EXPECT_EQ(0u, aws_uri_port(&uri_));
    EXPECT_EQ("", Text(aws_uri_path(&uri_)));

    ASSERT_EQ(AWS_OP_SUCCESS, Parse("host:80?q"));
    EXPECT_EQ("host", Text(aws_uri_host_name(&uri_)));
    EXPECT_EQ(80u, aws_uri_port(&uri_));
    EXPECT_EQ("", Text(aws_uri_path(&uri_)));
    EXPECT_EQ("q", Text(aws_uri_query_string(&uri_)));
    EXPECT_EQ("?q", Text(aws_uri_path_and_query(&uri_)));

    ASSERT_EQ(AWS_OP_SUCCESS, Parse("/path/only"));
    EXPECT_EQ("", Text(aws_uri_authority(&uri_)));
    EXPECT_EQ("/path/only", Text(aws_uri_path(&uri_)));

    ASSERT_EQ(AWS_OP_SUCCESS, Parse("http://@host:/?"));
    EXPECT_EQ("", Text(uri_.userinfo));
    EXPECT_EQ("host", Text(aws_uri_host_name(&uri_)));
    EXPECT_EQ(0u, aws_uri_port(&uri_));
    EXPECT_EQ("/", Text(aws_uri_path(&uri_)));
    EXPECT_EQ("", Text(aws_uri_query_string(&uri_)));
}

TEST_F(Uri, ASlashInTheQueryBelongsToTheQuery) {
    ASSERT_EQ(AWS_OP_SUCCESS, Parse("https://host?next=/a/b"));
    EXPECT_EQ("host", Text(aws_uri_host_name(&uri_)));
    EXPECT_EQ("", Text(aws_uri_path(&uri_)));
    EXPECT_EQ("next=/a/b", Text(aws_uri_query_string(&uri_)));
}

TEST_F(Uri, AnIpv6AddressStandsInBrackets) {
    ASSERT_EQ(AWS_OP_SUCCESS, Parse("https://me@[2001:db8::1%25en0]:443/x"));
    EXPECT_EQ("2001:db8::1%25en0", Text(aws_uri_host_name(&uri_)));
    EXPECT_EQ(443u, aws_uri_port(&uri_));
    EXPECT_EQ("me", Text(uri_.user));
    ASSERT_EQ(AWS_OP_SUCCESS, Parse("[::1]"));
    EXPECT_EQ("::1", Text(aws_uri_host_name(&uri_)));
    EXPECT_EQ("[::1]", Text(aws_uri_authority(&uri_)));
}

TEST_F(Uri, MalformedTextLeavesNothing) {
    for (const char *text :
         {"",
          "https:/host",
          "https://",
          "://",
          "host:99999999999",
          "host:4294967296",
          "host:80:80",
          "host:-1",
          "host:8o",
          "[::1",
          "[::1]x",
          "[::1]x:80",
          "https://[::1/path"}) {
        EXPECT_RAISES(AWS_ERROR_MALFORMED_INPUT_STRING, Parse(text));
        struct aws_uri zero = {};
        EXPECT_EQ(0, memcmp(&zero, &uri_, sizeof(zero))) << text;
    }
    ASSERT_EQ(AWS_OP_SUCCESS, Parse("host:65535"));
    EXPECT_EQ(65535u, aws_uri_port(&uri_));
}

TEST_F(Uri, IsBuiltFromParts) {
    struct aws_uri_builder_options options = {};
    options.scheme = Cursor("https");
    options.host_name = Cursor("www.test.com");
    options.port = 65535;
    options.path = Cursor("/p");
    options.query_string = Cursor("a=b");
    ASSERT_EQ(AWS_OP_SUCCESS, aws_uri_init_from_builder_options(&uri_, allocator_, &options));
    EXPECT_EQ("https://www.test.com:65535/p?a=b", Text(uri_.uri_str));
    EXPECT_EQ("a=b", Text(aws_uri_query_string(&uri_)));
    aws_uri_clean_up(&uri_);

    struct aws_uri_param params[] = {{Cursor("k1"), Cursor("v1")}, {Cursor("k2"), Cursor("")}};
    struct aws_array_list list;
    aws_array_list_init_static_from_initialized(&list, params, 2, sizeof(params[0]));
    options.query_params = &list;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uri_init_from_builder_options(&uri_, allocator_, &options));

    options.query_string = {};
    options.port = 0;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_uri_init_from_builder_options(&uri_, allocator_, &options));
    EXPECT_EQ("https://www.test.com/p?k1=v1&k2=", Text(uri_.uri_str));
    aws_uri_clean_up(&uri_);

    options = {};
    EXPECT_RAISES(AWS_ERROR_MALFORMED_INPUT_STRING, aws_uri_init_from_builder_options(&uri_, allocator_, &options));
}

TEST_F(Uri, ListsItsParameters) {
    ASSERT_EQ(AWS_OP_SUCCESS, Parse("host/?a=1&&b&=c&d==&"));
    std::vector<std::pair<std::string, std::string>> params;
    struct aws_uri_param param = {};
    while (aws_uri_query_string_next_param(&uri_, &param)) {
        params.emplace_back(Text(param.key), Text(param.value));
    }
    std::vector<std::pair<std::string, std::string>> expected = {{"a", "1"}, {"b", ""}, {"", "c"}, {"d", "="}};
    EXPECT_EQ(expected, params);

    struct aws_array_list list;
    aws_array_list_init_dynamic(&list, allocator_, 0, sizeof(struct aws_uri_param));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_uri_query_string_params(&uri_, &list));
    EXPECT_EQ(4u, aws_array_list_length(&list));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_query_string_params({}, &list));
    EXPECT_EQ(4u, aws_array_list_length(&list));
    aws_array_list_clean_up(&list);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uri_query_string_params(&uri_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uri_query_string_params(nullptr, &list));
    EXPECT_FALSE(aws_uri_query_string_next_param(&uri_, nullptr));
}

TEST_F(Uri, EncodesAllButUnreservedCharacters) {
    std::string all;
    for (int i = 0; i < 256; i++) {
        all.push_back((char)i);
    }
    struct aws_byte_cursor cursor = aws_byte_cursor_from_array(all.data(), all.size());
    struct aws_byte_buf path;
    struct aws_byte_buf param;
    struct aws_byte_buf decoded;
    aws_byte_buf_init(&path, allocator_, 0);
    aws_byte_buf_init(&param, allocator_, 0);
    aws_byte_buf_init(&decoded, allocator_, 0);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_encoding_uri_path(&path, &cursor));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_encoding_uri_param(&param, &cursor));
    EXPECT_EQ(66u + 190 * 3, param.len);
    EXPECT_EQ(67u + 189 * 3, path.len);
    EXPECT_NE(std::string::npos, Text(param).find("%2F"));
    EXPECT_NE(std::string::npos, Text(path).find("./0"));

    cursor = aws_byte_cursor_from_buf(&param);
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_append_decoding_uri(&decoded, &cursor));
    EXPECT_EQ(all, Text(decoded));

    size_t before = decoded.len;
    for (const char *bad : {"%", "ab%1", "%zz", "%%41"}) {
        cursor = Cursor(bad);
        EXPECT_RAISES(AWS_ERROR_MALFORMED_INPUT_STRING, aws_byte_buf_append_decoding_uri(&decoded, &cursor));
        EXPECT_EQ(before, decoded.len);
    }
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_decoding_uri(&decoded, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_byte_buf_append_encoding_uri_path(nullptr, &cursor));
    aws_byte_buf_clean_up(&path);
    aws_byte_buf_clean_up(&param);
    aws_byte_buf_clean_up(&decoded);
}

TEST_F(Uri, RefusesNullWithoutCrashing) {
    struct aws_byte_cursor cursor = Cursor("host");
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uri_init_parse(nullptr, allocator_, &cursor));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uri_init_parse(&uri_, nullptr, &cursor));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uri_init_parse(&uri_, allocator_, nullptr));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_uri_init_from_builder_options(&uri_, allocator_, nullptr));
    EXPECT_EQ(nullptr, aws_uri_path(nullptr));
    EXPECT_EQ(0u, aws_uri_port(nullptr));
    aws_uri_clean_up(nullptr);
}

} // namespace
