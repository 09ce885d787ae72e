/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any text as an option of reseau.h's: the URL of a proxy, and what TLS is given in memory (certificates, keys, lists
 * of revoked ones, protocols, names). The first byte says which; texts end with a NUL. What is refused has an error of
 * its own and leaves nothing, what is taken once is taken again.
 */
#include "fuzz/fuzz.h"

#include <reseau/reseau.h>

#include <sys/socket.h>
#include <unistd.h>

#include <cctype>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

static std::string Text(Input &input) {
    std::string text;
    while (!input.Empty()) {
        char c = (char)input.Byte();
        if (c == 0) {
            break;
        }
        text += c;
    }
    return text;
}

static std::string Contents(const char *name) {
    std::ifstream file(std::string(RESEAU_TEST_CERTIFICATES) + "/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/* Closes what has an id, and waits until nothing of it is left. */
static int64_t Ended(reseau_id id) {
    if (id > 0) {
        MUST(reseau_abort(id) == 0);
        MUST(reseau_wait_closed(id, 60000) == 0);
    }
    return id > 0 ? 1 : id;
}

/* A connection that is there already takes the option, and does not use it: no name is looked up. */
static int64_t Proxy(const std::string &url) {
    int ends[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    struct reseau_options options = reseau_options_default();
    options.proxy = url.c_str();
    reseau_id id = reseau_adopt(ends[0], 0, &options);
    if (id <= 0) {
        close(ends[0]);
    }
    close(ends[1]);
    return Ended(id);
}

/* What a URL of a proxy has, whatever else is in it. */
static bool MayBeAProxy(const std::string &url) {
    for (unsigned char c : url) {
        if (c <= ' ' || c == 127) {
            return false;
        }
    }
    std::string begin = url.substr(0, url.find(':'));
    for (char &c : begin) {
        c = (char)tolower((unsigned char)c);
    }
    return (begin == "socks5" || begin == "http") && url.find("://") == begin.size();
}

static void UseProxy(Input &input) {
    std::string url = Text(input);
    int64_t result = Proxy(url);
    MUST(result == 1 || result == RESEAU_ERROR_INVALID_ARGUMENT);
    MUST(result != 1 || MayBeAProxy(url));
    MUST(Proxy(url) == result);
    Saw(1, result == 1 ? 2 + url.size() : 1);
}

static int64_t Listen(const struct reseau_tls_options *tls) {
    struct reseau_options options = reseau_options_default();
    options.tls = tls;
    return Ended(reseau_listen(nullptr, 0, &options));
}

/* Each text of the input takes the place of one that is good. */
static void UseTls(Input &input) {
    static const std::string certificate = Contents("ec256.crt"), key = Contents("ec256.key"), ca = Contents("ca.crt");
    uint8_t which = input.Byte();
    std::string texts[6] = {certificate, key, ca, "", "http/1.1", "localhost"};
    for (int i = 0; i < 6; ++i) {
        if (((which >> i) & 1) != 0) {
            texts[i] = Text(input);
        }
    }
    struct reseau_tls_options tls = reseau_tls_options_default();
    tls.certificate_pem = texts[0].c_str();
    tls.key_pem = texts[1].c_str();
    tls.ca_pem = texts[2].c_str();
    tls.crl_pem = texts[3].empty() ? nullptr : texts[3].c_str();
    tls.alpn = texts[4].c_str();
    tls.server_name = texts[5].c_str();
    tls.client_certificates = input.Byte() % 3;
    int64_t result = Listen(&tls);
    MUST(result == 1 || result == RESEAU_ERROR_TLS_OPTIONS || result == RESEAU_ERROR_INVALID_ARGUMENT);
    MUST(Listen(&tls) == result);
    Saw(100 + which, result == 1 ? 2 : (size_t)-result);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input(data, size);
    if (input.Byte() % 2 == 0) {
        UseProxy(input);
    } else {
        UseTls(input);
    }
    return 0;
}
