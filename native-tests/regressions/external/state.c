/* SPDX-License-Identifier: Apache-2.0 */
/* Errors, the logger and the start of the library. */
#include "external.h"

#include <aws/common/error.h>
#include <aws/common/logging.h>
#include <aws/common/private/thread_shared.h>
#include <aws/common/thread.h>

#include <stdlib.h>

enum { LISTS = 32 };

static __thread int s_last_error;
static __thread aws_error_handler_fn *s_thread_handler;
static __thread void *s_thread_context;
static aws_error_handler_fn *s_handler;
static void *s_context;
static const struct aws_error_info_list *s_errors[LISTS];
static const struct aws_log_subject_info_list *s_subjects[LISTS];
static struct aws_logger *s_logger;
static bool s_started;

int aws_last_error(void) {
    return s_last_error;
}

void aws_reset_error(void) {
    s_last_error = 0;
}

void aws_restore_error(int error) {
    s_last_error = error;
}

void aws_raise_error_private(int error) {
    s_last_error = error;
    if (s_thread_handler != NULL) {
        s_thread_handler(error, s_thread_context);
    } else if (s_handler != NULL) {
        s_handler(error, s_context);
    }
}

aws_error_handler_fn *aws_set_global_error_handler_fn(aws_error_handler_fn *handler, void *context) {
    aws_error_handler_fn *old = s_handler;
    s_handler = handler;
    s_context = context;
    return old;
}

aws_error_handler_fn *aws_set_thread_local_error_handler_fn(aws_error_handler_fn *handler, void *context) {
    aws_error_handler_fn *old = s_thread_handler;
    s_thread_handler = handler;
    s_thread_context = context;
    return old;
}

static const struct aws_error_info *s_find(int error) {
    static const struct aws_error_info unknown = {
        .literal_name = "?", .error_str = "?", .lib_name = "?", .formatted_name = "?"};
    const unsigned list = (unsigned)error / AWS_ERROR_ENUM_STRIDE;
    const unsigned index = (unsigned)error % AWS_ERROR_ENUM_STRIDE;
    return list < LISTS && s_errors[list] != NULL && index < s_errors[list]->count ? &s_errors[list]->error_list[index]
                                                                                   : &unknown;
}

const char *aws_error_str(int error) {
    return s_find(error)->error_str;
}

const char *aws_error_name(int error) {
    return s_find(error)->literal_name;
}

const char *aws_error_lib_name(int error) {
    return s_find(error)->lib_name;
}

const char *aws_error_debug_str(int error) {
    return s_find(error)->formatted_name;
}

void aws_register_error_info(const struct aws_error_info_list *list) {
    s_errors[list->error_list[0].error_code / (int)AWS_ERROR_ENUM_STRIDE] = list;
}

/* Whoever holds the range: the least that a library could do. */
void aws_unregister_error_info(const struct aws_error_info_list *list) {
    s_errors[list->error_list[0].error_code / (int)AWS_ERROR_ENUM_STRIDE] = NULL;
}

void aws_register_log_subject_info_list(struct aws_log_subject_info_list *list) {
    s_subjects[list->subject_list[0].subject_id / AWS_LOG_SUBJECT_STRIDE] = list;
}

void aws_unregister_log_subject_info_list(struct aws_log_subject_info_list *list) {
    s_subjects[list->subject_list[0].subject_id / AWS_LOG_SUBJECT_STRIDE] = NULL;
}

const char *aws_log_subject_name(aws_log_subject_t subject) {
    const struct aws_log_subject_info_list *list = s_subjects[subject / AWS_LOG_SUBJECT_STRIDE % LISTS];
    const size_t index = subject % AWS_LOG_SUBJECT_STRIDE;
    return list != NULL && index < list->count ? list->subject_list[index].subject_name : "?";
}

void aws_logger_set(struct aws_logger *logger) {
    s_logger = logger;
}

struct aws_logger *aws_logger_get(void) {
    return s_logger;
}

struct aws_logger *aws_logger_get_conditional(aws_log_subject_t subject, enum aws_log_level level) {
    return s_logger != NULL && s_logger->vtable->get_log_level(s_logger, subject) >= level ? s_logger : NULL;
}

void aws_common_library_init(struct aws_allocator *allocator) {
    (void)allocator;
    static const struct aws_error_info errors[] = {
        {.literal_name = "AWS_ERROR_SUCCESS", .error_str = "s", .lib_name = "external", .formatted_name = "s"},
        {.error_code = 1,
         .literal_name = "AWS_ERROR_OOM",
         .error_str = "o",
         .lib_name = "external",
         .formatted_name = "o"},
    };
    static const struct aws_error_info_list list = {.error_list = errors, .count = 2};
    if (!s_started) {
        s_started = true;
        aws_register_error_info(&list);
        aws_thread_initialize_thread_management();
    }
}

void aws_common_library_clean_up(void) {
    if (s_started) {
        s_started = false;
        aws_thread_join_all_managed();
        s_errors[0] = NULL;
    }
}

bool external_is_started(void) {
    return s_started;
}

int external_raise(int error) {
    aws_raise_error_private(error);
    return AWS_OP_ERR;
}

int external_last_error(void) {
    return aws_last_error();
}

void external_log(void) {
    struct aws_logger *logger = aws_logger_get_conditional(AWS_LS_COMMON_GENERAL, AWS_LL_INFO);
    if (logger != NULL) {
        logger->vtable->log(logger, AWS_LL_INFO, AWS_LS_COMMON_GENERAL, "%s", "from the external library");
    }
}
