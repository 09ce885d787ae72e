/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is there? Says so to all that run this on the network, and prints the others. One thread does everything: it
 * sends a datagram every second, receives those of the others, and ends with its standard input. Usage: presence NAME
 * [INTERFACE]
 */
#include <reseau/reseau.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PORT = 7779 };

static struct reseau_ip s_group;
static reseau_id s_socket;

static void s_announce(reseau_id timer, void *name) {
    (void)timer;
    reseau_datagram_send(s_socket, name, strlen(name), &s_group, PORT);
}

static void s_meet(reseau_id socket, const struct reseau_datagram *datagram, void *name) {
    (void)socket;
    char address[RESEAU_IP_TEXT_SIZE];
    if (datagram->length == strlen(name) && memcmp(datagram->data, name, datagram->length) == 0) {
        return; /* that was this one */
    }
    reseau_ip_format(&datagram->ip, address, sizeof(address));
    printf("%.*s at %s\n", (int)datagram->length, (const char *)datagram->data, address);
    fflush(stdout);
}

static void s_type(reseau_id watch, int events, void *loop) {
    (void)watch;
    (void)events;
    char typed[256];
    if (read(STDIN_FILENO, typed, sizeof(typed)) <= 0) {
        reseau_loop_stop(*(reseau_id *)loop);
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: %s NAME [INTERFACE]\n", argv[0]);
        return 2;
    }
    reseau_id loop = reseau_loop_new();
    struct reseau_datagram_options options = reseau_datagram_options_default();
    options.loop = loop;
    options.share_address = 1; /* several on one host */
    options.on_datagram = s_meet;
    options.state = argv[1];
    s_socket = reseau_datagram_bind("0.0.0.0", PORT, &options);
    reseau_ip_parse("239.255.77.79", &s_group);
    int error = s_socket < 0 ? (int)s_socket : reseau_datagram_join(s_socket, &s_group, argv[2]);
    if (error == 0) {
        error = reseau_datagram_set_multicast(s_socket, 1, 1, argv[2]);
    }
    if (error < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(error));
        return 1;
    }
    reseau_timer_start(loop, 0, 1000, s_announce, argv[1]);
    if (reseau_watch(loop, STDIN_FILENO, RESEAU_READABLE, s_type, &loop) < 0) {
        fprintf(stderr, "the standard input cannot be watched\n");
    }
    reseau_loop_run(loop, RESEAU_FOREVER);
    return reseau_close(loop); /* and everything on it */
}
