/* SPDX-License-Identifier: Apache-2.0 */
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/file.h>
#include <aws/common/log_channel.h>
#include <aws/common/log_formatter.h>
#include <aws/common/log_writer.h>
#include <aws/common/logging.h>
#include <aws/common/string.h>

#include <cstdarg>
#include <cstring>
#include <map>
#include <regex>
#include <string>
#include <thread>
#include <vector>

static const char *const kLevelNames[] = {"NONE", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE"};

/* A logger of the test's own: keeps what it was given. */
struct RecordingLogger {
    explicit RecordingLogger(enum aws_log_level level) : level(level) {
        logger.vtable = &s_vtable;
        logger.allocator = nullptr;
        logger.p_impl = this;
    }

    static int
    Log(struct aws_logger *logger, enum aws_log_level level, aws_log_subject_t subject, const char *format, ...) {
        char text[1024];
        va_list args;
        va_start(args, format);
        vsnprintf(text, sizeof(text), format, args);
        va_end(args);
        RecordingLogger *self = (RecordingLogger *)logger->p_impl;
        self->lines.push_back(std::string(kLevelNames[level]) + " " + std::to_string(subject) + " " + text);
        return AWS_OP_SUCCESS;
    }

    static enum aws_log_level GetLevel(struct aws_logger *logger, aws_log_subject_t subject) {
        RecordingLogger *self = (RecordingLogger *)logger->p_impl;
        return self->levels.count(subject) != 0 ? self->levels[subject] : self->level;
    }

    static void CleanUp(struct aws_logger *logger) {
        ((RecordingLogger *)logger->p_impl)->cleaned_up++;
    }

    static struct aws_logger_vtable s_vtable;
    struct aws_logger logger;
    enum aws_log_level level;
    std::map<aws_log_subject_t, enum aws_log_level> levels;
    std::vector<std::string> lines;
    int cleaned_up = 0;
};

struct aws_logger_vtable RecordingLogger::s_vtable = {Log, GetLevel, CleanUp, nullptr};

class LoggingTest : public TracedTest {
  protected:
    void TearDown() override {
        aws_logger_set(nullptr);
        TracedTest::TearDown();
    }

    static void LogAllLevels() {
        AWS_LOGF_FATAL(AWS_LS_COMMON_TEST, "%d", AWS_LL_FATAL);
        AWS_LOGF_ERROR(AWS_LS_COMMON_TEST, "%d", AWS_LL_ERROR);
        AWS_LOGF_WARN(AWS_LS_COMMON_TEST, "%d", AWS_LL_WARN);
        AWS_LOGF_INFO(AWS_LS_COMMON_TEST, "%d", AWS_LL_INFO);
        AWS_LOGF_DEBUG(AWS_LS_COMMON_TEST, "%d", AWS_LL_DEBUG);
        AWS_LOGF_TRACE(AWS_LS_COMMON_TEST, "%d", AWS_LL_TRACE);
    }
};

TEST_F(LoggingTest, LevelsHaveNames) {
    for (int i = 0; i < AWS_LL_COUNT; ++i) {
        const char *name = nullptr;
        ASSERT_EQ(AWS_OP_SUCCESS, aws_log_level_to_string((enum aws_log_level)i, &name));
        EXPECT_STREQ(kLevelNames[i], name);
        enum aws_log_level level = AWS_LL_COUNT;
        std::string lower(name);
        for (char &c : lower) {
            c = (char)tolower(c);
        }
        ASSERT_EQ(AWS_OP_SUCCESS, aws_string_to_log_level(lower.c_str(), &level));
        EXPECT_EQ(i, level);
    }
    EXPECT_EQ(AWS_OP_SUCCESS, aws_log_level_to_string(AWS_LL_INFO, nullptr));
}

TEST_F(LoggingTest, WhatIsNoLevelIsRefused) {
    const char *name = nullptr;
    enum aws_log_level level = AWS_LL_WARN;
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_level_to_string(AWS_LL_COUNT, &name));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_log_level_to_string((enum aws_log_level) - 1, &name));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_to_log_level("", &level));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_to_log_level("INF", &level));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_to_log_level("INFOS", &level));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_to_log_level(nullptr, &level));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_string_to_log_level("INFO", nullptr));
    EXPECT_EQ(AWS_LL_WARN, level);
}

TEST_F(LoggingTest, SubjectsHaveTheNamesThatWereRegistered) {
    static const aws_log_subject_t kFirst = AWS_LOG_SUBJECT_BEGIN_RANGE(31);
    struct aws_log_subject_info infos[] = {
        DEFINE_LOG_SUBJECT_INFO(kFirst, "first", "of two"),
        DEFINE_LOG_SUBJECT_INFO(kFirst + 1, "second", "of two"),
    };
    struct aws_log_subject_info_list list = {infos, 2};
    EXPECT_STREQ("Unknown", aws_log_subject_name(kFirst));
    aws_register_log_subject_info_list(&list);
    EXPECT_STREQ("first", aws_log_subject_name(kFirst));
    EXPECT_STREQ("second", aws_log_subject_name(kFirst + 1));
    EXPECT_STREQ("Unknown", aws_log_subject_name(kFirst + 2));
    EXPECT_STREQ("Unknown", aws_log_subject_name(AWS_LOG_SUBJECT_BEGIN_RANGE(32)));
    EXPECT_STREQ("Unknown", aws_log_subject_name(UINT32_MAX));
    aws_unregister_log_subject_info_list(&list);
    EXPECT_STREQ("Unknown", aws_log_subject_name(kFirst));
}

TEST_F(LoggingTest, TheLibrarysSubjectsAreRegistered) {
    EXPECT_STREQ("task-scheduler", aws_log_subject_name(AWS_LS_COMMON_TASK_SCHEDULER));
    EXPECT_STREQ("thread", aws_log_subject_name(AWS_LS_COMMON_THREAD));
}

TEST_F(LoggingTest, AFaultyListOfSubjectsStopsTheProcess) {
    struct aws_log_subject_info info = DEFINE_LOG_SUBJECT_INFO(AWS_LOG_SUBJECT_BEGIN_RANGE(32), "beyond", "");
    struct aws_log_subject_info_list beyond = {&info, 1};
    struct aws_log_subject_info_list empty = {&info, 0};
    ::testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_DEATH(aws_register_log_subject_info_list(&beyond), "out of range");
    EXPECT_DEATH(aws_register_log_subject_info_list(&empty), "no entry");
    EXPECT_DEATH(aws_unregister_log_subject_info_list(nullptr), "no entry");
}

TEST_F(LoggingTest, AtFirstNothingIsLogged) {
    struct aws_logger *logger = aws_logger_get();
    ASSERT_NE(nullptr, logger);
    EXPECT_EQ(nullptr, aws_logger_get_conditional(AWS_LS_COMMON_TEST, AWS_LL_FATAL));
    EXPECT_EQ(AWS_LL_NONE, logger->vtable->get_log_level(logger, AWS_LS_COMMON_TEST));
    EXPECT_EQ(AWS_OP_SUCCESS, logger->vtable->log(logger, AWS_LL_FATAL, AWS_LS_COMMON_TEST, "%s %f", "dropped", 1.0));
    EXPECT_RAISES(AWS_ERROR_UNIMPLEMENTED, aws_logger_set_log_level(logger, AWS_LL_INFO));
    aws_logger_clean_up(logger);
    LogAllLevels();
}

TEST_F(LoggingTest, TheLevelDecides) {
    for (int level = AWS_LL_NONE; level < AWS_LL_COUNT; ++level) {
        RecordingLogger recorder((enum aws_log_level)level);
        aws_logger_set(&recorder.logger);
        EXPECT_EQ(&recorder.logger, aws_logger_get());
        LogAllLevels();
        ASSERT_EQ((size_t)level, recorder.lines.size());
        for (int i = 0; i < level; ++i) {
            EXPECT_EQ(
                std::string(kLevelNames[i + 1]) + " " + std::to_string(AWS_LS_COMMON_TEST) + " " +
                    std::to_string(i + 1),
                recorder.lines[(size_t)i]);
        }
        aws_logger_set(nullptr);
    }
}

TEST_F(LoggingTest, TheLevelMayDependOnTheSubject) {
    RecordingLogger recorder(AWS_LL_NONE);
    recorder.levels[AWS_LS_COMMON_TEST] = AWS_LL_WARN;
    aws_logger_set(&recorder.logger);
    EXPECT_EQ(&recorder.logger, aws_logger_get_conditional(AWS_LS_COMMON_TEST, AWS_LL_WARN));
    EXPECT_EQ(nullptr, aws_logger_get_conditional(AWS_LS_COMMON_TEST, AWS_LL_INFO));
    EXPECT_EQ(nullptr, aws_logger_get_conditional(AWS_LS_COMMON_GENERAL, AWS_LL_FATAL));
}

/* What the library itself logs goes through the vtable of the program's logger. */
TEST_F(LoggingTest, TheLibraryLogsToTheProgramsLogger) {
    RecordingLogger recorder(AWS_LL_ERROR);
    aws_logger_set(&recorder.logger);
    EXPECT_EQ(nullptr, aws_fopen("/no/such/file 100%s", "r"));
    aws_logger_set(nullptr);
    ASSERT_EQ(1u, recorder.lines.size());
    EXPECT_NE(std::string::npos, recorder.lines[0].find("/no/such/file 100%s")) << recorder.lines[0];
}

TEST_F(LoggingTest, CleansUpThroughTheVtable) {
    RecordingLogger recorder(AWS_LL_ERROR);
    aws_logger_clean_up(&recorder.logger);
    EXPECT_EQ(1, recorder.cleaned_up);
    EXPECT_RAISES(AWS_ERROR_UNIMPLEMENTED, aws_logger_set_log_level(&recorder.logger, AWS_LL_INFO));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_logger_set_log_level(nullptr, AWS_LL_INFO));
}

TEST_F(LoggingTest, StandardLinesAreWhole) {
    static const int kThreads = 4;
    static const int kLines = 200;
    TemporaryFile file;
    struct aws_logger logger;
    struct aws_logger_standard_options options = {AWS_LL_INFO, file.Path(), nullptr};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_standard(&logger, allocator_, &options));
    aws_logger_set(&logger);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([t] {
            for (int i = 0; i < kLines; ++i) {
                AWS_LOGF_INFO(AWS_LS_COMMON_TEST, "thread %d line %d %s", t, i, "text");
                AWS_LOGF_DEBUG(AWS_LS_COMMON_TEST, "not wanted");
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    aws_logger_set(nullptr);
    aws_logger_clean_up(&logger);

    std::regex pattern(
        std::string("\\[INFO\\] \\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\] \\[[0-9a-f]{") +
        std::to_string(2 * sizeof(aws_thread_id_t)) +
        "}\\] \\[test\\] - "
        "thread (\\d) line (\\d+) text");
    std::vector<int> next(kThreads, 0);
    std::vector<std::string> lines = file.Lines();
    ASSERT_EQ((size_t)(kThreads * kLines), lines.size());
    for (const std::string &line : lines) {
        std::smatch found;
        ASSERT_TRUE(std::regex_match(line, found, pattern)) << line;
        EXPECT_EQ(next[(size_t)std::stoi(found[1])]++, std::stoi(found[2])) << "lines of a thread keep their order";
    }
}

TEST_F(LoggingTest, TheStandardLoggersLevelCanChange) {
    TemporaryFile file;
    FILE *stream = fopen(file.Path(), "w");
    struct aws_logger logger;
    struct aws_logger_standard_options options = {AWS_LL_ERROR, nullptr, stream};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_standard(&logger, allocator_, &options));
    aws_logger_set(&logger);
    AWS_LOGF_INFO(AWS_LS_COMMON_TEST, "one");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_logger_set_log_level(&logger, AWS_LL_INFO));
    AWS_LOGF_INFO(AWS_LS_COMMON_TEST, "two");
    aws_logger_set(nullptr);
    aws_logger_clean_up(&logger);
    EXPECT_EQ(0, fputs("the program's own\n", stream) < 0) << "the FILE is still open";
    fclose(stream);
    std::vector<std::string> lines = file.Lines();
    ASSERT_EQ(2u, lines.size());
    EXPECT_NE(std::string::npos, lines[0].find("- two"));
}

TEST_F(LoggingTest, AStandardLoggerNeedsExactlyOneFile) {
    struct aws_logger logger;
    AWS_ZERO_STRUCT(logger);
    struct aws_logger_standard_options none = {AWS_LL_INFO, nullptr, nullptr};
    struct aws_logger_standard_options both = {AWS_LL_INFO, "name", stderr};
    struct aws_logger_standard_options bad = {AWS_LL_INFO, "/no/such/directory/file", nullptr};
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_logger_init_standard(&logger, allocator_, &none));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_logger_init_standard(&logger, allocator_, &both));
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_logger_init_standard(&logger, allocator_, &bad));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_logger_init_standard(nullptr, allocator_, &bad));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_logger_init_standard(&logger, nullptr, &bad));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_logger_init_standard(&logger, allocator_, nullptr));
    EXPECT_EQ(nullptr, logger.vtable);
}

TEST_F(LoggingTest, TheNoallocLoggerAllocatesNothingForALine) {
    TemporaryFile file;
    struct aws_logger logger;
    struct aws_logger_standard_options options = {AWS_LL_DEBUG, file.Path(), nullptr};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&logger, allocator_, &options));
    size_t blocks = aws_mem_tracer_count(allocator_);
    aws_logger_set(&logger);
    AWS_LOGF_DEBUG(AWS_LS_COMMON_TEST, "%s", std::string(10000, 'x').c_str());
    AWS_LOGF_TRACE(AWS_LS_COMMON_TEST, "not wanted");
    EXPECT_EQ(AWS_OP_SUCCESS, aws_logger_set_log_level(&logger, AWS_LL_TRACE));
    AWS_LOGF_TRACE(AWS_LS_COMMON_TEST, "wanted");
    EXPECT_EQ(blocks, aws_mem_tracer_count(allocator_));
    aws_logger_set(nullptr);
    aws_logger_clean_up(&logger);
    EXPECT_EQ(nullptr, logger.vtable);
    std::vector<std::string> lines = file.Lines();
    ASSERT_EQ(2u, lines.size());
    EXPECT_LT(lines[0].size(), 8192u) << "a long line is cut, and still ends";
    EXPECT_NE(std::string::npos, lines[1].find("[TRACE]"));
}

TEST_F(LoggingTest, TheNoallocLoggerTakesAFileOfTheProgram) {
    TemporaryFile file;
    FILE *stream = fopen(file.Path(), "w");
    struct aws_logger logger;
    struct aws_logger_standard_options options = {AWS_LL_INFO, nullptr, stream};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&logger, allocator_, &options));
    EXPECT_EQ(AWS_OP_SUCCESS, logger.vtable->log(&logger, AWS_LL_INFO, AWS_LS_COMMON_TEST, "hello"));
    aws_logger_clean_up(&logger);
    fclose(stream);
    EXPECT_EQ(1u, file.Lines().size());

    struct aws_logger_standard_options to_stderr = {AWS_LL_INFO, nullptr, nullptr};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&logger, allocator_, &to_stderr));
    aws_logger_clean_up(&logger);

    struct aws_logger_standard_options bad = {AWS_LL_INFO, "/no/such/directory/file", nullptr};
    EXPECT_RAISES(AWS_ERROR_FILE_INVALID_PATH, aws_logger_init_noalloc(&logger, allocator_, &bad));
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_logger_init_noalloc(&logger, allocator_, nullptr));
}

#if !defined(_WIN32)
TEST_F(LoggingTest, AFullDeviceIsAnError) {
    FILE *stream = fopen("/dev/full", "w");
    ASSERT_NE(nullptr, stream);
    setvbuf(stream, nullptr, _IONBF, 0);
    struct aws_logger logger;
    struct aws_logger_standard_options options = {AWS_LL_INFO, nullptr, stream};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&logger, allocator_, &options));
    EXPECT_RAISES(AWS_ERROR_NO_SPACE, logger.vtable->log(&logger, AWS_LL_INFO, AWS_LS_COMMON_TEST, "hello"));
    aws_logger_clean_up(&logger);
    fclose(stream);
}
#endif

/* Parts of the program's own in a logger of ours. */
struct Parts {
    static int Format(
        struct aws_log_formatter *formatter,
        struct aws_string **output,
        enum aws_log_level level,
        aws_log_subject_t subject,
        const char *format,
        va_list args) {
        (void)level;
        (void)subject;
        if (strcmp(format, "unformattable") == 0) {
            return aws_raise_error(AWS_ERROR_INVALID_STATE);
        }
        char text[256];
        vsnprintf(text, sizeof(text), format, args);
        *output = aws_string_new_from_c_str(formatter->allocator, text);
        return AWS_OP_SUCCESS;
    }

    static int Send(struct aws_log_channel *channel, struct aws_string *line) {
        std::vector<std::string> *lines = (std::vector<std::string> *)channel->impl;
        if (strcmp(aws_string_c_str(line), "unsendable") == 0) {
            return aws_raise_error(AWS_ERROR_INVALID_STATE);
        }
        lines->push_back(aws_string_c_str(line));
        aws_string_destroy(line);
        return AWS_OP_SUCCESS;
    }
};

TEST_F(LoggingTest, ExternalPartsStayTheCallers) {
    std::vector<std::string> lines;
    struct aws_log_formatter_vtable format_vtable = {Parts::Format, nullptr};
    struct aws_log_formatter formatter = {&format_vtable, allocator_, nullptr};
    struct aws_log_channel_vtable channel_vtable = {Parts::Send, nullptr};
    struct aws_log_channel channel = {&channel_vtable, allocator_, nullptr, &lines};
    struct aws_logger logger;
    ASSERT_EQ(
        AWS_OP_SUCCESS, aws_logger_init_from_external(&logger, allocator_, &formatter, &channel, nullptr, AWS_LL_INFO));
    EXPECT_EQ(AWS_OP_SUCCESS, logger.vtable->log(&logger, AWS_LL_INFO, 0, "%s-%d", "kept", 5));
    EXPECT_RAISES(AWS_ERROR_INVALID_STATE, logger.vtable->log(&logger, AWS_LL_INFO, 0, "unformattable"));
    /* And the line does not leak. */
    EXPECT_RAISES(AWS_ERROR_INVALID_STATE, logger.vtable->log(&logger, AWS_LL_INFO, 0, "unsendable"));
    EXPECT_EQ(AWS_LL_INFO, logger.vtable->get_log_level(&logger, 0));
    EXPECT_EQ(AWS_OP_SUCCESS, aws_logger_set_log_level(&logger, AWS_LL_TRACE));
    EXPECT_EQ(AWS_LL_TRACE, logger.vtable->get_log_level(&logger, 0));
    aws_logger_clean_up(&logger);
    EXPECT_EQ((std::vector<std::string>{"kept-5"}), lines);
}
