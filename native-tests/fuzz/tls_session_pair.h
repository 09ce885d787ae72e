/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_FUZZ_TLS_SESSION_PAIR_H
#define RESEAU_FUZZ_TLS_SESSION_PAIR_H

#include <aws/testing/io_testing_channel.h>

#include "fuzz/fuzz.h"

#include <aws/io/tls_channel_handler.h>

#include <openssl/ssl.h>

#include <algorithm>
#include <string>

/* OpenSSL without a socket, as the other end. */
class FuzzPeer {
  public:
    FuzzPeer(bool is_client, int version) {
        context_ = SSL_CTX_new(is_client ? TLS_client_method() : TLS_server_method());
        SSL_CTX_set_min_proto_version(context_, version);
        SSL_CTX_set_max_proto_version(context_, version);
        if (!is_client) {
            MUST(SSL_CTX_use_certificate_chain_file(context_, RESEAU_TEST_CERTIFICATES "/ec256.crt") == 1);
            MUST(SSL_CTX_use_PrivateKey_file(context_, RESEAU_TEST_CERTIFICATES "/ec256.key", SSL_FILETYPE_PEM) == 1);
        }
        ssl_ = SSL_new(context_);
        in_ = BIO_new(BIO_s_mem());
        out_ = BIO_new(BIO_s_mem());
        SSL_set_bio(ssl_, in_, out_);
        if (is_client) {
            SSL_set_connect_state(ssl_);
        } else {
            SSL_set_accept_state(ssl_);
        }
    }

    ~FuzzPeer() {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
    }

    FuzzPeer(const FuzzPeer &) = delete;
    FuzzPeer &operator=(const FuzzPeer &) = delete;

    /* Takes what has come, and gives what it has to say. */
    std::string Step(const std::string &bytes) {
        if (!bytes.empty()) {
            BIO_write(in_, bytes.data(), (int)bytes.size());
        }
        if (SSL_is_init_finished(ssl_)) {
            char part[4096];
            while (SSL_read(ssl_, part, sizeof(part)) > 0) {
            }
        } else {
            SSL_do_handshake(ssl_);
        }
        return Output();
    }

    std::string Write(const std::string &text) {
        if (SSL_is_init_finished(ssl_) && !text.empty()) {
            SSL_write(ssl_, text.data(), (int)text.size());
        }
        return Output();
    }

    std::string UpdateKeys() {
        if (SSL_is_init_finished(ssl_) && SSL_key_update(ssl_, SSL_KEY_UPDATE_REQUESTED) == 1) {
            SSL_do_handshake(ssl_);
        }
        return Output();
    }

    SSL_CTX *context() const {
        return context_;
    }

    SSL *ssl() const {
        return ssl_;
    }

  private:
    std::string Output() {
        std::string bytes(BIO_ctrl_pending(out_), '\0');
        if (!bytes.empty()) {
            BIO_read(out_, &bytes[0], (int)bytes.size());
        }
        return bytes;
    }

    SSL_CTX *context_;
    SSL *ssl_;
    BIO *in_;
    BIO *out_;
};

/* Our handler in a channel without a socket. */
class FuzzEnd {
  public:
    FuzzEnd(
        struct aws_allocator *allocator,
        struct aws_tls_ctx *context,
        bool is_server,
        const char *alpn = NULL,
        const struct aws_byte_cursor *server_name = NULL) {
        struct aws_testing_channel_options options = {aws_high_res_clock_get_ticks};
        MUST(testing_channel_init(&testing_, allocator, &options) == AWS_OP_SUCCESS);
        struct aws_tls_connection_options tls;
        aws_tls_connection_options_init_from_ctx(&tls, context);
        aws_tls_connection_options_set_callbacks(&tls, OnResult, NULL, NULL, this);
        if (alpn != NULL) {
            aws_tls_connection_options_set_alpn_list(&tls, allocator, alpn);
        }
        if (server_name != NULL) {
            aws_tls_connection_options_set_server_name(&tls, allocator, server_name);
        }
        struct aws_channel_slot *slot = aws_channel_slot_new(testing_.channel);
        handler_ = is_server ? aws_tls_server_handler_new(allocator, &tls, slot)
                             : aws_tls_client_handler_new(allocator, &tls, slot);
        aws_tls_connection_options_clean_up(&tls);
        if (handler_ == NULL) {
            aws_channel_slot_remove(slot);
            return;
        }
        aws_channel_slot_insert_right(testing_.left_handler_slot, slot);
        aws_channel_slot_set_handler(slot, handler_);
        testing_channel_install_downstream_handler(&testing_, 64 * 1024);
        testing_channel_drain_queued_tasks(&testing_);
        if (!is_server) {
            aws_tls_client_handler_start_negotiation(handler_);
        }
    }

    /* The channel shuts down whatever has happened, and each callback has come once at most. */
    ~FuzzEnd() {
        MUST(testing_channel_clean_up(&testing_) == AWS_OP_SUCCESS);
        MUST(results <= 1);
    }

    FuzzEnd(const FuzzEnd &) = delete;
    FuzzEnd &operator=(const FuzzEnd &) = delete;

    bool IsMade() const {
        return handler_ != NULL;
    }

    /* What it has to say. */
    std::string Output() {
        testing_channel_drain_queued_tasks(&testing_);
        std::string bytes;
        struct aws_linked_list *queue = testing_channel_get_written_message_queue(&testing_);
        while (!aws_linked_list_empty(queue)) {
            struct aws_io_message *message = s_testing_channel_pop_message(queue);
            bytes.append((const char *)message->message_data.buffer, message->message_data.len);
            aws_mem_release(message->allocator, message);
        }
        return bytes;
    }

    /* False when it takes no more. */
    bool Feed(const std::string &bytes) {
        size_t window = aws_channel_slot_downstream_read_window(testing_.left_handler_slot);
        for (size_t at = 0; at < bytes.size();) {
            if (testing_.channel_shutdown_completed || window == 0) {
                return false;
            }
            size_t length = std::min({bytes.size() - at, window, (size_t)16384});
            struct aws_io_message *message =
                aws_channel_acquire_message_from_pool(testing_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, length);
            length = std::min(length, message->message_data.capacity);
            memcpy(message->message_data.buffer, bytes.data() + at, length);
            message->message_data.len = length;
            if (testing_channel_push_read_message(&testing_, message) != AWS_OP_SUCCESS) {
                aws_mem_release(message->allocator, message);
                return false;
            }
            at += length;
            testing_channel_drain_queued_tasks(&testing_);
            Deliver();
            window = aws_channel_slot_downstream_read_window(testing_.left_handler_slot);
        }
        return true;
    }

    void Send(size_t length) {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(testing_.channel, AWS_IO_MESSAGE_APPLICATION_DATA, length);
        message->message_data.len = std::min(length, message->message_data.capacity);
        memset(message->message_data.buffer, 'x', message->message_data.len);
        if (testing_channel_push_write_message(&testing_, message) != AWS_OP_SUCCESS) {
            aws_mem_release(message->allocator, message);
        }
    }

    void Shutdown() {
        aws_channel_shutdown(testing_.channel, AWS_ERROR_SUCCESS);
        testing_channel_drain_queued_tasks(&testing_);
    }

    bool IsOver() const {
        return testing_.channel_shutdown_completed;
    }

    struct aws_byte_buf Protocol() {
        return aws_tls_handler_protocol(handler_);
    }

    int results = 0;
    int result = -1;
    size_t received = 0;

  private:
    /* Content goes away and gives its window back. */
    void Deliver() {
        struct aws_linked_list *queue = testing_channel_get_read_message_queue(&testing_);
        while (!testing_.channel_shutdown_completed && !aws_linked_list_empty(queue)) {
            struct aws_io_message *message = s_testing_channel_pop_message(queue);
            size_t length = message->message_data.len;
            received += length;
            aws_mem_release(message->allocator, message);
            testing_channel_increment_read_window(&testing_, length);
            testing_channel_drain_queued_tasks(&testing_);
        }
    }

    static void OnResult(struct aws_channel_handler *, struct aws_channel_slot *, int error, void *user_data) {
        FuzzEnd *self = (FuzzEnd *)user_data;
        ++self->results;
        self->result = error;
    }

    struct testing_channel testing_;
    struct aws_channel_handler *handler_ = NULL;
};

/* A context of ours that trusts everybody; NULL if the list of protocols is none. */
inline struct aws_tls_ctx *NewFuzzContext(struct aws_allocator *allocator, bool is_server, const char *alpn = NULL) {
    struct aws_tls_ctx_options options;
    if (is_server) {
        MUST(
            aws_tls_ctx_options_init_default_server_from_path(
                &options, allocator, RESEAU_TEST_CERTIFICATES "/ec256.crt", RESEAU_TEST_CERTIFICATES "/ec256.key") ==
            AWS_OP_SUCCESS);
    } else {
        aws_tls_ctx_options_init_default_client(&options, allocator);
    }
    aws_tls_ctx_options_set_verify_peer(&options, false);
    if (alpn != NULL) {
        MUST(aws_tls_ctx_options_set_alpn_list(&options, alpn) == AWS_OP_SUCCESS);
    }
    struct aws_tls_ctx *context =
        is_server ? aws_tls_server_ctx_new(allocator, &options) : aws_tls_client_ctx_new(allocator, &options);
    aws_tls_ctx_options_clean_up(&options);
    return context;
}

#endif /* RESEAU_FUZZ_TLS_SESSION_PAIR_H */
