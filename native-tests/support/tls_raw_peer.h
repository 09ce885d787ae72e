/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TLS_RAW_PEER_H
#define RESEAU_TESTS_TLS_RAW_PEER_H

#include "support/raw_socket.h"
#include "support/tls_peer.h"

#include <netinet/tcp.h>

/* A TlsPeer over a plain socket of the system's: it sends what the test says, when it says so. */
class RawTlsPeer {
  public:
    RawTlsPeer(RawSocket connection, TlsPeer::Role role, int version, const std::string &certificate = "ec256")
        : tls(role, version, certificate), socket(std::move(connection)) {
        int on = 1;
        EXPECT_EQ(0, setsockopt(socket.fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)));
    }

    /* True when both sides have finished as far as the peer can know. */
    bool Shake() {
        while (true) {
            tls.Step();
            Flush();
            if (tls.Finished() || tls.Failed()) {
                return tls.Finished();
            }
            std::string answer = Receive();
            if (answer.empty()) {
                return false;
            }
            tls.Feed(answer);
        }
    }

    void Send(const std::string &text) {
        tls.Write(text);
        Flush();
    }

    /* Sends what OpenSSL has ready. */
    void Flush() {
        EXPECT_TRUE(socket.Write(tls.Output()));
    }

    /* Waits for so much content. */
    std::string ReadContent(size_t size) {
        std::string content = tls.Read();
        while (content.size() < size) {
            std::string bytes = Receive();
            if (bytes.empty()) {
                break;
            }
            tls.Feed(bytes);
            content += tls.Read();
        }
        return content;
    }

    /* Waits for bytes; empty when the other end has closed. */
    std::string Receive() {
        std::string bytes(16384, '\0');
        ssize_t count = socket.AwaitReadable() ? recv(socket.fd(), &bytes[0], bytes.size(), 0) : 0;
        bytes.resize(count > 0 ? (size_t)count : 0);
        return bytes;
    }

    TlsPeer tls;
    RawSocket socket;
};

/* A client of the library's own, connected to such a peer. */
class TlsClientToRawPeerTest : public TlsTest {
  protected:
    void TearDown() override {
        peer_.reset();
        listener_.Close();
        context_.reset();
        TlsTest::TearDown();
    }

    void Begin(int version, bool back_pressure = false, const TlsSettings &settings = TlsSettings()) {
        context_.reset(new TlsContext(allocator_, false, settings));
        listener_ = RawSocket::Listen("127.0.0.1");
        Connect(&client_, listener_.Port(), context_->get(), "localhost", "", back_pressure);
        peer_.reset(new RawTlsPeer(listener_.Accept(), TlsPeer::SERVER, version));
    }

    void Meet(int version, bool back_pressure = false) {
        Begin(version, back_pressure);
        ASSERT_TRUE(peer_->Shake());
        ASSERT_TRUE(client_.AwaitSetup());
    }

    TlsEnd client_;
    std::unique_ptr<RawTlsPeer> peer_;
    std::unique_ptr<TlsContext> context_;

  private:
    RawSocket listener_;
};

#endif /* RESEAU_TESTS_TLS_RAW_PEER_H */
