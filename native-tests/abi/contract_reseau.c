/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI of the reseau surface: errors, addresses, loops, datagrams, files. Each line is an assertion. */
#if !defined(ABI_CHECK_ANY_PLATFORM) && !(defined(__linux__) && defined(__x86_64__) && defined(__LP64__))
#    error "the contract holds the Linux x86-64 layout; define ABI_CHECK_ANY_PLATFORM to try anyway"
#endif
#include <stddef.h>
#include <reseau/base.h>
#include <reseau/completion.h>
#include <reseau/datagram.h>
#include <reseau/file.h>
#include <reseau/hooks.h>
#include <reseau/loop.h>
#include <reseau/net.h>
#include <reseau/tls.h>

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
_Static_assert(RESEAU_ERROR_HOOK == -41, "RESEAU_ERROR_HOOK is -41");
_Static_assert(RESEAU_ERROR_EXISTS == -51, "RESEAU_ERROR_EXISTS is -51");
_Static_assert(RESEAU_ERROR_NO_SPACE == -52, "RESEAU_ERROR_NO_SPACE is -52");
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
_Static_assert(sizeof(struct reseau_datagram) == 64, "size of struct reseau_datagram is 64");
_Static_assert(_Alignof(struct reseau_datagram) == 8, "alignment of struct reseau_datagram is 8");
_Static_assert(offsetof(struct reseau_datagram, data) == 0, "offset of struct reseau_datagram.data is 0");
_Static_assert(offsetof(struct reseau_datagram, length) == 8, "offset of struct reseau_datagram.length is 8");
_Static_assert(offsetof(struct reseau_datagram, capacity) == 16, "offset of struct reseau_datagram.capacity is 16");
_Static_assert(offsetof(struct reseau_datagram, ip) == 24, "offset of struct reseau_datagram.ip is 24");
_Static_assert(offsetof(struct reseau_datagram, port) == 48, "offset of struct reseau_datagram.port is 48");
_Static_assert(offsetof(struct reseau_datagram, is_truncated) == 52, "offset of struct reseau_datagram.is_truncated is 52");
_Static_assert(offsetof(struct reseau_datagram, segment_size) == 56, "offset of struct reseau_datagram.segment_size is 56");
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
_Static_assert(offsetof(struct reseau_datagram_options, join_received) == 60, "offset of struct reseau_datagram_options.join_received is 60");
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

/* reseau/hooks.h */
_Static_assert(RESEAU_HOOK_DONE == 0, "RESEAU_HOOK_DONE is 0");
_Static_assert(RESEAU_HOOK_MORE == 1, "RESEAU_HOOK_MORE is 1");
_Static_assert(RESEAU_HOOK_END == 2, "RESEAU_HOOK_END is 2");
_Static_assert(sizeof(struct reseau_hook_bytes) == 56, "reseau_hook_bytes has 56 bytes");
_Static_assert(offsetof(struct reseau_hook_bytes, input) == 0, "reseau_hook_bytes.input is at 0");
_Static_assert(offsetof(struct reseau_hook_bytes, input_length) == 8, "reseau_hook_bytes.input_length is at 8");
_Static_assert(offsetof(struct reseau_hook_bytes, is_last) == 16, "reseau_hook_bytes.is_last is at 16");
_Static_assert(offsetof(struct reseau_hook_bytes, output) == 24, "reseau_hook_bytes.output is at 24");
_Static_assert(offsetof(struct reseau_hook_bytes, output_room) == 32, "reseau_hook_bytes.output_room is at 32");
_Static_assert(offsetof(struct reseau_hook_bytes, consumed) == 40, "reseau_hook_bytes.consumed is at 40");
_Static_assert(offsetof(struct reseau_hook_bytes, produced) == 48, "reseau_hook_bytes.produced is at 48");
_Static_assert(sizeof(struct reseau_hook) == 56, "reseau_hook has 56 bytes");
_Static_assert(offsetof(struct reseau_hook, size) == 0, "reseau_hook.size is at 0");
_Static_assert(offsetof(struct reseau_hook, state) == 8, "reseau_hook.state is at 8");
_Static_assert(offsetof(struct reseau_hook, read) == 16, "reseau_hook.read is at 16");
_Static_assert(offsetof(struct reseau_hook, write) == 24, "reseau_hook.write is at 24");
_Static_assert(offsetof(struct reseau_hook, flush) == 32, "reseau_hook.flush is at 32");
_Static_assert(offsetof(struct reseau_hook, close) == 40, "reseau_hook.close is at 40");
_Static_assert(offsetof(struct reseau_hook, destroy) == 48, "reseau_hook.destroy is at 48");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_add_hook), int (reseau_id, const struct reseau_hook *)), "reseau_add_hook is int (reseau_id, const struct reseau_hook *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_flush_hooks), int (reseau_id)), "reseau_flush_hooks is int (reseau_id)");

/* reseau/tls.h */
_Static_assert(sizeof(struct reseau_tls_options) == 208, "reseau_tls_options has 208 bytes");
_Static_assert(offsetof(struct reseau_tls_options, ca_file) == 8, "reseau_tls_options.ca_file is at 8");
_Static_assert(offsetof(struct reseau_tls_options, certificate_file) == 40, "reseau_tls_options.certificate_file is at 40");
_Static_assert(offsetof(struct reseau_tls_options, server_name) == 88, "reseau_tls_options.server_name is at 88");
_Static_assert(offsetof(struct reseau_tls_options, alpn) == 96, "reseau_tls_options.alpn is at 96");
_Static_assert(offsetof(struct reseau_tls_options, minimum_version) == 104, "reseau_tls_options.minimum_version is at 104");
_Static_assert(offsetof(struct reseau_tls_options, insecure) == 108, "reseau_tls_options.insecure is at 108");
_Static_assert(offsetof(struct reseau_tls_options, client_certificates) == 112, "reseau_tls_options.client_certificates is at 112");
_Static_assert(offsetof(struct reseau_tls_options, crl_file) == 120, "reseau_tls_options.crl_file is at 120");
_Static_assert(offsetof(struct reseau_tls_options, crl_pem) == 128, "reseau_tls_options.crl_pem is at 128");
_Static_assert(offsetof(struct reseau_tls_options, crl_pem_length) == 136, "reseau_tls_options.crl_pem_length is at 136");
_Static_assert(offsetof(struct reseau_tls_options, require_staple) == 144, "reseau_tls_options.require_staple is at 144");
_Static_assert(offsetof(struct reseau_tls_options, no_resumption) == 148, "reseau_tls_options.no_resumption is at 148");
_Static_assert(offsetof(struct reseau_tls_options, staple_file) == 152, "reseau_tls_options.staple_file is at 152");
_Static_assert(offsetof(struct reseau_tls_options, certificates) == 160, "reseau_tls_options.certificates is at 160");
_Static_assert(offsetof(struct reseau_tls_options, certificate_count) == 168, "reseau_tls_options.certificate_count is at 168");
_Static_assert(sizeof(struct reseau_tls_certificate) == 64, "reseau_tls_certificate has 64 bytes");
_Static_assert(sizeof(struct reseau_tls_info) == 592, "reseau_tls_info has 592 bytes");
_Static_assert(sizeof(struct reseau_certificate) == 72, "reseau_certificate has 72 bytes");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_start_tls), int (reseau_id, int, const struct reseau_tls_options *)), "reseau_start_tls is int (reseau_id, int, const struct reseau_tls_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_start_tls_then), int (reseau_id, int, const struct reseau_tls_options *, void (*)(reseau_id, void *))), "reseau_start_tls_then is int (reseau_id, int, const struct reseau_tls_options *, void (*)(reseau_id, void *))");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_tls_reload), int (reseau_id, const struct reseau_tls_options *)), "reseau_tls_reload is int (reseau_id, const struct reseau_tls_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_tls_info), int (reseau_id, struct reseau_tls_info *)), "reseau_tls_info is int (reseau_id, struct reseau_tls_info *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_tls_peer_certificate), int (reseau_id, struct reseau_certificate **)), "reseau_tls_peer_certificate is int (reseau_id, struct reseau_certificate **)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_tls_protocol), int (reseau_id, char *, size_t)), "reseau_tls_protocol is int (reseau_id, char *, size_t)");
/* reseau/file.h */
_Static_assert(RESEAU_FILE_READ == 1, "RESEAU_FILE_READ is 1");
_Static_assert(RESEAU_FILE_WRITE == 2, "RESEAU_FILE_WRITE is 2");
_Static_assert(RESEAU_FILE_CREATE == 4, "RESEAU_FILE_CREATE is 4");
_Static_assert(RESEAU_FILE_EXCLUSIVE == 8, "RESEAU_FILE_EXCLUSIVE is 8");
_Static_assert(RESEAU_FILE_TRUNCATE == 16, "RESEAU_FILE_TRUNCATE is 16");
_Static_assert(RESEAU_FILE_KIND_OTHER == 0, "RESEAU_FILE_KIND_OTHER is 0");
_Static_assert(RESEAU_FILE_KIND_REGULAR == 1, "RESEAU_FILE_KIND_REGULAR is 1");
_Static_assert(RESEAU_FILE_KIND_FOLDER == 2, "RESEAU_FILE_KIND_FOLDER is 2");
_Static_assert(RESEAU_FILE_CREATED == 1, "RESEAU_FILE_CREATED is 1");
_Static_assert(RESEAU_FILE_CHANGED == 2, "RESEAU_FILE_CHANGED is 2");
_Static_assert(RESEAU_FILE_REMOVED == 3, "RESEAU_FILE_REMOVED is 3");
_Static_assert(RESEAU_FILE_RENAMED == 4, "RESEAU_FILE_RENAMED is 4");
_Static_assert(RESEAU_FILE_RESCAN == 5, "RESEAU_FILE_RESCAN is 5");
_Static_assert(sizeof(struct reseau_file_info) == 40, "size of struct reseau_file_info is 40");
_Static_assert(_Alignof(struct reseau_file_info) == 8, "alignment of struct reseau_file_info is 8");
_Static_assert(offsetof(struct reseau_file_info, size) == 0, "offset of struct reseau_file_info.size is 0");
_Static_assert(offsetof(struct reseau_file_info, length) == 8, "offset of struct reseau_file_info.length is 8");
_Static_assert(offsetof(struct reseau_file_info, node) == 16, "offset of struct reseau_file_info.node is 16");
_Static_assert(offsetof(struct reseau_file_info, modified_ns) == 24, "offset of struct reseau_file_info.modified_ns is 24");
_Static_assert(offsetof(struct reseau_file_info, kind) == 32, "offset of struct reseau_file_info.kind is 32");
_Static_assert(offsetof(struct reseau_file_info, mode) == 36, "offset of struct reseau_file_info.mode is 36");
_Static_assert(sizeof(struct reseau_file_options) == 48, "size of struct reseau_file_options is 48");
_Static_assert(_Alignof(struct reseau_file_options) == 8, "alignment of struct reseau_file_options is 8");
_Static_assert(offsetof(struct reseau_file_options, size) == 0, "offset of struct reseau_file_options.size is 0");
_Static_assert(offsetof(struct reseau_file_options, state) == 8, "offset of struct reseau_file_options.state is 8");
_Static_assert(offsetof(struct reseau_file_options, on_close) == 16, "offset of struct reseau_file_options.on_close is 16");
_Static_assert(offsetof(struct reseau_file_options, loop) == 24, "offset of struct reseau_file_options.loop is 24");
_Static_assert(offsetof(struct reseau_file_options, mode) == 32, "offset of struct reseau_file_options.mode is 32");
_Static_assert(offsetof(struct reseau_file_options, gather_ms) == 40, "offset of struct reseau_file_options.gather_ms is 40");
_Static_assert(sizeof(struct reseau_file_change) == 24, "size of struct reseau_file_change is 24");
_Static_assert(_Alignof(struct reseau_file_change) == 8, "alignment of struct reseau_file_change is 8");
_Static_assert(offsetof(struct reseau_file_change, kind) == 0, "offset of struct reseau_file_change.kind is 0");
_Static_assert(offsetof(struct reseau_file_change, is_folder) == 4, "offset of struct reseau_file_change.is_folder is 4");
_Static_assert(offsetof(struct reseau_file_change, name) == 8, "offset of struct reseau_file_change.name is 8");
_Static_assert(offsetof(struct reseau_file_change, old_name) == 16, "offset of struct reseau_file_change.old_name is 16");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_open), reseau_id (const char *, int, const struct reseau_file_options *)), "reseau_file_open is reseau_id (const char *, int, const struct reseau_file_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_open_start), reseau_id (const char *, int, const struct reseau_file_options *, void (*)(reseau_id, int64_t, void *), void *)), "reseau_file_open_start is reseau_id (const char *, int, const struct reseau_file_options *, void (*)(reseau_id, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_read), int64_t (reseau_id, void *, size_t, uint64_t)), "reseau_file_read is int64_t (reseau_id, void *, size_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_read_start), int (reseau_id, void *, size_t, uint64_t, void (*)(reseau_id, int64_t, void *), void *)), "reseau_file_read_start is int (reseau_id, void *, size_t, uint64_t, void (*)(reseau_id, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_write), int64_t (reseau_id, const void *, size_t, uint64_t)), "reseau_file_write is int64_t (reseau_id, const void *, size_t, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_write_start), int (reseau_id, const void *, size_t, uint64_t, void (*)(reseau_id, int64_t, void *), void *)), "reseau_file_write_start is int (reseau_id, const void *, size_t, uint64_t, void (*)(reseau_id, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_sync), int (reseau_id)), "reseau_file_sync is int (reseau_id)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_sync_start), int (reseau_id, void (*)(reseau_id, int64_t, void *), void *)), "reseau_file_sync_start is int (reseau_id, void (*)(reseau_id, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_truncate), int (reseau_id, uint64_t)), "reseau_file_truncate is int (reseau_id, uint64_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_truncate_start), int (reseau_id, uint64_t, void (*)(reseau_id, int64_t, void *), void *)), "reseau_file_truncate_start is int (reseau_id, uint64_t, void (*)(reseau_id, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_info), int (reseau_id, struct reseau_file_info *)), "reseau_file_info is int (reseau_id, struct reseau_file_info *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_info_start), int (reseau_id, struct reseau_file_info *, void (*)(reseau_id, int64_t, void *), void *)), "reseau_file_info_start is int (reseau_id, struct reseau_file_info *, void (*)(reseau_id, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_info_of), int (const char *, struct reseau_file_info *)), "reseau_file_info_of is int (const char *, struct reseau_file_info *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_load), int64_t (const char *, void **, size_t)), "reseau_file_load is int64_t (const char *, void **, size_t)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_load_start), reseau_id (const char *, size_t, const struct reseau_file_options *, void (*)(reseau_id, void *, int64_t, void *), void *)), "reseau_file_load_start is reseau_id (const char *, size_t, const struct reseau_file_options *, void (*)(reseau_id, void *, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_store), int64_t (const char *, const void *, size_t, const struct reseau_file_options *)), "reseau_file_store is int64_t (const char *, const void *, size_t, const struct reseau_file_options *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_store_start), reseau_id (const char *, const void *, size_t, const struct reseau_file_options *, void (*)(reseau_id, int64_t, void *), void *)), "reseau_file_store_start is reseau_id (const char *, const void *, size_t, const struct reseau_file_options *, void (*)(reseau_id, int64_t, void *), void *)");
_Static_assert(__builtin_types_compatible_p(__typeof__(reseau_file_watch), reseau_id (const char *, const struct reseau_file_options *, void (*)(reseau_id, const struct reseau_file_change *, void *), void *)), "reseau_file_watch is reseau_id (const char *, const struct reseau_file_options *, void (*)(reseau_id, const struct reseau_file_change *, void *), void *)");
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
