/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any fragments, in any order, delivered to a stream and to a datagram socket. What is read of the stream are the bytes
 * that belong to their positions; a datagram is one that could be put together from what was taken.
 */
#include "fuzz/fuzz.h"

#include <reseau/transport.h>
#include <reseau/usocket.h>

#include <cerrno>
#include <cstring>
#include <map>
#include <string>

namespace {

struct reseau_transport_socket *s_made;
void *s_state = &s_made;

int Create(
    void *, struct reseau_transport_socket *socket, int, int, int, struct reseau_transport_traits *, void **state) {
    s_made = socket;
    *state = s_state;
    return 0;
}

struct reseau_transport *Transport() {
    static struct reseau_transport *transport;
    if (transport == nullptr) {
        struct reseau_transport_hooks hooks = {};
        hooks.size = sizeof(hooks);
        hooks.create = Create;
        hooks.close = [](void *, int) { return 0; };
        hooks.destroy = [](void *) {};
        hooks.connect = [](void *, const struct sockaddr *, socklen_t) { return 0; };
        hooks.write = [](void *, const struct reseau_fragment *) -> ptrdiff_t { return -EAGAIN; };
        MUST(reseau_transport_new(&hooks, nullptr, &transport) == 0);
    }
    return transport;
}

uint8_t ByteAt(uint64_t position) {
    return static_cast<uint8_t>(position * 7 + (position >> 8));
}

/* A position or a length: small, or anything. */
uint64_t Size(Input &input) {
    uint64_t value = input.Number();
    return (value & 0x8000) != 0 ? value << 48 | input.Number() : value % 3000;
}

class Stream {
  public:
    Stream() {
        descriptor_ = reseau_usocket_on(Transport(), 250, SOCK_STREAM, 0);
        socket_ = s_made;
        struct sockaddr address = {};
        int size = 2048;
        MUST(reseau_uconnect(descriptor_, &address, sizeof(address)) == 0);
        MUST(reseau_usetsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)) == 0);
    }

    ~Stream() {
        reseau_uclose(descriptor_);
    }

    void Deliver(uint64_t offset, size_t length) {
        std::string bytes(length, '\0');
        for (size_t i = 0; i < length; ++i) {
            bytes[i] = static_cast<char>(ByteAt(offset + i));
        }
        struct reseau_fragment fragment = {};
        fragment.offset = offset;
        fragment.data = bytes.data();
        fragment.length = length;
        ptrdiff_t taken = reseau_transport_deliver(socket_, &fragment);
        MUST(taken <= static_cast<ptrdiff_t>(length));
        Saw(1000 + static_cast<size_t>(taken < 0 ? -taken : 0), offset % 200);
        for (ptrdiff_t i = 0; i < taken; ++i) {
            MUST(arrived_.insert({offset + static_cast<uint64_t>(i), true}).second);
        }
    }

    void End(uint64_t offset) {
        int result = reseau_transport_end(socket_, offset);
        MUST(result == 0 || result == -EINVAL);
        Saw(2000 + (result == 0));
    }

    void Read(size_t length) {
        std::string room(length + 1, '\0');
        ssize_t got = reseau_urecv(descriptor_, &room[0], length, MSG_DONTWAIT);
        MUST(got >= 0 || errno == EAGAIN);
        for (ssize_t i = 0; i < got; ++i, ++read_) {
            MUST(static_cast<uint8_t>(room[static_cast<size_t>(i)]) == ByteAt(read_));
            MUST(arrived_.count(read_) == 1);
        }
        MUST(got >= 0 || length == 0 || arrived_.count(read_) == 0);
        Saw(3000, static_cast<size_t>(got < 0 ? 0 : got));
    }

  private:
    int descriptor_;
    struct reseau_transport_socket *socket_;
    std::map<uint64_t, bool> arrived_;
    uint64_t read_ = 0;
};

class Datagrams {
  public:
    Datagrams() {
        descriptor_ = reseau_usocket_on(Transport(), 250, SOCK_DGRAM, 0);
        socket_ = s_made;
        int size = 2048;
        MUST(reseau_usetsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size)) == 0);
    }

    ~Datagrams() {
        reseau_uclose(descriptor_);
    }

    /* The bytes of a datagram say which it is, and where they stand. */
    void Deliver(uint8_t datagram, uint64_t offset, size_t length, uint64_t total) {
        std::string bytes(length, '\0');
        for (size_t i = 0; i < length; ++i) {
            bytes[i] = static_cast<char>(ByteAt(offset + i) ^ datagram);
        }
        struct reseau_fragment fragment = {};
        fragment.datagram = datagram;
        fragment.offset = offset;
        fragment.total = total;
        fragment.data = bytes.data();
        fragment.length = length;
        ptrdiff_t taken = reseau_transport_deliver(socket_, &fragment);
        MUST(taken < 0 || taken == static_cast<ptrdiff_t>(length));
        Saw(4000 + static_cast<size_t>(taken < 0 ? -taken : 0), length);
    }

    void Abandon(uint8_t datagram) {
        reseau_transport_abandon(socket_, datagram);
    }

    void Read() {
        uint8_t room[4096];
        ssize_t got = reseau_urecv(descriptor_, room, sizeof(room), MSG_DONTWAIT);
        MUST(got >= 0 || errno == EAGAIN);
        for (ssize_t i = 1; i < got; ++i) {
            MUST((room[0] ^ ByteAt(0)) == (room[i] ^ ByteAt(static_cast<uint64_t>(i))));
        }
        Saw(5000, static_cast<size_t>(got < 0 ? 0 : got));
    }

  private:
    int descriptor_;
    struct reseau_transport_socket *socket_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input(data, size);
    Stream stream;
    Datagrams datagrams;
    while (!input.Empty()) {
        switch (input.Byte() % 7) {
        case 0:
        case 1: {
            uint64_t offset = Size(input);
            stream.Deliver(offset, input.Byte());
            break;
        }
        case 2:
            stream.Read(input.Byte());
            break;
        case 3: {
            uint8_t datagram = input.Byte() % 8;
            uint64_t offset = Size(input);
            size_t length = input.Byte();
            datagrams.Deliver(datagram, offset, length, Size(input));
            break;
        }
        case 4:
            datagrams.Read();
            break;
        case 5:
            datagrams.Abandon(input.Byte() % 8);
            break;
        default:
            stream.End(Size(input));
            break;
        }
    }
    return 0;
}
