/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the addresses of each host that is named, and the names of addresses; without any, those of this host. */
#include <reseau/reseau.h>
#include <stdio.h>

enum { CAPACITY = 64 };

static void s_print(const struct reseau_ip *ip, const char *what) {
    char text[RESEAU_IP_TEXT_SIZE];
    reseau_ip_format(ip, text, sizeof(text));
    printf("%s\t%s\n", text, what);
}

static int s_print_own(void) {
    struct reseau_interface_address addresses[CAPACITY];
    int count = reseau_interface_addresses(0, 1, addresses, CAPACITY);
    for (int i = 0; i < count && i < CAPACITY; ++i) {
        s_print(&addresses[i].ip, addresses[i].name);
    }
    return count < 0;
}

static int s_print_name(const struct reseau_ip *ip) {
    char name[1025];
    int length = reseau_resolve_reverse(ip, name, sizeof(name), NULL);
    s_print(ip, length < 0 ? reseau_error_text(length) : name);
    return length < 0;
}

static int s_print_addresses(const char *name) {
    struct reseau_ip ips[CAPACITY];
    int count = reseau_resolve(name, 0, ips, CAPACITY, NULL);
    if (count < 0) {
        fprintf(stderr, "%s: %s\n", name, reseau_error_text(count));
    }
    for (int i = 0; i < count && i < CAPACITY; ++i) {
        s_print(&ips[i], name);
    }
    return count < 0;
}

int main(int argc, char **argv) {
    int failures = argc < 2 ? s_print_own() : 0;
    for (int i = 1; i < argc; ++i) {
        struct reseau_ip ip;
        failures += reseau_ip_parse(argv[i], &ip) == 0 ? s_print_name(&ip) : s_print_addresses(argv[i]);
    }
    return failures != 0;
}
