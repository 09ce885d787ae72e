#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fetches a page by HTTP/1.1 and writes its body to the standard output.

usage: https_fetch.py URL [--ca FILE]
"""
import argparse
import sys
from typing import Dict, Iterator, Union
from urllib.parse import urlsplit

import reseau


def read_headers(connection: reseau.Connection) -> Dict[str, str]:
    headers: Dict[str, str] = {}
    while True:
        line = connection.readline().decode("latin-1").rstrip("\r\n")
        if not line:
            return headers
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()


def read_body(connection: reseau.Connection, headers: Dict[str, str]) -> Iterator[bytes]:
    if headers.get("transfer-encoding", "").lower() == "chunked":
        while True:
            size = int(connection.readline().split(b";")[0], 16)
            if size == 0:
                read_headers(connection)
                return
            yield connection.readexactly(size)
            connection.readline()
    left = int(headers.get("content-length", -1))
    while left != 0:
        part = connection.read(65536 if left < 0 else min(left, 65536))
        if not part:
            if left > 0:
                raise EOFError("the body is shorter than the server said")
            return
        left -= len(part) if left > 0 else 0
        yield part


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetches a page by HTTP.")
    parser.add_argument("url")
    parser.add_argument("--ca", metavar="FILE", help="trust these certificates, not the system's")
    arguments = parser.parse_args()

    url = urlsplit(arguments.url)
    if url.scheme not in ("http", "https") or not url.hostname:
        parser.error("the URL is not http:// or https://")
    secure = url.scheme == "https"
    tls: Union[bool, reseau.TLS] = reseau.TLS(ca_file=arguments.ca, alpn=["http/1.1"]) if secure else False
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    try:
        with reseau.connect(url.hostname, url.port or (443 if secure else 80), tls=tls, timeout=10) as connection:
            connection.timeout = 30
            connection.write(
                f"GET {path} HTTP/1.1\r\nHost: {url.netloc}\r\nConnection: close\r\n"
                "User-Agent: reseau-sample\r\n\r\n".encode("ascii")
            )
            status = connection.readline().decode("latin-1").split(None, 2)
            for part in read_body(connection, read_headers(connection)):
                sys.stdout.buffer.write(part)
            sys.stdout.flush()
            if status[1] != "200":
                print("the server says", *status[1:], file=sys.stderr)
                return 1
    except reseau.CertificateError as error:
        print("not trusted:", error, file=sys.stderr)
        return 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


sys.exit(main())
