# SPDX-License-Identifier: Apache-2.0
"""Python's http.server and urllib, unmodified. usage: http_server.py FOLDER NAME: fetches one file from itself, and says
its digest and whether its listener is a TCP socket of the system's."""
import functools
import hashlib
import http.server
import os
import sys
import threading
import urllib.request

folder, name = sys.argv[1:]
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
handler.func.log_message = lambda *arguments: None
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
port = server.server_address[1]
threading.Thread(target=server.serve_forever, daemon=True).start()
digest = hashlib.sha256()
with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=60) as response:
    while data := response.read(1 << 16):
        digest.update(data)
with open("/proc/self/net/tcp", encoding="ascii") as sockets:
    inode = str(os.fstat(server.fileno()).st_ino)
    is_systems = any(line.split()[9] == inode for line in sockets)
server.shutdown()
server.server_close()
print(digest.hexdigest(), "the system's" if is_systems else "ours")
