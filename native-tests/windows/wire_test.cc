/* SPDX-License-Identifier: Apache-2.0 */
/* Wires over handles that are no sockets, and watches of folders whose names are written otherwise. */
#include "support/temporary_file.h"
#include "usocket/system.h"

#include <reseau/reseau.h>
#include <reseau/transport.h>

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <thread>
#include <vector>

namespace {

/* Both ends of a named pipe that goes both ways; the one may be opened without FILE_FLAG_OVERLAPPED. */
struct Pipe {
    explicit Pipe(DWORD flags) {
        static int count = 0;
        std::string name = "\\\\.\\pipe\\reseau-wire-" + std::to_string(_getpid()) + "-" + std::to_string(count++);
        ends[0] = system_number(CreateNamedPipeA(
            name.c_str(),
            PIPE_ACCESS_DUPLEX | flags,
            PIPE_TYPE_BYTE | PIPE_READMODE_BYTE,
            1,
            65536,
            65536,
            0,
            nullptr));
        ends[1] = system_number(CreateFileA(
            name.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, nullptr));
    }

    int ends[2];
};

struct sockaddr_in Address() {
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(7);
    address.sin_addr.s_addr = htonl(0x0a000001);
    return address;
}

TEST(WindowsWire, CarriesAFileOverANamedPipe) {
    Pipe pipe(FILE_FLAG_OVERLAPPED);
    struct reseau_transport *ends[2] = {};
    ASSERT_EQ(0, reseau_transport_new_wire(pipe.ends[0], RESEAU_WIRE_BYTES, &ends[0]));
    ASSERT_EQ(0, reseau_transport_new_wire(pipe.ends[1], RESEAU_WIRE_BYTES, &ends[1]));
    struct sockaddr_in address = Address();
    const struct sockaddr *name = reinterpret_cast<const struct sockaddr *>(&address);
    int listener = reseau_usocket_on(ends[1], AF_INET, SOCK_STREAM, 0);
    ASSERT_EQ(0, reseau_ubind(listener, name, sizeof(address)));
    ASSERT_EQ(0, reseau_ulisten(listener, 1));
    std::string text(500000, '\0');
    for (size_t i = 0; i < text.size(); ++i) {
        text[i] = static_cast<char>(i * 7 + (i >> 8));
    }
    std::thread sender([&] {
        int client = reseau_usocket_on(ends[0], AF_INET, SOCK_STREAM, 0);
        EXPECT_EQ(0, reseau_uconnect(client, name, sizeof(address)));
        EXPECT_EQ(static_cast<reseau_ssize_t>(text.size()), reseau_usend(client, text.data(), text.size(), 0));
        EXPECT_EQ(0, reseau_uclose(client));
    });
    int accepted = reseau_uaccept(listener, nullptr, nullptr);
    std::string received;
    std::vector<char> room(30000);
    reseau_ssize_t count;
    while ((count = reseau_urecv(accepted, room.data(), room.size(), 0)) > 0) {
        received.append(room.data(), static_cast<size_t>(count));
    }
    EXPECT_EQ(0, count);
    EXPECT_TRUE(text == received);
    sender.join();
    reseau_uclose(accepted);
    reseau_uclose(listener);
    for (struct reseau_transport *end : ends) {
        reseau_transport_release(end);
    }
}

TEST(WindowsWire, RefusesHandlesThatWouldWait) {
    Pipe pipe(0);
    struct reseau_transport *end = nullptr;
    EXPECT_EQ(EINVAL, reseau_transport_new_wire(pipe.ends[0], RESEAU_WIRE_BYTES, &end));
    EXPECT_EQ(ENOTSOCK, reseau_transport_new_wire(pipe.ends[1], RESEAU_WIRE_DATAGRAMS, &end));
    EXPECT_EQ(nullptr, end);
    EXPECT_EQ(0, system_handle_close(pipe.ends[0]));
    EXPECT_EQ(0, system_handle_close(pipe.ends[1]));
}

TEST(WindowsWire, ASocketIsOfTheKindThatIsSaid) {
    int pair[2];
    ASSERT_EQ(0, system_pair(SOCK_STREAM, pair));
    struct reseau_transport *end = nullptr;
    EXPECT_EQ(EINVAL, reseau_transport_new_wire(pair[0], RESEAU_WIRE_DATAGRAMS, &end));
    system_close(pair[0]);
    system_close(pair[1]);
}

TEST(WindowsFileWatch, ANameIsTheSameInOtherLettersAndBehindAnySeparator) {
    TemporaryDirectory directory;
    struct reseau_file_options options = reseau_file_options_default();
    options.loop = reseau_loop_new();
    options.gather_ms = 1;
    std::vector<std::string> names;
    reseau_id watch = reseau_file_watch(
        (directory.Path() + "\\FILE").c_str(),
        &options,
        [](reseau_id, const struct reseau_file_change *change, void *state) {
            static_cast<std::vector<std::string> *>(state)->push_back(change->name ? change->name : "");
        },
        &names);
    ASSERT_GT(watch, 0);
    directory.Write("another", "x");
    directory.Write("file", "x");
    while (names.empty()) {
        ASSERT_EQ(0, reseau_loop_run(options.loop, 10));
    }
    EXPECT_EQ(std::vector<std::string>{"file"}, names);
    EXPECT_EQ(0, reseau_close(options.loop));
    EXPECT_EQ(0, reseau_wait_closed(watch, RESEAU_FOREVER));
}

} // namespace
