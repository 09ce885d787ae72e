/* SPDX-License-Identifier: Apache-2.0 */
/*
 * usage: unload_reseau LIBRESEAU. The same as unload.c through reseau.h: the library is closed while connections are
 * there. It stays, they go on, and their ids are those of the library that is opened again.
 */
#include "opened_library.h"

#include <reseau/reseau.h>

#include <string.h>

static void s_check(int is_true, const char *what) {
    if (!is_true) {
        fprintf(stderr, "%s\n", what);
        exit(1);
    }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        return 2;
    }
    for (int i = 0; i < 5; ++i) {
        s_open(argv[1], RTLD_LOCAL);
        struct reseau_address address;
        reseau_id listener = CALL(reseau_listen)(NULL, 0, NULL);
        s_check(CALL(reseau_local_address)(listener, &address) == 0, "no address");
        reseau_id client = CALL(reseau_connect)("127.0.0.1", address.port, NULL);
        reseau_id server = CALL(reseau_accept)(listener, 60000);
        s_check(client > 0 && server > 0, "no connection");
        __typeof__(&reseau_write) write = CALL(reseau_write);
        __typeof__(&reseau_read_exactly) read_exactly = CALL(reseau_read_exactly);

        /* Its loops wait in the library's code when the last handle is closed. */
        dlclose(s_library);
        char bytes[5] = "";
        s_check(write(client, "there", 5) == 5, "not written");
        s_check(read_exactly(server, bytes, 5) == 5 && memcmp(bytes, "there", 5) == 0, "not read");

        s_open(argv[1], RTLD_LOCAL);
        s_check((void *)write == s_find("reseau_write"), "the library was unloaded");
        s_check(CALL(reseau_write)(server, "again", 5) == 5, "the id is not known any more");
        s_check(CALL(reseau_read_exactly)(client, bytes, 5) == 5, "not read again");
        if (i < 4) {
            CALL(reseau_close)(client);
            CALL(reseau_close)(server);
            CALL(reseau_close)(listener);
            s_check(CALL(reseau_wait_closed)(client, 60000) == 0, "not closed");
        }
        dlclose(s_library);
    }

    /* With the last connection alive. */
    return 7;
}
