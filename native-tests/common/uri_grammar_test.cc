/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The grammar of RFC 3986, appendix A, production by production, and texts that parsers are known to read differently:
 * what one takes for the host must be the host for all. docs/adr/0023 says where more is let through than the RFC has.
 */
#include "support/traced_test.h"

#include <aws/common/uri.h>

#include <cstring>
#include <initializer_list>
#include <string>

namespace {

std::string Text(const struct aws_byte_cursor &cursor) {
    return std::string(reinterpret_cast<const char *>(cursor.ptr), cursor.len);
}

struct Row {
    std::string text;
    /* scheme | user information | host | port | path | query */
    std::string parts;
};

const char *const kMalformed = "malformed";

class UriGrammar : public TracedTest {
  protected:
    std::string Parts(const std::string &text) {
        struct aws_uri uri = {};
        struct aws_byte_cursor cursor = aws_byte_cursor_from_array(text.data(), text.size());
        aws_reset_error();
        if (aws_uri_init_parse(&uri, allocator_, &cursor) != AWS_OP_SUCCESS) {
            EXPECT_EQ(AWS_ERROR_MALFORMED_INPUT_STRING, aws_last_error()) << text;
            struct aws_uri zero = {};
            EXPECT_EQ(0, memcmp(&zero, &uri, sizeof(zero))) << text;
            return kMalformed;
        }
        EXPECT_EQ(text, std::string(reinterpret_cast<char *>(uri.uri_str.buffer), uri.uri_str.len));
        std::string parts = Text(uri.scheme) + "|" + Text(uri.userinfo) + "|" + Text(uri.host_name) + "|" +
                            std::to_string(uri.port) + "|" + Text(uri.path) + "|" + Text(uri.query_string);
        EXPECT_EQ(std::string::npos, Text(uri.path_and_query).find('#'));
        aws_uri_clean_up(&uri);
        return parts;
    }

    void Expect(std::initializer_list<Row> rows) {
        for (const Row &row : rows) {
            EXPECT_EQ(row.parts, Parts(row.text)) << row.text;
        }
    }
};

TEST_F(UriGrammar, SchemesBeginWithALetter) {
    Expect({
        {"a://h", "a||h|0||"},
        {"HTTP://h", "HTTP||h|0||"},
        {"svn+ssh2.x-y://h", "svn+ssh2.x-y||h|0||"},
        {"://h", kMalformed},
        {"1a://h", kMalformed},
        {"+a://h", kMalformed},
        {"a_b://h", kMalformed},
        {"a b://h", kMalformed},
        {"a%41://h", kMalformed},
        {" http://h", kMalformed},
        {"http ://h", kMalformed},
        {"http:/h", kMalformed},
        {"http:/", kMalformed},
        {"http:", "||http|0||"},
        {"http::/h", kMalformed},
        {"http:::80", kMalformed},
    });
}

/* A colon that stands in a path, a query or a fragment ends no scheme. */
TEST_F(UriGrammar, ASchemeEndsBeforeTheFirstDelimiter) {
    Expect({
        {"/login?next=http://evil.example/", "|||0|/login|next=http://evil.example/"},
        {"/http://evil.example/", "|||0|/http://evil.example/|"},
        {"?u=http://evil.example/", "|||0||u=http://evil.example/"},
        {"good.example/http://evil.example/", "||good.example|0|/http://evil.example/|"},
        {"good.example?http://evil.example/", "||good.example|0||http://evil.example/"},
        {"good.example#http://evil.example/", "||good.example|0||"},
    });
}

TEST_F(UriGrammar, UserInformationEndsAtTheOnlyAt) {
    Expect({
        {"http://user:pass:word@h/", "http|user:pass:word|h|0|/|"},
        {"http://@h/", "http||h|0|/|"},
        {"http://:@h/", "http|:|h|0|/|"},
        {"http://a-._~!$&'()*+,;=:0@h/", "http|a-._~!$&'()*+,;=:0|h|0|/|"},
        {"http://a%40b%3a@h/", "http|a%40b%3a|h|0|/|"},
        {"http://a@b@h/", kMalformed},
        {"http://good.example@evil.example@h/", kMalformed},
        {"http://a%4@h/", kMalformed},
        {"http://a%@h/", kMalformed},
        {"http://a[b]@h/", kMalformed},
        {"http://[::1]@h/", kMalformed},
        {"http://a\\b@h/", kMalformed},
        {"http://a b@h/", kMalformed},
        {"http://a\xC3\xA4@h/", kMalformed},
        {"http://good.example#@evil.example/", "http||good.example|0||"},
        {"http://good.example?@evil.example/", "http||good.example|0||@evil.example/"},
        {"http://good.example/@evil.example/", "http||good.example|0|/@evil.example/|"},
        {"http://good.example\\@evil.example/", kMalformed},
        {"http://good.example:80@evil.example/", "http|good.example:80|evil.example|0|/|"},
        {"http://good.example:80#@evil.example:90/", "http||good.example|80||"},
    });
}

TEST_F(UriGrammar, ANameHasUnreservedCharactersSubDelimitersAndEncodings) {
    Expect({
        {"http://www.example.com", "http||www.example.com|0||"},
        {"http://a-._~!$&'()*+,;=0/", "http||a-._~!$&'()*+,;=0|0|/|"},
        {"http://foo_bar.example./", "http||foo_bar.example.|0|/|"},
        {"http://%41%2fb/", "http||%41%2fb|0|/|"},
        {"http://a%2/", kMalformed},
        {"http://a%zz/", kMalformed},
        {"http://a%", kMalformed},
        {"http://a b/", kMalformed},
        {"http://a\"b/", kMalformed},
        {"http://a<b>/", kMalformed},
        {"http://a^b`c{d|e}/", kMalformed},
        {"http://a\\b/", kMalformed},
        {"http://\\evil.example/", kMalformed},
        {"http:\\\\evil.example/", kMalformed},
        {"http://a[b]/", kMalformed},
        {"http://a]/", kMalformed},
        {"http://m\xC3\xBCnchen.example/", kMalformed},
        {"http://good.example\xEF\xBC\x8F@evil.example/", kMalformed},
    });
}

/* What looks like an address in an old spelling is a name here; who cares looks at the addresses that it leads to. */
TEST_F(UriGrammar, AnIPv4AddressIsSpelledLikeAName) {
    Expect({
        {"http://127.0.0.1:1/", "http||127.0.0.1|1|/|"},
        {"http://256.0.0.1/", "http||256.0.0.1|0|/|"},
        {"http://0x7f.1/", "http||0x7f.1|0|/|"},
        {"http://2130706433/", "http||2130706433|0|/|"},
    });
}

TEST_F(UriGrammar, AnIPv6AddressHasEightGroupsOrAGap) {
    for (const char *address :
         {"::",
          "::1",
          "1::",
          "1::8",
          "1:2:3:4:5:6:7:8",
          "1:2:3:4:5:6:7::",
          "::2:3:4:5:6:7:8",
          "1:2:3::6:7:8",
          "2001:db8:85a3:8d3:1319:8a2e:370:7348",
          "FFFF:ffff:FFFF:ffff:FFFF:ffff:FFFF:ffff",
          "::127.0.0.1",
          "::ffff:192.0.2.255",
          "1:2:3:4:5:6:1.2.3.4",
          "1:2:3:4:5::1.2.3.4",
          "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"}) {
        EXPECT_EQ(std::string("http|u|") + address + "|80|/|", Parts(std::string("http://u@[") + address + "]:80/"));
    }
    for (const char *address :
         {"",
          ":",
          "1",
          ":::",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:8:9",
          "1:2:3:4:5:6:7:8::",
          "1::2::3",
          "1:2:3:4:5:6:7:",
          ":1:2:3:4:5:6:7",
          "12345::",
          "g::",
          "1:2:3:4:5:6:7:1.2.3.4",
          "::1.2.3",
          "::1.2.3.4.5",
          "::1.2.3.256",
          "::01.2.3.4",
          "::1.2.3.",
          "::1.2.3.4:5",
          "1.2.3.4",
          "::1 ",
          "::1]:80@evil.example/[",
          "evil.example",
          "::1/",
          "[::1]",
          "v1.evil.example",
          "vF.a:b",
          "V1.x"}) {
        EXPECT_EQ(kMalformed, Parts(std::string("http://[") + address + "]/")) << address;
    }
    Expect({
        {"[::1]", "||::1|0||"},
        {"[::1]:80", "||::1|80||"},
        {"http://[::1", kMalformed},
        {"http://[::1]a/", kMalformed},
        {"http://[::1].evil.example/", kMalformed},
        {"http://[::1]:80:90/", kMalformed},
        {"http://[::1]@h/", kMalformed},
        {"http://a[::1]/", kMalformed},
        {"http://::1/", kMalformed},
    });
}

TEST_F(UriGrammar, AZoneFollowsAnIPv6Address) {
    Expect({
        {"http://[fe80::1%25eth0]:8/", "http||fe80::1%25eth0|8|/|"},
        {"http://[fe80::1%25a-._~%20]/", "http||fe80::1%25a-._~%20|0|/|"},
        {"http://[fe80::1%251]/", "http||fe80::1%251|0|/|"},
        {"http://[fe80::1%eth0]/", "http||fe80::1%eth0|0|/|"},
        {"http://[fe80::1%25]/", kMalformed},
        {"http://[fe80::1%]/", kMalformed},
        {"http://[fe80::1%25a%2]/", kMalformed},
        {"http://[fe80::1%a%20]/", kMalformed},
        {"http://[fe80::1%25a@evil.example]/", kMalformed},
        {"http://[%25eth0]/", kMalformed},
        {"http://[name%25eth0]/", kMalformed},
        {"http://127.0.0.1%25eth0/", "http||127.0.0.1%25eth0|0|/|"},
        {"http://127.0.0.1%eth0/", kMalformed},
    });
}

TEST_F(UriGrammar, APortIsANumberThatFits) {
    Expect({
        {"http://h:/", "http||h|0|/|"},
        {"http://h:0/", "http||h|0|/|"},
        {"http://h:1", "http||h|1||"},
        {"http://h:65535?q", "http||h|65535||q"},
        {"http://h:0000000000000000000000080/", "http||h|80|/|"},
        {"http://h:65536/", kMalformed},
        {"http://h:65616/", kMalformed},
        {"http://h:4294967296/", kMalformed},
        {"http://h:4294967376/", kMalformed},
        {"http://h:18446744073709551696/", kMalformed},
        {"http://h:+80/", kMalformed},
        {"http://h:-80/", kMalformed},
        {"http://h: 80/", kMalformed},
        {"http://h:80 /", kMalformed},
        {"http://h:0x50/", kMalformed},
        {"http://h:80:90/", kMalformed},
        {"http://h:80.evil.example/", kMalformed},
        {"http://h:%38%30/", kMalformed},
        {"http://h:\xEF\xBC\x98/", kMalformed},
    });
}

TEST_F(UriGrammar, AnEmptyHostIsForSchemesThatNeedNone) {
    Expect({
        {"file:///etc/hosts", "file|||0|/etc/hosts|"},
        {"x://:80/", "x|||80|/|"},
        {"x://?q", "x|||0||q"},
        {":", "|||0||"},
        {":80", "|||80||"},
        {"http:///path", kMalformed},
        {"http:///evil.example/", kMalformed},
        {"http:////evil.example/", kMalformed},
        {"HTTPS://:443/", kMalformed},
        {"http://user@/", kMalformed},
        {"http://user@:80/", kMalformed},
        {"http://?q", kMalformed},
        {"http://#f", kMalformed},
        {"ws:///chat", kMalformed},
        {"Wss://@/chat", kMalformed},
        {"http://", kMalformed},
        {"x://", kMalformed},
        {"", kMalformed},
        {"#", kMalformed},
        {"#//evil.example", kMalformed},
    });
}

TEST_F(UriGrammar, APathIsKeptAsItIs) {
    Expect({
        {"http://h", "http||h|0||"},
        {"http://h/", "http||h|0|/|"},
        {"http://h//", "http||h|0|//|"},
        {"http://h/a/b;c=1/d:e@f/", "http||h|0|/a/b;c=1/d:e@f/|"},
        {"http://h/a-._~!$&'()*+,;=:@%20/", "http||h|0|/a-._~!$&'()*+,;=:@%20/|"},
        {"http://h/a/./b/../../../c", "http||h|0|/a/./b/../../../c|"},
        {"http://h/%2e%2E/%2f", "http||h|0|/%2e%2E/%2f|"},
        {"/a//b", "|||0|/a//b|"},
    });
}

/* An HTTP request's target: what stands first in it is never a host. */
TEST_F(UriGrammar, TextThatBeginsWithASlashNamesNoHost) {
    Expect({
        {"/", "|||0|/|"},
        {"//", "|||0|//|"},
        {"//evil.example/a", "|||0|//evil.example/a|"},
        {"///evil.example/a", "|||0|///evil.example/a|"},
        {"/\\evil.example/a", "|||0|/\\evil.example/a|"},
        {"/@evil.example", "|||0|/@evil.example|"},
        {"/:80", "|||0|/:80|"},
        {"*", "||*|0||"},
    });
}

TEST_F(UriGrammar, AQueryBeginsAtTheFirstQuestionMark) {
    Expect({
        {"http://h?", "http||h|0||"},
        {"http://h/p?", "http||h|0|/p|"},
        {"http://h/p?a=b&c", "http||h|0|/p|a=b&c"},
        {"http://h/p?a/b?c:@!$&'()*+,;=%20", "http||h|0|/p|a/b?c:@!$&'()*+,;=%20"},
        {"http://h?u=http://evil.example:1/", "http||h|0||u=http://evil.example:1/"},
        {"?q", "|||0||q"},
    });
}

TEST_F(UriGrammar, AFragmentIsInNoPart) {
    Expect({
        {"http://h#f", "http||h|0||"},
        {"http://h/p#f", "http||h|0|/p|"},
        {"http://h/p#f?q", "http||h|0|/p|"},
        {"http://h/p?q#f/?:@#", "http||h|0|/p|q"},
        {"http://h:80#f", "http||h|80||"},
        {"http://[::1]#f", "http||::1|0||"},
        {"/p#f", "|||0|/p|"},
        {"h#f", "||h|0||"},
    });
}

/* Nothing that delimits anything: these decide neither about the host nor about where the path or the query ends. */
TEST_F(UriGrammar, PathsAndQueriesMayHaveCharactersThatShouldBeEncoded) {
    Expect({
        {"/example space/", "|||0|/example space/|"},
        {"http://h/\xE1\x88\xB4?\xE1\x88\xB4=b", "http||h|0|/\xE1\x88\xB4|\xE1\x88\xB4=b"},
        {"http://h/\"<>[]\\^`{|}?\"<>[]\\^`{}", "http||h|0|/\"<>[]\\^`{|}|\"<>[]\\^`{}"},
        {"http://h/100%?1%2", "http||h|0|/100%|1%2"},
    });
}

TEST_F(UriGrammar, ControlCharactersAreNowhere) {
    for (const char *text : {"http://h/p?q=1#f", "u@h:80/p?q=1#f", "/p?q=1#f", "http://[fe80::1%25a]/"}) {
        std::string good = text;
        for (size_t at = 0; at <= good.size(); ++at) {
            for (char control : {'\0', '\t', '\n', '\r', '\x1B', '\x7F'}) {
                std::string bad = good;
                bad.insert(at, 1, control);
                EXPECT_EQ(kMalformed, Parts(bad)) << good << " with " << (int)control << " at " << at;
            }
        }
    }
}

TEST_F(UriGrammar, WithoutASchemeAHostStandsFirst) {
    Expect({
        {"h", "||h|0||"},
        {"h:80", "||h|80||"},
        {"h:80/p?q", "||h|80|/p|q"},
        {"user:password@h:80", "|user:password|h|80||"},
        {"www.test.com:8443/path", "||www.test.com|8443|/path|"},
        {"urn:isbn", kMalformed},
        {"javascript:alert(1)", kMalformed},
        {"h:/p", kMalformed},
    });
}

class UriBuilder : public TracedTest {
  protected:
    struct Given {
        const char *scheme;
        const char *host;
        uint32_t port;
        const char *path;
        const char *query;
    };

    std::string Build(const Given &given) {
        struct aws_uri_builder_options options = {};
        options.scheme = aws_byte_cursor_from_c_str(given.scheme);
        options.host_name = aws_byte_cursor_from_c_str(given.host);
        options.port = given.port;
        options.path = aws_byte_cursor_from_c_str(given.path);
        options.query_string = aws_byte_cursor_from_c_str(given.query);
        struct aws_uri uri = {};
        aws_reset_error();
        if (aws_uri_init_from_builder_options(&uri, allocator_, &options) != AWS_OP_SUCCESS) {
            EXPECT_EQ(AWS_ERROR_MALFORMED_INPUT_STRING, aws_last_error());
            EXPECT_EQ(nullptr, uri.uri_str.buffer);
            return kMalformed;
        }
        std::string text(reinterpret_cast<char *>(uri.uri_str.buffer), uri.uri_str.len);
        aws_uri_clean_up(&uri);
        return text;
    }
};

TEST_F(UriBuilder, PartsBecomeAText) {
    EXPECT_EQ("http://h:80/p?q", Build({"http", "h", 80, "/p", "q"}));
    EXPECT_EQ("http://[::1]:80", Build({"http", "[::1]", 80, "", ""}));
    EXPECT_EQ("http://h:80/p?q", Build({"http", "h:80", 0, "/p?q", ""})) << "an authority and a target given whole";
    EXPECT_EQ("//p", Build({"", "", 0, "//p", ""}));
    EXPECT_EQ("h:1?q", Build({"", "h", 1, "", "q"}));
}

/* Else who is asked for a path could choose the host. */
TEST_F(UriBuilder, NoPartReachesIntoAnother) {
    for (const Given &given : std::initializer_list<Given>{
             {"http", "good.example", 0, ".evil.example/", ""},
             {"http", "good.example", 0, "@evil.example/", ""},
             {"http", "good.example", 0, ":1/", ""},
             {"http", "good.example", 0, "p", ""},
             {"http", "good.example", 80, "0", ""},
             {"http", "good.example/p?", 80, "/q", ""},
             {"http", "good.example#", 0, "/p", ""},
             {"http", "good.example", 0, "/p#f", ""},
             {"http", "good.example", 0, "/p", "q#f"},
             {"http", "h?", 0, "", "q"},
             {"http://evil.example/?", "good.example", 0, "/", ""},
             {"", "http", 0, "://evil.example/", ""},
             {"", "http://evil.example", 0, "/", ""},
             {"http", "::1", 80, "/", ""},
             {"http", "h", 65536, "/", ""},
             {"http", "", 0, "/p", ""},
             {"http", "h", 0, "/p\r\nX: y", ""},
         }) {
        EXPECT_EQ(kMalformed, Build(given)) << given.scheme << " " << given.host << " " << given.path;
    }
}

} // namespace
