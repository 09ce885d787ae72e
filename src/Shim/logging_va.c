/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The part of logging that C# cannot do: what takes variable arguments or a va_list, and data that is exported. All the
 * rest is managed code, in src/Common.
 *
 * Managed code offers, by [UnmanagedCallersOnly] entry points of these names (hidden: nobody outside sees them):
 *
 *   int  reseau_logging_write_prefix(aws_logging_standard_formatting_data *data, size_t capacity, size_t *length)
 *            Writes "[LEVEL] [timestamp] [thread] [subject] - " to data->log_line_buffer, no terminator, at most
 *            `capacity` bytes, and stores how many. A NULL subject name leaves "[subject]" out, but not the spaces
 *            around it. What does not fit is cut off, with two exceptions that fail with AWS_ERROR_INVALID_ARGUMENT: a
 *            level that does not exist, and a timestamp that does not fit although "[LEVEL] [" did.
 *   int  reseau_logging_noalloc_write(aws_logger *logger, const char *line, size_t length)
 *            Writes a line to the file of a no-alloc logger, under its lock.
 *   void reseau_logging_noalloc_clean_up(aws_logger *logger)
 *   void reseau_logging_pipeline_clean_up_owned(aws_logger *logger)
 *   void reseau_logging_pipeline_clean_up_external(aws_logger *logger)
 *   void reseau_logging_formatter_clean_up(aws_log_formatter *formatter)
 *            The `clean_up` functions of the vtables below.
 *
 * None of them may throw, or allocate on the managed heap.
 *
 * This file offers to managed code (static P/Invokes):
 *
 *   aws_logger_vtable *reseau_logging_pipeline_vtable(bool owned)
 *            For loggers whose p_impl is a struct aws_logger_pipeline.
 *   aws_logger_vtable *reseau_logging_noalloc_vtable(void)
 *            For loggers whose p_impl begins with the level, a struct aws_atomic_var.
 *   aws_log_formatter_vtable *reseau_logging_formatter_vtable(void)
 *            For formatters whose impl points to an enum aws_date_format.
 *   void reseau_log(aws_log_level level, uint32_t subject, const char *utf8, size_t length)
 *            Logs finished text to the logger of the process, if that takes the level.
 *
 * It exports aws_format_standard_log_line and g_pipeline_logger_owned_vtable.
 */
#include <aws/common/log_channel.h>
#include <aws/common/log_formatter.h>
#include <aws/common/logging.h>
#include <aws/common/string.h>

#include <limits.h>

#if defined(__GNUC__)
#    pragma GCC visibility push(hidden)
#endif

int reseau_logging_write_prefix(struct aws_logging_standard_formatting_data *data, size_t capacity, size_t *length);
int reseau_logging_noalloc_write(struct aws_logger *logger, const char *line, size_t length);
void reseau_logging_noalloc_clean_up(struct aws_logger *logger);
void reseau_logging_pipeline_clean_up_owned(struct aws_logger *logger);
void reseau_logging_pipeline_clean_up_external(struct aws_logger *logger);
void reseau_logging_formatter_clean_up(struct aws_log_formatter *formatter);

struct aws_logger_vtable *reseau_logging_pipeline_vtable(bool owned);
struct aws_logger_vtable *reseau_logging_noalloc_vtable(void);
struct aws_log_formatter_vtable *reseau_logging_formatter_vtable(void);
void reseau_log(enum aws_log_level level, aws_log_subject_t subject, const char *utf8, size_t length);

#if defined(__GNUC__)
#    pragma GCC visibility pop
#endif

enum {
    /* A longer line of the no-alloc logger is cut off. */
    NOALLOC_LINE_SIZE = 8192,

    /* Most that a standard line has beside subject name and message, with the longest level, newline and terminator. */
    LINE_OVERHEAD = sizeof("[FATAL] [] [] [] - \n") + AWS_DATE_TIME_STR_MAX_LEN + AWS_THREAD_ID_T_REPR_BUFSZ
};

/* ---- The standard line ---------------------------------------------------------------------------------------- */

int aws_format_standard_log_line(struct aws_logging_standard_formatting_data *formatting_data, va_list args) {
    if (formatting_data == NULL || formatting_data->log_line_buffer == NULL || formatting_data->format == NULL ||
        formatting_data->total_length == 0) {
        return aws_raise_error(AWS_ERROR_INVALID_ARGUMENT);
    }

    /* Newline and terminator keep their place at the end, however long the line is. One byte holds the terminator. */
    char *line = formatting_data->log_line_buffer;
    const bool has_newline = formatting_data->total_length > 1;
    const size_t capacity = has_newline ? formatting_data->total_length - 2 : 0;

    size_t length = 0;
    if (reseau_logging_write_prefix(formatting_data, capacity, &length)) {
        return AWS_OP_ERR;
    }

    const int message_length = vsnprintf(line + length, capacity - length + 1, formatting_data->format, args);
    if (message_length < 0) {
        return aws_raise_error(AWS_ERROR_INVALID_ARGUMENT);
    }
    const size_t room = capacity - length;
    length += (size_t)message_length < room ? (size_t)message_length : room;

    if (has_newline) {
        line[length++] = '\n';
    }
    line[length] = '\0';
    formatting_data->amount_written = length;
    return AWS_OP_SUCCESS;
}

/* ---- The default formatter ------------------------------------------------------------------------------------ */

static int s_default_formatter_format(
    struct aws_log_formatter *formatter,
    struct aws_string **formatted_output,
    enum aws_log_level level,
    aws_log_subject_t subject,
    const char *format,
    va_list args) {

    if (formatted_output == NULL || format == NULL) {
        return aws_raise_error(AWS_ERROR_INVALID_ARGUMENT);
    }

    va_list measured_args;
    va_copy(measured_args, args);
    const int message_length = vsnprintf(NULL, 0, format, measured_args);
    va_end(measured_args);
    if (message_length < 0) {
        return aws_raise_error(AWS_ERROR_INVALID_ARGUMENT);
    }

    const char *subject_name = aws_log_subject_name(subject);
    const size_t subject_length = subject_name != NULL ? strlen(subject_name) : 0;
    const size_t line_size = LINE_OVERHEAD + subject_length + (size_t)message_length;
    char *string = aws_mem_acquire(formatter->allocator, offsetof(struct aws_string, bytes) + line_size);

    struct aws_logging_standard_formatting_data data = {
        .log_line_buffer = string + offsetof(struct aws_string, bytes),
        .total_length = line_size,
        .level = level,
        .subject_name = subject_name,
        .format = format,
        .date_format = *(const enum aws_date_format *)formatter->impl,
        .allocator = formatter->allocator,
    };
    if (aws_format_standard_log_line(&data, args)) {
        aws_mem_release(formatter->allocator, string);
        return AWS_OP_ERR;
    }

    const struct aws_string header = {.allocator = formatter->allocator, .len = data.amount_written};
    memcpy(string, &header, offsetof(struct aws_string, bytes));
    *formatted_output = (struct aws_string *)(void *)string;
    return AWS_OP_SUCCESS;
}

static struct aws_log_formatter_vtable s_default_formatter_vtable = {
    .format = s_default_formatter_format,
    .clean_up = reseau_logging_formatter_clean_up,
};

struct aws_log_formatter_vtable *reseau_logging_formatter_vtable(void) {
    return &s_default_formatter_vtable;
}

/* ---- Pipeline loggers ------------------------------------------------------------------------------------------ */

static int s_pipeline_log(
    struct aws_logger *logger, enum aws_log_level log_level, aws_log_subject_t subject, const char *format, ...) {

    struct aws_logger_pipeline *pipeline = logger->p_impl;
    struct aws_string *line = NULL;
    va_list args;
    va_start(args, format);
    const int result =
        pipeline->formatter->vtable->format(pipeline->formatter, &line, log_level, subject, format, args);
    va_end(args);
    if (result != AWS_OP_SUCCESS || line == NULL) {
        return AWS_OP_ERR;
    }

    if (pipeline->channel->vtable->send(pipeline->channel, line)) {
        aws_string_destroy(line);
        return AWS_OP_ERR;
    }
    return AWS_OP_SUCCESS;
}

/* Every statement asks for the level, also those that then log nothing: no call into managed code here. */
static enum aws_log_level s_pipeline_get_log_level(struct aws_logger *logger, aws_log_subject_t subject) {
    (void)subject;
    const struct aws_logger_pipeline *pipeline = logger->p_impl;
    return (enum aws_log_level)aws_atomic_load_int(&pipeline->level);
}

static int s_pipeline_set_log_level(struct aws_logger *logger, enum aws_log_level level) {
    struct aws_logger_pipeline *pipeline = logger->p_impl;
    aws_atomic_store_int(&pipeline->level, (size_t)level);
    return AWS_OP_SUCCESS;
}

struct aws_logger_vtable g_pipeline_logger_owned_vtable = {
    .log = s_pipeline_log,
    .get_log_level = s_pipeline_get_log_level,
    .clean_up = reseau_logging_pipeline_clean_up_owned,
    .set_log_level = s_pipeline_set_log_level,
};

static struct aws_logger_vtable s_pipeline_external_vtable = {
    .log = s_pipeline_log,
    .get_log_level = s_pipeline_get_log_level,
    .clean_up = reseau_logging_pipeline_clean_up_external,
    .set_log_level = s_pipeline_set_log_level,
};

struct aws_logger_vtable *reseau_logging_pipeline_vtable(bool owned) {
    return owned ? &g_pipeline_logger_owned_vtable : &s_pipeline_external_vtable;
}

/* ---- The no-alloc logger --------------------------------------------------------------------------------------- */

static int s_noalloc_log(
    struct aws_logger *logger, enum aws_log_level log_level, aws_log_subject_t subject, const char *format, ...) {

    char line[NOALLOC_LINE_SIZE];
    struct aws_logging_standard_formatting_data data = {
        .log_line_buffer = line,
        .total_length = sizeof(line),
        .level = log_level,
        .subject_name = aws_log_subject_name(subject),
        .format = format,
        .date_format = AWS_DATE_FORMAT_ISO_8601,
        .allocator = logger->allocator,
    };
    va_list args;
    va_start(args, format);
    const int result = aws_format_standard_log_line(&data, args);
    va_end(args);
    return result == AWS_OP_SUCCESS ? reseau_logging_noalloc_write(logger, line, data.amount_written) : AWS_OP_ERR;
}

static enum aws_log_level s_noalloc_get_log_level(struct aws_logger *logger, aws_log_subject_t subject) {
    (void)subject;
    const struct aws_atomic_var *level = logger->p_impl;
    return (enum aws_log_level)aws_atomic_load_int(level);
}

static int s_noalloc_set_log_level(struct aws_logger *logger, enum aws_log_level new_level) {
    struct aws_atomic_var *level = logger->p_impl;
    aws_atomic_store_int(level, (size_t)new_level);
    return AWS_OP_SUCCESS;
}

static struct aws_logger_vtable s_noalloc_vtable = {
    .log = s_noalloc_log,
    .get_log_level = s_noalloc_get_log_level,
    .clean_up = reseau_logging_noalloc_clean_up,
    .set_log_level = s_noalloc_set_log_level,
};

struct aws_logger_vtable *reseau_logging_noalloc_vtable(void) {
    return &s_noalloc_vtable;
}

/* ---- Logging from managed code --------------------------------------------------------------------------------- */

void reseau_log(enum aws_log_level level, aws_log_subject_t subject, const char *utf8, size_t length) {
    struct aws_logger *logger = aws_logger_get();
    if (level > AWS_LL_NONE && logger != NULL && logger->vtable->get_log_level(logger, subject) >= level) {
        const int printed_length = length < INT_MAX ? (int)length : INT_MAX;
        logger->vtable->log(logger, level, subject, "%.*s", printed_length, utf8);
    }
}
