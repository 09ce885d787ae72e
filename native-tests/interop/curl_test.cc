/* SPDX-License-Identifier: Apache-2.0 */
/* curl as the client of a server on the library. */
#include "interop/interop.h"

class CurlTest : public InteropTest {
  protected:
    /* What curl printed; its exit status is expected to be this. */
    std::string Curl(const std::string &path, std::vector<std::string> more = {}, int status = 0) {
        std::vector<std::string> arguments = {
            "curl",
            "--silent",
            "--show-error",
            "--noproxy",
            "*",
            "--ipv4",
            "--max-time",
            "600",
            "--cacert",
            Certificate("ca.crt")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.push_back(web_->Url(path));
        Program curl(arguments);
        EXPECT_EQ(status, curl.Wait()) << curl.Output();
        return curl.Output();
    }
};

TEST_F(CurlTest, Versions) {
    Serve();
    EXPECT_TRUE(Contains(Curl("/100", {"--tlsv1.3", "--output", "/dev/null", "-v"}), "SSL connection using TLSv1.3"));
    EXPECT_TRUE(
        Contains(Curl("/100", {"--tls-max", "1.2", "--output", "/dev/null", "-v"}), "SSL connection using TLSv1.2"));
    Curl("/100", {"--tls-max", "1.1", "--tlsv1.0", "--ciphers", "ALL:@SECLEVEL=0"}, 35);
}

TEST_F(CurlTest, Protocol) {
    TlsSettings settings = ServerSettings("ec256");
    settings.alpn = "http/1.1";
    Serve(settings);
    EXPECT_EQ("protocol=http/1.1\n", Curl("/about"));
    EXPECT_EQ("protocol=\n", Curl("/about", {"--no-alpn"}));
}

TEST_F(CurlTest, CertificateOfTheClient) {
    TlsSettings settings = ServerSettings("server");
    settings.verify_peer = true;
    Serve(settings);
    std::vector<std::string> good = {"--cert", Certificate("client.crt"), "--key", Certificate("client.key")};
    EXPECT_EQ("protocol=\n", Curl("/about", good));
    Curl("/about", {}, 56);
    Curl("/about", {"--cert", Certificate("untrusted_client.crt"), "--key", Certificate("untrusted_client.key")}, 56);
}

TEST_F(CurlTest, WrongServersAreRefused) {
    Serve(ServerSettings("wrong_host"));
    Curl("/about", {}, 60);
    Serve(ServerSettings("untrusted"));
    Curl("/about", {}, 60);
}

TEST_F(CurlTest, ManyRequests) {
    Serve();
    std::vector<std::string> more;
    for (int i = 0; i < 50; ++i) {
        more.push_back(web_->Url("/about"));
    }
    std::string all = Curl("/about", more);
    EXPECT_EQ(51u * sizeof("protocol=\n") - 51, all.size());
}

TEST_F(CurlTest, LargeBodyDown) {
    TemporaryFile file;
    for (const char *version : {"1.2", "1.3"}) {
        Serve();
        Curl("/" + std::to_string(Body::LargeSize()), {"--tls-max", version, "--output", file.Path()});
        std::ifstream stream(file.Path(), std::ios::binary);
        std::string part(1 << 20, '\0');
        uint64_t size = 0;
        bool is_good = true;
        while (stream.read(&part[0], (std::streamsize)part.size()), stream.gcount() > 0) {
            is_good = is_good && Body::Matches(size, part.data(), (size_t)stream.gcount());
            size += (uint64_t)stream.gcount();
        }
        EXPECT_EQ(Body::LargeSize(), size);
        EXPECT_TRUE(is_good);
    }
}

TEST_F(CurlTest, LargeBodyUp) {
    TemporaryDirectory directory;
    WriteBody(directory);
    for (const char *version : {"1.2", "1.3"}) {
        Serve();
        EXPECT_EQ("good\n", Curl("/upload", {"--tls-max", version, "--upload-file", directory.Path("body")}));
    }
}
