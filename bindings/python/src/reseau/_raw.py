# SPDX-License-Identifier: Apache-2.0
# Written by bindings/python/generate from include/reseau/*.h; not to be edited.
"""The C surface as it is: constants, structs, and the functions of a library that has been loaded.

Sizes and results are those of the headers, which say what each is for.
"""
import ctypes as _c
from typing import Any, Dict, List, Tuple

RESEAU_FOREVER = -1
RESEAU_IP_TEXT_SIZE = 64

# enum reseau_error
RESEAU_ERROR_INVALID_ARGUMENT = -1
RESEAU_ERROR_BAD_ID = -2
RESEAU_ERROR_WRONG_KIND = -3
RESEAU_ERROR_CLOSED = -4
RESEAU_ERROR_END_OF_STREAM = -5
RESEAU_ERROR_TIMED_OUT = -6
RESEAU_ERROR_WOULD_BLOCK = -7
RESEAU_ERROR_WOULD_BLOCK_LOOP = -8
RESEAU_ERROR_CANCELED = -9
RESEAU_ERROR_BUSY = -10
RESEAU_ERROR_NO_ROOM = -11
RESEAU_ERROR_TOO_LARGE = -12
RESEAU_ERROR_NO_MEMORY = -13
RESEAU_ERROR_TOO_MANY_FILES = -14
RESEAU_ERROR_ACCESS_DENIED = -15
RESEAU_ERROR_ADDRESS_IN_USE = -16
RESEAU_ERROR_ADDRESS_NOT_AVAILABLE = -17
RESEAU_ERROR_BAD_ADDRESS = -18
RESEAU_ERROR_UNSUPPORTED = -19
RESEAU_ERROR_REFUSED = -20
RESEAU_ERROR_RESET = -21
RESEAU_ERROR_UNREACHABLE = -22
RESEAU_ERROR_NETWORK_DOWN = -23
RESEAU_ERROR_NAME_NOT_FOUND = -24
RESEAU_ERROR_NAME_TRY_AGAIN = -25
RESEAU_ERROR_NAME_FAILED = -26
RESEAU_ERROR_TLS_HANDSHAKE = -27
RESEAU_ERROR_TLS_CERTIFICATE = -28
RESEAU_ERROR_TLS_PROTOCOL = -29
RESEAU_ERROR_TLS_TRUNCATED = -30
RESEAU_ERROR_TLS_OPTIONS = -31
RESEAU_ERROR_NOT_FOUND = -32
RESEAU_ERROR_FILE = -33
RESEAU_ERROR_SLOW_READER = -34
RESEAU_ERROR_LOOP_ENDED = -35
RESEAU_ERROR_FORKED = -36
RESEAU_ERROR_SYSTEM = -37

# enum reseau_event
RESEAU_READABLE = 1
RESEAU_WRITABLE = 2
RESEAU_BROKEN = 4

# enum reseau_completion_event
RESEAU_RECEIVE = 8

# enum reseau_write_policy
RESEAU_WRITE_BLOCK = 0
RESEAU_WRITE_WOULD_BLOCK = 1
RESEAU_WRITE_CLOSE = 2

# enum reseau_closed_by
RESEAU_CLOSED_BY_NOBODY = 0
RESEAU_CLOSED_BY_LOCAL = 1
RESEAU_CLOSED_BY_PEER = 2
RESEAU_CLOSED_BY_LIBRARY = 3

# enum reseau_phase
RESEAU_PHASE_NAMES = 1
RESEAU_PHASE_CONNECT = 2
RESEAU_PHASE_TLS = 3
RESEAU_PHASE_READ = 4
RESEAU_PHASE_WRITE = 5
RESEAU_PHASE_IDLE = 6
RESEAU_PHASE_OPEN = 7
RESEAU_PHASE_CLOSE = 8


class reseau_completion(_c.Structure):
    token: Any
    events: Any
    error: Any
    length: Any
    offset: Any


class reseau_options(_c.Structure):
    size: Any
    state: Any
    on_open: Any
    on_data: Any
    on_end: Any
    on_drain: Any
    on_touch: Any
    on_close: Any
    loop: Any
    tls: Any
    read_buffer_bytes: Any
    write_queue_bytes: Any
    write_policy: Any
    family: Any
    connect_timeout_ms: Any
    attempt_timeout_ms: Any
    tls_timeout_ms: Any
    idle_timeout_ms: Any
    slow_reader_timeout_ms: Any
    close_timeout_ms: Any
    keep_alive_ms: Any
    user_timeout_ms: Any
    delay_small_writes: Any
    source_address: Any
    interface_name: Any
    backlog: Any
    max_connections: Any
    ipv6_only: Any
    reuse_port: Any
    path_mode: Any


class reseau_close_info(_c.Structure):
    size: Any
    closed_by: Any
    phase: Any
    error: Any
    cause: Any
    bytes_read: Any
    bytes_written: Any
    bytes_unsent: Any
    duration_ns: Any


class reseau_address(_c.Structure):
    text: Any
    family: Any
    port: Any


class reseau_ip(_c.Structure):
    family: Any
    scope: Any
    bytes: Any


class reseau_interface_address(_c.Structure):
    name: Any
    number: Any
    ip: Any
    prefix_length: Any
    is_loopback: Any
    is_up: Any


class reseau_datagram(_c.Structure):
    data: Any
    length: Any
    capacity: Any
    ip: Any
    port: Any
    is_truncated: Any


class reseau_datagram_options(_c.Structure):
    size: Any
    state: Any
    on_datagram: Any
    on_close: Any
    loop: Any
    receive_queue_bytes: Any
    share_address: Any
    broadcast: Any
    ipv6_only: Any


class reseau_tls_options(_c.Structure):
    size: Any
    ca_file: Any
    ca_directory: Any
    ca_pem: Any
    ca_pem_length: Any
    certificate_file: Any
    key_file: Any
    certificate_pem: Any
    certificate_pem_length: Any
    key_pem: Any
    key_pem_length: Any
    server_name: Any
    alpn: Any
    minimum_version: Any
    insecure: Any
    client_certificates: Any


reseau_completion._fields_ = [
    ("token", _c.c_uint64),
    ("events", _c.c_int32),
    ("error", _c.c_int32),
    ("length", _c.c_uint64),
    ("offset", _c.c_uint64),
]

reseau_options._fields_ = [
    ("size", _c.c_size_t),
    ("state", _c.c_void_p),
    ("on_open", _c.CFUNCTYPE(None, _c.c_long, _c.c_void_p)),
    ("on_data", _c.CFUNCTYPE(_c.c_ulong, _c.c_long, _c.c_void_p, _c.c_ulong, _c.c_void_p)),
    ("on_end", _c.CFUNCTYPE(None, _c.c_long, _c.c_void_p)),
    ("on_drain", _c.CFUNCTYPE(None, _c.c_long, _c.c_void_p)),
    ("on_touch", _c.CFUNCTYPE(None, _c.c_long, _c.c_void_p)),
    ("on_close", _c.CFUNCTYPE(None, _c.c_long, _c.POINTER(reseau_close_info), _c.c_void_p)),
    ("loop", _c.c_int64),
    ("tls", _c.POINTER(reseau_tls_options)),
    ("read_buffer_bytes", _c.c_size_t),
    ("write_queue_bytes", _c.c_size_t),
    ("write_policy", _c.c_int),
    ("family", _c.c_int),
    ("connect_timeout_ms", _c.c_int64),
    ("attempt_timeout_ms", _c.c_int64),
    ("tls_timeout_ms", _c.c_int64),
    ("idle_timeout_ms", _c.c_int64),
    ("slow_reader_timeout_ms", _c.c_int64),
    ("close_timeout_ms", _c.c_int64),
    ("keep_alive_ms", _c.c_int64),
    ("user_timeout_ms", _c.c_int64),
    ("delay_small_writes", _c.c_int),
    ("source_address", _c.c_char_p),
    ("interface_name", _c.c_char_p),
    ("backlog", _c.c_int),
    ("max_connections", _c.c_size_t),
    ("ipv6_only", _c.c_int),
    ("reuse_port", _c.c_int),
    ("path_mode", _c.c_uint),
]

reseau_close_info._fields_ = [
    ("size", _c.c_size_t),
    ("closed_by", _c.c_int),
    ("phase", _c.c_int),
    ("error", _c.c_int),
    ("cause", _c.c_int),
    ("bytes_read", _c.c_uint64),
    ("bytes_written", _c.c_uint64),
    ("bytes_unsent", _c.c_uint64),
    ("duration_ns", _c.c_int64),
]

reseau_address._fields_ = [
    ("text", _c.c_char * 112),
    ("family", _c.c_int),
    ("port", _c.c_uint16),
]

reseau_ip._fields_ = [
    ("family", _c.c_int),
    ("scope", _c.c_uint32),
    ("bytes", _c.c_uint8 * 16),
]

reseau_interface_address._fields_ = [
    ("name", _c.c_char * 64),
    ("number", _c.c_uint32),
    ("ip", reseau_ip),
    ("prefix_length", _c.c_int),
    ("is_loopback", _c.c_int),
    ("is_up", _c.c_int),
]

reseau_datagram._fields_ = [
    ("data", _c.c_void_p),
    ("length", _c.c_size_t),
    ("capacity", _c.c_size_t),
    ("ip", reseau_ip),
    ("port", _c.c_uint16),
    ("is_truncated", _c.c_int),
]

reseau_datagram_options._fields_ = [
    ("size", _c.c_size_t),
    ("state", _c.c_void_p),
    ("on_datagram", _c.CFUNCTYPE(None, _c.c_long, _c.POINTER(reseau_datagram), _c.c_void_p)),
    ("on_close", _c.CFUNCTYPE(None, _c.c_long, _c.c_int, _c.c_void_p)),
    ("loop", _c.c_int64),
    ("receive_queue_bytes", _c.c_size_t),
    ("share_address", _c.c_int),
    ("broadcast", _c.c_int),
    ("ipv6_only", _c.c_int),
]

reseau_tls_options._fields_ = [
    ("size", _c.c_size_t),
    ("ca_file", _c.c_char_p),
    ("ca_directory", _c.c_char_p),
    ("ca_pem", _c.c_char_p),
    ("ca_pem_length", _c.c_size_t),
    ("certificate_file", _c.c_char_p),
    ("key_file", _c.c_char_p),
    ("certificate_pem", _c.c_char_p),
    ("certificate_pem_length", _c.c_size_t),
    ("key_pem", _c.c_char_p),
    ("key_pem_length", _c.c_size_t),
    ("server_name", _c.c_char_p),
    ("alpn", _c.c_char_p),
    ("minimum_version", _c.c_int),
    ("insecure", _c.c_int),
    ("client_certificates", _c.c_int),
]


# What the headers' layouts are on 64-bit systems: size, then the offset of each field.
LAYOUTS: Dict[str, Tuple[int, Dict[str, int]]] = {
    "reseau_completion": (32, {
        "token": 0,
        "events": 8,
        "error": 12,
        "length": 16,
        "offset": 24,
    }),
    "reseau_options": (224, {
        "size": 0,
        "state": 8,
        "on_open": 16,
        "on_data": 24,
        "on_end": 32,
        "on_drain": 40,
        "on_touch": 48,
        "on_close": 56,
        "loop": 64,
        "tls": 72,
        "read_buffer_bytes": 80,
        "write_queue_bytes": 88,
        "write_policy": 96,
        "family": 100,
        "connect_timeout_ms": 104,
        "attempt_timeout_ms": 112,
        "tls_timeout_ms": 120,
        "idle_timeout_ms": 128,
        "slow_reader_timeout_ms": 136,
        "close_timeout_ms": 144,
        "keep_alive_ms": 152,
        "user_timeout_ms": 160,
        "delay_small_writes": 168,
        "source_address": 176,
        "interface_name": 184,
        "backlog": 192,
        "max_connections": 200,
        "ipv6_only": 208,
        "reuse_port": 212,
        "path_mode": 216,
    }),
    "reseau_close_info": (56, {
        "size": 0,
        "closed_by": 8,
        "phase": 12,
        "error": 16,
        "cause": 20,
        "bytes_read": 24,
        "bytes_written": 32,
        "bytes_unsent": 40,
        "duration_ns": 48,
    }),
    "reseau_address": (120, {
        "text": 0,
        "family": 112,
        "port": 116,
    }),
    "reseau_ip": (24, {
        "family": 0,
        "scope": 4,
        "bytes": 8,
    }),
    "reseau_interface_address": (104, {
        "name": 0,
        "number": 64,
        "ip": 68,
        "prefix_length": 92,
        "is_loopback": 96,
        "is_up": 100,
    }),
    "reseau_datagram": (56, {
        "data": 0,
        "length": 8,
        "capacity": 16,
        "ip": 24,
        "port": 48,
        "is_truncated": 52,
    }),
    "reseau_datagram_options": (64, {
        "size": 0,
        "state": 8,
        "on_datagram": 16,
        "on_close": 24,
        "loop": 32,
        "receive_queue_bytes": 40,
        "share_address": 48,
        "broadcast": 52,
        "ipv6_only": 56,
    }),
    "reseau_tls_options": (120, {
        "size": 0,
        "ca_file": 8,
        "ca_directory": 16,
        "ca_pem": 24,
        "ca_pem_length": 32,
        "certificate_file": 40,
        "key_file": 48,
        "certificate_pem": 56,
        "certificate_pem_length": 64,
        "key_pem": 72,
        "key_pem_length": 80,
        "server_name": 88,
        "alpn": 96,
        "minimum_version": 104,
        "insecure": 108,
        "client_certificates": 112,
    }),
}

# Name, result, arguments of each function.
FUNCTIONS: List[Tuple[str, Any, List[Any]]] = [
    ("reseau_error_name", _c.c_char_p, [_c.c_int64]),
    ("reseau_error_text", _c.c_char_p, [_c.c_int64]),
    ("reseau_version", _c.c_char_p, []),
    ("reseau_free", None, [_c.c_void_p]),
    ("reseau_loop_new", _c.c_int64, []),
    ("reseau_loop_run", _c.c_int, [_c.c_int64, _c.c_int64]),
    ("reseau_loop_stop", _c.c_int, [_c.c_int64]),
    ("reseau_loop_of", _c.c_int64, [_c.c_int64]),
    ("reseau_loop_current", _c.c_int64, []),
    ("reseau_post", _c.c_int, [_c.c_int64, _c.CFUNCTYPE(None, _c.c_void_p, _c.c_int), _c.c_void_p]),
    ("reseau_timer_start", _c.c_int64, [_c.c_int64, _c.c_int64, _c.c_int64, _c.CFUNCTYPE(None, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_timer_restart", _c.c_int, [_c.c_int64, _c.c_int64]),
    ("reseau_watch", _c.c_int64, [_c.c_int64, _c.c_int, _c.c_int, _c.CFUNCTYPE(None, _c.c_long, _c.c_int, _c.c_void_p), _c.c_void_p]),
    ("reseau_completions_new", _c.c_int64, [_c.c_size_t]),
    ("reseau_completions_memory", _c.c_void_p, [_c.c_int64, _c.POINTER(_c.c_size_t)]),
    ("reseau_completions_add", _c.c_int, [_c.c_int64, _c.c_int, _c.c_int, _c.c_uint64]),
    ("reseau_completions_change", _c.c_int, [_c.c_int64, _c.c_int, _c.c_int]),
    ("reseau_completions_remove", _c.c_int, [_c.c_int64, _c.c_int]),
    ("reseau_completions_wait", _c.c_int, [_c.c_int64, _c.POINTER(reseau_completion), _c.c_size_t, _c.c_int64]),
    ("reseau_connect", _c.c_int64, [_c.c_char_p, _c.c_uint16, _c.POINTER(reseau_options)]),
    ("reseau_connect_start", _c.c_int64, [_c.c_char_p, _c.c_uint16, _c.POINTER(reseau_options)]),
    ("reseau_connect_path", _c.c_int64, [_c.c_char_p, _c.POINTER(reseau_options)]),
    ("reseau_connect_path_start", _c.c_int64, [_c.c_char_p, _c.POINTER(reseau_options)]),
    ("reseau_adopt", _c.c_int64, [_c.c_int, _c.c_int, _c.POINTER(reseau_options)]),
    ("reseau_detach", _c.c_int, [_c.c_int64]),
    ("reseau_read", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
    ("reseau_try_read", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
    ("reseau_read_exactly", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
    ("reseau_read_until", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t, _c.c_void_p, _c.c_size_t]),
    ("reseau_read_line", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
    ("reseau_read_all", _c.c_int64, [_c.c_int64, _c.POINTER(_c.c_void_p), _c.c_size_t]),
    ("reseau_peek", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
    ("reseau_available", _c.c_int64, [_c.c_int64]),
    ("reseau_at_end", _c.c_int, [_c.c_int64]),
    ("reseau_write", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
    ("reseau_write_owned", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t, _c.CFUNCTYPE(None, _c.c_void_p, _c.c_void_p), _c.c_void_p]),
    ("reseau_write_front", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
    ("reseau_send_file", _c.c_int64, [_c.c_int64, _c.c_char_p, _c.c_uint64, _c.c_int64]),
    ("reseau_send_descriptor", _c.c_int64, [_c.c_int64, _c.c_int, _c.c_uint64, _c.c_int64, _c.c_int]),
    ("reseau_flush", _c.c_int, [_c.c_int64]),
    ("reseau_pending", _c.c_int64, [_c.c_int64]),
    ("reseau_end", _c.c_int, [_c.c_int64]),
    ("reseau_close", _c.c_int, [_c.c_int64]),
    ("reseau_abort", _c.c_int, [_c.c_int64]),
    ("reseau_wait_closed", _c.c_int, [_c.c_int64, _c.c_int64]),
    ("reseau_close_info", _c.c_int, [_c.c_int64, _c.POINTER(reseau_close_info)]),
    ("reseau_set_read_deadline", _c.c_int, [_c.c_int64, _c.c_int64]),
    ("reseau_set_write_deadline", _c.c_int, [_c.c_int64, _c.c_int64]),
    ("reseau_set_idle_timeout", _c.c_int, [_c.c_int64, _c.c_int64]),
    ("reseau_touch", _c.c_int, [_c.c_int64]),
    ("reseau_pause", _c.c_int, [_c.c_int64]),
    ("reseau_resume", _c.c_int, [_c.c_int64]),
    ("reseau_set_state", _c.c_int, [_c.c_int64, _c.c_void_p]),
    ("reseau_link", _c.c_int, [_c.c_int64, _c.c_void_p, _c.CFUNCTYPE(None, _c.c_void_p)]),
    ("reseau_local_address", _c.c_int, [_c.c_int64, _c.POINTER(reseau_address)]),
    ("reseau_peer_address", _c.c_int, [_c.c_int64, _c.POINTER(reseau_address)]),
    ("reseau_listen", _c.c_int64, [_c.c_char_p, _c.c_uint16, _c.POINTER(reseau_options)]),
    ("reseau_listen_any", _c.c_int64, [_c.c_char_p, _c.c_uint16, _c.POINTER(reseau_options)]),
    ("reseau_listen_path", _c.c_int64, [_c.c_char_p, _c.POINTER(reseau_options)]),
    ("reseau_accept", _c.c_int64, [_c.c_int64, _c.c_int64]),
    ("reseau_ip_parse", _c.c_int, [_c.c_char_p, _c.POINTER(reseau_ip)]),
    ("reseau_ip_format", _c.c_int, [_c.POINTER(reseau_ip), _c.c_void_p, _c.c_size_t]),
    ("reseau_ip_compare", _c.c_int, [_c.POINTER(reseau_ip), _c.POINTER(reseau_ip)]),
    ("reseau_ip_is_link_local", _c.c_int, [_c.POINTER(reseau_ip)]),
    ("reseau_resolve", _c.c_int, [_c.c_char_p, _c.c_int, _c.POINTER(reseau_ip), _c.c_size_t, _c.POINTER(_c.c_int)]),
    ("reseau_resolve_reverse", _c.c_int, [_c.POINTER(reseau_ip), _c.c_void_p, _c.c_size_t, _c.POINTER(_c.c_int)]),
    ("reseau_interface_addresses", _c.c_int, [_c.c_int, _c.c_int, _c.POINTER(reseau_interface_address), _c.c_size_t]),
    ("reseau_datagram_bind", _c.c_int64, [_c.c_char_p, _c.c_uint16, _c.POINTER(reseau_datagram_options)]),
    ("reseau_datagram_connect", _c.c_int64, [_c.c_char_p, _c.c_uint16, _c.POINTER(reseau_datagram_options)]),
    ("reseau_datagram_send", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t, _c.POINTER(reseau_ip), _c.c_uint16]),
    ("reseau_datagram_send_batch", _c.c_int, [_c.c_int64, _c.POINTER(reseau_datagram), _c.c_size_t]),
    ("reseau_datagram_receive", _c.c_int64, [_c.c_int64, _c.POINTER(reseau_datagram), _c.c_int64]),
    ("reseau_datagram_receive_batch", _c.c_int, [_c.c_int64, _c.POINTER(reseau_datagram), _c.c_size_t, _c.c_int64]),
    ("reseau_datagram_join", _c.c_int, [_c.c_int64, _c.POINTER(reseau_ip), _c.c_char_p]),
    ("reseau_datagram_leave", _c.c_int, [_c.c_int64, _c.POINTER(reseau_ip), _c.c_char_p]),
    ("reseau_datagram_set_multicast", _c.c_int, [_c.c_int64, _c.c_int, _c.c_int, _c.c_char_p]),
    ("reseau_datagram_set_hops", _c.c_int, [_c.c_int64, _c.c_int]),
    ("reseau_start_tls", _c.c_int, [_c.c_int64, _c.c_int, _c.POINTER(reseau_tls_options)]),
    ("reseau_tls_protocol", _c.c_int, [_c.c_int64, _c.c_void_p, _c.c_size_t]),
]


def check_layouts() -> None:
    """Fails if ctypes lays a struct out in another way than the C compiler did."""
    if _c.sizeof(_c.c_void_p) != 8:
        raise ImportError("reseau: only systems with pointers of 64 bits are supported")
    for name, (size, offsets) in LAYOUTS.items():
        struct = globals()[name]
        found = {field: getattr(struct, field).offset for field in offsets}
        if _c.sizeof(struct) != size or found != offsets:
            raise ImportError(f"reseau: struct {name} has another layout here than in C")


def declare(library: _c.CDLL) -> List[str]:
    """Gives the functions of a loaded library their types. Returns the names of those that it lacks."""
    missing = []
    for name, result, arguments in FUNCTIONS:
        try:
            function = getattr(library, name)
        except AttributeError:
            missing.append(name)
            continue
        function.restype = result
        function.argtypes = arguments
    return missing
