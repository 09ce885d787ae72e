/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "tls.h"

#include "../common/certificate.h"

#include <aws/io/io.h>

#include <stdlib.h>

static struct bench_certificate s_certificate;
static struct aws_tls_connection_options s_options[2];
static bool s_is_started;

static void s_check(int result, const char *what) {
    if (result != AWS_OP_SUCCESS) {
        bench_fail(what, aws_error_debug_str(aws_last_error()));
    }
}

static struct aws_tls_ctx *s_server_context(struct aws_allocator *allocator) {
    struct aws_tls_ctx_options options;
    struct aws_byte_cursor certificate = aws_byte_cursor_from_c_str(s_certificate.certificate);
    struct aws_byte_cursor key = aws_byte_cursor_from_c_str(s_certificate.key);
    s_check(aws_tls_ctx_options_init_default_server(&options, allocator, &certificate, &key), "certificate");
    struct aws_tls_ctx *context = aws_tls_server_ctx_new(allocator, &options);
    aws_tls_ctx_options_clean_up(&options);
    return context;
}

/* Without a certificate to trust it trusts those that the system does. */
static struct aws_tls_ctx *s_client_context(struct aws_allocator *allocator, const char *trusted) {
    struct aws_tls_ctx_options options;
    aws_tls_ctx_options_init_default_client(&options, allocator);
    if (trusted != NULL) {
        struct aws_byte_cursor certificate = aws_byte_cursor_from_c_str(trusted);
        s_check(aws_tls_ctx_options_override_default_trust_store(&options, &certificate), "trust");
    }
    struct aws_tls_ctx *context = aws_tls_client_ctx_new(allocator, &options);
    aws_tls_ctx_options_clean_up(&options);
    return context;
}

static void s_keep(enum bench_side side, struct aws_tls_ctx *context) {
    s_check(context == NULL ? AWS_OP_ERR : AWS_OP_SUCCESS, "TLS context");
    aws_tls_connection_options_init_from_ctx(&s_options[side], context);
    aws_tls_ctx_release(context);
}

void tls_start(const struct bench *bench) {
    struct aws_allocator *allocator = aws_default_allocator();
    if (bench->tls == BENCH_TLS_NONE) {
        return;
    }
    if (!bench->resumes) {
        /* Other libraries with this API may know nothing of it: those that never resume need not. */
        bench_set_environment("RESEAU_TLS_RESUMPTION", "off");
    }
    bench_certificate_new(bench, &s_certificate);
    s_keep(BENCH_SERVER, s_server_context(allocator));
    s_keep(BENCH_CLIENT, s_client_context(allocator, s_certificate.certificate));
    struct aws_byte_cursor host = aws_byte_cursor_from_c_str(BENCH_HOST);
    s_check(aws_tls_connection_options_set_server_name(&s_options[BENCH_CLIENT], allocator, &host), "server name");
    s_is_started = true;
}

const struct aws_tls_connection_options *tls_options(enum bench_side side) {
    return s_is_started ? &s_options[side] : NULL;
}

void tls_stop(void) {
    if (s_is_started) {
        aws_tls_connection_options_clean_up(&s_options[BENCH_CLIENT]);
        aws_tls_connection_options_clean_up(&s_options[BENCH_SERVER]);
        s_is_started = false;
    }
}

static void s_make_context(enum bench_side side) {
    struct aws_allocator *allocator = aws_default_allocator();
    struct aws_tls_ctx *context =
        side == BENCH_SERVER ? s_server_context(allocator) : s_client_context(allocator, NULL);
    s_check(context == NULL ? AWS_OP_ERR : AWS_OP_SUCCESS, "TLS context");
    aws_tls_ctx_release(context);
}

void tls_contexts_run(struct bench *bench) {
    bench_certificate_new(bench, &s_certificate);
    aws_io_library_init(aws_default_allocator());
    bench_tls_contexts(bench, s_make_context);
    aws_io_library_clean_up();
    bench_print(bench);
}
