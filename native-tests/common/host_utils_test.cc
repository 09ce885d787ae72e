/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/host_utils.h>

#if defined(_WIN32)
#    include <winsock2.h>
#    include <ws2tcpip.h>
#else
#    include <arpa/inet.h>
#endif
#include <random>
#include <string>

class HostUtilsTest : public TracedTest {
  protected:
    static bool IsIpv4(const std::string &text) {
        return aws_host_utils_is_ipv4(aws_byte_cursor_from_array(text.data(), text.size()));
    }

    static bool IsIpv6(const std::string &text, bool is_uri_encoded = false) {
        return aws_host_utils_is_ipv6(aws_byte_cursor_from_array(text.data(), text.size()), is_uri_encoded);
    }
};

TEST_F(HostUtilsTest, KnowsIpv4) {
    for (const char *text : {"0.0.0.0", "127.0.0.1", "255.255.255.255", "192.168.1.1", "010.000.001.009"}) {
        EXPECT_TRUE(IsIpv4(text)) << text;
    }
    for (const char *text :
         {"",
          ".",
          "1.2.3",
          "1.2.3.",
          "1.2.3.4.",
          ".1.2.3.4",
          "1..2.3",
          "256.0.0.1",
          "1.2.3.1000",
          "1.2.3.4a",
          "a.b.c.d",
          "1.2.3.-4",
          "+1.2.3.4",
          " 1.2.3.4",
          "1.2.3.4 ",
          "0x1.2.3.4",
          "example.com",
          "0001.2.3.4"}) {
        EXPECT_FALSE(IsIpv4(text)) << text;
    }
    EXPECT_FALSE(aws_host_utils_is_ipv4({0, nullptr}));
}

TEST_F(HostUtilsTest, KnowsIpv6) {
    for (const char *text :
         {"::",
          "::1",
          "1::",
          "fe80::1",
          "0:0:0:0:0:0:0:1",
          "2001:0DB8:0000:0000:0000:8a2e:0370:7334",
          "1:2:3:4:5:6:7::",
          "::2:3:4:5:6:7:8",
          "1::3:4:5:6:7:8",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"}) {
        EXPECT_TRUE(IsIpv6(text)) << text;
        EXPECT_TRUE(IsIpv6(text, true)) << text;
    }
    for (const char *text :
         {"",
          ":",
          ":::",
          "1",
          "1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:",
          ":1:2:3:4:5:6:7",
          "1:2:3:4:5:6:7:8:9",
          "1:2:3:4:5:6:7:8::",
          "::1:2:3:4:5:6:7:8",
          "1::2::3",
          "12345::",
          "g::",
          "[::1]",
          "::1 ",
          "1.2.3.4",
          "::1.2.3.4",
          "1:::2"}) {
        EXPECT_FALSE(IsIpv6(text)) << text;
        EXPECT_FALSE(IsIpv6(text, true)) << text;
    }
    EXPECT_FALSE(aws_host_utils_is_ipv6({0, nullptr}, false));
}

TEST_F(HostUtilsTest, KnowsZones) {
    EXPECT_TRUE(IsIpv6("fe80::1%en0"));
    EXPECT_TRUE(IsIpv6("fe80::1%25en0")) << "here 25en0 is the zone";
    EXPECT_TRUE(IsIpv6("fe80::1%25en0", true));
    EXPECT_FALSE(IsIpv6("fe80::1%"));
    EXPECT_FALSE(IsIpv6("fe80::1%25", true));
    EXPECT_FALSE(IsIpv6("fe80::1%en0", true));
    EXPECT_FALSE(IsIpv6("fe80::1%24en0", true));
    EXPECT_FALSE(IsIpv6("fe80::1%25en0]", true));
    EXPECT_FALSE(IsIpv6("fe80::1%a%b"));
    EXPECT_FALSE(IsIpv6("%en0"));
}

/* Text without dots is an address exactly when the C library says so. */
TEST_F(HostUtilsTest, AgreesWithTheCLibrary) {
    std::mt19937 random(5);
    const char alphabet[] = "::::::012afF9";
    int addresses = 0;
    for (int i = 0; i < 200000; ++i) {
        std::string text;
        for (size_t length = random() % 20; length > 0; --length) {
            text += alphabet[random() % (sizeof(alphabet) - 1)];
        }
        struct in6_addr address;
        bool expected = inet_pton(AF_INET6, text.c_str(), &address) == 1;
        ASSERT_EQ(expected, IsIpv6(text)) << text;
        addresses += expected ? 1 : 0;
    }
    EXPECT_GT(addresses, 100);
}
