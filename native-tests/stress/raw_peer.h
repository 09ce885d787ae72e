/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_RAW_PEER_H
#define RESEAU_STRESS_RAW_PEER_H

#include "stress/world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

/* A client that does not know the library, that breaks conventions: half-closes, resets, urgent data, silence. */
class RawPeer {
  public:
    static void Run(World *world, Random &random) {
        int fd = Connect(world->listeners[random.Below(kFamilies)]);
        if (fd < 0) {
            return;
        }
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
            struct linger reset = {1, 0};
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
        } else if (random.Chance(50)) {
            shutdown(fd, SHUT_WR);
        }
        close(fd);
    }

  private:
    static int Connect(const Listener &listener) {
        struct sockaddr_storage address = {};
        socklen_t length = 0;
        if (listener.domain == AWS_SOCKET_LOCAL) {
            auto *local = reinterpret_cast<struct sockaddr_un *>(&address);
            local->sun_family = AF_UNIX;
            strncpy(local->sun_path, listener.endpoint.address, sizeof(local->sun_path) - 1);
            length = sizeof(*local);
        } else if (listener.domain == AWS_SOCKET_IPV6) {
            auto *v6 = reinterpret_cast<struct sockaddr_in6 *>(&address);
            v6->sin6_family = AF_INET6;
            v6->sin6_port = htons((uint16_t)listener.endpoint.port);
            v6->sin6_addr = in6addr_loopback;
            length = sizeof(*v6);
        } else {
            auto *v4 = reinterpret_cast<struct sockaddr_in *>(&address);
            v4->sin_family = AF_INET;
            v4->sin_port = htons((uint16_t)listener.endpoint.port);
            v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            length = sizeof(*v4);
        }
        int fd = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct timeval timeout = {30, 0};
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
        if (connect(fd, (struct sockaddr *)&address, length) == 0) {
            return fd;
        }
        close(fd);
        return -1;
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
            std::lock_guard<std::mutex> lock(world->mutex);
            world->raw_uploads[header.id] = header.length;
        }
    }
};

#endif /* RESEAU_STRESS_RAW_PEER_H */
