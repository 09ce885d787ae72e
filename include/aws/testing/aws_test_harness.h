/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_TESTING_AWS_TEST_HARNESS_H
#define AWS_TESTING_AWS_TEST_HARNESS_H

/*
 * Test cases in C. Each becomes a function with the signature of main(), to be called by a driver that picks a case by
 * its name (CMake's create_test_sourcelist() writes such drivers), one case per process:
 *
 *     static int s_adds(struct aws_allocator *allocator, void *ctx) {
 *         (void)allocator;
 *         (void)ctx;
 *         ASSERT_INT_EQUALS(4, 2 + 2);
 *         ASSERT_SUCCESS(do_it(), "with %d", 7);
 *         return AWS_OP_SUCCESS;
 *     }
 *     AWS_TEST_CASE(adds, s_adds)
 *
 * An assertion that does not hold prints why, where, and the message (a printf format with arguments) or, without one,
 * itself, and returns FAILURE from the function in which it stands, which must return int. Its arguments are evaluated
 * once. What holds prints nothing.
 *
 * A case fails if its function does not return AWS_OP_SUCCESS or if it leaves memory behind in `allocator`. The process
 * then ends at once, without clean-up. It is skipped if it returns AWS_OP_SKIP.
 *
 * Needs GNU C (-std=gnu99 or later) or MSVC, for macros with empty variable arguments.
 */

#include <aws/common/common.h>
#include <aws/common/error.h>
#include <aws/common/logging.h>
#include <aws/common/mutex.h>
#include <aws/common/system_info.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#    if !defined(WIN32_LEAN_AND_MEAN)
#        define WIN32_LEAN_AND_MEAN
#    endif
#    include <windows.h>
#elif defined(AWS_HAVE_EXECINFO)
#    include <execinfo.h>
#    include <signal.h>
#    include <unistd.h>
#endif

#if defined(_MSC_VER)
/* Cases fill structs with addresses of locals and with values known only at run time. */
#    pragma warning(disable : 4204 4221)
#endif
#if defined(__clang__)
#    pragma clang diagnostic ignored "-Wgnu-zero-variadic-macro-arguments"
#endif

/** Returned by a case that cannot run here. */
#define AWS_OP_SKIP (-2)

/** Where failures are printed and logged. Define it before including this header to change it. */
#ifndef AWS_TESTING_REPORT_FD
#    define AWS_TESTING_REPORT_FD stderr
#endif

/** Begins every report of a failure. */
#define FAIL_PREFIX "***FAILURE*** "

/* What a case's main function returns or exits with; CTest recognises SKIP by SKIP_RETURN_CODE. */
#define SUCCESS (0)
#define FAILURE (-1)
#define SKIP (103)

/* ---- Reports -------------------------------------------------------------------------------------------------- */

/*
 * Prints a message and, if both are given, function and file with the line. Prints nothing and returns 0 if the format
 * is NULL; else returns 1. No format attribute: a format may be followed by arguments that it does not use.
 */
static inline int
s_aws_test_report(const char *prefix, const char *function, const char *file, int line, const char *format, ...) {

    if (format == NULL) {
        return 0;
    }
    fputs(prefix, AWS_TESTING_REPORT_FD);
    va_list args;
    va_start(args, format);
    vfprintf(AWS_TESTING_REPORT_FD, format, args);
    va_end(args);
    if (function != NULL && file != NULL) {
        fprintf(AWS_TESTING_REPORT_FD, " [%s(): %s:%d]", function, file, line);
    }
    fputc('\n', AWS_TESTING_REPORT_FD);
    return 1;
}

/** Prints a message for a place. */
#define CUNIT_FAILURE_MESSAGE(func, file, line, format, ...)                                                           \
    s_aws_test_report(FAIL_PREFIX, func, file, line, format, ##__VA_ARGS__)

/* Print a message; without arguments, print nothing and give 0. The NULL at the end is the format in that case. */
#define PRINT_FAIL_INTERNAL(...) CUNIT_FAILURE_MESSAGE(__func__, __FILE__, __LINE__, ##__VA_ARGS__, (const char *)NULL)
#define PRINT_FAIL_INTERNAL0(...)                                                                                      \
    s_aws_test_report(FAIL_PREFIX, __func__, __FILE__, __LINE__, ##__VA_ARGS__, (const char *)NULL)
#define PRINT_FAIL_WITHOUT_LOCATION(...)                                                                               \
    s_aws_test_report(FAIL_PREFIX, NULL, NULL, __LINE__, ##__VA_ARGS__, (const char *)NULL)

/** Leaves the function after a failure has been printed. */
#define POSTFAIL_INTERNAL() return FAILURE

/** Prints a line on stdout and returns SUCCESS from the function. */
#define RETURN_SUCCESS(format, ...)                                                                                    \
    do {                                                                                                               \
        printf(format, ##__VA_ARGS__);                                                                                 \
        putchar('\n');                                                                                                 \
        return SUCCESS;                                                                                                \
    } while (0)

/** Fails with a message. */
#define FAIL(...)                                                                                                      \
    do {                                                                                                               \
        PRINT_FAIL_INTERNAL0(__VA_ARGS__);                                                                             \
        POSTFAIL_INTERNAL();                                                                                           \
    } while (0)

/* What all assertions are made of: `text` stands in for a message that was not given. */
#define AWS_TEST_CHECK(holds, text, ...)                                                                               \
    do {                                                                                                               \
        if (!(holds)) {                                                                                                \
            if (!PRINT_FAIL_INTERNAL0(__VA_ARGS__)) {                                                                  \
                PRINT_FAIL_INTERNAL0("%s", text);                                                                      \
            }                                                                                                          \
            POSTFAIL_INTERNAL();                                                                                       \
        }                                                                                                              \
    } while (0)

/* ---- Assertions: conditions and results ------------------------------------------------------------------------ */

static inline bool s_aws_test_returned(int result, int expected) {
    if (result == expected) {
        return true;
    }
    fprintf(
        AWS_TESTING_REPORT_FD,
        FAIL_PREFIX "returned %d instead of %d; last error is %d (%s)\n",
        result,
        expected,
        aws_last_error(),
        aws_error_name(aws_last_error()));
    return false;
}

static inline bool s_aws_test_raised(int result, int last_error, int expected) {
    if (result == AWS_OP_ERR && last_error == expected) {
        return true;
    }
    fprintf(
        AWS_TESTING_REPORT_FD,
        FAIL_PREFIX "%s with last error %d (%s) instead of failing with %d (%s)\n",
        result == AWS_OP_ERR ? "failed" : "did not fail,",
        last_error,
        aws_error_name(last_error),
        expected,
        aws_error_name(expected));
    return false;
}

#define ASSERT_TRUE(condition, ...) AWS_TEST_CHECK((condition), "ASSERT_TRUE(" #condition ")", ##__VA_ARGS__)
#define ASSERT_FALSE(condition, ...) AWS_TEST_CHECK(!(condition), "ASSERT_FALSE(" #condition ")", ##__VA_ARGS__)

/** The call returns AWS_OP_SUCCESS. */
#define ASSERT_SUCCESS(condition, ...)                                                                                 \
    AWS_TEST_CHECK(s_aws_test_returned((condition), AWS_OP_SUCCESS), "ASSERT_SUCCESS(" #condition ")", ##__VA_ARGS__)

/** The call returns AWS_OP_ERR. */
#define ASSERT_FAILS(condition, ...)                                                                                   \
    AWS_TEST_CHECK(s_aws_test_returned((condition), AWS_OP_ERR), "ASSERT_FAILS(" #condition ")", ##__VA_ARGS__)

/** The call returns AWS_OP_ERR and leaves `error` as this thread's last error. */
#define ASSERT_ERROR(error, condition, ...)                                                                            \
    do {                                                                                                               \
        const int aws_test_result = (condition);                                                                       \
        const int aws_test_last_error = aws_last_error();                                                              \
        AWS_TEST_CHECK(                                                                                                \
            s_aws_test_raised(aws_test_result, aws_test_last_error, (error)),                                          \
            "ASSERT_ERROR(" #error ", " #condition ")",                                                                \
            ##__VA_ARGS__);                                                                                            \
    } while (0)

/* ---- Assertions: pointers and numbers -------------------------------------------------------------------------- */

static inline bool s_aws_test_same_address(uintptr_t expected, uintptr_t got) {
    if (expected == got) {
        return true;
    }
    fprintf(AWS_TESTING_REPORT_FD, FAIL_PREFIX "expected %p, got %p\n", (void *)expected, (void *)got);
    return false;
}

static inline bool s_aws_test_not_null(uintptr_t got) {
    if (got != 0) {
        return true;
    }
    fputs(FAIL_PREFIX "got NULL\n", AWS_TESTING_REPORT_FD);
    return false;
}

/* Numbers count as pointers, too. */
#define ASSERT_NULL(ptr, ...)                                                                                          \
    AWS_TEST_CHECK(s_aws_test_same_address(0, (uintptr_t)(ptr)), "ASSERT_NULL(" #ptr ")", ##__VA_ARGS__)
#define ASSERT_NOT_NULL(ptr, ...)                                                                                      \
    AWS_TEST_CHECK(s_aws_test_not_null((uintptr_t)(ptr)), "ASSERT_NOT_NULL(" #ptr ")", ##__VA_ARGS__)
#define ASSERT_PTR_EQUALS(expected, got, ...)                                                                          \
    AWS_TEST_CHECK(                                                                                                    \
        s_aws_test_same_address((uintptr_t)(expected), (uintptr_t)(got)),                                              \
        "ASSERT_PTR_EQUALS(" #expected ", " #got ")",                                                                  \
        ##__VA_ARGS__)

/* The two values are converted to `type`, whose printf conversion is `formatarg`. */
#define AWS_TEST_CHECK_EQUAL(type, formatarg, expected, got, text, ...)                                                \
    do {                                                                                                               \
        const type aws_test_expected = (expected);                                                                     \
        const type aws_test_got = (got);                                                                               \
        if (aws_test_expected != aws_test_got) {                                                                       \
            fprintf(                                                                                                   \
                AWS_TESTING_REPORT_FD,                                                                                 \
                FAIL_PREFIX "expected " formatarg ", got " formatarg "\n",                                             \
                aws_test_expected,                                                                                     \
                aws_test_got);                                                                                         \
            AWS_TEST_CHECK(false, text, ##__VA_ARGS__);                                                                \
        }                                                                                                              \
    } while (0)

/** Both are equal after conversion to `type`, whose printf conversion is `formatarg`. */
#define ASSERT_TYP_EQUALS(type, formatarg, expected, got, ...)                                                         \
    AWS_TEST_CHECK_EQUAL(type, formatarg, expected, got, "ASSERT_TYP_EQUALS(" #expected ", " #got ")", ##__VA_ARGS__)

/* Signed numbers of any type, unsigned ones, bytes, and numbers to be printed in hexadecimal. */
#define ASSERT_INT_EQUALS(expected, got, ...)                                                                          \
    AWS_TEST_CHECK_EQUAL(intmax_t, "%jd", expected, got, "ASSERT_INT_EQUALS(" #expected ", " #got ")", ##__VA_ARGS__)
#define ASSERT_UINT_EQUALS(expected, got, ...)                                                                         \
    AWS_TEST_CHECK_EQUAL(uintmax_t, "%ju", expected, got, "ASSERT_UINT_EQUALS(" #expected ", " #got ")", ##__VA_ARGS__)
#define ASSERT_BYTE_HEX_EQUALS(expected, got, ...)                                                                     \
    AWS_TEST_CHECK_EQUAL(                                                                                              \
        uint8_t, "%02X", expected, got, "ASSERT_BYTE_HEX_EQUALS(" #expected ", " #got ")", ##__VA_ARGS__)
#define ASSERT_HEX_EQUALS(expected, got, ...)                                                                          \
    AWS_TEST_CHECK_EQUAL(                                                                                              \
        unsigned long long, "%llX", expected, got, "ASSERT_HEX_EQUALS(" #expected ", " #got ")", ##__VA_ARGS__)

/* ---- Assertions: text and bytes -------------------------------------------------------------------------------- */

static inline bool s_aws_test_same_text(const char *expected, const char *got) {
    if (expected != NULL && got != NULL && strcmp(expected, got) == 0) {
        return true;
    }
    fprintf(
        AWS_TESTING_REPORT_FD,
        FAIL_PREFIX "expected \"%s\", got \"%s\"\n",
        expected != NULL ? expected : "(NULL)",
        got != NULL ? got : "(NULL)");
    return false;
}

static inline bool s_aws_test_same_bytes(const void *expected, size_t expected_size, const void *got, size_t got_size) {
    if (expected_size != got_size) {
        fprintf(AWS_TESTING_REPORT_FD, FAIL_PREFIX "expected %zu bytes, got %zu\n", expected_size, got_size);
        return false;
    }
    const uint8_t *expected_bytes = (const uint8_t *)expected;
    const uint8_t *got_bytes = (const uint8_t *)got;
    for (size_t i = 0; i < expected_size; ++i) {
        if (expected_bytes[i] != got_bytes[i]) {
            fprintf(
                AWS_TESTING_REPORT_FD,
                FAIL_PREFIX "byte %zu of %zu: expected 0x%02X, got 0x%02X\n",
                i,
                expected_size,
                expected_bytes[i],
                got_bytes[i]);
            return false;
        }
    }
    return true;
}

static inline bool s_aws_test_cursor_holds(struct aws_byte_cursor cursor, const void *expected, size_t expected_size) {
    if (cursor.len == expected_size && (cursor.len == 0 || memcmp(cursor.ptr, expected, cursor.len) == 0)) {
        return true;
    }
    fprintf(
        AWS_TESTING_REPORT_FD,
        FAIL_PREFIX "expected \"" PRInSTR "\", got \"" PRInSTR "\"\n",
        (int)expected_size,
        (const char *)expected,
        (int)cursor.len,
        (const char *)cursor.ptr);
    return false;
}

static inline bool s_aws_test_cursor_holds_c_str(struct aws_byte_cursor cursor, const char *expected) {
    return s_aws_test_cursor_holds(cursor, expected, strlen(expected));
}

static inline bool s_aws_test_cursor_holds_string(struct aws_byte_cursor cursor, const struct aws_string *expected) {
    return s_aws_test_cursor_holds(cursor, expected->bytes, expected->len);
}

/** Two terminated strings are equal; NULL equals nothing. */
#define ASSERT_STR_EQUALS(expected, got, ...)                                                                          \
    AWS_TEST_CHECK(s_aws_test_same_text((expected), (got)), "ASSERT_STR_EQUALS(" #expected ", " #got ")", ##__VA_ARGS__)

/** Two pieces of memory have the same size, in bytes, and content. */
#define ASSERT_BIN_ARRAYS_EQUALS(expected, expected_size, got, got_size, ...)                                          \
    AWS_TEST_CHECK(                                                                                                    \
        s_aws_test_same_bytes((const void *)(expected), (expected_size), (const void *)(got), (got_size)),             \
        "ASSERT_BIN_ARRAYS_EQUALS(" #expected ", " #expected_size ", " #got ", " #got_size ")",                        \
        ##__VA_ARGS__)

/** A struct aws_byte_cursor holds the text of a terminated string, or of a struct aws_string. */
#define ASSERT_CURSOR_VALUE_CSTRING_EQUALS(cursor, cstring, ...)                                                       \
    AWS_TEST_CHECK(                                                                                                    \
        s_aws_test_cursor_holds_c_str((cursor), (cstring)),                                                            \
        "ASSERT_CURSOR_VALUE_CSTRING_EQUALS(" #cursor ", " #cstring ")",                                               \
        ##__VA_ARGS__)
#define ASSERT_CURSOR_VALUE_STRING_EQUALS(cursor, string, ...)                                                         \
    AWS_TEST_CHECK(                                                                                                    \
        s_aws_test_cursor_holds_string((cursor), (string)),                                                            \
        "ASSERT_CURSOR_VALUE_STRING_EQUALS(" #cursor ", " #string ")",                                                 \
        ##__VA_ARGS__)

/* ---- Cases ---------------------------------------------------------------------------------------------------- */

/** Prepares a case. If this does not return AWS_OP_SUCCESS, the case is not run and fails, or is skipped. */
typedef int(aws_test_before_fn)(struct aws_allocator *allocator, void *ctx);

/** Runs a case. */
typedef int(aws_test_run_fn)(struct aws_allocator *allocator, void *ctx);

/** Cleans up after a case, also after a failure. `setup_result` is what the preparation returned. */
typedef int(aws_test_after_fn)(struct aws_allocator *allocator, int setup_result, void *ctx);

/** A case. */
struct aws_test_harness {
    /** May be NULL. */
    aws_test_before_fn *on_before;
    aws_test_run_fn *run;
    /** May be NULL. */
    aws_test_after_fn *on_after;
    /** Passed to all three. */
    void *ctx;
    const char *test_name;
    /** If not 0, the allocator is not traced and leaks are not noticed. */
    int suppress_memcheck;
};

#if defined(_WIN32)
static LONG WINAPI s_aws_test_on_crash(EXCEPTION_POINTERS *exception) {
    aws_backtrace_print(stderr, exception);
    return EXCEPTION_EXECUTE_HANDLER;
}

/* Crashes leave a stack on stderr and open no window; files are looked for beside the program. */
static inline void s_aws_test_prepare_process(void) {
#    if defined(_MSC_VER)
    _set_abort_behavior(0, _WRITE_ABORT_MSG | _CALL_REPORTFAULT);
#    endif
    SetUnhandledExceptionFilter(s_aws_test_on_crash);

    char directory[MAX_PATH];
    const DWORD length = GetModuleFileNameA(NULL, directory, sizeof(directory));
    char *last_separator = length > 0 && length < sizeof(directory) ? strrchr(directory, '\\') : NULL;
    if (last_separator != NULL) {
        *last_separator = '\0';
        SetCurrentDirectoryA(directory);
    }
}
#elif defined(AWS_HAVE_EXECINFO)
/* Stays with what a signal handler may do; the library itself may be what crashed. */
static inline void s_aws_test_on_crash(int signal_number, siginfo_t *info, void *context) {
    (void)signal_number;
    (void)info;
    (void)context;
    static const char message[] = FAIL_PREFIX "segmentation fault\n";
    void *frames[64];
    if (write(STDERR_FILENO, message, sizeof(message) - 1) > 0) {
        backtrace_symbols_fd(frames, backtrace(frames, (int)AWS_ARRAY_SIZE(frames)), STDERR_FILENO);
    }
    _Exit(FAILURE);
}

/* A crash leaves a stack on stderr; a second one inside the handler ends the process. */
static inline void s_aws_test_prepare_process(void) {
    struct sigaction action;
    memset(&action, 0, sizeof(action));
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_SIGINFO | (int)SA_RESETHAND | SA_NODEFER;
    action.sa_sigaction = s_aws_test_on_crash;
    sigaction(SIGSEGV, &action, NULL);
}
#else
static inline void s_aws_test_prepare_process(void) {
}
#endif

/* A failure in any part outweighs a skip, and a skip outweighs success. */
static inline int s_aws_test_combine(int first, int second) {
    if (first == AWS_OP_SUCCESS || second == AWS_OP_SUCCESS) {
        return first != AWS_OP_SUCCESS ? first : second;
    }
    return first == AWS_OP_SKIP && second == AWS_OP_SKIP ? AWS_OP_SKIP : AWS_OP_ERR;
}

static inline int s_aws_test_run_parts(const struct aws_test_harness *harness, struct aws_allocator *allocator) {
    const int setup_result = harness->on_before != NULL ? harness->on_before(allocator, harness->ctx) : AWS_OP_SUCCESS;
    int result = setup_result == AWS_OP_SUCCESS ? harness->run(allocator, harness->ctx) : setup_result;
    if (harness->on_after != NULL) {
        result = s_aws_test_combine(result, harness->on_after(allocator, setup_result, harness->ctx));
    }
    return result;
}

/*
 * Ends the process. Nothing is freed: threads that the case left behind may still use it, and a leak checker that runs
 * at exit would only repeat what is known.
 */
static inline void s_aws_test_give_up(const struct aws_test_harness *harness, int result) {
    if (result == AWS_OP_SKIP) {
        fprintf(AWS_TESTING_REPORT_FD, "%s [ \033[32mSKIP\033[0m ]\n", harness->test_name);
    } else {
        PRINT_FAIL_WITHOUT_LOCATION("%s [ \033[31mFAILED\033[0m ]", harness->test_name);
    }
    fflush(NULL);
    _Exit(result == AWS_OP_SKIP ? SKIP : FAILURE);
}

/* The dump is logged, by a logger that writes at once: the process ends right after it. */
static inline void s_aws_test_report_leak(struct aws_allocator *tracer) {
    struct aws_logger_standard_options options = {AWS_LL_TRACE, NULL, AWS_TESTING_REPORT_FD};
    struct aws_logger logger;
    if (aws_logger_init_noalloc(&logger, aws_default_allocator(), &options) == AWS_OP_SUCCESS) {
        aws_logger_set(&logger);
        aws_mem_tracer_dump(tracer);
    }
    PRINT_FAIL_WITHOUT_LOCATION(
        "%zu blocks with %zu bytes were not released", aws_mem_tracer_count(tracer), aws_mem_tracer_bytes(tracer));
}

/* Runs a case. Returns SUCCESS, or does not return. */
static inline int s_aws_run_test_case(struct aws_test_harness *harness) {
    s_aws_test_prepare_process();

    /* The logger takes no memory from the allocator under test. A case may set another one and leave it set. */
    struct aws_logger_standard_options logger_options = {AWS_LL_TRACE, NULL, AWS_TESTING_REPORT_FD};
    struct aws_logger logger;
    AWS_FATAL_ASSERT(aws_logger_init_standard(&logger, aws_default_allocator(), &logger_options) == AWS_OP_SUCCESS);
    aws_logger_set(&logger);

    const bool is_traced = !harness->suppress_memcheck;
    struct aws_allocator *allocator = aws_default_allocator();
    if (is_traced) {
        allocator = aws_mem_tracer_new(allocator, NULL, AWS_MEMTRACE_STACKS, 8);
    }

    const int result = s_aws_test_run_parts(harness, allocator);
    aws_logger_set(&logger);
    if (result != AWS_OP_SUCCESS) {
        s_aws_test_give_up(harness, result);
    }
    if (is_traced) {
        if (aws_mem_tracer_count(allocator) != 0) {
            s_aws_test_report_leak(allocator);
            s_aws_test_give_up(harness, AWS_OP_ERR);
        }
        aws_mem_tracer_destroy(allocator);
    }

    aws_logger_set(NULL);
    aws_logger_clean_up(&logger);
    RETURN_SUCCESS("%s [ \033[32mOK\033[0m ]", harness->test_name);
}

/** Makes a Windows console show colours. Returns AWS_OP_ERR if it cannot, or if this is not Windows. */
static inline int enable_vt_mode(void) {
#if defined(_WIN32)
#    if !defined(ENABLE_VIRTUAL_TERMINAL_PROCESSING)
#        define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#    endif
    const HANDLE console = GetStdHandle(STD_OUTPUT_HANDLE);
    DWORD mode = 0;
    if (console != INVALID_HANDLE_VALUE && GetConsoleMode(console, &mode) &&
        SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING)) {
        return AWS_OP_SUCCESS;
    }
#endif
    return AWS_OP_ERR;
}

/** Defines the case `name`, run by `fn`. If `s` is not 0, leaks are not noticed. */
#define AWS_TEST_CASE_SUPRESSION(name, fn, s)                                                                          \
    static int fn(struct aws_allocator *allocator, void *ctx);                                                         \
    static struct aws_test_harness name##_test = {NULL, fn, NULL, NULL, #name, s};                                     \
    int name(int argc, char *argv[]) {                                                                                 \
        (void)argc;                                                                                                    \
        (void)argv;                                                                                                    \
        return s_aws_run_test_case(&name##_test);                                                                      \
    }

/** Defines the case `name`, prepared by `b`, run by `fn`, cleaned up by `af`, all with the context `c`. */
#define AWS_TEST_CASE_FIXTURE_SUPPRESSION(name, b, fn, af, c, s)                                                       \
    static int b(struct aws_allocator *allocator, void *ctx);                                                          \
    static int fn(struct aws_allocator *allocator, void *ctx);                                                         \
    static int af(struct aws_allocator *allocator, int setup_result, void *ctx);                                       \
    static struct aws_test_harness name##_test = {b, fn, af, c, #name, s};                                             \
    int name(int argc, char *argv[]) {                                                                                 \
        (void)argc;                                                                                                    \
        (void)argv;                                                                                                    \
        return s_aws_run_test_case(&name##_test);                                                                      \
    }

#define AWS_TEST_CASE(name, fn) AWS_TEST_CASE_SUPRESSION(name, fn, 0)
#define AWS_TEST_CASE_FIXTURE(name, b, fn, af, c) AWS_TEST_CASE_FIXTURE_SUPPRESSION(name, b, fn, af, c, 0)

#endif /* AWS_TESTING_AWS_TEST_HARNESS_H */
