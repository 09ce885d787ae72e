/* SPDX-License-Identifier: Apache-2.0 */
/* What one says, line by line, all others get. Usage: chat_server [PORT]; talk to it with: nc localhost PORT */
#include <reseau/reseau.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUESTS = 1000 };

/* Only the one loop of this program uses it. An id that is gone may stay here: what is written to it reaches nobody. */
static reseau_id s_guests[GUESTS];

static void s_enter(reseau_id guest, void *state) {
    (void)state;
    for (int i = 0; i < GUESTS; ++i) {
        if (s_guests[i] == 0) {
            s_guests[i] = guest;
            return;
        }
    }
    reseau_close(guest);
}

static void s_leave(reseau_id guest, const struct reseau_close_info *info, void *state) {
    (void)info;
    (void)state;
    for (int i = 0; i < GUESTS; ++i) {
        if (s_guests[i] == guest) {
            s_guests[i] = 0;
        }
    }
}

static size_t s_talk(reseau_id guest, const void *data, size_t length, void *state) {
    (void)state;
    const char *end = length == 0 ? NULL : memchr(data, '\n', length);
    size_t consumed = 0;
    while (end != NULL) {
        const char *line = (const char *)data + consumed;
        size_t line_length = (size_t)(end + 1 - line);
        for (int i = 0; i < GUESTS; ++i) {
            if (s_guests[i] != 0 && s_guests[i] != guest) {
                reseau_write(s_guests[i], line, line_length); /* who does not listen is closed: see the policy */
            }
        }
        consumed += line_length;
        end = consumed < length ? memchr((const char *)data + consumed, '\n', length - consumed) : NULL;
    }
    return consumed; /* the rest is no whole line yet */
}

int main(int argc, char **argv) {
    struct reseau_options options = reseau_options_default();
    options.on_open = s_enter;
    options.on_data = s_talk;
    options.on_close = s_leave;
    options.write_policy = RESEAU_WRITE_CLOSE;
    options.loop = reseau_loop_new();
    reseau_id listener = reseau_listen(NULL, (uint16_t)atoi(argc > 1 ? argv[1] : "7778"), &options);
    struct reseau_address address;
    if (listener < 0 || reseau_local_address(listener, &address) < 0) {
        fprintf(stderr, "%s\n", reseau_error_text(listener));
        return 1;
    }
    printf("%u\n", address.port);
    fflush(stdout);
    return reseau_loop_run(options.loop, RESEAU_FOREVER);
}
