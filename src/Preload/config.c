/* SPDX-License-Identifier: Apache-2.0 */
#include "preload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct preload_config preload_config = {.has_inet = true, .has_inet6 = true, .linger = 10};

_Noreturn void preload_fail(const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof(text) - 1, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length > sizeof(text) - 2) {
        length = (int)sizeof(text) - 2;
    }
    text[length] = '\n';
    if (REAL(write)(STDERR_FILENO, text, (size_t)length + 1) < 0) {
        _exit(EX_IOERR);
    }
    _exit(EX_CONFIG);
}

bool preload_has_family(int domain) {
    switch (domain) {
    case AF_INET:
        return preload_config.has_inet;
    case AF_INET6:
        return preload_config.has_inet6;
    case AF_UNIX:
        return preload_config.has_unix;
    default:
        return false;
    }
}

static const char *after(const char *text, const char *prefix) {
    size_t length = strlen(prefix);
    return strncmp(text, prefix, length) == 0 && text[length] != '\0' ? text + length : NULL;
}

static const char s_transports[] = "memory, shared:NAME, udp:LOCAL/REMOTE, device:PATH or module:PATH[:ARGUMENT]";

static void read_transport(void) {
    const char *text = getenv("RESEAU_PRELOAD_TRANSPORT");
    if (text == NULL || *text == '\0') {
        preload_fail("libreseau-preload: RESEAU_PRELOAD_TRANSPORT is not set: %s", s_transports);
    }
    if (strcmp(text, "memory") == 0) {
        preload_config.transport = PRELOAD_MEMORY;
    } else if ((preload_config.where = after(text, "shared:")) != NULL) {
        preload_config.transport = PRELOAD_SHARED;
    } else if ((preload_config.where = after(text, "udp:")) != NULL) {
        preload_config.transport = PRELOAD_UDP;
        if (strchr(preload_config.where, '/') == NULL) {
            preload_fail(
                "libreseau-preload: RESEAU_PRELOAD_TRANSPORT=%s: udp:LOCAL/REMOTE, as "
                "udp:127.0.0.1:7001/127.0.0.1:7002",
                text);
        }
    } else if ((preload_config.where = after(text, "device:")) != NULL) {
        preload_config.transport = PRELOAD_DEVICE;
    } else if ((preload_config.where = after(text, "module:")) != NULL) {
        preload_config.transport = PRELOAD_MODULE;
    } else {
        preload_fail("libreseau-preload: RESEAU_PRELOAD_TRANSPORT=%s: %s", text, s_transports);
    }
}

static void read_families(void) {
    const char *text = getenv("RESEAU_PRELOAD_FAMILIES");
    if (text == NULL) {
        return;
    }
    preload_config.has_inet = preload_config.has_inet6 = preload_config.has_unix = false;
    for (const char *at = text; *at != '\0';) {
        size_t length = strcspn(at, ",");
        if (length == 4 && strncmp(at, "inet", length) == 0) {
            preload_config.has_inet = true;
        } else if (length == 5 && strncmp(at, "inet6", length) == 0) {
            preload_config.has_inet6 = true;
        } else if (length == 4 && strncmp(at, "unix", length) == 0) {
            preload_config.has_unix = true;
        } else {
            preload_fail("libreseau-preload: RESEAU_PRELOAD_FAMILIES=%s: a list of inet, inet6, unix", text);
        }
        at += length + (at[length] == ',');
    }
}

static void read_linger(void) {
    const char *text = getenv("RESEAU_PRELOAD_LINGER");
    if (text == NULL) {
        return;
    }
    char *end;
    unsigned long seconds = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || seconds > 3600) {
        preload_fail("libreseau-preload: RESEAU_PRELOAD_LINGER=%s: seconds, up to 3600", text);
    }
    preload_config.linger = (unsigned)seconds;
}

static const char *readable_file(const char *variable) {
    const char *path = getenv(variable);
    if (path != NULL && access(path, R_OK) != 0) {
        preload_fail("libreseau-preload: %s=%s: %s", variable, path, strerror(errno));
    }
    return path;
}

static void read_tls(void) {
    const char *text = getenv("RESEAU_PRELOAD_TLS");
    if (text == NULL) {
        return;
    }
    preload_config.has_tls_client = strcmp(text, "client") == 0 || strcmp(text, "both") == 0;
    preload_config.has_tls_server = strcmp(text, "server") == 0 || strcmp(text, "both") == 0;
    if (!preload_config.has_tls_client && !preload_config.has_tls_server) {
        preload_fail("libreseau-preload: RESEAU_PRELOAD_TLS=%s: client, server or both", text);
    }
    preload_config.tls_ca = readable_file("RESEAU_PRELOAD_TLS_CA");
    preload_config.tls_certificate = readable_file("RESEAU_PRELOAD_TLS_CERT");
    preload_config.tls_key = readable_file("RESEAU_PRELOAD_TLS_KEY");
    preload_config.tls_name = getenv("RESEAU_PRELOAD_TLS_NAME");
    if (preload_config.has_tls_client && preload_config.tls_name == NULL) {
        preload_fail("libreseau-preload: RESEAU_PRELOAD_TLS=%s: RESEAU_PRELOAD_TLS_NAME is not set", text);
    }
    if (preload_config.has_tls_server && (preload_config.tls_certificate == NULL || preload_config.tls_key == NULL)) {
        preload_fail(
            "libreseau-preload: RESEAU_PRELOAD_TLS=%s: RESEAU_PRELOAD_TLS_CERT or RESEAU_PRELOAD_TLS_KEY is not set",
            text);
    }
}

__attribute__((constructor)) static void read_config(void) {
    read_transport();
    read_families();
    read_linger();
    read_tls();
}
