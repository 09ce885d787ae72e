# SPDX-License-Identifier: Apache-2.0
"""What several tests need: certificates, a server on a thread, a child process."""
import atexit
import contextlib
import logging
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from typing import Any, Callable, Iterator, Tuple

import reseau

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(reseau.__file__)))
TIMEOUT = 60.0

# Debug mode tells of everything that a loaded machine is slow at.
logging.getLogger("asyncio").setLevel(logging.ERROR)

_certificates: "tempfile.TemporaryDirectory[str] | None" = None


def certificates() -> Tuple[str, str]:
    """A certificate of localhost that signs itself, and its key; made once."""
    global _certificates
    if _certificates is None:
        _certificates = tempfile.TemporaryDirectory()
        atexit.register(_certificates.cleanup)
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
        command += ["-keyout", _certificates.name + "/key.pem", "-out", _certificates.name + "/cert.pem"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _certificates.name + "/cert.pem", _certificates.name + "/key.pem"


_folder: "tempfile.TemporaryDirectory[str] | None" = None


def certificate_folder() -> str:
    """The folder that bindings/certificates.sh has filled: "ca.crt"; "server.crt", "revoked.crt", "must_staple.crt" and
    "other.crt", each with its ".key"; "revoked.crl", "empty.crl"; "good.ocsp", "revoked.ocsp"."""
    global _folder
    if _folder is None:
        _folder = tempfile.TemporaryDirectory()
        atexit.register(_folder.cleanup)
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "certificates.sh")
        subprocess.run([script, _folder.name], check=True)
    return _folder.name


@contextlib.contextmanager
def serving(handle: Callable[[reseau.Connection], None], **options: Any) -> Iterator[reseau.Listener]:
    """A listener whose connections are handled, each on a thread."""
    listener = reseau.listen(**options)
    threads = []

    def one(connection: reseau.Connection) -> None:
        with connection:
            handle(connection)

    def accept() -> None:
        for connection in listener:
            threads.append(threading.Thread(target=one, args=(connection,)))
            threads[-1].start()

    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield listener
    finally:
        listener.close()
        acceptor.join(TIMEOUT)
        for thread in threads:
            thread.join(TIMEOUT)
        if acceptor.is_alive() or any(thread.is_alive() for thread in threads):
            raise AssertionError("a thread of the server did not end")


def echo(connection: reseau.Connection) -> None:
    with contextlib.suppress(OSError):
        while True:
            data = connection.read(65536)
            if not data:
                return
            connection.write(data)


def run_python(
    program: str, *arguments: str, timeout: float = TIMEOUT, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """A process of its own with this package, and with variables in its environment."""
    environment = dict(os.environ, PYTHONPATH=PACKAGE, **variables)
    return subprocess.run(
        [sys.executable, "-X", "dev", "-c", program, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=timeout,
    )


class TestCase(unittest.TestCase):
    """Fails if a thread or connection is left."""

    def setUp(self) -> None:
        before = threading.active_count()
        self.addCleanup(lambda: self.assertLessEqual(threading.active_count(), before))
