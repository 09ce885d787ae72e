#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The README's server sends back what it receives, on the port that it is given: echo.py SERVER"""

import os
import socket
import subprocess
import sys

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
server = subprocess.Popen([sys.argv[1], str(port)])
try:
    # Not refused any more once it listens.
    client = None
    while client is None:
        try:
            client = socket.create_connection(("127.0.0.1", port), timeout=30)
        except ConnectionRefusedError:
            if server.poll() is not None:
                sys.exit(f"the server ended with status {server.returncode}")
    text = os.urandom(1_000_000)
    got = bytearray()
    client.settimeout(30)
    for at in range(0, len(text), 10_000):
        client.sendall(text[at:at + 10_000])
        while len(got) < at + 10_000:
            got += client.recv(65536)
    sys.exit(0 if got == text else "another text came back")
finally:
    server.kill()
