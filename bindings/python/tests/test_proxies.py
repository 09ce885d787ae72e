# SPDX-License-Identifier: Apache-2.0
"""Proxies, and the other options of a connect, each by what it does."""
import contextlib
import math
import os
import socket
import threading
import time
import unittest
from typing import Iterator, List

import reseau
from support import TIMEOUT, TestCase, echo, serving


def relay(one: socket.socket, other: socket.socket) -> None:
    """Passes bytes on until both sides have ended."""

    def copy(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                data = source.recv(65536)
                if not data:
                    break
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    back = threading.Thread(target=copy, args=(other, one))
    back.start()
    copy(one, other)
    back.join(TIMEOUT)


def take(sock: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += sock.recv(count - len(data))
    return data


def socks(client: socket.socket) -> None:
    """SOCKS5 with a user and a password (RFC 1928, RFC 1929)."""
    methods = take(client, take(client, 2)[1])
    assert 2 in methods
    client.sendall(b"\x05\x02")
    user = take(client, take(client, 2)[1])
    password = take(client, take(client, 1)[0])
    assert (user, password) == (b"me", b"p:w")
    client.sendall(b"\x01\x00")
    assert take(client, 4) == b"\x05\x01\x00\x03"
    assert take(client, take(client, 1)[0]) == b"target.example"
    port = int.from_bytes(take(client, 2), "big")
    with socket.create_connection(("127.0.0.1", port)) as target:
        client.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        relay(client, target)


class ProxyTest(TestCase):
    def http(self, answer: bytes) -> "contextlib.AbstractContextManager[int]":
        def one(client: socket.socket) -> None:
            request = b""
            while not request.endswith(b"\r\n\r\n"):
                request += take(client, 1)
            client.sendall(answer)
            if b" 200 " in answer:
                port = int(request.split()[1].rsplit(b":", 1)[1])
                with socket.create_connection(("127.0.0.1", port)) as target:
                    relay(client, target)

        return self.proxy(one)

    @contextlib.contextmanager
    def proxy(self, handle: "object") -> Iterator[int]:
        """One connection of a proxy; its port."""
        problems: List[BaseException] = []

        def run() -> None:
            try:
                client, _ = server.accept()
                with client:
                    handle(client)  # type: ignore[operator]
            except BaseException as problem:
                problems.append(problem)

        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(TIMEOUT)
            thread = threading.Thread(target=run)
            thread.start()
            yield server.getsockname()[1]
            thread.join(TIMEOUT)
        self.assertEqual(problems, [])

    def test_through_proxies(self) -> None:
        for proxy, url in (
            (self.proxy(socks), "socks5://me:p%3Aw@127.0.0.1:"),
            (self.http(b"HTTP/1.1 200 fine\r\n\r\n"), "http://127.0.0.1:"),
        ):
            with proxy as port, serving(echo) as listener:
                with reseau.connect("target.example", listener.port, proxy=url + str(port)) as connection:
                    connection.write(b"through it")
                    self.assertEqual(connection.readexactly(10), b"through it")
                    self.assertEqual(connection.attempts()[0].address.port, port)

    def test_proxies_that_refuse(self) -> None:
        for answer, kind, name in (
            (b"HTTP/1.1 403 no\r\n\r\n", ConnectionRefusedError, "RESEAU_ERROR_PROXY_REFUSED"),
            (b"HTTP/1.1 407 who are you\r\n\r\n", PermissionError, "RESEAU_ERROR_PROXY_AUTHENTICATION"),
            (b"SSH-2.0-other\r\n", reseau.Error, "RESEAU_ERROR_PROXY_PROTOCOL"),
        ):
            with self.http(answer) as port, self.assertRaises(kind) as failed:
                reseau.connect("target.example", 1, proxy=f"http://127.0.0.1:{port}")
            assert isinstance(failed.exception, reseau.Error)
            self.assertEqual(failed.exception.name, name)
        with self.assertRaises(reseau.Error):
            reseau.connect("127.0.0.1", 1, proxy="ftp://127.0.0.1")


class OptionsTest(TestCase):
    def test_limits_of_time_for_each_phase(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            port = silent.getsockname()[1]
            with self.assertRaises(TimeoutError):
                reseau.connect("a.example", 1, proxy=f"http://127.0.0.1:{port}", proxy_timeout=0.05)
            with self.assertRaises(TimeoutError):
                reseau.connect("127.0.0.1", port, tls=reseau.TLS(insecure=True), tls_timeout=0.05)
            with self.assertRaises(TimeoutError):
                reseau.connect("127.0.0.1", port, tls=reseau.TLS(insecure=True), timeout=0)
            with reseau.connect("localhost", port, names_timeout=math.inf, attempt_timeout=TIMEOUT, timeout=math.inf):
                pass

    def test_fast_open_and_the_rest(self) -> None:
        with serving(echo, fast_open=True) as listener:
            for _ in range(2):
                with reseau.connect(
                    "127.0.0.1",
                    listener.port,
                    fast_open=True,
                    user_timeout=30,
                    keep_alive=30,
                    source_address="127.0.0.1",
                    interface="lo",
                    write_queue=math.inf,
                    slow_reader_rate=1,
                ) as connection:
                    connection.write(b"first")
                    self.assertEqual(connection.readexactly(5), b"first")
            with self.assertRaises(reseau.AddressError):
                reseau.connect("127.0.0.1", listener.port, source_address="192.0.2.1")
            with self.assertRaises(ValueError):
                reseau.connect("127.0.0.1", listener.port, write_queue=-1)

    def test_a_queue_without_a_limit_takes_everything(self) -> None:
        with reseau.listen() as listener:
            with reseau.connect("127.0.0.1", listener.port, write_queue=math.inf) as connection:
                connection.timeout = 0
                self.assertEqual(sum(connection.write(b"x" * 1000000) for _ in range(30)), 30000000)
                self.assertGreater(connection.pending, 0)
                connection.abort()

    def test_what_a_write_does_without_room(self) -> None:
        for policy in (reseau.WritePolicy.WOULD_BLOCK, reseau.WritePolicy.CLOSE):
            with reseau.listen() as listener:
                with reseau.connect("127.0.0.1", listener.port, write_policy=policy, write_queue=65536) as connection:
                    with self.assertRaises(reseau.Error) as failed:
                        while True:
                            connection.write(b"x" * 60000)
                    self.assertEqual(failed.exception.name, "RESEAU_ERROR_NO_ROOM")
                    if policy == reseau.WritePolicy.CLOSE:
                        end = time.monotonic() + TIMEOUT
                        while connection.close_info().error is None and time.monotonic() < end:
                            time.sleep(0.001)
                        self.assertIsNotNone(connection.close_info().error)
                    else:
                        self.assertIsNone(connection.close_info().error)
                    connection.abort()

    def test_a_slow_reader_is_found_by_rate(self) -> None:
        with reseau.listen() as listener, reseau.connect(
            "127.0.0.1", listener.port, write_queue=math.inf, slow_reader_timeout=0.3, slow_reader_rate=10**11
        ) as connection, listener.accept(TIMEOUT) as other:
            connection.write(os.urandom(1 << 20) * 50)
            end = time.monotonic() + TIMEOUT
            with contextlib.suppress(OSError):
                while connection.close_info().error is None and time.monotonic() < end:
                    other.read(100000)
                    time.sleep(0.005)
            error = connection.close_info().error
            assert error is not None
            self.assertEqual(error.name, "RESEAU_ERROR_SLOW_READER")


class DatagramTest(TestCase):
    def test_many_at_once(self) -> None:
        with reseau.DatagramSocket.bind() as server:
            address = server.local_address
            with reseau.DatagramSocket.connect("127.0.0.1", address.port) as client:
                self.assertEqual(client.peer_address, address)
                sent = [reseau.Datagram(b"one"), reseau.Datagram(memoryview(b"two"), address)]
                self.assertEqual(client.send_many(sent), 2)
                got: List[reseau.Datagram] = []
                while len(got) < 2:
                    got += server.receive_many(8, TIMEOUT)
                self.assertEqual([bytes(one.data) for one in got], [b"one", b"two"])
                self.assertEqual(got[0].address, client.local_address)
                with self.assertRaises(TimeoutError):
                    server.receive_many(8, 0.02)
                with self.assertRaises(BlockingIOError):
                    server.receive_many(8, 0)
                with self.assertRaises(ValueError):
                    server.receive_many(0)

    def test_several_in_one(self) -> None:
        with reseau.DatagramSocket.bind(join_received=True) as server:
            with reseau.DatagramSocket.connect("127.0.0.1", server.local_address.port) as client:
                client.send_many([reseau.Datagram(b"aaabbbcc", segment_size=3)])
                parts: List[bytes] = []
                while sum(map(len, parts)) < 8:
                    for one in server.receive_many(8, TIMEOUT):
                        step = one.segment_size or len(one.data)
                        parts += [bytes(one.data[index : index + step]) for index in range(0, len(one.data), step)]
                self.assertEqual(parts, [b"aaa", b"bbb", b"cc"])
                self.assertEqual(client.send_segments(b"dddeeef", 3), 7)
                joined = b"".join(one.data for one in server.receive_many(8, TIMEOUT))
                while len(joined) < 7:
                    joined += server.receive(TIMEOUT)[0]
                self.assertEqual(joined, b"dddeeef")


if __name__ == "__main__":
    unittest.main()
