/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_LOGGING_H
#define AWS_COMMON_LOGGING_H

/*
 * Logging. A statement names a level and a subject and gives a printf format; the logger that is set for the process
 * decides whether and where the line is written. Arguments are evaluated only if it is.
 *
 *     AWS_LOGF_WARN(AWS_LS_COMMON_GENERAL, "id=%p: %d attempts left", (void *)object, attempts);
 *
 * If AWS_STATIC_LOG_LEVEL is defined before this header is included, statements of finer levels are not compiled.
 */

#include <aws/common/atomics.h>
#include <aws/common/common.h>
#include <aws/common/thread.h>

#include <stdio.h>

AWS_PUSH_SANE_WARNING_LEVEL

/* ---- Levels --------------------------------------------------------------------------------------------------- */

/* The levels for the preprocessor: values of AWS_STATIC_LOG_LEVEL. */
#define AWS_LOG_LEVEL_NONE 0
#define AWS_LOG_LEVEL_FATAL 1
#define AWS_LOG_LEVEL_ERROR 2
#define AWS_LOG_LEVEL_WARN 3
#define AWS_LOG_LEVEL_INFO 4
#define AWS_LOG_LEVEL_DEBUG 5
#define AWS_LOG_LEVEL_TRACE 6

/** How important a line is. A logger set to a level writes lines of that level and of all smaller ones but NONE. */
enum aws_log_level {
    AWS_LL_NONE = AWS_LOG_LEVEL_NONE,
    AWS_LL_FATAL = AWS_LOG_LEVEL_FATAL,
    AWS_LL_ERROR = AWS_LOG_LEVEL_ERROR,
    AWS_LL_WARN = AWS_LOG_LEVEL_WARN,
    AWS_LL_INFO = AWS_LOG_LEVEL_INFO,
    AWS_LL_DEBUG = AWS_LOG_LEVEL_DEBUG,
    AWS_LL_TRACE = AWS_LOG_LEVEL_TRACE,

    /** How many there are; not a level. */
    AWS_LL_COUNT
};

/* ---- Subjects ------------------------------------------------------------------------------------------------- */

/** What a line is about. Each package has its own numbers and registers their names. */
typedef uint32_t aws_log_subject_t;

/* Each package owns 1024 consecutive subjects, the first of which is its id times 1024. */

enum { AWS_LOG_SUBJECT_STRIDE_BITS = 10 };
#define AWS_LOG_SUBJECT_STRIDE (1U << AWS_LOG_SUBJECT_STRIDE_BITS)
#define AWS_LOG_SUBJECT_BEGIN_RANGE(x) (AWS_LOG_SUBJECT_STRIDE * (x))
#define AWS_LOG_SUBJECT_END_RANGE(x) (AWS_LOG_SUBJECT_STRIDE * ((x) + 1) - 1)

/** What is known of one subject. The strings live as long as the registration. */
struct aws_log_subject_info {
    /** The number that lines are logged with. */
    aws_log_subject_t subject_id;
    /** Appears in each line. */
    const char *subject_name;
    /** One sentence for people. */
    const char *subject_description;
};

/** Initialiser of a struct aws_log_subject_info. */
#define DEFINE_LOG_SUBJECT_INFO(id, name, desc)                                                                        \
    { (id), (name), (desc) }

/** The subjects of one package: entry `i` describes its first subject plus `i`, with no gaps. */
struct aws_log_subject_info_list {
    /** `count` entries, in the order of their numbers. Not copied: it must outlive the registration. */
    struct aws_log_subject_info *subject_list;
    /** Number of entries, at most AWS_LOG_SUBJECT_STRIDE. */
    size_t count;
};

/** Subjects of the common library. */
enum aws_common_log_subject {
    AWS_LS_COMMON_GENERAL = AWS_LOG_SUBJECT_BEGIN_RANGE(AWS_C_COMMON_PACKAGE_ID),
    AWS_LS_COMMON_TASK_SCHEDULER,
    AWS_LS_COMMON_THREAD,
    AWS_LS_COMMON_MEMTRACE,
    AWS_LS_COMMON_XML_PARSER,
    AWS_LS_COMMON_IO,
    AWS_LS_COMMON_BUS,
    AWS_LS_COMMON_TEST,
    AWS_LS_COMMON_JSON_PARSER,
    AWS_LS_COMMON_CBOR,
    AWS_LS_COMMON_LAST = AWS_LOG_SUBJECT_END_RANGE(AWS_C_COMMON_PACKAGE_ID)
};

/* ---- Loggers -------------------------------------------------------------------------------------------------- */

struct aws_log_channel;
struct aws_log_formatter;
struct aws_log_writer;
struct aws_logger;

#if defined(_MSC_VER)
#    pragma warning(push)
/* With const members, C++ has no default constructor and no assignment; they are not needed. */
#    pragma warning(disable : 4623 4626 5027)
#endif

/** A kind of logger. All functions may be called on any thread, several at once, except `clean_up`. */
struct aws_logger_vtable {
    /** Writes a line, whatever its level. The format is that of printf(). */
    int (*const log)(
        struct aws_logger *logger, enum aws_log_level log_level, aws_log_subject_t subject, const char *format, ...)
#if defined(__GNUC__)
        __attribute__((format(printf, 4, 5)))
#endif
        ;

    /** The finest level that is written for a subject. Called for each statement: keep it fast. */
    enum aws_log_level (*const get_log_level)(struct aws_logger *logger, aws_log_subject_t subject);

    /** Frees what the logger holds, but not the struct aws_logger itself. */
    void (*const clean_up)(struct aws_logger *logger);

    /** Sets the level. May be NULL. */
    int (*set_log_level)(struct aws_logger *logger, enum aws_log_level);
};

#if defined(_MSC_VER)
#    pragma warning(pop)
#endif

/** A logger. Programs may write their own. */
struct aws_logger {
    /** What it does. Not owned. */
    struct aws_logger_vtable *vtable;
    /** Where `p_impl` comes from. */
    struct aws_allocator *allocator;
    /** Belongs to the logger. */
    void *p_impl;
};

/** `p_impl` of a pipeline logger: a formatter makes the line, a channel carries it, a writer writes it. */
struct aws_logger_pipeline {
    /** Makes the line. */
    struct aws_log_formatter *formatter;
    /** Carries the line, on the caller's thread or another. */
    struct aws_log_channel *channel;
    /** Writes the line. */
    struct aws_log_writer *writer;
    /** Where this struct and, if the logger owns them, the three parts come from. */
    struct aws_allocator *allocator;
    /** An enum aws_log_level. */
    struct aws_atomic_var level;
};

/** Where a logger writes to, and how much. */
struct aws_logger_standard_options {
    /** The highest level that is written; it can be changed later. */
    enum aws_log_level level;
    /** Path of a file that the logger opens, and closes in the end. NULL if `file` is set. */
    const char *filename;
    /** An open file that stays the caller's. NULL if `filename` is set. */
    FILE *file;
};

AWS_EXTERN_C_BEGIN

/**
 * Sets the logger of the process; NULL means that nothing is logged, as at the start. The logger stays the caller's,
 * who must not clean it up while it is set or still used. Not synchronised: set it while no other thread logs.
 */
AWS_COMMON_API
void aws_logger_set(struct aws_logger *logger);

/** The logger of the process. Never NULL: if none is set, it is one whose level is AWS_LL_NONE. */
AWS_COMMON_API
struct aws_logger *aws_logger_get(void);

/** The logger of the process if it writes lines of this subject and level, else NULL. */
AWS_COMMON_API
struct aws_logger *aws_logger_get_conditional(aws_log_subject_t subject, enum aws_log_level level);

/** Frees what a logger holds. No thread may be logging to it. Lines already accepted are still written. */
AWS_COMMON_API
void aws_logger_clean_up(struct aws_logger *logger);

/**
 * Sets the finest level that a logger writes. Any thread may call this.
 * Fails with AWS_ERROR_UNIMPLEMENTED if the logger's level is fixed, with AWS_ERROR_INVALID_ARGUMENT if it is NULL.
 */
AWS_COMMON_API
int aws_logger_set_log_level(struct aws_logger *logger, enum aws_log_level level);

/**
 * The name of a level: "NONE", "FATAL", "ERROR", "WARN", "INFO", "DEBUG" or "TRACE". Static.
 * Fails with AWS_ERROR_INVALID_ARGUMENT if there is no such level.
 *
 * @param level_string  may be NULL
 */
AWS_COMMON_API
int aws_log_level_to_string(enum aws_log_level log_level, const char **level_string);

/** The level with a name, in upper or lower case. Fails with AWS_ERROR_INVALID_ARGUMENT if there is none. */
AWS_COMMON_API
int aws_string_to_log_level(const char *level_string, enum aws_log_level *log_level);

/**
 * Writes a thread's identity as hexadecimal digits, most significant first, and a terminator.
 * Fails with AWS_ERROR_INVALID_ARGUMENT if `buffer` is NULL or `bufsz` is not AWS_THREAD_ID_T_REPR_BUFSZ.
 */
AWS_COMMON_API
int aws_thread_id_t_to_string(aws_thread_id_t thread_id, char *buffer, size_t bufsz);

/** The registered name of a subject, or "Unknown". Stays valid until the owning library unregisters it. */
AWS_COMMON_API
const char *aws_log_subject_name(aws_log_subject_t subject);

/**
 * Makes the subjects of a package known to aws_log_subject_name(), in place of what was registered for that package
 * before. Nothing is copied: list, entries and strings must stay until aws_unregister_log_subject_info_list().
 * A NULL or empty list, or a subject that belongs to no package, ends the process.
 */
AWS_COMMON_API
void aws_register_log_subject_info_list(struct aws_log_subject_info_list *log_subject_list);

/** Forgets the subjects of the package that owns the first entry of the list. Bad lists end the process. */
AWS_COMMON_API
void aws_unregister_log_subject_info_list(struct aws_log_subject_info_list *log_subject_list);

/**
 * Initialises the usual logger: lines in the standard format, with ISO 8601 timestamps, that a thread of its own
 * appends to a file. The caller cleans it up. `allocator` must outlive it and serve all threads that log.
 *
 * Fails with AWS_ERROR_INVALID_ARGUMENT unless exactly one of `filename` and `file` is set, or as aws_fopen() and
 * aws_thread_launch() do; nothing is kept then.
 */
AWS_COMMON_API
int aws_logger_init_standard(
    struct aws_logger *logger, struct aws_allocator *allocator, struct aws_logger_standard_options *options);

/**
 * Initialises a pipeline logger over three parts that stay the caller's. They must outlive the logger, and the caller
 * cleans them up after it. Always succeeds.
 */
AWS_COMMON_API
int aws_logger_init_from_external(
    struct aws_logger *logger,
    struct aws_allocator *allocator,
    struct aws_log_formatter *formatter,
    struct aws_log_channel *channel,
    struct aws_log_writer *writer,
    enum aws_log_level level);

/**
 * The functions of a pipeline logger that owns its parts, for loggers put together by hand. `p_impl` is then a struct
 * aws_logger_pipeline; cleaning up cleans up channel, formatter and writer, in this order, and releases their memory
 * and its own to the pipeline's allocator.
 */
AWS_COMMON_API
extern struct aws_logger_vtable g_pipeline_logger_owned_vtable;

/**
 * Initialises a logger that acquires no memory while logging: lines in the standard format, written on the thread that
 * logs. Lines over 8 KiB are cut off. For logging from inside an allocator. The caller cleans it up, which also zeroes
 * the struct.
 *
 * Writes to `file`; if that is NULL, to a new file `filename`; if both are NULL, to stderr.
 * Fails as aws_fopen() does if the file cannot be opened; nothing is kept then.
 */
AWS_COMMON_API
int aws_logger_init_noalloc(
    struct aws_logger *logger, struct aws_allocator *allocator, struct aws_logger_standard_options *options);

AWS_EXTERN_C_END

/* ---- Statements ----------------------------------------------------------------------------------------------- */

/** Logs a line if the logger of the process writes lines of this level and subject. The level must not be NONE. */
#define AWS_LOGF(log_level, subject, ...)                                                                              \
    do {                                                                                                               \
        const enum aws_log_level aws_logf_level = (enum aws_log_level)(log_level);                                     \
        const aws_log_subject_t aws_logf_subject = (aws_log_subject_t)(subject);                                       \
        struct aws_logger *const aws_logf_logger = aws_logger_get();                                                   \
        AWS_ASSERT(aws_logf_level > AWS_LL_NONE);                                                                      \
        if (aws_logf_logger != NULL &&                                                                                 \
            aws_logf_logger->vtable->get_log_level(aws_logf_logger, aws_logf_subject) >= aws_logf_level) {             \
            aws_logf_logger->vtable->log(aws_logf_logger, aws_logf_level, aws_logf_subject, __VA_ARGS__);              \
        }                                                                                                              \
    } while (0)

/** Logs a line to a logger that is not NULL, whatever its level: for many lines after one check. */
#define AWS_LOGUF(logger, log_level, subject, ...)                                                                     \
    do {                                                                                                               \
        struct aws_logger *const aws_logf_logger = (logger);                                                           \
        aws_logf_logger->vtable->log(                                                                                  \
            aws_logf_logger, (enum aws_log_level)(log_level), (aws_log_subject_t)(subject), __VA_ARGS__);              \
    } while (0)

/** Logs a line at level FATAL: subject, format, arguments. Compiled out if AWS_STATIC_LOG_LEVEL is lower. */
#if !defined(AWS_STATIC_LOG_LEVEL) || AWS_STATIC_LOG_LEVEL >= AWS_LOG_LEVEL_FATAL
#    define AWS_LOGF_FATAL(subject, ...) AWS_LOGF(AWS_LL_FATAL, subject, __VA_ARGS__)
#else
#    define AWS_LOGF_FATAL(subject, ...) ((void)0)
#endif

/** Logs a line at level ERROR: subject, format, arguments. Compiled out if AWS_STATIC_LOG_LEVEL is lower. */
#if !defined(AWS_STATIC_LOG_LEVEL) || AWS_STATIC_LOG_LEVEL >= AWS_LOG_LEVEL_ERROR
#    define AWS_LOGF_ERROR(subject, ...) AWS_LOGF(AWS_LL_ERROR, subject, __VA_ARGS__)
#else
#    define AWS_LOGF_ERROR(subject, ...) ((void)0)
#endif

/** Logs a line at level WARN: subject, format, arguments. Compiled out if AWS_STATIC_LOG_LEVEL is lower. */
#if !defined(AWS_STATIC_LOG_LEVEL) || AWS_STATIC_LOG_LEVEL >= AWS_LOG_LEVEL_WARN
#    define AWS_LOGF_WARN(subject, ...) AWS_LOGF(AWS_LL_WARN, subject, __VA_ARGS__)
#else
#    define AWS_LOGF_WARN(subject, ...) ((void)0)
#endif

/** Logs a line at level INFO: subject, format, arguments. Compiled out if AWS_STATIC_LOG_LEVEL is lower. */
#if !defined(AWS_STATIC_LOG_LEVEL) || AWS_STATIC_LOG_LEVEL >= AWS_LOG_LEVEL_INFO
#    define AWS_LOGF_INFO(subject, ...) AWS_LOGF(AWS_LL_INFO, subject, __VA_ARGS__)
#else
#    define AWS_LOGF_INFO(subject, ...) ((void)0)
#endif

/** Logs a line at level DEBUG: subject, format, arguments. Compiled out if AWS_STATIC_LOG_LEVEL is lower. */
#if !defined(AWS_STATIC_LOG_LEVEL) || AWS_STATIC_LOG_LEVEL >= AWS_LOG_LEVEL_DEBUG
#    define AWS_LOGF_DEBUG(subject, ...) AWS_LOGF(AWS_LL_DEBUG, subject, __VA_ARGS__)
#else
#    define AWS_LOGF_DEBUG(subject, ...) ((void)0)
#endif

/** Logs a line at level TRACE: subject, format, arguments. Compiled out if AWS_STATIC_LOG_LEVEL is lower. */
#if !defined(AWS_STATIC_LOG_LEVEL) || AWS_STATIC_LOG_LEVEL >= AWS_LOG_LEVEL_TRACE
#    define AWS_LOGF_TRACE(subject, ...) AWS_LOGF(AWS_LL_TRACE, subject, __VA_ARGS__)
#else
#    define AWS_LOGF_TRACE(subject, ...) ((void)0)
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_LOGGING_H */
