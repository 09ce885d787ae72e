# SPDX-License-Identifier: Apache-2.0
"""What CPython's own tests do not ask of a loop."""
import asyncio
import collections
import gc
import os
import signal
import socket
import ssl
import sys
import tempfile
import threading
import time
import unittest
import weakref
from typing import Any, List

import reseau.asyncio
from reseau.asyncio._tls import RecordCounter
from support import TIMEOUT, TestCase, certificates, run_python


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        data = await reader.read(65536)
        if not data:
            break
        writer.write(data)
        await writer.drain()
    writer.close()


class Collect(asyncio.Protocol):
    def __init__(self) -> None:
        self.received = bytearray()
        self.lost: "asyncio.Future[object]" = asyncio.get_running_loop().create_future()
        self.events: List[str] = []
        self.awaited = 0
        self.has_so_much: "asyncio.Future[None] | None" = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.events.append("made")

    def data_received(self, data: bytes) -> None:
        self.received += data
        self.events.append("data")

        if self.has_so_much is not None and len(self.received) >= self.awaited:
            self.has_so_much.set_result(None)
            self.has_so_much = None

    async def wait_for(self, size: int) -> None:
        """Until so much has been received."""
        if len(self.received) < size:
            self.awaited = size
            self.has_so_much = asyncio.get_running_loop().create_future()
            await self.has_so_much

    def eof_received(self) -> bool:
        self.events.append("eof")
        return True

    def connection_lost(self, error: object) -> None:
        self.events.append("lost")
        self.lost.set_result(error)


class _Deque(collections.deque):  # type: ignore[type-arg]
    """One that can be referred to weakly."""


class LoopTest(TestCase):
    def run_on(self, main: Any) -> Any:
        return reseau.asyncio.run(asyncio.wait_for(main, TIMEOUT))

    def test_many_streams_at_once(self) -> None:
        async def one(port: int, number: int) -> None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for size in (1, 1000, 100000):
                data = bytes([number]) * size
                writer.write(data)
                self.assertEqual(await reader.readexactly(size), data)
            writer.close()
            await writer.wait_closed()

        async def main() -> None:
            server = await asyncio.start_server(_echo, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            await asyncio.gather(*(one(port, number) for number in range(100)))
            server.close()
            await server.wait_closed()

        self.run_on(main())

    def test_a_stream_larger_than_all_buffers(self) -> None:
        async def main() -> None:
            server = await asyncio.start_server(_echo, "127.0.0.1", 0)
            reader, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
            content = os.urandom(8 << 20)

            async def write() -> None:
                writer.write(content)
                await writer.drain()
                writer.write_eof()

            task = asyncio.create_task(write())
            self.assertEqual(await reader.read(), content)
            await task
            writer.close()
            server.close()

        self.run_on(main())

    def test_paused_reading_loses_nothing_and_keeps_the_order(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            ours, theirs = socket.socketpair()
            transport: Any
            transport, protocol = await loop.create_connection(Collect, sock=ours)
            await asyncio.sleep(0)
            theirs.sendall(b"one")
            while not protocol.received:
                await asyncio.sleep(0)
            transport.pause_reading()
            self.assertFalse(transport.is_reading())
            theirs.sendall(b"two")
            theirs.shutdown(socket.SHUT_WR)
            for _ in range(10):
                await asyncio.sleep(0)
            self.assertEqual(protocol.received, b"one")
            transport.resume_reading()
            while "eof" not in protocol.events:
                await asyncio.sleep(0)
            self.assertEqual(protocol.received, b"onetwo")
            self.assertEqual(protocol.events[-1], "eof")
            transport.write(b"half")
            self.assertEqual(theirs.recv(4), b"half")
            transport.close()
            await protocol.lost
            theirs.close()

        self.run_on(main())

    def test_buffers_of_a_protocol_may_be_small(self) -> None:
        class Small(asyncio.BufferedProtocol):
            def __init__(self) -> None:
                self.room = bytearray(7)
                self.received = bytearray()

            def get_buffer(self, sizehint: int) -> bytearray:
                return self.room

            def buffer_updated(self, nbytes: int) -> None:
                self.received += self.room[:nbytes]

        async def main() -> None:
            ours, theirs = socket.socketpair()
            loop = asyncio.get_running_loop()
            transport, protocol = await loop.create_connection(Small, sock=ours)
            content = os.urandom(1000)
            theirs.sendall(content)
            while len(protocol.received) < 1000:
                await asyncio.sleep(0)
            self.assertEqual(protocol.received, content)
            transport.close()
            theirs.close()

        self.run_on(main())

    def test_a_reset_is_the_protocols(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            with socket.create_server(("127.0.0.1", 0)) as listener:
                _, protocol = await loop.create_connection(Collect, *listener.getsockname())
                other, _ = listener.accept()
                other.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                other.close()
                self.assertIsInstance(await protocol.lost, ConnectionResetError)

        self.run_on(main())

    def test_tls_and_its_upgrade(self) -> None:
        certificate, key = certificates()
        server_context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        server_context.load_cert_chain(certificate, key)
        client_context = ssl.create_default_context(cafile=certificate)

        async def main() -> None:
            server = await asyncio.start_server(_echo, "127.0.0.1", 0, ssl=server_context)
            port = server.sockets[0].getsockname()[1]
            reader, writer = await asyncio.open_connection("localhost", port, ssl=client_context)
            content = os.urandom(1 << 20)
            writer.write(content)
            self.assertEqual(await reader.readexactly(len(content)), content)
            self.assertIsNotNone(writer.get_extra_info("ssl_object"))
            writer.close()
            await writer.wait_closed()
            server.close()

            loop = asyncio.get_running_loop()
            plain = await asyncio.start_server(_echo, "127.0.0.1", 0)
            transport, protocol = await loop.create_connection(Collect, *plain.sockets[0].getsockname())
            transport.write(b"before")
            while protocol.received != b"before":
                await asyncio.sleep(0)
            with self.assertRaises(ssl.SSLError):
                await loop.start_tls(transport, protocol, client_context, server_hostname="localhost")
            plain.close()

        self.run_on(main())

    def test_a_connection_to_its_own_port_is_refused(self) -> None:
        # An address that no other test has a port of.
        host = "127.77.0.1" if sys.platform == "linux" else "127.0.0.1"

        async def main() -> None:
            with socket.socket() as finder:
                finder.bind((host, 0))
                port = finder.getsockname()[1]

            # The loop's own socket, and one of a program.
            with self.assertRaises(ConnectionRefusedError):
                await asyncio.open_connection(host, port, local_addr=(host, port))
            with socket.socket() as mine:
                mine.setblocking(False)
                mine.bind((host, port))
                with self.assertRaises(ConnectionRefusedError):
                    await asyncio.get_running_loop().sock_connect(mine, (host, port))
            with socket.create_server((host, port)):
                pass

        self.run_on(main())

    def test_readers_and_writers(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            read_end, write_end = os.pipe()
            calls = []
            loop.add_reader(read_end, lambda: calls.append(1))
            os.write(write_end, b"x")
            while len(calls) < 3:  # as long as it is not read
                await asyncio.sleep(0)
            os.read(read_end, 1)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            before = len(calls)
            for _ in range(10):
                await asyncio.sleep(0)
            self.assertEqual(len(calls), before)
            os.write(write_end, b"x")
            while len(calls) == before:
                await asyncio.sleep(0)
            self.assertTrue(loop.remove_reader(read_end))
            os.close(read_end)
            os.close(write_end)

        self.run_on(main())

    def test_datagrams_and_files(self) -> None:
        class Datagrams(asyncio.DatagramProtocol):
            def __init__(self) -> None:
                self.came: "asyncio.Future[bytes]" = asyncio.get_running_loop().create_future()

            def datagram_received(self, data: bytes, address: Any) -> None:
                self.came.set_result(data)

        async def main() -> None:
            loop = asyncio.get_running_loop()
            receiver, protocol = await loop.create_datagram_endpoint(Datagrams, ("127.0.0.1", 0))
            sender, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, remote_addr=receiver.get_extra_info("sockname")
            )
            sender.sendto(b"datagram")
            self.assertEqual(await protocol.came, b"datagram")
            sender.close()
            receiver.close()

            server = await asyncio.start_server(_echo, "127.0.0.1", 0)
            transport, collected = await loop.create_connection(Collect, *server.sockets[0].getsockname())
            with tempfile.TemporaryFile() as file:
                content = os.urandom(300000)
                file.write(content)
                self.assertEqual(await loop.sendfile(transport, file), 300000)
            await collected.wait_for(300000)
            self.assertEqual(collected.received, content)
            transport.close()
            server.close()

        self.run_on(main())

    def test_other_threads_and_signals(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            woken = asyncio.Event()
            thread = threading.Timer(0.02, lambda: loop.call_soon_threadsafe(woken.set))
            thread.start()
            await woken.wait()
            self.assertEqual(await loop.run_in_executor(None, lambda: 5), 5)
            thread.join()
            caught = asyncio.Event()
            loop.add_signal_handler(signal.SIGUSR1, caught.set)
            os.kill(os.getpid(), signal.SIGUSR1)
            await caught.wait()
            self.assertTrue(loop.remove_signal_handler(signal.SIGUSR1))
            await loop.shutdown_default_executor()

        self.run_on(main())

    def test_a_python_handler_of_a_signal_runs_while_the_loop_sleeps(self) -> None:
        program = """
import asyncio, os, signal, threading, reseau.asyncio
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs this may ignore it
async def main():
    threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    await asyncio.sleep(3600)
try:
    reseau.asyncio.run(main())
except KeyboardInterrupt:
    print("interrupted")
"""
        self.assertEqual(run_python(program).stdout, "interrupted\n")

    def test_the_interpreter_ends_with_a_loop_that_runs(self) -> None:
        program = """
import asyncio, os, sys, threading, reseau.asyncio
async def main():
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    await asyncio.open_connection(*server.sockets[0].getsockname())
    threading.Timer(0.1, lambda: running.set()).start()
    await asyncio.sleep(3600)
running = threading.Event()
threading.Thread(target=lambda: reseau.asyncio.run(main()), daemon=True).start()
running.wait()
sys.exit(5)
"""
        result = run_python(program)
        self.assertEqual(result.returncode, 5, result.stderr)

    @unittest.skipUnless(hasattr(os, "fork"), "no fork")
    def test_a_child_makes_a_loop_of_its_own(self) -> None:
        async def main() -> None:
            pid = os.fork()
            if pid == 0:
                status = 1
                try:
                    asyncio.events._set_running_loop(None)
                    asyncio.set_event_loop(None)
                    reseau.asyncio.run(asyncio.sleep(0.001))
                    status = 0
                finally:
                    os._exit(status)
            _, status = os.waitpid(pid, 0)
            self.assertEqual(status, 0)
            await asyncio.sleep(0.001)

        self.run_on(main())

    def test_timers_come_in_their_order_and_not_early(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            order: List[int] = []
            begin = loop.time()
            done = loop.create_future()
            for number in (5, 1, 3, 2, 4):
                loop.call_at(begin + number / 200, order.append, number)
            cancelled = [loop.call_later(0.001, order.append, -1) for _ in range(300)]
            for handle in cancelled:
                handle.cancel()
            loop.call_at(begin + 0.03, done.set_result, None)
            await done
            self.assertGreaterEqual(loop.time() - begin, 0.029)
            self.assertEqual(order, [1, 2, 3, 4, 5])

        self.run_on(main())

    def test_a_scheduled_callback_can_be_cancelled_and_its_failure_is_reported(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            told: List[Any] = []
            loop.set_exception_handler(lambda loop, context: told.append(context))
            called: List[int] = []
            cancelled = loop.call_soon(called.append, 1)
            loop.call_soon(called.append, 2)
            cancelled.cancel()
            cancelled.cancel()
            self.assertTrue(cancelled.cancelled())
            self.assertIn("cancelled", repr(cancelled))
            failing = loop.call_soon(called.index, 3)
            self.assertFalse(failing.cancelled())
            self.assertIn("index", repr(failing))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self.assertEqual(called, [2])
            self.assertIsInstance(told[0]["exception"], ValueError)
            self.assertIs(told[0]["handle"], failing)
            self.assertIn("index", told[0]["message"])

        self.run_on(main())

    def test_a_callback_may_cancel_its_own_handle(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            told: List[Any] = []
            loop.set_exception_handler(lambda loop, context: told.append(context))
            handles: List[Any] = []

            def fail() -> None:
                handles.pop().cancel()
                raise ZeroDivisionError

            def numbers() -> Any:
                yield 1
                handles.pop().cancel()
                yield from range(2, 20)

            # Only the handle has the deque, which goes on after the cancel().
            reached = weakref.ref(kept := _Deque())
            handles.append(loop.call_soon(kept.extend, numbers()))
            del kept
            handles.append(loop.call_soon(fail))
            handles.reverse()
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self.assertEqual(handles, [])
            self.assertIsInstance(told[0]["exception"], ZeroDivisionError)
            self.assertEqual(len(told), 1)
            self.assertIsNone(reached())

        self.run_on(main())

    def test_debug_mode_may_begin_while_callbacks_wait(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            told: List[Any] = []
            loop.set_exception_handler(lambda loop, context: told.append(context))
            loop.call_soon(loop.set_debug, True)
            loop.call_soon([].index, 3)
            for _ in range(3):
                await asyncio.sleep(0)
            self.assertIsInstance(told[0]["exception"], ValueError)
            self.assertTrue(loop.get_debug())

        self.run_on(main())

    def test_an_exit_in_a_protocol_with_buffers_loses_none_of_its_bytes(self) -> None:
        class Leaving(asyncio.BufferedProtocol):
            def __init__(self) -> None:
                self.received = b""
                self.buffer = bytearray(4)

            def get_buffer(self, sizehint: int) -> bytearray:
                return self.buffer

            def buffer_updated(self, nbytes: int) -> None:
                self.received += self.buffer[:nbytes]
                if len(self.received) == nbytes:
                    raise SystemExit(7)

        async def wait_for(protocol: Leaving) -> None:
            while len(protocol.received) < 12:
                await asyncio.sleep(0)

        loop = reseau.asyncio.new_event_loop()
        ours, theirs = socket.socketpair()
        try:
            transport, protocol = loop.run_until_complete(loop.create_connection(Leaving, sock=ours))
            theirs.sendall(b"0123456789ab")
            with self.assertRaises(SystemExit):
                loop.run_forever()
            loop.run_until_complete(asyncio.wait_for(wait_for(protocol), TIMEOUT))
            self.assertEqual(protocol.received, b"0123456789ab")
            transport.close()
            loop.run_until_complete(asyncio.sleep(0))
        finally:
            theirs.close()
            loop.close()

    def test_an_exit_in_one_protocol_loses_no_bytes_of_another(self) -> None:
        class Leaving(Collect):
            def data_received(self, data: bytes) -> None:
                super().data_received(data)
                raise SystemExit(7)

        async def begin(factories: Any) -> Any:
            loop = asyncio.get_running_loop()
            found = []
            for factory in factories:
                ours, theirs = socket.socketpair()
                found.append((*await loop.create_connection(factory, sock=ours), theirs))
            await asyncio.sleep(0)
            return found

        async def end(found: Any) -> None:
            for _, protocol, theirs in found:
                while not protocol.received:
                    await asyncio.sleep(0)
                self.assertEqual(protocol.received, b"x")
                theirs.close()
                protocol.transport.close()
                await protocol.lost

        loop = reseau.asyncio.new_event_loop()
        try:
            found = loop.run_until_complete(begin([Leaving, Collect, Collect]))
            for _, _, theirs in found:
                theirs.sendall(b"x")
            with self.assertRaises(SystemExit):
                loop.run_forever()
            loop.run_until_complete(asyncio.wait_for(end(found), TIMEOUT))
        finally:
            loop.close()

    def test_an_exit_loses_no_room_and_no_bytes_of_its_connection(self) -> None:
        class Leaving(Collect):
            def data_received(self, data: bytes) -> None:
                super().data_received(data)
                if data == b"leave":
                    raise SystemExit(7)

        size = 2000000

        async def begin(loop: Any) -> Any:
            ours, theirs = socket.socketpair()
            theirs.setblocking(False)
            transport, protocol = await loop.create_connection(Leaving, sock=ours)
            transport.write(bytes(size))
            await asyncio.sleep(0.01)
            return transport, protocol, theirs

        async def drained(theirs: Any) -> int:
            count = 0
            while count < size:
                try:
                    count += len(theirs.recv(size))
                except BlockingIOError:
                    await asyncio.sleep(0)
            return count

        async def leave_with_room(loop: Any, theirs: Any) -> int:
            count = len(theirs.recv(size // 2))
            try:
                while True:
                    count += len(theirs.recv(size))
            except BlockingIOError:
                theirs.send(b"leave")
            loop.call_soon(drained_by.append, count)
            await asyncio.sleep(TIMEOUT)
            return count

        async def keep(transport: Any, theirs: Any) -> None:
            theirs.send(b"leave")
            asyncio.get_running_loop().call_soon(transport.pause_reading)
            await asyncio.sleep(0.01)
            transport.resume_reading()
            await asyncio.sleep(TIMEOUT)

        async def rest(protocol: Any, theirs: Any) -> None:
            theirs.send(b"rest")
            while not protocol.received.endswith(b"rest"):
                await asyncio.sleep(0)

        drained_by: List[int] = []
        loop = reseau.asyncio.new_event_loop()
        try:
            transport, protocol, theirs = loop.run_until_complete(begin(loop))
            with self.assertRaises(SystemExit):
                loop.run_until_complete(leave_with_room(loop, theirs))
            size -= drained_by[0]
            self.assertEqual(loop.run_until_complete(asyncio.wait_for(drained(theirs), TIMEOUT)), size)
            with self.assertRaises(SystemExit):
                loop.run_until_complete(keep(transport, theirs))
            loop.run_until_complete(asyncio.wait_for(rest(protocol, theirs), TIMEOUT))
            transport.close()
            theirs.close()
            loop.run_until_complete(asyncio.sleep(0.01))
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0.01))
        finally:
            loop.close()

    def test_failures_of_a_protocol_are_reported_and_end_the_connection(self) -> None:
        class Failing(Collect):
            def data_received(self, data: bytes) -> None:
                raise ZeroDivisionError

        async def main() -> None:
            loop = asyncio.get_running_loop()
            told: List[Any] = []
            loop.set_exception_handler(lambda loop, context: told.append(context))
            ours, theirs = socket.socketpair()
            _, protocol = await loop.create_connection(Failing, sock=ours)
            theirs.sendall(b"x")
            self.assertIsInstance(await protocol.lost, ZeroDivisionError)
            self.assertIs(told[0]["protocol"], protocol)
            theirs.close()

        self.run_on(main())

    def test_a_slow_callback_is_logged_in_debug_mode(self) -> None:
        async def main() -> None:
            loop = asyncio.get_running_loop()
            loop.slow_callback_duration = 0.01
            loop.call_soon(time.sleep, 0.02)
            await asyncio.sleep(0.03)

        with self.assertLogs("asyncio", "WARNING") as logs:
            reseau.asyncio.run(main(), debug=True)
        self.assertIn("sleep", "".join(logs.output))

    def test_nothing_is_left_of_closed_connections(self) -> None:
        async def main() -> None:
            server = await asyncio.start_server(_echo, "127.0.0.1", 0)
            port = server.sockets[0].getsockname()[1]
            loop: Any = asyncio.get_running_loop()
            for _ in range(50):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"x")
                await reader.readexactly(1)
                writer.close()
                await writer.wait_closed()
            server.close()
            for _ in range(100):
                if not loop._streams:
                    break
                await asyncio.sleep(0.01)
            self.assertEqual(loop._streams, {})

        self.run_on(main())
        gc.collect()

    def test_the_policy(self) -> None:
        asyncio.set_event_loop_policy(reseau.asyncio.EventLoopPolicy())
        self.addCleanup(asyncio.set_event_loop_policy, None)
        loop = asyncio.new_event_loop()
        self.assertIsInstance(loop, reseau.asyncio.EventLoop)
        loop.close()
        loop.close()
        with self.assertRaises(RuntimeError):
            loop.run_forever()

    def test_subprocesses(self) -> None:
        async def main() -> None:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", "import sys; sys.stdout.write(sys.stdin.read().upper())",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            out, _ = await process.communicate(b"abc" * 100000)
            self.assertEqual((out, process.returncode), (b"ABC" * 100000, 0))

        self.run_on(main())


class RecordCounterTest(TestCase):
    def test_records_are_counted_wherever_they_are_cut(self) -> None:
        sizes = [0, 1, 2, 300, 16401, 5, 4]
        stream = b"".join(b"\x17\x03\x03" + size.to_bytes(2, "big") + b"x" * size for size in sizes)
        for step in (1, 2, 3, 4, 5, 6, 7, 300, 5000, len(stream)):
            counter = RecordCounter()
            counts = [counter.count(memoryview(stream[at : at + step])) for at in range(0, len(stream), step)]
            # One without content may be counted with what comes next.
            self.assertGreaterEqual(sum(counts), len(sizes) - 1, step)
            self.assertLessEqual(sum(counts), len(sizes), step)

    def test_what_is_no_record_is_for_the_engine(self) -> None:
        counter = RecordCounter()
        self.assertEqual(counter.count(memoryview(b"A" * 10)), 1)
        self.assertEqual(counter.count(memoryview(b"x")), 1)
        self.assertEqual(RecordCounter().count(memoryview(b"\x17\x03\x03\xff\xff")), 1)


if __name__ == "__main__":
    unittest.main()
