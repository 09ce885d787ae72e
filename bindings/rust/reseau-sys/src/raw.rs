// SPDX-License-Identifier: Apache-2.0
// Written by bindings/rust/generate; do not edit.

pub const RESEAU_IP_TEXT_SIZE: u32 = 64;
#[doc = " Names an object. 0 and -1 never do; neither does any other number below 1."]
pub type reseau_id = i64;
#[doc = " An argument cannot be: NULL, a size of options that is unknown, a number out of range."]
pub const RESEAU_ERROR_INVALID_ARGUMENT: reseau_error = -1;
#[doc = " No object has this id, or none any more."]
pub const RESEAU_ERROR_BAD_ID: reseau_error = -2;
#[doc = " The object is of another kind than this function is for."]
pub const RESEAU_ERROR_WRONG_KIND: reseau_error = -3;
#[doc = " The connection is closed or on its way to it: nothing more can be sent."]
pub const RESEAU_ERROR_CLOSED: reseau_error = -4;
#[doc = " The peer has ended the stream, and everything before its end has been read."]
pub const RESEAU_ERROR_END_OF_STREAM: reseau_error = -5;
#[doc = " A deadline or a limit of time has passed."]
pub const RESEAU_ERROR_TIMED_OUT: reseau_error = -6;
#[doc = " Nothing can be done without waiting."]
pub const RESEAU_ERROR_WOULD_BLOCK: reseau_error = -7;
#[doc = " A call that may block was made on the thread of a loop, which would stop everything on it."]
pub const RESEAU_ERROR_WOULD_BLOCK_LOOP: reseau_error = -8;
#[doc = " The operation was canceled by a close."]
pub const RESEAU_ERROR_CANCELED: reseau_error = -9;
#[doc = " Another thread is already doing this on the same object."]
pub const RESEAU_ERROR_BUSY: reseau_error = -10;
#[doc = " The bounded queue of writes, or a buffer that was given, has no room for it."]
pub const RESEAU_ERROR_NO_ROOM: reseau_error = -11;
#[doc = " A datagram is larger than can be sent, or a line or message than allowed."]
pub const RESEAU_ERROR_TOO_LARGE: reseau_error = -12;
#[doc = " The system has no memory, or a limit of memory is reached."]
pub const RESEAU_ERROR_NO_MEMORY: reseau_error = -13;
#[doc = " The process or the system has no more descriptors."]
pub const RESEAU_ERROR_TOO_MANY_FILES: reseau_error = -14;
#[doc = " The system forbids it."]
pub const RESEAU_ERROR_ACCESS_DENIED: reseau_error = -15;
#[doc = " Another socket has this address."]
pub const RESEAU_ERROR_ADDRESS_IN_USE: reseau_error = -16;
#[doc = " No interface of this host has this address."]
pub const RESEAU_ERROR_ADDRESS_NOT_AVAILABLE: reseau_error = -17;
#[doc = " Not an address, a host name, or a path that a socket can have."]
pub const RESEAU_ERROR_BAD_ADDRESS: reseau_error = -18;
#[doc = " This system, or this build, cannot do it."]
pub const RESEAU_ERROR_UNSUPPORTED: reseau_error = -19;
#[doc = " Nobody listens there."]
pub const RESEAU_ERROR_REFUSED: reseau_error = -20;
#[doc = " The peer has given the connection up, or the network has."]
pub const RESEAU_ERROR_RESET: reseau_error = -21;
#[doc = " No way to that host."]
pub const RESEAU_ERROR_UNREACHABLE: reseau_error = -22;
#[doc = " The network is down."]
pub const RESEAU_ERROR_NETWORK_DOWN: reseau_error = -23;
#[doc = " The name has no address (EAI_NONAME)."]
pub const RESEAU_ERROR_NAME_NOT_FOUND: reseau_error = -24;
#[doc = " The name could not be looked up now (EAI_AGAIN)."]
pub const RESEAU_ERROR_NAME_TRY_AGAIN: reseau_error = -25;
#[doc = " The name could not be looked up."]
pub const RESEAU_ERROR_NAME_FAILED: reseau_error = -26;
#[doc = " The TLS handshake failed."]
pub const RESEAU_ERROR_TLS_HANDSHAKE: reseau_error = -27;
#[doc = " The peer's certificate is not trusted, has expired, or is for another name."]
pub const RESEAU_ERROR_TLS_CERTIFICATE: reseau_error = -28;
#[doc = " The peer has sent records that cannot be read."]
pub const RESEAU_ERROR_TLS_PROTOCOL: reseau_error = -29;
#[doc = " The stream ended without a close_notify: it may have been cut."]
pub const RESEAU_ERROR_TLS_TRUNCATED: reseau_error = -30;
#[doc = " A certificate, key or other option of TLS cannot be used."]
pub const RESEAU_ERROR_TLS_OPTIONS: reseau_error = -31;
#[doc = " No such file or path."]
pub const RESEAU_ERROR_NOT_FOUND: reseau_error = -32;
#[doc = " A file could not be read or written."]
pub const RESEAU_ERROR_FILE: reseau_error = -33;
#[doc = " The peer has not read for longer, or more slowly, than allowed."]
pub const RESEAU_ERROR_SLOW_READER: reseau_error = -34;
#[doc = " The loop of the object has ended."]
pub const RESEAU_ERROR_LOOP_ENDED: reseau_error = -35;
#[doc = " The object belongs to the process that this one was forked from."]
pub const RESEAU_ERROR_FORKED: reseau_error = -36;
#[doc = " A failure of the system that has no number of its own here."]
pub const RESEAU_ERROR_SYSTEM: reseau_error = -37;
#[doc = " What calls return when they fail. Numbers never change; new ones may come."]
pub type reseau_error = std::os::raw::c_int;
extern "C" {
    #[doc = " The name of an error, such as \"RESEAU_ERROR_TIMED_OUT\", in static memory; never NULL. Any thread."]
    pub fn reseau_error_name(error: i64) -> *const std::os::raw::c_char;
}
extern "C" {
    #[doc = " A short sentence that says what an error means, in static memory; never NULL. Any thread."]
    pub fn reseau_error_text(error: i64) -> *const std::os::raw::c_char;
}
extern "C" {
    #[doc = " The version of the library in use, such as \"0.3.0\", in static memory. Any thread."]
    pub fn reseau_version() -> *const std::os::raw::c_char;
}
extern "C" {
    #[doc = " Frees memory that a function of this surface has given to its caller. NULL does nothing. Any thread."]
    pub fn reseau_free(memory: *mut std::os::raw::c_void);
}
#[doc = " It waits for room, up to the write deadline; on a loop's thread it does as the next one."]
pub const RESEAU_WRITE_BLOCK: reseau_write_policy = 0;
#[doc = " It fails with RESEAU_ERROR_NO_ROOM and queues nothing; `on_drain` reports when there is room."]
pub const RESEAU_WRITE_WOULD_BLOCK: reseau_write_policy = 1;
#[doc = " It fails with RESEAU_ERROR_NO_ROOM, and the connection is aborted: this peer reads too slowly."]
pub const RESEAU_WRITE_CLOSE: reseau_write_policy = 2;
#[doc = " What a write does when the queue has no room for it."]
pub type reseau_write_policy = std::os::raw::c_uint;
#[doc = " Options of reseau_connect(), reseau_listen() (for the connections that it accepts), reseau_adopt() and their kin. Set"]
#[doc = " `size`, or begin with reseau_options_default(); leave the rest zero."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_options {
    #[doc = " sizeof(struct reseau_options)."]
    pub size: usize,
    #[doc = " Given to every callback; see also reseau_set_state()."]
    pub state: *mut std::os::raw::c_void,
    #[doc = " The connection can be used: it is connected, and the TLS handshake is done. Once, before all others."]
    pub on_open: ::std::option::Option<unsafe extern "C" fn(connection: reseau_id, state: *mut std::os::raw::c_void)>,
    #[doc = " Bytes have come. `data` is everything that is not consumed yet, in one piece, and good inside the callback."]
    #[doc = " Returns how many of them it has consumed: the rest is given again, with more behind it, when more has come, when"]
    #[doc = " a full queue of writes has room again, and after reseau_resume(). A rest that fills the buffer stops the reading"]
    #[doc = " until then, or until a read makes room."]
    pub on_data: ::std::option::Option<
        unsafe extern "C" fn(
            connection: reseau_id,
            data: *const std::os::raw::c_void,
            length: usize,
            state: *mut std::os::raw::c_void,
        ) -> usize,
    >,
    #[doc = " The peer has ended its sending; everything before that has been given to `on_data`. Without this callback,"]
    #[doc = " connections with `on_data` close gracefully."]
    pub on_end: ::std::option::Option<unsafe extern "C" fn(connection: reseau_id, state: *mut std::os::raw::c_void)>,
    #[doc = " The queue was full and has room again: half of it, at least."]
    pub on_drain: ::std::option::Option<unsafe extern "C" fn(connection: reseau_id, state: *mut std::os::raw::c_void)>,
    #[doc = " `idle_timeout_ms` was put off by a read or a write."]
    pub on_touch: ::std::option::Option<unsafe extern "C" fn(connection: reseau_id, state: *mut std::os::raw::c_void)>,
    #[doc = " The connection is closed, by the peer, by this side, or by a failure; also one that never opened. Exactly once,"]
    #[doc = " the last callback of all. `info` stays readable by reseau_close_info() for a while."]
    pub on_close: ::std::option::Option<
        unsafe extern "C" fn(connection: reseau_id, info: *const reseau_close_info, state: *mut std::os::raw::c_void),
    >,
    #[doc = " The loop to be on, by id. Default: one of the library's own, the least loaded."]
    pub loop_: reseau_id,
    #[doc = " TLS, as client or server. NULL: plain."]
    pub tls: *const reseau_tls_options,
    #[doc = " Bytes kept that nobody has read. Default: 65,536."]
    pub read_buffer_bytes: usize,
    #[doc = " Bytes queued that the system has not taken, files left out. SIZE_MAX: no limit. Default: 1,048,576."]
    pub write_queue_bytes: usize,
    #[doc = " One of `enum reseau_write_policy`."]
    pub write_policy: std::os::raw::c_int,
    #[doc = " 4 or 6: addresses of this family only. Default: both, as RFC 8305 says."]
    pub family: std::os::raw::c_int,
    #[doc = " Names, connecting and TLS together. Default: 30,000."]
    pub connect_timeout_ms: i64,
    #[doc = " Each address. Default: 10,000."]
    pub attempt_timeout_ms: i64,
    #[doc = " The TLS handshake. Default: 10,000."]
    pub tls_timeout_ms: i64,
    #[doc = " Closed when nothing was read or written for so long. Default: no limit."]
    pub idle_timeout_ms: i64,
    #[doc = " Aborted when queued bytes have waited for so long and the peer took none of them. Default: no limit."]
    pub slow_reader_timeout_ms: i64,
    #[doc = " How long a graceful close waits for the peer to take what is queued. Default: 10,000."]
    pub close_timeout_ms: i64,
    #[doc = " Silence after which TCP asks whether the peer is there. Default: the system's keep-alive is off."]
    pub keep_alive_ms: i64,
    #[doc = " How long sent bytes may stay unconfirmed (TCP_USER_TIMEOUT). Default: the system's."]
    pub user_timeout_ms: i64,
    #[doc = " Small writes wait for others (Nagle's algorithm, RFC 896), which this library otherwise turns off."]
    pub delay_small_writes: std::os::raw::c_int,
    #[doc = " The address to connect from. Default: the system chooses."]
    pub source_address: *const std::os::raw::c_char,
    #[doc = " The interface to connect through, by name. Default: the system chooses."]
    pub interface_name: *const std::os::raw::c_char,
    #[doc = " Listeners: connections that wait to be accepted. Default: 511."]
    pub backlog: std::os::raw::c_int,
    #[doc = " Listeners: connections at a time; more wait. Default: no limit."]
    pub max_connections: usize,
    #[doc = " Listeners on \"::\": not 0 leaves IPv4 out."]
    pub ipv6_only: std::os::raw::c_int,
    #[doc = " Listeners: not 0 lets several have the port, each with a part of the connections (SO_REUSEPORT)."]
    pub reuse_port: std::os::raw::c_int,
    #[doc = " Unix listeners: the permission bits of the path. Default: 0600."]
    pub path_mode: std::os::raw::c_uint,
}
#[test]
fn bindgen_test_layout_reseau_options() {
    assert_eq!(::std::mem::size_of::<reseau_options>(), 224usize, concat!("Size of: ", stringify!(reseau_options)));
    assert_eq!(::std::mem::align_of::<reseau_options>(), 8usize, concat!("Alignment of ", stringify!(reseau_options)));
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_state() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).state) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(state))
        );
    }
    test_field_state();
    fn test_field_on_open() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_open) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(on_open))
        );
    }
    test_field_on_open();
    fn test_field_on_data() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_data) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(on_data))
        );
    }
    test_field_on_data();
    fn test_field_on_end() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_end) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(on_end))
        );
    }
    test_field_on_end();
    fn test_field_on_drain() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_drain) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(on_drain))
        );
    }
    test_field_on_drain();
    fn test_field_on_touch() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_touch) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(on_touch))
        );
    }
    test_field_on_touch();
    fn test_field_on_close() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_close) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(on_close))
        );
    }
    test_field_on_close();
    fn test_field_loop() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).loop_) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(loop_))
        );
    }
    test_field_loop();
    fn test_field_tls() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).tls) as usize - ptr as usize
            },
            72usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(tls))
        );
    }
    test_field_tls();
    fn test_field_read_buffer_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).read_buffer_bytes) as usize - ptr as usize
            },
            80usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(read_buffer_bytes))
        );
    }
    test_field_read_buffer_bytes();
    fn test_field_write_queue_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).write_queue_bytes) as usize - ptr as usize
            },
            88usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(write_queue_bytes))
        );
    }
    test_field_write_queue_bytes();
    fn test_field_write_policy() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).write_policy) as usize - ptr as usize
            },
            96usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(write_policy))
        );
    }
    test_field_write_policy();
    fn test_field_family() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).family) as usize - ptr as usize
            },
            100usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(family))
        );
    }
    test_field_family();
    fn test_field_connect_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).connect_timeout_ms) as usize - ptr as usize
            },
            104usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(connect_timeout_ms))
        );
    }
    test_field_connect_timeout_ms();
    fn test_field_attempt_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).attempt_timeout_ms) as usize - ptr as usize
            },
            112usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(attempt_timeout_ms))
        );
    }
    test_field_attempt_timeout_ms();
    fn test_field_tls_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).tls_timeout_ms) as usize - ptr as usize
            },
            120usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(tls_timeout_ms))
        );
    }
    test_field_tls_timeout_ms();
    fn test_field_idle_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).idle_timeout_ms) as usize - ptr as usize
            },
            128usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(idle_timeout_ms))
        );
    }
    test_field_idle_timeout_ms();
    fn test_field_slow_reader_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).slow_reader_timeout_ms) as usize - ptr as usize
            },
            136usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(slow_reader_timeout_ms))
        );
    }
    test_field_slow_reader_timeout_ms();
    fn test_field_close_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).close_timeout_ms) as usize - ptr as usize
            },
            144usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(close_timeout_ms))
        );
    }
    test_field_close_timeout_ms();
    fn test_field_keep_alive_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).keep_alive_ms) as usize - ptr as usize
            },
            152usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(keep_alive_ms))
        );
    }
    test_field_keep_alive_ms();
    fn test_field_user_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).user_timeout_ms) as usize - ptr as usize
            },
            160usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(user_timeout_ms))
        );
    }
    test_field_user_timeout_ms();
    fn test_field_delay_small_writes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).delay_small_writes) as usize - ptr as usize
            },
            168usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(delay_small_writes))
        );
    }
    test_field_delay_small_writes();
    fn test_field_source_address() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).source_address) as usize - ptr as usize
            },
            176usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(source_address))
        );
    }
    test_field_source_address();
    fn test_field_interface_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).interface_name) as usize - ptr as usize
            },
            184usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(interface_name))
        );
    }
    test_field_interface_name();
    fn test_field_backlog() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).backlog) as usize - ptr as usize
            },
            192usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(backlog))
        );
    }
    test_field_backlog();
    fn test_field_max_connections() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).max_connections) as usize - ptr as usize
            },
            200usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(max_connections))
        );
    }
    test_field_max_connections();
    fn test_field_ipv6_only() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ipv6_only) as usize - ptr as usize
            },
            208usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(ipv6_only))
        );
    }
    test_field_ipv6_only();
    fn test_field_reuse_port() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reuse_port) as usize - ptr as usize
            },
            212usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(reuse_port))
        );
    }
    test_field_reuse_port();
    fn test_field_path_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).path_mode) as usize - ptr as usize
            },
            216usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(path_mode))
        );
    }
    test_field_path_mode();
}
impl Default for reseau_options {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[doc = " It is not closed."]
pub const RESEAU_CLOSED_BY_NOBODY: reseau_closed_by = 0;
#[doc = " This program: reseau_close(), reseau_abort()."]
pub const RESEAU_CLOSED_BY_LOCAL: reseau_closed_by = 1;
#[doc = " The peer, by its end of the stream where there is no `on_end`, or by a reset."]
pub const RESEAU_CLOSED_BY_PEER: reseau_closed_by = 2;
#[doc = " The library: a limit of time or bytes, a failure of TLS or the system, the end of the loop."]
pub const RESEAU_CLOSED_BY_LIBRARY: reseau_closed_by = 3;
#[doc = " Who ended a connection."]
pub type reseau_closed_by = std::os::raw::c_uint;
pub const RESEAU_PHASE_NAMES: reseau_phase = 1;
pub const RESEAU_PHASE_CONNECT: reseau_phase = 2;
pub const RESEAU_PHASE_TLS: reseau_phase = 3;
#[doc = " Open, and reading failed or ended."]
pub const RESEAU_PHASE_READ: reseau_phase = 4;
#[doc = " Open, and writing failed."]
pub const RESEAU_PHASE_WRITE: reseau_phase = 5;
#[doc = " Open, and a limit of idle time passed."]
pub const RESEAU_PHASE_IDLE: reseau_phase = 6;
#[doc = " Open, and this program closed it."]
pub const RESEAU_PHASE_OPEN: reseau_phase = 7;
#[doc = " It was closing, and its time for that passed."]
pub const RESEAU_PHASE_CLOSE: reseau_phase = 8;
#[doc = " What a connection was doing when it ended."]
pub type reseau_phase = std::os::raw::c_uint;
#[doc = " How a connection ended."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_close_info {
    #[doc = " sizeof(struct reseau_close_info)."]
    pub size: usize,
    #[doc = " One of `enum reseau_closed_by`."]
    pub closed_by: std::os::raw::c_int,
    #[doc = " One of `enum reseau_phase`."]
    pub phase: std::os::raw::c_int,
    #[doc = " 0, or why: an `enum reseau_error`."]
    pub error: std::os::raw::c_int,
    #[doc = " The code of the layer below, or 0, for logs: aws_error_name() names it after aws_io_library_init()."]
    pub cause: std::os::raw::c_int,
    #[doc = " Bytes of the stream that came in, and that the system took."]
    pub bytes_read: u64,
    pub bytes_written: u64,
    #[doc = " Bytes that were queued and never taken."]
    pub bytes_unsent: u64,
    #[doc = " From the call that made it until now or its end."]
    pub duration_ns: i64,
}
#[test]
fn bindgen_test_layout_reseau_close_info() {
    assert_eq!(
        ::std::mem::size_of::<reseau_close_info>(),
        56usize,
        concat!("Size of: ", stringify!(reseau_close_info))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_close_info>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_close_info))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_closed_by() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).closed_by) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(closed_by))
        );
    }
    test_field_closed_by();
    fn test_field_phase() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).phase) as usize - ptr as usize
            },
            12usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(phase))
        );
    }
    test_field_phase();
    fn test_field_error() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).error) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(error))
        );
    }
    test_field_error();
    fn test_field_cause() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).cause) as usize - ptr as usize
            },
            20usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(cause))
        );
    }
    test_field_cause();
    fn test_field_bytes_read() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes_read) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(bytes_read))
        );
    }
    test_field_bytes_read();
    fn test_field_bytes_written() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes_written) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(bytes_written))
        );
    }
    test_field_bytes_written();
    fn test_field_bytes_unsent() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes_unsent) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(bytes_unsent))
        );
    }
    test_field_bytes_unsent();
    fn test_field_duration_ns() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).duration_ns) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(duration_ns))
        );
    }
    test_field_duration_ns();
}
#[doc = " An address as text."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_address {
    #[doc = " IPv4, IPv6 with its scope (\"fe80::1%eth0\"; RFC 5952), or a path; NUL-terminated."]
    pub text: [std::os::raw::c_char; 112usize],
    #[doc = " 4, 6, or 0 for a path."]
    pub family: std::os::raw::c_int,
    #[doc = " 0 for a path."]
    pub port: u16,
}
#[test]
fn bindgen_test_layout_reseau_address() {
    assert_eq!(::std::mem::size_of::<reseau_address>(), 120usize, concat!("Size of: ", stringify!(reseau_address)));
    assert_eq!(::std::mem::align_of::<reseau_address>(), 4usize, concat!("Alignment of ", stringify!(reseau_address)));
    fn test_field_text() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).text) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_address), "::", stringify!(text))
        );
    }
    test_field_text();
    fn test_field_family() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).family) as usize - ptr as usize
            },
            112usize,
            concat!("Offset of field: ", stringify!(reseau_address), "::", stringify!(family))
        );
    }
    test_field_family();
    fn test_field_port() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).port) as usize - ptr as usize
            },
            116usize,
            concat!("Offset of field: ", stringify!(reseau_address), "::", stringify!(port))
        );
    }
    test_field_port();
}
impl Default for reseau_address {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
extern "C" {
    #[doc = " Connects to a port of a host, which is a name or an address; \"::1\" and \"[::1]\" are both fine. Blocks until the"]
    #[doc = " connection can be used, and `on_open` has returned, or until it has failed. Returns its id, or an error, after which"]
    #[doc = " nothing is left, and `on_close` has been called, if it was given."]
    pub fn reseau_connect(host: *const std::os::raw::c_char, port: u16, options: *const reseau_options) -> reseau_id;
}
extern "C" {
    #[doc = " The same without blocking: returns the id at once; `on_open` or `on_close` says how it went."]
    pub fn reseau_connect_start(
        host: *const std::os::raw::c_char,
        port: u16,
        options: *const reseau_options,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Connects to a Unix socket; \"@name\" is one of Linux's abstract names (unix(7)). Blocks as reseau_connect() does."]
    pub fn reseau_connect_path(path: *const std::os::raw::c_char, options: *const reseau_options) -> reseau_id;
}
extern "C" {
    #[doc = " The same without blocking."]
    pub fn reseau_connect_path_start(path: *const std::os::raw::c_char, options: *const reseau_options) -> reseau_id;
}
extern "C" {
    #[doc = " Makes a connection of a connected stream socket that was made elsewhere. On success the descriptor is the"]
    #[doc = " library's; on failure still the caller's. `on_open` comes when TLS, if it was asked for, is set up; `is_server` not 0"]
    #[doc = " is the side that accepted."]
    pub fn reseau_adopt(
        descriptor: std::os::raw::c_int,
        is_server: std::os::raw::c_int,
        options: *const reseau_options,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Takes the descriptor out, with blocking mode as it is, and forgets the connection: no `on_close`. Only plain"]
    #[doc = " connections whose queue is empty (RESEAU_ERROR_BUSY otherwise); bytes in the read buffer must have been read first."]
    #[doc = " Blocks until the loop has released it. Returns the descriptor, which is the caller's to close."]
    pub fn reseau_detach(connection: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Reads what is there, up to `size` bytes; waits for the first if there are none. 0 is the end of the stream. Blocks,"]
    #[doc = " up to the read deadline. `size` 0 returns 0 at once. One reader at a time: others fail with RESEAU_ERROR_BUSY."]
    pub fn reseau_read(connection: reseau_id, buffer: *mut std::os::raw::c_void, size: usize) -> i64;
}
extern "C" {
    #[doc = " The same without blocking: RESEAU_ERROR_WOULD_BLOCK if nothing is there."]
    pub fn reseau_try_read(connection: reseau_id, buffer: *mut std::os::raw::c_void, size: usize) -> i64;
}
extern "C" {
    #[doc = " Reads exactly `size` bytes; fewer only if the stream ends before. Blocks. On an error, such as a passed deadline,"]
    #[doc = " nothing is consumed. While it waits, the buffer holds up to `size` bytes, whatever `read_buffer_bytes` is."]
    pub fn reseau_read_exactly(connection: reseau_id, buffer: *mut std::os::raw::c_void, size: usize) -> i64;
}
extern "C" {
    #[doc = " Reads up to and with the first occurrence of a delimiter. At the end of the stream returns what is left without one,"]
    #[doc = " or 0. RESEAU_ERROR_TOO_LARGE if the first `size` bytes have no delimiter; nothing is consumed then. Blocks."]
    pub fn reseau_read_until(
        connection: reseau_id,
        delimiter: *const std::os::raw::c_void,
        delimiter_length: usize,
        buffer: *mut std::os::raw::c_void,
        size: usize,
    ) -> i64;
}
extern "C" {
    #[doc = " Reads a line, without its \"\\n\" or \"\\r\\n\", as a NUL-terminated string; returns its length. RESEAU_ERROR_END_OF_STREAM"]
    #[doc = " when there is no other, RESEAU_ERROR_TOO_LARGE as for reseau_read_until(). Blocks."]
    pub fn reseau_read_line(connection: reseau_id, line: *mut std::os::raw::c_char, size: usize) -> i64;
}
extern "C" {
    #[doc = " Reads until the end of the stream, at most `limit` bytes, into memory that the caller frees by reseau_free()."]
    #[doc = " RESEAU_ERROR_TOO_LARGE if there are more; nothing is consumed then. Blocks."]
    pub fn reseau_read_all(connection: reseau_id, data: *mut *mut std::os::raw::c_void, limit: usize) -> i64;
}
extern "C" {
    #[doc = " Copies what is there, up to `size` bytes, without consuming it. Never blocks; 0 if nothing is there."]
    pub fn reseau_peek(connection: reseau_id, buffer: *mut std::os::raw::c_void, size: usize) -> i64;
}
extern "C" {
    #[doc = " Bytes that can be read without waiting. Never blocks."]
    pub fn reseau_available(connection: reseau_id) -> i64;
}
extern "C" {
    #[doc = " 1 when the peer has ended the stream and everything was read, 0 else. Never blocks."]
    pub fn reseau_at_end(connection: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Sends all of it: copies the bytes behind what is queued and returns `length`, or queues nothing and fails. Writes of"]
    #[doc = " several threads never interleave. More than the queue can ever hold is taken when the queue is empty. May block if"]
    #[doc = " the policy is RESEAU_WRITE_BLOCK."]
    pub fn reseau_write(connection: reseau_id, data: *const std::os::raw::c_void, length: usize) -> i64;
}
extern "C" {
    #[doc = " The same without copying: the memory is the library's until it calls `destroy` with it and `argument`, exactly once,"]
    #[doc = " on any thread, also when this fails. `destroy` may be NULL for memory that is never freed."]
    pub fn reseau_write_owned(
        connection: reseau_id,
        data: *const std::os::raw::c_void,
        length: usize,
        destroy: ::std::option::Option<
            unsafe extern "C" fn(data: *mut std::os::raw::c_void, argument: *mut std::os::raw::c_void),
        >,
        argument: *mut std::os::raw::c_void,
    ) -> i64;
}
extern "C" {
    #[doc = " As reseau_write(), before everything that is queued, but for a part that is about to be sent: a write that has begun,"]
    #[doc = " and 256 KB."]
    pub fn reseau_write_front(connection: reseau_id, data: *const std::os::raw::c_void, length: usize) -> i64;
}
extern "C" {
    #[doc = " Sends a part of a file, in order with other writes; `length` -1 is all of the rest. The path is opened now. Returns"]
    #[doc = " the number of bytes that will be sent. A file that ends before that ends the connection with RESEAU_ERROR_FILE."]
    pub fn reseau_send_file(connection: reseau_id, path: *const std::os::raw::c_char, offset: u64, length: i64) -> i64;
}
extern "C" {
    #[doc = " The same with a descriptor of a regular file, which is read by offset, so that several connections can send it at"]
    #[doc = " once. It stays the caller's and is duplicated; `close_it` not 0: it is the library's, also when this fails."]
    pub fn reseau_send_descriptor(
        connection: reseau_id,
        descriptor: std::os::raw::c_int,
        offset: u64,
        length: i64,
        close_it: std::os::raw::c_int,
    ) -> i64;
}
extern "C" {
    #[doc = " Waits until the system has taken everything that is queued. Blocks, up to the write deadline."]
    pub fn reseau_flush(connection: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Bytes that are queued and not taken by the system. Never blocks."]
    pub fn reseau_pending(connection: reseau_id) -> i64;
}
extern "C" {
    #[doc = " Ends this side's sending, behind what is queued; reading goes on. TLS: a close_notify first. When the peer's stream"]
    #[doc = " has ended, too, a connection with `on_data` closes. Never blocks."]
    pub fn reseau_end(connection: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Closes a connection behind what is queued, or stops a listener, timer, watch or datagram socket. Nothing more can be"]
    #[doc = " written. Returns at once, 0 also when it was closing already. `on_close` comes when it is done."]
    pub fn reseau_close(id: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Closes at once; what is queued is thrown away, but for what the system has. Returns at once."]
    pub fn reseau_abort(id: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Waits until the object is gone and its last callback has returned. Returns 0, also when it was gone before, or"]
    #[doc = " RESEAU_ERROR_TIMED_OUT. Blocks."]
    pub fn reseau_wait_closed(id: reseau_id, timeout_ms: i64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " How a connection ended, or is until now. The record of a closed one is there until at least 1,024 more were closed;"]
    #[doc = " RESEAU_ERROR_BAD_ID after that. Set `info->size` before."]
    pub fn reseau_close_info(connection: reseau_id, info: *mut reseau_close_info) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " From now on, and for a read that waits now, too: fails with RESEAU_ERROR_TIMED_OUT in so many milliseconds. 0: those"]
    #[doc = " that would wait fail at once. RESEAU_FOREVER: no deadline, as at first."]
    pub fn reseau_set_read_deadline(connection: reseau_id, timeout_ms: i64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The same for writes that wait for room, and for reseau_flush()."]
    pub fn reseau_set_write_deadline(connection: reseau_id, timeout_ms: i64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Another idle time-out, from now on. RESEAU_FOREVER: none."]
    pub fn reseau_set_idle_timeout(connection: reseau_id, timeout_ms: i64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Puts the idle time-out off, as a read or write does."]
    pub fn reseau_touch(connection: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Stops reading from the peer, or accepting, until reseau_resume(). `on_data` may still come once."]
    pub fn reseau_pause(id: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Goes on. `on_data` comes again with what was not consumed."]
    pub fn reseau_resume(id: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " What callbacks get as their state from now on; best in `on_open`, for connections that a listener accepts."]
    pub fn reseau_set_state(connection: reseau_id, state: *mut std::os::raw::c_void) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Frees an object with a connection: `destroy` is called with it once, after `on_close`, or now if this fails. With a"]
    #[doc = " listener: when that and all its connections are gone, so that it may be what their callbacks use. On any thread."]
    pub fn reseau_link(
        id: reseau_id,
        object: *mut std::os::raw::c_void,
        destroy: ::std::option::Option<unsafe extern "C" fn(object: *mut std::os::raw::c_void)>,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The address of this side. Also of listeners and datagram sockets."]
    pub fn reseau_local_address(id: reseau_id, address: *mut reseau_address) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The address of the other side."]
    pub fn reseau_peer_address(connection: reseau_id, address: *mut reseau_address) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Listens on a port of an address, for TCP. `host` NULL is the loopback address; \"*\" is every address of both families."]
    #[doc = " Port 0 lets the system choose; reseau_local_address() has the number. With `on_open` or `on_data` in the options,"]
    #[doc = " connections are accepted as they come and live by these callbacks; else they wait for reseau_accept(). Returns the"]
    #[doc = " listener's id, or RESEAU_ERROR_ADDRESS_IN_USE, _ACCESS_DENIED, _ADDRESS_NOT_AVAILABLE or another. Does not block but"]
    #[doc = " for the look-up of a name. Callbacks are called for its connections, which outlive it; its own end calls none."]
    pub fn reseau_listen(host: *const std::os::raw::c_char, port: u16, options: *const reseau_options) -> reseau_id;
}
extern "C" {
    #[doc = " The same, walking up from a port to the first that is free."]
    pub fn reseau_listen_any(
        host: *const std::os::raw::c_char,
        first_port: u16,
        options: *const reseau_options,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Listens on a Unix socket. A path that a listener left behind is taken over; one in use is"]
    #[doc = " RESEAU_ERROR_ADDRESS_IN_USE. The path is removed when the listener closes."]
    pub fn reseau_listen_path(path: *const std::os::raw::c_char, options: *const reseau_options) -> reseau_id;
}
extern "C" {
    #[doc = " The next connection of a listener without callbacks; TLS is done. A handshake that fails is not reported here."]
    #[doc = " RESEAU_ERROR_CANCELED when the listener is closed meanwhile. Blocks up to `timeout_ms`."]
    pub fn reseau_accept(listener: reseau_id, timeout_ms: i64) -> reseau_id;
}
#[doc = " An IPv4 or IPv6 address."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_ip {
    #[doc = " 4 or 6."]
    pub family: std::os::raw::c_int,
    #[doc = " IPv6: the number of the interface of a link-local address (RFC 4007), or 0."]
    pub scope: u32,
    #[doc = " In network byte order; IPv4 has the first four."]
    pub bytes: [u8; 16usize],
}
#[test]
fn bindgen_test_layout_reseau_ip() {
    assert_eq!(::std::mem::size_of::<reseau_ip>(), 24usize, concat!("Size of: ", stringify!(reseau_ip)));
    assert_eq!(::std::mem::align_of::<reseau_ip>(), 4usize, concat!("Alignment of ", stringify!(reseau_ip)));
    fn test_field_family() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_ip>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).family) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_ip), "::", stringify!(family))
        );
    }
    test_field_family();
    fn test_field_scope() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_ip>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).scope) as usize - ptr as usize
            },
            4usize,
            concat!("Offset of field: ", stringify!(reseau_ip), "::", stringify!(scope))
        );
    }
    test_field_scope();
    fn test_field_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_ip>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_ip), "::", stringify!(bytes))
        );
    }
    test_field_bytes();
}
#[doc = " An address of an interface."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_interface_address {
    #[doc = " The interface's name, NUL-terminated."]
    pub name: [std::os::raw::c_char; 64usize],
    #[doc = " Its number; 0 if the interface has gone meanwhile."]
    pub number: u32,
    #[doc = " The address."]
    pub ip: reseau_ip,
    #[doc = " Bits of the network's prefix."]
    pub prefix_length: std::os::raw::c_int,
    #[doc = " 1 if the interface is a loopback one, else 0."]
    pub is_loopback: std::os::raw::c_int,
    #[doc = " 1 if it is up, else 0."]
    pub is_up: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_interface_address() {
    assert_eq!(
        ::std::mem::size_of::<reseau_interface_address>(),
        104usize,
        concat!("Size of: ", stringify!(reseau_interface_address))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_interface_address>(),
        4usize,
        concat!("Alignment of ", stringify!(reseau_interface_address))
    );
    fn test_field_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_interface_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).name) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_interface_address), "::", stringify!(name))
        );
    }
    test_field_name();
    fn test_field_number() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_interface_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).number) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(reseau_interface_address), "::", stringify!(number))
        );
    }
    test_field_number();
    fn test_field_ip() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_interface_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ip) as usize - ptr as usize
            },
            68usize,
            concat!("Offset of field: ", stringify!(reseau_interface_address), "::", stringify!(ip))
        );
    }
    test_field_ip();
    fn test_field_prefix_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_interface_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).prefix_length) as usize - ptr as usize
            },
            92usize,
            concat!("Offset of field: ", stringify!(reseau_interface_address), "::", stringify!(prefix_length))
        );
    }
    test_field_prefix_length();
    fn test_field_is_loopback() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_interface_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).is_loopback) as usize - ptr as usize
            },
            96usize,
            concat!("Offset of field: ", stringify!(reseau_interface_address), "::", stringify!(is_loopback))
        );
    }
    test_field_is_loopback();
    fn test_field_is_up() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_interface_address>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).is_up) as usize - ptr as usize
            },
            100usize,
            concat!("Offset of field: ", stringify!(reseau_interface_address), "::", stringify!(is_up))
        );
    }
    test_field_is_up();
}
impl Default for reseau_interface_address {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
extern "C" {
    #[doc = " Reads an address: IPv4 as four decimal numbers, IPv6 as RFC 4291 section 2.2 has it, with a scope behind it"]
    #[doc = " (RFC 4007), by the name or the number of an interface: \"fe80::1%eth0\". Octal, hexadecimal and short forms of IPv4 are"]
    #[doc = " refused. Returns 0; or RESEAU_ERROR_BAD_ADDRESS, and `*ip` is as it was. Any thread; never blocks."]
    pub fn reseau_ip_parse(text: *const std::os::raw::c_char, ip: *mut reseau_ip) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Writes an address as RFC 5952 says, NUL-terminated, with its scope by the name of the interface, or by number if"]
    #[doc = " there is none. Returns the length without the NUL; or RESEAU_ERROR_NO_ROOM, RESEAU_ERROR_INVALID_ARGUMENT for a"]
    #[doc = " family that is neither 4 nor 6. Any thread; never blocks."]
    pub fn reseau_ip_format(
        ip: *const reseau_ip,
        buffer: *mut std::os::raw::c_char,
        size: usize,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Less than 0, 0, or more: an order of addresses, IPv4 first, then by number, then by scope. NULL, and what has another"]
    #[doc = " family, comes before all of them. Any thread; never blocks."]
    pub fn reseau_ip_compare(a: *const reseau_ip, b: *const reseau_ip) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " 1 for addresses that are good on one link only: 169.254.0.0/16 (RFC 3927) and fe80::/10 (RFC 4291); else 0. Any"]
    #[doc = " thread; never blocks."]
    pub fn reseau_ip_is_link_local(ip: *const reseau_ip) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The addresses of a name, in the system's order. `family` is 4, 6, or 0 for both. Writes up to `capacity` and returns"]
    #[doc = " how many there are, which may be more. A name that is an address is its own; RESEAU_ERROR_BAD_ADDRESS for the old"]
    #[doc = " forms of IPv4, which resolvers take for addresses. RESEAU_ERROR_NAME_NOT_FOUND, _NAME_TRY_AGAIN or _NAME_FAILED;"]
    #[doc = " `*resolver_error`, if not NULL, gets the resolver's own code (EAI_*, getaddrinfo(3)), or 0. Any thread; blocks for as"]
    #[doc = " long as the system's resolver does."]
    pub fn reseau_resolve(
        name: *const std::os::raw::c_char,
        family: std::os::raw::c_int,
        ips: *mut reseau_ip,
        capacity: usize,
        resolver_error: *mut std::os::raw::c_int,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The name of an address (a PTR record or the system's own files; getnameinfo(3)), NUL-terminated. Returns its length"]
    #[doc = " without the NUL; or RESEAU_ERROR_NO_ROOM, and nothing is written, or errors and codes as reseau_resolve() has them."]
    #[doc = " Any thread; blocks for as long as the system's resolver does."]
    pub fn reseau_resolve_reverse(
        ip: *const reseau_ip,
        name: *mut std::os::raw::c_char,
        size: usize,
        resolver_error: *mut std::os::raw::c_int,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The addresses of this host's interfaces, in the system's order, also of those that are down. `family` is 4, 6, or 0"]
    #[doc = " for both; loopback interfaces only if `with_loopback` is not 0. Writes up to `capacity` and returns how many there"]
    #[doc = " are, which may be more. Any thread; asks the kernel only, and does not block."]
    pub fn reseau_interface_addresses(
        family: std::os::raw::c_int,
        with_loopback: std::os::raw::c_int,
        addresses: *mut reseau_interface_address,
        capacity: usize,
    ) -> std::os::raw::c_int;
}
#[doc = " A datagram that came, room for one, or one to send."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_datagram {
    #[doc = " Its bytes. To send: not changed. To receive: the caller's buffer; NULL only if `capacity` is 0."]
    pub data: *mut std::os::raw::c_void,
    #[doc = " Bytes of it. After a receive: those in the buffer."]
    pub length: usize,
    #[doc = " To receive: bytes that the buffer has room for. Not used else."]
    pub capacity: usize,
    #[doc = " The other end. To send: family 0 is the peer of a connected socket."]
    pub ip: reseau_ip,
    #[doc = " Its port."]
    pub port: u16,
    #[doc = " After a receive: not 0 if the datagram was longer than the buffer; what did not fit is lost."]
    pub is_truncated: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_datagram() {
    assert_eq!(::std::mem::size_of::<reseau_datagram>(), 56usize, concat!("Size of: ", stringify!(reseau_datagram)));
    assert_eq!(
        ::std::mem::align_of::<reseau_datagram>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_datagram))
    );
    fn test_field_data() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).data) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_datagram), "::", stringify!(data))
        );
    }
    test_field_data();
    fn test_field_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).length) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_datagram), "::", stringify!(length))
        );
    }
    test_field_length();
    fn test_field_capacity() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).capacity) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_datagram), "::", stringify!(capacity))
        );
    }
    test_field_capacity();
    fn test_field_ip() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ip) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_datagram), "::", stringify!(ip))
        );
    }
    test_field_ip();
    fn test_field_port() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).port) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_datagram), "::", stringify!(port))
        );
    }
    test_field_port();
    fn test_field_is_truncated() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).is_truncated) as usize - ptr as usize
            },
            52usize,
            concat!("Offset of field: ", stringify!(reseau_datagram), "::", stringify!(is_truncated))
        );
    }
    test_field_is_truncated();
}
impl Default for reseau_datagram {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[doc = " Options of reseau_datagram_bind() and reseau_datagram_connect(). Set `size`, or begin with"]
#[doc = " reseau_datagram_options_default(); leave the rest zero."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_datagram_options {
    #[doc = " sizeof(struct reseau_datagram_options)."]
    pub size: usize,
    #[doc = " Given to every callback."]
    pub state: *mut std::os::raw::c_void,
    #[doc = " A datagram has come; it is good inside the callback. Never truncated. On the loop's thread; it may close the"]
    #[doc = " socket, after which no other comes. Stopped and begun again by reseau_pause() and reseau_resume(); a few that"]
    #[doc = " were taken from the system's queue already still come after a pause."]
    pub on_datagram: ::std::option::Option<
        unsafe extern "C" fn(socket: reseau_id, datagram: *const reseau_datagram, state: *mut std::os::raw::c_void),
    >,
    #[doc = " The socket is closed: `error` is 0, or why (RESEAU_ERROR_LOOP_ENDED). Exactly once, the last callback, on the"]
    #[doc = " loop's thread. Not called if the socket could not be made."]
    pub on_close: ::std::option::Option<
        unsafe extern "C" fn(socket: reseau_id, error: std::os::raw::c_int, state: *mut std::os::raw::c_void),
    >,
    #[doc = " The loop to be on. Default: one of the library's."]
    pub loop_: reseau_id,
    #[doc = " Bytes that may wait to be received (SO_RCVBUF); the system has bounds of its own. Default: the system's."]
    pub receive_queue_bytes: usize,
    #[doc = " Not 0: others that ask for it too may have the port (SO_REUSEADDR), as receivers of one multicast group do."]
    pub share_address: std::os::raw::c_int,
    #[doc = " Not 0: datagrams may go to broadcast addresses; else they fail with RESEAU_ERROR_ACCESS_DENIED."]
    pub broadcast: std::os::raw::c_int,
    #[doc = " Not 0: an IPv6 socket leaves IPv4 out. Else it reaches IPv4, too, and has such addresses as IPv4."]
    pub ipv6_only: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_datagram_options() {
    assert_eq!(
        ::std::mem::size_of::<reseau_datagram_options>(),
        64usize,
        concat!("Size of: ", stringify!(reseau_datagram_options))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_datagram_options>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_datagram_options))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_state() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).state) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(state))
        );
    }
    test_field_state();
    fn test_field_on_datagram() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_datagram) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(on_datagram))
        );
    }
    test_field_on_datagram();
    fn test_field_on_close() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_close) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(on_close))
        );
    }
    test_field_on_close();
    fn test_field_loop() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).loop_) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(loop_))
        );
    }
    test_field_loop();
    fn test_field_receive_queue_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).receive_queue_bytes) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(receive_queue_bytes))
        );
    }
    test_field_receive_queue_bytes();
    fn test_field_share_address() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).share_address) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(share_address))
        );
    }
    test_field_share_address();
    fn test_field_broadcast() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).broadcast) as usize - ptr as usize
            },
            52usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(broadcast))
        );
    }
    test_field_broadcast();
    fn test_field_ipv6_only() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ipv6_only) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(ipv6_only))
        );
    }
    test_field_ipv6_only();
}
impl Default for reseau_datagram_options {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
extern "C" {
    #[doc = " A socket with a local address; `host` NULL is 127.0.0.1, \"*\" every address of both families; port 0 lets the system"]
    #[doc = " choose, and reseau_local_address() has the number. Returns its id, which reseau_close() closes; or"]
    #[doc = " RESEAU_ERROR_ADDRESS_IN_USE, _ACCESS_DENIED, _ADDRESS_NOT_AVAILABLE or another, and nothing is left. Any thread;"]
    #[doc = " blocks only to look a name up, which is refused on a loop's thread (RESEAU_ERROR_WOULD_BLOCK_LOOP)."]
    pub fn reseau_datagram_bind(
        host: *const std::os::raw::c_char,
        port: u16,
        options: *const reseau_datagram_options,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " A socket with a peer (connect(2)): it sends there unless an address is given, and others' datagrams are not received."]
    #[doc = " If the peer's host answers that nobody has the port (ICMP, RFC 792), the next send or receive fails with"]
    #[doc = " RESEAU_ERROR_REFUSED, and the socket goes on. Otherwise as reseau_datagram_bind(); nothing is sent yet."]
    pub fn reseau_datagram_connect(
        host: *const std::os::raw::c_char,
        port: u16,
        options: *const reseau_datagram_options,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Sends a datagram to an address, or to the peer if `ip` is NULL. It is with the system, or was dropped by it, when"]
    #[doc = " this returns `length`. RESEAU_ERROR_TOO_LARGE; RESEAU_ERROR_WOULD_BLOCK if the system has no room now;"]
    #[doc = " RESEAU_ERROR_UNREACHABLE and other errors of the system. The socket can be used after any of them. Any thread; never"]
    #[doc = " blocks."]
    pub fn reseau_datagram_send(
        socket: reseau_id,
        data: *const std::os::raw::c_void,
        length: usize,
        ip: *const reseau_ip,
        port: u16,
    ) -> i64;
}
extern "C" {
    #[doc = " Sends many, in order, by few system calls (sendmmsg(2)), until one cannot be sent. Returns how many went; an error,"]
    #[doc = " that of the first, only if none did. Any thread; never blocks."]
    pub fn reseau_datagram_send_batch(
        socket: reseau_id,
        datagrams: *const reseau_datagram,
        count: usize,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The next datagram, into `datagram->data`. Returns its length, which may be 0. Waits up to `timeout_ms`:"]
    #[doc = " RESEAU_ERROR_TIMED_OUT, or RESEAU_ERROR_WOULD_BLOCK if that is 0. RESEAU_ERROR_CANCELED when the socket is closed;"]
    #[doc = " RESEAU_ERROR_BUSY if it has `on_datagram`. Any thread; on a loop's only with a `timeout_ms` of 0."]
    pub fn reseau_datagram_receive(socket: reseau_id, datagram: *mut reseau_datagram, timeout_ms: i64) -> i64;
}
extern "C" {
    #[doc = " As many as are there, up to `count`, and up to what one system call gives (recvmmsg(2)); waits for the first as"]
    #[doc = " reseau_datagram_receive() does. Returns how many."]
    pub fn reseau_datagram_receive_batch(
        socket: reseau_id,
        datagrams: *mut reseau_datagram,
        count: usize,
        timeout_ms: i64,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Joins a multicast group (RFC 1112, RFC 3810) on an interface, by name; NULL: that of the group's scope, or the"]
    #[doc = " system's choice. RESEAU_ERROR_INVALID_ARGUMENT if it is no group; RESEAU_ERROR_ADDRESS_NOT_AVAILABLE if there is no"]
    #[doc = " such interface; RESEAU_ERROR_ADDRESS_IN_USE if the socket is in the group. Any thread; never blocks."]
    pub fn reseau_datagram_join(
        socket: reseau_id,
        group: *const reseau_ip,
        interface_name: *const std::os::raw::c_char,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Leaves a group. The interface as for reseau_datagram_join(); RESEAU_ERROR_ADDRESS_NOT_AVAILABLE if the socket is not"]
    #[doc = " in the group there. Any thread; never blocks."]
    pub fn reseau_datagram_leave(
        socket: reseau_id,
        group: *const reseau_ip,
        interface_name: *const std::os::raw::c_char,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " How far datagrams to groups go: 0 (this host) to 255 hops, 1 at first; -1 leaves it. `loop` not 0: they come to"]
    #[doc = " members on this host, too, as at first. By which interface they leave, by name; NULL leaves it: at first the system's"]
    #[doc = " choice. RESEAU_ERROR_ADDRESS_NOT_AVAILABLE if there is no such interface. Any thread; never blocks."]
    pub fn reseau_datagram_set_multicast(
        socket: reseau_id,
        hops: std::os::raw::c_int,
        loop_: std::os::raw::c_int,
        interface_name: *const std::os::raw::c_char,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " How far other datagrams go: 1 to 255 hops; at first the system's number. Any thread; never blocks."]
    pub fn reseau_datagram_set_hops(socket: reseau_id, hops: std::os::raw::c_int) -> std::os::raw::c_int;
}
#[doc = " There is something to read, or the end of the stream."]
pub const RESEAU_READABLE: reseau_event = 1;
#[doc = " There is room to write."]
pub const RESEAU_WRITABLE: reseau_event = 2;
#[doc = " Reported only, and always: the other side is gone, or the descriptor has an error."]
pub const RESEAU_BROKEN: reseau_event = 4;
#[doc = " What can be watched for, and what is reported."]
pub type reseau_event = std::os::raw::c_uint;
extern "C" {
    #[doc = " A loop without a thread: it runs inside reseau_loop_run(), on the caller's. Returns its id or an error."]
    #[doc = ""]
    #[doc = " reseau_close() ends it: at once, on the calling thread, if nobody runs it; else when the run returns, which it then"]
    #[doc = " does. Posted functions are called as canceled; timers, watches and sockets on the loop end with it, as if by"]
    #[doc = " RESEAU_ERROR_LOOP_ENDED. The thread that does all this counts as the loop's meanwhile. The library's own loops cannot"]
    #[doc = " be closed, run or stopped."]
    pub fn reseau_loop_new() -> reseau_id;
}
extern "C" {
    #[doc = " Runs a loop on this thread: until reseau_loop_stop(), or for `timeout_ms`; 0 does what is due, one round of it, and"]
    #[doc = " returns. Returns 0, or RESEAU_ERROR_LOOP_ENDED if the loop was closed. RESEAU_ERROR_BUSY if a thread runs it already;"]
    #[doc = " RESEAU_ERROR_WOULD_BLOCK_LOOP on a loop's thread. Threads may run it one after the other."]
    pub fn reseau_loop_run(loop_: reseau_id, timeout_ms: i64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Ends the reseau_loop_run() that runs now, when what was posted before has been called; or the next one after a round."]
    #[doc = " Any thread; never blocks."]
    pub fn reseau_loop_stop(loop_: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The loop of an object: a connection, listener, datagram socket, timer or watch. Any thread; never blocks."]
    pub fn reseau_loop_of(id: reseau_id) -> reseau_id;
}
extern "C" {
    #[doc = " The loop whose thread this is, or RESEAU_ERROR_BAD_ID. Never blocks."]
    pub fn reseau_loop_current() -> reseau_id;
}
extern "C" {
    #[doc = " Has a function called once on the loop's thread, after those posted to this loop before by the same thread. `loop` 0:"]
    #[doc = " one of the library's. `is_canceled` is 1 if the loop ends before; the function is called all the same, so that it can"]
    #[doc = " free its state. If this fails, with RESEAU_ERROR_LOOP_ENDED for instance, it is not called. Any thread; never blocks."]
    pub fn reseau_post(
        loop_: reseau_id,
        function: ::std::option::Option<
            unsafe extern "C" fn(state: *mut std::os::raw::c_void, is_canceled: std::os::raw::c_int),
        >,
        state: *mut std::os::raw::c_void,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Calls a function after `delay_ms`, never sooner, then every `period_ms`, or once if that is 0. A late call does not"]
    #[doc = " move those after it; moments that have passed meanwhile are left out. `loop` 0: one of the library's. Returns the"]
    #[doc = " timer's id; a one-shot timer is gone when its call returns, unless that has begun it again. After reseau_close() on"]
    #[doc = " the loop's thread the function is not called any more; on another thread a call may be under way:"]
    #[doc = " reseau_wait_closed() waits for it. Any thread; never blocks."]
    pub fn reseau_timer_start(
        loop_: reseau_id,
        delay_ms: i64,
        period_ms: i64,
        function: ::std::option::Option<unsafe extern "C" fn(timer: reseau_id, state: *mut std::os::raw::c_void)>,
        state: *mut std::os::raw::c_void,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Begins the timer's delay again, from now; the period stays. RESEAU_ERROR_CLOSED if it is closed and not gone yet. Any"]
    #[doc = " thread, also inside its own function; never blocks."]
    pub fn reseau_timer_restart(timer: reseau_id, delay_ms: i64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Reports when a descriptor made elsewhere can be read or written (`events`: bits of `enum reseau_event`), edge by"]
    #[doc = " edge: what is there at first, then again only when something has come or room was made. The descriptor stays the"]
    #[doc = " caller's, who closes the watch first; on another thread than the loop's, waits for that by reseau_wait_closed(); and"]
    #[doc = " then closes the descriptor. One watch of a descriptor on each loop; RESEAU_ERROR_SYSTEM for that, and for what cannot"]
    #[doc = " be watched, such as regular files. `loop` 0: one of the library's. Any thread; never blocks."]
    pub fn reseau_watch(
        loop_: reseau_id,
        descriptor: std::os::raw::c_int,
        events: std::os::raw::c_int,
        function: ::std::option::Option<
            unsafe extern "C" fn(watch: reseau_id, events: std::os::raw::c_int, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> reseau_id;
}
#[doc = " Options of TLS. A client needs none: it trusts what the system trusts, and verifies the certificate for the host that"]
#[doc = " it connects to (RFC 9525). A server needs a certificate and its key."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_tls_options {
    #[doc = " sizeof(struct reseau_tls_options)."]
    pub size: usize,
    #[doc = " A file of trusted certificates, or a directory of them. Default: the system's."]
    pub ca_file: *const std::os::raw::c_char,
    pub ca_directory: *const std::os::raw::c_char,
    #[doc = " Trusted certificates as PEM, in place of the system's. Length 0: NUL-terminated."]
    pub ca_pem: *const std::os::raw::c_char,
    pub ca_pem_length: usize,
    #[doc = " This side's certificate chain and its private key, as PEM files."]
    pub certificate_file: *const std::os::raw::c_char,
    pub key_file: *const std::os::raw::c_char,
    #[doc = " The same as PEM in memory. Length 0: NUL-terminated."]
    pub certificate_pem: *const std::os::raw::c_char,
    pub certificate_pem_length: usize,
    pub key_pem: *const std::os::raw::c_char,
    pub key_pem_length: usize,
    #[doc = " Client: the name to ask for and to verify. Default: the host of the call."]
    pub server_name: *const std::os::raw::c_char,
    #[doc = " Protocols to agree on by ALPN (RFC 7301), the best first, separated by \";\": \"h2;http/1.1\"."]
    pub alpn: *const std::os::raw::c_char,
    #[doc = " The lowest version: 12 or 13. Default: 12."]
    pub minimum_version: std::os::raw::c_int,
    #[doc = " Client: not 0 verifies nothing. Server: see `client_certificates`. For tests; says so in the log."]
    pub insecure: std::os::raw::c_int,
    #[doc = " Server: not 0 demands a certificate of each client that ends at those of `ca_file` and its kin."]
    pub client_certificates: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_tls_options() {
    assert_eq!(
        ::std::mem::size_of::<reseau_tls_options>(),
        120usize,
        concat!("Size of: ", stringify!(reseau_tls_options))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_tls_options>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_tls_options))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_ca_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ca_file) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(ca_file))
        );
    }
    test_field_ca_file();
    fn test_field_ca_directory() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ca_directory) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(ca_directory))
        );
    }
    test_field_ca_directory();
    fn test_field_ca_pem() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ca_pem) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(ca_pem))
        );
    }
    test_field_ca_pem();
    fn test_field_ca_pem_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ca_pem_length) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(ca_pem_length))
        );
    }
    test_field_ca_pem_length();
    fn test_field_certificate_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificate_file) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(certificate_file))
        );
    }
    test_field_certificate_file();
    fn test_field_key_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).key_file) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(key_file))
        );
    }
    test_field_key_file();
    fn test_field_certificate_pem() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificate_pem) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(certificate_pem))
        );
    }
    test_field_certificate_pem();
    fn test_field_certificate_pem_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificate_pem_length) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(certificate_pem_length))
        );
    }
    test_field_certificate_pem_length();
    fn test_field_key_pem() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).key_pem) as usize - ptr as usize
            },
            72usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(key_pem))
        );
    }
    test_field_key_pem();
    fn test_field_key_pem_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).key_pem_length) as usize - ptr as usize
            },
            80usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(key_pem_length))
        );
    }
    test_field_key_pem_length();
    fn test_field_server_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).server_name) as usize - ptr as usize
            },
            88usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(server_name))
        );
    }
    test_field_server_name();
    fn test_field_alpn() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).alpn) as usize - ptr as usize
            },
            96usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(alpn))
        );
    }
    test_field_alpn();
    fn test_field_minimum_version() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).minimum_version) as usize - ptr as usize
            },
            104usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(minimum_version))
        );
    }
    test_field_minimum_version();
    fn test_field_insecure() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).insecure) as usize - ptr as usize
            },
            108usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(insecure))
        );
    }
    test_field_insecure();
    fn test_field_client_certificates() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).client_certificates) as usize - ptr as usize
            },
            112usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(client_certificates))
        );
    }
    test_field_client_certificates();
}
impl Default for reseau_tls_options {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
extern "C" {
    #[doc = " Begins TLS on an open plain connection: `is_server` not 0 waits for the peer's first message, else it sends its own."]
    #[doc = " What the peer has sent before and nobody has read is taken for a part of the handshake, so a protocol reads its own"]
    #[doc = " answer first and nothing more. Blocks until the handshake is done; on failure the connection is closed."]
    #[doc = " RESEAU_ERROR_BUSY if writes are queued that the system has not taken."]
    pub fn reseau_start_tls(
        connection: reseau_id,
        is_server: std::os::raw::c_int,
        options: *const reseau_tls_options,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The protocol agreed on by ALPN, NUL-terminated, or \"\". Returns its length. RESEAU_ERROR_NO_ROOM. Never blocks."]
    pub fn reseau_tls_protocol(
        connection: reseau_id,
        buffer: *mut std::os::raw::c_char,
        size: usize,
    ) -> std::os::raw::c_int;
}
