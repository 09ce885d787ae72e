/* SPDX-License-Identifier: Apache-2.0 */
#include <reseau/reseau.h>

#include <stdio.h>

int main(void) {
    char text[6] = "";
    reseau_id listener = reseau_listen(NULL, 0, NULL);
    struct reseau_address address;
    if (listener < 0 || reseau_local_address(listener, &address) != 0) {
        return 1;
    }
    reseau_id client = reseau_connect(address.text, address.port, NULL);
    reseau_id server = reseau_accept(listener, 30000);
    if (reseau_write(client, "hello", 5) != 5 || reseau_read_exactly(server, text, 5) != 5) {
        return 1;
    }
    printf("%s from %s\n", text, reseau_version());
    return 0;
}
