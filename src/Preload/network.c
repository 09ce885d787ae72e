/* SPDX-License-Identifier: Apache-2.0 */
#include "preload.h"

#include <reseau/tls.h>

#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>

static pthread_mutex_t s_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(struct reseau_transport *) s_transport;
/* Of streams, if they become TLS: over the other one. */
static _Atomic(struct reseau_transport *) s_secure;
static bool s_is_parents;
static _Thread_local bool s_is_making;

/* "127.0.0.1:7001", "[::1]:7001". */
static void parse_address(const char *text, size_t length, struct sockaddr_storage *address, socklen_t *size) {
    char host[128];
    const char *port = NULL;
    for (size_t i = 0; i < length; i++) {
        port = text[i] == ':' ? text + i + 1 : port;
    }
    const char *first = length > 0 && text[0] == '[' ? text + 1 : text;
    const char *last = port == NULL ? text : port - 1;
    if (first != text && last > first && last[-1] == ']') {
        last--;
    }
    struct addrinfo *found = NULL;
    if (port != NULL && last > first && (size_t)(last - first) < sizeof(host)) {
        memcpy(host, first, (size_t)(last - first));
        host[last - first] = '\0';
        char service[16] = "";
        size_t digits = length - (size_t)(port - text);
        if (digits < sizeof(service)) {
            memcpy(service, port, digits);
        }
        struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_DGRAM};
        if (getaddrinfo(host, service, &hints, &found) != 0) {
            found = NULL;
        }
    }
    if (found == NULL) {
        preload_fail("libreseau-preload: %.*s: no address and port", (int)length, text);
    }
    memcpy(address, found->ai_addr, found->ai_addrlen);
    *size = found->ai_addrlen;
    freeaddrinfo(found);
}

static int open_udp(void) {
    const char *local_text = preload_config.where;
    const char *remote_text = strchr(local_text, '/') + 1;
    struct sockaddr_storage local, remote;
    socklen_t local_size, remote_size;
    parse_address(local_text, (size_t)(remote_text - 1 - local_text), &local, &local_size);
    parse_address(remote_text, strlen(remote_text), &remote, &remote_size);
    int descriptor = REAL(socket)(local.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || REAL(bind)(descriptor, (struct sockaddr *)&local, local_size) != 0 ||
        REAL(connect)(descriptor, (struct sockaddr *)&remote, remote_size) != 0) {
        preload_fail("libreseau-preload: udp:%s: %s", preload_config.where, strerror(errno));
    }
    return descriptor;
}

static int open_device(void) {
    int descriptor = open(preload_config.where, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) {
        preload_fail("libreseau-preload: device:%s: %s", preload_config.where, strerror(errno));
    }
    struct termios settings;
    if (isatty(descriptor) && tcgetattr(descriptor, &settings) == 0) {
        cfmakeraw(&settings);
        tcsetattr(descriptor, TCSANOW, &settings);
    }
    return descriptor;
}

static int open_shared(void) {
    char name[256];
    if (snprintf(name, sizeof(name), "/%s", preload_config.where) >= (int)sizeof(name)) {
        preload_fail("libreseau-preload: shared:%s: too long a name", preload_config.where);
    }
    int descriptor = shm_open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        preload_fail("libreseau-preload: shared:%s: %s", preload_config.where, strerror(errno));
    }
    return descriptor;
}

/* "/lib/radio.so", "/lib/radio.so:channel 5". */
static int open_module(struct reseau_transport **transport) {
    const char *where = preload_config.where;
    size_t length = strcspn(where, ":");
    char *path = strndup(where, length);
    void *module = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL);
    free(path);
    reseau_transport_open_fn *open_it = NULL;
    if (module != NULL) {
        open_it = (reseau_transport_open_fn *)dlsym(module, "reseau_transport_open");
    }
    if (open_it == NULL) {
        preload_fail("libreseau-preload: module:%s: %s", where, dlerror());
    }
    int error = open_it(where[length] == ':' ? where + length + 1 : "", transport);
    return error == 0 && *transport == NULL ? EINVAL : error;
}

static struct reseau_transport *make_network(void) {
    struct reseau_transport *transport = NULL;
    int error = EINVAL;
    s_is_making = true;
    switch (preload_config.transport) {
    case PRELOAD_MEMORY:
        error = reseau_transport_new_memory(&transport);
        break;
    case PRELOAD_SHARED:
        error = reseau_transport_new_shared(open_shared(), &transport);
        break;
    case PRELOAD_UDP:
        error = reseau_transport_new_wire(open_udp(), RESEAU_WIRE_DATAGRAMS, &transport);
        break;
    case PRELOAD_DEVICE:
        error = reseau_transport_new_wire(open_device(), RESEAU_WIRE_BYTES, &transport);
        break;
    case PRELOAD_MODULE:
        error = open_module(&transport);
        break;
    }
    s_is_making = false;
    if (error != 0) {
        preload_fail("libreseau-preload: %s: %s", getenv("RESEAU_PRELOAD_TRANSPORT"), strerror(error));
    }
    return transport;
}

static bool has_tls(void) {
    return preload_config.has_tls_client || preload_config.has_tls_server;
}

static struct reseau_transport *make_secure(struct reseau_transport *below) {
    struct reseau_tls_options client = reseau_tls_options_default();
    struct reseau_tls_options server = reseau_tls_options_default();
    client.ca_file = server.ca_file = preload_config.tls_ca;
    client.certificate_file = server.certificate_file = preload_config.tls_certificate;
    client.key_file = server.key_file = preload_config.tls_key;
    client.server_name = preload_config.tls_name;
    struct reseau_transport *transport = NULL;
    int error = reseau_transport_new_tls(
        below,
        preload_config.has_tls_client ? &client : NULL,
        preload_config.has_tls_server ? &server : NULL,
        &transport);
    if (error != 0) {
        preload_fail("libreseau-preload: RESEAU_PRELOAD_TLS=%s: %s", getenv("RESEAU_PRELOAD_TLS"), strerror(error));
    }
    return transport;
}

struct reseau_transport *preload_network(int type) {
    bool is_secure = has_tls() && (type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) == SOCK_STREAM;
    _Atomic(struct reseau_transport *) *slot = is_secure ? &s_secure : &s_transport;
    struct reseau_transport *transport = atomic_load_explicit(slot, memory_order_acquire);
    if (transport != NULL) {
        return transport;
    }
    if (s_is_parents) {
        errno = ENETDOWN;
        return NULL;
    }
    pthread_mutex_lock(&s_lock);
    if (atomic_load(&s_transport) == NULL) {
        atomic_store(&s_transport, make_network());
    }
    if (is_secure && atomic_load(&s_secure) == NULL) {
        atomic_store(&s_secure, make_secure(atomic_load(&s_transport)));
    }
    transport = atomic_load(slot);
    pthread_mutex_unlock(&s_lock);
    return transport;
}

bool preload_is_making_network(void) {
    return s_is_making;
}

void preload_network_forked(void) {
    /* Two processes cannot have the same end of a wire. Networks in memory are each process's own. */
    s_is_parents = s_is_parents || (s_transport != NULL && preload_config.transport != PRELOAD_MEMORY);
    atomic_store(&s_transport, NULL);
    atomic_store(&s_secure, NULL);
    pthread_mutex_init(&s_lock, NULL);
}

void preload_network_end(void) {
    struct reseau_transport *secure = atomic_exchange(&s_secure, NULL);
    struct reseau_transport *transport = atomic_exchange(&s_transport, NULL);
    if (transport == NULL) {
        return;
    }
    if (secure != NULL) {
        reseau_transport_await_drained(secure, preload_config.linger * 1000);
        reseau_transport_release(secure);
    }
    reseau_transport_await_drained(transport, preload_config.linger * 1000);
    reseau_transport_release(transport);
}
