#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Whoever connects to a port of this host talks to a port of another.

usage: port_forwarder.py LISTEN_PORT HOST PORT
"""
import sys
import threading

import reseau


def copy(source: reseau.Connection, target: reseau.Connection) -> None:
    """One direction. The end of one stream is the end of the other; a failure ends both."""
    room = bytearray(65536)
    view = memoryview(room)
    try:
        while True:
            count = source.readinto(room)
            if count == 0:
                target.shutdown_write()
                return
            target.write(view[:count])
    except OSError:
        source.abort()
        target.abort()


def forward(client: reseau.Connection, host: str, port: int) -> None:
    with client:
        try:
            server = reseau.connect(host, port, timeout=10)
        except OSError as error:
            print(error, file=sys.stderr)
            client.abort()
            return
        with server:
            back = threading.Thread(target=copy, args=(server, client))
            back.start()
            copy(client, server)
            back.join()


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    with reseau.listen("127.0.0.1", int(sys.argv[1])) as listener:
        print("listening on", listener.port, flush=True)
        for client in listener:
            threading.Thread(target=forward, args=(client, sys.argv[2], int(sys.argv[3])), daemon=True).start()


try:
    main()
except KeyboardInterrupt:
    pass
