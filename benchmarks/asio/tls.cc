/* SPDX-License-Identifier: Apache-2.0 */
/* Contexts of OpenSSL. The suite and the curve are those that other programs agree on too: ciphers are not compared. */
#include "tls.h"

#include <cstring>

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;

namespace {

constexpr const char *SYSTEM_TRUST = "/etc/ssl/certs/ca-certificates.crt";

/* The client's latest session. Its thread only. */
SSL_SESSION *s_session;

void s_use_same_algorithms(ssl::context &context) {
    SSL_CTX_set_ciphersuites(context.native_handle(), "TLS_AES_128_GCM_SHA256");
    SSL_CTX_set_cipher_list(context.native_handle(), "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256");
    /* Keys are agreed on by the first; in TLS 1.2 the certificate's curve has to be among them. */
    SSL_CTX_set1_groups_list(context.native_handle(), "X25519:P-256");
}

void s_make_server(ssl::context &context, const bench_certificate &certificate) {
    s_use_same_algorithms(context);
    context.use_certificate_chain(asio::buffer(certificate.certificate, std::strlen(certificate.certificate)));
    context.use_private_key(asio::buffer(certificate.key, std::strlen(certificate.key)), ssl::context::pem);
}

int s_on_session(SSL *, SSL_SESSION *session) {
    SSL_SESSION_free(s_session);
    s_session = session;
    return 1;
}

bench_certificate s_certificate;

void s_make_context(bench_side side) {
    ssl::context context(side == BENCH_SERVER ? ssl::context::tls_server : ssl::context::tls_client);
    if (side == BENCH_SERVER) {
        s_make_server(context, s_certificate);
        return;
    }
    s_use_same_algorithms(context);
    context.set_verify_mode(ssl::verify_peer);
    context.load_verify_file(SYSTEM_TRUST);
}

} // namespace

Tls::Tls(const bench &bench)
    : m_server(ssl::context::tls_server), m_client(ssl::context::tls_client), m_resumes(bench.resumes) {
    bench_certificate_new(&bench, &m_certificate);
    s_make_server(m_server, m_certificate);
    s_use_same_algorithms(m_client);
    m_client.set_verify_mode(ssl::verify_peer);
    m_client.add_certificate_authority(asio::buffer(m_certificate.certificate, std::strlen(m_certificate.certificate)));
    if (m_resumes) {
        SSL_CTX_set_session_cache_mode(m_client.native_handle(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(m_client.native_handle(), s_on_session);
    }
}

TlsStream Tls::wrap(asio::ip::tcp::socket socket, bench_side side) {
    TlsStream stream(std::move(socket), side == BENCH_SERVER ? m_server : m_client);
    if (side == BENCH_CLIENT) {
        SSL_set_tlsext_host_name(stream.native_handle(), BENCH_HOST);
        SSL_set1_host(stream.native_handle(), BENCH_HOST);
        if (m_resumes && s_session != nullptr) {
            SSL_set_session(stream.native_handle(), s_session);
        }
    }
    return stream;
}

void tls_contexts_run(bench &bench) {
    bench_certificate_new(&bench, &s_certificate);
    bench_tls_contexts(&bench, s_make_context);
    bench_print(&bench);
}
