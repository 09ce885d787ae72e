/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Datagrams over a link that loses, doubles and reorders them: how many of a thousand come back, and what the round
 * trip takes. Nothing of it takes real time, and the numbers are the same on every machine. Give it another seed.
 */
#include <reseau/reseau.h>
#include <reseau/simulation.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNT = 1000 };

struct ping {
    reseau_id simulation;
    reseau_id socket;
    int sent;
    int received;
    int late; /* that came after a later one */
    int last;
    int64_t sent_at[COUNT];
    int64_t sum;
};

static void s_echo(reseau_id socket, const struct reseau_datagram *datagram, void *state) {
    (void)state;
    reseau_datagram_send(socket, datagram->data, datagram->length, &datagram->ip, datagram->port);
}

static void s_on_answer(reseau_id socket, const struct reseau_datagram *datagram, void *state) {
    struct ping *ping = state;
    int number = atoi(datagram->data);
    (void)socket;
    ping->received++;
    ping->late += number < ping->last;
    ping->last = number;
    ping->sum += reseau_simulation_now(ping->simulation) - ping->sent_at[number];
}

static void s_send(reseau_id timer, void *state) {
    struct ping *ping = state;
    char text[16];
    if (ping->sent == COUNT) {
        reseau_close(timer);
        return;
    }
    int length = snprintf(text, sizeof(text), "%d", ping->sent) + 1;
    ping->sent_at[ping->sent++] = reseau_simulation_now(ping->simulation);
    reseau_datagram_send(ping->socket, text, (size_t)length, NULL, 0);
}

static void s_serve(void *state, int is_canceled) {
    struct reseau_datagram_options options = reseau_datagram_options_default();
    options.on_datagram = s_echo;
    options.state = state;
    if (!is_canceled && reseau_datagram_bind("*", 7, &options) < 0) {
        abort();
    }
}

static void s_begin(void *state, int is_canceled) {
    struct ping *ping = state;
    struct reseau_datagram_options options = reseau_datagram_options_default();
    options.on_datagram = s_on_answer;
    options.state = ping;
    if (!is_canceled) {
        ping->socket = reseau_datagram_connect("echo", 7, &options);
        reseau_timer_start(0, 0, 10, s_send, ping);
    }
}

int main(int argc, char **argv) {
    struct ping ping = {.simulation = reseau_simulation_new(argc > 1 ? strtoull(argv[1], NULL, 10) : 1, NULL)};
    struct reseau_link link = {
        .size = sizeof(link),
        .latency_us = 20000,
        .jitter_us = 5000,
        .loss = 0.05,
        .duplication = 0.01,
        .reordering = 0.02};
    reseau_post(reseau_simulation_host(ping.simulation, "echo", NULL), s_serve, &ping);
    reseau_post(reseau_simulation_host(ping.simulation, "client", "192.0.2.1"), s_begin, &ping);
    reseau_simulation_link(ping.simulation, 0, 0, &link);
    reseau_simulation_run(ping.simulation, 60000);
    printf(
        "%d sent, %d received, %d late, %.1f ms on average\n",
        ping.sent,
        ping.received,
        ping.late,
        ping.received == 0 ? 0 : (double)ping.sum / ping.received / 1e6);
    reseau_simulation_free(ping.simulation);
    return 0;
}
