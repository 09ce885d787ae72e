#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""usage: peers.py FOLDER OF THE PROGRAMS, RUNNER...

Programs for Windows and programs of this system as each other's servers and clients. TLS servers for Windows are there
only with OpenSSL's DLLs beside the programs; the client of TLS is the system's own by default (TLS 1.2 under Wine).

|                                      | plain                              | by TLS                                       |
| this system's client, Windows server | echo (a socket), web (curl)        | tls_servers (curl, openssl s_client)         |
| Windows client, this system's server | fetch (a socket), forwarder (HTTP) | client, forwarder (openssl s_server)         |
"""

import functools
import http.server
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PROGRAMS = Path(sys.argv[1])
RUNNER = sys.argv[2:]
HAS_OPENSSL = (PROGRAMS / "libssl-3-x64.dll").exists()
CONTENT = os.urandom(3_000_000)


def expect(expected, got, what):
    if expected != got:
        sys.exit(f"{what}: expected {repr(expected)[:80]}, got {repr(got)[:80]}")
    print(f"as expected: {what}")


def run(command, what, engine=None, **options):
    """What a command prints; it must end well."""
    environment = dict(os.environ)
    environment.pop("RESEAU_TLS_ENGINE", None)
    if engine:
        environment["RESEAU_TLS_ENGINE"] = engine
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=120, env=environment, **options)
    if done.returncode != 0:
        sys.exit(f"{what}: status {done.returncode}: {done.stderr[-300:]}")
    return done.stdout


class Server:
    """A program for Windows that prints its port."""

    def __init__(self, name, *arguments):
        command = [*RUNNER, str(PROGRAMS / f"reseau_{name}.exe"), *map(str, arguments)]
        environment = dict(os.environ, RESEAU_TLS_ENGINE="openssl")
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
        line = self.process.stdout.readline()
        if not line.strip().isdigit():
            sys.exit(f"{name} does not listen: {line!r}")
        self.port = int(line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class OpensslServer:
    """openssl s_server, which answers requests by HTTP with the files of a folder."""

    def __init__(self, folder, *options):
        self.process = subprocess.Popen(
            ["openssl", "s_server", "-accept", "127.0.0.1:0", "-WWW", "-cert", "cert.pem", "-key", "key.pem", *options],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            found = re.match(r"ACCEPT .*:(\d+)$", line.strip())
            if found:
                self.port = int(found.group(1))
                break
        else:
            sys.exit("openssl s_server does not listen")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
         folder / "key.pem", "-out", folder / "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, stderr=subprocess.DEVNULL)


def echo():
    with Server("echo_server", 0) as server:
        for size in (1, 100_000, 10_000_000):
            text = os.urandom(size)
            client = socket.create_connection(("127.0.0.1", server.port), timeout=120)
            with client, client.makefile("rb") as stream:
                pid = os.fork()
                if pid == 0:
                    client.sendall(text)
                    client.shutdown(socket.SHUT_WR)
                    os._exit(0)
                expect(True, text == stream.read(), f"{size} bytes come back, and then the end")
                os.waitpid(pid, 0)


def web(folder):
    with Server("file_server", folder, 0) as server:
        got = run(["curl", "-sS", f"http://127.0.0.1:{server.port}/content"], "curl")
        expect(True, got == CONTENT, "curl gets a file")
        code = run(["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", f"http://127.0.0.1:{server.port}/no"], "curl")
        expect(b"404", code, "curl gets no file that is not there")
    with Server("chunked_server", folder / "content", folder / "cert.pem") as server:
        got = run(["curl", "-sS", f"http://127.0.0.1:{server.port}/"], "curl")
        expect(True, got == CONTENT + (folder / "cert.pem").read_bytes(), "curl gets chunks")


def fetch(folder):
    """A client for Windows gets a file of a server of this system: its length as eight bytes, then its bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        pid = os.fork()
        if pid == 0:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(len(CONTENT).to_bytes(8, "big") + CONTENT)
            os._exit(0)
        run([*RUNNER, PROGRAMS / "file_fetch.exe", "localhost", listener.getsockname()[1], folder / "fetched"],
            "file_fetch")
        os.waitpid(pid, 0)
    expect(True, (folder / "fetched").read_bytes() == CONTENT, "a client gets a file of a plain server's")


class Forwarder(Server):
    """curl's requests reach servers of this system by connections that a program for Windows makes."""

    def __init__(self, port):
        super().__init__("port_forwarder", "127.0.0.1", port)


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, by HTTP."""

    def log_message(self, *_):
        pass


def forwarder(folder):
    plain = functools.partial(QuietFiles, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), plain) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Forwarder(server.server_port) as way:
            got = run(["curl", "-sS", f"http://127.0.0.1:{way.port}/content"], "curl")
        server.shutdown()
    expect(True, got == CONTENT, "curl gets a file of a plain server's through a program for Windows")
    with OpensslServer(folder) as server, Forwarder(server.port) as way:
        got = run(["curl", "-sS", "--cacert", folder / "cert.pem", f"https://localhost:{way.port}/content"], "curl")
    expect(True, got == CONTENT, "curl gets a file of openssl's server through a program for Windows")


def client(folder, engine, version):
    with OpensslServer(folder, version) as server:
        got = run(
            [*RUNNER, PROGRAMS / "reseau_https_get.exe", "localhost", server.port, "/content", folder / "cert.pem"],
            "https_get", engine)
        head, _, body = got.partition(b"\r\n\r\n")
        expect(b"HTTP/1.0 200", head[:12], f"openssl s_server {version} answers a client by {engine or 'the system'}")
        expect(True, body == CONTENT, "with the whole file")


def tls_servers(folder):
    trusted = folder / "cert.pem"
    with Server("file_server", folder, 0, trusted, folder / "key.pem") as server:
        for version in ("1.2", "1.3"):
            got = run(
                ["curl", "-sS", "--cacert", trusted, f"--tlsv{version}", "--tls-max", version,
                 f"https://localhost:{server.port}/content"], "curl")
            expect(True, got == CONTENT, f"curl gets a file by TLS {version}")
        got = run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{server.port}", "-servername", "localhost", "-CAfile", trusted,
             "-verify_return_error", "-quiet", "-ign_eof"], "openssl s_client",
            input=b"GET /content HTTP/1.1\r\nHost: localhost\r\n\r\n")
        expect(True, got.partition(b"\r\n\r\n")[2] == CONTENT, "openssl s_client gets a file")
        got = run(
            [*RUNNER, PROGRAMS / "reseau_https_get.exe", "localhost", server.port, "/content", trusted], "https_get")
        expect(True, got.partition(b"\r\n\r\n")[2] == CONTENT, "the two engines of Windows get on")


with tempfile.TemporaryDirectory() as name:
    folder = Path(name)
    (folder / "content").write_bytes(CONTENT)
    certificate(folder)
    echo()
    web(folder)
    fetch(folder)
    forwarder(folder)
    client(folder, None, "-tls1_2")
    if HAS_OPENSSL:
        client(folder, "openssl", "-tls1_2")
        client(folder, "openssl", "-tls1_3")
        tls_servers(folder)
    else:
        print("no servers by TLS: OpenSSL's DLLs are not there (./dev windows openssl)")
