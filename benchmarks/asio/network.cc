/* SPDX-License-Identifier: Apache-2.0 */
/* All cases with connections. Asio allows one composed write at a time, so a program that streams puts together what
 * it has: one write of many small messages. */
#include "asio.h"
#include "tls.h"

#include <cstdlib>
#include <future>
#include <memory>
#include <unistd.h>
#include <vector>

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr size_t IDLE_MESSAGE = 64;

/* Bytes that go out; what they are does not matter. */
char s_out[BENCH_MAX_MESSAGE];

/* Received bytes that nobody keeps; one buffer per side. */
char s_in[2][BENCH_CHUNK];

void s_check(const error_code &error, const char *what) {
    if (error) {
        bench_fail(what, error.message().c_str());
    }
}

/* TCP and Unix sockets are two families of types with one shape, and TLS streams over them have nearly the same. */
template <typename Protocol, typename Security> class Network {
  public:
    using Socket = typename Protocol::socket;
    using Stream = decltype(std::declval<Security &>().wrap(std::declval<Socket>(), BENCH_SERVER));
    using Endpoint = typename Protocol::endpoint;

    Network(bench &bench, const Endpoint &endpoint)
        : m_bench(bench), m_security(bench), m_server(bench, BENCH_SERVER), m_client(bench, BENCH_CLIENT),
          m_acceptor(m_server.context(), endpoint) {
        m_endpoint = m_acceptor.local_endpoint();
        accept();
    }

    void run() {
        m_server.start();
        m_client.start();
        if (m_bench.kind == BENCH_IDLE) {
            idle(bench_idle_pairs(&m_bench));
        } else if (m_bench.kind == BENCH_CHURN) {
            asio::post(m_client.context(), [this] {
                for (unsigned i = 0; i < m_bench.count; i++) {
                    connect();
                }
            });
            bench_measure(&m_bench);
        } else {
            connect_until(m_bench.count);
            asio::post(m_client.context(), [this] {
                for (auto &end : m_clients) {
                    end->begin();
                }
            });
            bench_measure(&m_bench);
        }
    }

  private:
    /* One end of a connection. It lives as long as an operation on it is under way. */
    class End : public std::enable_shared_from_this<End> {
      public:
        End(Network &network, bench_side side, Socket socket)
            : m_network(network), m_bench(network.m_bench), m_side(side),
              m_stream(network.m_security.wrap(std::move(socket), side)) {
            no_delay(m_stream.lowest_layer());
            if (m_bench.kind == BENCH_ECHO && side == BENCH_SERVER) {
                m_own.resize(BENCH_CHUNK);
            }
        }

        template <typename Handler> void handshake(Handler handler) {
            Security::handshake(m_stream, m_side, [self = this->shared_from_this(), handler](const error_code &error) {
                s_check(error, "handshake");
                handler();
            });
        }

        void begin() {
            m_sent_at = bench_now();
            switch (m_bench.kind) {
            case BENCH_PING_PONG:
                send(s_out, m_bench.size);
                break;
            case BENCH_SINK:
                stream();
                return;
            case BENCH_CHURN:
                send(s_out, 1);
                break;
            case BENCH_IDLE:
                send(s_out, IDLE_MESSAGE);
                break;
            default:
                fill_echo();
                break;
            }
            read();
        }

        void read() {
            char *to = m_own.empty() ? s_in[m_side] : m_own.data();
            m_stream.async_read_some(
                asio::buffer(to, BENCH_CHUNK), [self = this->shared_from_this()](const error_code &error, size_t size) {
                    if (error && self->m_bench.kind == BENCH_CHURN) {
                        self->closed();
                        return;
                    }
                    s_check(error, "read");
                    self->on_data(size);
                });
        }

      private:
        void send(const char *data, size_t size) {
            asio::async_write(
                m_stream, asio::buffer(data, size), [self = this->shared_from_this()](const error_code &error, size_t) {
                    s_check(error, "write");
                });
        }

        void stream() {
            size_t size = m_bench.in_flight < BENCH_CHUNK ? m_bench.in_flight : BENCH_CHUNK;
            asio::async_write(
                m_stream,
                asio::buffer(s_out, size),
                [self = this->shared_from_this()](const error_code &error, size_t) {
                    s_check(error, "write");
                    self->stream();
                });
        }

        /* Sends what the echo has not in flight, if no write is under way. */
        void fill_echo() {
            size_t room = m_bench.in_flight - m_in_flight;
            size_t size = room < BENCH_CHUNK ? room : BENCH_CHUNK;
            if (m_is_writing || size < m_bench.size) {
                return;
            }
            m_is_writing = true;
            m_in_flight += size;
            asio::async_write(
                m_stream,
                asio::buffer(s_out, size),
                [self = this->shared_from_this()](const error_code &error, size_t) {
                    s_check(error, "write");
                    self->m_is_writing = false;
                    self->fill_echo();
                });
        }

        void on_data(size_t size) {
            switch (m_bench.kind) {
            case BENCH_PING_PONG:
                on_pong(size);
                read();
                break;
            case BENCH_SINK:
                bench_count(&m_bench, 0, size);
                read();
                break;
            case BENCH_CHURN:
                closed();
                break;
            case BENCH_IDLE:
                if (m_side == BENCH_SERVER) {
                    send(s_out, IDLE_MESSAGE);
                } else {
                    m_network.on_idle();
                }
                read();
                break;
            default:
                on_echo(size);
                break;
            }
        }

        void on_pong(size_t size) {
            m_received += size;
            if (m_received < m_bench.size) {
                return;
            }
            m_received -= m_bench.size;
            if (m_side == BENCH_CLIENT) {
                uint64_t now = bench_now();
                bench_count(&m_bench, 1, m_bench.size);
                bench_latency(&m_bench, now - m_sent_at);
                m_sent_at = now;
            }
            send(s_out, m_bench.size);
        }

        /* The server reads again when all is sent back: it has one buffer. */
        void on_echo(size_t size) {
            if (m_side == BENCH_CLIENT) {
                bench_count(&m_bench, 0, size);
                m_in_flight -= size;
                fill_echo();
                read();
                return;
            }
            asio::async_write(
                m_stream,
                asio::buffer(m_own.data(), size),
                [self = this->shared_from_this()](const error_code &error, size_t) {
                    s_check(error, "write");
                    self->read();
                });
        }

        /* The peer of a TLS connection gets close_notify first. */
        void closed() {
            if constexpr (std::is_same_v<Stream, Socket>) {
                close();
            } else {
                m_stream.async_shutdown([self = this->shared_from_this()](const error_code &) { self->close(); });
            }
        }

        void close() {
            error_code ignored;
            m_stream.lowest_layer().close(ignored);
            if (m_side == BENCH_CLIENT) {
                bench_count(&m_bench, 1, 0);
                m_network.connect();
            }
        }

        Network &m_network;
        bench &m_bench;
        bench_side m_side;
        bool m_is_writing = false;
        Stream m_stream;
        size_t m_received = 0;
        size_t m_in_flight = 0;
        uint64_t m_sent_at = 0;
        std::vector<char> m_own;
    };

    static void no_delay(asio::ip::tcp::socket::lowest_layer_type &socket) {
        error_code ignored;
        socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    }

    static void no_delay(asio::local::stream_protocol::socket::lowest_layer_type &) {
    }

    void accept() {
        m_acceptor.async_accept([this](const error_code &error, Socket socket) {
            s_check(error, "accept");
            auto end = std::make_shared<End>(*this, BENCH_SERVER, std::move(socket));
            end->handshake([end] { end->read(); });
            accept();
        });
    }

    void connect() {
        auto socket = std::make_shared<Socket>(m_client.context());
        socket->async_connect(m_endpoint, [this, socket](const error_code &error) {
            s_check(error, "connect");
            auto end = std::make_shared<End>(*this, BENCH_CLIENT, std::move(*socket));
            end->handshake([this, end] { on_connected(end); });
        });
    }

    void on_connected(const std::shared_ptr<End> &end) {
        if (m_bench.kind == BENCH_CHURN || m_bench.kind == BENCH_IDLE) {
            end->begin();
        }
        if (m_bench.kind == BENCH_CHURN) {
            return;
        }
        m_clients.push_back(end);
        if (m_bench.kind != BENCH_IDLE) {
            on_idle();
        }
    }

    /* The last connection has done its part: the next one, or the end. */
    void on_idle() {
        if (m_clients.size() < m_wanted) {
            connect();
        } else {
            m_connected.set_value();
        }
    }

    void connect_until(size_t wanted) {
        m_connected = std::promise<void>();
        asio::post(m_client.context(), [this, wanted] {
            m_wanted = wanted;
            connect();
        });
        m_connected.get_future().wait();
    }

    void idle(unsigned pairs) {
        m_clients.reserve(pairs + BENCH_IDLE_WARM);
        connect_until(BENCH_IDLE_WARM);
        usleep(100000);
        size_t before = bench_resident();
        connect_until(BENCH_IDLE_WARM + pairs);
        usleep(100000);
        bench_idle_figures(&m_bench, before, bench_resident(), pairs);
    }

    bench &m_bench;
    Security m_security;
    std::vector<std::shared_ptr<End>> m_clients;
    size_t m_wanted = 0;
    std::promise<void> m_connected;
    Side m_server;
    Side m_client;
    typename Protocol::acceptor m_acceptor;
    Endpoint m_endpoint;
};

} // namespace

/* The process ends under its running threads: how connections are taken down is not measured here. */
void network_run(bench &bench) {
    if (bench.is_local && bench.tls != BENCH_TLS_NONE) {
        bench_unsupported(&bench);
    }
    if (bench.is_local) {
        using Protocol = asio::local::stream_protocol;
        (new Network<Protocol, NoTls>(bench, Protocol::endpoint(bench_local_path())))->run();
        unlink(bench_local_path());
    } else {
        using Protocol = asio::ip::tcp;
        Protocol::endpoint endpoint(asio::ip::address_v4::loopback(), 0);
        if (bench.tls == BENCH_TLS_NONE) {
            (new Network<Protocol, NoTls>(bench, endpoint))->run();
        } else {
            (new Network<Protocol, Tls>(bench, endpoint))->run();
        }
    }
    bench_print(&bench);
    std::_Exit(EXIT_SUCCESS);
}
