# SPDX-License-Identifier: Apache-2.0
"""What a loop's module in C does, and the same in Python: bindings.python_pure runs this without the module.

Never in debug mode, in which neither calls callbacks.
"""
import asyncio
import contextvars
import ctypes
import gc
import os
import select
import shutil
import socket
import ssl
import struct
import tempfile
import time
import unittest
import weakref
from typing import Any, Awaitable, List
from unittest import mock

import reseau.asyncio
from reseau import _raw
from reseau._library import PATH, lib
from reseau.asyncio import _accelerator, _loop, _pure
from reseau.asyncio._accelerator import native
from reseau.asyncio._handle import Callback
from support import TIMEOUT, TestCase, certificates, run_python


class Thing:
    """Something that can be referred to weakly."""


class Collect(asyncio.Protocol):
    def __init__(self) -> None:
        self.received = b""
        self.lost: "asyncio.Future[object]" = asyncio.get_running_loop().create_future()
        self.has_all: "asyncio.Future[None]" = asyncio.get_running_loop().create_future()
        self.expected = 0

    def data_received(self, data: bytes) -> None:
        self.received += data
        if len(self.received) >= self.expected and not self.has_all.done():
            self.has_all.set_result(None)

    def connection_lost(self, error: object) -> None:
        self.lost.set_result(error)


class Echo(asyncio.Protocol):
    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(data)


async def _pair(loop: asyncio.AbstractEventLoop, buffer: int = 0) -> Any:
    ours, theirs = socket.socketpair()
    if buffer:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
    transport, protocol = await loop.create_connection(Collect, sock=ours)
    return transport, protocol, theirs


class _Test(TestCase):
    def run_on(self, main: Awaitable[Any]) -> Any:
        async def limited() -> Any:
            return await asyncio.wait_for(main, TIMEOUT)

        return reseau.asyncio.run(limited(), debug=False)


class ChoiceTest(_Test):
    def test_the_environment_leaves_the_module_out_and_demands_it(self) -> None:
        program = "from reseau.asyncio import _accelerator; print(_accelerator.native is None)"
        result = run_python(program, RESEAU_ASYNCIO="pure")
        self.assertEqual(result.stdout.strip(), "True", result.stderr)
        if native is not None:
            result = run_python(program, RESEAU_ASYNCIO="native")
            self.assertEqual(result.stdout.strip(), "False", result.stderr)

    def test_a_module_that_cannot_be_loaded_is_as_none(self) -> None:
        program = "from reseau.asyncio import _accelerator; print(_accelerator.native is None)"
        with tempfile.TemporaryDirectory() as folder:
            library = shutil.copy(PATH, folder)
            with open(os.path.join(folder, "_native.abi3.so"), "wb") as file:
                file.write(b"of another machine")
            result = run_python(program, RESEAU_LIBRARY=library, RESEAU_ASYNCIO="")
            self.assertEqual(result.stdout.strip(), "True", result.stderr)
            result = run_python(program, RESEAU_LIBRARY=library, RESEAU_ASYNCIO="native")
            self.assertIn("ImportError", result.stderr)

    @unittest.skipIf(native is None, "without the module in C")
    def test_a_module_of_another_version_is_refused(self) -> None:
        file = _accelerator._find()
        assert file is not None
        self.assertIsNotNone(_accelerator._load_from(file))
        with mock.patch.object(_accelerator, "_INTERFACE", 0), self.assertRaises(ImportError):
            _accelerator._load_from(file)


class HandleTest(_Test):
    def test_a_callback_gets_its_arguments_in_its_context(self) -> None:
        variable: "contextvars.ContextVar[int]" = contextvars.ContextVar("variable", default=0)

        async def main() -> None:
            loop = asyncio.get_running_loop()
            got: List[Any] = []

            def take(*args: int) -> None:
                got.append((args, variable.get()))

            context = contextvars.copy_context()
            context.run(variable.set, 5)
            for count in range(6):
                loop.call_soon(take, *range(count))
                loop.call_soon(take, *range(count), context=context)
            variable.set(7)
            loop.call_soon(take, context=None)
            await asyncio.sleep(0)
            expected = [(tuple(range(count)), value) for count in range(6) for value in (0, 5)]
            self.assertEqual(got, [*expected, ((), 7)])

        self.run_on(main())

    def test_wrong_calls_are_refused(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            with self.assertRaises(TypeError):
                loop.call_soon()
            with self.assertRaises(TypeError):
                loop.call_soon(print, other=1)
            with self.assertRaises(TypeError):
                loop.call_soon(print, context=None, other=1)

        self.run_on(main())

    def test_what_is_cancelled_keeps_nothing(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            for schedule in (loop.call_soon, lambda *args: loop.call_later(3600, *args)):
                for count in (1, 5):
                    things = [Thing() for _ in range(count)]
                    references = [weakref.ref(thing) for thing in things]
                    handle = schedule(lambda *_: self.fail("called"), *things)
                    del things
                    handle.cancel()
                    gc.collect()
                    self.assertEqual([reference() for reference in references], [None] * count)
                    self.assertTrue(handle.cancelled())
            await asyncio.sleep(0)

        self.run_on(main())

    def test_a_handle_has_the_parts_that_others_know(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            told: List[Any] = []
            loop.set_exception_handler(lambda loop, context: told.append(context))
            called: List[int] = []
            context = contextvars.copy_context()
            handle = loop.call_soon(called.append, 1, context=context)
            self.assertEqual((handle._callback, handle._args), (called.append, (1,)))
            self.assertIs(handle._context, context)
            self.assertIs(handle.get_context(), context)
            handle._run()
            handle.cancel()
            self.assertEqual((handle._callback, handle._args, called), (None, None, [1]))
            failing = loop.call_soon([].index, 3)
            failing._run()
            failing.cancel()
            self.assertIsInstance(told[0]["exception"], ValueError)
            for args in ((), (1, 2, 3, 4, 5)):
                told.clear()
                failing = loop.call_soon(divmod, *args)
                await asyncio.sleep(0)
                self.assertIsInstance(told[0]["exception"], TypeError)
                self.assertIs(told[0]["handle"], failing)
                self.assertIn("divmod", told[0]["message"])
            self.assertIsInstance(handle, Callback if native is None else native.Handle)
            gone = weakref.ref(handle)
            self.assertIs(gone(), handle)
            del handle
            self.assertIsNone(gone())

        self.run_on(main())

    @unittest.skipIf(native is None, "without the module in C")
    def test_handles_and_writers_are_made_by_the_loop_alone(self) -> None:
        with self.assertRaises(TypeError):
            native.Handle()
        with self.assertRaises(TypeError):
            native.Writer(object(), 1, None, None, None)

    def test_a_context_that_is_in_use_is_reported(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            context = contextvars.copy_context()

            # From 3.12 on a handler of the program's would be called in that context.
            with self.assertLogs("asyncio", "ERROR") as logged:
                context.run(lambda: loop.call_soon(print, context=context)._run())
            self.assertIsInstance((logged.records[0].exc_info or [None])[1], RuntimeError)

        self.run_on(main())

    def test_a_loop_may_have_its_own_call_soon(self) -> None:
        class Counting(reseau.asyncio.EventLoop):
            scheduled = 0

            def call_soon(self, *args: Any, **others: Any) -> Any:
                self.scheduled += 1
                return super().call_soon(*args, **others)

        loop = Counting()
        loop.set_debug(False)
        try:
            loop.run_until_complete(asyncio.sleep(0))
            self.assertGreater(loop.scheduled, 1)
        finally:
            loop.close()
        with self.assertRaises(RuntimeError):
            loop.call_soon(print)


class WriterTest(_Test):
    def test_everything_that_is_written_arrives_in_order(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            transport, _, theirs = await _pair(loop, 4096)
            pieces: List[Any] = [b"a", b"", bytearray(b"b" * 10), memoryview(b"c" * 7), b"d" * 300_000]
            pieces += [b"e", memoryview(struct.pack("=4I", 1, 2, 3, 4)).cast("I"), b"f" * 1_000_000]
            for piece in pieces:
                transport.write(piece)
            self.assertGreater(transport.get_write_buffer_size(), 0)
            expected = b"".join(bytes(piece) for piece in pieces)
            theirs.setblocking(False)
            self.assertEqual(await self._read(loop, theirs, len(expected)), expected)

            # Nothing waits any more: what is written now goes out at once.
            while transport.get_write_buffer_size():
                await asyncio.sleep(0)
            transport.write(b"again")
            self.assertEqual(await loop.sock_recv(theirs, 100), b"again")
            transport.write_eof()
            with self.assertRaises(RuntimeError):
                transport.write(b"x")
            self.assertEqual(await loop.sock_recv(theirs, 100), b"")
            transport.close()
            theirs.close()
            await asyncio.sleep(0)

        self.run_on(main())

    async def _read(self, loop: Any, source: socket.socket, size: int) -> bytes:
        received = b""
        while len(received) < size:
            part = await loop.sock_recv(source, 1 << 20)
            self.assertTrue(part)
            received += part
        return received

    def test_what_cannot_be_written_is_refused(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            transport, _, theirs = await _pair(loop)
            for wrong in ("text", 5, None):
                with self.assertRaises(TypeError):
                    transport.write(wrong)
            transport.close()
            transport.write(b"nobody gets it")
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            transport.write(b"nor this")
            self.assertNotIn("write", transport.__dict__)
            theirs.close()

        self.run_on(main())

    def test_a_peer_that_is_gone_is_reported(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            transport, protocol, theirs = await _pair(loop)
            transport.pause_reading()
            theirs.close()
            transport.write(b"x")
            self.assertIsInstance(await protocol.lost, BrokenPipeError)

        self.run_on(main())

    def test_what_the_transports_descriptor_is_when_that_is_gone_gets_nothing(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            transport, protocol, theirs = await _pair(loop)
            descriptor = transport.get_extra_info("socket").fileno()
            transport.__del__(warn=lambda *_, **__: None)
            others = socket.socketpair()
            if others[0].fileno() != descriptor:
                os.dup2(others[0].fileno(), descriptor)
            transport.write(b"x")
            others[1].setblocking(False)
            with self.assertRaises(BlockingIOError):
                others[1].recv(1)
            transport.abort()
            await protocol.lost
            if others[0].fileno() != descriptor:
                os.close(descriptor)
            for one in (*others, theirs):
                one.close()

        self.run_on(main())

    def test_a_transport_goes_without_the_garbage_collector(self) -> None:
        async def main() -> None:
            loop: Any = asyncio.get_running_loop()
            transport, protocol, theirs = await _pair(loop)
            transport.write(b"x")
            transport.close()
            await protocol.lost
            gone = weakref.ref(transport)
            del transport
            loop._transports.clear() if not isinstance(loop._transports, weakref.WeakValueDictionary) else None
            await asyncio.sleep(0)
            self.assertIsNone(gone())
            theirs.close()

        gc.disable()
        try:
            self.run_on(main())
        finally:
            gc.enable()


class _Many:
    """Connections to each of which something comes in the same round."""

    def __init__(self, count: int, act: Any) -> None:
        self.act = act
        self.count = count
        self.transports: List[Any] = []
        self.peers: List[socket.socket] = []
        self.lost: List[Any] = [None] * count

    async def begin(self, buffer: int = 0) -> None:
        loop = asyncio.get_running_loop()
        for index in range(self.count):
            ours, theirs = socket.socketpair()
            if buffer:
                ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
            theirs.settimeout(TIMEOUT)
            transport, _ = await loop.create_connection(lambda index=index: _OfMany(self, index), sock=ours)
            self.transports.append(transport)
            self.peers.append(theirs)

        # A round of its own, in which they are added.
        await asyncio.sleep(0)

    def ask(self) -> None:
        for peer in self.peers:
            peer.send(b"x")

    def has_something(self, index: int) -> bool:
        return bool(select.select([self.peers[index]], [], [], 0)[0])

    def end(self) -> None:
        for transport in self.transports:
            transport.abort()
        for peer in self.peers:
            peer.close()


class _OfMany(asyncio.Protocol):
    def __init__(self, many: _Many, index: int) -> None:
        self.many = many
        self.index = index

    def data_received(self, data: bytes) -> None:
        self.many.act(self.many, self.index)

    def connection_lost(self, error: Any) -> None:
        self.many.lost[self.index] = error or "closed"


def _to_the_end(peer: socket.socket) -> bytes:
    content = b""
    while True:
        part = peer.recv(65536)
        if not part:
            return content
        content += part


class GatherTest(_Test):
    """Writes of a round in which much has come go out together, by one call of the system."""

    COUNT = 12

    def run_many(self, act: Any, check: Any, count: int = COUNT, buffer: int = 0) -> None:
        async def main() -> None:
            many = _Many(count, act)
            try:
                await many.begin(buffer)
                many.ask()
                result = check(many)
                if result is not None:
                    await result
            finally:
                many.end()

        self.run_on(main())

    async def _read(self, many: _Many, index: int, size: int) -> bytes:
        def read() -> bytes:
            content = b""
            while len(content) < size:
                part = many.peers[index].recv(size - len(content))
                if not part:
                    break
                content += part
            return content

        return await asyncio.get_running_loop().run_in_executor(None, read)

    def test_they_go_at_the_end_of_the_round_and_all_arrive(self) -> None:
        early: List[bool] = []

        def act(many: _Many, index: int) -> None:
            many.transports[index].write(b"answer %d" % index)
            early.append(many.has_something(index))

        async def check(many: _Many) -> None:
            while len(early) < many.count:
                await asyncio.sleep(0)
            self.assertEqual(all(early), native is None)
            for index in range(many.count):
                expected = b"answer %d" % index
                self.assertEqual(await self._read(many, index, len(expected)), expected)

        self.run_many(act, check)

    def test_a_callback_that_waits_for_the_reply_gets_it(self) -> None:
        asked: List[bytes] = []

        def act(many: _Many, index: int) -> None:
            many.transports[index].write(b"question %d" % index)
            asked.append(many.peers[index].recv(100))

        async def check(many: _Many) -> None:
            while len(asked) < many.count:
                await asyncio.sleep(0)
            for index in range(many.count):
                many.transports[index].write(b"behind it")
                self.assertEqual(await self._read(many, index, 9), b"behind it")
            self.assertEqual(sorted(asked), sorted(b"question %d" % index for index in range(many.count)))

        self.run_many(act, check)

    def test_what_has_no_room_while_a_callback_waits_comes_behind_it(self) -> None:
        data = os.urandom(60000)
        begun: List[bytes] = [b""] * self.COUNT

        def act(many: _Many, index: int) -> None:
            many.transports[index].write(data)
            begun[index] = many.peers[index].recv(1)

        async def check(many: _Many) -> None:
            while not all(begun):
                await asyncio.sleep(0)
            for index in range(many.count):
                rest = await self._read(many, index, len(data) - 1)
                self.assertEqual(begun[index] + rest, data)

        self.run_many(act, check, buffer=4096)

    def test_a_forked_child_sends_nothing_of_what_waits(self) -> None:
        ended: List[int] = []

        def act(many: _Many, index: int) -> None:
            many.transports[index].write(b"answer")
            loop: Any = asyncio.get_running_loop()
            child = os.fork()
            if child == 0:
                try:
                    loop._runner.close()
                finally:
                    os._exit(0)
            ended.append(os.waitpid(child, 0)[1])

        async def check(many: _Many) -> None:
            while len(ended) < many.count:
                await asyncio.sleep(0)
            for index in range(many.count):
                many.transports[index].close()
                content = await asyncio.get_running_loop().run_in_executor(None, _to_the_end, many.peers[index])
                self.assertEqual(content, b"answer")
            self.assertEqual(ended, [0] * many.count)

        self.run_many(act, check)

    @unittest.skipIf(native is None, "they are not gathered")
    def test_they_arrive_by_calls_of_their_own_while_the_queue_is_busy(self) -> None:
        asked: List[int] = []

        def refuse(queue: int, sends: object, count: int) -> int:
            asked.append(count)
            return _raw.RESEAU_ERROR_BUSY

        function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int64, ctypes.c_void_p, ctypes.c_size_t)(refuse)

        class Busy:
            def __getattr__(self, name: str) -> Any:
                return getattr(lib, name)

            def __getitem__(self, name: str) -> Any:
                return function if name == "reseau_completions_send" else lib[name]

        def act(many: _Many, index: int) -> None:
            many.transports[index].write(b"answer %d" % index)

        async def check(many: _Many) -> None:
            for index in range(many.count):
                expected = b"answer %d" % index
                self.assertEqual(await self._read(many, index, len(expected)), expected)

        with mock.patch.object(_loop, "lib", Busy()):
            self.run_many(act, check)
        self.assertNotEqual(asked, [])

    def test_several_writes_of_one_arrive_in_order(self) -> None:
        def act(many: _Many, index: int) -> None:
            for count in range(5):
                many.transports[index].write(bytes([count]) * (count + 1))

        async def check(many: _Many) -> None:
            for index in range(many.count):
                expected = b"".join(bytes([count]) * (count + 1) for count in range(5))
                self.assertEqual(await self._read(many, index, 15), expected)

        self.run_many(act, check)

    def test_an_end_is_behind_them(self) -> None:
        def act(many: _Many, index: int) -> None:
            transport = many.transports[index]
            transport.write(b"answer")
            ends = (transport.close, transport.write_eof, transport.abort, lambda: plain.shutdown(socket.SHUT_WR))
            plain = transport.get_extra_info("socket")
            ends[index % len(ends)]()

        async def check(many: _Many) -> None:
            loop = asyncio.get_running_loop()
            for index in range(many.count):
                self.assertEqual(await loop.run_in_executor(None, _to_the_end, many.peers[index]), b"answer")

        self.run_many(act, check)

    def test_what_has_no_room_is_kept_and_counted(self) -> None:
        data = bytes(range(256)) * 240
        sizes: List[int] = []

        def act(many: _Many, index: int) -> None:
            many.transports[index].write(data)
            if index % 2:
                sizes.append(many.transports[index].get_write_buffer_size())

        async def check(many: _Many) -> None:
            for index in range(many.count):
                self.assertEqual(await self._read(many, index, len(data)), data)
            self.assertEqual(len(sizes), many.count // 2)
            self.assertTrue(all(0 < size < len(data) for size in sizes), sizes)

        self.run_many(act, check, buffer=4096)

    def test_a_peer_that_is_gone_is_reported_and_the_others_get_theirs(self) -> None:
        def act(many: _Many, index: int) -> None:
            if index == 0:
                many.peers[3].close()
            many.transports[index].write(b"answer")

        async def check(many: _Many) -> None:
            for index in range(many.count):
                if index != 3:
                    self.assertEqual(await self._read(many, index, 6), b"answer")
            while many.lost[3] is None:
                await asyncio.sleep(0)
            self.assertNotEqual(many.lost[3], "closed")
            self.assertEqual([lost for lost in many.lost if lost is not None], [many.lost[3]])

        self.run_many(act, check)

    def test_those_that_wait_go_before_a_slow_protocol_is_called_again(self) -> None:
        order: List[int] = []
        seen: List[bool] = []

        def act(many: _Many, index: int) -> None:
            seen.extend(many.has_something(before) for before in order[-1:])
            order.append(index)
            many.transports[index].write(b"answer")
            time.sleep(0.001)

        async def check(many: _Many) -> None:
            while len(order) < many.count:
                await asyncio.sleep(0)
            self.assertEqual(seen, [True] * (many.count - 1))
            for index in range(many.count):
                self.assertEqual(await self._read(many, index, 6), b"answer")

        self.run_many(act, check)

    def test_one_may_write_to_more_than_wait_together(self) -> None:
        def act(many: _Many, index: int) -> None:
            if index == 0:
                for transport in many.transports:
                    transport.write(b"to all")

        async def check(many: _Many) -> None:
            for index in range(many.count):
                self.assertEqual(await self._read(many, index, 6), b"to all")

        self.run_many(act, check, count=150)

    def test_what_a_protocol_writes_when_it_is_paused_arrives(self) -> None:
        class Pausing(_OfMany):
            def pause_writing(self) -> None:
                for transport in self.many.transports:
                    if transport is not self.many.transports[self.index]:
                        transport.write(b"%02d" % self.index)

        data = b"." * 60000

        def act(many: _Many, index: int) -> None:
            if index < 2:
                many.transports[index].set_write_buffer_limits(high=1)
            many.transports[index].write(data if index < 2 else b"-")

        async def check(many: _Many) -> None:
            for index in range(2):
                content = await self._read(many, index, len(data) + 2)
                self.assertEqual(content.replace(b"%02d" % (1 - index), b""), data)
            for index in range(2, many.count):
                self.assertEqual(sorted(await self._read(many, index, 5)), sorted(b"-0001"))

        with mock.patch.dict(globals(), {"_OfMany": Pausing}):
            self.run_many(act, check, buffer=4096)

    def test_they_go_also_when_the_loop_stops_or_is_interrupted(self) -> None:
        for ends in (False, True):
            loop = reseau.asyncio.EventLoop()
            try:
                def act(many: _Many, index: int) -> None:
                    many.transports[index].write(b"answer")
                    if index == many.count - 1:
                        if ends:
                            raise KeyboardInterrupt
                        asyncio.get_running_loop().stop()

                many = _Many(self.COUNT, act)
                loop.run_until_complete(many.begin())
                loop.call_soon(many.ask)
                try:
                    loop.run_forever()
                except KeyboardInterrupt:
                    self.assertTrue(ends)
                for peer in many.peers:
                    self.assertEqual(peer.recv(10), b"answer")
                many.end()
                loop.run_until_complete(asyncio.sleep(0))
            finally:
                loop.close()


class _Interrupted:
    """A runner after whose first wait that brings something comes an exception, as a signal may cause it."""

    def __init__(self, runner: Any, error: BaseException) -> None:
        self._runner = runner
        self._error: "BaseException | None" = error

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runner, name)

    def wait(self, nanoseconds: int) -> int:
        count: int = self._runner.wait(nanoseconds)
        return self.fail_once(count)

    def fail_once(self, count: int) -> int:
        if count > 0 and self._error is not None:
            error, self._error = self._error, None
            raise error
        return count


class InterruptTest(_Test):
    def _check(self, interrupt: Any) -> None:
        loop: Any = reseau.asyncio.new_event_loop()
        loop.set_debug(False)
        try:
            pairs = [loop.run_until_complete(_pair(loop)) for _ in range(3)]
            loop.run_until_complete(asyncio.sleep(0))
            for transport, protocol, theirs in pairs:
                protocol.expected = 5
                theirs.sendall(b"hello")
            interrupt(loop)
            with self.assertRaises(KeyboardInterrupt):
                loop.run_forever()
            for transport, protocol, theirs in pairs:
                loop.run_until_complete(asyncio.wait_for(protocol.has_all, TIMEOUT))
                self.assertEqual(protocol.received, b"hello")
                transport.close()
                theirs.close()
            loop.run_until_complete(asyncio.sleep(0))
        finally:
            loop.close()

    def test_an_interrupt_behind_a_wait_loses_nothing_of_what_it_brought(self) -> None:
        def interrupt(loop: Any) -> None:
            loop._runner = _Interrupted(loop._runner, KeyboardInterrupt())

        self._check(interrupt)

    def test_nor_one_before_it_is_known_how_much_that_is(self) -> None:
        def interrupt(loop: Any) -> None:
            runner = loop._runner
            if native is not None:
                runner = loop._runner = _pure.Runner(
                    loop._ready, loop._receivers, loop._deliver, loop._queue, loop._memory, loop._completions
                )
                for transport in loop._streams.values():
                    receiver = _pure.receiver(transport._context, transport._data_received, transport)
                    loop._receivers[transport._token] = receiver
            interrupted = _Interrupted(runner, KeyboardInterrupt())
            for name in ("_poll", "_sleep", "_await_reply"):
                wait = getattr(runner, name)
                setattr(runner, name, lambda wait=wait: interrupted.fail_once(wait()))

        self._check(interrupt)

    def test_an_interrupt_in_a_protocol_loses_nothing_of_the_others(self) -> None:
        def interrupt(loop: Any) -> None:
            transport = next(iter(loop._streams.values()))
            protocol = transport.get_protocol()
            receive = protocol.data_received

            def once(data: bytes) -> None:
                receive(data)
                protocol.data_received = receive
                transport.set_protocol(protocol)
                raise KeyboardInterrupt

            protocol.data_received = once
            transport.set_protocol(protocol)

        self._check(interrupt)


class ReaderTest(_Test):
    """The reader of asyncio's streams, which the module in C feeds."""

    @staticmethod
    async def _open(protocol: Any = None, **limits: Any) -> Any:
        ours, theirs = socket.socketpair()
        if protocol is None:
            return *(await asyncio.open_connection(sock=ours, **limits)), theirs
        reader = asyncio.StreamReader(**limits)
        made = protocol(reader)
        transport, _ = await asyncio.get_running_loop().create_connection(lambda: made, sock=ours)
        writer = asyncio.StreamWriter(transport, made, reader, asyncio.get_running_loop())
        return reader, writer, theirs

    async def _check_all_arrives(self, reader: Any, writer: Any, theirs: socket.socket) -> None:
        sent = os.urandom(300000)
        loop = asyncio.get_running_loop()

        def send() -> None:
            with theirs:
                theirs.sendall(sent)

        sending = loop.run_in_executor(None, send)
        self.assertEqual(await reader.readexactly(7), sent[:7])
        self.assertEqual(await reader.read(), sent[7:])
        await sending
        writer.close()
        await writer.wait_closed()

    def test_everything_that_comes_is_read(self) -> None:
        async def main() -> None:
            await self._check_all_arrives(*await self._open())

        self.run_on(main())

    def test_a_reader_that_is_full_pauses_and_goes_on(self) -> None:
        async def main() -> None:
            reader, writer, theirs = await self._open(limit=1000)
            theirs.sendall(b"x" * 2000)
            while len(reader._buffer) < 2000:
                await asyncio.sleep(0)
            self.assertTrue(writer.transport.is_reading())
            theirs.sendall(b"y")
            while len(reader._buffer) < 2001:
                await asyncio.sleep(0)
            self.assertFalse(writer.transport.is_reading())
            self.assertEqual(await reader.readexactly(2001), b"x" * 2000 + b"y")
            await self._check_all_arrives(reader, writer, theirs)

        self.run_on(main())

    def test_a_limit_may_be_any_number(self) -> None:
        async def main() -> None:
            for limit in (2**70, float("inf"), 1000.5):
                reader, writer, theirs = await self._open(limit=limit)
                theirs.sendall(b"abc")
                self.assertEqual(await reader.readexactly(3), b"abc")
                theirs.close()
                writer.close()
                await writer.wait_closed()

        self.run_on(main())

    def test_a_protocol_may_get_another_class(self) -> None:
        class Protocol(asyncio.StreamReaderProtocol):
            pass

        async def main() -> None:
            reader, writer, theirs = await self._open()
            writer.transport.get_protocol().__class__ = Protocol
            await self._check_all_arrives(reader, writer, theirs)

        self.run_on(main())

    def test_bytes_behind_a_cancelled_read_are_for_the_next(self) -> None:
        async def main() -> None:
            reader, writer, theirs = await self._open()
            reading = asyncio.ensure_future(reader.read(10))
            await asyncio.sleep(0)
            reading.cancel()
            theirs.sendall(b"abc")
            with self.assertRaises(asyncio.CancelledError):
                await reading
            self.assertEqual(await reader.readexactly(3), b"abc")
            await self._check_all_arrives(reader, writer, theirs)

        self.run_on(main())

    def test_functions_of_the_program_are_called(self) -> None:
        got: List[bytes] = []

        class Protocol(asyncio.StreamReaderProtocol):
            def data_received(self, data: bytes) -> None:
                got.append(data)
                super().data_received(data)

        async def main() -> None:
            reader, writer, theirs = await self._open(Protocol)
            await self._check_all_arrives(reader, writer, theirs)
            self.assertTrue(got)
            got.clear()

            reader, writer, theirs = await self._open()
            feed = reader.feed_data
            reader.feed_data = lambda data: (got.append(data), feed(data))
            await self._check_all_arrives(reader, writer, theirs)
            self.assertTrue(got)
            got.clear()

            of_class: Any = asyncio.StreamReader.feed_data
            with mock.patch.object(
                asyncio.StreamReader, "feed_data", lambda self, data: (got.append(data), of_class(self, data))
            ):
                await self._check_all_arrives(*await self._open())
            self.assertTrue(got)

        self.run_on(main())

    def test_bytes_for_a_reader_that_is_gone_are_dropped(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            failed: List[Any] = []
            loop.set_exception_handler(lambda loop, context: failed.append(context))
            reader, writer, theirs = await self._open()
            transport = writer.transport
            refers = weakref.ref(reader)
            del reader, writer
            gc.collect()
            self.assertIsNone(refers())
            transport.get_protocol().connection_lost = lambda error: closed.set_result(error)
            closed: Any = loop.create_future()
            theirs.sendall(b"nobody reads this")
            transport.resume_reading()
            theirs.close()
            for _ in range(3):
                await asyncio.sleep(0)
            transport.abort()
            self.assertIsNone(await closed)
            self.assertEqual(failed, [])

        self.run_on(main())

    def test_a_reader_that_cannot_grow_ends_its_connection_alone(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            failed: Any = loop.create_future()
            loop.set_exception_handler(lambda loop, context: failed.set_result(context["exception"]))
            reader, writer, theirs = await self._open()
            reader._buffer.extend(b"in use")
            with memoryview(reader._buffer):
                theirs.sendall(b"x")
                self.assertIsInstance(await failed, BufferError)
            with self.assertRaises(BufferError):
                await writer.wait_closed()
            theirs.close()

        self.run_on(main())


class TlsTest(_Test):
    async def _client(self, data_received: Any) -> Any:
        """A connection whose protocol has this method; it has written a byte, which comes back."""
        certificate, key = certificates()
        ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ours.load_cert_chain(certificate, key)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Echo, "127.0.0.1", 0, ssl=ours)
        theirs = ssl.create_default_context(cafile=certificate)
        transport, protocol = await loop.create_connection(
            Collect, *server.sockets[0].getsockname(), ssl=theirs, server_hostname="localhost"
        )
        setattr(protocol, "data_received", data_received)
        transport.write(b"x")
        server.close()
        return transport, protocol

    def test_a_write_that_was_kept_does_nothing_when_the_connection_is_lost(self) -> None:
        async def main() -> None:
            transport, protocol = await self._client(lambda data: transport.close())
            write = transport.write
            await protocol.lost
            write(b"late")
            transport.write(b"late")

        self.run_on(main())

    def test_whatever_a_protocol_raises_ends_its_connection_alone(self) -> None:
        def fail(data: bytes) -> None:
            raise asyncio.CancelledError

        async def main() -> None:
            told: List[Any] = []
            asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))
            _, protocol = await self._client(fail)
            self.assertIsInstance(await protocol.lost, asyncio.CancelledError)
            self.assertIsInstance(told[0]["exception"], asyncio.CancelledError)

        self.run_on(main())


@unittest.skipIf(native is None, "without the module in C")
class RecordsTest(_Test):
    class Memory:
        """Both of the engine's: what is written to it, and what is read."""

        def __init__(self) -> None:
            self.pending = 0
            self.written = b""

        def write(self, data: Any) -> None:
            self.written += bytes(data)

        def read(self, size: int = -1) -> bytes:
            self.written, data = b"", self.written
            return data

    class Protocol:
        """What the records are of."""

        def __init__(self) -> None:
            self._is_fast = True
            self._app_protocol = self
            self.received: List[bytes] = []
            self.slow = 0
            self.late = b""

        def data_received(self, data: bytes) -> None:
            self.received.append(data)

        def _continue(self) -> None:
            self.slow += 1

        def _write_late(self, data: bytes) -> None:
            self.late = data

    def _records(self) -> Any:
        protocol, incoming = self.Protocol(), self.Memory()
        records = native.Records(protocol, incoming, self.Memory())
        asked: List[int] = []

        def read(size: int) -> bytes:
            asked.append(size)
            return b"r"

        records.open(read, None, None)
        return records, protocol, asked, incoming

    def test_records_are_read_when_they_have_come_wherever_they_are_cut(self) -> None:
        sizes = [0, 1, 2, 300, 16401, 5, 4]
        stream = b"".join(b"\x17\x03\x03" + size.to_bytes(2, "big") + b"x" * size for size in sizes)
        for step in (1, 2, 3, 4, 5, 6, 7, 300, 5000, len(stream)):
            records, protocol, asked, incoming = self._records()
            for at in range(0, len(stream), step):
                records.receive(stream[at : at + step])
            self.assertEqual(incoming.written, stream)

            # One without content may be counted with what comes next.
            self.assertGreaterEqual(len(asked), len(sizes) - 1, step)
            self.assertLessEqual(len(asked), len(sizes), step)
            self.assertEqual(b"".join(protocol.received), b"r" * len(asked))
            self.assertEqual(protocol.slow, 0)

    def test_more_records_than_are_joined_at_once_arrive(self) -> None:
        records, protocol, asked, _ = self._records()
        records.receive(b"\x17\x03\x03\0\1x" * 200)
        self.assertEqual((len(asked), b"".join(protocol.received)), (200, b"r" * 200))

    def test_what_is_no_record_is_for_the_engine(self) -> None:
        for stream in (b"A" * 10, b"\x17\x03\x03\xff\xff"):
            records, _, asked, _ = self._records()
            records.receive(stream)
            records.receive(b"x")
            self.assertEqual(len(asked), 2)

    def test_what_is_in_the_way_is_for_the_protocol(self) -> None:
        records, protocol, asked, _ = self._records()
        protocol._is_fast = False
        records.receive(b"\x17\x03\x03\0\1x")
        records.close()
        protocol._is_fast = True
        records.receive(b"\x17\x03\x03\0\1x")
        self.assertEqual((protocol.slow, asked), (2, []))
        records.write(b"x")
        self.assertEqual(protocol.late, b"x")


if __name__ == "__main__":
    unittest.main()
