/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_IO_HOST_RESOLVER_H
#define AWS_IO_HOST_RESOLVER_H

/*
 * Resolves host names to addresses, and remembers what it found.
 *
 * The default resolver has a thread for each name that is in use. It asks again at intervals, forgets addresses after
 * their time to live, puts addresses to which connections failed aside, and ends when the name has not been asked for
 * during the time to live. Each answer has at most one IPv6 and one IPv4 address, and answers go round the known ones.
 */

#include <aws/io/io.h>

#include <aws/common/ref_count.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_array_list;
struct aws_event_loop_group;
struct aws_host_resolver;
struct aws_string;

/** Families of addresses. */
enum aws_address_record_type {
    /** IPv4. */
    AWS_ADDRESS_RECORD_TYPE_A,
    /** IPv6. */
    AWS_ADDRESS_RECORD_TYPE_AAAA,
};

/** One address of a host, and what the resolver knows of it. */
struct aws_host_address {
    /** Of the strings. */
    struct aws_allocator *allocator;
    /** Name that was asked for. */
    const struct aws_string *host;
    /** Text form of the address. */
    const struct aws_string *address;
    enum aws_address_record_type record_type;
    /** Nanoseconds of the resolver's clock at which it is forgotten. */
    uint64_t expiry;
    /** Answers that held it. */
    size_t use_count;
    /** Failures recorded against it. */
    size_t connection_failure_count;
    /** Unused. */
    uint8_t weight;
};

AWS_EXTERN_C_BEGIN

/**
 * Reports the answer to aws_host_resolver_resolve_host(). With `err_code` 0, `host_addresses` lists one or two struct
 * aws_host_address, IPv6 first; otherwise it is NULL.
 * Called exactly once for each call that returned AWS_OP_SUCCESS: inside the call, on the caller's thread, if the
 * answer was known; else on a thread of the resolver. Never under a lock. Copy what you keep. May use the
 * resolver, and may drop references to it.
 */
typedef void(aws_on_host_resolved_result_fn)(
    struct aws_host_resolver *resolver,
    const struct aws_string *host_name,
    int err_code,
    const struct aws_array_list *host_addresses,
    void *user_data);

/**
 * Finds the addresses of a host: appends struct aws_host_address to `output_addresses`, with strings from `allocator`,
 * or raises the reason and returns AWS_OP_ERR.
 * Called on a thread of the resolver, which it may block, at the intervals of the configuration; for different names
 * at the same time. `user_data` is the configuration's `impl_data`.
 */
typedef int(aws_resolve_host_implementation_fn)(
    struct aws_allocator *allocator,
    const struct aws_string *host_name,
    struct aws_array_list *output_addresses,
    void *user_data);

/**
 * How to resolve a name. The configuration that a name is first asked for with stays in force as long as its thread
 * lives.
 */
struct aws_host_resolution_config {
    /** NULL means aws_default_dns_resolve(). */
    aws_resolve_host_implementation_fn *impl;
    /**
     * Time to live of an address, in seconds; also how long a name stays known after the last request, at least one
     * second; and most addresses of each family.
     */
    size_t max_ttl;
    /** Must outlive the resolver's threads. */
    void *impl_data;
    /** Nanoseconds between queries; at least 0.1 seconds, at most `max_ttl`. 0 means one second. */
    uint64_t resolve_frequency_ns;
};

/** What to forget. */
struct aws_host_resolver_purge_host_options {
    /** Required. Need not outlive the call. */
    const struct aws_string *host;
    /** Optional. Called once, when no thread works on the name any more; never inside the call. */
    aws_simple_completion_callback *on_host_purge_complete_callback;
    /** For `on_host_purge_complete_callback`. */
    void *user_data;
};

/**
 * What makes a resolver. Each function of this header calls the one of the same name and documents what it must do.
 * Functions not marked optional are required.
 */
struct aws_host_resolver_vtable {
    /**
     * Called once, when the last reference is dropped. Ends the resolver, in the background if need be, then frees it
     * and calls its shutdown callback.
     */
    void (*destroy)(struct aws_host_resolver *resolver);
    int (*resolve_host)(
        struct aws_host_resolver *resolver,
        const struct aws_string *host_name,
        aws_on_host_resolved_result_fn *res,
        const struct aws_host_resolution_config *config,
        void *user_data);
    int (*record_connection_failure)(struct aws_host_resolver *resolver, const struct aws_host_address *address);
    int (*purge_cache)(struct aws_host_resolver *resolver);
    /** Optional. */
    int (*purge_cache_with_callback)(
        struct aws_host_resolver *resolver,
        aws_simple_completion_callback *on_purge_cache_complete_callback,
        void *user_data);
    /** Optional. */
    int (*purge_host_cache)(
        struct aws_host_resolver *resolver, const struct aws_host_resolver_purge_host_options *options);
    /** Called on any thread. */
    size_t (*get_host_address_count)(
        struct aws_host_resolver *resolver, const struct aws_string *host_name, uint32_t flags);
};

/** A resolver: the base of every implementation. */
struct aws_host_resolver {
    /** Where the resolver's memory comes from. */
    struct aws_allocator *allocator;
    /** The implementer's. */
    void *impl;
    /** The kind of resolver. Not owned. */
    struct aws_host_resolver_vtable *vtable;
    /** Use aws_host_resolver_acquire() and _release(). */
    struct aws_ref_count ref_count;
    /** Called when the resolver has ended. */
    struct aws_shutdown_callback_options shutdown_options;
};

/** Which addresses to count; may be combined. */
enum aws_get_host_address_flags {
    AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_A = 1,
    AWS_GET_HOST_ADDRESS_COUNT_RECORD_TYPE_AAAA,
};

/** How to make the default resolver. */
struct aws_host_resolver_default_options {
    /** Names to make room for at first. */
    size_t max_entries;
    /** Required. Runs purge callbacks; kept alive by the resolver. */
    struct aws_event_loop_group *el_group;
    /** Optional. Called once, when the last reference is dropped and every thread of the resolver has ended. */
    const struct aws_shutdown_callback_options *shutdown_options;
    /** Optional. Clock for times to live; NULL means aws_high_res_clock_get_ticks(). */
    aws_io_clock_fn *system_clock_override_fn;
};

/**
 * Copies an address, strings included. `to` is overwritten, not cleaned up.
 * One thread at a time.
 */
AWS_IO_API
int aws_host_address_copy(const struct aws_host_address *from, struct aws_host_address *to);

/**
 * Moves an address: `from` is zeroed. `to` is overwritten, not cleaned up.
 * One thread at a time.
 */
AWS_IO_API
void aws_host_address_move(struct aws_host_address *from, struct aws_host_address *to);

/**
 * Frees the strings of an address and zeroes it. A zeroed one is allowed.
 * One thread at a time.
 */
AWS_IO_API
void aws_host_address_clean_up(struct aws_host_address *address);

/**
 * The implementation that asks the system. Blocks.
 * Errors: AWS_IO_DNS_INVALID_NAME if the name does not exist; AWS_IO_DNS_QUERY_FAILED; AWS_ERROR_SYS_CALL_FAILURE.
 * Thread-safe: any thread. Not on an event-loop thread.
 */
AWS_IO_API
int aws_default_dns_resolve(
    struct aws_allocator *allocator,
    const struct aws_string *host_name,
    struct aws_array_list *output_addresses,
    void *user_data);

/**
 * Makes the default resolver. The caller owns one reference.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_host_resolver *
aws_host_resolver_new_default(struct aws_allocator *allocator, const struct aws_host_resolver_default_options *options);

/**
 * Adds a reference. Returns its argument, which may be NULL.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_host_resolver *aws_host_resolver_acquire(struct aws_host_resolver *resolver);

/**
 * Drops a reference. NULL is allowed. The last one ends the resolver in the background: requests that are not answered
 * yet get AWS_IO_DNS_HOST_REMOVED_FROM_CACHE, threads end, memory is freed, the shutdown callback is called.
 * Thread-safe: any thread.
 */
AWS_IO_API
void aws_host_resolver_release(struct aws_host_resolver *resolver);

/**
 * Asks for the addresses of a host. The answer comes to `res`, possibly inside this call. The name and the
 * configuration are copied.
 * Errors, in the callback: those of the configuration's `impl`; AWS_IO_DNS_QUERY_FAILED if no address is usable;
 * AWS_IO_DNS_HOST_REMOVED_FROM_CACHE if the name is purged or the resolver ends first.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_host_resolver_resolve_host(
    struct aws_host_resolver *resolver,
    const struct aws_string *host_name,
    aws_on_host_resolved_result_fn *res,
    const struct aws_host_resolution_config *config,
    void *user_data);

/**
 * Puts an address aside, because a connection to it failed. It is used again only if no better one of its family is
 * known, until it expires. `address` needs `host`, `address` and `record_type`. An unknown address is no error.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_host_resolver_record_connection_failure(
    struct aws_host_resolver *resolver, const struct aws_host_address *address);

/**
 * Forgets every name. Requests that are not answered yet are answered or get AWS_IO_DNS_HOST_REMOVED_FROM_CACHE. Does
 * not wait for the threads.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_host_resolver_purge_cache(struct aws_host_resolver *resolver);

/**
 * The same, and calls the callback, which may be NULL, once no thread works on those names any more: once, on a thread
 * of the resolver or of the loop group, never inside this call.
 * Errors: AWS_ERROR_UNSUPPORTED_OPERATION if the resolver cannot.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_host_resolver_purge_cache_with_callback(
    struct aws_host_resolver *resolver,
    aws_simple_completion_callback *on_purge_cache_complete_callback,
    void *user_data);

/**
 * Forgets one name. An unknown name is no error; its callback is called as well.
 * Errors: AWS_ERROR_INVALID_ARGUMENT; AWS_ERROR_UNSUPPORTED_OPERATION if the resolver cannot.
 * Thread-safe: any thread.
 */
AWS_IO_API
int aws_host_resolver_purge_host_cache(
    struct aws_host_resolver *resolver, const struct aws_host_resolver_purge_host_options *options);

/**
 * Number of good addresses known for a name, of the families in `flags` (enum aws_get_host_address_flags). 0 for an
 * unknown name.
 * Thread-safe: any thread.
 */
AWS_IO_API
size_t aws_host_resolver_get_host_address_count(
    struct aws_host_resolver *resolver, const struct aws_string *host_name, uint32_t flags);

/**
 * The usual configuration: aws_default_dns_resolve(), 30 seconds to live, one second between queries.
 * Thread-safe: any thread.
 */
AWS_IO_API
struct aws_host_resolution_config aws_host_resolver_init_default_resolution_config(void);

AWS_EXTERN_C_END

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_IO_HOST_RESOLVER_H */
