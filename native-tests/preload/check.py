#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: check.py PRELOAD NAME [PROGRAM]. Runs unmodified programs under libreseau-preload.so; fails when one of them
does not do what it does without."""
import hashlib
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import time

PRELOAD = sys.argv[1]
PROGRAM = sys.argv[3] if len(sys.argv) > 3 else ""
HERE = pathlib.Path(__file__).parent
SCALE = float(os.environ.get("RESEAU_TEST_TIMEOUT_SCALE", "1"))
TIMEOUT = 60 * SCALE


def environment(transport, **others):
    """With the library, on a transport."""
    return os.environ | {"LD_PRELOAD": PRELOAD, "RESEAU_PRELOAD_TRANSPORT": transport} | others


def output(command, env=None):
    """What a program prints; it has to succeed."""
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, timeout=TIMEOUT, check=True)
    return done.stdout.decode()


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


def fetch_between(transports, size, of_server=None, of_client=None):
    """A server of Python's in one process, curl in another."""
    server_environment = environment(transports[0], **(of_server or {}))
    client_environment = environment(transports[1], **(of_client or {}))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        digest = made_file(folder, size)
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


def a_loop_of_select():
    same([PROGRAM])


def a_server_that_forks():
    for how in ["child", "exec", "before", "stream", "shut"]:
        same([PROGRAM, how])


def a_file_that_is_sent():
    same([PROGRAM])


def an_event_loop_of_python():
    same([sys.executable, HERE / "asyncio_echo.py"])


def http_in_one_process():
    with tempfile.TemporaryDirectory() as name:
        digest = made_file(pathlib.Path(name), 3_000_000)
        command = [sys.executable, HERE / "http_server.py", name, "data"]
        assert output(command) == f"{digest} the system's\n"
        assert output(command, environment("memory")) == f"{digest} ours\n"


def http_over_a_wire():
    fetch_between(udp_transports(), 5_000_000)


def http_over_shared_memory():
    name = f"reseau-test-{os.getpid()}"
    try:
        fetch_between((f"shared:{name}", f"shared:{name}"), 20_000_000)
    finally:
        pathlib.Path("/dev/shm", name).unlink(missing_ok=True)


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


def our_own_connections_channels_and_tls():
    for program in sys.argv[3:]:
        # Both ends are in one process.
        output([program, "--gtest_brief=1"], environment("memory"))


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
    for what in ["udp:127.0.0.1:x/127.0.0.1:1", "udp:192.0.2.1:7001/127.0.0.1:7002", "device:/nonexistent"]:
        done = subprocess.run([sys.executable, "-c", code], env=environment(what), capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (78, b""), (what, done)
        assert done.stderr.startswith(b"libreseau-preload: ") and done.stderr.count(b"\n") == 1, (what, done.stderr)


if __name__ == "__main__":
    start = time.monotonic()
    globals()[sys.argv[2]]()
    print(f"{sys.argv[2]}: {time.monotonic() - start:.1f} s")
