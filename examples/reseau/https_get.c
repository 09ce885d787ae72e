/* SPDX-License-Identifier: Apache-2.0 */
/* Prints what a server answers to a GET. Usage: https_get HOST PORT PATH [FILE OF TRUSTED CERTIFICATES] */
#include <reseau/reseau.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#    include <fcntl.h>
#    include <io.h>
#endif

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: https_get HOST PORT PATH [CA_FILE]\n");
        return 2;
    }
#if defined(_WIN32)
    _setmode(_fileno(stdout), _O_BINARY); /* line ends stay what they are */
#endif
    struct reseau_tls_options tls = reseau_tls_options_default();
    tls.ca_file = argc > 4 ? argv[4] : NULL;
    struct reseau_options options = reseau_options_default();
    options.tls = &tls;
    reseau_id server = reseau_connect(argv[1], (uint16_t)atoi(argv[2]), &options);
    if (server < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(server));
        return 1;
    }

    char request[2048];
    int size = snprintf(
        request, sizeof(request), "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", argv[3], argv[1]);
    if (size < 0 || size >= (int)sizeof(request)) {
        return 2;
    }
    reseau_set_read_deadline(server, 30000);
    int64_t length = reseau_write(server, request, (size_t)size);
    char part[16384];
    while (length >= 0 && (length = reseau_read(server, part, sizeof(part))) > 0) {
        fwrite(part, 1, (size_t)length, stdout);
    }
    reseau_close(server);
    if (length < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(length));
    }
    return length < 0;
}
