# SPDX-License-Identifier: Apache-2.0
"""The samples run, and do what they say."""
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
from typing import Iterator

import reseau
from support import PACKAGE, TIMEOUT, TestCase, certificates, echo, serving

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "samples")


@contextlib.contextmanager
def sample(name: str, *arguments: str) -> Iterator[int]:
    """A server among them; its port."""
    environment = dict(os.environ, PYTHONPATH=PACKAGE)
    command = [sys.executable, os.path.join(SAMPLES, name + ".py"), *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if not line.startswith("listening on "):
            raise AssertionError(f"{name} says {line!r}")
        yield int(line.split()[-1])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(TIMEOUT)
        process.stdout.close()
    if process.returncode != 0:
        raise AssertionError(f"{name} has ended with {process.returncode}")


class SamplesTest(TestCase):
    def test_https_fetch(self) -> None:
        certificate, key = certificates()

        def answer(connection: reseau.Connection) -> None:
            request = connection.readline()
            while connection.readline().strip():
                pass
            if b"chunked" in request:
                connection.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
            else:
                connection.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nworld")

        def fetch(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
            command = [sys.executable, os.path.join(SAMPLES, "https_fetch.py"), *arguments]
            environment = dict(os.environ, PYTHONPATH=PACKAGE)
            return subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT
            )

        server = reseau.TLS(certificate_file=certificate, key_file=key)
        with serving(answer, tls=server) as listener:
            url = f"https://localhost:{listener.port}"
            self.assertEqual(fetch(url + "/chunked", "--ca", certificate).stdout, b"hello")
            self.assertEqual(fetch(url + "/", "--ca", certificate).stdout, b"world")
            refused = fetch(url)
            self.assertEqual(refused.returncode, 1)
            self.assertIn(b"not trusted", refused.stderr)
        with serving(answer) as plain:
            self.assertEqual(fetch(f"http://localhost:{plain.port}/").stdout, b"world")

    def test_chat_server(self) -> None:
        with sample("chat_server", "0") as port:
            with reseau.connect("127.0.0.1", port) as one, reseau.connect("127.0.0.1", port) as two:
                self.assertIn(b"is here", one.readline())
                two.write(b"hello\r\n")
                self.assertTrue(one.readline().endswith(b": hello\n"))
                two.close()
                self.assertIn(b"has left", one.readline())

    def test_file_server(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            content = os.urandom(500000)
            with open(folder + "/file", "wb") as file:
                file.write(content)
            with sample("file_server", folder, "0") as port, reseau.connect("127.0.0.1", port) as connection:
                connection.write(b"../../etc/passwd\n")
                self.assertEqual(connection.readline(), b"-1\n")
                for _ in range(2):
                    connection.write(b"file\n")
                    self.assertEqual(connection.readline(), b"500000\n")
                    self.assertEqual(connection.readexactly(500000), content)

    def test_port_forwarder(self) -> None:
        with serving(echo) as listener, sample("port_forwarder", "0", "127.0.0.1", str(listener.port)) as port:
            with reseau.connect("127.0.0.1", port) as connection:
                content = os.urandom(1 << 20)
                writer = threading.Thread(target=lambda: (connection.write(content), connection.shutdown_write()))
                writer.start()
                self.assertEqual(connection.read(), content)
                writer.join(TIMEOUT)


if __name__ == "__main__":
    unittest.main()
