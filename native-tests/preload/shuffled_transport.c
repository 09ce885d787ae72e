/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A transport that is not the library's, with nothing but <reseau/transport.h>: a network of one process for streams of
 * AF_INET and AF_INET6, which knows ports and no hosts. Fragments are copied, and delivered by a thread of its own in
 * an order that a seed decides, so that streams have holes; connections are made by that thread as well. A module of
 * RESEAU_PRELOAD_TRANSPORT, whose argument is the seed.
 */
#include <reseau/transport.h>

#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    /* Bytes of one fragment; and of one direction of a connection that may be on their way. */
    FRAGMENT_MAX = 5000,
    WINDOW = 64 * 1024,
    /* How many parcels from the front of the queue on may overtake each other. */
    REORDERED = 8,
    FIRST_PORT = 20000
};

struct network {
    pthread_mutex_t lock;
    pthread_cond_t has_changed;
    struct endpoint *endpoints;
    struct parcel *first;
    struct parcel **last;
    uint32_t random;
    uint16_t last_port;
    bool is_ending;
};

/* The transport's half of a socket. Counted: by its front until `destroy`, by its peer, and by parcels. */
struct endpoint {
    struct network *network;
    struct reseau_transport_socket *socket;
    struct endpoint *next;
    struct endpoint *peer;
    int references;
    sa_family_t family;
    struct sockaddr_storage local;
    struct sockaddr_storage remote;
    bool is_bound;
    bool is_listening;
    bool has_ended;
    bool is_closed;
    /* A listener's queue is full, or a receive buffer for bytes from this offset on. */
    bool is_full;
    uint64_t full_from;
    /* `write` had no room. */
    bool is_held_up;
    uint64_t sent;
    size_t on_the_way;
};

enum parcel_kind { PARCEL_CONNECT, PARCEL_DATA, PARCEL_END, PARCEL_RESET };

struct parcel {
    struct parcel *next;
    enum parcel_kind kind;
    struct endpoint *from;
    /* Of a CONNECT the listener, once it is found. */
    struct endpoint *to;
    /* Of a CONNECT the listener's socket for it. */
    struct endpoint *accepted;
    uint64_t offset;
    size_t done;
    size_t length;
    unsigned char bytes[];
};

static socklen_t s_size(sa_family_t family) {
    return family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
}

/* Both kinds of address have the port at the same place. */
static in_port_t *s_port(struct sockaddr_storage *address) {
    return &((struct sockaddr_in *)address)->sin_port;
}

/* ---- Endpoints; under the network's lock, where nothing else is said ---- */

static struct endpoint *s_new_endpoint(struct network *network, sa_family_t family) {
    struct endpoint *endpoint = calloc(1, sizeof(*endpoint));
    if (endpoint != NULL) {
        endpoint->network = network;
        endpoint->family = family;
        endpoint->local.ss_family = endpoint->remote.ss_family = family;
        endpoint->references = 1;
    }
    return endpoint;
}

static struct endpoint *s_acquire(struct endpoint *endpoint) {
    endpoint->references++;
    return endpoint;
}

/* Without the lock: the last reference to a front's socket may end the network. */
static void s_release(struct endpoint *endpoint) {
    struct network *network = endpoint->network;
    pthread_mutex_lock(&network->lock);
    bool is_last = --endpoint->references == 0;
    pthread_mutex_unlock(&network->lock);
    if (is_last) {
        reseau_transport_socket_release(endpoint->socket);
        free(endpoint);
    }
}

static struct endpoint *s_find_port(struct network *network, sa_family_t family, in_port_t port) {
    struct endpoint *found = network->endpoints;
    while (found != NULL && (found->family != family || *s_port(&found->local) != port)) {
        found = found->next;
    }
    return found;
}

static void s_add_name(struct endpoint *endpoint) {
    endpoint->next = endpoint->network->endpoints;
    endpoint->network->endpoints = endpoint;
    endpoint->is_bound = true;
}

static void s_remove_name(struct endpoint *endpoint) {
    struct endpoint **at = &endpoint->network->endpoints;
    while (*at != NULL && *at != endpoint) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        *at = endpoint->next;
    }
}

static void s_bind_any(struct endpoint *endpoint) {
    struct network *network = endpoint->network;
    if (endpoint->is_bound) {
        return;
    }
    do {
        network->last_port = network->last_port < FIRST_PORT ? FIRST_PORT : network->last_port + 1;
    } while (s_find_port(network, endpoint->family, htons(network->last_port)) != NULL);
    *s_port(&endpoint->local) = htons(network->last_port);
    s_add_name(endpoint);
}

/* ---- Parcels; under the network's lock ---- */

static struct parcel *s_new_parcel(enum parcel_kind kind, struct endpoint *from, struct endpoint *to, size_t length) {
    struct parcel *parcel = calloc(1, sizeof(*parcel) + length);
    if (parcel != NULL) {
        parcel->kind = kind;
        parcel->from = s_acquire(from);
        parcel->to = to == NULL ? NULL : s_acquire(to);
        parcel->length = length;
    }
    return parcel;
}

static void s_post(struct network *network, struct parcel *parcel) {
    *network->last = parcel;
    network->last = &parcel->next;
    pthread_cond_signal(&network->has_changed);
}

/* The end of what an endpoint sends, or its reset. */
static void s_post_end(struct endpoint *endpoint, enum parcel_kind kind) {
    if (endpoint->peer == NULL || (kind == PARCEL_END && endpoint->has_ended)) {
        return;
    }
    struct parcel *parcel = s_new_parcel(kind, endpoint, endpoint->peer, 0);
    if (parcel != NULL) {
        endpoint->has_ended = true;
        parcel->offset = endpoint->sent;
        s_post(endpoint->network, parcel);
    }
}

/* What fills a hole is always delivered: until then nothing can be read, and there is no room. */
static bool s_can_pass(const struct parcel *parcel) {
    const struct endpoint *to = parcel->to;
    return to == NULL || !to->is_full || parcel->kind == PARCEL_RESET ||
           (parcel->kind == PARCEL_DATA && parcel->offset + parcel->done < to->full_from);
}

/* Takes a parcel out of the queue that can be delivered; data as the seed says, all else after what came before it. */
static struct parcel *s_take(struct network *network) {
    network->random = network->random * 1664525 + 1013904223;
    int skipped = (int)((network->random >> 16) % REORDERED);
    struct parcel **chosen = NULL;
    for (struct parcel **at = &network->first; *at != NULL; at = &(*at)->next) {
        if (!s_can_pass(*at)) {
            continue;
        }
        if (chosen == NULL || (*at)->kind == PARCEL_DATA) {
            chosen = at;
        }
        if ((*chosen)->kind != PARCEL_DATA || skipped-- == 0) {
            break;
        }
    }
    if (chosen == NULL) {
        return NULL;
    }
    struct parcel *parcel = *chosen;
    *chosen = parcel->next;
    if (network->last == &parcel->next) {
        network->last = chosen;
    }
    parcel->next = NULL;
    return parcel;
}

/* Back to the front: who it is for has no room. */
static void s_put_back(struct network *network, struct parcel *parcel) {
    parcel->next = network->first;
    network->first = parcel;
    if (parcel->next == NULL) {
        network->last = &parcel->next;
    }
}

/* ---- Deliveries: the thread's, without the lock ---- */

static void s_set_full(struct endpoint *endpoint, bool is_full, uint64_t from) {
    pthread_mutex_lock(&endpoint->network->lock);
    endpoint->is_full = is_full;
    endpoint->full_from = from;
    pthread_mutex_unlock(&endpoint->network->lock);
}

/* Each says whether it is done with the parcel. */
static bool s_deliver_data(struct parcel *parcel) {
    struct endpoint *from = parcel->from, *to = parcel->to;
    struct reseau_fragment fragment = {
        .offset = parcel->offset + parcel->done,
        .data = parcel->bytes + parcel->done,
        .length = parcel->length - parcel->done};
    /* First: room may be reported before reseau_transport_deliver() returns. */
    s_set_full(to, true, fragment.offset);
    ptrdiff_t taken = reseau_transport_deliver(to->socket, &fragment);
    if (taken < 0 && taken != -EAGAIN && taken != -EPIPE) {
        abort(); /* no fragment of this transport is wrong */
    }
    size_t left = taken == -EAGAIN ? fragment.length : taken < 0 ? 0 : fragment.length - (size_t)taken;
    if (left == 0) {
        s_set_full(to, false, 0);
    }
    pthread_mutex_lock(&from->network->lock);
    from->on_the_way -= fragment.length - left;
    bool was_held_up = from->is_held_up && left < fragment.length;
    bool is_drained = from->is_closed && from->on_the_way == 0 && left < fragment.length;
    from->is_held_up = from->is_held_up && !was_held_up;
    pthread_mutex_unlock(&from->network->lock);
    parcel->done = parcel->length - left;
    if (taken == -EPIPE) {
        reseau_transport_fail(from->socket, ECONNRESET);
    }
    if (was_held_up) {
        reseau_transport_writable(from->socket);
    }
    if (is_drained) {
        reseau_transport_drained(from->socket);
    }
    return left == 0;
}

/* The listener's socket for a connection; a positive error. */
static int s_prepare(struct parcel *parcel) {
    struct endpoint *from = parcel->from;
    struct network *network = from->network;
    pthread_mutex_lock(&network->lock);
    struct endpoint *listener = s_find_port(network, from->family, *s_port(&from->remote));
    bool is_there = !from->is_closed && listener != NULL && listener->is_listening;
    listener = is_there ? s_acquire(listener) : NULL;
    struct endpoint *accepted = listener == NULL ? NULL : s_new_endpoint(network, from->family);
    pthread_mutex_unlock(&network->lock);
    if (listener == NULL) {
        return ECONNREFUSED;
    }
    struct reseau_transport_traits traits = {.max_fragment = FRAGMENT_MAX};
    parcel->to = listener;
    if (accepted == NULL || reseau_transport_prepare(listener->socket, accepted, &traits, &accepted->socket) != 0) {
        free(accepted);
        return ECONNREFUSED;
    }
    reseau_transport_socket_acquire(accepted->socket);
    pthread_mutex_lock(&network->lock);
    accepted->local = from->remote;
    accepted->remote = from->local;
    accepted->peer = s_acquire(from);
    from->peer = s_acquire(accepted);
    parcel->accepted = accepted;
    pthread_mutex_unlock(&network->lock);
    return 0;
}

/* The listener does not take the connection. */
static void s_withdraw(struct parcel *parcel) {
    struct endpoint *from = parcel->from, *accepted = parcel->accepted;
    reseau_transport_withdraw(accepted->socket);
    pthread_mutex_lock(&from->network->lock);
    bool is_peer = from->peer == accepted;
    from->peer = is_peer ? NULL : from->peer;
    pthread_mutex_unlock(&from->network->lock);
    if (is_peer) {
        s_release(accepted);
    }
}

static bool s_deliver_connect(struct parcel *parcel) {
    struct endpoint *from = parcel->from;
    int error = parcel->accepted == NULL ? s_prepare(parcel) : 0;
    if (error == 0) {
        s_set_full(parcel->to, true, 0);
        error = -reseau_transport_offer(parcel->to->socket, parcel->accepted->socket);
        if (error == EAGAIN) {
            return false;
        }
        s_set_full(parcel->to, false, 0);
        if (error != 0) {
            s_withdraw(parcel);
        }
    }
    reseau_transport_connected(from->socket, error);
    return true;
}

static bool s_deliver(struct parcel *parcel) {
    switch (parcel->kind) {
    case PARCEL_CONNECT:
        return s_deliver_connect(parcel);
    case PARCEL_DATA:
        return s_deliver_data(parcel);
    case PARCEL_END:
        reseau_transport_end(parcel->to->socket, parcel->offset);
        return true;
    default:
        reseau_transport_fail(parcel->to->socket, ECONNRESET);
        return true;
    }
}

static void s_free_parcel(struct parcel *parcel) {
    s_release(parcel->from);
    if (parcel->to != NULL) {
        s_release(parcel->to);
    }
    free(parcel);
}

static void *s_run(void *state) {
    struct network *network = state;
    pthread_mutex_lock(&network->lock);
    while (!network->is_ending) {
        struct parcel *parcel = s_take(network);
        if (parcel == NULL) {
            pthread_cond_wait(&network->has_changed, &network->lock);
            continue;
        }
        pthread_mutex_unlock(&network->lock);
        bool is_done = s_deliver(parcel);
        if (is_done) {
            s_free_parcel(parcel);
        }
        pthread_mutex_lock(&network->lock);
        if (!is_done) {
            s_put_back(network, parcel);
        }
    }
    pthread_mutex_unlock(&network->lock);
    pthread_cond_destroy(&network->has_changed);
    pthread_mutex_destroy(&network->lock);
    free(network);
    return NULL;
}

/* ---- Hooks ---- */

static int s_create(
    void *transport_state,
    struct reseau_transport_socket *socket,
    int domain,
    int type,
    int protocol,
    struct reseau_transport_traits *traits,
    void **state) {
    if (domain != AF_INET && domain != AF_INET6) {
        return -EAFNOSUPPORT;
    }
    if (type != SOCK_STREAM) {
        return -ESOCKTNOSUPPORT;
    }
    if (protocol != 0 && protocol != IPPROTO_TCP) {
        return -EPROTONOSUPPORT;
    }
    struct endpoint *endpoint = s_new_endpoint(transport_state, (sa_family_t)domain);
    if (endpoint == NULL) {
        return -ENOBUFS;
    }
    endpoint->socket = reseau_transport_socket_acquire(socket);
    traits->max_fragment = FRAGMENT_MAX;
    *state = endpoint;
    return 0;
}

static int s_close(void *state, int how) {
    struct endpoint *endpoint = state;
    pthread_mutex_lock(&endpoint->network->lock);
    endpoint->is_closed = true;
    endpoint->is_listening = false;
    s_remove_name(endpoint);
    s_post_end(endpoint, how == RESEAU_TRANSPORT_CLOSE_ABORT ? PARCEL_RESET : PARCEL_END);
    /* Nobody reads here any more: what waits for that can go on, and fails. */
    endpoint->is_full = false;
    pthread_cond_signal(&endpoint->network->has_changed);
    int result = how == RESEAU_TRANSPORT_CLOSE_GRACEFUL && endpoint->on_the_way > 0 ? -EINPROGRESS : 0;
    pthread_mutex_unlock(&endpoint->network->lock);
    return result;
}

static void s_destroy(void *state) {
    struct endpoint *endpoint = state;
    pthread_mutex_lock(&endpoint->network->lock);
    struct endpoint *peer = endpoint->peer;
    endpoint->peer = NULL;
    pthread_mutex_unlock(&endpoint->network->lock);
    if (peer != NULL) {
        s_release(peer);
    }
    s_release(endpoint);
}

static void s_end(void *transport_state) {
    struct network *network = transport_state;
    pthread_mutex_lock(&network->lock);
    network->is_ending = true;
    pthread_cond_signal(&network->has_changed);
    pthread_mutex_unlock(&network->lock);
}

static int s_bind(void *state, const struct sockaddr *address, socklen_t length) {
    struct endpoint *endpoint = state;
    if (length < s_size(endpoint->family)) {
        return -EINVAL;
    }
    if (address->sa_family != endpoint->family) {
        return -EAFNOSUPPORT;
    }
    struct network *network = endpoint->network;
    struct sockaddr_storage name = {0};
    memcpy(&name, address, s_size(endpoint->family));
    pthread_mutex_lock(&network->lock);
    bool has_port = *s_port(&name) != 0;
    int result = endpoint->is_bound                                                           ? -EINVAL
                 : has_port && s_find_port(network, endpoint->family, *s_port(&name)) != NULL ? -EADDRINUSE
                                                                                              : 0;
    if (result == 0) {
        endpoint->local = name;
        if (has_port) {
            s_add_name(endpoint);
        } else {
            s_bind_any(endpoint);
        }
    }
    pthread_mutex_unlock(&network->lock);
    return result;
}

static int s_listen(void *state, int backlog) {
    (void)backlog;
    struct endpoint *endpoint = state;
    pthread_mutex_lock(&endpoint->network->lock);
    s_bind_any(endpoint);
    endpoint->is_listening = true;
    pthread_mutex_unlock(&endpoint->network->lock);
    return 0;
}

static int s_connect(void *state, const struct sockaddr *address, socklen_t length) {
    struct endpoint *endpoint = state;
    if (length < s_size(endpoint->family)) {
        return -EINVAL;
    }
    if (address->sa_family != endpoint->family) {
        return -EAFNOSUPPORT;
    }
    pthread_mutex_lock(&endpoint->network->lock);
    struct parcel *parcel = s_new_parcel(PARCEL_CONNECT, endpoint, NULL, 0);
    if (parcel != NULL) {
        s_bind_any(endpoint);
        memcpy(&endpoint->remote, address, s_size(endpoint->family));
        in_port_t port = *s_port(&endpoint->local);
        endpoint->local = endpoint->remote;
        *s_port(&endpoint->local) = port;
        s_post(endpoint->network, parcel);
    }
    pthread_mutex_unlock(&endpoint->network->lock);
    return parcel == NULL ? -ENOBUFS : -EINPROGRESS;
}

/* There is room in a listener's queue, or in a receive buffer. */
static void s_has_room(void *state) {
    struct endpoint *endpoint = state;
    pthread_mutex_lock(&endpoint->network->lock);
    endpoint->is_full = false;
    pthread_cond_signal(&endpoint->network->has_changed);
    pthread_mutex_unlock(&endpoint->network->lock);
}

static int s_shutdown(void *state, int how) {
    struct endpoint *endpoint = state;
    pthread_mutex_lock(&endpoint->network->lock);
    if (how != SHUT_RD) {
        s_post_end(endpoint, PARCEL_END);
    }
    pthread_mutex_unlock(&endpoint->network->lock);
    return 0;
}

static int s_answer(struct endpoint *endpoint, bool is_peers, struct sockaddr *address, socklen_t *length) {
    socklen_t size = s_size(endpoint->family);
    pthread_mutex_lock(&endpoint->network->lock);
    const struct sockaddr_storage *name = is_peers ? &endpoint->remote : &endpoint->local;
    memcpy(address, name, *length < size ? *length : size);
    pthread_mutex_unlock(&endpoint->network->lock);
    *length = size;
    return 0;
}

static int s_local_address(void *state, struct sockaddr *address, socklen_t *length) {
    return s_answer(state, false, address, length);
}

static int s_peer_address(void *state, struct sockaddr *address, socklen_t *length) {
    return s_answer(state, true, address, length);
}

static ptrdiff_t s_write(void *state, const struct reseau_fragment *fragment) {
    struct endpoint *endpoint = state;
    pthread_mutex_lock(&endpoint->network->lock);
    size_t room = WINDOW - endpoint->on_the_way;
    size_t length = fragment->length < room ? fragment->length : room;
    endpoint->is_held_up = length < fragment->length;
    struct parcel *parcel = length == 0 ? NULL : s_new_parcel(PARCEL_DATA, endpoint, endpoint->peer, length);
    if (parcel != NULL) {
        memcpy(parcel->bytes, fragment->data, length);
        parcel->offset = fragment->offset;
        endpoint->sent = fragment->offset + length;
        endpoint->on_the_way += length;
        s_post(endpoint->network, parcel);
    }
    pthread_mutex_unlock(&endpoint->network->lock);
    return parcel == NULL && length > 0 ? -ENOBUFS : (ptrdiff_t)length;
}

static int s_is_writable(void *state, size_t needed) {
    struct endpoint *endpoint = state;
    pthread_mutex_lock(&endpoint->network->lock);
    size_t room = WINDOW - endpoint->on_the_way;
    bool is_writable = room >= (needed < WINDOW ? needed : WINDOW);
    endpoint->is_held_up = endpoint->is_held_up || !is_writable;
    pthread_mutex_unlock(&endpoint->network->lock);
    return is_writable;
}

/* ---- The module ---- */

/* A transport that stands on the system's sockets makes them here: one of this network would have no such address. */
static bool s_has_system_sockets(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool is_bound = descriptor >= 0 && bind(descriptor, (struct sockaddr *)&address, sizeof(address)) == 0;
    if (descriptor >= 0) {
        close(descriptor);
    }
    return is_bound;
}

reseau_transport_open_fn reseau_transport_open;

int reseau_transport_open(const char *argument, struct reseau_transport **transport) {
    struct reseau_transport_hooks hooks = {
        .size = sizeof(hooks),
        .create = s_create,
        .close = s_close,
        .destroy = s_destroy,
        .end = s_end,
        .bind = s_bind,
        .listen = s_listen,
        .connect = s_connect,
        .accepted = s_has_room,
        .shutdown = s_shutdown,
        .local_address = s_local_address,
        .peer_address = s_peer_address,
        .write = s_write,
        .is_writable = s_is_writable,
        .has_read = s_has_room,
    };
    char *rest;
    unsigned long seed = strtoul(argument, &rest, 10);
    if (*argument == '\0' || *rest != '\0') {
        return EINVAL;
    }
    if (!s_has_system_sockets()) {
        return EPROTO;
    }
    struct network *network = calloc(1, sizeof(*network));
    if (network == NULL) {
        return ENOMEM;
    }
    pthread_mutex_init(&network->lock, NULL);
    pthread_cond_init(&network->has_changed, NULL);
    network->last = &network->first;
    network->random = (uint32_t)seed;
    pthread_t thread;
    int error = pthread_create(&thread, NULL, s_run, network);
    if (error != 0) {
        free(network);
        return error;
    }
    pthread_detach(thread);
    return reseau_transport_new(&hooks, network, transport);
}
