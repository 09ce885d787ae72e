/* SPDX-License-Identifier: Apache-2.0 */
/* SSLKEYLOGFILE: what stands in the file is what OpenSSL at the other end says of the same connections. */
#include "support/temporary_file.h"
#include "support/tls_peer.h"

#include <sys/auxv.h>
#include <sys/stat.h>

#include <regex>
#include <set>

namespace {

/* The variable is read once, so all tests of a process share the file. */
std::string KeyLogPath() {
    const char *given = getenv("RESEAU_TEST_KEY_LOG");
    if (given != nullptr) {
        return given;
    }
    static TemporaryDirectory directory;
    return directory.Path("keys");
}

/* Makes it run as another user or group, which only some may: root any, others with groups that they are in. */
bool GiveMoreRights(const std::string &program) {
    const uid_t nobody = 65534;
    if (geteuid() == 0) {
        return chown(program.c_str(), nobody, (gid_t)-1) == 0 && chmod(program.c_str(), 04755) == 0;
    }
    gid_t groups[64];
    int count = getgroups(64, groups);
    for (int i = 0; i < count; ++i) {
        if (groups[i] != getegid() && chown(program.c_str(), (uid_t)-1, groups[i]) == 0) {
            return chmod(program.c_str(), 02755) == 0;
        }
    }
    return false;
}

std::set<std::string> Lines(const std::string &text) {
    std::set<std::string> lines;
    std::stringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        lines.insert(line);
    }
    return lines;
}

std::set<std::string> peer_lines;

class TlsKeyLogTest : public TlsTest {
  protected:
    void SetUp() override {
        setenv("SSLKEYLOGFILE", KeyLogPath().c_str(), 1);
        TlsTest::SetUp();
        peer_lines.clear();
    }

    /* A whole connection, with a few bytes from the peer, whose secrets come into peer_lines. */
    void Exchange(TlsPeer &peer, int fd, TlsEnd &end) {
        while (!peer.Finished() && !peer.Failed()) {
            peer.Step();
            Send(fd, peer.Output());
            if (!peer.Finished()) {
                Receive(fd, peer);
            }
        }
        ASSERT_TRUE(end.AwaitSetup());
        peer.Write("content");
        Send(fd, peer.Output());
        EXPECT_TRUE(end.AwaitBytes(7));
        close(fd);
        EXPECT_TRUE(end.AwaitShutdown());
    }

    void ExchangeWithServer(int version) {
        TlsEnd end;
        auto server = Serve(&end, ServerSettings("ec256"));
        TlsPeer peer(TlsPeer::CLIENT, version);
        Listen(peer);
        Exchange(peer, ConnectPlain(server->port), end);
    }

    void ExchangeWithClient(int version) {
        TlsEnd end;
        TlsContext context(allocator_, false, TlsSettings());
        int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct sockaddr_in address = Loopback(0);
        socklen_t length = sizeof(address);
        ASSERT_EQ(0, bind(listener, (struct sockaddr *)&address, sizeof(address)));
        ASSERT_EQ(0, listen(listener, 1));
        ASSERT_EQ(0, getsockname(listener, (struct sockaddr *)&address, &length));
        Connect(&end, ntohs(address.sin_port), context.get());
        TlsPeer peer(TlsPeer::SERVER, version);
        Listen(peer);
        Exchange(peer, accept4(listener, nullptr, nullptr, SOCK_CLOEXEC), end);
        close(listener);
    }

    void ExpectAllLogged(size_t count) {
        EXPECT_LE(count, peer_lines.size());
        std::string text = Contents(KeyLogPath());
        std::set<std::string> lines = Lines(text);
        for (const std::string &line : peer_lines) {
            EXPECT_EQ(1u, lines.count(line)) << line;
        }
        std::regex form("[A-Z0-9_]+ [0-9a-f]{64} [0-9a-f]{64,128}");
        for (const std::string &line : lines) {
            EXPECT_TRUE(std::regex_match(line, form)) << line;
        }
        EXPECT_EQ('\n', text.back());
    }

  private:
    static void Listen(TlsPeer &peer) {
        SSL_CTX_set_keylog_callback(
            SSL_get_SSL_CTX(peer.ssl()), [](const SSL *, const char *line) { peer_lines.insert(line); });
    }

    static void Send(int fd, const std::string &bytes) {
        EXPECT_EQ((ssize_t)bytes.size(), send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    }

    static void Receive(int fd, TlsPeer &peer) {
        char bytes[16384];
        ssize_t count = recv(fd, bytes, sizeof(bytes), 0);
        ASSERT_LT(0, count);
        peer.Feed(std::string(bytes, (size_t)count));
    }
};

} // namespace

TEST_F(TlsKeyLogTest, SecretsOfBothEndsAndOfAllVersions) {
    ExchangeWithServer(TLS1_3_VERSION);
    ExpectAllLogged(5);
    ExchangeWithClient(TLS1_3_VERSION);
    ExpectAllLogged(10);
    ExchangeWithServer(TLS1_2_VERSION);
    ExpectAllLogged(11);
    ExchangeWithClient(TLS1_2_VERSION);
    ExpectAllLogged(12);
}

TEST_F(TlsKeyLogTest, OnlyTheOwnerCanReadTheFile) {
    mode_t mask = umask(0);
    ExchangeWithServer(TLS1_3_VERSION);
    umask(mask);
    struct stat status = {};
    ASSERT_EQ(0, stat(KeyLogPath().c_str(), &status));
    EXPECT_EQ(0600u, status.st_mode & 07777);
}

/* Whoever starts a program that has more rights than he has could have it write files for him. The program is this test
 * again. */
TEST_F(TlsKeyLogTest, NothingIsWrittenByAProgramWithMoreRightsThanItsStarter) {
    if (getenv("RESEAU_TEST_KEY_LOG") != nullptr) {
        TlsContext context(allocator_, false, TlsSettings());
        EXPECT_NE(nullptr, context.get());
        _exit(getauxval(AT_SECURE) != 0 ? 42 : 43);
    }
    TemporaryDirectory directory;
    std::string log = directory.Path("keys");
    std::string program = directory.Path("program");
    ASSERT_EQ(0, chmod(directory.Path().c_str(), 0777));
    std::filesystem::copy_file("/proc/self/exe", program);
    setenv("RESEAU_TEST_KEY_LOG", log.c_str(), 1);
    auto run = [&] { return ChildProcess({program, "--gtest_filter=*MoreRights*"}).Wait(); };
    ASSERT_EQ(43, run());
    EXPECT_TRUE(std::filesystem::exists(log));
    std::filesystem::remove(log);
    if (!GiveMoreRights(program) || run() != 42) {
        GTEST_SKIP() << "no program with more rights can be made here";
    }
    EXPECT_FALSE(std::filesystem::exists(log));
    unsetenv("RESEAU_TEST_KEY_LOG");
}
