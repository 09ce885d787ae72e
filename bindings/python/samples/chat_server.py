#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Everybody's lines go to everybody else. Whoever reads too slowly is thrown out. On reseau.asyncio.

usage: chat_server.py PORT
"""
import asyncio
import sys
from typing import Set

import reseau.asyncio

MOST_QUEUED = 1 << 20


class Chat(asyncio.Protocol):
    everybody: Set["Chat"] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.rest = b""
        host, port = transport.get_extra_info("peername")[:2]
        self.name = f"{host}:{port}"
        self.tell(f"* {self.name} is here\n".encode())
        self.everybody.add(self)

    def data_received(self, data: bytes) -> None:
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self.tell(self.name.encode() + b": " + line.rstrip(b"\r") + b"\n")
        if len(self.rest) > 65536:
            self.transport.abort()

    def connection_lost(self, error: "Exception | None") -> None:
        self.everybody.discard(self)
        self.tell(f"* {self.name} has left\n".encode())

    def tell(self, line: bytes) -> None:
        for other in list(self.everybody):
            if other is self:
                continue
            if other.transport.get_write_buffer_size() > MOST_QUEUED:
                other.transport.abort()
            else:
                other.transport.write(line)


async def main(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Chat, "127.0.0.1", port)
    print("listening on", server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if len(sys.argv) != 2:
    sys.exit(__doc__)
try:
    reseau.asyncio.run(main(int(sys.argv[1])))
except KeyboardInterrupt:
    pass
