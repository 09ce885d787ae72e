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
RESEAU_ERROR_PROXY_REFUSED = -38
RESEAU_ERROR_PROXY_AUTHENTICATION = -39
RESEAU_ERROR_PROXY_PROTOCOL = -40
RESEAU_ERROR_HOOK = -41
RESEAU_ERROR_EXISTS = -42
RESEAU_ERROR_NO_SPACE = -43

# enum reseau_event
RESEAU_READABLE = 1
RESEAU_WRITABLE = 2
RESEAU_BROKEN = 4

# enum reseau_event_loop
RESEAU_EVENT_LOOP_EPOLL = 1
RESEAU_EVENT_LOOP_IO_URING = 2

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
RESEAU_PHASE_PROXY = 9

# enum reseau_file_flags
RESEAU_FILE_READ = 1
RESEAU_FILE_WRITE = 2
RESEAU_FILE_CREATE = 4
RESEAU_FILE_EXCLUSIVE = 8
RESEAU_FILE_TRUNCATE = 16

# enum reseau_file_kind
RESEAU_FILE_KIND_OTHER = 0
RESEAU_FILE_KIND_REGULAR = 1
RESEAU_FILE_KIND_FOLDER = 2

# enum reseau_file_change_kind
RESEAU_FILE_CREATED = 1
RESEAU_FILE_CHANGED = 2
RESEAU_FILE_REMOVED = 3
RESEAU_FILE_RENAMED = 4
RESEAU_FILE_RESCAN = 5

# enum reseau_hook_result
RESEAU_HOOK_DONE = 0
RESEAU_HOOK_MORE = 1
RESEAU_HOOK_END = 2


class reseau_completion(_c.Structure):
    token: Any
    events: Any
    error: Any
    length: Any
    offset: Any


class reseau_completion_send(_c.Structure):
    data: Any
    length: Any
    descriptor: Any
    error: Any
    sent: Any


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
    proxy: Any
    names_timeout_ms: Any
    proxy_timeout_ms: Any
    slow_reader_bytes_per_second: Any
    fast_open: Any


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
    tls_alert: Any
    resolver_error: Any


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
    segment_size: Any


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
    join_received: Any


class reseau_file_info(_c.Structure):
    size: Any
    length: Any
    node: Any
    modified_ns: Any
    kind: Any
    mode: Any


class reseau_file_options(_c.Structure):
    size: Any
    state: Any
    on_close: Any
    loop: Any
    mode: Any
    gather_ms: Any


class reseau_file_change(_c.Structure):
    kind: Any
    is_folder: Any
    name: Any
    old_name: Any


class reseau_hook_bytes(_c.Structure):
    input: Any
    input_length: Any
    is_last: Any
    output: Any
    output_room: Any
    consumed: Any
    produced: Any


class reseau_hook(_c.Structure):
    size: Any
    state: Any
    read: Any
    write: Any
    flush: Any
    close: Any
    destroy: Any


class reseau_attempt(_c.Structure):
    address: Any
    begun_ns: Any
    ended_ns: Any
    error: Any


class reseau_counters(_c.Structure):
    size: Any
    bytes_read: Any
    bytes_written: Any
    reads: Any
    writes: Any
    receive_calls: Any
    send_calls: Any
    unread_bytes: Any
    queued_bytes: Any
    max_queued_bytes: Any
    full_ns: Any
    age_ns: Any


class reseau_process_counters(_c.Structure):
    size: Any
    open_now: Any
    begun: Any
    accepted: Any
    opened: Any
    closed_by_local: Any
    closed_by_peer: Any
    closed_by_library: Any
    failed_names: Any
    failed_connect: Any
    failed_proxy: Any
    failed_tls: Any
    failed_open: Any
    failed_close: Any
    bytes_read: Any
    bytes_written: Any


class reseau_tcp_info(_c.Structure):
    size: Any
    rtt_us: Any
    rtt_variance_us: Any
    min_rtt_us: Any
    retransmit_timeout_us: Any
    congestion_window_bytes: Any
    slow_start_threshold_bytes: Any
    peers_window_bytes: Any
    send_segment_bytes: Any
    receive_segment_bytes: Any
    unconfirmed_segments: Any
    lost_segments: Any
    retransmitted_segments: Any
    present_retransmits: Any
    unsent_bytes: Any
    confirmed_bytes: Any
    received_bytes: Any
    delivery_rate_bytes: Any


class reseau_capture_options(_c.Structure):
    size: Any
    connection: Any
    listener: Any
    buffer_bytes: Any
    packet_bytes: Any
    file_bytes: Any


class reseau_capture_info(_c.Structure):
    size: Any
    packets: Any
    dropped: Any
    file_bytes: Any
    error: Any


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
    crl_file: Any
    crl_pem: Any
    crl_pem_length: Any
    require_staple: Any
    no_resumption: Any
    staple_file: Any
    certificates: Any
    certificate_count: Any
    pkcs11_library: Any
    pkcs11_token: Any
    pkcs11_key: Any
    pkcs11_pin: Any
    key_log_file: Any


class reseau_tls_certificate(_c.Structure):
    size: Any
    certificate_file: Any
    key_file: Any
    certificate_pem: Any
    certificate_pem_length: Any
    key_pem: Any
    key_pem_length: Any
    staple_file: Any


class reseau_tls_info(_c.Structure):
    size: Any
    version: Any
    is_resumed: Any
    cipher: Any
    protocol: Any
    server_name: Any


class reseau_certificate(_c.Structure):
    subject: Any
    issuer: Any
    names: Any
    name_count: Any
    not_before: Any
    not_after: Any
    pem: Any
    der: Any
    der_length: Any


reseau_completion._fields_ = [
    ("token", _c.c_uint64),
    ("events", _c.c_int32),
    ("error", _c.c_int32),
    ("length", _c.c_uint64),
    ("offset", _c.c_uint64),
]

reseau_completion_send._fields_ = [
    ("data", _c.c_void_p),
    ("length", _c.c_uint64),
    ("descriptor", _c.c_int32),
    ("error", _c.c_int32),
    ("sent", _c.c_uint64),
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
    ("proxy", _c.c_char_p),
    ("names_timeout_ms", _c.c_int64),
    ("proxy_timeout_ms", _c.c_int64),
    ("slow_reader_bytes_per_second", _c.c_size_t),
    ("fast_open", _c.c_int),
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
    ("tls_alert", _c.c_int),
    ("resolver_error", _c.c_int),
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
    ("segment_size", _c.c_size_t),
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
    ("join_received", _c.c_int),
]

reseau_file_info._fields_ = [
    ("size", _c.c_size_t),
    ("length", _c.c_uint64),
    ("node", _c.c_uint64),
    ("modified_ns", _c.c_int64),
    ("kind", _c.c_int),
    ("mode", _c.c_uint),
]

reseau_file_options._fields_ = [
    ("size", _c.c_size_t),
    ("state", _c.c_void_p),
    ("on_close", _c.CFUNCTYPE(None, _c.c_long, _c.c_int, _c.c_void_p)),
    ("loop", _c.c_int64),
    ("mode", _c.c_uint),
    ("gather_ms", _c.c_int64),
]

reseau_file_change._fields_ = [
    ("kind", _c.c_int),
    ("is_folder", _c.c_int),
    ("name", _c.c_char_p),
    ("old_name", _c.c_char_p),
]

reseau_hook_bytes._fields_ = [
    ("input", _c.POINTER(_c.c_ubyte)),
    ("input_length", _c.c_size_t),
    ("is_last", _c.c_int),
    ("output", _c.POINTER(_c.c_ubyte)),
    ("output_room", _c.c_size_t),
    ("consumed", _c.c_size_t),
    ("produced", _c.c_size_t),
]

reseau_hook._fields_ = [
    ("size", _c.c_size_t),
    ("state", _c.c_void_p),
    ("read", _c.CFUNCTYPE(_c.c_int, _c.c_long, _c.POINTER(reseau_hook_bytes), _c.c_void_p)),
    ("write", _c.CFUNCTYPE(_c.c_int, _c.c_long, _c.POINTER(reseau_hook_bytes), _c.c_void_p)),
    ("flush", _c.CFUNCTYPE(_c.c_int, _c.c_long, _c.POINTER(reseau_hook_bytes), _c.c_void_p)),
    ("close", _c.CFUNCTYPE(_c.c_int, _c.c_long, _c.POINTER(reseau_hook_bytes), _c.c_void_p)),
    ("destroy", _c.CFUNCTYPE(None, _c.c_void_p)),
]

reseau_attempt._fields_ = [
    ("address", reseau_address),
    ("begun_ns", _c.c_int64),
    ("ended_ns", _c.c_int64),
    ("error", _c.c_int),
]

reseau_counters._fields_ = [
    ("size", _c.c_size_t),
    ("bytes_read", _c.c_uint64),
    ("bytes_written", _c.c_uint64),
    ("reads", _c.c_uint64),
    ("writes", _c.c_uint64),
    ("receive_calls", _c.c_uint64),
    ("send_calls", _c.c_uint64),
    ("unread_bytes", _c.c_uint64),
    ("queued_bytes", _c.c_uint64),
    ("max_queued_bytes", _c.c_uint64),
    ("full_ns", _c.c_int64),
    ("age_ns", _c.c_int64),
]

reseau_process_counters._fields_ = [
    ("size", _c.c_size_t),
    ("open_now", _c.c_uint64),
    ("begun", _c.c_uint64),
    ("accepted", _c.c_uint64),
    ("opened", _c.c_uint64),
    ("closed_by_local", _c.c_uint64),
    ("closed_by_peer", _c.c_uint64),
    ("closed_by_library", _c.c_uint64),
    ("failed_names", _c.c_uint64),
    ("failed_connect", _c.c_uint64),
    ("failed_proxy", _c.c_uint64),
    ("failed_tls", _c.c_uint64),
    ("failed_open", _c.c_uint64),
    ("failed_close", _c.c_uint64),
    ("bytes_read", _c.c_uint64),
    ("bytes_written", _c.c_uint64),
]

reseau_tcp_info._fields_ = [
    ("size", _c.c_size_t),
    ("rtt_us", _c.c_int64),
    ("rtt_variance_us", _c.c_int64),
    ("min_rtt_us", _c.c_int64),
    ("retransmit_timeout_us", _c.c_int64),
    ("congestion_window_bytes", _c.c_uint64),
    ("slow_start_threshold_bytes", _c.c_uint64),
    ("peers_window_bytes", _c.c_uint64),
    ("send_segment_bytes", _c.c_uint32),
    ("receive_segment_bytes", _c.c_uint32),
    ("unconfirmed_segments", _c.c_uint32),
    ("lost_segments", _c.c_uint32),
    ("retransmitted_segments", _c.c_uint64),
    ("present_retransmits", _c.c_uint32),
    ("unsent_bytes", _c.c_uint32),
    ("confirmed_bytes", _c.c_uint64),
    ("received_bytes", _c.c_uint64),
    ("delivery_rate_bytes", _c.c_uint64),
]

reseau_capture_options._fields_ = [
    ("size", _c.c_size_t),
    ("connection", _c.c_int64),
    ("listener", _c.c_int64),
    ("buffer_bytes", _c.c_size_t),
    ("packet_bytes", _c.c_size_t),
    ("file_bytes", _c.c_uint64),
]

reseau_capture_info._fields_ = [
    ("size", _c.c_size_t),
    ("packets", _c.c_uint64),
    ("dropped", _c.c_uint64),
    ("file_bytes", _c.c_uint64),
    ("error", _c.c_int),
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
    ("crl_file", _c.c_char_p),
    ("crl_pem", _c.c_char_p),
    ("crl_pem_length", _c.c_size_t),
    ("require_staple", _c.c_int),
    ("no_resumption", _c.c_int),
    ("staple_file", _c.c_char_p),
    ("certificates", _c.POINTER(reseau_tls_certificate)),
    ("certificate_count", _c.c_size_t),
    ("pkcs11_library", _c.c_char_p),
    ("pkcs11_token", _c.c_char_p),
    ("pkcs11_key", _c.c_char_p),
    ("pkcs11_pin", _c.c_char_p),
    ("key_log_file", _c.c_char_p),
]

reseau_tls_certificate._fields_ = [
    ("size", _c.c_size_t),
    ("certificate_file", _c.c_char_p),
    ("key_file", _c.c_char_p),
    ("certificate_pem", _c.c_char_p),
    ("certificate_pem_length", _c.c_size_t),
    ("key_pem", _c.c_char_p),
    ("key_pem_length", _c.c_size_t),
    ("staple_file", _c.c_char_p),
]

reseau_tls_info._fields_ = [
    ("size", _c.c_size_t),
    ("version", _c.c_int),
    ("is_resumed", _c.c_int),
    ("cipher", _c.c_char * 64),
    ("protocol", _c.c_char * 256),
    ("server_name", _c.c_char * 256),
]

reseau_certificate._fields_ = [
    ("subject", _c.c_char_p),
    ("issuer", _c.c_char_p),
    ("names", _c.POINTER(_c.c_char_p)),
    ("name_count", _c.c_size_t),
    ("not_before", _c.c_int64),
    ("not_after", _c.c_int64),
    ("pem", _c.c_char_p),
    ("der", _c.POINTER(_c.c_ubyte)),
    ("der_length", _c.c_size_t),
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
    "reseau_completion_send": (32, {
        "data": 0,
        "length": 8,
        "descriptor": 16,
        "error": 20,
        "sent": 24,
    }),
    "reseau_options": (264, {
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
        "proxy": 224,
        "names_timeout_ms": 232,
        "proxy_timeout_ms": 240,
        "slow_reader_bytes_per_second": 248,
        "fast_open": 256,
    }),
    "reseau_close_info": (64, {
        "size": 0,
        "closed_by": 8,
        "phase": 12,
        "error": 16,
        "cause": 20,
        "bytes_read": 24,
        "bytes_written": 32,
        "bytes_unsent": 40,
        "duration_ns": 48,
        "tls_alert": 56,
        "resolver_error": 60,
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
    "reseau_datagram": (64, {
        "data": 0,
        "length": 8,
        "capacity": 16,
        "ip": 24,
        "port": 48,
        "is_truncated": 52,
        "segment_size": 56,
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
        "join_received": 60,
    }),
    "reseau_file_info": (40, {
        "size": 0,
        "length": 8,
        "node": 16,
        "modified_ns": 24,
        "kind": 32,
        "mode": 36,
    }),
    "reseau_file_options": (48, {
        "size": 0,
        "state": 8,
        "on_close": 16,
        "loop": 24,
        "mode": 32,
        "gather_ms": 40,
    }),
    "reseau_file_change": (24, {
        "kind": 0,
        "is_folder": 4,
        "name": 8,
        "old_name": 16,
    }),
    "reseau_hook_bytes": (56, {
        "input": 0,
        "input_length": 8,
        "is_last": 16,
        "output": 24,
        "output_room": 32,
        "consumed": 40,
        "produced": 48,
    }),
    "reseau_hook": (56, {
        "size": 0,
        "state": 8,
        "read": 16,
        "write": 24,
        "flush": 32,
        "close": 40,
        "destroy": 48,
    }),
    "reseau_attempt": (144, {
        "address": 0,
        "begun_ns": 120,
        "ended_ns": 128,
        "error": 136,
    }),
    "reseau_counters": (96, {
        "size": 0,
        "bytes_read": 8,
        "bytes_written": 16,
        "reads": 24,
        "writes": 32,
        "receive_calls": 40,
        "send_calls": 48,
        "unread_bytes": 56,
        "queued_bytes": 64,
        "max_queued_bytes": 72,
        "full_ns": 80,
        "age_ns": 88,
    }),
    "reseau_process_counters": (128, {
        "size": 0,
        "open_now": 8,
        "begun": 16,
        "accepted": 24,
        "opened": 32,
        "closed_by_local": 40,
        "closed_by_peer": 48,
        "closed_by_library": 56,
        "failed_names": 64,
        "failed_connect": 72,
        "failed_proxy": 80,
        "failed_tls": 88,
        "failed_open": 96,
        "failed_close": 104,
        "bytes_read": 112,
        "bytes_written": 120,
    }),
    "reseau_tcp_info": (120, {
        "size": 0,
        "rtt_us": 8,
        "rtt_variance_us": 16,
        "min_rtt_us": 24,
        "retransmit_timeout_us": 32,
        "congestion_window_bytes": 40,
        "slow_start_threshold_bytes": 48,
        "peers_window_bytes": 56,
        "send_segment_bytes": 64,
        "receive_segment_bytes": 68,
        "unconfirmed_segments": 72,
        "lost_segments": 76,
        "retransmitted_segments": 80,
        "present_retransmits": 88,
        "unsent_bytes": 92,
        "confirmed_bytes": 96,
        "received_bytes": 104,
        "delivery_rate_bytes": 112,
    }),
    "reseau_capture_options": (48, {
        "size": 0,
        "connection": 8,
        "listener": 16,
        "buffer_bytes": 24,
        "packet_bytes": 32,
        "file_bytes": 40,
    }),
    "reseau_capture_info": (40, {
        "size": 0,
        "packets": 8,
        "dropped": 16,
        "file_bytes": 24,
        "error": 32,
    }),
    "reseau_tls_options": (216, {
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
        "crl_file": 120,
        "crl_pem": 128,
        "crl_pem_length": 136,
        "require_staple": 144,
        "no_resumption": 148,
        "staple_file": 152,
        "certificates": 160,
        "certificate_count": 168,
        "pkcs11_library": 176,
        "pkcs11_token": 184,
        "pkcs11_key": 192,
        "pkcs11_pin": 200,
        "key_log_file": 208,
    }),
    "reseau_tls_certificate": (64, {
        "size": 0,
        "certificate_file": 8,
        "key_file": 16,
        "certificate_pem": 24,
        "certificate_pem_length": 32,
        "key_pem": 40,
        "key_pem_length": 48,
        "staple_file": 56,
    }),
    "reseau_tls_info": (592, {
        "size": 0,
        "version": 8,
        "is_resumed": 12,
        "cipher": 16,
        "protocol": 80,
        "server_name": 336,
    }),
    "reseau_certificate": (72, {
        "subject": 0,
        "issuer": 8,
        "names": 16,
        "name_count": 24,
        "not_before": 32,
        "not_after": 40,
        "pem": 48,
        "der": 56,
        "der_length": 64,
    }),
}

# Name, result, arguments of each function.
FUNCTIONS: List[Tuple[str, Any, List[Any]]] = [
    ("reseau_error_name", _c.c_char_p, [_c.c_int64]),
    ("reseau_error_text", _c.c_char_p, [_c.c_int64]),
    ("reseau_version", _c.c_char_p, []),
    ("reseau_free", None, [_c.c_void_p]),
    ("reseau_choose_event_loop", _c.c_int, [_c.c_int]),
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
    ("reseau_completions_wait_for_reply", _c.c_int, [_c.c_int64, _c.POINTER(reseau_completion), _c.c_size_t, _c.c_int64]),
    ("reseau_completions_send", _c.c_int, [_c.c_int64, _c.POINTER(reseau_completion_send), _c.c_size_t]),
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
    ("reseau_datagram_send_rest", _c.c_int, [_c.c_int64, _c.POINTER(reseau_datagram), _c.c_size_t, _c.POINTER(_c.c_size_t)]),
    ("reseau_datagram_receive", _c.c_int64, [_c.c_int64, _c.POINTER(reseau_datagram), _c.c_int64]),
    ("reseau_datagram_receive_batch", _c.c_int, [_c.c_int64, _c.POINTER(reseau_datagram), _c.c_size_t, _c.c_int64]),
    ("reseau_datagram_join", _c.c_int, [_c.c_int64, _c.POINTER(reseau_ip), _c.c_char_p]),
    ("reseau_datagram_leave", _c.c_int, [_c.c_int64, _c.POINTER(reseau_ip), _c.c_char_p]),
    ("reseau_datagram_set_multicast", _c.c_int, [_c.c_int64, _c.c_int, _c.c_int, _c.c_char_p]),
    ("reseau_datagram_set_hops", _c.c_int, [_c.c_int64, _c.c_int]),
    ("reseau_file_open", _c.c_int64, [_c.c_char_p, _c.c_int, _c.POINTER(reseau_file_options)]),
    ("reseau_file_open_start", _c.c_int64, [_c.c_char_p, _c.c_int, _c.POINTER(reseau_file_options), _c.CFUNCTYPE(None, _c.c_long, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_read", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t, _c.c_uint64]),
    ("reseau_file_read_start", _c.c_int, [_c.c_int64, _c.c_void_p, _c.c_size_t, _c.c_uint64, _c.CFUNCTYPE(None, _c.c_long, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_write", _c.c_int64, [_c.c_int64, _c.c_void_p, _c.c_size_t, _c.c_uint64]),
    ("reseau_file_write_start", _c.c_int, [_c.c_int64, _c.c_void_p, _c.c_size_t, _c.c_uint64, _c.CFUNCTYPE(None, _c.c_long, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_sync", _c.c_int, [_c.c_int64]),
    ("reseau_file_sync_start", _c.c_int, [_c.c_int64, _c.CFUNCTYPE(None, _c.c_long, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_truncate", _c.c_int, [_c.c_int64, _c.c_uint64]),
    ("reseau_file_truncate_start", _c.c_int, [_c.c_int64, _c.c_uint64, _c.CFUNCTYPE(None, _c.c_long, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_info", _c.c_int, [_c.c_int64, _c.POINTER(reseau_file_info)]),
    ("reseau_file_info_start", _c.c_int, [_c.c_int64, _c.POINTER(reseau_file_info), _c.CFUNCTYPE(None, _c.c_long, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_info_of", _c.c_int, [_c.c_char_p, _c.POINTER(reseau_file_info)]),
    ("reseau_file_load", _c.c_int64, [_c.c_char_p, _c.POINTER(_c.c_void_p), _c.c_size_t]),
    ("reseau_file_load_start", _c.c_int64, [_c.c_char_p, _c.c_size_t, _c.POINTER(reseau_file_options), _c.CFUNCTYPE(None, _c.c_long, _c.c_void_p, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_store", _c.c_int64, [_c.c_char_p, _c.c_void_p, _c.c_size_t, _c.POINTER(reseau_file_options)]),
    ("reseau_file_store_start", _c.c_int64, [_c.c_char_p, _c.c_void_p, _c.c_size_t, _c.POINTER(reseau_file_options), _c.CFUNCTYPE(None, _c.c_long, _c.c_long, _c.c_void_p), _c.c_void_p]),
    ("reseau_file_watch", _c.c_int64, [_c.c_char_p, _c.POINTER(reseau_file_options), _c.CFUNCTYPE(None, _c.c_long, _c.POINTER(reseau_file_change), _c.c_void_p), _c.c_void_p]),
    ("reseau_add_hook", _c.c_int, [_c.c_int64, _c.POINTER(reseau_hook)]),
    ("reseau_remove_hook", _c.c_int, [_c.c_int64, _c.c_void_p]),
    ("reseau_flush_hooks", _c.c_int, [_c.c_int64]),
    ("reseau_attempts", _c.c_int, [_c.c_int64, _c.POINTER(reseau_attempt), _c.c_size_t]),
    ("reseau_counters", _c.c_int, [_c.c_int64, _c.POINTER(reseau_counters)]),
    ("reseau_process_counters", _c.c_int, [_c.POINTER(reseau_process_counters)]),
    ("reseau_tcp_info", _c.c_int, [_c.c_int64, _c.POINTER(reseau_tcp_info)]),
    ("reseau_capture_start", _c.c_int, [_c.c_char_p, _c.POINTER(reseau_capture_options)]),
    ("reseau_capture_stop", _c.c_int, [_c.POINTER(reseau_capture_info)]),
    ("reseau_start_tls", _c.c_int, [_c.c_int64, _c.c_int, _c.POINTER(reseau_tls_options)]),
    ("reseau_start_tls_then", _c.c_int, [_c.c_int64, _c.c_int, _c.POINTER(reseau_tls_options), _c.CFUNCTYPE(None, _c.c_long, _c.c_void_p)]),
    ("reseau_tls_reload", _c.c_int, [_c.c_int64, _c.POINTER(reseau_tls_options)]),
    ("reseau_tls_info", _c.c_int, [_c.c_int64, _c.POINTER(reseau_tls_info)]),
    ("reseau_tls_peer_certificate", _c.c_int, [_c.c_int64, _c.POINTER(_c.POINTER(reseau_certificate))]),
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
