/* SPDX-License-Identifier: Apache-2.0 */
/* Other programs at the other end of connections of reseau.h, as servers and as clients, plain and over TLS. */
#include "interop/reseau_interop.h"

class ReseauNginx : public ReseauInterop {
  protected:
    void SetUp() override {
        if (system("nginx -v >/dev/null 2>&1") != 0) {
            GTEST_SKIP() << "nginx is not installed";
        }
        ReseauInterop::SetUp();
    }

    void TearDown() override {
        if (nginx_ != nullptr) {
            EXPECT_EQ(std::string::npos, nginx_->Output().find("[crit]")) << nginx_->Output();
            EXPECT_EQ(std::string::npos, nginx_->Output().find("[alert]")) << nginx_->Output();
        }
    }

    void Start(const std::string &lines) {
        port_.Renew();
        std::string path = directory_.Path(), temporary;
        for (const char *kind : {"client_body", "proxy", "fastcgi", "scgi", "uwsgi"}) {
            temporary += std::string(kind) + "_temp_path " + path + "/" + kind + ";\n";
        }
        std::string tls = IsTls() ? " ssl;\nssl_certificate " + certificate_ + ";\nssl_certificate_key " + key_ : "";
        directory_.Write(
            "nginx.conf",
            "daemon off; master_process off; pid " + path + "/pid; error_log stderr warn;\n" +
                "events { worker_connections 64; }\nhttp {\naccess_log off; default_type text/plain; root " + path +
                ";\n" + temporary + "server {\nlisten 127.0.0.1:" + std::to_string(port_) + tls + ";\n" + lines +
                "\n}\n}\n");
        nginx_ = std::make_unique<Program>(
            std::vector<std::string>{"nginx", "-p", path, "-e", "stderr", "-c", path + "/nginx.conf"});
        AwaitListening(port_);
    }

    void ExpectBodyOf(const std::string &path, size_t size) {
        ExpectBody(*nginx_, port_, path, size);
    }

    std::unique_ptr<Program> nginx_;
};

TEST_P(ReseauNginx, AsServer) {
    const size_t large = 20000000;
    directory_.Write("small", Body::Part(0, 100));
    directory_.Write("large", Body::Part(0, large));
    for (const char *version : {"TLSv1.2", "TLSv1.3"}) {
        Start(IsTls() ? std::string("ssl_protocols ") + version + ";" : "");
        ExpectBodyOf("/small", 100);
        ExpectBodyOf("/large", large);
    }
}

TEST_P(ReseauNginx, AsClient) {
    Server server = MakeServer();
    std::string target =
        (IsTls() ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(PortOf(server.listener));
    Start(
        "location / { proxy_pass " + target + "; proxy_http_version 1.1; proxy_max_temp_file_size 0; " +
        "proxy_ssl_verify on; proxy_ssl_server_name on; proxy_ssl_name localhost; proxy_ssl_protocols TLSv1.2 "
        "TLSv1.3; " +
        "proxy_ssl_trusted_certificate " + ca_ + "; }");
    for (size_t size : {(size_t)0, (size_t)1, (size_t)100000, (size_t)20000000}) {
        ExpectBodyOf("/" + std::to_string(size), size);
    }
}

/* ---- curl ---- */

class ReseauCurl : public ReseauInterop {};

TEST_P(ReseauCurl, AsClient) {
    Server server = MakeServer();
    for (size_t size : {(size_t)0, (size_t)1, (size_t)100000, (size_t)20000000}) {
        TemporaryFile file;
        std::string url = UrlOf(PortOf(server.listener), "/" + std::to_string(size));
        Program curl(
            {"curl",
             "--silent",
             "--show-error",
             "--noproxy",
             "*",
             "--ipv4",
             "--fail",
             "--max-time",
             "600",
             "--cacert",
             ca_,
             "--output",
             file.Path(),
             url});
        EXPECT_EQ(0, curl.Wait()) << curl.Output();
        std::string body = file.Content();
        EXPECT_EQ(size, body.size());
        EXPECT_TRUE(Body::Matches(0, body.data(), body.size()));
    }
}

/* ---- openssl ---- */

class ReseauOpenssl : public ReseauInterop {};

/* Its client reads to the end; its server answers with the files of its folder. */
TEST_P(ReseauOpenssl, AsClient) {
    Server server = MakeServer();
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        Program client(
            {"openssl",
             "s_client",
             "-quiet",
             "-connect",
             "127.0.0.1:" + std::to_string(PortOf(server.listener)),
             "-servername",
             "localhost",
             "-CAfile",
             ca_,
             "-verify_return_error",
             version});
        client.Say("GET /100000 HTTP/1.1\r\n\r\n");
        EXPECT_TRUE(client.Prints("Content-Length: 100000"));
        client.Wait();
        EXPECT_GE(client.Output().size(), 100000u) << version;
    }
}

TEST_P(ReseauOpenssl, AsServer) {
    directory_.Write("large", Body::Part(0, 5000000));
    for (const char *version : {"-tls1_2", "-tls1_3"}) {
        Program server(
            {"env",
             "--chdir=" + directory_.Path(),
             "openssl",
             "s_server",
             "-WWW",
             "-accept",
             "127.0.0.1:" + std::to_string(port_.Renew()),
             "-cert",
             certificate_,
             "-key",
             key_,
             version});
        AwaitListening(port_);
        ExpectBody(server, port_, "/large", 5000000);
    }
}

/* ---- Python's ssl, http.client and http.server ---- */

class ReseauPython : public ReseauInterop {};

TEST_P(ReseauPython, AsClient) {
    Server server = MakeServer();
    std::string port = std::to_string(PortOf(server.listener));
    Program client(
        {"python3",
         "-c",
         "import http.client, ssl, sys\n"
         "port, ca = int(sys.argv[1]), sys.argv[2]\n"
         "for size in 0, 1, 100000, 20000000:\n"
         "    server = http.client.HTTPSConnection('localhost', port, timeout=600,\n"
         "        context=ssl.create_default_context(cafile=ca)) if ca else \\\n"
         "        http.client.HTTPConnection('localhost', port, timeout=600)\n"
         "    server.request('GET', f'/{size}')\n"
         "    answer = server.getresponse()\n"
         "    body = answer.read()\n"
         "    assert answer.status == 200 and len(body) == size, (answer.status, len(body))\n"
         "    server.close()\n"
         "print('all of it')\n",
         port,
         IsTls() ? ca_ : ""});
    EXPECT_EQ(0, client.Wait()) << client.Output();
    EXPECT_EQ("all of it\n", client.Output());
}

TEST_P(ReseauPython, AsServer) {
    directory_.Write("large", Body::Part(0, 20000000));
    Program server(
        {"env",
         "--chdir=" + directory_.Path(),
         "python3",
         "-c",
         "import http.server, ssl, sys\n"
         "port, certificate, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]\n"
         "server = http.server.ThreadingHTTPServer(('127.0.0.1', port), http.server.SimpleHTTPRequestHandler)\n"
         "if certificate:\n"
         "    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
         "    context.load_cert_chain(certificate, key)\n"
         "    server.socket = context.wrap_socket(server.socket, server_side=True)\n"
         "server.serve_forever()\n",
         std::to_string(port_.Renew()),
         IsTls() ? certificate_ : "",
         key_});
    AwaitListening(port_);
    ExpectBody(server, port_, "/large", 20000000);
}

INSTANTIATE_TEST_SUITE_P(PlainAndTls, ReseauNginx, testing::Bool(), PlainOrTls);
INSTANTIATE_TEST_SUITE_P(PlainAndTls, ReseauCurl, testing::Bool(), PlainOrTls);
INSTANTIATE_TEST_SUITE_P(Only, ReseauOpenssl, testing::Values(true), PlainOrTls);
INSTANTIATE_TEST_SUITE_P(PlainAndTls, ReseauPython, testing::Bool(), PlainOrTls);
