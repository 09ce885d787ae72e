# SPDX-License-Identifier: Apache-2.0
"""The echo server that is measured.

usage: server.py stock|uvloop|reseau|blocking|reseau-blocking protocol|streams [CERTIFICATE KEY]
"""
import asyncio
import os
import socket
import ssl
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "bindings", "python", "src"))


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def echo(reader, writer):
    try:
        while True:
            data = await reader.read(1 << 18)
            if not data:
                break
            writer.write(data)
            await writer.drain()
        writer.close()
    except ConnectionError:
        pass


async def serve(style, certificate):
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
    loop = asyncio.get_running_loop()
    if style == "protocol":
        server = await loop.create_server(Echo, "127.0.0.1", 0, ssl=context)
    else:
        server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def blocking_of_stock():
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)

    def one(connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while data := connection.recv(1 << 16):
                connection.sendall(data)
        except OSError:
            pass

    while True:
        connection, _ = listener.accept()
        threading.Thread(target=one, args=(connection,), daemon=True).start()


def blocking_of_reseau():
    import reseau

    def one(connection):
        try:
            while data := connection.read(1 << 16):
                connection.write(data)
        except OSError:
            pass

    with reseau.listen() as listener:
        print(listener.port, flush=True)
        for connection in listener:
            threading.Thread(target=one, args=(connection,), daemon=True).start()


def main(kind, style, *certificate):
    if kind == "blocking":
        blocking_of_stock()
    elif kind == "reseau-blocking":
        blocking_of_reseau()
    elif kind == "stock":
        asyncio.run(serve(style, certificate))
    elif kind == "uvloop":
        import uvloop

        uvloop.install()
        asyncio.run(serve(style, certificate))
    else:
        import reseau.asyncio

        reseau.asyncio.run(serve(style, certificate))


main(*sys.argv[1:])
