/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes, cut anywhere, as what a peer sends, and any calls that read them: lines, delimiters, exact lengths, looks.
 * A model that has everything in one piece says what each call returns. The first byte is how many calls there are, two
 * bytes each; the rest is the stream, whose second byte says how it is cut.
 */
#include "fuzz/fuzz.h"

#include <reseau/reseau.h>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace {

constexpr size_t kRoom = 300;

/* What is left of the stream, which the connection has, too. */
struct Reader {
    reseau_id id;
    std::string left;

    void Expect(int64_t result, const char *data, size_t consumed, size_t given) {
        MUST(result == (int64_t)given);
        MUST(memcmp(data, left.data(), given) == 0);
        left.erase(0, consumed);
        Saw(consumed, given);
    }

    /* A line without its end, "\n" or "\r\n"; what has no room, with a NUL, stays. */
    void Line(size_t room) {
        char line[kRoom];
        size_t end = left.find('\n');
        size_t whole = std::min(end, left.size());
        bool has_return = whole > 0 && left[whole - 1] == '\r';
        int64_t result = reseau_read_line(id, line, room);
        if (result == RESEAU_ERROR_TOO_LARGE) {
            MUST(whole + 1 >= room);
        } else if (left.empty()) {
            MUST(result == RESEAU_ERROR_END_OF_STREAM);
        } else {
            MUST(result == (int64_t)(whole - (has_return && end != std::string::npos ? 1 : 0)));
            MUST(result < (int64_t)room && line[result] == 0);
            Expect(result, line, std::min(left.size(), whole + 1), (size_t)result);
        }
    }

    /* With its delimiter, or the rest. */
    void Until(char delimiter, size_t room) {
        char data[kRoom];
        size_t length = std::min(left.find(delimiter), left.size() - 1) + 1;
        length = left.empty() ? 0 : length;
        int64_t result = reseau_read_until(id, &delimiter, 1, data, room);
        if (result == RESEAU_ERROR_TOO_LARGE) {
            MUST(length >= room);
        } else {
            Expect(result, data, length, length);
        }
    }

    void Exactly(size_t size) {
        char data[kRoom];
        size_t given = std::min(size, left.size());
        Expect(reseau_read_exactly(id, data, size), data, given, given);
    }

    /* Whatever part of it has come. */
    void Peek(size_t size) {
        char data[kRoom];
        int64_t result = reseau_peek(id, data, size);
        MUST(result <= (int64_t)std::min(size, left.size()));
        MUST(result <= 0 || memcmp(data, left.data(), (size_t)result) == 0);
    }
};

void Call(Reader &reader, uint8_t what, uint8_t argument) {
    switch (what % 4) {
    case 0:
        reader.Line((size_t)argument + 1);
        break;
    case 1:
        reader.Until((char)('\n' + what / 4 % 3), (size_t)argument + 1);
        break;
    case 2:
        reader.Exactly(argument);
        break;
    default:
        reader.Peek((size_t)argument + 1);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Input input(data, size);
    size_t calls = input.Byte() % 16, cut = (size_t)input.Byte() + 1;
    Input program = input;
    for (size_t i = 0; i < 2 * calls; ++i) {
        input.Byte();
    }
    int ends[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    struct reseau_options options = reseau_options_default();
    Reader reader = {reseau_adopt(ends[0], 0, &options), std::string((const char *)input.Rest(), input.Left())};
    MUST(reader.id > 0);
    for (size_t sent = 0; sent < reader.left.size(); sent += cut) {
        size_t part = std::min(cut, reader.left.size() - sent);
        MUST(send(ends[1], &reader.left[sent], part, MSG_NOSIGNAL) == (ssize_t)part);
    }
    close(ends[1]);
    for (size_t i = 0; i < calls; ++i) {
        uint8_t what = program.Byte();
        Call(reader, what, program.Byte());
    }
    void *rest = nullptr;
    int64_t length = reseau_read_all(reader.id, &rest, SIZE_MAX);
    MUST(length == (int64_t)reader.left.size() && memcmp(rest, reader.left.data(), reader.left.size()) == 0);
    reseau_free(rest);
    MUST(reseau_abort(reader.id) == 0 && reseau_wait_closed(reader.id, 60000) == 0);
    return 0;
}
