# SPDX-License-Identifier: Apache-2.0
"""Hooks: what bytes become, exceptions, how long a hook is there, and the end of the interpreter."""
import contextlib
import gc
import os
import threading
import time
import unittest
import weakref
import zlib
from typing import Iterator, List, Tuple

import reseau
from reseau import _calls
from support import TIMEOUT, TestCase, certificate_folder, run_python


@contextlib.contextmanager
def pair() -> Iterator[Tuple[reseau.Connection, reseau.Connection]]:
    with reseau.listen() as listener, reseau.connect("127.0.0.1", listener.port) as client:
        with listener.accept(TIMEOUT) as server:
            client.timeout = server.timeout = TIMEOUT
            yield client, server


def compress(connection: reseau.Connection) -> None:
    """What is written is compressed, and what is read is decompressed."""
    packer, unpacker = zlib.compressobj(), zlib.decompressobj()

    def read(data: bytes, is_last: bool) -> bytes:
        unpacked = unpacker.decompress(data)
        if is_last and not unpacker.eof:
            raise EOFError("the compressed stream was cut")
        return unpacked

    connection.add_hook(
        read=read,
        write=packer.compress,
        flush=lambda: packer.flush(zlib.Z_SYNC_FLUSH),
        close=lambda: packer.flush(zlib.Z_FINISH),
    )


def shift(number: int) -> "bytes":
    return bytes((byte + number) & 255 for byte in range(256))


class HookTest(TestCase):
    def exchange(self, client: reseau.Connection, server: reseau.Connection, content: bytes) -> None:
        def write() -> None:
            client.write(content)
            client.shutdown_write()

        writer = threading.Thread(target=write)
        writer.start()
        self.assertEqual(server.read(), content)
        writer.join(TIMEOUT)

    def test_a_compressed_connection(self) -> None:
        content = os.urandom(1 << 20) + b"\0" * (4 << 20)
        with pair() as (client, server):
            compress(client)
            compress(server)
            client.write(b"one message")
            self.assertEqual(server.readexactly(11), b"one message")
            self.exchange(client, server, content)
            self.exchange(server, client, content)
            # Four megabytes of zeros are little on the way.
            self.assertLess(server.close_info().bytes_read, 1 << 23)

    def test_a_hook_is_taken_away(self) -> None:
        with pair() as (client, server):
            hooks = [
                connection.add_hook(
                    read=lambda data, is_last: data.translate(shift(-1)),
                    write=lambda data: data.translate(shift(1)),
                    close=lambda: b"!",
                )
                for connection in (client, server)
            ]
            client.write(b"through")
            self.assertEqual(server.readexactly(7), b"through")
            hooks[1].remove()
            client.write(b"HAL")
            self.assertEqual(server.readexactly(3), b"IBM")
            hooks[0].remove()
            client.write(b"past it")
            self.assertEqual(server.readexactly(8), b"!past it")

            # The connection keeps nothing of them.
            with _calls._changed:
                self.assertTrue(_calls._changed.wait_for(lambda: not client._hooks + server._hooks, TIMEOUT))
            with self.assertRaises(reseau.Error):
                hooks[0].remove()

    def test_a_hook_takes_itself_away_at_a_place(self) -> None:
        with pair() as (client, server):

            def read(data: bytes, is_last: bool) -> Tuple[int, bytes]:
                end = data.find(b".")
                if end < 0:
                    return len(data), data.upper()
                hook.remove()
                return end + 1, data[:end].upper()

            hook = server.add_hook(read=read)
            client.write(b"first.second.")
            client.shutdown_write()
            self.assertEqual(server.read(), b"FIRSTsecond.")

    def test_hooks_above_and_below_tls(self) -> None:
        folder = certificate_folder()
        with pair() as (client, server):
            for connection in (client, server):
                connection.add_hook(
                    read=lambda data, is_last: data.translate(shift(-1)), write=lambda data: data.translate(shift(1))
                )
            certificate = reseau.TLS(certificate_file=folder + "/server.crt", key_file=folder + "/server.key")
            server.start_tls(certificate, server_side=True, wait=False)
            client.start_tls(reseau.TLS(ca_file=folder + "/ca.crt", server_name="localhost"))
            server.write(b"x")
            self.assertEqual(client.readexactly(1), b"x")
            compress(client)
            compress(server)
            self.exchange(client, server, os.urandom(300000))

    def test_what_a_hook_leaves_comes_again(self) -> None:
        seen: List[Tuple[bytes, bool]] = []

        def lines(data: bytes, is_last: bool) -> Tuple[int, bytes]:
            seen.append((data, is_last))
            length = data.rfind(b"\n") + 1
            return length, data[:length].upper()

        with pair() as (client, server):
            server.add_hook(read=lines)
            client.write(b"one\ntw")
            self.assertEqual(server.readexactly(4), b"ONE\n")
            client.write(b"o\n")
            self.assertEqual(server.readexactly(4), b"TWO\n")
            self.assertEqual(seen[-1], (b"two\n", False))
            client.write(b"cut")
            client.shutdown_write()
            with self.assertRaises(reseau.Error) as failed:
                server.read(1)
            self.assertEqual(failed.exception.name, "RESEAU_ERROR_HOOK")
            self.assertIsNone(server.hook_error)

    def test_what_nobody_has_read_goes_through_a_new_hook(self) -> None:
        with pair() as (client, server):
            client.write(b"abc")
            while server.available < 3:
                time.sleep(0.001)
            server.add_hook(read=lambda data, is_last: data.upper())
            self.assertEqual(server.readexactly(3), b"ABC")

    def test_a_hook_may_end_the_stream(self) -> None:
        def read(data: bytes, is_last: bool) -> bytes:
            if b"." in data:
                raise reseau.EndOfStream(data[: data.index(b".")])
            return data

        with pair() as (client, server):
            server.add_hook(read=read)
            client.write(b"the end. And more")
            self.assertEqual(server.read(), b"the end")

    def test_exceptions_end_the_connection_and_are_its_cause(self) -> None:
        problem = ValueError("on purpose")

        def fail(*arguments: object) -> bytes:
            raise problem

        for name in ("read", "write", "flush"):
            with pair() as (client, server):
                server.add_hook(**{name: fail})  # type: ignore[arg-type]
                client.write(b"x")
                server.write(b"x")
                with self.assertRaises(reseau.Error) as failed:
                    while True:
                        if not server.read(1):
                            self.fail("it ended well")
                self.assertEqual(failed.exception.name, "RESEAU_ERROR_HOOK")
                self.assertIs(failed.exception.__cause__, problem)
                self.assertIs(server.hook_error, problem)
        # What it returns is checked as well.
        for result in ((7, b""), "text", (-1, b"")):
            with pair() as (client, server):
                server.add_hook(read=lambda data, is_last, result=result: result)  # type: ignore[misc]
                client.write(b"x")
                with self.assertRaises(reseau.Error):
                    server.read(1)
                self.assertIsInstance(server.hook_error, (ValueError, TypeError))

    def test_a_hook_may_call_the_library(self) -> None:
        with pair() as (client, server):

            def answer(data: bytes, is_last: bool) -> bytes:
                if data:
                    server.write(b"answer to " + data)
                    with self.assertRaises(reseau.Error):
                        server.read(1)
                return data

            server.add_hook(read=answer)
            client.write(b"this")
            self.assertEqual(client.readexactly(14), b"answer to this")
            self.assertEqual(server.readexactly(4), b"this")

    def test_a_flush_that_is_asked_for(self) -> None:
        with pair() as (client, server):
            client.add_hook(flush=lambda: b"flushed")
            client.flush_hooks()
            self.assertEqual(server.readexactly(7), b"flushed")

    def test_its_functions_are_there_as_long_as_the_connection(self) -> None:
        class Function:
            def __call__(self, data: bytes) -> bytes:
                return data.upper()

        for round in range(60):
            with pair() as (client, server):
                function = Function()
                gone = threading.Event()
                weakref.finalize(function, gone.set)
                client.add_hook(write=function)
                del function
                gc.collect()
                client.write(b"abc")
                self.assertEqual(server.readexactly(3), b"ABC")
                if round % 2:
                    client.abort()
            client.wait_closed(TIMEOUT)
            self.assertTrue(gone.wait(TIMEOUT))
        self.assertEqual(_calls._objects, {})
        self.assertEqual(_calls._connections, {})

    def test_a_closed_connection_takes_none(self) -> None:
        with pair() as (client, server):
            client.abort()
            client.wait_closed(TIMEOUT)
            with self.assertRaises(OSError):
                client.add_hook(write=lambda data: data)
        self.assertEqual(_calls._objects, {})

    def test_the_interpreter_ends_with_hooks_at_work(self) -> None:
        program = """
import reseau, sys, threading, time
listener = reseau.listen()
pairs = []
for _ in range(10):
    client = reseau.connect("127.0.0.1", listener.port)
    server = listener.accept()
    for one in (client, server):
        one.add_hook(read=lambda data, is_last: data.upper(), write=lambda data: data.lower(), flush=lambda: b"!")
    pairs.append((client, server))
flowing = threading.Semaphore(0)
def run(one, other):
    try:
        one.write(b"x" * 10000)
        other.readexactly(10000)
        flowing.release()
        while True:
            one.write(b"x" * 10000)
            other.read(10000)
    except OSError:
        pass
for one, other in pairs:
    threading.Thread(target=run, args=(one, other), daemon=True).start()
    threading.Thread(target=run, args=(other, one), daemon=True).start()
for _ in range(2 * len(pairs)):
    flowing.acquire()
sys.exit(7)
"""
        for _ in range(10):
            begin = time.monotonic()
            result = run_python(program)
            self.assertEqual(result.returncode, 7, result.stderr)
            self.assertNotIn("Fatal", result.stderr)
            self.assertLess(time.monotonic() - begin, TIMEOUT / 2)

    def test_what_was_written_before_the_end_arrives(self) -> None:
        program = """
import reseau, sys, zlib
connection = reseau.connect("127.0.0.1", int(sys.argv[1]))
packer = zlib.compressobj()
connection.add_hook(write=packer.compress, close=packer.flush)
connection.write(b"x" * 1000000)
sys.exit(7)
"""
        with reseau.listen() as listener:
            got: List[bytes] = []

            def accept() -> None:
                with listener.accept(TIMEOUT) as connection:
                    got.append(connection.read())

            acceptor = threading.Thread(target=accept)
            acceptor.start()
            self.assertEqual(run_python(program, str(listener.port)).returncode, 7)
            acceptor.join(TIMEOUT)
            self.assertEqual(zlib.decompress(got[0]), b"x" * 1000000)


if __name__ == "__main__":
    unittest.main()
