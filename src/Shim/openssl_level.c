/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSSL's security level, with one exception: TLS 1.0 and 1.1, which its levels above 0 leave out together with much
 * else. Which of them a context takes, its lowest version says. Runs on the stack of a handshake too.
 * SSL_CTX_set_security_callback(3). */
#include <stddef.h>

typedef int(security_callback)(
    const void *ssl, const void *context, int operation, int bits, int nid, void *other, void *data);

/* The same struct as in managed code: OpenSslLevelFunctions. */
struct reseau_openssl_level_functions {
    security_callback *(*SSL_CTX_get_security_callback)(const void *context);
    void (*SSL_CTX_set_security_callback)(void *context, security_callback *callback);
    int (*SSL_version)(const void *ssl);
};

void reseau_openssl_allow_old_versions(void *context, const struct reseau_openssl_level_functions *functions);

/* The kind of the other argument is above the sixteenth bit. */
enum { VERSION = 9, SIGNATURE_SUPPORTED = 5 << 16 | 11 };
enum { TLS_1_0 = 0x301, TLS_1_1 = 0x302 };

static security_callback *s_default;
static int (*s_version)(const void *ssl);

static int s_is_old(int version) {
    return version == TLS_1_0 || version == TLS_1_1;
}

/* The signatures of these versions are made over MD5 and SHA-1, or SHA-1. In others nothing changes. */
static int
s_is_allowed(const void *ssl, const void *context, int operation, int bits, int nid, void *other, void *data) {
    if (operation == VERSION && s_is_old(nid)) {
        return 1;
    }
    if (operation == SIGNATURE_SUPPORTED && ssl != NULL && s_is_old(s_version(ssl))) {
        return 1;
    }
    return s_default(ssl, context, operation, bits, nid, other, data);
}

void reseau_openssl_allow_old_versions(void *context, const struct reseau_openssl_level_functions *functions) {
    s_default = functions->SSL_CTX_get_security_callback(context);
    s_version = functions->SSL_version;
    functions->SSL_CTX_set_security_callback(context, s_is_allowed);
}
