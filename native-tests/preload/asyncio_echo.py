# SPDX-License-Identifier: Apache-2.0
"""asyncio, unmodified: epoll with a pair of the system's for wake-ups. Prints how many bytes came back."""
import asyncio


async def serve(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()
    writer.close()


async def ask(port, data):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    back = []

    async def read():
        while part := await reader.read(5000):
            back.append(part)

    reading = asyncio.ensure_future(read())
    for start in range(0, len(data), 10000):
        writer.write(data[start : start + 10000])
        await writer.drain()
        await asyncio.to_thread(len, data)
    writer.write_eof()
    await reading
    writer.close()
    assert b"".join(back) == data
    return len(data)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    counts = await asyncio.gather(*(ask(port, bytes(range(256)) * (100 + i)) for i in range(10)))
    server.close()
    print(sum(counts), "bytes came back")


asyncio.run(main())
