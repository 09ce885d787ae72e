/* SPDX-License-Identifier: Apache-2.0 */
/* A client for tls_peers.sh: tls_client PORT NAME TRUSTED [certificate CERT KEY | pkcs12 FILE PASSWORD | path PATH]
 * [alpn LIST]. Says how the handshake ended; if well, sends a line, and says what comes back and how the end was.
 * tls_client PORT NAME TRUSTED crl FILE is a client of the reseau surface, and says the error of its connect. */
#include "support/scripted_handler.h"
#include "support/synchronisation.h"

#include <aws/common/error.h>
#include <aws/io/channel_bootstrap.h>
#include <aws/io/event_loop.h>
#include <aws/io/host_resolver.h>
#include <aws/io/io.h>
#include <aws/io/socket.h>
#include <aws/io/tls_channel_handler.h>
#include <reseau/reseau.h>

#include <cstdio>
#include <string>

namespace {
struct Client {
    struct aws_allocator *allocator = aws_default_allocator();
    Monitor state;
    ScriptedHandler *app = nullptr;
    struct aws_channel *channel = nullptr;
    std::string protocol;
    std::string received;
    int setup = -1;
    int shutdown = -1;
};

bool InitOptions(struct aws_tls_ctx_options *options, Client *client, int count, char **words) {
    std::string kind = count > 0 ? words[0] : "";
    if (kind == "certificate" && count > 2) {
        return aws_tls_ctx_options_init_client_mtls_from_path(options, client->allocator, words[1], words[2]) == 0;
    }
    if (kind == "pkcs12" && count > 2) {
        struct aws_byte_cursor password = aws_byte_cursor_from_c_str(words[2]);
        return aws_tls_ctx_options_init_client_mtls_pkcs12_from_path(options, client->allocator, words[1], &password) ==
               0;
    }
    if (kind == "path" && count > 1) {
        return aws_tls_ctx_options_init_client_mtls_from_system_path(options, client->allocator, words[1]) == 0;
    }
    aws_tls_ctx_options_init_default_client(options, client->allocator);
    return true;
}

struct aws_tls_ctx *NewContext(Client *client, const char *trusted, int count, char **words) {
    struct aws_tls_ctx_options options = {};
    struct aws_tls_ctx *context = nullptr;
    bool given = InitOptions(&options, client, count, words) &&
                 aws_tls_ctx_options_override_default_trust_store_from_path(&options, nullptr, trusted) == 0;
    for (int i = 0; given && i + 1 < count; ++i) {
        given = std::string(words[i]) != "alpn" || aws_tls_ctx_options_set_alpn_list(&options, words[i + 1]) == 0;
    }
    if (given) {
        context = aws_tls_client_ctx_new(client->allocator, &options);
    }
    if (context == nullptr) {
        printf("context: %s\n", aws_error_name(aws_last_error()));
    }
    aws_tls_ctx_options_clean_up(&options);
    return context;
}

void OnResult(struct aws_channel_handler *handler, struct aws_channel_slot *, int error, void *arg) {
    if (error == AWS_ERROR_SUCCESS) {
        struct aws_byte_buf protocol = aws_tls_handler_protocol(handler);
        static_cast<Client *>(arg)->protocol.assign((const char *)protocol.buffer, protocol.len);
    }
}

void OnSetup(struct aws_client_bootstrap *, int error, struct aws_channel *channel, void *arg) {
    auto *client = static_cast<Client *>(arg);
    if (error == AWS_ERROR_SUCCESS) {
        client->channel = channel;
        client->app = ScriptedHandler::New(client->allocator, SIZE_MAX);
        client->app->on_read = [client](const std::string &text) {
            client->state.Change([&] { client->received += text; });
        };
        client->app->Install(channel);
        client->app->Send("abc\n");
    }
    client->state.Change([&] { client->setup = error; });
}

void OnShutdown(struct aws_client_bootstrap *, int error, struct aws_channel *, void *arg) {
    auto *client = static_cast<Client *>(arg);
    client->state.Change([&] { client->shutdown = error; });
}

void Run(Client *client, struct aws_tls_ctx *context, uint32_t port, const char *name) {
    struct aws_event_loop_group *group = aws_event_loop_group_new_default(client->allocator, 1, nullptr);
    struct aws_host_resolver_default_options resolving = {};
    resolving.el_group = group;
    resolving.max_entries = 4;
    struct aws_host_resolver *resolver = aws_host_resolver_new_default(client->allocator, &resolving);
    struct aws_client_bootstrap_options bootstrapping = {};
    bootstrapping.event_loop_group = group;
    bootstrapping.host_resolver = resolver;
    struct aws_client_bootstrap *bootstrap = aws_client_bootstrap_new(client->allocator, &bootstrapping);
    struct aws_tls_connection_options tls = {};
    struct aws_byte_cursor host = aws_byte_cursor_from_c_str(name);
    aws_tls_connection_options_init_from_ctx(&tls, context);
    aws_tls_connection_options_set_server_name(&tls, client->allocator, &host);
    aws_tls_connection_options_set_callbacks(&tls, OnResult, nullptr, nullptr, client);
    struct aws_socket_options socket = {};
    socket.domain = AWS_SOCKET_IPV4;
    socket.type = AWS_SOCKET_STREAM;
    socket.connect_timeout_ms = 10000;
    struct aws_socket_channel_bootstrap_options options = {};
    options.bootstrap = bootstrap;
    options.host_name = "127.0.0.1";
    options.port = port;
    options.socket_options = &socket;
    options.tls_options = &tls;
    options.setup_callback = OnSetup;
    options.shutdown_callback = OnShutdown;
    options.user_data = client;
    aws_client_bootstrap_new_socket_channel(&options);
    client->state.Await([client] { return client->setup >= 0; });
    printf("handshake: %s\n", aws_error_name(client->setup));
    if (client->setup == AWS_ERROR_SUCCESS) {
        printf("protocol: %s\n", client->protocol.c_str());
        client->state.Await([client] { return client->received.find('\n') != std::string::npos; });
        printf("received: %s", client->received.c_str());
        aws_channel_shutdown(client->channel, AWS_ERROR_SUCCESS);
        client->state.Await([client] { return client->shutdown >= 0; });
        printf("shutdown: %s\n", aws_error_name(client->shutdown));
    }
    aws_tls_connection_options_clean_up(&tls);
    aws_client_bootstrap_release(bootstrap);
    aws_host_resolver_release(resolver);
    aws_event_loop_group_release(group);
}

int RunWithList(uint16_t port, const char *name, const char *trusted, const char *list) {
    struct reseau_tls_options tls = reseau_tls_options_default();
    tls.ca_file = trusted;
    tls.crl_file = list;
    tls.server_name = name;
    struct reseau_options options = reseau_options_default();
    options.tls = &tls;
    reseau_id connection = reseau_connect("127.0.0.1", port, &options);
    printf("connect: %d\n", connection > 0 ? 0 : (int)connection);
    if (connection > 0) {
        reseau_close(connection);
        reseau_wait_closed(connection, RESEAU_FOREVER);
    }
    return 0;
}
} // namespace

int main(int count, char **words) {
    if (count < 4) {
        fprintf(stderr, "usage: tls_client PORT NAME TRUSTED [...]\n");
        return 2;
    }
    if (count == 6 && std::string(words[4]) == "crl") {
        return RunWithList((uint16_t)atoi(words[1]), words[2], words[3], words[5]);
    }
    Client client;
    aws_io_library_init(client.allocator);
    struct aws_tls_ctx *context = NewContext(&client, words[3], count - 4, words + 4);
    if (context != nullptr) {
        Run(&client, context, (uint32_t)atoi(words[1]), words[2]);
        aws_tls_ctx_release(context);
    }
    aws_io_library_clean_up();
    return 0;
}
