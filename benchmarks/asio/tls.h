/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_ASIO_TLS_H
#define RESEAU_BENCH_ASIO_TLS_H

#include "../common/certificate.h"
#include "asio.h"

#include <boost/asio/ssl.hpp>

using TlsStream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

/* Both sides' contexts. The client verifies the server's certificate and name. */
class Tls {
  public:
    explicit Tls(const bench &bench);

    TlsStream wrap(boost::asio::ip::tcp::socket socket, bench_side side);

    template <typename Handler> static void handshake(TlsStream &stream, bench_side side, Handler handler) {
        namespace ssl = boost::asio::ssl;
        stream.async_handshake(
            side == BENCH_SERVER ? ssl::stream_base::server : ssl::stream_base::client, std::move(handler));
    }

  private:
    bench_certificate m_certificate;
    boost::asio::ssl::context m_server;
    boost::asio::ssl::context m_client;
    bool m_resumes;
};

/* What stands in its place where there is no TLS. */
class NoTls {
  public:
    explicit NoTls(const bench &) {
    }

    template <typename Socket> Socket wrap(Socket socket, bench_side) {
        return socket;
    }

    template <typename Stream, typename Handler> static void handshake(Stream &, bench_side, Handler handler) {
        handler(boost::system::error_code());
    }
};

void tls_contexts_run(bench &bench);

#endif /* RESEAU_BENCH_ASIO_TLS_H */
