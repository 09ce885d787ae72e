#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sends files: a client writes a name and a newline, and gets "SIZE\\n" and the bytes, or "-1\\n". Shows how far it is.

usage: file_server.py DIRECTORY [PORT]
"""
import os
import sys
import threading

import reseau


def serve(connection: reseau.Connection, folder: str) -> None:
    with connection:
        connection.timeout = 30
        while True:
            name = connection.readline(4096).rstrip(b"\r\n")
            if not name:
                return
            path = os.path.realpath(os.path.join(folder, os.fsdecode(name)))
            if os.path.commonpath([path, folder]) != folder or not os.path.isfile(path):
                connection.write(b"-1\n")
                continue
            with open(path, "rb") as file:
                size = os.fstat(file.fileno()).st_size
                connection.write(b"%d\n" % size)
                connection.sendfile(file, 0, size)
            show_progress(connection, os.path.basename(path), size)


def show_progress(connection: reseau.Connection, name: str, size: int) -> None:
    begin = connection.close_info().bytes_written
    connection.timeout = 0.2
    while True:
        try:
            connection.flush()
            break
        except TimeoutError:
            sent = connection.close_info().bytes_written - begin
            print(f"{name}: {min(100, 100 * sent // max(1, size))} %", flush=True)
    connection.timeout = 30
    print(f"{name}: 100 %", flush=True)


def serve_or_tell(connection: reseau.Connection, folder: str) -> None:
    try:
        serve(connection, folder)
    except OSError as error:
        print("a connection has failed:", error, file=sys.stderr)


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = os.path.realpath(sys.argv[1])
    with reseau.listen("127.0.0.1", int(sys.argv[2]) if len(sys.argv) == 3 else 0) as listener:
        print("listening on", listener.port, flush=True)
        for connection in listener:
            threading.Thread(target=serve_or_tell, args=(connection, folder), daemon=True).start()


try:
    main()
except KeyboardInterrupt:
    pass
