# SPDX-License-Identifier: Apache-2.0
"""What can be seen of connections from outside: attempts, counters, TCP, captures."""
import os
import socket
import tempfile
import unittest
from typing import List

import reseau
from support import TIMEOUT, TestCase, echo, run_python, serving


class SeeingTest(TestCase):
    def test_the_log_of_a_connect(self) -> None:
        with serving(echo) as listener:
            log: List[reseau.Attempt] = []
            with reseau.connect("127.0.0.1", listener.port, attempts=log) as connection:
                self.assertEqual(log, connection.attempts())
                self.assertEqual(len(log), 1)
                self.assertEqual(log[0].address, connection.peer_address)
                self.assertIsNone(log[0].error)
                self.assertLessEqual(log[0].begun, log[0].ended)
        with socket.create_server(("127.0.0.1", 0)) as server:
            held = socket.create_connection(server.getsockname())
            port = held.getsockname()[1]
            log = []
            with held, self.assertRaises(ConnectionRefusedError):
                reseau.connect("127.0.0.1", port, attempts=log)
            self.assertEqual([(one.address.port, type(one.error)) for one in log], [(port, reseau.RefusedError)])
        log = []
        with self.assertRaises(reseau.Error):
            reseau.connect("127.0.0.1", 0, attempts=log)
        self.assertEqual(log, [])

    def test_an_interpreter_ends_with_a_log_that_somebody_has_asked_for(self) -> None:
        program = """
import reseau, sys
listener = reseau.listen()
log = []
connection = reseau.connect("127.0.0.1", listener.port, attempts=log)
accepted = listener.accept()
sys.exit(len(log) + 6)
"""
        result = run_python(program)
        self.assertEqual(result.returncode, 7, result.stderr)

    def test_counters_of_a_connection(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.write(b"x" * 100000)
            connection.readexactly(100000)
            counters = connection.counters()
            self.assertEqual((counters.bytes_read, counters.bytes_written), (100000, 100000))
            self.assertEqual((counters.writes, counters.unread_bytes, counters.queued_bytes), (1, 0, 0))
            self.assertGreater(counters.reads, 0)
            self.assertGreater(counters.age, 0)

    def test_counters_of_the_process(self) -> None:
        before = reseau.process_counters()
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.write(b"12345")
            connection.readexactly(5)
            now = reseau.process_counters()
            self.assertEqual(now.begun - before.begun, 1)
            self.assertEqual(now.accepted - before.accepted, 1)
            self.assertGreaterEqual(now.bytes_read - before.bytes_read, 10)

    def test_values_of_tcp(self) -> None:
        with serving(echo) as listener, reseau.connect("127.0.0.1", listener.port) as connection:
            connection.write(b"x")
            connection.readexactly(1)
            info = connection.tcp_info()
            self.assertGreater(info.rtt, 0)
            self.assertLess(info.rtt, 60)
            self.assertGreater(info.send_segment_bytes, 0)
            self.assertEqual(info.lost_segments, 0)
        one, two = socket.socketpair()
        with two, reseau.adopt(one.detach()) as local, self.assertRaises(reseau.UnsupportedError):
            local.tcp_info()

    def test_captures(self) -> None:
        def exchange(listener: reseau.Listener, text: bytes) -> None:
            with reseau.connect("127.0.0.1", listener.port) as connection:
                connection.write(text)
                connection.readexactly(len(text))

        with tempfile.TemporaryDirectory() as folder, serving(echo) as listener:
            name = os.path.join(folder, "all.pcapng")
            with reseau.capture(name, listener=listener, buffer_bytes=1 << 20) as capture:
                with self.assertRaises(reseau.Error):
                    reseau.capture(os.path.join(folder, "another.pcapng"))
                exchange(listener, b"what is to be seen")
            info = capture.stop()
            with open(name, "rb") as file:
                content = file.read()
            self.assertEqual(content[:4], b"\x0a\x0d\x0d\x0a")
            self.assertIn(b"what is to be seen", content)
            self.assertEqual((info.file_bytes, info.dropped, info.error), (len(content), 0, None))
            self.assertGreaterEqual(info.packets, 3)
            with self.assertRaises(FileExistsError):
                reseau.capture(name)
            with reseau.connect("127.0.0.1", listener.port) as connection:
                short = os.path.join(folder, "short.pcapng")
                with reseau.capture(short, connection=connection, packet_bytes=4, file_bytes=1 << 20):
                    connection.write(b"only the beginning")
                    connection.readexactly(18)
                with open(short, "rb") as file:
                    content = file.read()
                self.assertIn(b"only", content)
                self.assertNotIn(b"beginning", content)

    def test_close_records_have_what_the_layers_below_have_said(self) -> None:
        with serving(echo) as listener:
            connection = reseau.connect("127.0.0.1", listener.port)
            connection.close()
            connection.wait_closed(TIMEOUT)
            info = connection.close_info()
            self.assertEqual((info.tls_alert, info.resolver_error), (0, 0))


if __name__ == "__main__":
    unittest.main()
