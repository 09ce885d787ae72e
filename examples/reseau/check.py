#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the examples of this folder, each with what it is for: check.py FOLDER OF THE PROGRAMS"""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = Path(sys.argv[1])


class Server:
    """An example that prints its port."""

    def __init__(self, name, *arguments):
        command = [PROGRAMS / f"reseau_{name}", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        return client, client.makefile("rb")


def expect(expected, got, what):
    if expected != got:
        sys.exit(f"{what}: expected {repr(expected)[:80]}, got {repr(got)[:80]}")


def echo(server, text):
    client, stream = server.connect()
    with client:
        client.sendall(text)
        client.shutdown(socket.SHUT_WR)
        expect(text, stream.read(), "echo")


def chat():
    with Server("chat_server", 0) as server:
        guests = [server.connect() for _ in range(3)]
        # When the last one speaks, all others have entered before.
        guests[2][0].sendall(b"hello\nto you\n")
        for _, stream in guests[:2]:
            expect(b"hello\n", stream.readline(), "chat")
            expect(b"to you\n", stream.readline(), "chat")
        guests[1][0].sendall(b"half a ")
        guests[1][0].sendall(b"line\n")
        expect(b"half a line\n", guests[0][1].readline(), "chat")
        expect(b"half a line\n", guests[2][1].readline(), "chat")


def certificate(folder):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
         folder / "key.pem", "-out", folder / "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, stderr=subprocess.DEVNULL)
    return folder / "cert.pem", folder / "key.pem"


def files():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = os.urandom(3_000_000)
        (folder / "content").write_bytes(content)
        cert, key = certificate(folder)
        with Server("file_server", folder, 0, cert, key) as server:
            base = f"https://localhost:{server.port}"
            got = subprocess.run(["curl", "-sS", "--cacert", cert, f"{base}/content"], check=True, capture_output=True)
            expect(content, got.stdout, "curl")
            got = subprocess.run(
                [PROGRAMS / "reseau_https_get", "localhost", str(server.port), "/content", cert],
                check=True, capture_output=True)
            head, _, body = got.stdout.partition(b"\r\n\r\n")
            expect(b"HTTP/1.1 200 OK", head[:15], "https_get")
            expect(content, body, "https_get")
            got = subprocess.run(
                [PROGRAMS / "reseau_https_get", "localhost", str(server.port), "/content"], capture_output=True)
            expect(b"The peer's certificate is not trusted, has expired, or is for another name.\n", got.stderr, "trust")
        with Server("file_server", folder, 0) as server:
            got = subprocess.run(
                ["curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--path-as-is",
                 f"http://localhost:{server.port}/../{folder.name}/content"], check=True, capture_output=True)
            expect(b"404", got.stdout, "a path that leaves the folder")


def forward():
    with Server("echo_server", 0) as target, Server("port_forwarder", "localhost", target.port) as server:
        for size in (0, 10, 10_000_000):
            echo(server, os.urandom(size))


def chunks():
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / "one", Path(name) / "other"]
        contents = [os.urandom(1_000_000), b"the end"]
        for path, content in zip(paths, contents):
            path.write_bytes(content)
        with Server("chunked_server", *paths) as server:
            url = f"http://localhost:{server.port}/"
            got = subprocess.run(["curl", "-sS", url], check=True, capture_output=True)
            expect(b"".join(contents), got.stdout, "chunks")
        # A file that is not there: no last chunk comes.
        with Server("chunked_server", paths[0], Path(name) / "missing") as server:
            got = subprocess.run(["curl", "-sS", f"http://localhost:{server.port}/"], capture_output=True)
            expect(True, got.returncode != 0, "a cut stream is noticed")


def presence():
    # Each prints the other, and ends with its input.
    both = [
        subprocess.Popen([PROGRAMS / "reseau_presence", name, "lo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for name in ("here", "there")
    ]
    for process, other in zip(both, (b"there at ", b"here at ")):
        expect(other, process.stdout.readline()[: len(other)], "presence")
    for process in both:
        process.stdin.close()
        expect(b"0", str(process.wait(timeout=60)).encode(), "presence ends")


def names():
    got = subprocess.run([PROGRAMS / "reseau_names"], check=True, capture_output=True)
    expect([b"127.0.0.1\tlo"], [line for line in got.stdout.splitlines() if line.startswith(b"127.0.0.1\t")], "names")
    got = subprocess.run([PROGRAMS / "reseau_names", "localhost"], check=True, capture_output=True)
    expect(b"localhost\n", got.stdout[-10:], "names")
    got = subprocess.run([PROGRAMS / "reseau_names", "127.1"], capture_output=True)
    expect(b"127.1: ", got.stderr[:7], "an old form of an address")


with Server("echo_server", 0) as server:
    echo(server, b"hello")
presence()
names()
chat()
files()
chunks()
forward()
