/* SPDX-License-Identifier: Apache-2.0 */
/* Sends back whatever it receives, on port 7777 of this host. Try it with: nc localhost 7777 */
#include <reseau/reseau.h>
#include <stdio.h>

static size_t echo(reseau_id connection, const void *data, size_t length, void *state) {
    (void)state;
    return reseau_write(connection, data, length) < 0 ? 0 : length; /* no room yet: the bytes are kept */
}

int main(void) {
    struct reseau_options options = {.size = sizeof(options), .on_data = echo};
    reseau_id listener = reseau_listen(NULL, 7777, &options);
    if (listener < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(listener));
        return 1;
    }
    return reseau_wait_closed(listener, RESEAU_FOREVER);
}
