/* SPDX-License-Identifier: Apache-2.0 */
/* Connections to a port of this host go on to a port of another. Usage: port_forwarder HOST PORT [OWN PORT] */
#include <reseau/reseau.h>
#include <stdio.h>
#include <stdlib.h>

/* Each connection has the id of the other as its state. Ids that are gone are harmless. */
static reseau_id s_other_of(void *state) {
    return (reseau_id)(intptr_t)state;
}

static const char *s_host;
static uint16_t s_port;

/* What the other has no room for comes again when it has. Nothing else comes before, not even the end. */
static size_t s_on_data(reseau_id connection, const void *data, size_t length, void *state) {
    if (reseau_write(s_other_of(state), data, length) >= 0) {
        return length;
    }
    reseau_pause(connection);
    return 0;
}

static void s_on_drain(reseau_id connection, void *state) {
    (void)connection;
    reseau_resume(s_other_of(state));
}

static void s_on_end(reseau_id connection, void *state) {
    (void)connection;
    reseau_end(s_other_of(state));
}

static void s_on_close(reseau_id connection, const struct reseau_close_info *info, void *state) {
    (void)connection;
    if (info->error != 0) {
        reseau_abort(s_other_of(state));
    } else {
        reseau_close(s_other_of(state));
    }
}

static void s_on_connected(reseau_id connection, void *state) {
    (void)connection;
    reseau_resume(s_other_of(state));
}

static void s_on_accepted(reseau_id connection, void *state) {
    (void)state;
    struct reseau_options options = reseau_options_default();
    options.state = (void *)(intptr_t)connection;
    options.on_open = s_on_connected;
    options.on_data = s_on_data;
    options.on_drain = s_on_drain;
    options.on_end = s_on_end;
    options.on_close = s_on_close;
    options.loop = reseau_loop_of(connection);
    reseau_pause(connection);
    reseau_id other = reseau_connect_start(s_host, s_port, &options);
    if (other < 0) {
        reseau_close(connection);
        return;
    }
    reseau_set_state(connection, (void *)(intptr_t)other);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: port_forwarder HOST PORT [OWN PORT]\n");
        return 2;
    }
    s_host = argv[1];
    s_port = (uint16_t)atoi(argv[2]);
    struct reseau_options options = reseau_options_default();
    options.on_open = s_on_accepted;
    options.on_data = s_on_data;
    options.on_drain = s_on_drain;
    options.on_end = s_on_end;
    options.on_close = s_on_close;
    reseau_id listener = reseau_listen(NULL, (uint16_t)atoi(argc > 3 ? argv[3] : "0"), &options);
    struct reseau_address address;
    if (listener < 0 || reseau_local_address(listener, &address) < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(listener));
        return 1;
    }
    printf("%u\n", address.port);
    fflush(stdout);
    return reseau_wait_closed(listener, RESEAU_FOREVER);
}
