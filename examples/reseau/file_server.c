/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Serves the files of a folder by HTTP, or by HTTPS if a certificate and its key are given.
 * Usage: file_server FOLDER [PORT [CERTIFICATE KEY]]
 */
#include <reseau/reseau.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void s_refuse(reseau_id client, const char *status) {
    char answer[128];
    int size =
        snprintf(answer, sizeof(answer), "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
    reseau_write(client, answer, (size_t)size);
    reseau_close(client);
}

/* The bytes are those of the head of a request; the string is made of them. */
static void s_answer(reseau_id client, const char *folder, char *head) {
    char *target = strncmp(head, "GET /", 5) == 0 ? head + 5 : NULL;
    char *end = target == NULL ? NULL : strchr(target, ' ');
    if (end == NULL) {
        s_refuse(client, "400 Bad Request");
        return;
    }
    *end = '\0';
    char path[4096], header[128];
    struct stat status;
    int size = snprintf(path, sizeof(path), "%s/%s", folder, target);
    if (strstr(target, "..") != NULL || size >= (int)sizeof(path) || stat(path, &status) != 0 ||
        !S_ISREG(status.st_mode)) {
        s_refuse(client, "404 Not Found");
        return;
    }
    size = snprintf(
        header,
        sizeof(header),
        "HTTP/1.1 200 OK\r\nContent-Length: %lld\r\nConnection: close\r\n\r\n",
        (long long)status.st_size);
    reseau_write(client, header, (size_t)size);
    reseau_send_file(client, path, 0, status.st_size);
    reseau_close(client); /* behind the file */
}

static size_t s_on_request(reseau_id client, const void *data, size_t length, void *folder) {
    char head[8192];
    size_t kept = length < sizeof(head) - 1 ? length : sizeof(head) - 1;
    memcpy(head, data, kept);
    head[kept] = '\0';
    if (strstr(head, "\r\n\r\n") != NULL) {
        s_answer(client, folder, head);
    } else if (kept == sizeof(head) - 1) {
        s_refuse(client, "431 Request Header Fields Too Large");
    } else {
        return 0; /* there is more to come */
    }
    return length;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: file_server FOLDER [PORT [CERTIFICATE KEY]]\n");
        return 2;
    }
    struct reseau_tls_options tls = reseau_tls_options_default();
    struct reseau_options options = reseau_options_default();
    options.state = argv[1];
    options.on_data = s_on_request;
    options.idle_timeout_ms = 30000;
    options.close_timeout_ms = RESEAU_FOREVER;
    options.slow_reader_timeout_ms = 30000;
    if (argc > 4) {
        tls.certificate_file = argv[3];
        tls.key_file = argv[4];
        options.tls = &tls;
    }
    reseau_id listener = reseau_listen(NULL, (uint16_t)atoi(argc > 2 ? argv[2] : "8080"), &options);
    struct reseau_address address;
    if (listener < 0 || reseau_local_address(listener, &address) < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(listener));
        return 1;
    }
    printf("%u\n", address.port);
    fflush(stdout);
    return reseau_wait_closed(listener, RESEAU_FOREVER);
}
