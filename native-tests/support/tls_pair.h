/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TLS_PAIR_H
#define RESEAU_TESTS_TLS_PAIR_H

#include "support/tls.h"

#include <memory>
#include <string>

/* A client and a server of the library's own, connected over TLS. */
class TlsDataTest : public TlsTest {
  protected:
    void SetUp() override {
        TlsTest::SetUp();
        context_.reset(new TlsContext(allocator_, false, TlsSettings()));
    }

    void TearDown() override {
        listener_.reset();
        context_.reset();
        TlsTest::TearDown();
    }

    /* Both ends are set up when this returns. */
    void Meet(bool back_pressure = false, const TlsSettings &settings = ServerSettings("ec256")) {
        listener_ = Serve(&server_, settings, back_pressure);
        Connect(&client_, listener_->port, context_->get(), "localhost", "", back_pressure);
        ASSERT_TRUE(client_.AwaitSetup());
        ASSERT_TRUE(server_.AwaitSetup());
    }

    void Part() {
        client_.Shutdown();
        EXPECT_TRUE(client_.AwaitShutdown());
        EXPECT_TRUE(server_.AwaitShutdown());
    }

    static std::string Pattern(size_t size) {
        std::string text(size, '\0');
        for (size_t i = 0; i < size; ++i) {
            text[i] = (char)(i * 31 + (i >> 8) * 7 + (i >> 16));
        }
        return text;
    }

    TlsEnd server_;
    TlsEnd client_;
    std::unique_ptr<TlsContext> context_;
    std::unique_ptr<TlsServer> listener_;
};

#endif /* RESEAU_TESTS_TLS_PAIR_H */
