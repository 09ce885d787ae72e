/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers each HTTP request with two files in chunks (RFC 9112, 7.1): a hook makes chunks of whatever is written, and
 * ends them when the connection closes. Usage: chunked_server FILE FILE [PORT]
 */
#include <reseau/reseau.h>
#include <stdio.h>
#include <stdlib.h>

enum { FRAME = 32 }; /* room for the length and both ends of line */

static char **s_files;

static int s_chunk(reseau_id connection, struct reseau_hook_bytes *bytes, void *state) {
    (void)connection;
    (void)state;
    size_t length = bytes->input_length < bytes->output_room - FRAME ? bytes->input_length : bytes->output_room - FRAME;
    int head = snprintf((char *)bytes->output, FRAME, "%llx\r\n", (unsigned long long)length);
    memcpy(bytes->output + head, bytes->input, length);
    memcpy(bytes->output + head + length, "\r\n", 2);
    bytes->consumed = length;
    bytes->produced = (size_t)head + length + 2;
    return length < bytes->input_length ? RESEAU_HOOK_MORE : RESEAU_HOOK_DONE;
}

static int s_last_chunk(reseau_id connection, struct reseau_hook_bytes *bytes, void *state) {
    (void)connection;
    (void)state;
    memcpy(bytes->output, "0\r\n\r\n", 5);
    bytes->produced = 5;
    return RESEAU_HOOK_DONE;
}

static size_t s_on_data(reseau_id connection, const void *data, size_t length, void *state) {
    static const char head[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    (void)state;
    if (length < 4 || memcmp((const char *)data + length - 4, "\r\n\r\n", 4) != 0) {
        return 0; /* not the end of a request yet */
    }
    struct reseau_hook chunks = reseau_hook_default();
    chunks.write = s_chunk;
    chunks.close = s_last_chunk;
    reseau_write(connection, head, sizeof(head) - 1); /* what is written before the hook goes without it */
    reseau_add_hook(connection, &chunks);
    if (reseau_send_file(connection, s_files[0], 0, -1) < 0 || reseau_send_file(connection, s_files[1], 0, -1) < 0) {
        reseau_abort(connection); /* no last chunk: the client knows that it was cut */
    }
    reseau_close(connection);
    return length;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: chunked_server FILE FILE [PORT]\n");
        return 2;
    }
    s_files = argv + 1;
    struct reseau_options options = {.size = sizeof(options), .on_data = s_on_data};
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
