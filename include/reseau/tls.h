/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TLS_H
#define RESEAU_TLS_H

/*
 * TLS for connections and listeners (RFC 8446, RFC 5246): a struct of options in `struct reseau_options`, or an upgrade
 * of a connection that is open. By OpenSSL 3, which is loaded when it is first needed; on Windows by SChannel, which
 * has no directories of trusted certificates, and no staples of one's own or by force.
 * What an engine does not have is an error of the call.
 */

#include <reseau/base.h>

#include <string.h>

struct reseau_tls_certificate;

/**
 * Options of TLS. A client needs none: it trusts what the system trusts, and verifies the certificate for the host that
 * it connects to (RFC 9525). A server needs a certificate and its key.
 *
 * Files are read by the call that gets the options: RESEAU_ERROR_NOT_FOUND if one is not there,
 * RESEAU_ERROR_TLS_OPTIONS if what is in it, or the options together, cannot be used.
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

    /** Client: not 0 verifies nothing; for tests, and the log says so. Servers: `client_certificates` decides. */
    int insecure;

    /** Server: not 0 demands a certificate of each client that ends at those of `ca_file` and its kin. */
    int client_certificates;

    /**
     * Lists of revoked certificates (RFC 5280), as a PEM file, or as PEM in memory. Each certificate of the peer's
     * chain needs a list of its issuer here that is in force. Only together with `ca_file` or its kin.
     */
    const char *crl_file;
    const char *crl_pem;
    size_t crl_pem_length;

    /**
     * Client: not 0 refuses a server that does not prove by a stapled OCSP response that its certificate is good. Also
     * without this a bad response is refused, and none where the certificate promises one (RFC 7633).
     */
    int require_staple;

    /** Not 0: each connection has a full handshake; sessions are neither kept nor handed out. */
    int no_resumption;

    /** Server: a file with the OCSP response, as DER, that is sent along with the certificate. */
    const char *staple_file;

    /**
     * Server: more certificates. The first of all whose names include the one that a client asks for (SNI) is shown;
     * the one above where none does, or no name is asked for.
     */
    const struct reseau_tls_certificate *certificates;
    size_t certificate_count;

    /**
     * A private key that a PKCS#11 token has, in place of `key_file`: the library to load. The token is asked now, and
     * again in each handshake, on other threads.
     */
    const char *pkcs11_library;
    /** The label of the token. NULL: the only slot that has one. */
    const char *pkcs11_token;
    /** The label of the key. NULL: the only private key of the token. */
    const char *pkcs11_key;
    /** The user's PIN. */
    const char *pkcs11_pin;

    /**
     * A file to which the secrets of these connections are appended, a line for each, in the format of SSLKEYLOGFILE
     * that Wireshark reads; it is made, for its owner alone, if it is not there. For finding faults: whoever reads it
     * can read the connections, also later from a recording, and the log says so. RESEAU_ERROR_NOT_FOUND or
     * RESEAU_ERROR_ACCESS_DENIED if it cannot be opened. Default: the file that the environment's SSLKEYLOGFILE names,
     * if it does; a file named here takes its place. SChannel gives no secrets out.
     */
    const char *key_log_file;
};

/** One more certificate of a server, with its key. */
struct reseau_tls_certificate {
    /** sizeof(struct reseau_tls_certificate). */
    size_t size;
    /** The chain, as a PEM file. */
    const char *certificate_file;
    /** The private key, as a PEM file. */
    const char *key_file;
    /** The chain as PEM in memory. */
    const char *certificate_pem;
    /** Its length; 0: NUL-terminated. */
    size_t certificate_pem_length;
    /** The key as PEM in memory. */
    const char *key_pem;
    /** Its length; 0: NUL-terminated. */
    size_t key_pem_length;
    /** A file with the OCSP response of this one, as DER. */
    const char *staple_file;
};

/** What a handshake has led to. */
struct reseau_tls_info {
    /** sizeof(struct reseau_tls_info). */
    size_t size;
    /** 12 or 13. */
    int version;
    /** 1 if an earlier session was resumed: then the peer has shown its certificate earlier. */
    int is_resumed;
    /** The suite by its name in RFC 8446, or OpenSSL's for TLS 1.2. */
    char cipher[64];
    /** Agreed on by ALPN, or "". */
    char protocol[256];
    /** The name that the client has asked for, or "". */
    char server_name[256];
};

/** A certificate. One block of memory, for reseau_free(). */
struct reseau_certificate {
    /** Distinguished names as RFC 4514 writes them: "CN=host,O=Someone". What could not be shown is escaped. */
    const char *subject;
    const char *issuer;
    /** Alternative names: "DNS:host", "IP:127.0.0.1", "URI:...", "email:...". Others are left out. */
    const char *const *names;
    size_t name_count;
    /** The time from which and until which it is valid, in seconds since 1970. */
    int64_t not_before;
    int64_t not_after;
    /** The whole as PEM, NUL-terminated. */
    const char *pem;
    /** The whole as DER. */
    const unsigned char *der;
    /** Bytes of `der`. */
    size_t der_length;
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
 * answer first and nothing more. Blocks until the connection is open and the handshake is done; on failure the
 * connection is closed. RESEAU_ERROR_BUSY if writes are queued that the system has not taken.
 */
RESEAU_API int reseau_start_tls(reseau_id connection, int is_server, const struct reseau_tls_options *options);

/**
 * The same without blocking, also in the connection's own callbacks: nothing more is given to `on_data` until the
 * handshake is done, of which `on_done`, if it is not NULL, is called, with the connection's state. If it fails,
 * `on_close` says so. In `on_data` the bytes that the call consumes are read as they are; all behind them are the
 * handshake's, so that nothing that was sent in the clear can be taken for something that was encrypted. What was
 * written before goes before, in the clear; what is written later is encrypted. RESEAU_ERROR_BUSY if TLS has begun or
 * been asked for, or the connection is not open yet: `on_open` says when.
 */
RESEAU_API int reseau_start_tls_then(
    reseau_id connection,
    int is_server,
    const struct reseau_tls_options *options,
    void (*on_done)(reseau_id connection, void *state));

/**
 * Other options for the connections that a listener with TLS accepts from now on: files are read again. Connections
 * that are there go on with what they have. RESEAU_ERROR_UNSUPPORTED for a listener without TLS; after any error it is
 * as it was. Any thread; does not block but for reading files.
 */
RESEAU_API int reseau_tls_reload(reseau_id listener, const struct reseau_tls_options *options);

/**
 * What the handshake has led to. Set `info->size` before. RESEAU_ERROR_UNSUPPORTED without TLS,
 * RESEAU_ERROR_WOULD_BLOCK during the handshake, RESEAU_ERROR_CLOSED when the connection is closed. On another thread
 * than the loop's it waits for that a moment; on another loop's it is RESEAU_ERROR_WOULD_BLOCK_LOOP.
 */
RESEAU_API int reseau_tls_info(reseau_id connection, struct reseau_tls_info *info);

/**
 * The certificate that the peer has shown, for the caller to free by reseau_free(). RESEAU_ERROR_NOT_FOUND if it has
 * shown none; else as reseau_tls_info().
 */
RESEAU_API int reseau_tls_peer_certificate(reseau_id connection, struct reseau_certificate **certificate);

/** The protocol agreed on by ALPN, NUL-terminated, or "". Returns its length. RESEAU_ERROR_NO_ROOM. Never blocks. */
RESEAU_API int reseau_tls_protocol(reseau_id connection, char *buffer, size_t size);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_TLS_H */
