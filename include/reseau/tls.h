/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TLS_H
#define RESEAU_TLS_H

/*
 * TLS for connections and listeners (RFC 8446, RFC 5246): a struct of options in `struct reseau_options`, or an upgrade
 * of a connection that is open.
 */

#include <reseau/base.h>

#include <string.h>

/**
 * Options of TLS. A client needs none: it trusts what the system trusts, and verifies the certificate for the host that
 * it connects to (RFC 9525). A server needs a certificate and its key.
 */
struct reseau_tls_options {
    /** sizeof(struct reseau_tls_options). */
    size_t size;

    /** A file of trusted certificates, or a directory of them. Default: the system's. */
    const char *ca_file;
    const char *ca_directory;
    /** Trusted certificates as PEM, in place of the system's. Length 0: NUL-terminated. */
    const char *ca_pem;
    size_t ca_pem_length;

    /** This side's certificate chain and its private key, as PEM files. */
    const char *certificate_file;
    const char *key_file;
    /** The same as PEM in memory. Length 0: NUL-terminated. */
    const char *certificate_pem;
    size_t certificate_pem_length;
    const char *key_pem;
    size_t key_pem_length;

    /** Client: the name to ask for and to verify. Default: the host of the call. */
    const char *server_name;

    /** Protocols to agree on by ALPN (RFC 7301), the best first, separated by ";": "h2;http/1.1". */
    const char *alpn;

    /** The lowest version: 12 or 13. Default: 12. */
    int minimum_version;

    /** Client: not 0 verifies nothing. Server: see `client_certificates`. For tests; says so in the log. */
    int insecure;

    /** Server: not 0 demands a certificate of each client that ends at those of `ca_file` and its kin. */
    int client_certificates;
};

/** Options that say nothing but their size. */
static inline struct reseau_tls_options reseau_tls_options_default(void) {
    struct reseau_tls_options options;
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    return options;
}

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Begins TLS on an open plain connection: `is_server` not 0 waits for the peer's first message, else it sends its own.
 * What the peer has sent before and nobody has read is taken for a part of the handshake, so a protocol reads its own
 * answer first and nothing more. Blocks until the handshake is done; on failure the connection is closed.
 * RESEAU_ERROR_BUSY if writes are queued that the system has not taken.
 */
RESEAU_API int reseau_start_tls(reseau_id connection, int is_server, const struct reseau_tls_options *options);

/** The protocol agreed on by ALPN, NUL-terminated, or "". Returns its length. RESEAU_ERROR_NO_ROOM. Never blocks. */
RESEAU_API int reseau_tls_protocol(reseau_id connection, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_TLS_H */
