/* SPDX-License-Identifier: Apache-2.0 */
/* sslscan looks for weaknesses of a server that nobody has configured. */
#include "interop/interop.h"

#include <regex>

class ScannerTest : public InteropTest {
  protected:
    std::string Scan(const TlsSettings &settings) {
        WebServer web(allocator_, server_group_->get(), settings);
        Program scanner({"sslscan", "--no-colour", "--xml=-", "127.0.0.1:" + std::to_string(web.port)});
        EXPECT_EQ(0, scanner.Wait());
        return scanner.Output();
    }

    static void ExpectNoWeakness(const std::string &report) {
        for (const char *version :
             {"ssl\" version=\"2", "ssl\" version=\"3", "tls\" version=\"1.0", "tls\" version=\"1.1"}) {
            EXPECT_TRUE(Contains(report, std::string("<protocol type=\"") + version + "\" enabled=\"0\"")) << report;
        }
        for (const char *version : {"1.2", "1.3"}) {
            EXPECT_TRUE(
                Contains(report, std::string("<protocol type=\"tls\" version=\"") + version + "\" enabled=\"1\""));
            EXPECT_TRUE(
                Contains(report, std::string("<heartbleed sslversion=\"TLSv") + version + "\" vulnerable=\"0\""));
        }
        EXPECT_TRUE(Contains(report, "<renegotiation supported=\"0\"")) << report;
        EXPECT_FALSE(Contains(report, "<compression supported=\"1\"")) << report;

        const std::regex cipher(
            "<cipher status=\"[a-z]*\" sslversion=\"([^\"]*)\" bits=\"([0-9]*)\" cipher=\"([^\"]*)\"");
        int ciphers = 0;
        for (std::sregex_iterator i(report.begin(), report.end(), cipher), end; i != end; ++i, ++ciphers) {
            const std::string name = (*i)[3];
            EXPECT_LE(128, std::stoi((*i)[2])) << name;
            EXPECT_TRUE(Contains(name, "GCM") || Contains(name, "CHACHA20")) << name;
            EXPECT_TRUE(Contains(name, "ECDHE") || Contains(name, "TLS_")) << name;
        }
        EXPECT_LE(6, ciphers) << report;
        EXPECT_FALSE(Contains(report, "strength=\"weak\"")) << report;
        EXPECT_FALSE(Contains(report, "strength=\"anonymous\"")) << report;
        EXPECT_FALSE(Contains(report, "strength=\"null\"")) << report;
    }
};

TEST_F(ScannerTest, NoWeaknessWithAnRsaKey) {
    ExpectNoWeakness(Scan(ServerSettings("server")));
}

TEST_F(ScannerTest, NoWeaknessWithAnEllipticCurveKey) {
    ExpectNoWeakness(Scan(ServerSettings("ec256")));
}
