# SPDX-License-Identifier: Apache-2.0
import reseau

with reseau.listen("127.0.0.1", 0) as listener, reseau.connect("127.0.0.1", listener.port) as client:
    client.write(b"hello")
    with listener.accept() as server:
        text = server.read(5)
print(text.decode(), "from", reseau.__version__)
