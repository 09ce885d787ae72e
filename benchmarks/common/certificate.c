/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate.h"

#include <stdio.h>
#include <string.h>

#define COMMAND                                                                                                        \
    "openssl req -x509 -nodes -days 2 -subj /CN=" BENCH_HOST " -addext subjectAltName=DNS:" BENCH_HOST                 \
    " -keyout - -out - 2>/dev/null -newkey "

/* Copies the first block of a text whose label ends like this. */
static void s_take(const char *text, const char *label, char *block, size_t size) {
    static const char s_begin[] = "-----BEGIN ";
    for (const char *at = strstr(text, s_begin); at != NULL; at = strstr(at + 1, s_begin)) {
        const char *end = strstr(at, "-----END ");
        const char *name = strstr(at, label);
        end = end == NULL ? NULL : strchr(end, '\n');
        if (end != NULL && name != NULL && name < strchr(at, '\n') && (size_t)(end - at) + 2 <= size) {
            snprintf(block, size, "%.*s", (int)(end + 1 - at), at);
            return;
        }
    }
    bench_fail("openssl req", "made no certificate; is the openssl command installed?");
}

void bench_certificate_new(const struct bench *bench, struct bench_certificate *made) {
    char text[2 * sizeof(made->key)];
    FILE *output =
        popen(bench->tls == BENCH_TLS_RSA ? COMMAND "rsa:2048" : COMMAND "ec -pkeyopt ec_paramgen_curve:P-256", "r");
    size_t length = output == NULL ? 0 : fread(text, 1, sizeof(text) - 1, output);
    text[length] = 0;
    if (output != NULL) {
        pclose(output);
    }
    s_take(text, "PRIVATE KEY-----", made->key, sizeof(made->key));
    s_take(text, "CERTIFICATE-----", made->certificate, sizeof(made->certificate));
}
