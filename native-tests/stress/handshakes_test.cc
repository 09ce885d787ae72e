/* SPDX-License-Identifier: Apache-2.0 */
/* Many handshakes of every kind: full, resumed, refused, broken off. What they acquire they release. The number is
 * small unless RESEAU_HANDSHAKES says otherwise. */
#include "interop/interop.h"
#include "support/process.h"

class HandshakesTest : public InteropTest {
  protected:
    void SetUp() override {
        InteropTest::SetUp();
        web_.reset(new WebServer(allocator_, server_group_->get(), ServerSettings("ec256")));
        shared_.reset(new TlsContext(allocator_, false, TlsSettings()));
    }

    void TearDown() override {
        shared_.reset();
        web_.reset();
        InteropTest::TearDown();
    }

    static int Wanted() {
        const char *number = getenv("RESEAU_HANDSHAKES");
        return number == nullptr ? 800 : atoi(number);
    }

    /* Eight handshakes at once, of which six come to something. */
    void Batch() {
        TlsContext fresh(allocator_, false, TlsSettings());
        TlsEnd ends[7];
        for (int i = 0; i < 7; ++i) {
            ends[i].on_setup = [](TlsEnd &end) { EXPECT_EQ(AWS_OP_SUCCESS, end.app->Send("GET /about \r\n\r\n")); };
            const char *name = i == 6 ? "wrong.example" : "localhost";
            Connect(&ends[i], web_->port, i < 4 ? shared_->get() : fresh.get(), name);
        }
        int fd = ConnectPlain(web_->port);
        EXPECT_LT(0, fd);
        EXPECT_EQ(5, send(fd, "\x16\x03\x01\x01\x00", 5, MSG_NOSIGNAL));
        close(fd);
        for (int i = 0; i < 6; ++i) {
            EXPECT_TRUE(ends[i].AwaitSetup()) << aws_error_name(ends[i].setup);
            EXPECT_TRUE(ends[i].AwaitShutdown());
            EXPECT_NE(std::string::npos, ends[i].received.find("protocol=\n")) << aws_error_name(ends[i].shutdown);
        }
        EXPECT_TRUE(ends[6].AwaitFailure());
        EXPECT_EQ(AWS_IO_TLS_HOST_NAME_MISMATCH, ends[6].setup);
    }

    void Run(int handshakes) {
        for (int done = 0; done < handshakes && !HasFailure(); done += 8) {
            Batch();
        }
    }

    static size_t ResidentKilobytes() {
        size_t pages = 0;
        std::ifstream file("/proc/self/statm");
        file >> pages >> pages;
        return pages * (size_t)sysconf(_SC_PAGESIZE) / 1024;
    }

    /* Descriptors, when all connections are over; closed ones may linger for a moment. */
    long DescriptorsAtRest(long expected) {
        for (int i = 0; i < 300 && s_entries("/proc/self/fd") > expected; ++i) {
            usleep(10000);
        }
        return s_entries("/proc/self/fd");
    }

    std::unique_ptr<WebServer> web_;
    std::unique_ptr<TlsContext> shared_;
};

TEST_F(HandshakesTest, LeakNothing) {
    long descriptors = s_entries("/proc/self/fd");
    int warm = Wanted() / 5;
    Run(warm);
    descriptors = std::max(descriptors, DescriptorsAtRest(descriptors));
    usleep(200000);
    size_t bytes = aws_mem_tracer_bytes(allocator_);
    size_t blocks = aws_mem_tracer_count(allocator_);
    size_t resident = ResidentKilobytes();

    Run(Wanted() - warm);
    EXPECT_GE(descriptors, DescriptorsAtRest(descriptors));
    usleep(200000);
    printf(
        "%d handshakes: bytes %zu, then %zu; blocks %zu, then %zu; resident %zu kB, then %zu; descriptors %ld\n",
        Wanted(),
        bytes,
        aws_mem_tracer_bytes(allocator_),
        blocks,
        aws_mem_tracer_count(allocator_),
        resident,
        ResidentKilobytes(),
        s_entries("/proc/self/fd"));
    /* Pools keep what their busiest moment needed, and that may come later. */
    EXPECT_GE(bytes + 256 * 1024, aws_mem_tracer_bytes(allocator_));
    EXPECT_GE(blocks + 64, aws_mem_tracer_count(allocator_));
    if (Wanted() >= 400) {
        EXPECT_GE(resident + 8 * 1024, ResidentKilobytes());
    }
}
