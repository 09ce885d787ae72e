/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_RAW_CLIENT_H
#define RESEAU_STRESS_RAW_CLIENT_H

#include "stress/world.h"
#include "support/raw_socket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

/* A client that does not know the library, that breaks conventions: half-closes, resets, urgent data, silence. */
class RawClient {
  public:
    static void Run(World *world, Random &random) {
        RawSocket connection = Connect(world->listeners[random.Below(kFamilies)]);
        if (!connection.IsOpen()) {
            return;
        }
        int fd = connection.fd();
        Header header = {world->next_id++, kUpload, (uint32_t)random.Size(200000)};
        std::vector<uint8_t> bytes(sizeof(header) + header.length);
        for (size_t i = 0; i < header.length; i++) {
            bytes[sizeof(header) + i] = PatternAt(header.id, i);
        }
        bool is_clean = random.Chance(50);
        header.mode = is_clean ? kUpload : kChaos;
        memcpy(bytes.data(), &header, sizeof(header));
        size_t wanted = is_clean ? bytes.size() : (size_t)random.Below(bytes.size() + 1);
        size_t sent = Send(fd, bytes.data(), wanted, random);
        if (is_clean && sent == wanted) {
            AwaitEndAfterHalfClose(world, fd, header);
        } else if (random.Chance(50)) {
            connection.ResetOnClose();
        } else if (random.Chance(50)) {
            shutdown(fd, SHUT_WR);
        }
    }

  private:
    static RawSocket Connect(const Listener &listener) {
        uint16_t port = (uint16_t)listener.endpoint.port;
        RawSocket connection = RawSocket::Connect(
            listener.domain == AWS_SOCKET_LOCAL  ? SocketName::Unix(listener.endpoint.address)
            : listener.domain == AWS_SOCKET_IPV6 ? SocketName::Ipv6(port)
                                                 : SocketName::Ipv4("127.0.0.1", port));
        struct timeval timeout = {30, 0};
        setsockopt(connection.fd(), SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
        setsockopt(connection.fd(), SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
        return connection;
    }

    /* In pieces, one of them urgent: that one byte is in nobody's stream. */
    static size_t Send(int fd, const uint8_t *bytes, size_t wanted, Random &random) {
        size_t sent = 0;
        bool was_urgent = false;
        while (sent < wanted) {
            if (!was_urgent && random.Chance(10)) {
                was_urgent = true;
                (void)!send(fd, "!", 1, MSG_OOB | MSG_NOSIGNAL);
            }
            ssize_t count = send(fd, bytes + sent, 1 + random.Below(wanted - sent), MSG_NOSIGNAL);
            if (count <= 0) {
                break;
            }
            sent += (size_t)count;
        }
        return sent;
    }

    static void AwaitEndAfterHalfClose(World *world, int fd, const Header &header) {
        shutdown(fd, SHUT_WR);
        uint8_t byte;
        ssize_t count = read(fd, &byte, 1);
        CHECK(count <= 0, "an upload was answered");
        CHECK(
            count == 0 || errno != EAGAIN,
            "upload %llu of %u bytes and its end were not noticed",
            (unsigned long long)header.id,
            header.length);
        if (count == 0) {
            std::lock_guard<Lock> lock(world->mutex);
            world->raw_uploads[header.id] = header.length;
        }
    }
};

#endif /* RESEAU_STRESS_RAW_CLIENT_H */
