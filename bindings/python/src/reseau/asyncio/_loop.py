# SPDX-License-Identifier: Apache-2.0
"""The loop: asyncio's own for Unix, whose streams are on a completion queue of the library.

One call without the interpreter's lock waits, receives from every connection that has something, and brings it all.
Everything else that asyncio can wait for - readers and writers of a program's, datagrams, pipes, listening sockets - is
in a selector, as in the loop of the standard library; the queue watches the selector's own descriptor.
"""
import asyncio.base_events
import asyncio.log
import ctypes
import errno
import functools
import heapq
import selectors
import signal
import socket
import struct
import threading
from asyncio import unix_events
from typing import Any, Callable, Deque, Dict, List, Optional

from .. import _raw
from .._errors import error_of
from .._library import lib, quick
from ._accelerator import native
from ._handle import Callback, describe, handle_of, report
from ._pure import Completion, Runner, receiver
from ._tls import TLSProtocol
from ._transport import SocketTransport

_BATCH = 256
_RECEIVE: int = _raw.RESEAU_RECEIVE
_WRITABLE: int = _raw.RESEAU_WRITABLE
_READABLE: int = _raw.RESEAU_READABLE
_FOREVER: int = _raw.RESEAU_FOREVER
_SELECTOR_TOKEN = 0
_LONGEST_WAIT = 24 * 3600.0
_MANY_CANCELLED = 50
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)

# Private parts of asyncio that this loop stands on; all of them are in Python 3.9 to 3.14.
_asyncio: Any = asyncio
_Base: Any = unix_events._UnixSelectorEventLoop

_HANDLES: Any = Callback
_receiver: Any = receiver
if native is not None:
    native.use(describe, report)
    _HANDLES = (Callback, native.Handle)
    _receiver = native.Receiver


def _is_connected_to_itself(sock: socket.socket) -> bool:
    """TCP does that with a port of this host which nobody listens on, if the system gives the client that very port."""
    if sock.family not in (socket.AF_INET, socket.AF_INET6) or sock.type != socket.SOCK_STREAM:
        return False
    try:
        return bool(sock.getsockname() == sock.getpeername())
    except OSError:
        # The peer has ended the connection already: what comes next says why.
        return False


class EventLoop(_Base):  # type: ignore[misc]
    """An asyncio event loop on a completion queue of libreseau."""

    _ready: Deque[Any]
    _scheduled: List[Any]
    _timer_cancelled_count: int

    _receiver = staticmethod(_receiver)

    def __init__(self) -> None:
        queue: int = lib.reseau_completions_new(262144)
        if queue < 0:
            raise error_of(queue)
        self._queue = queue
        self._streams: Dict[int, SocketTransport] = {}

        # What takes the bytes of those streams that take them as they come.
        self._receivers: Dict[int, Any] = {}
        self._last_token = _SELECTOR_TOKEN
        self._is_selector_hot = True
        super().__init__(selectors.DefaultSelector())

        size = ctypes.c_size_t()
        address = quick.reseau_completions_memory(queue, ctypes.byref(size))
        self._memory = (ctypes.c_char * size.value).from_address(address)
        self._view = memoryview(self._memory).cast("B")
        self._completions = (_raw.reseau_completion * _BATCH)()
        self._runner: Any = self._new_runner(address)
        self._choose_call_soon()
        if type(self).create_future is EventLoop.create_future:
            # The same without a function written in Python.
            self.__dict__["create_future"] = functools.partial(asyncio.Future, loop=self)
        selector: Any = self._selector
        self._selector_descriptor = selector.fileno() if hasattr(selector, "fileno") else -1
        self._check(
            quick.reseau_completions_add(queue, self._selector_descriptor, _READABLE, _SELECTOR_TOKEN)
        )

    def _new_runner(self, memory: int) -> Any:
        if native is None:
            return Runner(
                self._ready, self._receivers, self._deliver, self._queue, self._memory, self._completions
            )

        def address(name: str) -> int:
            return ctypes.cast(lib[name], ctypes.c_void_p).value or 0

        return native.Runner(
            self._ready,
            self._receivers,
            self._deliver,
            self._queue,
            address("reseau_completions_wait"),
            address("reseau_completions_wait_for_reply"),
            address("reseau_completions_send"),
            memory,
            ctypes.addressof(self._completions),
            _BATCH,
        )

    # ---- The queue, for transports ----

    @staticmethod
    def _check(result: int) -> None:
        if result < 0:
            raise error_of(result)

    def _add_stream(self, descriptor: int, events_wanted: int, transport: SocketTransport) -> None:
        self._last_token += 1
        self._check(
            quick.reseau_completions_add(self._queue, descriptor, events_wanted, self._last_token)
        )
        transport._token = self._last_token
        self._streams[self._last_token] = transport

    def _change_stream(self, descriptor: int, events_wanted: int) -> None:
        quick.reseau_completions_change(self._queue, descriptor, events_wanted)

    def _remove_stream(self, descriptor: int, token: int) -> None:
        self._receivers.pop(token, None)
        if self._streams.pop(token, None) is not None:
            quick.reseau_completions_remove(self._queue, descriptor)

    # ---- Connecting ----

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Connects a socket, but not to itself: that is a connection refused."""
        await super().sock_connect(sock, address)
        if _is_connected_to_itself(sock):
            # Its close is a reset, after which the port is free for whoever ought to listen.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"Connect call failed {address}: nobody listens there")

    # ---- Transports ----

    def _make_socket_transport(
        self,
        sock: socket.socket,
        protocol: Any,
        waiter: Any = None,
        *,
        extra: Optional[Dict[str, Any]] = None,
        server: Any = None,
        **others: Any,
    ) -> Any:
        self._ensure_fd_no_transport(sock)
        return SocketTransport(self, sock, protocol, waiter, extra, server, **others)

    def _make_ssl_transport(
        self,
        rawsock: socket.socket,
        protocol: Any,
        sslcontext: Any,
        waiter: Any = None,
        *,
        server_side: bool = False,
        server_hostname: Optional[str] = None,
        extra: Optional[Dict[str, Any]] = None,
        server: Any = None,
        **limits: Any,
    ) -> Any:
        self._ensure_fd_no_transport(rawsock)
        context = limits.pop("context", None)
        tls = TLSProtocol(self, protocol, sslcontext, waiter, server_side, server_hostname, **limits)
        others = {} if context is None else {"context": context}
        SocketTransport(self, rawsock, tls, None, extra, server, **others)
        return tls._app_transport

    # ---- One round ----

    def _write_to_self(self) -> None:
        # Another thread has scheduled something.
        quick.reseau_loop_stop(self._queue)

    def run_forever(self) -> None:
        """Runs until stop()."""
        self._check_closed()
        if threading.current_thread() is not threading.main_thread():
            super().run_forever()
            return

        # A signal ends the wait, so that its handler is called.
        previous = signal.set_wakeup_fd(self._csock.fileno(), warn_on_full_buffer=False)
        try:
            super().run_forever()
        finally:
            if not self.is_closed():
                signal.set_wakeup_fd(previous)

    def _time_to_wait(self) -> int:
        """In nanoseconds; 0 if there is something to do."""
        if self._ready or self._stopping:
            return 0
        scheduled = self._scheduled
        while scheduled and scheduled[0]._cancelled:
            self._timer_cancelled_count -= 1
            heapq.heappop(scheduled)._scheduled = False
        if not scheduled:
            return _FOREVER
        seconds = min(scheduled[0]._when - self.time(), _LONGEST_WAIT)
        return max(0, int(seconds * 1e9))

    def _select(self) -> bool:
        """Has the callbacks of readers and writers scheduled. False if none was due."""
        found = self._selector.select(0)
        self._is_selector_hot = bool(found)
        if found:
            self._process_events(found)
        return self._is_selector_hot

    def _drop_cancelled_timers(self) -> None:
        # When more than half of many timers were cancelled.
        if self._timer_cancelled_count * 2 <= len(self._scheduled):
            return
        kept = []
        for handle in self._scheduled:
            if handle._cancelled:
                handle._scheduled = False
            else:
                kept.append(handle)
        heapq.heapify(kept)
        self._scheduled = kept
        self._timer_cancelled_count = 0

    def _run_once(self) -> None:
        if self._timer_cancelled_count > _MANY_CANCELLED:
            self._drop_cancelled_timers()
        has_selected = self._is_selector_hot and self._select()
        runner = self._runner
        count = runner.wait(self._time_to_wait())
        if count < 0:
            raise error_of(count)
        if count and not has_selected and runner.has_selector():
            self._select()
        if self._scheduled:
            self._take_due_timers()
        run_ready = self._run_ready_slowly if self._debug else runner.run_ready
        if self._ready:
            run_ready()
        if count:
            if self._debug:
                self._dispatch_slowly()
            else:
                runner.dispatch()

            # What the bytes have woken does not wait for another look at the kernel.
            if self._stopping:
                runner.send()
            else:
                run_ready()

    def _take_due_timers(self) -> None:
        end = self.time() + self._clock_resolution
        scheduled = self._scheduled
        while scheduled and scheduled[0]._when < end:
            handle = heapq.heappop(scheduled)
            handle._scheduled = False
            self._ready.append(handle)

    def _run_ready_slowly(self) -> None:
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if handle._cancelled:
                continue
            if isinstance(handle, _HANDLES):
                handle = handle_of(handle, self)
            self._current_handle = handle
            begin = self.time()
            try:
                handle._run()
            finally:
                self._current_handle = None
            self._warn_if_slow(handle, self.time() - begin)

    @staticmethod
    def _warn_if_slow_of(what: str, seconds: float) -> None:
        _asyncio.log.logger.warning("Executing %s took %.3f seconds", what, seconds)

    def _warn_if_slow(self, handle: Any, seconds: float) -> None:
        if seconds >= self.slow_callback_duration:
            describe: Callable[[Any], str] = _asyncio.base_events._format_handle
            self._warn_if_slow_of(describe(handle), seconds)

    def _dispatch_slowly(self) -> None:
        while True:
            one = self._runner.take()
            if one is None:
                return
            begin = self.time()
            self._deliver(one)
            if self.time() - begin >= self.slow_callback_duration:
                self._warn_if_slow_of(repr(self._streams.get(one[0])), self.time() - begin)

    def _deliver(self, one: Completion) -> None:
        token, what, error, length, offset = one
        transport = self._streams.get(token)
        if transport is None:
            return
        try:
            if what & _RECEIVE:
                if length:
                    transport._on_bytes(self._view[offset : offset + length])
                else:
                    transport._on_end(error)
        except BaseException:
            # The loop is ending by it, and may run again: that there is room is said once.
            if what & _WRITABLE:
                self.call_soon(transport._on_writable)
            raise
        if what & _WRITABLE:
            transport._on_writable()

    def close(self) -> None:
        """Closes the loop, which does not run."""
        is_first = not self.is_closed() and not self.is_running()
        super().close()
        if is_first:
            self._runner.close()
            self._choose_call_soon()
            self._streams.clear()
            self._receivers.clear()
            quick.reseau_close(self._queue)

    def set_debug(self, enabled: bool) -> None:
        """Debug mode looks closer, and is slower."""
        super().set_debug(enabled)
        self._choose_call_soon()

    def _choose_call_soon(self) -> None:
        """That of the runner, where nothing is in its way."""
        if native is None or self._debug or self._closed or type(self).call_soon is not EventLoop.call_soon:
            self.__dict__.pop("call_soon", None)
        elif getattr(self, "_runner", None) is not None:
            self.__dict__["call_soon"] = self._runner.call_soon

    def call_soon(self, callback: Callable[..., Any], *args: Any, context: Any = None) -> Any:
        """Schedules a callback for the next round."""
        if self._debug or self._closed:
            return super().call_soon(callback, *args, context=context)
        return self._runner.call_soon(callback, *args, context=context)
