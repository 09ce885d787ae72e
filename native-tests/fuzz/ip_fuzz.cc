/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any text as an address. It is one where inet_pton says so, with a scope behind IPv6 that is the name of an interface
 * or a number; it is written as inet_ntop writes it, and read again as the same.
 */
#include "fuzz/fuzz.h"

#include <reseau/net.h>

#include <arpa/inet.h>
#include <net/if.h>

#include <cstring>
#include <string>

static bool TakeScope(const std::string &zone, uint32_t *scope) {
    *scope = if_nametoindex(zone.c_str());
    if (*scope != 0) {
        return true;
    }
    uint64_t number = 0;
    for (char digit : zone) {
        if (digit < '0' || digit > '9' || number > UINT32_MAX) {
            return false;
        }
        number = number * 10 + (uint64_t)(digit - '0');
    }
    *scope = (uint32_t)number;
    return number > 0 && number <= UINT32_MAX;
}

static bool Model(const std::string &text, struct reseau_ip *ip) {
    memset(ip, 0, sizeof(*ip));
    if (text.find(':') == std::string::npos) {
        ip->family = 4;
        return inet_pton(AF_INET, text.c_str(), ip->bytes) == 1;
    }
    ip->family = 6;
    size_t percent = text.find('%');
    std::string address = text.substr(0, percent);
    return inet_pton(AF_INET6, address.c_str(), ip->bytes) == 1 &&
           (percent == std::string::npos || TakeScope(text.substr(percent + 1), &ip->scope));
}

static std::string Write(const struct reseau_ip &ip) {
    char text[INET6_ADDRSTRLEN];
    char name[IF_NAMESIZE];
    inet_ntop(ip.family == 4 ? AF_INET : AF_INET6, ip.bytes, text, sizeof(text));
    if (ip.scope == 0) {
        return text;
    }
    return std::string(text) + "%" +
           (if_indextoname(ip.scope, name) != nullptr ? name : std::to_string(ip.scope).c_str());
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    std::string text((const char *)data, size);
    text = text.c_str();

    /* A block that ends with the NUL, so that a tool can see what goes beyond it. */
    char *exact = strdup(text.c_str());
    struct reseau_ip ip;
    struct reseau_ip expected;
    int result = reseau_ip_parse(exact, &ip);
    free(exact);
    if (!Model(text, &expected)) {
        MUST(result == RESEAU_ERROR_BAD_ADDRESS);
        Saw(1, text.size());
        return 0;
    }
    MUST(result == 0 && reseau_ip_compare(&ip, &expected) == 0 && memcmp(&ip, &expected, sizeof(ip)) == 0);

    char written[RESEAU_IP_TEXT_SIZE];
    int length = reseau_ip_format(&ip, written, sizeof(written));
    MUST(length == (int)strlen(written) && written == Write(ip));
    struct reseau_ip again;
    MUST(reseau_ip_parse(written, &again) == 0 && reseau_ip_compare(&ip, &again) == 0);
    Saw(2 + (size_t)ip.family, (size_t)length);
    Saw(10 + (ip.scope != 0), text.size());
    for (size_t i = 0; i < sizeof(ip.bytes); ++i) {
        Saw(20 + i, ip.bytes[i]);
    }
    return 0;
}
