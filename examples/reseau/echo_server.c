/* SPDX-License-Identifier: Apache-2.0 */
/* Sends back whatever it receives, on port 7777 of this host or on another. Try it with: nc localhost 7777 */
#include <reseau/reseau.h>
#include <stdio.h>
#include <stdlib.h>

static size_t echo(reseau_id connection, const void *data, size_t length, void *state) {
    (void)state;
    return reseau_write(connection, data, length) < 0 ? 0 : length; /* no room yet: the bytes come again */
}

int main(int argc, char **argv) {
    struct reseau_options options = {.size = sizeof(options), .on_data = echo};
    reseau_id listener = reseau_listen(NULL, (uint16_t)atoi(argc > 1 ? argv[1] : "7777"), &options);
    struct reseau_address address;
    if (listener < 0 || reseau_local_address(listener, &address) < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(listener));
        return 1;
    }
    printf("%u\n", address.port);
    fflush(stdout);
    return reseau_wait_closed(listener, RESEAU_FOREVER);
}
