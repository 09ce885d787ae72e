/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI of the reseau surface: errors, addresses, loops, datagrams. Each line is an assertion. */
#if !defined(ABI_CHECK_ANY_PLATFORM) && !(defined(__linux__) && defined(__x86_64__) && defined(__LP64__))
#    error "the contract holds the Linux x86-64 layout; define ABI_CHECK_ANY_PLATFORM to try anyway"
#endif
#include <stddef.h>
#include <reseau/base.h>
#include <reseau/completion.h>
#include <reseau/datagram.h>
#include <reseau/loop.h>
#include <reseau/net.h>

/* reseau/base.h */
_Static_assert(RESEAU_ERROR_INVALID_ARGUMENT == -1, "RESEAU_ERROR_INVALID_ARGUMENT is -1");
_Static_assert(RESEAU_ERROR_BAD_ID == -2, "RESEAU_ERROR_BAD_ID is -2");
_Static_assert(RESEAU_ERROR_WRONG_KIND == -3, "RESEAU_ERROR_WRONG_KIND is -3");
_Static_assert(RESEAU_ERROR_CLOSED == -4, "RESEAU_ERROR_CLOSED is -4");
_Static_assert(RESEAU_ERROR_END_OF_STREAM == -5, "RESEAU_ERROR_END_OF_STREAM is -5");
_Static_assert(RESEAU_ERROR_TIMED_OUT == -6, "RESEAU_ERROR_TIMED_OUT is -6");
_Static_assert(RESEAU_ERROR_WOULD_BLOCK == -7, "RESEAU_ERROR_WOULD_BLOCK is -7");
_Static_assert(RESEAU_ERROR_WOULD_BLOCK_LOOP == -8, "RESEAU_ERROR_WOULD_BLOCK_LOOP is -8");
_Static_assert(RESEAU_ERROR_CANCELED == -9, "RESEAU_ERROR_CANCELED is -9");
_Static_assert(RESEAU_ERROR_BUSY == -10, "RESEAU_ERROR_BUSY is -10");
_Static_assert(RESEAU_ERROR_NO_ROOM == -11, "RESEAU_ERROR_NO_ROOM is -11");
_Static_assert(RESEAU_ERROR_TOO_LARGE == -12, "RESEAU_ERROR_TOO_LARGE is -12");
_Static_assert(RESEAU_ERROR_NO_MEMORY == -13, "RESEAU_ERROR_NO_MEMORY is -13");
_Static_assert(RESEAU_ERROR_TOO_MANY_FILES == -14, "RESEAU_ERROR_TOO_MANY_FILES is -14");
_Static_assert(RESEAU_ERROR_ACCESS_DENIED == -15, "RESEAU_ERROR_ACCESS_DENIED is -15");
_Static_assert(RESEAU_ERROR_ADDRESS_IN_USE == -16, "RESEAU_ERROR_ADDRESS_IN_USE is -16");
_Static_assert(RESEAU_ERROR_ADDRESS_NOT_AVAILABLE == -17, "RESEAU_ERROR_ADDRESS_NOT_AVAILABLE is -17");
_Static_assert(RESEAU_ERROR_BAD_ADDRESS == -18, "RESEAU_ERROR_BAD_ADDRESS is -18");
_Static_assert(RESEAU_ERROR_UNSUPPORTED == -19, "RESEAU_ERROR_UNSUPPORTED is -19");
_Static_assert(RESEAU_ERROR_REFUSED == -20, "RESEAU_ERROR_REFUSED is -20");
_Static_assert(RESEAU_ERROR_RESET == -21, "RESEAU_ERROR_RESET is -21");
_Static_assert(RESEAU_ERROR_UNREACHABLE == -22, "RESEAU_ERROR_UNREACHABLE is -22");
_Static_assert(RESEAU_ERROR_NETWORK_DOWN == -23, "RESEAU_ERROR_NETWORK_DOWN is -23");
_Static_assert(RESEAU_ERROR_NAME_NOT_FOUND == -24, "RESEAU_ERROR_NAME_NOT_FOUND is -24");
_Static_assert(RESEAU_ERROR_NAME_TRY_AGAIN == -25, "RESEAU_ERROR_NAME_TRY_AGAIN is -25");
_Static_assert(RESEAU_ERROR_NAME_FAILED == -26, "RESEAU_ERROR_NAME_FAILED is -26");
_Static_assert(RESEAU_ERROR_TLS_HANDSHAKE == -27, "RESEAU_ERROR_TLS_HANDSHAKE is -27");
_Static_assert(RESEAU_ERROR_TLS_CERTIFICATE == -28, "RESEAU_ERROR_TLS_CERTIFICATE is -28");
_Static_assert(RESEAU_ERROR_TLS_PROTOCOL == -29, "RESEAU_ERROR_TLS_PROTOCOL is -29");
_Static_assert(RESEAU_ERROR_TLS_TRUNCATED == -30, "RESEAU_ERROR_TLS_TRUNCATED is -30");
_Static_assert(RESEAU_ERROR_TLS_OPTIONS == -31, "RESEAU_ERROR_TLS_OPTIONS is -31");
_Static_assert(RESEAU_ERROR_NOT_FOUND == -32, "RESEAU_ERROR_NOT_FOUND is -32");
_Static_assert(RESEAU_ERROR_FILE == -33, "RESEAU_ERROR_FILE is -33");
_Static_assert(RESEAU_ERROR_SLOW_READER == -34, "RESEAU_ERROR_SLOW_READER is -34");
_Static_assert(RESEAU_ERROR_LOOP_ENDED == -35, "RESEAU_ERROR_LOOP_ENDED is -35");
_Static_assert(RESEAU_ERROR_FORKED == -36, "RESEAU_ERROR_FORKED is -36");
_Static_assert(RESEAU_ERROR_SYSTEM == -37, "RESEAU_ERROR_SYSTEM is -37");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_error_name), const char * (int64_t)), "reseau_error_name is const char * (int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_error_text), const char * (int64_t)), "reseau_error_text is const char * (int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_version), const char * (void)), "reseau_version is const char * (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_free), void (void *)), "reseau_free is void (void *)");

/* reseau/net.h */
_Static_assert(sizeof(struct reseau_ip) == 24, "size of struct reseau_ip is 24");
_Static_assert(_Alignof(struct reseau_ip) == 4, "alignment of struct reseau_ip is 4");
_Static_assert(offsetof(struct reseau_ip, family) == 0, "offset of struct reseau_ip.family is 0");
_Static_assert(offsetof(struct reseau_ip, scope) == 4, "offset of struct reseau_ip.scope is 4");
_Static_assert(offsetof(struct reseau_ip, bytes) == 8, "offset of struct reseau_ip.bytes is 8");
_Static_assert(sizeof(struct reseau_interface_address) == 104, "size of struct reseau_interface_address is 104");
_Static_assert(_Alignof(struct reseau_interface_address) == 4, "alignment of struct reseau_interface_address is 4");
_Static_assert(offsetof(struct reseau_interface_address, name) == 0, "offset of struct reseau_interface_address.name is 0");
_Static_assert(offsetof(struct reseau_interface_address, number) == 64, "offset of struct reseau_interface_address.number is 64");
_Static_assert(offsetof(struct reseau_interface_address, ip) == 68, "offset of struct reseau_interface_address.ip is 68");
_Static_assert(offsetof(struct reseau_interface_address, prefix_length) == 92, "offset of struct reseau_interface_address.prefix_length is 92");
_Static_assert(offsetof(struct reseau_interface_address, is_loopback) == 96, "offset of struct reseau_interface_address.is_loopback is 96");
_Static_assert(offsetof(struct reseau_interface_address, is_up) == 100, "offset of struct reseau_interface_address.is_up is 100");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_ip_parse), int (const char *, struct reseau_ip *)), "reseau_ip_parse is int (const char *, struct reseau_ip *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_ip_format), int (const struct reseau_ip *, char *, size_t)), "reseau_ip_format is int (const struct reseau_ip *, char *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_ip_compare), int (const struct reseau_ip *, const struct reseau_ip *)), "reseau_ip_compare is int (const struct reseau_ip *, const struct reseau_ip *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_ip_is_link_local), int (const struct reseau_ip *)), "reseau_ip_is_link_local is int (const struct reseau_ip *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_resolve), int (const char *, int, struct reseau_ip *, size_t, int *)), "reseau_resolve is int (const char *, int, struct reseau_ip *, size_t, int *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_resolve_reverse), int (const struct reseau_ip *, char *, size_t, int *)), "reseau_resolve_reverse is int (const struct reseau_ip *, char *, size_t, int *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_interface_addresses), int (int, int, struct reseau_interface_address *, size_t)), "reseau_interface_addresses is int (int, int, struct reseau_interface_address *, size_t)");

/* reseau/loop.h */
_Static_assert(RESEAU_READABLE == 1, "RESEAU_READABLE is 1");
_Static_assert(RESEAU_WRITABLE == 2, "RESEAU_WRITABLE is 2");
_Static_assert(RESEAU_BROKEN == 4, "RESEAU_BROKEN is 4");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_loop_new), reseau_id (void)), "reseau_loop_new is reseau_id (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_loop_run), int (reseau_id, int64_t)), "reseau_loop_run is int (reseau_id, int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_loop_stop), int (reseau_id)), "reseau_loop_stop is int (reseau_id)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_loop_of), reseau_id (reseau_id)), "reseau_loop_of is reseau_id (reseau_id)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_loop_current), reseau_id (void)), "reseau_loop_current is reseau_id (void)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_post), int (reseau_id, void (*)(void *, int), void *)), "reseau_post is int (reseau_id, void (*)(void *, int), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_timer_start), reseau_id (reseau_id, int64_t, int64_t, void (*)(reseau_id, void *), void *)), "reseau_timer_start is reseau_id (reseau_id, int64_t, int64_t, void (*)(reseau_id, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_timer_restart), int (reseau_id, int64_t)), "reseau_timer_restart is int (reseau_id, int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_watch), reseau_id (reseau_id, int, int, void (*)(reseau_id, int, void *), void *)), "reseau_watch is reseau_id (reseau_id, int, int, void (*)(reseau_id, int, void *), void *)");

/* reseau/datagram.h */
_Static_assert(sizeof(struct reseau_datagram) == 56, "size of struct reseau_datagram is 56");
_Static_assert(_Alignof(struct reseau_datagram) == 8, "alignment of struct reseau_datagram is 8");
_Static_assert(offsetof(struct reseau_datagram, data) == 0, "offset of struct reseau_datagram.data is 0");
_Static_assert(offsetof(struct reseau_datagram, length) == 8, "offset of struct reseau_datagram.length is 8");
_Static_assert(offsetof(struct reseau_datagram, capacity) == 16, "offset of struct reseau_datagram.capacity is 16");
_Static_assert(offsetof(struct reseau_datagram, ip) == 24, "offset of struct reseau_datagram.ip is 24");
_Static_assert(offsetof(struct reseau_datagram, port) == 48, "offset of struct reseau_datagram.port is 48");
_Static_assert(offsetof(struct reseau_datagram, is_truncated) == 52, "offset of struct reseau_datagram.is_truncated is 52");
_Static_assert(sizeof(struct reseau_datagram_options) == 64, "size of struct reseau_datagram_options is 64");
_Static_assert(_Alignof(struct reseau_datagram_options) == 8, "alignment of struct reseau_datagram_options is 8");
_Static_assert(offsetof(struct reseau_datagram_options, size) == 0, "offset of struct reseau_datagram_options.size is 0");
_Static_assert(offsetof(struct reseau_datagram_options, state) == 8, "offset of struct reseau_datagram_options.state is 8");
_Static_assert(offsetof(struct reseau_datagram_options, on_datagram) == 16, "offset of struct reseau_datagram_options.on_datagram is 16");
_Static_assert(offsetof(struct reseau_datagram_options, on_close) == 24, "offset of struct reseau_datagram_options.on_close is 24");
_Static_assert(offsetof(struct reseau_datagram_options, loop) == 32, "offset of struct reseau_datagram_options.loop is 32");
_Static_assert(offsetof(struct reseau_datagram_options, receive_queue_bytes) == 40, "offset of struct reseau_datagram_options.receive_queue_bytes is 40");
_Static_assert(offsetof(struct reseau_datagram_options, share_address) == 48, "offset of struct reseau_datagram_options.share_address is 48");
_Static_assert(offsetof(struct reseau_datagram_options, broadcast) == 52, "offset of struct reseau_datagram_options.broadcast is 52");
_Static_assert(offsetof(struct reseau_datagram_options, ipv6_only) == 56, "offset of struct reseau_datagram_options.ipv6_only is 56");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_bind), reseau_id (const char *, uint16_t, const struct reseau_datagram_options *)), "reseau_datagram_bind is reseau_id (const char *, uint16_t, const struct reseau_datagram_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_connect), reseau_id (const char *, uint16_t, const struct reseau_datagram_options *)), "reseau_datagram_connect is reseau_id (const char *, uint16_t, const struct reseau_datagram_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_send), int64_t (reseau_id, const void *, size_t, const struct reseau_ip *, uint16_t)), "reseau_datagram_send is int64_t (reseau_id, const void *, size_t, const struct reseau_ip *, uint16_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_send_batch), int (reseau_id, const struct reseau_datagram *, size_t)), "reseau_datagram_send_batch is int (reseau_id, const struct reseau_datagram *, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_receive), int64_t (reseau_id, struct reseau_datagram *, int64_t)), "reseau_datagram_receive is int64_t (reseau_id, struct reseau_datagram *, int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_receive_batch), int (reseau_id, struct reseau_datagram *, size_t, int64_t)), "reseau_datagram_receive_batch is int (reseau_id, struct reseau_datagram *, size_t, int64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_join), int (reseau_id, const struct reseau_ip *, const char *)), "reseau_datagram_join is int (reseau_id, const struct reseau_ip *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_leave), int (reseau_id, const struct reseau_ip *, const char *)), "reseau_datagram_leave is int (reseau_id, const struct reseau_ip *, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_set_multicast), int (reseau_id, int, int, const char *)), "reseau_datagram_set_multicast is int (reseau_id, int, int, const char *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_datagram_set_hops), int (reseau_id, int)), "reseau_datagram_set_hops is int (reseau_id, int)");

/* reseau/completion.h */
_Static_assert(RESEAU_RECEIVE == 8, "RESEAU_RECEIVE is 8");
_Static_assert(sizeof(struct reseau_completion) == 32, "struct reseau_completion has 32 bytes");
_Static_assert(offsetof(struct reseau_completion, token) == 0, "reseau_completion.token is at 0");
_Static_assert(offsetof(struct reseau_completion, events) == 8, "reseau_completion.events is at 8");
_Static_assert(offsetof(struct reseau_completion, error) == 12, "reseau_completion.error is at 12");
_Static_assert(offsetof(struct reseau_completion, length) == 16, "reseau_completion.length is at 16");
_Static_assert(offsetof(struct reseau_completion, offset) == 24, "reseau_completion.offset is at 24");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_completions_new), reseau_id (size_t)), "reseau_completions_new is reseau_id (size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_completions_memory), const void *(reseau_id, size_t *)), "reseau_completions_memory is const void *(reseau_id, size_t *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_completions_add), int (reseau_id, int, int, uint64_t)), "reseau_completions_add is int (reseau_id, int, int, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_completions_change), int (reseau_id, int, int)), "reseau_completions_change is int (reseau_id, int, int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_completions_remove), int (reseau_id, int)), "reseau_completions_remove is int (reseau_id, int)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_completions_wait), int (reseau_id, struct reseau_completion *, size_t, int64_t)), "reseau_completions_wait is int (reseau_id, struct reseau_completion *, size_t, int64_t)");
