/* SPDX-License-Identifier: Apache-2.0 */
/* The PEM texts that contexts are made of: every layout, other objects beside those that are wanted, encrypted keys. */
#include "support/captured_log.h"
#include "support/tls.h"

#include <pty.h>

namespace {

std::string Replaced(std::string text, const std::string &what, const std::string &with) {
    for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
    return text;
}

/* The same text with other ends of lines and other beginnings. */
struct Layout {
    const char *name;
    const char *line_end;
    const char *indent;
    const char *before = "";
};

const Layout s_layouts[] = {
    {"as it is", "\n", ""},
    {"CRLF", "\r\n", ""},
    {"CR", "\r", ""},
    {"a blank line after each", "\n\n", ""},
    {"blank lines of CRLF", "\r\n\r\n", ""},
    {"indented by spaces", "\n", "    "},
    {"indented by tabs", "\n", "\t"},
    {"spaces at the end", " \t \n", ""},
    {"spaces for line ends", " ", ""},
    {"form feeds and vertical tabs", "\f\v", ""},
    {"a byte order mark", "\n", "", "\xEF\xBB\xBF"},
    {"text in front", "\n", "", "subject=CN = localhost\n--- a line, and -- another\n"},
    {"text in front on the same line", "\n", "", "certificate: "},
    {"other characters between the digits", " \n\"", ""},
};

std::string In(const Layout &layout, const std::string &text) {
    std::string laid = layout.before;
    bool at_start = true;
    for (char c : text) {
        if (at_start) {
            laid += layout.indent;
        }
        at_start = c == '\n';
        laid += at_start ? layout.line_end : std::string(1, c);
    }
    return laid;
}

} // namespace

class TlsPemTest : public TracedIoTest {
  protected:
    struct aws_tls_ctx *MakeWithKey(const std::string &certificate, const std::string &key) {
        struct aws_byte_cursor certificate_cursor = CursorOf(certificate);
        struct aws_byte_cursor key_cursor = CursorOf(key);
        struct aws_tls_ctx_options options = {};
        if (aws_tls_ctx_options_init_default_server(&options, allocator_, &certificate_cursor, &key_cursor) !=
            AWS_OP_SUCCESS) {
            return nullptr;
        }
        struct aws_tls_ctx *context = aws_tls_server_ctx_new(allocator_, &options);
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }

    struct aws_tls_ctx *MakeTrusting(const std::string &text) {
        struct aws_byte_cursor cursor = CursorOf(text);
        struct aws_tls_ctx_options options = {};
        aws_tls_ctx_options_init_default_client(&options, allocator_);
        struct aws_tls_ctx *context = nullptr;
        if (aws_tls_ctx_options_override_default_trust_store(&options, &cursor) == AWS_OP_SUCCESS) {
            context = aws_tls_client_ctx_new(allocator_, &options);
        }
        aws_tls_ctx_options_clean_up(&options);
        return context;
    }

    void ExpectUsable(const std::string &certificate, const std::string &key, const std::string &what) {
        struct aws_tls_ctx *context = MakeWithKey(certificate, key);
        EXPECT_NE(nullptr, context) << what << ": " << aws_error_name(aws_last_error());
        aws_tls_ctx_release(context);
    }

    void ExpectRefused(const std::string &certificate, const std::string &key, int error = AWS_IO_TLS_CTX_ERROR) {
        EXPECT_NULL_RAISES(error, MakeWithKey(certificate, key));
    }

    const std::string certificate_ = Contents(Certificate("leaf.crt"));
    const std::string middle_ = Contents(Certificate("middle.crt"));
    const std::string key_ = Contents(Certificate("leaf.key"));
    const std::string ca_ = Contents(Certificate("ca.crt"));
};

TEST_F(TlsPemTest, every_layout_is_read) {
    for (const Layout &layout : s_layouts) {
        ExpectUsable(In(layout, certificate_ + middle_), In(layout, key_), layout.name);
        struct aws_tls_ctx *context = MakeTrusting(In(layout, ca_ + middle_));
        EXPECT_NE(nullptr, context) << layout.name;
        aws_tls_ctx_release(context);
    }
}

TEST_F(TlsPemTest, boundaries_may_have_more_dashes_or_share_a_line) {
    std::string longer = Replaced(Replaced(certificate_, "E-----", "E------"), "-----B", "------B");
    longer = Replaced(longer, "-----END", "------END");
    ExpectUsable(longer, key_, "six dashes");
    ExpectUsable(Replaced(certificate_ + middle_, "E-----\n-----B", "E----------B"), key_, "no line end between");
}

TEST_F(TlsPemTest, other_objects_are_passed_over) {
    std::string both = key_ + certificate_;
    ExpectUsable(both, both, "one file for both");
    std::string parameters = Contents(Certificate("dh2048.pem"));
    ExpectUsable(parameters + certificate_ + parameters + middle_, parameters + key_, "parameters between");
    std::string encrypted = Contents(Certificate("server.encrypted"));
    ExpectUsable(encrypted + certificate_, key_, "a key that is encrypted beside the certificate");
    ExpectUsable(certificate_, Contents(Certificate("leaf.key")) + encrypted, "the first key counts");
    EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, MakeTrusting(key_));
    EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, MakeTrusting(parameters));
    ExpectRefused(key_, key_);
    ExpectRefused(certificate_, certificate_);
}

TEST_F(TlsPemTest, the_label_behind_end_is_not_looked_at) {
    ExpectUsable(Replaced(certificate_, "END CERTIFICATE", "END OF IT"), key_, "another label");
}

TEST_F(TlsPemTest, headers_are_passed_over) {
    std::string begin = "-----BEGIN CERTIFICATE-----\n";
    std::string headers = begin + "Comment: made by a test\nAnother: header\n\n";
    ExpectUsable(Replaced(certificate_, begin, headers), key_, "headers");
}

TEST_F(TlsPemTest, labels_of_openssls_own_are_certificates_too) {
    ExpectUsable(Replaced(certificate_, " CERTIFICATE", " X509 CERTIFICATE"), key_, "X509 CERTIFICATE");
    struct aws_tls_ctx *context = MakeTrusting(Contents(Certificate("ca.trusted")));
    EXPECT_NE(nullptr, context) << "TRUSTED CERTIFICATE";
    aws_tls_ctx_release(context);
}

/* Not a part of the text is taken for the whole. */
TEST_F(TlsPemTest, what_is_cut_off_or_changed_is_refused) {
    std::string cut = certificate_.substr(0, certificate_.size() / 2);
    ExpectRefused(cut + middle_, key_);
    ExpectRefused(certificate_ + middle_.substr(0, middle_.size() / 2) + "-----END CERTIFICATE-----\n", key_);
    ExpectRefused(certificate_, Replaced(key_, "\n-----END", "A\n-----END"));
    ExpectRefused("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", key_);
    EXPECT_NULL_RAISES(AWS_IO_TLS_CTX_ERROR, MakeTrusting(cut + ca_));
}

TEST_F(TlsPemTest, what_is_no_text_is_refused_by_its_own_error) {
    std::string latin = Replaced(certificate_, "\n-----END", "\xE9\n-----END");
    ExpectRefused(latin, key_, AWS_IO_FILE_VALIDATION_FAILURE);
    ExpectRefused(certificate_, Replaced(key_, "\n-----END", "\xFF\n-----END"), AWS_IO_FILE_VALIDATION_FAILURE);
    ExpectUsable(Replaced(certificate_, "\n-----END", "\xC3\xA9\n-----END"), key_, "UTF-8");
}

TEST_F(TlsPemTest, encrypted_keys_are_refused_with_the_reason) {
    for (const char *name : {"server.encrypted", "server.encrypted.pkcs1"}) {
        for (const Layout &layout : s_layouts) {
            CapturedLog log(allocator_, AWS_LL_ERROR);
            ExpectRefused(Contents(Certificate("server.crt")), In(layout, Contents(Certificate(name))));
            EXPECT_TRUE(log.Holds("the private key is encrypted")) << name << ", " << layout.name;
        }
    }
    std::string mislabelled = Replaced(Contents(Certificate("server.encrypted")), "ENCRYPTED PRIVATE", "PRIVATE");
    ExpectRefused(Contents(Certificate("server.crt")), mislabelled);
}

/* OpenSSL's own reader of PEM asks whoever sits at the terminal. */
TEST_F(TlsPemTest, no_pass_phrase_prompt_appears) {
    std::string begin = "-----BEGIN CERTIFICATE-----\n";
    std::string headers = begin + "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n";
    std::string encrypted = Replaced(ca_, begin, headers);
    int terminal = -1;
    const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
    ASSERT_NE(-1, child);
    if (child == 0) {
        alarm(60);
        /* The terminal stays open as the input, and stays the one to ask at. */
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        bool is_refused = MakeTrusting(encrypted) == nullptr && MakeWithKey(encrypted, key_) == nullptr &&
                          MakeWithKey(certificate_, Contents(Certificate("server.encrypted"))) == nullptr &&
                          MakeWithKey(certificate_, Contents(Certificate("server.encrypted.pkcs1"))) == nullptr;
        _exit(is_refused ? 7 : 1);
    }
    char text[256];
    EXPECT_GE(0, read(terminal, text, sizeof(text))) << "something was written to the terminal";
    close(terminal);
    int status = 0;
    ASSERT_EQ(child, waitpid(child, &status, 0));
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(7, WEXITSTATUS(status));
}
