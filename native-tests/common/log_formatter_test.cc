/* SPDX-License-Identifier: Apache-2.0 */
#include "support/traced_test.h"

#include <aws/common/date_time.h>
#include <aws/common/log_formatter.h>
#include <aws/common/logging.h>
#include <aws/common/string.h>
#include <aws/common/thread.h>

#include <cstdarg>
#include <cstring>
#include <regex>
#include <string>

class LogFormatterTest : public TracedTest {
  protected:
    static std::string ThreadText() {
        char text[AWS_THREAD_ID_T_REPR_BUFSZ];
        EXPECT_EQ(AWS_OP_SUCCESS, aws_thread_id_t_to_string(aws_thread_current_thread_id(), text, sizeof(text)));
        return text;
    }

    static int Format(struct aws_log_formatter *formatter, struct aws_string **line, const char *format, ...) {
        va_list args;
        va_start(args, format);
        int result = formatter->vtable->format(formatter, line, AWS_LL_WARN, AWS_LS_COMMON_TEST, format, args);
        va_end(args);
        return result;
    }

    static int FormatData(struct aws_logging_standard_formatting_data *data, ...) {
        va_list args;
        va_start(args, data);
        int result = aws_format_standard_log_line(data, args);
        va_end(args);
        return result;
    }

    /* Formats "message" into a buffer of that size and checks that nothing behind it is touched. */
    std::string FormatInto(size_t size, const char *subject, int *result) {
        std::string buffer(size + 16, '#');
        struct aws_logging_standard_formatting_data data = {};
        data.log_line_buffer = &buffer[0];
        data.total_length = size;
        data.level = AWS_LL_ERROR;
        data.subject_name = subject;
        data.format = "message %d";
        data.date_format = AWS_DATE_FORMAT_ISO_8601;
        data.allocator = allocator_;
        *result = FormatData(&data, 42);
        EXPECT_EQ(std::string(16, '#'), buffer.substr(size));
        return *result == AWS_OP_SUCCESS ? buffer.substr(0, data.amount_written) : "";
    }
};

TEST_F(LogFormatterTest, MakesTheStandardLine) {
    const std::pair<enum aws_date_format, const char *> formats[] = {
        {AWS_DATE_FORMAT_ISO_8601, "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"},
        {AWS_DATE_FORMAT_ISO_8601_BASIC, "\\d{8}T\\d{6}Z"},
        {AWS_DATE_FORMAT_RFC822, "[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"},
    };
    for (const auto &format : formats) {
        struct aws_log_formatter formatter;
        struct aws_log_formatter_standard_options options = {format.first};
        ASSERT_EQ(AWS_OP_SUCCESS, aws_log_formatter_init_default(&formatter, allocator_, &options));
        struct aws_string *line = nullptr;
        ASSERT_EQ(AWS_OP_SUCCESS, Format(&formatter, &line, "%s is %d%%", "it", 100));
        std::regex pattern(
            "\\[WARN\\] \\[" + std::string(format.second) + "\\] \\[" + ThreadText() + "\\] \\[test\\] - it is 100%\n");
        std::string text(aws_string_c_str(line), line->len);
        EXPECT_TRUE(std::regex_match(text, pattern)) << text;
        EXPECT_EQ(strlen(aws_string_c_str(line)), line->len);
        aws_string_destroy(line);
        aws_log_formatter_clean_up(&formatter);
    }
}

TEST_F(LogFormatterTest, TakesLongMessagesWhole) {
    struct aws_log_formatter formatter;
    struct aws_log_formatter_standard_options options = {AWS_DATE_FORMAT_ISO_8601};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_formatter_init_default(&formatter, allocator_, &options));
    std::string message(100000, 'm');
    struct aws_string *line = nullptr;
    ASSERT_EQ(AWS_OP_SUCCESS, Format(&formatter, &line, "%s", message.c_str()));
    std::string text(aws_string_c_str(line), line->len);
    EXPECT_EQ(" - " + message + "\n", text.substr(text.size() - message.size() - 4));
    aws_string_destroy(line);
    aws_log_formatter_clean_up(&formatter);
}

TEST_F(LogFormatterTest, CutsTheLineToTheBufferAndKeepsItsEnd) {
    int result = 0;
    std::string whole = FormatInto(200, "subject", &result);
    ASSERT_EQ(AWS_OP_SUCCESS, result);
    EXPECT_NE(std::string::npos, whole.find(" [subject] - message 42\n"));
    size_t time_end = whole.find("Z]") + 1;
    for (size_t size = 1; size <= whole.size() + 1; ++size) {
        std::string line = FormatInto(size, "subject", &result);
        size_t kept = size > 2 ? size - 2 : 0;
        if (kept > strlen("[ERROR] [") && kept < time_end) {
            EXPECT_EQ(AWS_OP_ERR, result) << "half a time is worse than none, size " << size;
            continue;
        }
        ASSERT_EQ(AWS_OP_SUCCESS, result) << size;
        if (size > 1) {
            EXPECT_EQ('\n', line.back());
            EXPECT_EQ(std::min(size - 1, whole.size()), line.size());
        }
    }
}

TEST_F(LogFormatterTest, ASubjectWithoutNameIsLeftOut) {
    int result = 0;
    std::string line = FormatInto(200, nullptr, &result);
    ASSERT_EQ(AWS_OP_SUCCESS, result);
    EXPECT_NE(std::string::npos, line.find("[" + ThreadText() + "]  - message 42\n")) << line;
}

TEST_F(LogFormatterTest, RefusesWhatItCannotUse) {
    char buffer[256];
    struct aws_logging_standard_formatting_data data = {};
    data.log_line_buffer = buffer;
    data.total_length = sizeof(buffer);
    data.level = AWS_LL_COUNT;
    data.format = "x";
    data.date_format = AWS_DATE_FORMAT_ISO_8601;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, FormatData(&data));
    data.level = AWS_LL_INFO;
    data.date_format = AWS_DATE_FORMAT_AUTO_DETECT;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, FormatData(&data));
    data.date_format = AWS_DATE_FORMAT_ISO_8601;
    data.total_length = 0;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, FormatData(&data));

    struct aws_log_formatter formatter;
    struct aws_log_formatter_standard_options options = {AWS_DATE_FORMAT_ISO_8601};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_formatter_init_default(nullptr, allocator_, &options));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_formatter_init_default(&formatter, nullptr, &options));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_formatter_init_default(&formatter, allocator_, nullptr));
    ASSERT_EQ(AWS_OP_SUCCESS, aws_log_formatter_init_default(&formatter, allocator_, &options));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, Format(&formatter, nullptr, "x"));
    aws_log_formatter_clean_up(&formatter);
}
