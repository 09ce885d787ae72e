/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/io/event_loop.h>
#include <reseau/net.h>

#include "support/loops.h"
#include "support/synchronisation.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <string>
#include <vector>

/* What the next look-up, by name or by address, and the next list of interfaces are to fail with; 0: they do not. */
static int fault_of_look_up;
static int fault_of_list;

/* The function of that name that would have been called without this program. */
template <class Function> static Function Real(Function, const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

extern "C" {

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    bool is_look_up = hints == nullptr || (hints->ai_flags & AI_NUMERICHOST) == 0;
    return is_look_up && fault_of_look_up != 0 ? fault_of_look_up
                                               : Real(getaddrinfo, "getaddrinfo")(node, service, hints, result);
}

int getnameinfo(
    const struct sockaddr *address,
    socklen_t length,
    char *host,
    socklen_t host_size,
    char *service,
    socklen_t service_size,
    int flags) {
    return fault_of_look_up != 0
               ? fault_of_look_up
               : Real(getnameinfo, "getnameinfo")(address, length, host, host_size, service, service_size, flags);
}

int getifaddrs(struct ifaddrs **list) {
    if (fault_of_list == 0) {
        return Real(getifaddrs, "getifaddrs")(list);
    }
    errno = fault_of_list;
    return -1;
}

} /* extern "C" */

namespace {

class Net : public TracedTest {};

struct reseau_ip Parse(const std::string &text) {
    struct reseau_ip ip;
    memset(&ip, 0, sizeof(ip));
    EXPECT_EQ(0, reseau_ip_parse(text.c_str(), &ip)) << text;
    return ip;
}

std::string Format(const struct reseau_ip &ip) {
    char text[RESEAU_IP_TEXT_SIZE];
    int length = reseau_ip_format(&ip, text, sizeof(text));
    EXPECT_EQ((int)strlen(text), length);
    return text;
}

TEST_F(Net, AnAddressIsItsBytes) {
    struct reseau_ip ip = Parse("192.0.2.1");
    EXPECT_EQ(4, ip.family);
    EXPECT_EQ(0u, ip.scope);
    const uint8_t ipv4[16] = {192, 0, 2, 1};
    EXPECT_EQ(0, memcmp(ipv4, ip.bytes, sizeof(ipv4)));

    ip = Parse("2001:db8::a:102");
    EXPECT_EQ(6, ip.family);
    const uint8_t ipv6[16] = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0a, 0x01, 0x02};
    EXPECT_EQ(0, memcmp(ipv6, ip.bytes, sizeof(ipv6)));
}

TEST_F(Net, WhatIsNoAddressIsRefusedAndChangesNothing) {
    for (const char *text : {/* Short, octal and hexadecimal forms of inet_aton(3). */
                             "127.1",
                             "127.0.1",
                             "2130706433",
                             "0x7f.0.0.1",
                             "0x7f000001",
                             "0177.0.0.1",
                             "127.0.0.01",
                             "00.0.0.0",
                             /* Numbers too many, too few, too large. */
                             "",
                             ".",
                             "1.2.3",
                             "1.2.3.4.5",
                             "256.0.0.1",
                             "1.2.3.1000",
                             "1..3.4",
                             "1.2.3.",
                             ".1.2.3",
                             "1.2.3.4.",
                             /* What is around it. */
                             " 1.2.3.4",
                             "1.2.3.4 ",
                             "1.2.3.4\n",
                             "1.2.3.4:80",
                             "+1.2.3.4",
                             "-1.2.3.4",
                             "1.2.3.4%lo",
                             "1.2.3.4/8",
                             /* IPv6. */
                             ":",
                             ":::",
                             "1",
                             "1::2::3",
                             "1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:8:9",
                             "1:2:3:4:5:6:7:8::",
                             "::1:2:3:4:5:6:7:8",
                             "12345::",
                             "g::",
                             ":1:2:3:4:5:6:7:8",
                             "1:2:3:4:5:6:7:8:",
                             "1:2:3:4:5:6:7:",
                             "[::1]",
                             "::1/64",
                             "0x1::",
                             "::1 ",
                             " ::1",
                             /* IPv4 in it: not at the end, or not good. */
                             "1.2.3.4::",
                             "::1.2.3.4:5",
                             "::1.2.3",
                             "::1.2.3.256",
                             "::01.2.3.4",
                             "1:2:3:4:5:6:7:1.2.3.4",
                             "::1.2.3.4.5",
                             /* Scopes. */
                             "fe80::1%",
                             "fe80::1%0",
                             "fe80::1%no such interface",
                             "fe80::1%4294967296",
                             "fe80::1%1%1",
                             "%lo",
                             "fe80::1%-1",
                             "fe80%lo::1",
                             "localhost",
                             "example.com"}) {
        struct reseau_ip ip;
        memset(&ip, 7, sizeof(ip));
        struct reseau_ip before = ip;
        EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_ip_parse(text, &ip)) << text;
        EXPECT_EQ(0, memcmp(&before, &ip, sizeof(ip))) << text;
    }
    struct reseau_ip ip;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_ip_parse(nullptr, &ip));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_ip_parse("::1", nullptr));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_ip_parse(std::string(100000, '1').c_str(), &ip));
    EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_ip_parse((std::string(100000, '0') + "::1").c_str(), &ip));
}

/* RFC 5952: section 1 has the many ways to write one address; 4 and 5 have the rules. */
TEST_F(Net, AddressesAreWrittenAsRfc5952Says) {
    const std::vector<std::pair<const char *, const char *>> table = {
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:0db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8::1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8::0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:0db8::1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8:0:0:1::1", "2001:db8::1:0:0:1"},
        {"2001:db8:0000:0:1::1", "2001:db8::1:0:0:1"},
        {"2001:DB8:0:0:1::1", "2001:db8::1:0:0:1"},
        /* 2.1, 4.1: no leading zeros. */
        {"2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"},
        {"2001:db8:0000:0000:0000:0000:0000:0000", "2001:db8::"},
        {"2001:0db8::0001", "2001:db8::1"},
        /* 2.2, 4.2.1: as short as can be. */
        {"2001:db8::0:1", "2001:db8::1"},
        {"2001:db8:0:0:0::1", "2001:db8::1"},
        /* 4.2.2: one group of zeros is written. */
        {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        /* 4.2.3: the longest run; of equal ones the first. */
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        /* 2.3, 4.3: lower case. */
        {"2001:db8:aaaa:bbbb:cccc:dddd:eeee:AaAa", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"},
        /* 5: what has IPv4 in it by its prefix. */
        {"::ffff:c000:201", "::ffff:192.0.2.1"},
        {"0:0:0:0:0:ffff:192.0.2.1", "::ffff:192.0.2.1"},
        {"::192.0.2.1", "::192.0.2.1"},
        {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
        /* The ends. */
        {"::", "::"},
        {"0:0:0:0:0:0:0:0", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
        {"0:0:3:4:5:6:0:0", "::3:4:5:6:0:0"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"0.0.0.0", "0.0.0.0"},
        {"255.255.255.255", "255.255.255.255"},
    };
    for (const auto &row : table) {
        EXPECT_EQ(row.second, Format(Parse(row.first))) << row.first;
        struct reseau_ip ip = Parse(row.first);
        struct reseau_ip again = Parse(row.second);
        EXPECT_EQ(0, reseau_ip_compare(&ip, &again)) << row.first;
    }
}

TEST_F(Net, ScopesAreKept) {
    unsigned int loopback = if_nametoindex("lo");
    ASSERT_NE(0u, loopback);
    struct reseau_ip by_name = Parse("fe80::1%lo");
    EXPECT_EQ(loopback, by_name.scope);
    struct reseau_ip by_number = Parse("fe80::1%" + std::to_string(loopback));
    EXPECT_EQ(0, reseau_ip_compare(&by_name, &by_number));
    EXPECT_EQ("fe80::1%lo", Format(by_number));

    /* Nothing has this number: it is kept all the same. */
    EXPECT_EQ(4000000000u, Parse("fe80::1%4000000000").scope);
    EXPECT_EQ("fe80::1%4000000000", Format(Parse("fe80::1%4000000000")));
    EXPECT_EQ("ff02::1%lo", Format(Parse("ff02::1%lo")));

    /* IPv4 has none, whatever the field says. */
    struct reseau_ip ipv4 = Parse("127.0.0.1");
    ipv4.scope = loopback;
    EXPECT_EQ("127.0.0.1", Format(ipv4));
}

TEST_F(Net, FormattingNeedsRoomForTheNul) {
    struct reseau_ip ip = Parse("::ffff:255.255.255.255");
    char text[RESEAU_IP_TEXT_SIZE];
    memset(text, '#', sizeof(text));
    EXPECT_EQ(RESEAU_ERROR_NO_ROOM, reseau_ip_format(&ip, text, 22));
    EXPECT_EQ(RESEAU_ERROR_NO_ROOM, reseau_ip_format(&ip, text, 0));
    EXPECT_EQ('#', text[0]);
    EXPECT_EQ(22, reseau_ip_format(&ip, text, 23));
    EXPECT_STREQ("::ffff:255.255.255.255", text);
    EXPECT_EQ('#', text[23]);

    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_ip_format(nullptr, text, sizeof(text)));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_ip_format(&ip, nullptr, sizeof(text)));
    for (int family : {-1, 0, 5, 7}) {
        ip.family = family;
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_ip_format(&ip, text, sizeof(text)));
        EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_ip_is_link_local(&ip));
    }

    /* The longest there is: six groups, a scope of fifteen characters. */
    ip = Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295");
    EXPECT_LT(reseau_ip_format(&ip, text, sizeof(text)), RESEAU_IP_TEXT_SIZE);
}

TEST_F(Net, AddressesHaveAnOrder) {
    const std::vector<const char *> sorted = {
        "0.0.0.0",
        "0.0.0.1",
        "9.255.255.255",
        "10.0.0.0",
        "127.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::1%lo",
        "::2",
        "1::",
        "2001:db8::1",
        "2001:db8::2",
        "fe80::1%1",
        "fe80::1%000002",
        "fe80::1%3",
        "fe80::1%10",
        "fe80::2%1",
        "ff02::1"};
    for (size_t i = 0; i < sorted.size(); ++i) {
        for (size_t j = 0; j < sorted.size(); ++j) {
            struct reseau_ip a = Parse(sorted[i]);
            struct reseau_ip b = Parse(sorted[j]);
            int order = reseau_ip_compare(&a, &b);
            EXPECT_EQ(i < j, order < 0) << sorted[i] << " " << sorted[j];
            EXPECT_EQ(i == j, order == 0) << sorted[i] << " " << sorted[j];
        }
    }
    struct reseau_ip smallest = Parse("0.0.0.0");
    EXPECT_LT(reseau_ip_compare(nullptr, &smallest), 0);
    EXPECT_GT(reseau_ip_compare(&smallest, nullptr), 0);
    EXPECT_EQ(0, reseau_ip_compare(nullptr, nullptr));
}

TEST_F(Net, LinkLocalAddressesAreKnown) {
    const std::vector<std::pair<const char *, int>> table = {
        {"169.254.0.0", 1},
        {"169.254.255.255", 1},
        {"169.253.255.255", 0},
        {"169.255.0.0", 0},
        {"127.0.0.1", 0},
        {"fe80::", 1},
        {"fe80::1%lo", 1},
        {"febf:ffff::1", 1},
        {"fec0::", 0},
        {"fe7f:ffff::", 0},
        {"::ffff:169.254.0.1", 0},
        {"::1", 0}};
    for (const auto &row : table) {
        struct reseau_ip ip = Parse(row.first);
        EXPECT_EQ(row.second, reseau_ip_is_link_local(&ip)) << row.first;
    }
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_ip_is_link_local(nullptr));
}

std::vector<std::string> Resolve(const char *name, int family) {
    struct reseau_ip ips[16];
    int code = 7;
    int count = reseau_resolve(name, family, ips, 16, &code);
    EXPECT_GE(count, 0) << name;
    EXPECT_EQ(0, code);
    std::vector<std::string> texts;
    for (int i = 0; i < std::min(count, 16); ++i) {
        texts.push_back(Format(ips[i]));
    }
    return texts;
}

TEST_F(Net, AnAddressNeedsNoLookUp) {
    EXPECT_EQ(std::vector<std::string>{"127.0.0.1"}, Resolve("127.0.0.1", 0));
    EXPECT_EQ(std::vector<std::string>{"127.0.0.1"}, Resolve("127.0.0.1", 4));
    EXPECT_EQ(std::vector<std::string>{"::1"}, Resolve("0:0::1", 6));
    EXPECT_EQ(std::vector<std::string>{"fe80::1%lo"}, Resolve("fe80::1%lo", 0));

    int code = 0;
    EXPECT_EQ(RESEAU_ERROR_NAME_NOT_FOUND, reseau_resolve("::1", 4, nullptr, 0, &code));
    EXPECT_EQ(EAI_NONAME, code);
    EXPECT_EQ(RESEAU_ERROR_NAME_NOT_FOUND, reseau_resolve("127.0.0.1", 6, nullptr, 0, &code));
}

/* Resolvers take these for addresses; programs that check an address before they use it do not. */
TEST_F(Net, OldFormsOfAddressesAreNotLookedUp) {
    for (const char *name : {"127.1", "2130706433", "0x7f000001", "0177.0.0.1"}) {
        int code = 7;
        EXPECT_EQ(RESEAU_ERROR_BAD_ADDRESS, reseau_resolve(name, 0, nullptr, 0, &code)) << name;
        EXPECT_EQ(0, code);
    }
}

TEST_F(Net, LocalhostHasTheAddressesThatTheSystemSays) {
    struct addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    for (int family : {0, 4, 6}) {
        hints.ai_family = family == 0 ? AF_UNSPEC : family == 4 ? AF_INET : AF_INET6;
        struct addrinfo *found = nullptr;
        int code = getaddrinfo("localhost", nullptr, &hints, &found);
        std::vector<std::string> expected;
        for (struct addrinfo *info = found; code == 0 && info != nullptr; info = info->ai_next) {
            char text[INET6_ADDRSTRLEN];
            const void *bytes = info->ai_family == AF_INET ? (void *)&((struct sockaddr_in *)info->ai_addr)->sin_addr
                                                           : (void *)&((struct sockaddr_in6 *)info->ai_addr)->sin6_addr;
            expected.push_back(inet_ntop(info->ai_family, bytes, text, sizeof(text)));
        }
        if (code == 0) {
            EXPECT_EQ(expected, Resolve("localhost", family));
            freeaddrinfo(found);
        } else {
            int ours = 0;
            EXPECT_LT(reseau_resolve("localhost", family, nullptr, 0, &ours), 0);
            EXPECT_EQ(code, ours);
        }
    }
}

TEST_F(Net, MoreAddressesThanThereIsRoomForAreCounted) {
    struct reseau_ip ip;
    memset(&ip, 7, sizeof(ip));
    int count = reseau_resolve("localhost", 4, nullptr, 0, nullptr);
    EXPECT_GE(count, 1);
    EXPECT_EQ(count, reseau_resolve("localhost", 4, &ip, 1, nullptr));
    EXPECT_EQ("127.0.0.1", Format(ip));
}

TEST_F(Net, AFailedLookUpHasTheResolversCode) {
    /* An empty label: no resolver asks anybody for it. */
    for (const char *name : {"a..invalid", ""}) {
        struct addrinfo *found = nullptr;
        int expected = getaddrinfo(name, nullptr, nullptr, &found);
        if (name[0] == 0) {
            expected = EAI_NONAME;
        }
        ASSERT_NE(0, expected);
        int code = 0;
        int result = reseau_resolve(name, 0, nullptr, 0, &code);
        EXPECT_EQ(expected, code) << name << ": " << gai_strerror(code);
        EXPECT_EQ(expected == EAI_AGAIN ? RESEAU_ERROR_NAME_TRY_AGAIN : RESEAU_ERROR_NAME_NOT_FOUND, result) << name;
        EXPECT_EQ(result, reseau_resolve(name, 0, nullptr, 0, nullptr));
    }
    struct reseau_ip ip;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_resolve(nullptr, 0, &ip, 1, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_resolve("localhost", 5, &ip, 1, nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_resolve("localhost", 0, nullptr, 1, nullptr));
}

TEST_F(Net, EachCodeOfTheResolverIsSurfaced) {
    const std::vector<std::pair<int, int>> table = {
        {EAI_NONAME, RESEAU_ERROR_NAME_NOT_FOUND},
        {EAI_NODATA, RESEAU_ERROR_NAME_NOT_FOUND},
        {EAI_ADDRFAMILY, RESEAU_ERROR_NAME_NOT_FOUND},
        {EAI_AGAIN, RESEAU_ERROR_NAME_TRY_AGAIN},
        {EAI_MEMORY, RESEAU_ERROR_NO_MEMORY},
        {EAI_FAIL, RESEAU_ERROR_NAME_FAILED},
        {EAI_SYSTEM, RESEAU_ERROR_NAME_FAILED}};
    struct reseau_ip loopback = Parse("127.0.0.1");
    for (const auto &row : table) {
        fault_of_look_up = row.first;
        struct reseau_ip ip;
        char name[NI_MAXHOST];
        int code = 0;
        EXPECT_EQ(row.second, reseau_resolve("localhost", 0, &ip, 1, &code)) << gai_strerror(row.first);
        EXPECT_EQ(row.first, code);
        code = 0;
        EXPECT_EQ(row.second, reseau_resolve_reverse(&loopback, name, sizeof(name), &code)) << gai_strerror(row.first);
        EXPECT_EQ(row.first, code);
        fault_of_look_up = 0;
    }
}

TEST_F(Net, AListOfInterfacesThatTheSystemRefusesIsAnError) {
    fault_of_list = EMFILE;
    EXPECT_EQ(RESEAU_ERROR_TOO_MANY_FILES, reseau_interface_addresses(0, 1, nullptr, 0));
    fault_of_list = ENOMEM;
    EXPECT_EQ(RESEAU_ERROR_NO_MEMORY, reseau_interface_addresses(0, 1, nullptr, 0));
    fault_of_list = EIO;
    EXPECT_EQ(RESEAU_ERROR_SYSTEM, reseau_interface_addresses(0, 1, nullptr, 0));
    fault_of_list = 0;
    EXPECT_GT(reseau_interface_addresses(0, 1, nullptr, 0), 0);
}

TEST_F(Net, TheLoopbackAddressHasAName) {
    for (const char *text : {"127.0.0.1", "::1"}) {
        struct sockaddr_storage address = {};
        socklen_t length = 0;
        if (strchr(text, ':') == nullptr) {
            address.ss_family = AF_INET;
            inet_pton(AF_INET, text, &((struct sockaddr_in *)&address)->sin_addr);
            length = sizeof(struct sockaddr_in);
        } else {
            address.ss_family = AF_INET6;
            inet_pton(AF_INET6, text, &((struct sockaddr_in6 *)&address)->sin6_addr);
            length = sizeof(struct sockaddr_in6);
        }
        char expected[NI_MAXHOST] = "";
        int expected_code =
            getnameinfo((struct sockaddr *)&address, length, expected, sizeof(expected), nullptr, 0, NI_NAMEREQD);
        struct reseau_ip ip = Parse(text);
        char name[NI_MAXHOST] = "";
        int code = 7;
        int result = reseau_resolve_reverse(&ip, name, sizeof(name), &code);
        EXPECT_EQ(expected_code, code);
        if (expected_code == 0) {
            EXPECT_EQ((int)strlen(expected), result);
            EXPECT_STREQ(expected, name);
            EXPECT_EQ(RESEAU_ERROR_NO_ROOM, reseau_resolve_reverse(&ip, name, strlen(expected), nullptr));
        } else {
            EXPECT_LT(result, 0);
        }
    }
    struct reseau_ip ip = Parse("127.0.0.1");
    char name[8];
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_resolve_reverse(nullptr, name, sizeof(name), nullptr));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_resolve_reverse(&ip, nullptr, sizeof(name), nullptr));
    ip.family = 0;
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_resolve_reverse(&ip, name, sizeof(name), nullptr));
}

std::string Describe(const struct reseau_interface_address &address) {
    return std::string(address.name) + "#" + std::to_string(address.number) + " " + Format(address.ip) + "/" +
           std::to_string(address.prefix_length) + (address.is_loopback ? " loopback" : "") +
           (address.is_up ? " up" : "");
}

std::vector<std::string> Interfaces(int family, bool with_loopback) {
    struct reseau_interface_address addresses[64];
    int count = reseau_interface_addresses(family, with_loopback, addresses, 64);
    EXPECT_GE(count, 0);
    EXPECT_LE(count, 64);
    std::vector<std::string> texts;
    for (int i = 0; i < std::min(count, 64); ++i) {
        texts.push_back(Describe(addresses[i]));
    }
    return texts;
}

TEST_F(Net, TheLoopbackInterfaceIsThereOnRequest) {
    std::vector<std::string> all = Interfaces(0, true);
    std::string loopback = "lo#" + std::to_string(if_nametoindex("lo")) + " 127.0.0.1/8 loopback up";
    EXPECT_EQ(1, std::count(all.begin(), all.end(), loopback));
    for (const std::string &text : Interfaces(0, false)) {
        EXPECT_EQ(std::string::npos, text.find("loopback")) << text;
    }
}

TEST_F(Net, InterfacesByFamilyAreSubsets) {
    for (bool with_loopback : {false, true}) {
        std::vector<std::string> all = Interfaces(0, with_loopback);
        std::vector<std::string> ipv4 = Interfaces(4, with_loopback);
        std::vector<std::string> ipv6 = Interfaces(6, with_loopback);
        std::multiset<std::string> both(ipv4.begin(), ipv4.end());
        both.insert(ipv6.begin(), ipv6.end());
        EXPECT_EQ(std::multiset<std::string>(all.begin(), all.end()), both);
        for (const std::string &text : ipv4) {
            EXPECT_EQ(std::string::npos, text.find(':')) << text;
        }
        for (const std::string &text : ipv6) {
            EXPECT_NE(std::string::npos, text.find(':')) << text;
        }
    }
    std::vector<std::string> all = Interfaces(0, true);
    std::vector<std::string> others = Interfaces(0, false);
    std::sort(all.begin(), all.end());
    std::sort(others.begin(), others.end());
    EXPECT_TRUE(std::includes(all.begin(), all.end(), others.begin(), others.end()));
    EXPECT_LT(others.size(), all.size());
}

TEST_F(Net, InterfaceAddressesAreThoseOfTheSystem) {
    std::multiset<std::string> expected;
    struct ifaddrs *list = nullptr;
    ASSERT_EQ(0, getifaddrs(&list));
    for (struct ifaddrs *entry = list; entry != nullptr; entry = entry->ifa_next) {
        if (entry->ifa_addr == nullptr) {
            continue;
        }
        char text[INET6_ADDRSTRLEN];
        if (entry->ifa_addr->sa_family == AF_INET) {
            inet_ntop(AF_INET, &((struct sockaddr_in *)entry->ifa_addr)->sin_addr, text, sizeof(text));
            expected.insert(text);
        } else if (entry->ifa_addr->sa_family == AF_INET6) {
            auto *address = (struct sockaddr_in6 *)entry->ifa_addr;
            inet_ntop(AF_INET6, &address->sin6_addr, text, sizeof(text));
            char name[IF_NAMESIZE];
            bool has_scope = address->sin6_scope_id != 0 && if_indextoname(address->sin6_scope_id, name) != nullptr;
            expected.insert(has_scope ? std::string(text) + "%" + name : text);
        }
    }
    freeifaddrs(list);

    struct reseau_interface_address addresses[64];
    int count = reseau_interface_addresses(0, 1, addresses, 64);
    std::multiset<std::string> ours;
    for (int i = 0; i < count; ++i) {
        ours.insert(Format(addresses[i].ip));
    }
    EXPECT_EQ(expected, ours);

    /* Less room: as many as fit, and nothing behind them. */
    memset(addresses, 7, sizeof(addresses));
    EXPECT_EQ(count, reseau_interface_addresses(0, 1, addresses, 1));
    EXPECT_EQ(7, addresses[1].name[0]);
    EXPECT_EQ(count, reseau_interface_addresses(0, 1, nullptr, 0));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_interface_addresses(0, 1, nullptr, 1));
    EXPECT_EQ(RESEAU_ERROR_INVALID_ARGUMENT, reseau_interface_addresses(7, 1, addresses, 1));
}

struct OnLoop {
    Signal done;
    int resolved = 0;
    int reversed = 0;
    int listed = 0;

    static void Run(struct aws_task *, void *argument, enum aws_task_status) {
        auto *self = static_cast<OnLoop *>(argument);
        struct reseau_ip ip;
        char name[NI_MAXHOST];
        reseau_ip_parse("127.0.0.1", &ip);
        self->resolved = reseau_resolve("127.0.0.1", 0, &ip, 1, nullptr);
        self->reversed = reseau_resolve_reverse(&ip, name, sizeof(name), nullptr);
        self->listed = reseau_interface_addresses(0, 1, nullptr, 0);
        self->done.Raise();
    }
};

TEST_F(Net, LookUpsAreRefusedOnALoopsThread) {
    aws_io_library_init(allocator_);
    struct aws_event_loop_group *group = aws_event_loop_group_new_default(allocator_, 1, nullptr);
    OnLoop on_loop;
    struct aws_task task;
    aws_task_init(&task, OnLoop::Run, &on_loop, "look up");
    aws_event_loop_schedule_task_now(aws_event_loop_group_get_loop_at(group, 0), &task);
    ASSERT_TRUE(on_loop.done.Wait());
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, on_loop.resolved);
    EXPECT_EQ(RESEAU_ERROR_WOULD_BLOCK_LOOP, on_loop.reversed);
    EXPECT_GT(on_loop.listed, 0);
    aws_event_loop_group_release(group);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
}

} // namespace
