/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server that forks its workers makes its TLS contexts before, and each worker uses them. A context's cache of
 * sessions has a lock, which a thread of the parent may hold at the fork; no thread of the child opens it.
 */
#include "support/fork.h"
#include "support/tls.h"

#include <dlfcn.h>

/* The library takes its locks by this call, which is the program's: a thread may be stopped while it has the lock. */
static std::atomic<pthread_mutex_t *> s_last_lock;
static std::atomic<pthread_mutex_t *> s_allocators_lock;
static thread_local Signal *s_holds;
static thread_local Signal *s_goes_on;

extern "C" int pthread_mutex_trylock(pthread_mutex_t *mutex) {
    static auto *real = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, "pthread_mutex_trylock");
    int result = real(mutex);
    s_last_lock = mutex;
    Signal *holds = s_holds;
    if (result == 0 && holds != nullptr && mutex != s_allocators_lock) {
        s_holds = nullptr;
        holds->Raise();
        s_goes_on->Wait();
    }
    return result;
}

namespace {

class ForkTlsSessionsTest : public TlsTest {
  protected:
    void SetUp() override {
        TlsTest::SetUp();
        aws_mem_release(allocator_, aws_mem_acquire(allocator_, 1));
        s_allocators_lock = s_last_lock.load();
    }

    /* In the child: a server and clients of its own loops, with contexts of the parent's. */
    int HandshakeTwice(const TlsContext &server_context, const TlsContext &client_context) {
        allocator_ = aws_default_allocator();
        LoopGroup loops(allocator_, 2);
        struct aws_host_resolver_default_options resolver = {};
        resolver.el_group = loops.get();
        resolver.max_entries = 8;
        struct aws_client_bootstrap_options options = {};
        options.event_loop_group = loops.get();
        options.host_resolver = aws_host_resolver_new_default(allocator_, &resolver);
        bootstrap_ = aws_client_bootstrap_new(allocator_, &options);
        TlsEnd nobody;
        TlsServer server(allocator_, loops.get(), &nobody, server_context);
        bool done = true;
        for (int i = 0; i < 2 && done; ++i) {
            TlsEnd served, connected;
            server.Aim(&served);
            Connect(&connected, server.port, client_context.get());
            done = connected.AwaitSetup() && served.AwaitSetup();
            connected.Shutdown();
            done = connected.AwaitShutdown() && served.AwaitShutdown() && done;
        }
        return done ? 0 : 1;
    }
};

} // namespace

TEST_F(ForkTlsSessionsTest, a_worker_uses_the_contexts_that_were_made_before_it) {
    /* Without a tracer, whose lock is the program's. */
    TlsContext server_context(aws_default_allocator(), true, ServerSettings("server"));
    TlsContext client_context(aws_default_allocator(), false, TlsSettings());
    TlsEnd served, connected;
    TlsServer server(allocator_, server_group_->get(), &served, server_context);
    Signal holds, goes_on;
    connected.on_creation = [&](struct aws_channel *) {
        s_goes_on = &goes_on;
        s_holds = &holds;
    };
    Connect(&connected, server.port, client_context.get());
    EXPECT_TRUE(holds.Wait()) << "no lock was taken";
    EXPECT_EQ(0, InChild([&] { return HandshakeTwice(server_context, client_context); }));
    goes_on.Raise();
    EXPECT_TRUE(connected.AwaitSetup());
    EXPECT_TRUE(served.AwaitSetup());
    connected.Shutdown();
    EXPECT_TRUE(connected.AwaitShutdown());
    EXPECT_TRUE(served.AwaitShutdown());
}
