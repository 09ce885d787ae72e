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
#[doc = " The proxy does not make this connection."]
pub const RESEAU_ERROR_PROXY_REFUSED: reseau_error = -38;
#[doc = " The proxy asks for a user and a password, or for others."]
pub const RESEAU_ERROR_PROXY_AUTHENTICATION: reseau_error = -39;
#[doc = " What answers is not a proxy of this kind."]
pub const RESEAU_ERROR_PROXY_PROTOCOL: reseau_error = -40;
#[doc = " A hook of the connection has failed, or its bytes were cut."]
pub const RESEAU_ERROR_HOOK: reseau_error = -41;
#[doc = " There is something of this name already."]
pub const RESEAU_ERROR_EXISTS: reseau_error = -42;
#[doc = " The disk is full, or the space that the user may have on it."]
pub const RESEAU_ERROR_NO_SPACE: reseau_error = -43;
#[doc = " What calls return when they fail. Numbers never change; new ones may come."]
pub type reseau_error = std::os::raw::c_int;
extern "C" {
    #[doc = " The name of an error, such as \"RESEAU_ERROR_TIMED_OUT\", in static memory; never NULL: 0 is \"0\", what is no error is"]
    #[doc = " \"unknown\". Any thread."]
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
#[doc = " There is something to read, or the end of the stream."]
pub const RESEAU_READABLE: reseau_event = 1;
#[doc = " There is room to write."]
pub const RESEAU_WRITABLE: reseau_event = 2;
#[doc = " Reported only, and always: the other side is gone, or the descriptor has an error."]
pub const RESEAU_BROKEN: reseau_event = 4;
#[doc = " What can be watched for, and what is reported."]
pub type reseau_event = std::os::raw::c_uint;
#[doc = " epoll, which loops of Linux are on unless something else was asked for."]
pub const RESEAU_EVENT_LOOP_EPOLL: reseau_event_loop = 1;
#[doc = " io_uring, of Linux 6.1 or newer. Loops that callers run are on epoll all the same."]
pub const RESEAU_EVENT_LOOP_IO_URING: reseau_event_loop = 2;
#[doc = " What loops are made on. Only Linux has a choice."]
pub type reseau_event_loop = std::os::raw::c_uint;
extern "C" {
    #[doc = " Chooses what loops are made on from now on, those of the library and of the aws API included (there they are of the"]
    #[doc = " type AWS_EVENT_LOOP_EPOLL either way); call it before anything else. What there is stays as it is. Without it the"]
    #[doc = " environment chooses: RESEAU_EVENT_LOOP is `epoll` or `io_uring`. Who asks for epoll, by either, gets no ring of"]
    #[doc = " io_uring anywhere, not for the batches of completion queues either, which try one otherwise. `event_loop` is of `enum"]
    #[doc = " reseau_event_loop`. Returns 0; RESEAU_ERROR_UNSUPPORTED if the system has no such thing, or does not let us have it:"]
    #[doc = " then loops are on epoll where there is that. RESEAU_ERROR_INVALID_ARGUMENT. Any thread; never blocks."]
    pub fn reseau_choose_event_loop(event_loop: std::os::raw::c_int) -> std::os::raw::c_int;
}
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
    #[doc = " returns. Returns 0, or RESEAU_ERROR_LOOP_ENDED if it was closed meanwhile. RESEAU_ERROR_BUSY if a thread runs it"]
    #[doc = " already; RESEAU_ERROR_WOULD_BLOCK_LOOP on a loop's thread. Threads may run it one after the other."]
    pub fn reseau_loop_run(loop_: reseau_id, timeout_ms: i64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Ends the reseau_loop_run() that runs now, when what was posted before has been called; or the next one after a round."]
    #[doc = " Any thread; never blocks."]
    pub fn reseau_loop_stop(loop_: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The loop of an object: a connection, listener, datagram socket, file, timer or watch. Any thread; never blocks."]
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
    #[doc = ""]
    #[doc = " On Windows the descriptor is a SOCKET (its value has 32 bits that count), which this makes non-blocking"]
    #[doc = " (WSAEventSelect); a socket has one watch in all, and the later of two on different loops has the events."]
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
#[doc = " Bytes are received as they come, as with recv(2), and reported. Not together with RESEAU_READABLE."]
pub const RESEAU_RECEIVE: reseau_completion_event = 8;
#[doc = " What can be asked for and is reported besides `enum reseau_event`."]
pub type reseau_completion_event = std::os::raw::c_uint;
#[doc = " What has happened to a descriptor since the last report of it."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_completion {
    #[doc = " What the program has given with the descriptor."]
    pub token: u64,
    #[doc = " Bits of RESEAU_READABLE, RESEAU_WRITABLE, RESEAU_BROKEN, RESEAU_RECEIVE; one or more."]
    pub events: i32,
    #[doc = " With RESEAU_RECEIVE: 0, or why nothing can be received any more: a number of errno.h."]
    pub error: i32,
    #[doc = " With RESEAU_RECEIVE: bytes received; 0 is the end of the stream if `error` is 0. Nothing comes after either."]
    pub length: u64,
    #[doc = " With RESEAU_RECEIVE: where in the queue's memory they begin, in bytes. Good until the next wait."]
    pub offset: u64,
}
#[test]
fn bindgen_test_layout_reseau_completion() {
    assert_eq!(
        ::std::mem::size_of::<reseau_completion>(),
        32usize,
        concat!("Size of: ", stringify!(reseau_completion))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_completion>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_completion))
    );
    fn test_field_token() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).token) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_completion), "::", stringify!(token))
        );
    }
    test_field_token();
    fn test_field_events() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).events) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_completion), "::", stringify!(events))
        );
    }
    test_field_events();
    fn test_field_error() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).error) as usize - ptr as usize
            },
            12usize,
            concat!("Offset of field: ", stringify!(reseau_completion), "::", stringify!(error))
        );
    }
    test_field_error();
    fn test_field_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).length) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_completion), "::", stringify!(length))
        );
    }
    test_field_length();
    fn test_field_offset() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).offset) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_completion), "::", stringify!(offset))
        );
    }
    test_field_offset();
}
#[doc = " Bytes for a descriptor; and, after the call, what came of them."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_completion_send {
    pub data: *const std::os::raw::c_void,
    pub length: u64,
    #[doc = " A non-blocking stream socket."]
    pub descriptor: i32,
    #[doc = " Afterwards: 0, or why nothing can be sent any more: a number of errno.h."]
    pub error: i32,
    #[doc = " Afterwards: how many bytes the system has taken. Fewer than there are: it has no room for more now."]
    pub sent: u64,
}
#[test]
fn bindgen_test_layout_reseau_completion_send() {
    assert_eq!(
        ::std::mem::size_of::<reseau_completion_send>(),
        32usize,
        concat!("Size of: ", stringify!(reseau_completion_send))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_completion_send>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_completion_send))
    );
    fn test_field_data() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion_send>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).data) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_completion_send), "::", stringify!(data))
        );
    }
    test_field_data();
    fn test_field_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion_send>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).length) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_completion_send), "::", stringify!(length))
        );
    }
    test_field_length();
    fn test_field_descriptor() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion_send>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).descriptor) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_completion_send), "::", stringify!(descriptor))
        );
    }
    test_field_descriptor();
    fn test_field_error() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion_send>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).error) as usize - ptr as usize
            },
            20usize,
            concat!("Offset of field: ", stringify!(reseau_completion_send), "::", stringify!(error))
        );
    }
    test_field_error();
    fn test_field_sent() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_completion_send>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).sent) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_completion_send), "::", stringify!(sent))
        );
    }
    test_field_sent();
}
impl Default for reseau_completion_send {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
extern "C" {
    #[doc = " A queue with so many bytes of memory to receive into, or some more: 262,144 at least; 0 is 1,048,576. Returns its id,"]
    #[doc = " which is also that of a loop, but not for reseau_loop_run() (RESEAU_ERROR_WRONG_KIND); or an error. Any thread; never"]
    #[doc = " blocks."]
    pub fn reseau_completions_new(memory_bytes: usize) -> reseau_id;
}
extern "C" {
    #[doc = " The memory that is received into, which stays the queue's, and its size in bytes (`size` may be NULL); NULL if the id"]
    #[doc = " is not a queue's. Any thread; never blocks."]
    pub fn reseau_completions_memory(queue: reseau_id, size: *mut usize) -> *const std::os::raw::c_void;
}
extern "C" {
    #[doc = " Begins with a descriptor, which must be non-blocking for RESEAU_RECEIVE, and which is in this queue once."]
    #[doc = " `events`: bits of RESEAU_READABLE and RESEAU_WRITABLE, reported edge by edge as reseau_watch() does, or"]
    #[doc = " RESEAU_RECEIVE, or 0, to begin with reseau_completions_change(). RESEAU_BROKEN is reported together with them only."]
    #[doc = " Returns 0, or RESEAU_ERROR_BUSY if the queue has the descriptor; RESEAU_ERROR_SYSTEM if it cannot be watched. Never"]
    #[doc = " blocks."]
    pub fn reseau_completions_add(
        queue: reseau_id,
        descriptor: std::os::raw::c_int,
        events: std::os::raw::c_int,
        token: u64,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Other events from now on. A bit of RESEAU_READABLE or RESEAU_WRITABLE that was not asked for before is reported when"]
    #[doc = " it happens from now on: try first, and ask when that would block. RESEAU_RECEIVE goes on with what is there."]
    #[doc = " RESEAU_ERROR_INVALID_ARGUMENT if the queue does not have the descriptor. Never blocks."]
    pub fn reseau_completions_change(
        queue: reseau_id,
        descriptor: std::os::raw::c_int,
        events: std::os::raw::c_int,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Nothing of this descriptor is reported any more; before it is closed. Errors as the one before. Never blocks."]
    pub fn reseau_completions_remove(queue: reseau_id, descriptor: std::os::raw::c_int) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Waits until something has happened, up to `timeout_ns` nanoseconds (0: not at all; RESEAU_FOREVER: no limit), and"]
    #[doc = " writes up to `capacity` completions, one for each descriptor; the rest comes with the next call. Returns how many; 0"]
    #[doc = " when the time has passed, also when less of it has: after reseau_loop_stop(), posted functions, and signals."]
    #[doc = " RESEAU_ERROR_LOOP_ENDED when the queue is closed meanwhile; RESEAU_ERROR_WOULD_BLOCK_LOOP on a loop's thread."]
    pub fn reseau_completions_wait(
        queue: reseau_id,
        completions: *mut reseau_completion,
        capacity: usize,
        timeout_ns: i64,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The same, for a program that has sent something since the last wait and expects a reply: before it sleeps it asks the"]
    #[doc = " system again and again for a moment, 100 microseconds at most, if replies have come sooner than that before. It saves"]
    #[doc = " a sleep and a wake-up; where it does not pay it is not done. Errors as the one before."]
    pub fn reseau_completions_wait_for_reply(
        queue: reseau_id,
        completions: *mut reseau_completion,
        capacity: usize,
        timeout_ns: i64,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Sends to several sockets, which need not be in the queue: what each has room for now, by one call of the system where"]
    #[doc = " it has such a call (Linux's io_uring, if we are allowed it). No descriptor stands there twice. Returns 0; or an"]
    #[doc = " error, and has sent nothing. Never blocks."]
    pub fn reseau_completions_send(
        queue: reseau_id,
        sends: *mut reseau_completion_send,
        count: usize,
    ) -> std::os::raw::c_int;
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
    #[doc = " Returns how many of them it has consumed. The rest is kept and given again, with more behind it: when more has"]
    #[doc = " come, after `on_drain`, after reseau_resume(). A rest that fills the buffer stops the reading until then, or"]
    #[doc = " until a read makes room. The peer's end does not wait for a rest, which may be the beginning of what will never"]
    #[doc = " be whole. It waits, behind the rest, while the connection is paused, and while `on_drain` is due: what a full"]
    #[doc = " queue had no room for comes again before the end. A program that passes bytes on to another connection pauses"]
    #[doc = " this one when that one has no room, and resumes it in its `on_drain`; if they are on different loops, it pauses,"]
    #[doc = " tries to write once more, and resumes if that succeeds."]
    pub on_data: ::std::option::Option<
        unsafe extern "C" fn(
            connection: reseau_id,
            data: *const std::os::raw::c_void,
            length: usize,
            state: *mut std::os::raw::c_void,
        ) -> usize,
    >,
    #[doc = " The peer has ended its sending; everything before that has been given to `on_data`. What that has left can still"]
    #[doc = " be read by reseau_try_read(). Without this callback, connections with `on_data` close gracefully."]
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
    #[doc = " The look-up of the name, connecting, the proxy and TLS together. Default: 30,000."]
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
    #[doc = " reseau_connect(): a proxy to connect through, such as \"socks5://user:password@host:1080\" (RFC 1928, 1929) or"]
    #[doc = " \"http://host:3128\" (CONNECT, with basic authorisation if there is a user). Percent signs stand for bytes in user"]
    #[doc = " and password (RFC 3986). The target's name is looked up by the proxy; an address with a scope means nothing to"]
    #[doc = " one. TLS is with the target. Ports may be left out: 1080, and 80. What is no such URL is"]
    #[doc = " RESEAU_ERROR_INVALID_ARGUMENT. Default: none; the environment is not read."]
    pub proxy: *const std::os::raw::c_char,
    #[doc = " The look-up of the name. Default: no limit but `connect_timeout_ms`."]
    pub names_timeout_ms: i64,
    #[doc = " What is said to the proxy, and its answers. Default: 10,000."]
    pub proxy_timeout_ms: i64,
    #[doc = " Aborted when bytes have been queued all the time and the peer took fewer than so many in a second, on average"]
    #[doc = " over `slow_reader_timeout_ms`, or 10,000 if that has no limit. Default: no such limit."]
    pub slow_reader_bytes_per_second: usize,
    #[doc = " Not 0: TCP fast open (RFC 7413), where the system has it and allows it; elsewhere nothing changes. A listener"]
    #[doc = " takes bytes that come with the first packet. A client sends its first bytes with that, if it has been connected"]
    #[doc = " to this address before: then it is taken for connected at once, without a race, and a failure shows when it"]
    #[doc = " writes. For protocols in which the client speaks first, and for which it is no harm if the network delivers the"]
    #[doc = " first bytes twice."]
    pub fast_open: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_options() {
    assert_eq!(::std::mem::size_of::<reseau_options>(), 264usize, concat!("Size of: ", stringify!(reseau_options)));
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
    fn test_field_proxy() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).proxy) as usize - ptr as usize
            },
            224usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(proxy))
        );
    }
    test_field_proxy();
    fn test_field_names_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).names_timeout_ms) as usize - ptr as usize
            },
            232usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(names_timeout_ms))
        );
    }
    test_field_names_timeout_ms();
    fn test_field_proxy_timeout_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).proxy_timeout_ms) as usize - ptr as usize
            },
            240usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(proxy_timeout_ms))
        );
    }
    test_field_proxy_timeout_ms();
    fn test_field_slow_reader_bytes_per_second() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).slow_reader_bytes_per_second) as usize - ptr as usize
            },
            248usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(slow_reader_bytes_per_second))
        );
    }
    test_field_slow_reader_bytes_per_second();
    fn test_field_fast_open() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).fast_open) as usize - ptr as usize
            },
            256usize,
            concat!("Offset of field: ", stringify!(reseau_options), "::", stringify!(fast_open))
        );
    }
    test_field_fast_open();
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
#[doc = " The name of the host was looked up."]
pub const RESEAU_PHASE_NAMES: reseau_phase = 1;
#[doc = " Its addresses were tried."]
pub const RESEAU_PHASE_CONNECT: reseau_phase = 2;
#[doc = " The TLS handshake was under way."]
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
#[doc = " Connected to the proxy, which was asked for the connection."]
pub const RESEAU_PHASE_PROXY: reseau_phase = 9;
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
    #[doc = " The code of the layer below, or 0, for logs: aws_error_name() names it after aws_io_library_init(). After"]
    #[doc = " RESEAU_ERROR_HOOK what the hook has returned; in the phase RESEAU_PHASE_PROXY, if the proxy has said one, its own"]
    #[doc = " number: a reply of SOCKS5 or a status of HTTP."]
    pub cause: std::os::raw::c_int,
    #[doc = " Bytes of the stream that came in, and that the system took."]
    pub bytes_read: u64,
    pub bytes_written: u64,
    #[doc = " Bytes that were queued and never taken; with TLS or hooks also those of writes that were taken in part."]
    pub bytes_unsent: u64,
    #[doc = " Nanoseconds from the call that made it until now or its end."]
    pub duration_ns: i64,
    #[doc = " The alert that the peer has ended TLS by (RFC 8446 section 6), or 0."]
    pub tls_alert: std::os::raw::c_int,
    #[doc = " The code of the system's resolver (EAI_*, getaddrinfo(3)) if the name could not be looked up, or 0."]
    pub resolver_error: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_close_info() {
    assert_eq!(
        ::std::mem::size_of::<reseau_close_info>(),
        64usize,
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
    fn test_field_tls_alert() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).tls_alert) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(tls_alert))
        );
    }
    test_field_tls_alert();
    fn test_field_resolver_error() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_close_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).resolver_error) as usize - ptr as usize
            },
            60usize,
            concat!("Offset of field: ", stringify!(reseau_close_info), "::", stringify!(resolver_error))
        );
    }
    test_field_resolver_error();
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
    #[doc = " is the side that accepted. On Windows a descriptor is a SOCKET, made for overlapped operations and tied to no port."]
    pub fn reseau_adopt(
        descriptor: std::os::raw::c_int,
        is_server: std::os::raw::c_int,
        options: *const reseau_options,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Takes the descriptor out, with blocking mode as it is, and forgets the connection: no `on_close`. Only plain"]
    #[doc = " connections without hooks (RESEAU_ERROR_UNSUPPORTED otherwise), whose queue is empty and whose read buffer has been"]
    #[doc = " read (RESEAU_ERROR_BUSY otherwise)."]
    #[doc = " Blocks until the loop has released it. Returns the descriptor, which is the caller's to close. On Windows:"]
    #[doc = " RESEAU_ERROR_UNSUPPORTED."]
    pub fn reseau_detach(connection: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Reads what is there, up to `size` bytes; waits for the first if there are none. Returns how many; 0 is the end of the"]
    #[doc = " stream. Blocks, up to the read deadline: RESEAU_ERROR_TIMED_OUT. `size` 0 returns 0 at once. One reader at a time:"]
    #[doc = " others fail with RESEAU_ERROR_BUSY. After a failure of the connection what has come before it is read first, then"]
    #[doc = " this fails with its error."]
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
    #[doc = " once. It stays the caller's and is duplicated; `close_it` not 0: it is the library's, also when this fails. On"]
    #[doc = " Windows it is a descriptor of the Universal C Runtime."]
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
    #[doc = " Closes a connection behind what is queued, after which nothing more can be written; or closes any other object: a"]
    #[doc = " listener, datagram socket, file, timer, watch, loop or completion queue. Returns at once, 0 also when it was closing"]
    #[doc = " already; file.h and loop.h say what the close of a file and of a loop does. `on_close`, where there is one, comes"]
    #[doc = " when it is done."]
    pub fn reseau_close(id: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Closes at once. What is queued, or has come and was not read, is thrown away; if there was any, the peer of a TCP"]
    #[doc = " connection gets a reset (RESEAU_ERROR_RESET, ECONNRESET), which also takes what the system has not delivered, and so"]
    #[doc = " does not take a part for the whole. Else it gets the end of the stream; over TLS without a close_notify. The peer of"]
    #[doc = " a Unix socket gets the end in any case. A connection that fails or passes a limit with bytes unsent is reset as well."]
    #[doc = " Returns at once."]
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
    #[doc = " The address of the other side. Also of datagram sockets that have a peer; RESEAU_ERROR_CLOSED if there is none."]
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
    #[doc = " Not 0: `data` is several datagrams, each of so many bytes, of which the last may be shorter. To send: they are"]
    #[doc = " cut there, by the system's own means where it has them (UDP_SEGMENT), which is quicker than one by one; the"]
    #[doc = " system may drop those at the end. After a receive: only with `join_received`."]
    pub segment_size: usize,
}
#[test]
fn bindgen_test_layout_reseau_datagram() {
    assert_eq!(::std::mem::size_of::<reseau_datagram>(), 64usize, concat!("Size of: ", stringify!(reseau_datagram)));
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
    fn test_field_segment_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).segment_size) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_datagram), "::", stringify!(segment_size))
        );
    }
    test_field_segment_size();
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
    #[doc = " Not 0: what comes from one sender, and in one size, may be received as one datagram (UDP_GRO, where there is"]
    #[doc = " that), with its `segment_size`; buffers should have room for 65,535 bytes. `on_datagram` gets them one by one."]
    pub join_received: std::os::raw::c_int,
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
    fn test_field_join_received() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_datagram_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).join_received) as usize - ptr as usize
            },
            60usize,
            concat!("Offset of field: ", stringify!(reseau_datagram_options), "::", stringify!(join_received))
        );
    }
    test_field_join_received();
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
    #[doc = " The same from the middle of the first on, for datagrams with a `segment_size`: `*sent` bytes of it have gone before,"]
    #[doc = " a whole number of segments. When this returns, `*sent` is how much has gone of the first that did not go as a whole,"]
    #[doc = " 0 if none was begun: with that, and past those that went, the rest is sent later, and nothing twice. (Both functions"]
    #[doc = " above drop the rest of one that was begun, as the network may.) Returns how many went as a whole, so 0 if a part of"]
    #[doc = " the first did; an error only if nothing went. RESEAU_ERROR_INVALID_ARGUMENT if `sent` is NULL or no such number."]
    pub fn reseau_datagram_send_rest(
        socket: reseau_id,
        datagrams: *const reseau_datagram,
        count: usize,
        sent: *mut usize,
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
#[doc = " It can be read."]
pub const RESEAU_FILE_READ: reseau_file_flags = 1;
#[doc = " It can be written."]
pub const RESEAU_FILE_WRITE: reseau_file_flags = 2;
#[doc = " It is made if there is none."]
pub const RESEAU_FILE_CREATE: reseau_file_flags = 4;
#[doc = " With RESEAU_FILE_CREATE: RESEAU_ERROR_EXISTS if there is one."]
pub const RESEAU_FILE_EXCLUSIVE: reseau_file_flags = 8;
#[doc = " With RESEAU_FILE_WRITE: its content is thrown away."]
pub const RESEAU_FILE_TRUNCATE: reseau_file_flags = 16;
#[doc = " How a file is opened; at least one of the first two."]
pub type reseau_file_flags = std::os::raw::c_uint;
#[doc = " A pipe, a socket, a device, or anything else."]
pub const RESEAU_FILE_KIND_OTHER: reseau_file_kind = 0;
#[doc = " A regular file."]
pub const RESEAU_FILE_KIND_REGULAR: reseau_file_kind = 1;
#[doc = " A folder."]
pub const RESEAU_FILE_KIND_FOLDER: reseau_file_kind = 2;
#[doc = " What a path stands for."]
pub type reseau_file_kind = std::os::raw::c_uint;
#[doc = " What the system knows of a file."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_file_info {
    #[doc = " sizeof(struct reseau_file_info), set before."]
    pub size: usize,
    #[doc = " Its bytes."]
    pub length: u64,
    #[doc = " Another file that has come to the same path has another number."]
    pub node: u64,
    #[doc = " When its content was changed: nanoseconds since 1970 in UTC."]
    pub modified_ns: i64,
    #[doc = " One of `enum reseau_file_kind`."]
    pub kind: std::os::raw::c_int,
    #[doc = " Its permission bits."]
    pub mode: std::os::raw::c_uint,
}
#[test]
fn bindgen_test_layout_reseau_file_info() {
    assert_eq!(::std::mem::size_of::<reseau_file_info>(), 40usize, concat!("Size of: ", stringify!(reseau_file_info)));
    assert_eq!(
        ::std::mem::align_of::<reseau_file_info>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_file_info))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_file_info), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).length) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_file_info), "::", stringify!(length))
        );
    }
    test_field_length();
    fn test_field_node() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).node) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_file_info), "::", stringify!(node))
        );
    }
    test_field_node();
    fn test_field_modified_ns() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).modified_ns) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_file_info), "::", stringify!(modified_ns))
        );
    }
    test_field_modified_ns();
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_file_info), "::", stringify!(kind))
        );
    }
    test_field_kind();
    fn test_field_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).mode) as usize - ptr as usize
            },
            36usize,
            concat!("Offset of field: ", stringify!(reseau_file_info), "::", stringify!(mode))
        );
    }
    test_field_mode();
}
#[doc = " Options of all that has an id here. Set `size`, or begin with reseau_file_options_default()."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_file_options {
    #[doc = " sizeof(struct reseau_file_options)."]
    pub size: usize,
    #[doc = " Given to `on_close`."]
    pub state: *mut std::os::raw::c_void,
    #[doc = " The file, or watch, is closed: `error` is 0, or why. Exactly once, the last callback, on the loop's thread. Not"]
    #[doc = " called if there was no id."]
    pub on_close: ::std::option::Option<
        unsafe extern "C" fn(id: reseau_id, error: std::os::raw::c_int, state: *mut std::os::raw::c_void),
    >,
    #[doc = " The loop to be on. Default: one of the library's."]
    pub loop_: reseau_id,
    #[doc = " Permission bits of a file that is made, less the process's umask. Default: 0666; reseau_file_store() keeps those"]
    #[doc = " of the file that it replaces."]
    pub mode: std::os::raw::c_uint,
    #[doc = " Watches: changes are gathered for so many milliseconds, and reported together. Default: 50."]
    pub gather_ms: i64,
}
#[test]
fn bindgen_test_layout_reseau_file_options() {
    assert_eq!(
        ::std::mem::size_of::<reseau_file_options>(),
        48usize,
        concat!("Size of: ", stringify!(reseau_file_options))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_file_options>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_file_options))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_file_options), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_state() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).state) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_file_options), "::", stringify!(state))
        );
    }
    test_field_state();
    fn test_field_on_close() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).on_close) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_file_options), "::", stringify!(on_close))
        );
    }
    test_field_on_close();
    fn test_field_loop() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).loop_) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_file_options), "::", stringify!(loop_))
        );
    }
    test_field_loop();
    fn test_field_mode() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).mode) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_file_options), "::", stringify!(mode))
        );
    }
    test_field_mode();
    fn test_field_gather_ms() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).gather_ms) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_file_options), "::", stringify!(gather_ms))
        );
    }
    test_field_gather_ms();
}
impl Default for reseau_file_options {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[doc = " Something has come to this name: it was made, moved there, or has taken the place of what was there."]
pub const RESEAU_FILE_CREATED: reseau_file_change_kind = 1;
#[doc = " Its content, times or permissions have changed."]
pub const RESEAU_FILE_CHANGED: reseau_file_change_kind = 2;
#[doc = " It is not there any more. Without a name: the folder itself, and the watch ends."]
pub const RESEAU_FILE_REMOVED: reseau_file_change_kind = 3;
#[doc = " It has another name in the same folder."]
pub const RESEAU_FILE_RENAMED: reseau_file_change_kind = 4;
#[doc = " Changes were lost, since there were too many: look at everything again."]
pub const RESEAU_FILE_RESCAN: reseau_file_change_kind = 5;
#[doc = " What has happened to a file, or to the folder that is watched."]
pub type reseau_file_change_kind = std::os::raw::c_uint;
#[doc = " One change; good inside the callback."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_file_change {
    #[doc = " One of `enum reseau_file_change_kind`."]
    pub kind: std::os::raw::c_int,
    #[doc = " Not 0 if what has the name is a folder."]
    pub is_folder: std::os::raw::c_int,
    #[doc = " The name in the folder, or that of the file that is watched; NULL for RESEAU_FILE_RESCAN and the folder itself."]
    pub name: *const std::os::raw::c_char,
    #[doc = " RESEAU_FILE_RENAMED: the name until now. Else NULL."]
    pub old_name: *const std::os::raw::c_char,
}
#[test]
fn bindgen_test_layout_reseau_file_change() {
    assert_eq!(
        ::std::mem::size_of::<reseau_file_change>(),
        24usize,
        concat!("Size of: ", stringify!(reseau_file_change))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_file_change>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_file_change))
    );
    fn test_field_kind() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_change>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).kind) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_file_change), "::", stringify!(kind))
        );
    }
    test_field_kind();
    fn test_field_is_folder() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_change>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).is_folder) as usize - ptr as usize
            },
            4usize,
            concat!("Offset of field: ", stringify!(reseau_file_change), "::", stringify!(is_folder))
        );
    }
    test_field_is_folder();
    fn test_field_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_change>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).name) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_file_change), "::", stringify!(name))
        );
    }
    test_field_name();
    fn test_field_old_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_file_change>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).old_name) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_file_change), "::", stringify!(old_name))
        );
    }
    test_field_old_name();
}
impl Default for reseau_file_change {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
extern "C" {
    #[doc = " Opens a regular file. `flags`: bits of `enum reseau_file_flags`. Returns its id, which reseau_close() closes; or"]
    #[doc = " RESEAU_ERROR_NOT_FOUND, _ACCESS_DENIED, _EXISTS or another, and nothing is left. Any thread but a loop's; blocks."]
    pub fn reseau_file_open(
        path: *const std::os::raw::c_char,
        flags: std::os::raw::c_int,
        options: *const reseau_file_options,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " The same without blocking: returns the id at once. It can be used when `on_open` is called with a `result` of 0, and"]
    #[doc = " fails with RESEAU_ERROR_BUSY before; with another `result` it is closed. Any thread."]
    pub fn reseau_file_open_start(
        path: *const std::os::raw::c_char,
        flags: std::os::raw::c_int,
        options: *const reseau_file_options,
        on_open: ::std::option::Option<
            unsafe extern "C" fn(file: reseau_id, result: i64, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Reads `size` bytes from an offset; fewer only at the end of the file, where it is 0. RESEAU_ERROR_FILE if the system"]
    #[doc = " fails. Any thread but a loop's; blocks."]
    pub fn reseau_file_read(file: reseau_id, buffer: *mut std::os::raw::c_void, size: usize, offset: u64) -> i64;
}
extern "C" {
    #[doc = " The same without blocking. Returns 0, or an error; then `done` is not called. Any thread."]
    pub fn reseau_file_read_start(
        file: reseau_id,
        buffer: *mut std::os::raw::c_void,
        size: usize,
        offset: u64,
        done: ::std::option::Option<
            unsafe extern "C" fn(file: reseau_id, result: i64, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Writes all of it at an offset; what lies between that and the end of a shorter file is zeros. Returns `size`, or an"]
    #[doc = " error, after which some of it may have been written: RESEAU_ERROR_NO_SPACE, _FILE. Any thread but a loop's; blocks."]
    pub fn reseau_file_write(file: reseau_id, data: *const std::os::raw::c_void, size: usize, offset: u64) -> i64;
}
extern "C" {
    #[doc = " The same without blocking. Returns 0, or an error; then `done` is not called. Any thread."]
    pub fn reseau_file_write_start(
        file: reseau_id,
        data: *const std::os::raw::c_void,
        size: usize,
        offset: u64,
        done: ::std::option::Option<
            unsafe extern "C" fn(file: reseau_id, result: i64, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Returns 0 when everything that was written before is on the disk (fsync(2)): that of blocking calls which have"]
    #[doc = " returned, and of others whose `done` was called. Any thread but a loop's; blocks."]
    pub fn reseau_file_sync(file: reseau_id) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The same without blocking. Returns 0, or an error; then `done` is not called. Any thread."]
    pub fn reseau_file_sync_start(
        file: reseau_id,
        done: ::std::option::Option<
            unsafe extern "C" fn(file: reseau_id, result: i64, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Makes the file so long; what is added is zeros. Returns 0 or an error. Any thread but a loop's; blocks."]
    pub fn reseau_file_truncate(file: reseau_id, length: u64) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The same without blocking. Returns 0, or an error; then `done` is not called. Any thread."]
    pub fn reseau_file_truncate_start(
        file: reseau_id,
        length: u64,
        done: ::std::option::Option<
            unsafe extern "C" fn(file: reseau_id, result: i64, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " What the system knows of an open file. Set `info->size` before. Returns 0 or an error. Any thread but a loop's;"]
    #[doc = " blocks."]
    pub fn reseau_file_info(file: reseau_id, info: *mut reseau_file_info) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The same without blocking. Returns 0, or an error; then `done` is not called. Any thread."]
    pub fn reseau_file_info_start(
        file: reseau_id,
        info: *mut reseau_file_info,
        done: ::std::option::Option<
            unsafe extern "C" fn(file: reseau_id, result: i64, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " What a path stands for, through symbolic links. Set `info->size` before. Returns 0 or an error, such as"]
    #[doc = " RESEAU_ERROR_NOT_FOUND. Any thread but a loop's; blocks."]
    pub fn reseau_file_info_of(path: *const std::os::raw::c_char, info: *mut reseau_file_info) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Reads a whole file into memory that the caller frees by reseau_free(); a NUL, which is not counted, stands behind it."]
    #[doc = " Returns its length; or RESEAU_ERROR_TOO_LARGE if there are more than `limit` bytes, _NOT_FOUND, _ACCESS_DENIED or"]
    #[doc = " another, and `*data` is NULL. Any thread but a loop's; blocks."]
    pub fn reseau_file_load(
        path: *const std::os::raw::c_char,
        data: *mut *mut std::os::raw::c_void,
        limit: usize,
    ) -> i64;
}
extern "C" {
    #[doc = " The same without blocking. Returns an id, by which reseau_close() cancels it, and which ends by itself after `done`."]
    #[doc = " `data` is the callback's to free by reseau_free(), and NULL if `result` is an error. Any thread."]
    pub fn reseau_file_load_start(
        path: *const std::os::raw::c_char,
        limit: usize,
        options: *const reseau_file_options,
        done: ::std::option::Option<
            unsafe extern "C" fn(
                id: reseau_id,
                data: *mut std::os::raw::c_void,
                result: i64,
                state: *mut std::os::raw::c_void,
            ),
        >,
        state: *mut std::os::raw::c_void,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Makes a file of these bytes, in the place of one that may be there, at once and for all readers (rename(2)): whatever"]
    #[doc = " fails, be it the power, there is the old file or the new one, whole. It is on the disk when this returns `length`."]
    #[doc = " A symbolic link stays; the file that it leads to is replaced. One that leads nowhere is RESEAU_ERROR_NOT_FOUND. Of"]
    #[doc = " the options `mode` is used. Any thread but a loop's; blocks."]
    pub fn reseau_file_store(
        path: *const std::os::raw::c_char,
        data: *const std::os::raw::c_void,
        length: usize,
        options: *const reseau_file_options,
    ) -> i64;
}
extern "C" {
    #[doc = " The same without blocking. Returns an id as reseau_file_load_start() does. `data` is the library's until `done` is"]
    #[doc = " called. Any thread."]
    pub fn reseau_file_store_start(
        path: *const std::os::raw::c_char,
        data: *const std::os::raw::c_void,
        length: usize,
        options: *const reseau_file_options,
        done: ::std::option::Option<unsafe extern "C" fn(id: reseau_id, result: i64, state: *mut std::os::raw::c_void)>,
        state: *mut std::os::raw::c_void,
    ) -> reseau_id;
}
extern "C" {
    #[doc = " Reports what happens in a folder, without the folders in it; or to a file, which need not be there yet, and may be"]
    #[doc = " replaced. Of what happens to one name within `gather_ms` the outcome is reported: what comes and goes is not, and"]
    #[doc = " what changes often is once. Returns the watch's id, which reseau_close() closes, or an error, such as"]
    #[doc = " RESEAU_ERROR_NOT_FOUND, _TOO_MANY_FILES or, where the system has no such events, _UNSUPPORTED. When the folder is"]
    #[doc = " removed or moved, that is reported, and the watch ends with RESEAU_ERROR_NOT_FOUND. Any thread; asks the system, and"]
    #[doc = " waits for nothing."]
    pub fn reseau_file_watch(
        path: *const std::os::raw::c_char,
        options: *const reseau_file_options,
        on_change: ::std::option::Option<
            unsafe extern "C" fn(watch: reseau_id, change: *const reseau_file_change, state: *mut std::os::raw::c_void),
        >,
        state: *mut std::os::raw::c_void,
    ) -> reseau_id;
}
#[doc = " What a hook is given, and what it makes of it."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_hook_bytes {
    #[doc = " What has come and is not consumed yet, in one piece. NULL if there is nothing."]
    pub input: *const std::os::raw::c_uchar,
    pub input_length: usize,
    #[doc = " Nothing will come behind it: the stream has ended there."]
    pub is_last: std::os::raw::c_int,
    #[doc = " Where the result goes: room for at least 16,384 bytes."]
    pub output: *mut std::os::raw::c_uchar,
    pub output_room: usize,
    #[doc = " Set by the hook, 0 before: how much of `input` it is done with."]
    pub consumed: usize,
    #[doc = " Set by the hook, 0 before: how much it has put into `output`."]
    pub produced: usize,
}
#[test]
fn bindgen_test_layout_reseau_hook_bytes() {
    assert_eq!(
        ::std::mem::size_of::<reseau_hook_bytes>(),
        56usize,
        concat!("Size of: ", stringify!(reseau_hook_bytes))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_hook_bytes>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_hook_bytes))
    );
    fn test_field_input() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook_bytes>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).input) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_hook_bytes), "::", stringify!(input))
        );
    }
    test_field_input();
    fn test_field_input_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook_bytes>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).input_length) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_hook_bytes), "::", stringify!(input_length))
        );
    }
    test_field_input_length();
    fn test_field_is_last() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook_bytes>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).is_last) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_hook_bytes), "::", stringify!(is_last))
        );
    }
    test_field_is_last();
    fn test_field_output() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook_bytes>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).output) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_hook_bytes), "::", stringify!(output))
        );
    }
    test_field_output();
    fn test_field_output_room() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook_bytes>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).output_room) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_hook_bytes), "::", stringify!(output_room))
        );
    }
    test_field_output_room();
    fn test_field_consumed() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook_bytes>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).consumed) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_hook_bytes), "::", stringify!(consumed))
        );
    }
    test_field_consumed();
    fn test_field_produced() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook_bytes>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).produced) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_hook_bytes), "::", stringify!(produced))
        );
    }
    test_field_produced();
}
impl Default for reseau_hook_bytes {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[doc = " It has done what it can; what it has not consumed needs more behind it."]
pub const RESEAU_HOOK_DONE: reseau_hook_result = 0;
#[doc = " It has more to put: call it again with another window. It must have consumed or produced something."]
pub const RESEAU_HOOK_MORE: reseau_hook_result = 1;
#[doc = " `read` only: the stream has ended here, as the hook's own protocol says. What comes behind is thrown away."]
pub const RESEAU_HOOK_END: reseau_hook_result = 2;
#[doc = " What a function of a hook returns."]
pub type reseau_hook_result = std::os::raw::c_uint;
#[doc = " A function of a hook. Returns one of `enum reseau_hook_result`; a number below 0 fails the connection, with"]
#[doc = " RESEAU_ERROR_HOOK, and that number as `cause` in its record. So does a call whose result or numbers cannot be, with"]
#[doc = " RESEAU_ERROR_INVALID_ARGUMENT as the cause. It comes on the thread of the connection's loop, one at a"]
#[doc = " time, under no lock, and may call any function of the library that does not block, also for its own connection: what"]
#[doc = " it writes goes through all hooks, from the top; a close or abort takes effect when it has returned; a hook that it"]
#[doc = " adds is the newest. It must not run a loop or throw."]
pub type reseau_hook_fn = ::std::option::Option<
    unsafe extern "C" fn(
        connection: reseau_id,
        bytes: *mut reseau_hook_bytes,
        state: *mut std::os::raw::c_void,
    ) -> std::os::raw::c_int,
>;
#[doc = " A hook. Functions may be NULL: then bytes pass as they are, and there is nothing to flush or to close."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_hook {
    #[doc = " sizeof(struct reseau_hook)."]
    pub size: usize,
    #[doc = " Given to each function."]
    pub state: *mut std::os::raw::c_void,
    #[doc = " Bytes from below. When the stream has ended, once more with `is_last`; what is left unconsumed then was cut,"]
    #[doc = " and fails the connection: RESEAU_ERROR_HOOK, the cause being RESEAU_ERROR_END_OF_STREAM."]
    pub read: reseau_hook_fn,
    #[doc = " Bytes from above. A file comes in pieces of 64 KB at most, in order with other writes."]
    pub write: reseau_hook_fn,
    #[doc = " All that was written up to now has been given to `write`: puts what the hook holds back, so that the peer gets"]
    #[doc = " it. Often: a turn of the loop that has written ends with it. Also asked for by reseau_flush_hooks()."]
    pub flush: reseau_hook_fn,
    #[doc = " This side ends its sending, by reseau_end() or a graceful close: puts the last bytes, such as a trailer. Once,"]
    #[doc = " after all else that goes out; not when the connection is aborted or has failed."]
    pub close: reseau_hook_fn,
    #[doc = " Frees the state: once, after `on_close`, when the hook has left or cannot be added. On any thread."]
    pub destroy: ::std::option::Option<unsafe extern "C" fn(state: *mut std::os::raw::c_void)>,
}
#[test]
fn bindgen_test_layout_reseau_hook() {
    assert_eq!(::std::mem::size_of::<reseau_hook>(), 56usize, concat!("Size of: ", stringify!(reseau_hook)));
    assert_eq!(::std::mem::align_of::<reseau_hook>(), 8usize, concat!("Alignment of ", stringify!(reseau_hook)));
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_hook), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_state() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).state) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_hook), "::", stringify!(state))
        );
    }
    test_field_state();
    fn test_field_read() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).read) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_hook), "::", stringify!(read))
        );
    }
    test_field_read();
    fn test_field_write() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).write) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_hook), "::", stringify!(write))
        );
    }
    test_field_write();
    fn test_field_flush() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).flush) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_hook), "::", stringify!(flush))
        );
    }
    test_field_flush();
    fn test_field_close() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).close) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_hook), "::", stringify!(close))
        );
    }
    test_field_close();
    fn test_field_destroy() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_hook>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).destroy) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_hook), "::", stringify!(destroy))
        );
    }
    test_field_destroy();
}
impl Default for reseau_hook {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
extern "C" {
    #[doc = " Puts a hook on top of a connection. What the peer has sent and nobody has read goes through it, so a"]
    #[doc = " protocol that agrees on it reads its own answer first, and nothing more; what was written before goes without it. In"]
    #[doc = " a callback of the connection's the bytes that this call consumes are read. Returns 0 when that has been done; on"]
    #[doc = " the loop's thread it is done when the callback has returned. Elsewhere it waits for the loop a moment: on the thread"]
    #[doc = " of another loop that is RESEAU_ERROR_WOULD_BLOCK_LOOP. RESEAU_ERROR_CLOSED if the connection is closing;"]
    #[doc = " RESEAU_ERROR_BUSY while TLS begins. The struct is copied; on failure the state has been destroyed, but for"]
    #[doc = " RESEAU_ERROR_INVALID_ARGUMENT."]
    #[doc = ""]
    #[doc = " At most 64 KB are kept that a hook has not consumed; one that needs more in one piece ends the connection:"]
    #[doc = " RESEAU_ERROR_HOOK, the cause being RESEAU_ERROR_TOO_LARGE. A connection with hooks cannot be detached."]
    pub fn reseau_add_hook(connection: reseau_id, hook: *const reseau_hook) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Takes the newest hook with this state away. What was written before goes through it still, then its `close` puts its"]
    #[doc = " last bytes, and what is written later passes it by. What comes in passes it by from now on, first what it has not"]
    #[doc = " consumed; a function of it that runs at this moment comes to its end. So a hook whose own protocol says that it ends"]
    #[doc = " here consumes up to that place in its `read`, and takes itself away. Its state is destroyed when all of that has been"]
    #[doc = " done, on the loop's thread. The connection goes on, and can still not be detached. Returns 0 at once."]
    #[doc = " RESEAU_ERROR_NOT_FOUND if there is no such hook; RESEAU_ERROR_UNSUPPORTED for one that TLS stands on;"]
    #[doc = " RESEAU_ERROR_CLOSED if the connection is closing; RESEAU_ERROR_BUSY while TLS begins. Any thread; never blocks."]
    pub fn reseau_remove_hook(connection: reseau_id, state: *const std::os::raw::c_void) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Has `flush` of each hook called, from the newest to the oldest, also if nothing was written: so a hook can send bytes"]
    #[doc = " of its own, such as the answer to what `read` has seen. Returns 0 or an error. Any thread; never blocks."]
    pub fn reseau_flush_hooks(connection: reseau_id) -> std::os::raw::c_int;
}
#[doc = " One address that a connect has tried (RFC 8305)."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_attempt {
    #[doc = " The address and port; with a proxy, the proxy's."]
    pub address: reseau_address,
    #[doc = " When it began and ended: nanoseconds from the call that made the connection."]
    pub begun_ns: i64,
    pub ended_ns: i64,
    #[doc = " 0 for the one that has connected; RESEAU_ERROR_CANCELED if another was first, or the time was over."]
    pub error: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_attempt() {
    assert_eq!(::std::mem::size_of::<reseau_attempt>(), 144usize, concat!("Size of: ", stringify!(reseau_attempt)));
    assert_eq!(::std::mem::align_of::<reseau_attempt>(), 8usize, concat!("Alignment of ", stringify!(reseau_attempt)));
    fn test_field_address() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_attempt>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).address) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_attempt), "::", stringify!(address))
        );
    }
    test_field_address();
    fn test_field_begun_ns() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_attempt>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).begun_ns) as usize - ptr as usize
            },
            120usize,
            concat!("Offset of field: ", stringify!(reseau_attempt), "::", stringify!(begun_ns))
        );
    }
    test_field_begun_ns();
    fn test_field_ended_ns() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_attempt>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).ended_ns) as usize - ptr as usize
            },
            128usize,
            concat!("Offset of field: ", stringify!(reseau_attempt), "::", stringify!(ended_ns))
        );
    }
    test_field_ended_ns();
    fn test_field_error() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_attempt>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).error) as usize - ptr as usize
            },
            136usize,
            concat!("Offset of field: ", stringify!(reseau_attempt), "::", stringify!(error))
        );
    }
    test_field_error();
}
impl Default for reseau_attempt {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[doc = " What a connection has done. Numbers that only grow do not wrap."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_counters {
    #[doc = " sizeof(struct reseau_counters)."]
    pub size: usize,
    #[doc = " Bytes of the stream that came in, and that the system took: content, where there is TLS."]
    pub bytes_read: u64,
    pub bytes_written: u64,
    #[doc = " Calls of the program, or callbacks, that have consumed bytes; and calls that have queued some."]
    pub reads: u64,
    pub writes: u64,
    #[doc = " Calls of the system that were made to receive, also in vain; and those that were made to send."]
    pub receive_calls: u64,
    pub send_calls: u64,
    #[doc = " Bytes that wait to be read, and, files left out, to be sent, now."]
    pub unread_bytes: u64,
    pub queued_bytes: u64,
    #[doc = " The most bytes that have ever been queued."]
    pub max_queued_bytes: u64,
    #[doc = " How long the queue was full altogether, in nanoseconds: from a write that found no room until there was some."]
    pub full_ns: i64,
    #[doc = " Nanoseconds from the call that made it until now."]
    pub age_ns: i64,
}
#[test]
fn bindgen_test_layout_reseau_counters() {
    assert_eq!(::std::mem::size_of::<reseau_counters>(), 96usize, concat!("Size of: ", stringify!(reseau_counters)));
    assert_eq!(
        ::std::mem::align_of::<reseau_counters>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_counters))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_bytes_read() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes_read) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(bytes_read))
        );
    }
    test_field_bytes_read();
    fn test_field_bytes_written() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes_written) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(bytes_written))
        );
    }
    test_field_bytes_written();
    fn test_field_reads() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).reads) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(reads))
        );
    }
    test_field_reads();
    fn test_field_writes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).writes) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(writes))
        );
    }
    test_field_writes();
    fn test_field_receive_calls() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).receive_calls) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(receive_calls))
        );
    }
    test_field_receive_calls();
    fn test_field_send_calls() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).send_calls) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(send_calls))
        );
    }
    test_field_send_calls();
    fn test_field_unread_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).unread_bytes) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(unread_bytes))
        );
    }
    test_field_unread_bytes();
    fn test_field_queued_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).queued_bytes) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(queued_bytes))
        );
    }
    test_field_queued_bytes();
    fn test_field_max_queued_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).max_queued_bytes) as usize - ptr as usize
            },
            72usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(max_queued_bytes))
        );
    }
    test_field_max_queued_bytes();
    fn test_field_full_ns() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).full_ns) as usize - ptr as usize
            },
            80usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(full_ns))
        );
    }
    test_field_full_ns();
    fn test_field_age_ns() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).age_ns) as usize - ptr as usize
            },
            88usize,
            concat!("Offset of field: ", stringify!(reseau_counters), "::", stringify!(age_ns))
        );
    }
    test_field_age_ns();
}
#[doc = " What the connections of a process have done: those of this surface."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_process_counters {
    #[doc = " sizeof(struct reseau_process_counters)."]
    pub size: usize,
    #[doc = " Connections that are there now, also those that are connecting."]
    pub open_now: u64,
    #[doc = " Those that this process began, adopted ones included, and those that it accepted."]
    pub begun: u64,
    pub accepted: u64,
    #[doc = " Those that have opened: they could be used."]
    pub opened: u64,
    #[doc = " Those that have ended, by who ended them."]
    pub closed_by_local: u64,
    pub closed_by_peer: u64,
    pub closed_by_library: u64,
    #[doc = " Of all that have ended, those that ended with an error, by the phase that they were in."]
    pub failed_names: u64,
    pub failed_connect: u64,
    pub failed_proxy: u64,
    pub failed_tls: u64,
    pub failed_open: u64,
    pub failed_close: u64,
    #[doc = " Bytes of all streams that came in."]
    pub bytes_read: u64,
    #[doc = " Bytes of all streams that the system took."]
    pub bytes_written: u64,
}
#[test]
fn bindgen_test_layout_reseau_process_counters() {
    assert_eq!(
        ::std::mem::size_of::<reseau_process_counters>(),
        128usize,
        concat!("Size of: ", stringify!(reseau_process_counters))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_process_counters>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_process_counters))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_open_now() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).open_now) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(open_now))
        );
    }
    test_field_open_now();
    fn test_field_begun() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).begun) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(begun))
        );
    }
    test_field_begun();
    fn test_field_accepted() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).accepted) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(accepted))
        );
    }
    test_field_accepted();
    fn test_field_opened() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).opened) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(opened))
        );
    }
    test_field_opened();
    fn test_field_closed_by_local() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).closed_by_local) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(closed_by_local))
        );
    }
    test_field_closed_by_local();
    fn test_field_closed_by_peer() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).closed_by_peer) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(closed_by_peer))
        );
    }
    test_field_closed_by_peer();
    fn test_field_closed_by_library() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).closed_by_library) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(closed_by_library))
        );
    }
    test_field_closed_by_library();
    fn test_field_failed_names() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).failed_names) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(failed_names))
        );
    }
    test_field_failed_names();
    fn test_field_failed_connect() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).failed_connect) as usize - ptr as usize
            },
            72usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(failed_connect))
        );
    }
    test_field_failed_connect();
    fn test_field_failed_proxy() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).failed_proxy) as usize - ptr as usize
            },
            80usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(failed_proxy))
        );
    }
    test_field_failed_proxy();
    fn test_field_failed_tls() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).failed_tls) as usize - ptr as usize
            },
            88usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(failed_tls))
        );
    }
    test_field_failed_tls();
    fn test_field_failed_open() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).failed_open) as usize - ptr as usize
            },
            96usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(failed_open))
        );
    }
    test_field_failed_open();
    fn test_field_failed_close() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).failed_close) as usize - ptr as usize
            },
            104usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(failed_close))
        );
    }
    test_field_failed_close();
    fn test_field_bytes_read() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes_read) as usize - ptr as usize
            },
            112usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(bytes_read))
        );
    }
    test_field_bytes_read();
    fn test_field_bytes_written() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_process_counters>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).bytes_written) as usize - ptr as usize
            },
            120usize,
            concat!("Offset of field: ", stringify!(reseau_process_counters), "::", stringify!(bytes_written))
        );
    }
    test_field_bytes_written();
}
#[doc = " What TCP knows of a connection. What the system does not say is 0."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_tcp_info {
    #[doc = " sizeof(struct reseau_tcp_info)."]
    pub size: usize,
    #[doc = " The round-trip time, smoothed; its variation; the least that was measured. In microseconds."]
    pub rtt_us: i64,
    pub rtt_variance_us: i64,
    pub min_rtt_us: i64,
    #[doc = " How long TCP waits for a confirmation before it sends again, in microseconds."]
    pub retransmit_timeout_us: i64,
    #[doc = " The congestion window, the slow start threshold, and the peer's receive window (RFC 5681), in bytes."]
    pub congestion_window_bytes: u64,
    pub slow_start_threshold_bytes: u64,
    pub peers_window_bytes: u64,
    #[doc = " Bytes that may be in one segment that is sent, and in one that comes."]
    pub send_segment_bytes: u32,
    pub receive_segment_bytes: u32,
    #[doc = " Segments that are sent and not confirmed, and those of them that seem lost."]
    pub unconfirmed_segments: u32,
    pub lost_segments: u32,
    #[doc = " Segments that were sent again, in all; and how often the oldest one not confirmed was."]
    pub retransmitted_segments: u64,
    pub present_retransmits: u32,
    #[doc = " Bytes that the system has and has not sent yet."]
    pub unsent_bytes: u32,
    #[doc = " Bytes that the peer has confirmed, and that it has sent."]
    pub confirmed_bytes: u64,
    pub received_bytes: u64,
    #[doc = " Bytes a second that the peer confirms, lately."]
    pub delivery_rate_bytes: u64,
}
#[test]
fn bindgen_test_layout_reseau_tcp_info() {
    assert_eq!(::std::mem::size_of::<reseau_tcp_info>(), 120usize, concat!("Size of: ", stringify!(reseau_tcp_info)));
    assert_eq!(
        ::std::mem::align_of::<reseau_tcp_info>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_tcp_info))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_rtt_us() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).rtt_us) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(rtt_us))
        );
    }
    test_field_rtt_us();
    fn test_field_rtt_variance_us() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).rtt_variance_us) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(rtt_variance_us))
        );
    }
    test_field_rtt_variance_us();
    fn test_field_min_rtt_us() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).min_rtt_us) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(min_rtt_us))
        );
    }
    test_field_min_rtt_us();
    fn test_field_retransmit_timeout_us() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).retransmit_timeout_us) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(retransmit_timeout_us))
        );
    }
    test_field_retransmit_timeout_us();
    fn test_field_congestion_window_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).congestion_window_bytes) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(congestion_window_bytes))
        );
    }
    test_field_congestion_window_bytes();
    fn test_field_slow_start_threshold_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).slow_start_threshold_bytes) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(slow_start_threshold_bytes))
        );
    }
    test_field_slow_start_threshold_bytes();
    fn test_field_peers_window_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).peers_window_bytes) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(peers_window_bytes))
        );
    }
    test_field_peers_window_bytes();
    fn test_field_send_segment_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).send_segment_bytes) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(send_segment_bytes))
        );
    }
    test_field_send_segment_bytes();
    fn test_field_receive_segment_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).receive_segment_bytes) as usize - ptr as usize
            },
            68usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(receive_segment_bytes))
        );
    }
    test_field_receive_segment_bytes();
    fn test_field_unconfirmed_segments() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).unconfirmed_segments) as usize - ptr as usize
            },
            72usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(unconfirmed_segments))
        );
    }
    test_field_unconfirmed_segments();
    fn test_field_lost_segments() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).lost_segments) as usize - ptr as usize
            },
            76usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(lost_segments))
        );
    }
    test_field_lost_segments();
    fn test_field_retransmitted_segments() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).retransmitted_segments) as usize - ptr as usize
            },
            80usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(retransmitted_segments))
        );
    }
    test_field_retransmitted_segments();
    fn test_field_present_retransmits() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).present_retransmits) as usize - ptr as usize
            },
            88usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(present_retransmits))
        );
    }
    test_field_present_retransmits();
    fn test_field_unsent_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).unsent_bytes) as usize - ptr as usize
            },
            92usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(unsent_bytes))
        );
    }
    test_field_unsent_bytes();
    fn test_field_confirmed_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).confirmed_bytes) as usize - ptr as usize
            },
            96usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(confirmed_bytes))
        );
    }
    test_field_confirmed_bytes();
    fn test_field_received_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).received_bytes) as usize - ptr as usize
            },
            104usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(received_bytes))
        );
    }
    test_field_received_bytes();
    fn test_field_delivery_rate_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tcp_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).delivery_rate_bytes) as usize - ptr as usize
            },
            112usize,
            concat!("Offset of field: ", stringify!(reseau_tcp_info), "::", stringify!(delivery_rate_bytes))
        );
    }
    test_field_delivery_rate_bytes();
}
#[doc = " Options of reseau_capture_start()."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_capture_options {
    #[doc = " sizeof(struct reseau_capture_options)."]
    pub size: usize,
    #[doc = " This connection alone. 0: no such choice."]
    pub connection: reseau_id,
    #[doc = " The connections that this listener has accepted. 0: no such choice. With neither: all."]
    pub listener: reseau_id,
    #[doc = " Bytes of memory for what is not in the file yet; packets that find no room are dropped. Default: 4,194,304."]
    pub buffer_bytes: usize,
    #[doc = " Bytes of the stream in one packet that are kept; the rest is left out. Default: all."]
    pub packet_bytes: usize,
    #[doc = " Bytes of the file, after which packets are dropped. Default: no limit."]
    pub file_bytes: u64,
}
#[test]
fn bindgen_test_layout_reseau_capture_options() {
    assert_eq!(
        ::std::mem::size_of::<reseau_capture_options>(),
        48usize,
        concat!("Size of: ", stringify!(reseau_capture_options))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_capture_options>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_capture_options))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_capture_options), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_connection() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).connection) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_capture_options), "::", stringify!(connection))
        );
    }
    test_field_connection();
    fn test_field_listener() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).listener) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_capture_options), "::", stringify!(listener))
        );
    }
    test_field_listener();
    fn test_field_buffer_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).buffer_bytes) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_capture_options), "::", stringify!(buffer_bytes))
        );
    }
    test_field_buffer_bytes();
    fn test_field_packet_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).packet_bytes) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_capture_options), "::", stringify!(packet_bytes))
        );
    }
    test_field_packet_bytes();
    fn test_field_file_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).file_bytes) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_capture_options), "::", stringify!(file_bytes))
        );
    }
    test_field_file_bytes();
}
#[doc = " What a capture has done."]
#[repr(C)]
#[derive(Debug, Default, Copy, Clone)]
pub struct reseau_capture_info {
    #[doc = " sizeof(struct reseau_capture_info)."]
    pub size: usize,
    #[doc = " Packets in the file, those that found no room, and the bytes of the file."]
    pub packets: u64,
    pub dropped: u64,
    pub file_bytes: u64,
    #[doc = " 0, or why writing the file has failed: an `enum reseau_error`. Packets were dropped from then on."]
    pub error: std::os::raw::c_int,
}
#[test]
fn bindgen_test_layout_reseau_capture_info() {
    assert_eq!(
        ::std::mem::size_of::<reseau_capture_info>(),
        40usize,
        concat!("Size of: ", stringify!(reseau_capture_info))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_capture_info>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_capture_info))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_capture_info), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_packets() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).packets) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_capture_info), "::", stringify!(packets))
        );
    }
    test_field_packets();
    fn test_field_dropped() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).dropped) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_capture_info), "::", stringify!(dropped))
        );
    }
    test_field_dropped();
    fn test_field_file_bytes() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).file_bytes) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_capture_info), "::", stringify!(file_bytes))
        );
    }
    test_field_file_bytes();
    fn test_field_error() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_capture_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).error) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_capture_info), "::", stringify!(error))
        );
    }
    test_field_error();
}
extern "C" {
    #[doc = " The addresses that a connect has tried, in order, at most 32. Writes up to `capacity` and returns how many there are,"]
    #[doc = " which may be more; 0 for connections that were accepted, adopted, or made to a path. RESEAU_ERROR_BUSY while it goes"]
    #[doc = " on. Good in all callbacks: of a connect that fails, `on_close` is the place to ask, as its id is gone after that."]
    #[doc = " Any thread; never blocks."]
    pub fn reseau_attempts(
        connection: reseau_id,
        attempts: *mut reseau_attempt,
        capacity: usize,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The counters of a connection. Set `counters->size` before. Any thread; never blocks."]
    pub fn reseau_counters(connection: reseau_id, counters: *mut reseau_counters) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The counters of this process since its beginning. Those of different threads are read one after the other. After a"]
    #[doc = " fork a child has its parent's numbers in them. Set `counters->size` before. Any thread; never blocks."]
    pub fn reseau_process_counters(counters: *mut reseau_process_counters) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " What TCP knows now. Set `info->size` before. RESEAU_ERROR_UNSUPPORTED for other sockets and where the system says"]
    #[doc = " nothing; RESEAU_ERROR_CLOSED before it is connected and after its end. Any thread; never blocks."]
    pub fn reseau_tcp_info(connection: reseau_id, info: *mut reseau_tcp_info) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Begins to write what goes through connections to a file, in the format pcapng. The library makes TCP packets for it:"]
    #[doc = " with the addresses of the connection, right numbers and checksums, its opening, its ends, and its reset. They hold"]
    #[doc = " the plaintext, as it is before encryption and after decryption, so the file may hold secrets: it is for its owner"]
    #[doc = " only (0600), and must not be there before (RESEAU_ERROR_EXISTS). Bytes are in it when they are handed to TLS"]
    #[doc = " or the socket, and when they have come; those of a file, as far as there is room. Packets of Unix sockets have"]
    #[doc = " loopback addresses. A connection that is open already begins with its next bytes. One capture at a time:"]
    #[doc = " RESEAU_ERROR_BUSY. Packets go through memory of bounded size and are written by a thread of the library's, so that no"]
    #[doc = " loop waits for the disk. Returns 0 or an error. Any thread; opens the file, which may block."]
    pub fn reseau_capture_start(
        path: *const std::os::raw::c_char,
        options: *const reseau_capture_options,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Ends the capture: everything captured is in the file when this returns. `info`, if not NULL, gets what it has done;"]
    #[doc = " set `info->size` before. Returns 0, or RESEAU_ERROR_NOT_FOUND if there is no capture. If a process exits without"]
    #[doc = " this call, the file is good up to its last second. Any thread but a loop's; blocks until the file is written."]
    pub fn reseau_capture_stop(info: *mut reseau_capture_info) -> std::os::raw::c_int;
}
#[doc = " Options of TLS. A client needs none: it trusts what the system trusts, and verifies the certificate for the host that"]
#[doc = " it connects to (RFC 9525). A server needs a certificate and its key."]
#[doc = ""]
#[doc = " Files are read by the call that gets the options: RESEAU_ERROR_NOT_FOUND if one is not there,"]
#[doc = " RESEAU_ERROR_TLS_OPTIONS if what is in it, or the options together, cannot be used."]
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
    #[doc = " Client: not 0 verifies nothing; for tests, and the log says so. Servers: `client_certificates` decides."]
    pub insecure: std::os::raw::c_int,
    #[doc = " Server: not 0 demands a certificate of each client that ends at those of `ca_file` and its kin."]
    pub client_certificates: std::os::raw::c_int,
    #[doc = " Lists of revoked certificates (RFC 5280), as a PEM file, or as PEM in memory. Each certificate of the peer's"]
    #[doc = " chain needs a list of its issuer here that is in force. Only together with `ca_file` or its kin."]
    pub crl_file: *const std::os::raw::c_char,
    pub crl_pem: *const std::os::raw::c_char,
    pub crl_pem_length: usize,
    #[doc = " Client: not 0 refuses a server that does not prove by a stapled OCSP response that its certificate is good. Also"]
    #[doc = " without this a bad response is refused, and none where the certificate promises one (RFC 7633)."]
    pub require_staple: std::os::raw::c_int,
    #[doc = " Not 0: each connection has a full handshake; sessions are neither kept nor handed out."]
    pub no_resumption: std::os::raw::c_int,
    #[doc = " Server: a file with the OCSP response, as DER, that is sent along with the certificate."]
    pub staple_file: *const std::os::raw::c_char,
    #[doc = " Server: more certificates. The first of all whose names include the one that a client asks for (SNI) is shown;"]
    #[doc = " the one above where none does, or no name is asked for."]
    pub certificates: *const reseau_tls_certificate,
    pub certificate_count: usize,
    #[doc = " A private key that a PKCS#11 token has, in place of `key_file`: the library to load. The token is asked now, and"]
    #[doc = " again in each handshake, on other threads."]
    pub pkcs11_library: *const std::os::raw::c_char,
    #[doc = " The label of the token. NULL: the only slot that has one."]
    pub pkcs11_token: *const std::os::raw::c_char,
    #[doc = " The label of the key. NULL: the only private key of the token."]
    pub pkcs11_key: *const std::os::raw::c_char,
    #[doc = " The user's PIN."]
    pub pkcs11_pin: *const std::os::raw::c_char,
    #[doc = " A file to which the secrets of these connections are appended, a line for each, in the format of SSLKEYLOGFILE"]
    #[doc = " that Wireshark reads; it is made, for its owner alone, if it is not there. For finding faults: whoever reads it"]
    #[doc = " can read the connections, also later from a recording, and the log says so. RESEAU_ERROR_NOT_FOUND or"]
    #[doc = " RESEAU_ERROR_ACCESS_DENIED if it cannot be opened. Default: the file that the environment's SSLKEYLOGFILE names,"]
    #[doc = " if it does; a file named here takes its place. SChannel gives no secrets out."]
    pub key_log_file: *const std::os::raw::c_char,
}
#[test]
fn bindgen_test_layout_reseau_tls_options() {
    assert_eq!(
        ::std::mem::size_of::<reseau_tls_options>(),
        216usize,
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
    fn test_field_crl_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).crl_file) as usize - ptr as usize
            },
            120usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(crl_file))
        );
    }
    test_field_crl_file();
    fn test_field_crl_pem() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).crl_pem) as usize - ptr as usize
            },
            128usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(crl_pem))
        );
    }
    test_field_crl_pem();
    fn test_field_crl_pem_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).crl_pem_length) as usize - ptr as usize
            },
            136usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(crl_pem_length))
        );
    }
    test_field_crl_pem_length();
    fn test_field_require_staple() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).require_staple) as usize - ptr as usize
            },
            144usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(require_staple))
        );
    }
    test_field_require_staple();
    fn test_field_no_resumption() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).no_resumption) as usize - ptr as usize
            },
            148usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(no_resumption))
        );
    }
    test_field_no_resumption();
    fn test_field_staple_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).staple_file) as usize - ptr as usize
            },
            152usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(staple_file))
        );
    }
    test_field_staple_file();
    fn test_field_certificates() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificates) as usize - ptr as usize
            },
            160usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(certificates))
        );
    }
    test_field_certificates();
    fn test_field_certificate_count() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificate_count) as usize - ptr as usize
            },
            168usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(certificate_count))
        );
    }
    test_field_certificate_count();
    fn test_field_pkcs11_library() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pkcs11_library) as usize - ptr as usize
            },
            176usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(pkcs11_library))
        );
    }
    test_field_pkcs11_library();
    fn test_field_pkcs11_token() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pkcs11_token) as usize - ptr as usize
            },
            184usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(pkcs11_token))
        );
    }
    test_field_pkcs11_token();
    fn test_field_pkcs11_key() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pkcs11_key) as usize - ptr as usize
            },
            192usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(pkcs11_key))
        );
    }
    test_field_pkcs11_key();
    fn test_field_pkcs11_pin() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pkcs11_pin) as usize - ptr as usize
            },
            200usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(pkcs11_pin))
        );
    }
    test_field_pkcs11_pin();
    fn test_field_key_log_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_options>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).key_log_file) as usize - ptr as usize
            },
            208usize,
            concat!("Offset of field: ", stringify!(reseau_tls_options), "::", stringify!(key_log_file))
        );
    }
    test_field_key_log_file();
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
#[doc = " One more certificate of a server, with its key."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_tls_certificate {
    #[doc = " sizeof(struct reseau_tls_certificate)."]
    pub size: usize,
    #[doc = " The chain, as a PEM file."]
    pub certificate_file: *const std::os::raw::c_char,
    #[doc = " The private key, as a PEM file."]
    pub key_file: *const std::os::raw::c_char,
    #[doc = " The chain as PEM in memory."]
    pub certificate_pem: *const std::os::raw::c_char,
    #[doc = " Its length; 0: NUL-terminated."]
    pub certificate_pem_length: usize,
    #[doc = " The key as PEM in memory."]
    pub key_pem: *const std::os::raw::c_char,
    #[doc = " Its length; 0: NUL-terminated."]
    pub key_pem_length: usize,
    #[doc = " A file with the OCSP response of this one, as DER."]
    pub staple_file: *const std::os::raw::c_char,
}
#[test]
fn bindgen_test_layout_reseau_tls_certificate() {
    assert_eq!(
        ::std::mem::size_of::<reseau_tls_certificate>(),
        64usize,
        concat!("Size of: ", stringify!(reseau_tls_certificate))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_tls_certificate>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_tls_certificate))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_certificate_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificate_file) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(certificate_file))
        );
    }
    test_field_certificate_file();
    fn test_field_key_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).key_file) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(key_file))
        );
    }
    test_field_key_file();
    fn test_field_certificate_pem() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificate_pem) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(certificate_pem))
        );
    }
    test_field_certificate_pem();
    fn test_field_certificate_pem_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).certificate_pem_length) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(certificate_pem_length))
        );
    }
    test_field_certificate_pem_length();
    fn test_field_key_pem() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).key_pem) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(key_pem))
        );
    }
    test_field_key_pem();
    fn test_field_key_pem_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).key_pem_length) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(key_pem_length))
        );
    }
    test_field_key_pem_length();
    fn test_field_staple_file() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).staple_file) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_tls_certificate), "::", stringify!(staple_file))
        );
    }
    test_field_staple_file();
}
impl Default for reseau_tls_certificate {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[doc = " What a handshake has led to."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_tls_info {
    #[doc = " sizeof(struct reseau_tls_info)."]
    pub size: usize,
    #[doc = " 12 or 13."]
    pub version: std::os::raw::c_int,
    #[doc = " 1 if an earlier session was resumed: then the peer has shown its certificate earlier."]
    pub is_resumed: std::os::raw::c_int,
    #[doc = " The suite by its name in RFC 8446, or OpenSSL's for TLS 1.2."]
    pub cipher: [std::os::raw::c_char; 64usize],
    #[doc = " Agreed on by ALPN, or \"\"."]
    pub protocol: [std::os::raw::c_char; 256usize],
    #[doc = " The name that the client has asked for, or \"\"."]
    pub server_name: [std::os::raw::c_char; 256usize],
}
#[test]
fn bindgen_test_layout_reseau_tls_info() {
    assert_eq!(::std::mem::size_of::<reseau_tls_info>(), 592usize, concat!("Size of: ", stringify!(reseau_tls_info)));
    assert_eq!(
        ::std::mem::align_of::<reseau_tls_info>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_tls_info))
    );
    fn test_field_size() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).size) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_tls_info), "::", stringify!(size))
        );
    }
    test_field_size();
    fn test_field_version() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).version) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_tls_info), "::", stringify!(version))
        );
    }
    test_field_version();
    fn test_field_is_resumed() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).is_resumed) as usize - ptr as usize
            },
            12usize,
            concat!("Offset of field: ", stringify!(reseau_tls_info), "::", stringify!(is_resumed))
        );
    }
    test_field_is_resumed();
    fn test_field_cipher() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).cipher) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_tls_info), "::", stringify!(cipher))
        );
    }
    test_field_cipher();
    fn test_field_protocol() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).protocol) as usize - ptr as usize
            },
            80usize,
            concat!("Offset of field: ", stringify!(reseau_tls_info), "::", stringify!(protocol))
        );
    }
    test_field_protocol();
    fn test_field_server_name() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_tls_info>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).server_name) as usize - ptr as usize
            },
            336usize,
            concat!("Offset of field: ", stringify!(reseau_tls_info), "::", stringify!(server_name))
        );
    }
    test_field_server_name();
}
impl Default for reseau_tls_info {
    fn default() -> Self {
        let mut s = ::std::mem::MaybeUninit::<Self>::uninit();
        unsafe {
            ::std::ptr::write_bytes(s.as_mut_ptr(), 0, 1);
            s.assume_init()
        }
    }
}
#[doc = " A certificate. One block of memory, for reseau_free()."]
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct reseau_certificate {
    #[doc = " Distinguished names as RFC 4514 writes them: \"CN=host,O=Someone\". What could not be shown is escaped."]
    pub subject: *const std::os::raw::c_char,
    pub issuer: *const std::os::raw::c_char,
    #[doc = " Alternative names: \"DNS:host\", \"IP:127.0.0.1\", \"URI:...\", \"email:...\". Others are left out."]
    pub names: *const *const std::os::raw::c_char,
    pub name_count: usize,
    #[doc = " The time from which and until which it is valid, in seconds since 1970."]
    pub not_before: i64,
    pub not_after: i64,
    #[doc = " The whole as PEM, NUL-terminated."]
    pub pem: *const std::os::raw::c_char,
    #[doc = " The whole as DER."]
    pub der: *const std::os::raw::c_uchar,
    #[doc = " Bytes of `der`."]
    pub der_length: usize,
}
#[test]
fn bindgen_test_layout_reseau_certificate() {
    assert_eq!(
        ::std::mem::size_of::<reseau_certificate>(),
        72usize,
        concat!("Size of: ", stringify!(reseau_certificate))
    );
    assert_eq!(
        ::std::mem::align_of::<reseau_certificate>(),
        8usize,
        concat!("Alignment of ", stringify!(reseau_certificate))
    );
    fn test_field_subject() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).subject) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(subject))
        );
    }
    test_field_subject();
    fn test_field_issuer() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).issuer) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(issuer))
        );
    }
    test_field_issuer();
    fn test_field_names() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).names) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(names))
        );
    }
    test_field_names();
    fn test_field_name_count() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).name_count) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(name_count))
        );
    }
    test_field_name_count();
    fn test_field_not_before() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).not_before) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(not_before))
        );
    }
    test_field_not_before();
    fn test_field_not_after() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).not_after) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(not_after))
        );
    }
    test_field_not_after();
    fn test_field_pem() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).pem) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(pem))
        );
    }
    test_field_pem();
    fn test_field_der() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).der) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(der))
        );
    }
    test_field_der();
    fn test_field_der_length() {
        assert_eq!(
            unsafe {
                let uninit = ::std::mem::MaybeUninit::<reseau_certificate>::uninit();
                let ptr = uninit.as_ptr();
                ::std::ptr::addr_of!((*ptr).der_length) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(reseau_certificate), "::", stringify!(der_length))
        );
    }
    test_field_der_length();
}
impl Default for reseau_certificate {
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
    #[doc = " answer first and nothing more. Blocks until the connection is open and the handshake is done; on failure the"]
    #[doc = " connection is closed. RESEAU_ERROR_BUSY if writes are queued that the system has not taken."]
    pub fn reseau_start_tls(
        connection: reseau_id,
        is_server: std::os::raw::c_int,
        options: *const reseau_tls_options,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The same without blocking, also in the connection's own callbacks: nothing more is given to `on_data` until the"]
    #[doc = " handshake is done, of which `on_done`, if it is not NULL, is called, with the connection's state. If it fails,"]
    #[doc = " `on_close` says so. In `on_data` the bytes that the call consumes are read as they are; all behind them are the"]
    #[doc = " handshake's, so that nothing that was sent in the clear can be taken for something that was encrypted. What was"]
    #[doc = " written before goes before, in the clear; what is written later is encrypted. RESEAU_ERROR_BUSY if TLS has begun or"]
    #[doc = " been asked for, or the connection is not open yet: `on_open` says when."]
    pub fn reseau_start_tls_then(
        connection: reseau_id,
        is_server: std::os::raw::c_int,
        options: *const reseau_tls_options,
        on_done: ::std::option::Option<unsafe extern "C" fn(connection: reseau_id, state: *mut std::os::raw::c_void)>,
    ) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " Other options for the connections that a listener with TLS accepts from now on: files are read again. Connections"]
    #[doc = " that are there go on with what they have. RESEAU_ERROR_UNSUPPORTED for a listener without TLS; after any error it is"]
    #[doc = " as it was. Any thread; does not block but for reading files."]
    pub fn reseau_tls_reload(listener: reseau_id, options: *const reseau_tls_options) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " What the handshake has led to. Set `info->size` before. RESEAU_ERROR_UNSUPPORTED without TLS,"]
    #[doc = " RESEAU_ERROR_WOULD_BLOCK during the handshake, RESEAU_ERROR_CLOSED when the connection is closed. On another thread"]
    #[doc = " than the loop's it waits for that a moment; on another loop's it is RESEAU_ERROR_WOULD_BLOCK_LOOP."]
    pub fn reseau_tls_info(connection: reseau_id, info: *mut reseau_tls_info) -> std::os::raw::c_int;
}
extern "C" {
    #[doc = " The certificate that the peer has shown, for the caller to free by reseau_free(). RESEAU_ERROR_NOT_FOUND if it has"]
    #[doc = " shown none; else as reseau_tls_info()."]
    pub fn reseau_tls_peer_certificate(
        connection: reseau_id,
        certificate: *mut *mut reseau_certificate,
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
