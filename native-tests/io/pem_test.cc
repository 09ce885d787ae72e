/* SPDX-License-Identifier: Apache-2.0 */
/* PEM: reading, writing, cleaning. What openssl takes out of the same texts is what must come out here. */
#include "support/portable.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/array_list.h>
#include <aws/common/byte_buf.h>
#include <aws/common/string.h>
#include <aws/io/io.h>
#include <aws/io/pem.h>
#include <aws/io/private/pem_utils.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct PemObject {
    enum aws_pem_object_type type;
    std::string label;
    std::string data;
};

/* A copy whose first byte beyond the end, or before the beginning, cannot be touched. */
class FencedText {
  public:
    explicit FencedText(const std::string &text, bool fence_in_front = false) {
        size_t page = page_size();
        size_t room = (text.size() + page - 1) / page * page;
        size_ = room + 2 * page;
        pages_ = static_cast<char *>(pages_new(size_));
        start_ = pages_ + page + (fence_in_front ? 0 : room - text.size());
        text.copy(start_, text.size());
        pages_forbid(pages_, page);
        pages_forbid(pages_ + page + room, page);
        cursor = aws_byte_cursor_from_array(start_, text.size());
    }

    ~FencedText() {
        pages_free(pages_, size_);
    }

    FencedText(const FencedText &) = delete;
    FencedText &operator=(const FencedText &) = delete;

    struct aws_byte_cursor cursor;

  private:
    char *pages_;
    char *start_;
    size_t size_;
};

std::string Path(const std::string &name) {
    return std::string(RESEAU_TEST_CERTIFICATES) + "/" + name;
}

std::string FileText(const std::string &name) {
    std::ifstream file(Path(name), std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty()) << name;
    return text.str();
}

/* An object with this label around these base 64 lines. */
std::string Block(const std::string &label, const std::string &body) {
    return "-----BEGIN " + label + "-----\n" + body + "-----END " + label + "-----\n";
}

class PemTest : public TracedIoTest {
  protected:
    /* The objects; the list is cleaned up twice, which is allowed. */
    std::vector<PemObject> Take(struct aws_array_list *list) {
        std::vector<PemObject> objects;
        for (size_t i = 0; i < aws_array_list_length(list); ++i) {
            void *item = nullptr;
            EXPECT_EQ(AWS_OP_SUCCESS, aws_array_list_get_at_ptr(list, &item, i));
            auto *object = static_cast<struct aws_pem_object *>(item);
            objects.push_back(
                {object->type,
                 std::string(aws_string_c_str(object->type_string), object->type_string->len),
                 std::string((const char *)object->data.buffer, object->data.len)});
        }
        aws_pem_objects_clean_up(list);
        aws_pem_objects_clean_up(list);
        return objects;
    }

    std::vector<PemObject> Parse(const std::string &text) {
        FencedText fenced(text);
        struct aws_array_list list;
        if (aws_pem_objects_init_from_file_contents(&list, allocator_, fenced.cursor) != AWS_OP_SUCCESS) {
            ADD_FAILURE() << aws_error_name(aws_last_error()) << " in\n" << text;
            return {};
        }
        return Take(&list);
    }

    std::vector<PemObject> ParseFile(const std::string &path) {
        struct aws_array_list list;
        if (aws_pem_objects_init_from_file_path(&list, allocator_, path.c_str()) != AWS_OP_SUCCESS) {
            ADD_FAILURE() << aws_error_name(aws_last_error()) << " in " << path;
            return {};
        }
        return Take(&list);
    }

    void ExpectMalformed(const std::string &text) {
        FencedText fenced(text);
        struct aws_array_list list;
        memset(&list, 0xA5, sizeof(list));
        EXPECT_RAISES(
            AWS_ERROR_PEM_MALFORMED, aws_pem_objects_init_from_file_contents(&list, allocator_, fenced.cursor));
        EXPECT_EQ(0u, aws_array_list_length(&list));
        aws_array_list_clean_up(&list);
    }

    void ExpectOne(
        const std::vector<PemObject> &objects,
        enum aws_pem_object_type type,
        const std::string &label,
        const std::string &data) {
        ASSERT_EQ(1u, objects.size());
        ExpectObject(objects[0], type, label, data);
    }

    void ExpectObject(
        const PemObject &object, enum aws_pem_object_type type, const std::string &label, const std::string &data) {
        EXPECT_EQ(type, object.type);
        EXPECT_EQ(label, object.label);
        EXPECT_TRUE(data == object.data) << label;
    }

    void ExpectChain(const std::vector<PemObject> &objects) {
        ASSERT_EQ(3u, objects.size());
        ExpectObject(objects[0], AWS_PEM_TYPE_X509, "CERTIFICATE", FileText("leaf.crt.der"));
        ExpectObject(objects[1], AWS_PEM_TYPE_X509, "CERTIFICATE", FileText("middle.crt.der"));
        ExpectObject(objects[2], AWS_PEM_TYPE_X509, "CERTIFICATE", FileText("server.crt.der"));
    }

    std::string Sanitized(const std::string &text, int error = AWS_ERROR_SUCCESS) {
        struct aws_byte_buf buffer;
        FencedText fenced(text);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init_copy_from_cursor(&buffer, allocator_, fenced.cursor));
        if (error == AWS_ERROR_SUCCESS) {
            EXPECT_EQ(AWS_OP_SUCCESS, aws_sanitize_pem(&buffer, allocator_)) << text;
        } else {
            EXPECT_RAISES(error, aws_sanitize_pem(&buffer, allocator_));
        }
        std::string result((const char *)buffer.buffer, buffer.len);
        aws_byte_buf_clean_up(&buffer);
        return result;
    }

    /* Refused, and left as it was. */
    void ExpectNotSanitized(const std::string &text) {
        EXPECT_EQ(text, Sanitized(text, AWS_ERROR_INVALID_ARGUMENT));
    }

    std::string FromDer(const std::string &der) {
        FencedText fenced(der);
        struct aws_string *pem = aws_der_cert_to_pem(allocator_, fenced.cursor);
        if (pem == nullptr) {
            ADD_FAILURE() << aws_error_name(aws_last_error());
            return "";
        }
        std::string text(aws_string_c_str(pem), pem->len);
        EXPECT_EQ(0, aws_string_c_str(pem)[pem->len]);
        aws_string_destroy(pem);
        return text;
    }
};

} // namespace

TEST_F(PemTest, test_pem_single_cert_parse) {
    ExpectOne(Parse(FileText("leaf.crt")), AWS_PEM_TYPE_X509, "CERTIFICATE", FileText("leaf.crt.der"));
}

TEST_F(PemTest, test_pem_private_key_parse) {
    ExpectOne(
        Parse(FileText("server.pkcs1")),
        AWS_PEM_TYPE_PRIVATE_RSA_PKCS1,
        "RSA PRIVATE KEY",
        FileText("server.pkcs1.der"));
}

TEST_F(PemTest, test_pem_dsa_private_key_parse) {
    ExpectOne(Parse(FileText("dsa.key")), AWS_PEM_TYPE_PRIVATE_DSA_PKCS1, "DSA PRIVATE KEY", FileText("dsa.key.der"));
}

TEST_F(PemTest, test_pem_dsa_public_key_parse) {
    ExpectOne(Parse(FileText("dsa.pub")), AWS_PEM_TYPE_PUBLIC_DSA_PKCS1, "DSA PUBLIC KEY", FileText("dsa.pub.der"));
}

TEST_F(PemTest, test_pem_cert_chain_parse) {
    ExpectChain(Parse(FileText("leaf.crt") + FileText("middle.crt") + FileText("server.crt")));
}

TEST_F(PemTest, test_pem_cert_parse_from_file) {
    ExpectOne(ParseFile(Path("leaf.crt")), AWS_PEM_TYPE_X509, "CERTIFICATE", FileText("leaf.crt.der"));
}

TEST_F(PemTest, test_pem_cert_parse_from_file_crlf) {
    std::string text;
    for (char c : FileText("leaf.crt")) {
        text += c == '\n' ? "\r\n" : std::string(1, c);
    }
    TemporaryDirectory directory;
    directory.Write("crlf.crt", text);
    ExpectOne(ParseFile(directory.Path("crlf.crt")), AWS_PEM_TYPE_X509, "CERTIFICATE", FileText("leaf.crt.der"));
}

TEST_F(PemTest, test_pem_private_key_parse_from_file) {
    ExpectOne(
        ParseFile(Path("server.pkcs1")),
        AWS_PEM_TYPE_PRIVATE_RSA_PKCS1,
        "RSA PRIVATE KEY",
        FileText("server.pkcs1.der"));
}

TEST_F(PemTest, test_pem_cert_chain_comments_and_whitespace) {
    std::string leaf = FileText("leaf.crt");
    leaf.insert(leaf.size() - 1, "  \t ");
    std::string server = FileText("server.crt");
    server.pop_back();
    std::string between = "   \n\n\t\r\n   ";
    ExpectChain(Parse(
        "# -----\nsubject=CN = localhost\n  -----END\n// BEGIN CERTIFICATE\n" + leaf + between + "   " +
        FileText("middle.crt") + server));
}

TEST_F(PemTest, test_pem_invalid_parse) {
    ExpectMalformed(FileText("leaf.crt").substr(1));
}

TEST_F(PemTest, test_pem_valid_data_invalid_parse) {
    std::string text = FileText("leaf.crt");
    text.insert(text.find("-----END"), "q\n");
    ExpectMalformed(text);
}

TEST_F(PemTest, test_pem_invalid_in_chain_parse) {
    std::string last = FileText("server.crt");
    last.insert(last.find("-----END"), "f\n");
    ExpectMalformed(FileText("leaf.crt") + FileText("middle.crt") + last);
}

/* What stands inside an object is taken for content, so it must be content. */
TEST_F(PemTest, CommentsInsideAnObjectAreDamage) {
    std::string text = FileText("leaf.crt");
    text.insert(text.find('\n') + 1, "# a comment\n");
    ExpectMalformed(text);
}

TEST_F(PemTest, EncryptedTraditionalKeysAreNotBase64) {
    ExpectMalformed(Block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n"));
}

TEST_F(PemTest, LinesAreTrimmedAndMayBeOfAnyLength) {
    ExpectOne(Parse(Block("CMS", "  aG \n\n\tV\r\n\v\fsbG8=  \n")), AWS_PEM_TYPE_CMS, "CMS", "hello");
    std::string body(100000, 'A');
    ExpectOne(Parse(Block("CMS", body + "\n")), AWS_PEM_TYPE_CMS, "CMS", std::string(75000, '\0'));
}

TEST_F(PemTest, TheLabelOfTheEndIsNotLookedAt) {
    ExpectOne(Parse("-----BEGIN CMS-----\naGVsbG8=\n-----END"), AWS_PEM_TYPE_CMS, "CMS", "hello");
}

TEST_F(PemTest, OneCharacterOfAnyKindPartsTheLabelFromBegin) {
    ExpectOne(Parse("-----BEGINxCMS-----\n-----END"), AWS_PEM_TYPE_CMS, "CMS", "");
    ExpectOne(Parse("-----BEGIN------\n-----END"), AWS_PEM_TYPE_UNKNOWN, "", "");
    ExpectOne(Parse("-----BEGIN ------\n-----END"), AWS_PEM_TYPE_UNKNOWN, "-", "");
}

TEST_F(PemTest, BeginLinesWithoutEndOrLabelAreMalformed) {
    for (const char *line : {
             "-----BEGIN",
             "-----BEGIN ",
             "-----BEGIN-----",
             "-----BEGIN ----",
             "-----BEGIN CMS----",
             "-----BEGIN CMS----- x",
             "-----BEGIN CMS",
         }) {
        ExpectMalformed(line);
        ExpectMalformed(std::string(line) + "\nAAAA\n-----END CMS-----\n");
    }
}

/* As in aws-c-io: a line that begins an object and is no good ends the reading, and what was read counts. */
TEST_F(PemTest, GoodObjectsBeforeABadBeginLineCount) {
    auto objects = Parse(Block("CMS", "aGVsbG8=\n") + "-----BEGIN CMS\n" + Block("CMS", "AAAA\n"));
    ExpectOne(objects, AWS_PEM_TYPE_CMS, "CMS", "hello");
}

TEST_F(PemTest, ATruncatedObjectInvalidatesTheRest) {
    ExpectMalformed(Block("CMS", "aGVsbG8=\n") + "-----BEGIN CMS-----\naGVsbG8=\n");
    ExpectMalformed(Block("CMS", "aGVsbG8=\n") + "-----BEGIN CMS-----");
}

TEST_F(PemTest, EveryTypeByItsLabel) {
    const std::vector<std::pair<enum aws_pem_object_type, const char *>> labels = {
        {AWS_PEM_TYPE_X509_OLD, "X509 CERTIFICATE"},
        {AWS_PEM_TYPE_X509, "CERTIFICATE"},
        {AWS_PEM_TYPE_X509_TRUSTED, "TRUSTED CERTIFICATE"},
        {AWS_PEM_TYPE_X509_REQ_OLD, "NEW CERTIFICATE REQUEST"},
        {AWS_PEM_TYPE_X509_REQ, "CERTIFICATE REQUEST"},
        {AWS_PEM_TYPE_X509_CRL, "X509 CRL"},
        {AWS_PEM_TYPE_EVP_PKEY, "ANY PRIVATE KEY"},
        {AWS_PEM_TYPE_PUBLIC_KEY, "PUBLIC KEY"},
        {AWS_PEM_TYPE_PRIVATE_RSA_PKCS1, "RSA PRIVATE KEY"},
        {AWS_PEM_TYPE_PUBLIC_RSA_PKCS1, "RSA PUBLIC KEY"},
        {AWS_PEM_TYPE_PRIVATE_DSA_PKCS1, "DSA PRIVATE KEY"},
        {AWS_PEM_TYPE_PUBLIC_DSA_PKCS1, "DSA PUBLIC KEY"},
        {AWS_PEM_TYPE_PKCS7, "PKCS7"},
        {AWS_PEM_TYPE_PKCS7_SIGNED_DATA, "PKCS #7 SIGNED DATA"},
        {AWS_PEM_TYPE_PRIVATE_PKCS8_ENCRYPTED, "ENCRYPTED PRIVATE KEY"},
        {AWS_PEM_TYPE_PRIVATE_PKCS8, "PRIVATE KEY"},
        {AWS_PEM_TYPE_DH_PARAMETERS, "DH PARAMETERS"},
        {AWS_PEM_TYPE_DH_PARAMETERS_X942, "X9.42 DH PARAMETERS"},
        {AWS_PEM_TYPE_SSL_SESSION_PARAMETERS, "SSL SESSION PARAMETERS"},
        {AWS_PEM_TYPE_DSA_PARAMETERS, "DSA PARAMETERS"},
        {AWS_PEM_TYPE_ECDSA_PUBLIC, "ECDSA PUBLIC KEY"},
        {AWS_PEM_TYPE_EC_PARAMETERS, "EC PARAMETERS"},
        {AWS_PEM_TYPE_EC_PRIVATE, "EC PRIVATE KEY"},
        {AWS_PEM_TYPE_PARAMETERS, "PARAMETERS"},
        {AWS_PEM_TYPE_CMS, "CMS"},
        {AWS_PEM_TYPE_SM2_PARAMETERS, "SM2 PARAMETERS"},
        {AWS_PEM_TYPE_UNKNOWN, "certificate"},
        {AWS_PEM_TYPE_UNKNOWN, "UNKNOWN"},
        {AWS_PEM_TYPE_UNKNOWN, " CERTIFICATE"},
        {AWS_PEM_TYPE_UNKNOWN, "CERTIFICATE "},
        {AWS_PEM_TYPE_UNKNOWN, "A LABEL THAT IS LONGER THAN ANY LABEL THAT ANYBODY HAS A NAME FOR"},
    };
    std::string text;
    for (const auto &label : labels) {
        text += Block(label.second, "aGVsbG8=\n");
    }
    auto objects = Parse(text);
    ASSERT_EQ(labels.size(), objects.size());
    for (size_t i = 0; i < labels.size(); ++i) {
        ExpectObject(objects[i], labels[i].first, labels[i].second, "hello");
    }
}

TEST_F(PemTest, ArgumentsOfParsing) {
    struct aws_array_list list;
    struct aws_byte_cursor text = aws_byte_cursor_from_c_str("-----BEGIN CMS-----\n-----END CMS-----");
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pem_objects_init_from_file_contents(nullptr, allocator_, text));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pem_objects_init_from_file_contents(&list, nullptr, text));
    text.ptr = nullptr;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pem_objects_init_from_file_contents(&list, allocator_, text));
    text.len = 0;
    EXPECT_RAISES(AWS_ERROR_PEM_MALFORMED, aws_pem_objects_init_from_file_contents(&list, allocator_, text));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pem_objects_init_from_file_path(nullptr, allocator_, "x"));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pem_objects_init_from_file_path(&list, nullptr, "x"));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_pem_objects_init_from_file_path(&list, allocator_, nullptr));
    EXPECT_RAISES(
        AWS_ERROR_FILE_INVALID_PATH, aws_pem_objects_init_from_file_path(&list, allocator_, "/nowhere/to/be/found"));
    aws_pem_objects_clean_up(&list);
    aws_pem_objects_clean_up(nullptr);
}

TEST_F(PemTest, FilesWithoutObjectsAreMalformed) {
    TemporaryDirectory directory;
    directory.Write("empty", "");
    directory.Write("text", "no PEM here\n");
    for (const char *name : {"empty", "text"}) {
        struct aws_array_list list;
        EXPECT_RAISES(
            AWS_ERROR_PEM_MALFORMED,
            aws_pem_objects_init_from_file_path(&list, allocator_, directory.Path(name).c_str()));
    }
}

TEST_F(PemTest, test_der_cert_to_pem_typical) {
    std::string der = FileText("server.crt.der");
    std::string pem = FromDer(der);
    EXPECT_EQ(FileText("server.crt"), pem);
    ExpectOne(Parse(pem), AWS_PEM_TYPE_X509, "CERTIFICATE", der);
}

TEST_F(PemTest, test_der_cert_to_pem_small) {
    std::string der("\x30\x03\x02\x01\x07", 5);
    EXPECT_EQ(Block("CERTIFICATE", "MAMCAQc=\n"), FromDer(der));
    ExpectOne(Parse(FromDer(der)), AWS_PEM_TYPE_X509, "CERTIFICATE", der);
}

TEST_F(PemTest, test_der_cert_to_pem_output_format) {
    std::string line(64, 'A');
    EXPECT_EQ(Block("CERTIFICATE", line + "\n" + line + "\n"), FromDer(std::string(96, '\0')));
    EXPECT_EQ(Block("CERTIFICATE", line + "\n" + line + "\nAA==\n"), FromDer(std::string(97, '\0')));
}

TEST_F(PemTest, test_der_cert_to_pem_empty_input_fails) {
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_der_cert_to_pem(allocator_, aws_byte_cursor_from_array("", 0)));
    EXPECT_NULL_RAISES(
        AWS_ERROR_INVALID_ARGUMENT, aws_der_cert_to_pem(nullptr, aws_byte_cursor_from_c_str("certificate")));
    struct aws_byte_cursor nothing = {7, nullptr};
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_der_cert_to_pem(allocator_, nothing));
}

TEST_F(PemTest, DerOfEveryLengthComesBack) {
    std::minstd_rand random(1);
    std::string der;
    for (size_t length = 1; length < 400; ++length) {
        der += (char)random();
        ExpectOne(Parse(FromDer(der)), AWS_PEM_TYPE_X509, "CERTIFICATE", der);
    }
}

TEST_F(PemTest, pem_sanitize_comments_around_pem_object_removed) {
    std::string object = Block("CERTIFICATE", "AAAA\n");
    EXPECT_EQ(object + object, Sanitized("# in front\r\n" + object + "# between\r\n" + object + "# behind\r\n"));
    EXPECT_EQ(object + object, Sanitized("x" + object.substr(0, object.size() - 1) + object));
}

TEST_F(PemTest, pem_sanitize_empty_file_rejected) {
    struct aws_byte_buf pem;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_byte_buf_init(&pem, allocator_, 512));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_sanitize_pem(&pem, allocator_));
    aws_byte_buf_clean_up(&pem);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_sanitize_pem(&pem, allocator_));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_sanitize_pem(nullptr, allocator_));
}

TEST_F(PemTest, pem_sanitize_wrong_format_rejected) {
    ExpectNotSanitized(FileText("leaf.crt.der"));
}

TEST_F(PemTest, pem_sanitize_bad_format_rejected) {
    ExpectNotSanitized("-----");
    ExpectNotSanitized("-----BEGIN");
    ExpectNotSanitized("-----BEGIN CMS-----\nAAAA\n");
    ExpectNotSanitized("-----BEGIN CMS-----\nAAAA\n-----END");
    ExpectNotSanitized("-----BEGIN CMS-----\nAAAA\n-----END-----");
    ExpectNotSanitized("-----BEGIN CMS-----\nAAAA\n-----END CMS----");
    ExpectNotSanitized(Block("CMS", "AAAA\n") + "-----BEGIN CMS-----\nAAAA\n");
}

TEST_F(PemTest, SanitizingKeepsWhatStandsInsideAnObject) {
    std::string object = Block("CMS", "Comment: -----BEGIN\r\n\r\nAAAA\n");
    EXPECT_EQ(object, Sanitized(object));
}

/* Of a buffer that is somebody else's memory only the room that is there can be used. */
TEST_F(PemTest, SanitizingABufferThatCannotGrow) {
    char exact[] = "-----BEGIN CMS-----\n-----END CMS-----";
    std::string before = exact;
    struct aws_byte_buf pem = aws_byte_buf_from_c_str(exact);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_sanitize_pem(&pem, allocator_));
    EXPECT_EQ(before, std::string((const char *)pem.buffer, pem.len));

    char roomy[] = " -----BEGIN CMS-----\n-----END CMS-----";
    pem = aws_byte_buf_from_c_str(roomy);
    EXPECT_EQ(AWS_OP_SUCCESS, aws_sanitize_pem(&pem, allocator_));
    EXPECT_EQ(before + "\n", std::string((const char *)pem.buffer, pem.len));
}

/* Nothing is read beyond either end, whatever the text, and what is cleaned is clean. */
TEST_F(PemTest, HostileTextsAreHarmless) {
    std::minstd_rand random(20);
    const std::vector<std::string> pieces = {
        "-----BEGIN",
        "-----END",
        "-----",
        "-",
        " ",
        "\n",
        "\r\n",
        "CMS",
        "AAAA",
        "aGVsbG8=",
        "=",
        "#",
        "\v",
        "\xff",
        std::string(1, '\0'),
        " CERTIFICATE-----\n",
        "-----END CMS-----\n",
        "-----BEGIN CMS-----\n"};
    int parsed = 0;
    int cleaned = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (size_t count = random() % 12; count > 0; --count) {
            text += pieces[random() % pieces.size()];
        }
        FencedText fenced(text, round % 2 == 0);
        struct aws_array_list list;
        if (aws_pem_objects_init_from_file_contents(&list, allocator_, fenced.cursor) == AWS_OP_SUCCESS) {
            EXPECT_FALSE(Take(&list).empty());
            ++parsed;
        } else {
            EXPECT_EQ(AWS_ERROR_PEM_MALFORMED, aws_last_error());
        }

        struct aws_byte_buf buffer = {};
        buffer.buffer = fenced.cursor.ptr;
        buffer.len = buffer.capacity = fenced.cursor.len;
        if (aws_sanitize_pem(&buffer, allocator_) == AWS_OP_SUCCESS) {
            std::string once((const char *)buffer.buffer, buffer.len);
            EXPECT_EQ(0u, once.find("-----BEGIN"));
            EXPECT_EQ(once, Sanitized(once));
            ++cleaned;
        } else {
            EXPECT_EQ(text, std::string((const char *)buffer.buffer, buffer.len));
        }
    }
    EXPECT_LT(100, parsed);
    EXPECT_LT(100, cleaned);
}
