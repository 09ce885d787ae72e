#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: check.py PRELOAD NAME [PROGRAM]. Runs unmodified programs under libreseau-preload.so; fails when one of them
does not do what it does without."""
import hashlib
import os
import pathlib
import random
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
import tty

PRELOAD = sys.argv[1]
PROGRAM = sys.argv[3] if len(sys.argv) > 3 else ""
HERE = pathlib.Path(__file__).parent
SCALE = float(os.environ.get("RESEAU_TEST_TIMEOUT_SCALE", "1"))
TIMEOUT = 60 * SCALE
# Bytes of the files that are fetched, in place of the usual ones.
BYTES = int(os.environ.get("RESEAU_TEST_BYTES", "0"))


def environment(transport, **others):
    """With the library, on a transport."""
    return os.environ | {"LD_PRELOAD": PRELOAD, "RESEAU_PRELOAD_TRANSPORT": transport} | others


def output(command, env=None):
    """What a program prints; it has to succeed."""
    try:
        return subprocess.run(command, env=env, stdout=subprocess.PIPE, timeout=TIMEOUT, check=True).stdout.decode()
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print((error.stdout or b"").decode(), flush=True)
        raise


def same(command, transport="memory", **others):
    """The program prints the same with the library and without."""
    plain = output(command)
    preloaded = output(command, environment(transport, **others))
    assert preloaded == plain, f"{preloaded!r} is not {plain!r}"
    assert plain


def made_file(folder, size):
    """A file of random bytes, and its digest."""
    data = random.Random(size).randbytes(size)
    (folder / "data").write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def udp_ports():
    """Two ports of UDP that nobody has."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def udp_transports():
    """The two ends of a wire."""
    one, two = udp_ports()
    return f"udp:127.0.0.1:{one}/127.0.0.1:{two}", f"udp:127.0.0.1:{two}/127.0.0.1:{one}"


class Relay:
    """Between the ends of a wire, which loses packets both ways: the same ones of each run's first, second, ..."""

    def __init__(self, loss):
        self._loss = loss
        self._random = random.Random(1)
        self._ends = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        self._stop, self._stopped = socket.socketpair()
        for end in self._ends:
            end.bind(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._run)
        self.lost = 0

    def __enter__(self):
        """The transports of the ends."""
        one, two = udp_ports()
        for end, port in zip(self._ends, (one, two)):
            end.connect(("127.0.0.1", port))
        self._thread.start()
        own = [end.getsockname()[1] for end in self._ends]
        return f"udp:127.0.0.1:{one}/127.0.0.1:{own[0]}", f"udp:127.0.0.1:{two}/127.0.0.1:{own[1]}"

    def __exit__(self, *_):
        self._stop.close()
        self._thread.join()
        for end in self._ends:
            end.close()
        assert self.lost > 0 or self._loss == 0

    def _run(self):
        while True:
            ready, _, _ = select.select([*self._ends, self._stopped], [], [])
            if self._stopped in ready:
                self._stopped.close()
                return
            for end in ready:
                self._pass_on(end, self._ends[1 - self._ends.index(end)])

    def _pass_on(self, end, other):
        try:
            packet = end.recv(65536)
            if self._random.random() < self._loss:
                self.lost += 1
            else:
                other.send(packet)
        except ConnectionRefusedError:
            pass  # nobody is there yet, or any more


class SerialLine:
    """Two terminals, of which each has what is written to the other."""

    def __enter__(self):
        """The transports of the ends."""
        pairs = [os.openpty() for _ in range(2)]
        self._lines = [line for line, _ in pairs]
        self._terminals = [terminal for _, terminal in pairs]
        self._stop, self._stopped = socket.socketpair()
        for terminal in self._terminals:
            tty.setraw(terminal)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return tuple(f"device:{os.ttyname(terminal)}" for terminal in self._terminals)

    def __exit__(self, *_):
        self._stop.close()
        self._thread.join()
        for descriptor in self._lines + self._terminals:
            os.close(descriptor)

    def _run(self):
        while True:
            ready, _, _ = select.select([*self._lines, self._stopped], [], [])
            if self._stopped in ready:
                self._stopped.close()
                return
            for line in ready:
                data = os.read(line, 4096)
                os.write(self._lines[1 - self._lines.index(line)], data)


class SharedMemory:
    """A name for two processes."""

    def __enter__(self):
        self._name = f"reseau-test-{os.getpid()}"
        return f"shared:{self._name}", f"shared:{self._name}"

    def __exit__(self, *_):
        pathlib.Path("/dev/shm", self._name).unlink(missing_ok=True)


def fetch_between(transports, size, of_server=None, of_client=None):
    """A server of Python's in one process, curl in another."""
    server_environment = environment(transports[0], **(of_server or {}))
    client_environment = environment(transports[1], **(of_client or {}))
    with tempfile.TemporaryDirectory() as name:
        digest = made_file(pathlib.Path(name), BYTES or size)
        command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", name, "8080"]
        with subprocess.Popen(
            command, env=server_environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as server:
            try:
                server.stdout.readline()
                fetch = ["curl", "-sS", "--fail", "--max-time", str(int(TIMEOUT)), "http://127.0.0.1:8080/data"]
                done = subprocess.run(fetch, env=client_environment, stdout=subprocess.PIPE, check=True)
            finally:
                server.kill()
        assert hashlib.sha256(done.stdout).hexdigest() == digest


def fetch_by_openssl(transports, size):
    """Both ends of TLS are OpenSSL's own programs."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        digest = made_file(folder, BYTES or size)
        certificate, key = made_certificate(folder)
        serve = ["openssl", "s_server", "-accept", "127.0.0.1:4433", "-cert", certificate, "-key", key, "-WWW"]
        fetch = ["openssl", "s_client", "-connect", "127.0.0.1:4433", "-CAfile", certificate]
        fetch += ["-servername", "localhost", "-verify_hostname", "localhost", "-verify_return_error", "-quiet"]
        with subprocess.Popen(
            serve, cwd=name, env=environment(transports[0]), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as server:
            try:
                while b"ACCEPT" not in server.stdout.readline():
                    assert server.poll() is None
                done = subprocess.run(
                    fetch,
                    env=environment(transports[1]),
                    input=b"GET /data HTTP/1.0\r\n\r\n",
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    timeout=TIMEOUT,
                    check=True,
                )
            finally:
                server.kill()
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.0 200"), head[:200]
        assert hashlib.sha256(body).hexdigest() == digest


def a_loop_of_select():
    same([PROGRAM])


def a_server_that_forks():
    for how in ["child", "exec", "before", "stream", "shut"]:
        same([PROGRAM, how])


def a_file_that_is_sent():
    same([PROGRAM])


def calls_by_number():
    same([PROGRAM])
    same([PROGRAM], RESEAU_PRELOAD_FAMILIES="inet,inet6,unix")


def an_event_loop_of_python():
    same([sys.executable, HERE / "asyncio_echo.py"])


def http_in_one_process():
    with tempfile.TemporaryDirectory() as name:
        digest = made_file(pathlib.Path(name), BYTES or 3_000_000)
        command = [sys.executable, HERE / "http_server.py", name, "data"]
        assert output(command) == f"{digest} the system's\n"
        assert output(command, environment("memory")) == f"{digest} ours\n"


def http_over_a_wire():
    fetch_between(udp_transports(), 5_000_000)


def http_over_a_wire_that_loses_packets():
    with Relay(0.05) as transports:
        fetch_between(transports, 3_000_000)


def http_over_shared_memory():
    with SharedMemory() as transports:
        fetch_between(transports, 20_000_000)


def openssl_over_a_wire_that_loses_packets():
    with Relay(0.05) as transports:
        fetch_by_openssl(transports, 2_000_000)


def openssl_over_shared_memory():
    with SharedMemory() as transports:
        fetch_by_openssl(transports, 10_000_000)


def made_certificate(folder):
    """Of localhost: a certificate and its key."""
    certificate, key = str(folder / "certificate.pem"), str(folder / "key.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return certificate, key


def plain_http_becomes_tls():
    with tempfile.TemporaryDirectory() as name:
        certificate, key = made_certificate(pathlib.Path(name))
        server = {"RESEAU_PRELOAD_TLS": "server", "RESEAU_PRELOAD_TLS_CERT": certificate, "RESEAU_PRELOAD_TLS_KEY": key}
        client = {"RESEAU_PRELOAD_TLS": "client", "RESEAU_PRELOAD_TLS_CA": certificate}
        client["RESEAU_PRELOAD_TLS_NAME"] = "localhost"
        fetch_between(udp_transports(), 5_000_000, server, client)
        # Another name, and whoever does not speak TLS.
        for other in [client | {"RESEAU_PRELOAD_TLS_NAME": "example.org"}, {}]:
            try:
                fetch_between(udp_transports(), 1000, server, other)
                raise AssertionError("it was answered")
            except subprocess.CalledProcessError as error:
                # No connection; no answer, or a reset.
                assert error.returncode in (7, 52, 56), error


def a_transport_of_somebody_elses():
    for seed in range(10):
        same(sys.argv[4:], f"module:{PROGRAM}:{seed}")


def our_own_connections_channels_and_tls():
    # Both ends are in one process; peers that are other processes are on other networks. The second transport is not the
    # library's: it has no datagrams, and a thread in between does not keep to 20 ms.
    module = f"module:{PROGRAM}:{random.SystemRandom().randrange(2**32)}"
    absent = {"memory": "", module: ":SocketWrite.*datagram*:ReseauWrite.AReaderAboveTheRateIsLeftAlone"}
    for transport, tests in absent.items():
        print(transport, flush=True)
        for program in sys.argv[4:]:
            output([program, f"--gtest_filter=-TlsInteropTest.*{tests}"], environment(transport))


def fetch_by_channels(programs, transports, folder, certificate, key):
    """Channels of aws/io, with TLS; returns what came."""
    serve = [programs / "file_server", "--tls", certificate, key, folder / "data", "7443"]
    fetch = [programs / "file_fetch", "--tls", certificate, "localhost", "7443", folder / "fetched"]
    with subprocess.Popen(
        serve, env=environment(transports[0]), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert server.stdout.readline()
            subprocess.run(
                fetch, env=environment(transports[1]), stderr=subprocess.DEVNULL, timeout=TIMEOUT, check=True
            )
        finally:
            server.kill()
    return (folder / "fetched").read_bytes()


def fetch_by_connections(programs, transports, folder, certificate, key):
    """Connections of reseau.h, with TLS; returns what came."""
    serve = [programs / "reseau_file_server", folder, "7444", certificate, key]
    fetch = [programs / "reseau_https_get", "localhost", "7444", "/data", certificate]
    with subprocess.Popen(
        serve, env=environment(transports[0]), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert server.stdout.readline()
            done = subprocess.run(
                fetch, env=environment(transports[1]), stdout=subprocess.PIPE, timeout=TIMEOUT, check=True
            )
        finally:
            server.kill()
    return done.stdout.partition(b"\r\n\r\n")[2]


def our_own_programs_between_processes():
    programs = pathlib.Path(PROGRAM)
    networks = [SharedMemory(), Relay(0), Relay(0.05), SerialLine()]
    for network, size in zip(networks, (3_000_000, 2_000_000, 1_000_000, 300_000)):
        with network as transports, tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            digest = made_file(folder, BYTES or size)
            certificate, key = made_certificate(folder)
            for fetch in fetch_by_channels, fetch_by_connections:
                came = fetch(programs, transports, folder, certificate, key)
                assert hashlib.sha256(came).hexdigest() == digest, (network, fetch)


def a_bad_configuration():
    bad = {
        "nothing is set": {},
        "an unknown transport": {"RESEAU_PRELOAD_TRANSPORT": "carrier-pigeon"},
        "an address too few": {"RESEAU_PRELOAD_TRANSPORT": "udp:127.0.0.1:7001"},
        "an unknown family": {"RESEAU_PRELOAD_TRANSPORT": "memory", "RESEAU_PRELOAD_FAMILIES": "inet,decnet"},
        "no side of TLS": {"RESEAU_PRELOAD_TRANSPORT": "memory", "RESEAU_PRELOAD_TLS": "yes"},
        "no name": {"RESEAU_PRELOAD_TRANSPORT": "memory", "RESEAU_PRELOAD_TLS": "client"},
        "no certificate": {"RESEAU_PRELOAD_TRANSPORT": "memory", "RESEAU_PRELOAD_TLS": "server"},
        "no such file": {
            "RESEAU_PRELOAD_TRANSPORT": "memory",
            "RESEAU_PRELOAD_TLS": "client",
            "RESEAU_PRELOAD_TLS_CA": "/nonexistent",
        },
        "no number": {"RESEAU_PRELOAD_TRANSPORT": "memory", "RESEAU_PRELOAD_LINGER": "soon"},
    }
    base = {key: value for key, value in os.environ.items() if not key.startswith("RESEAU_PRELOAD")}
    for what, variables in bad.items():
        done = subprocess.run(
            ["/bin/echo", "running"], env=base | {"LD_PRELOAD": PRELOAD} | variables, capture_output=True, check=False
        )
        assert (done.returncode, done.stdout) == (78, b""), what
        assert done.stderr.startswith(b"libreseau-preload: ") and done.stderr.count(b"\n") == 1, (what, done.stderr)
    code = "import socket; socket.socket(); print('plain')"
    for what in [
        "udp:127.0.0.1:x/127.0.0.1:1",
        "udp:192.0.2.1:7001/127.0.0.1:7002",
        "device:/nonexistent",
        "module:/nonexistent.so",
        f"module:{PRELOAD}",
        f"module:{PROGRAM}:no-number",
    ]:
        done = subprocess.run([sys.executable, "-c", code], env=environment(what), capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (78, b""), (what, done)
        assert done.stderr.startswith(b"libreseau-preload: ") and done.stderr.count(b"\n") == 1, (what, done.stderr)


if __name__ == "__main__":
    start = time.monotonic()
    globals()[sys.argv[2]]()
    print(f"{sys.argv[2]}: {time.monotonic() - start:.1f} s")
