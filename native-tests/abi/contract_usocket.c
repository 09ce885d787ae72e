/* SPDX-License-Identifier: Apache-2.0 */
/* The ABI of <reseau/transport.h> and <reseau/usocket.h>: sizes, offsets and values on 64-bit systems. */
#include <reseau/transport.h>
#include <reseau/usocket.h>

_Static_assert(sizeof(struct reseau_fragment) == 56, "reseau_fragment");
_Static_assert(offsetof(struct reseau_fragment, offset) == 0, "reseau_fragment.offset");
_Static_assert(offsetof(struct reseau_fragment, total) == 8, "reseau_fragment.total");
_Static_assert(offsetof(struct reseau_fragment, datagram) == 16, "reseau_fragment.datagram");
_Static_assert(offsetof(struct reseau_fragment, data) == 24, "reseau_fragment.data");
_Static_assert(offsetof(struct reseau_fragment, length) == 32, "reseau_fragment.length");
_Static_assert(offsetof(struct reseau_fragment, address) == 40, "reseau_fragment.address");
_Static_assert(offsetof(struct reseau_fragment, address_length) == 48, "reseau_fragment.address_length");

_Static_assert(sizeof(struct reseau_transport_traits) == 16, "reseau_transport_traits");
_Static_assert(offsetof(struct reseau_transport_traits, max_fragment) == 0, "reseau_transport_traits.max_fragment");
_Static_assert(offsetof(struct reseau_transport_traits, max_datagram) == 8, "reseau_transport_traits.max_datagram");

_Static_assert(sizeof(struct reseau_ufd_set) == 4100, "reseau_ufd_set");
_Static_assert(offsetof(struct reseau_ufd_set, count) == 0, "reseau_ufd_set.count");
_Static_assert(offsetof(struct reseau_ufd_set, descriptors) == 4, "reseau_ufd_set.descriptors");

_Static_assert(sizeof(struct reseau_transport_hooks) == 152, "reseau_transport_hooks");
_Static_assert(offsetof(struct reseau_transport_hooks, size) == 0, "reseau_transport_hooks.size");
_Static_assert(offsetof(struct reseau_transport_hooks, create) == 8, "reseau_transport_hooks.create");
_Static_assert(offsetof(struct reseau_transport_hooks, close) == 16, "reseau_transport_hooks.close");
_Static_assert(offsetof(struct reseau_transport_hooks, destroy) == 24, "reseau_transport_hooks.destroy");
_Static_assert(offsetof(struct reseau_transport_hooks, end) == 32, "reseau_transport_hooks.end");
_Static_assert(offsetof(struct reseau_transport_hooks, pair) == 40, "reseau_transport_hooks.pair");
_Static_assert(offsetof(struct reseau_transport_hooks, bind) == 48, "reseau_transport_hooks.bind");
_Static_assert(offsetof(struct reseau_transport_hooks, listen) == 56, "reseau_transport_hooks.listen");
_Static_assert(offsetof(struct reseau_transport_hooks, connect) == 64, "reseau_transport_hooks.connect");
_Static_assert(offsetof(struct reseau_transport_hooks, accepted) == 72, "reseau_transport_hooks.accepted");
_Static_assert(offsetof(struct reseau_transport_hooks, shutdown) == 80, "reseau_transport_hooks.shutdown");
_Static_assert(offsetof(struct reseau_transport_hooks, local_address) == 88, "reseau_transport_hooks.local_address");
_Static_assert(offsetof(struct reseau_transport_hooks, peer_address) == 96, "reseau_transport_hooks.peer_address");
_Static_assert(offsetof(struct reseau_transport_hooks, get_option) == 104, "reseau_transport_hooks.get_option");
_Static_assert(offsetof(struct reseau_transport_hooks, set_option) == 112, "reseau_transport_hooks.set_option");
_Static_assert(offsetof(struct reseau_transport_hooks, control) == 120, "reseau_transport_hooks.control");
_Static_assert(offsetof(struct reseau_transport_hooks, write) == 128, "reseau_transport_hooks.write");
_Static_assert(offsetof(struct reseau_transport_hooks, is_writable) == 136, "reseau_transport_hooks.is_writable");
_Static_assert(offsetof(struct reseau_transport_hooks, has_read) == 144, "reseau_transport_hooks.has_read");

_Static_assert(RESEAU_TRANSPORT_CLOSE_GRACEFUL == 0, "RESEAU_TRANSPORT_CLOSE_GRACEFUL");
_Static_assert(RESEAU_TRANSPORT_CLOSE_ABORT == 1, "RESEAU_TRANSPORT_CLOSE_ABORT");
_Static_assert(RESEAU_WIRE_DATAGRAMS == 0, "RESEAU_WIRE_DATAGRAMS");
_Static_assert(RESEAU_WIRE_BYTES == 1, "RESEAU_WIRE_BYTES");
_Static_assert(RESEAU_USOCKET_FIRST == 1073741824, "RESEAU_USOCKET_FIRST");
_Static_assert(RESEAU_UFD_SETSIZE == 1024, "RESEAU_UFD_SETSIZE");
