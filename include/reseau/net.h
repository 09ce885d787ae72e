/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_NET_H
#define RESEAU_NET_H

/*
 * Addresses, names and interfaces. Addresses are values; nothing here is tied to a loop. Functions that look names up
 * ask the system's resolver and block.
 */

#include <reseau/base.h>

/** An IPv4 or IPv6 address. */
struct reseau_ip {
    /** 4 or 6. */
    int family;
    /** IPv6: the number of the interface of a link-local address (RFC 4007), or 0. */
    uint32_t scope;
    /** In network byte order; IPv4 has the first four. */
    uint8_t bytes[16];
};

/** Room for every address as text, with its scope and a NUL. */
#define RESEAU_IP_TEXT_SIZE 64

/** An address of an interface. */
struct reseau_interface_address {
    /** The interface's name, NUL-terminated. */
    char name[64];
    /** Its number; 0 if the interface has gone meanwhile. */
    uint32_t number;
    /** The address. */
    struct reseau_ip ip;
    /** Bits of the network's prefix. */
    int prefix_length;
    /** 1 if the interface is a loopback one, else 0. */
    int is_loopback;
    /** 1 if it is up, else 0. */
    int is_up;
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Reads an address: IPv4 as four decimal numbers, IPv6 as RFC 4291 section 2.2 has it, with a scope behind it
 * (RFC 4007), by the name or the number of an interface: "fe80::1%eth0". Octal, hexadecimal and short forms of IPv4 are
 * refused. Returns 0; or RESEAU_ERROR_BAD_ADDRESS, and `*ip` is as it was. Any thread; never blocks.
 */
RESEAU_API int reseau_ip_parse(const char *text, struct reseau_ip *ip);

/**
 * Writes an address as RFC 5952 says, NUL-terminated, with its scope by the name of the interface, or by number if
 * there is none. Returns the length without the NUL; or RESEAU_ERROR_NO_ROOM, RESEAU_ERROR_INVALID_ARGUMENT for a
 * family that is neither 4 nor 6. Any thread; never blocks.
 */
RESEAU_API int reseau_ip_format(const struct reseau_ip *ip, char *buffer, size_t size);

/**
 * Less than 0, 0, or more: an order of addresses, IPv4 first, then by number, then by scope. NULL, and what has another
 * family, comes before all of them. Any thread; never blocks.
 */
RESEAU_API int reseau_ip_compare(const struct reseau_ip *a, const struct reseau_ip *b);

/**
 * 1 for addresses that are good on one link only: 169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291); else 0. Any
 * thread; never blocks.
 */
RESEAU_API int reseau_ip_is_link_local(const struct reseau_ip *ip);

/**
 * The addresses of a name, in the system's order. `family` is 4, 6, or 0 for both. Writes up to `capacity` and returns
 * how many there are, which may be more. A name that is an address is its own; RESEAU_ERROR_BAD_ADDRESS for the old
 * forms of IPv4, which resolvers take for addresses. RESEAU_ERROR_NAME_NOT_FOUND, _NAME_TRY_AGAIN or _NAME_FAILED;
 * `*resolver_error`, if not NULL, gets the resolver's own code (EAI_*, getaddrinfo(3)), or 0. Any thread; blocks for as
 * long as the system's resolver does.
 */
RESEAU_API int
reseau_resolve(const char *name, int family, struct reseau_ip *ips, size_t capacity, int *resolver_error);

/**
 * The name of an address (a PTR record or the system's own files; getnameinfo(3)), NUL-terminated. Returns its length
 * without the NUL; or RESEAU_ERROR_NO_ROOM, and nothing is written, or errors and codes as reseau_resolve() has them.
 * Any thread; blocks for as long as the system's resolver does.
 */
RESEAU_API int reseau_resolve_reverse(const struct reseau_ip *ip, char *name, size_t size, int *resolver_error);

/**
 * The addresses of this host's interfaces, in the system's order, also of those that are down. `family` is 4, 6, or 0
 * for both; loopback interfaces only if `with_loopback` is not 0. Writes up to `capacity` and returns how many there
 * are, which may be more. Any thread; asks the kernel only, and does not block.
 */
RESEAU_API int
reseau_interface_addresses(int family, int with_loopback, struct reseau_interface_address *addresses, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_NET_H */
