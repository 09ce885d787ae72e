# SPDX-License-Identifier: Apache-2.0
"""Connections, listeners, datagrams, names."""
import errno
import io
import os
import socket
import struct
import tempfile
import threading
import time
import unittest

import reseau
from support import TIMEOUT, TestCase, certificates, echo, serving


class ConnectionTest(TestCase):
    def test_lines_go_and_come(self) -> None:
        with serving(echo) as listener, reseau.connect("localhost", listener.port) as connection:
            connection.write(b"one\ntwo\nrest")
            connection.shutdown_write()
            self.assertEqual(list(connection), [b"one\n", b"two\n", b"rest"])
            self.assertTrue(connection.at_end)
            self.assertEqual(connection.read(), b"")

    def test_read_gives_what_is_there(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.write(b"abc")
            self.assertEqual(connection.readexactly(3), b"abc")
            connection.write(memoryview(bytearray(b"defg"))[1:3])
            self.assertEqual(connection.readexactly(2), b"ef")
            self.assertEqual(connection.write(b""), 0)
            self.assertEqual(connection.read(0), b"")

    def test_readinto_fills_the_callers_memory(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.write(b"xyz")
            room = bytearray(b"......")
            count = 0
            while count < 3:
                count += connection.readinto(memoryview(room)[count + 1 : 4])
            self.assertEqual(room, b".xyz..")
            with self.assertRaises(TypeError):
                connection.readinto(b"read-only")  # type: ignore[arg-type]

    def test_readexactly_and_readuntil_consume_nothing_when_they_fail(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.write(b"0123456789")
            connection.timeout = 0.05
            with self.assertRaises(TimeoutError):
                connection.readexactly(11)
            connection.timeout = TIMEOUT
            with self.assertRaises(reseau.TooLargeError):
                connection.readuntil(b";", limit=5)
            self.assertEqual(connection.readexactly(10), b"0123456789")

    def test_peek_and_available_consume_nothing(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.write(b"abc")
            self.assertEqual(connection.readexactly(1), b"a")
            self.assertEqual(connection.peek(), b"bc")
            self.assertEqual(connection.available, 2)
            self.assertEqual(connection.readexactly(2), b"bc")

    def test_time_outs_are_of_two_kinds(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.timeout = 0
            with self.assertRaises(BlockingIOError) as would_block:
                connection.read(1)
            self.assertEqual(would_block.exception.errno, errno.EAGAIN)
            connection.timeout = 0.15
            begin = time.monotonic()
            with self.assertRaises(TimeoutError) as timed_out:
                connection.read(1)
            self.assertGreaterEqual(time.monotonic() - begin, 0.14)
            self.assertIsInstance(timed_out.exception, reseau.Error)
            self.assertEqual(timed_out.exception.errno, errno.ETIMEDOUT)
            with self.assertRaises(ValueError):
                connection.timeout = -1

    def test_a_full_queue_waits_and_times_out(self) -> None:
        release = threading.Event()

        def slow(connection: reseau.Connection) -> None:
            release.wait(TIMEOUT)
            echo(connection)

        with serving(slow, read_buffer=4096) as listener:
            with reseau.connect("127.0.0.1", listener.port, write_queue=65536) as connection:
                connection.timeout = 0.1
                sent = 0
                with self.assertRaises(TimeoutError):
                    for _ in range(10000):
                        sent += connection.write(b"x" * 60000)
                connection.timeout = TIMEOUT
                release.set()
                reader = threading.Thread(target=lambda: self.assertEqual(len(connection.readexactly(sent)), sent))
                reader.start()
                reader.join(TIMEOUT)
                self.assertFalse(reader.is_alive())

    def test_writers_of_many_threads_do_not_interleave(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            def write(number: int) -> None:
                for _ in range(50):
                    connection.write(bytes([97 + number]) * 99 + b"\n")

            threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
            for thread in threads:
                thread.start()
            lines = [connection.readline() for _ in range(8 * 50)]
            for thread in threads:
                thread.join(TIMEOUT)
            for line in lines:
                self.assertEqual(line, line[:1] * 99 + b"\n")

    def test_errors_have_kinds_and_numbers(self) -> None:
        with reseau.listen() as listener:
            port = listener.port
            with self.assertRaises(reseau.AddressError) as in_use:
                reseau.listen("127.0.0.1", port)
            self.assertEqual(in_use.exception.errno, errno.EADDRINUSE)
            self.assertEqual(in_use.exception.name, "RESEAU_ERROR_ADDRESS_IN_USE")
        listener.wait_closed(TIMEOUT)
        with self.assertRaises(ConnectionRefusedError):
            reseau.connect("127.0.0.1", port)
        with self.assertRaises(socket.gaierror):
            reseau.connect("no.such.name.invalid", 1)
        with self.assertRaises(FileNotFoundError):
            reseau.connect_path("/nowhere/at/all")
        with self.assertRaises(ValueError):
            reseau.connect("a\0b", 1)
        with self.assertRaises(OverflowError):
            reseau.connect("127.0.0.1", 65536)

    def test_a_reset_is_a_reset(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            with reseau.connect("127.0.0.1", server.getsockname()[1]) as connection:
                other, _ = server.accept()
                other.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                other.close()
                connection.timeout = TIMEOUT
                with self.assertRaises(ConnectionResetError) as failed:
                    connection.read(1)
                self.assertEqual(failed.exception.errno, errno.ECONNRESET)
                self.assertEqual(connection.close_info().closed_by, reseau.ClosedBy.PEER)
                self.assertIsInstance(connection.close_info().error, reseau.ResetError)

    def test_a_closed_connection_says_so(self) -> None:
        with serving(echo) as listener:
            connection = reseau.connect("127.0.0.1", listener.port)
            connection.write(b"abc")
            connection.readexactly(3)
            connection.close()
            connection.close()
            connection.wait_closed(TIMEOUT)
            with self.assertRaises(OSError) as failed:
                connection.write(b"x")
            self.assertIn(failed.exception.errno, (errno.EBADF, errno.EPIPE))
            info = connection.close_info()
            self.assertEqual((info.closed_by, info.phase), (reseau.ClosedBy.LOCAL, "open"))
            self.assertEqual((info.bytes_read, info.bytes_written, info.bytes_unsent), (3, 3, 0))
            self.assertIsNone(info.error)

    def test_a_close_ends_a_read_of_another_thread(self) -> None:
        with serving(echo) as listener:
            connection = reseau.connect("127.0.0.1", listener.port)
            failed = []

            def read() -> None:
                try:
                    connection.read(1)
                except OSError as error:
                    failed.append(error)

            reader = threading.Thread(target=read)
            reader.start()
            time.sleep(0.02)
            connection.abort()
            reader.join(TIMEOUT)
            self.assertIsInstance(failed[0], reseau.Error)

    def test_an_unclosed_connection_warns(self) -> None:
        with serving(echo) as listener, self.assertWarns(ResourceWarning):
            connection = reseau.connect("127.0.0.1", listener.port)
            del connection

    def test_files_are_sent_by_path_and_open(self) -> None:
        with tempfile.NamedTemporaryFile() as file:
            file.write(os.urandom(300000))
            file.flush()
            file.seek(0)
            content = file.read()

            def send(connection: reseau.Connection) -> None:
                self.assertEqual(connection.sendfile(file.name), 300000)
                self.assertEqual(connection.sendfile(file, offset=10, count=20), 20)

            for tls in (False, True):
                certificate, key = certificates()
                server = reseau.TLS(certificate_file=certificate, key_file=key) if tls else False
                with serving(send, tls=server) as listener:
                    client = reseau.TLS(ca_file=certificate) if tls else False
                    with reseau.connect("localhost", listener.port, tls=client) as connection:
                        self.assertEqual(connection.read(), content + content[10:30])

    def test_file_objects(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            with connection.makefile("rw", encoding="utf-8", newline="\n") as file:
                file.write("één\ntwee\n")
                file.flush()
                self.assertEqual(file.readline(), "één\n")
                self.assertEqual(file.readline(), "twee\n")
            self.assertFalse(connection.closed)
            with connection.makefile("rb", 0) as binary:
                connection.write(b"q")
                self.assertEqual(binary.read(5), b"q")
                self.assertFalse(binary.writable())
                with self.assertRaises(io.UnsupportedOperation):
                    binary.write(b"x")
            with self.assertRaises(ValueError):
                connection.makefile("a")

    def test_the_last_file_object_closes(self) -> None:
        with serving(echo) as listener:
            connection = reseau.connect("127.0.0.1", listener.port)
            file = connection.makefile("rb")
            connection.write(b"abc")
            connection.shutdown_write()
            connection.close()
            self.assertEqual(file.read(), b"abc")
            file.close()
            connection.wait_closed(TIMEOUT)

    def test_unix_sockets(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/socket"
            with reseau.listen_path(path, mode=0o640) as listener, reseau.connect_path(path) as connection:
                self.assertEqual(os.stat(path).st_mode & 0o777, 0o640)
                with listener.accept(TIMEOUT) as other:
                    other.write(b"hello")
                self.assertEqual(connection.read(), b"hello")
                self.assertEqual(connection.peer_address, (path, 0))

    def test_adopt_and_detach(self) -> None:
        one, two = socket.socketpair()
        connection = reseau.adopt(one.detach())
        two.sendall(b"abc")
        self.assertEqual(connection.readexactly(3), b"abc")
        with socket.socket(fileno=connection.detach()) as back, two:
            two.sendall(b"x")
            back.settimeout(TIMEOUT)
            self.assertEqual(back.recv(1), b"x")
        self.assertTrue(connection.closed)

    def test_tls_with_protocols(self) -> None:
        certificate, key = certificates()
        server = reseau.TLS(certificate_file=certificate, key_file=key, alpn=["two", "one"])
        with serving(echo, tls=server) as listener:
            client = reseau.TLS(ca_file=certificate, alpn=["one"], minimum_version="1.3")
            with reseau.connect("localhost", listener.port, tls=client) as connection:
                self.assertEqual(connection.alpn_protocol, "one")
                connection.write(b"secret")
                self.assertEqual(connection.readexactly(6), b"secret")
            with self.assertRaises(reseau.CertificateError):
                reseau.connect("localhost", listener.port, tls=True)
            with open(certificate) as file:
                pem = file.read()
            with reseau.connect("127.0.0.1", listener.port, tls=reseau.TLS(ca_pem=pem)) as connection:
                self.assertEqual(connection.alpn_protocol, "")

    def test_start_tls(self) -> None:
        certificate, key = certificates()

        def serve(connection: reseau.Connection) -> None:
            self.assertEqual(connection.readline(), b"STARTTLS\n")
            connection.write(b"OK\n")
            connection.flush()
            connection.start_tls(reseau.TLS(certificate_file=certificate, key_file=key), server_side=True)
            echo(connection)

        with serving(serve) as listener, reseau.connect("localhost", listener.port) as connection:
            connection.write(b"STARTTLS\n")
            self.assertEqual(connection.readline(), b"OK\n")
            connection.start_tls(reseau.TLS(ca_file=certificate, server_name="localhost"))
            connection.write(b"now secret")
            self.assertEqual(connection.readexactly(10), b"now secret")


class ListenerTest(TestCase):
    def test_accept_waits_and_times_out(self) -> None:
        with reseau.listen() as listener:
            self.assertEqual(listener.address.host, "127.0.0.1")
            with self.assertRaises(TimeoutError):
                listener.accept(timeout=0.02)

    def test_any_port(self) -> None:
        with reseau.listen() as first, reseau.listen("127.0.0.1", first.port, any_port_from=True) as second:
            self.assertNotEqual(first.port, second.port)

    def test_a_close_ends_the_iterator(self) -> None:
        listener = reseau.listen()
        ended = threading.Event()

        def accept() -> None:
            for _ in listener:
                pass
            ended.set()

        thread = threading.Thread(target=accept)
        thread.start()
        time.sleep(0.02)
        listener.close()
        self.assertTrue(ended.wait(TIMEOUT))
        thread.join(TIMEOUT)

    def test_a_hundred_connections(self) -> None:
        with serving(echo) as listener:
            connections = [reseau.connect("127.0.0.1", listener.port) for _ in range(100)]
            for number, connection in enumerate(connections):
                connection.write(b"%03d" % number)
            for number, connection in enumerate(connections):
                self.assertEqual(connection.readexactly(3), b"%03d" % number)
                connection.close()


class NetTest(TestCase):
    def test_datagrams(self) -> None:
        with reseau.DatagramSocket.bind() as server:
            with reseau.DatagramSocket.connect("127.0.0.1", server.local_address.port) as client:
                client.send(b"ping")
                data, address = server.receive(TIMEOUT)
                self.assertEqual((data, address), (b"ping", client.local_address))
                server.send(bytearray(b"pong"), address)
                self.assertEqual(client.receive(TIMEOUT)[0], b"pong")
                with self.assertRaises(TimeoutError):
                    client.receive(0.02)
                with self.assertRaises(BlockingIOError):
                    client.receive(0)
                with self.assertRaises(reseau.TooLargeError):
                    client.send(b"x" * 70000)
                client.send(b"")
                self.assertEqual(server.receive(TIMEOUT)[0], b"")

    def test_multicast(self) -> None:
        with reseau.DatagramSocket.bind("*", share_address=True) as server:
            server.join("239.1.2.3", "lo")
            with self.assertRaises(reseau.AddressError):
                server.join("239.1.2.3", "lo")
            server.leave("239.1.2.3", "lo")

    def test_names_and_interfaces(self) -> None:
        self.assertIn("127.0.0.1", reseau.resolve("localhost"))
        self.assertEqual(reseau.resolve("::1"), ["::1"])
        with self.assertRaises(socket.gaierror):
            reseau.resolve("no.such.name.invalid")
        self.assertTrue(reseau.resolve_reverse("127.0.0.1"))
        loopback = [one for one in reseau.interfaces() if one.is_loopback]
        self.assertIn("127.0.0.1", [one.address for one in loopback])
        self.assertFalse([one for one in reseau.interfaces(with_loopback=False) if one.is_loopback])
        self.assertTrue(reseau.is_link_local("169.254.3.4"))
        self.assertFalse(reseau.is_link_local("10.0.0.1"))


if __name__ == "__main__":
    unittest.main()
