/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_BODY_H
#define RESEAU_TESTS_BODY_H

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

/*
 * Content of any length that is the same for everybody, so that each byte can be checked where it arrives. Text,
 * because some programs read lines.
 */
class Body {
  public:
    /* The longest line. */
    static constexpr size_t kLine = 1000;

    /* How much the tests with large bodies move: RESEAU_INTEROP_MEGABYTES, or enough to be large. */
    static uint64_t LargeSize() {
        const char *megabytes = getenv("RESEAU_INTEROP_MEGABYTES");
        return (megabytes == nullptr ? 64 : strtoull(megabytes, nullptr, 10)) * 1000000;
    }

    static std::string Part(uint64_t offset, size_t length) {
        std::string part;
        part.reserve(length);
        while (part.size() < length) {
            size_t at = (size_t)((offset + part.size()) % kPeriod);
            part.append(Block(), at, length - part.size());
        }
        return part;
    }

    static bool Matches(uint64_t offset, const char *bytes, size_t length) {
        while (length > 0) {
            size_t at = (size_t)(offset % kPeriod);
            size_t part = length < kPeriod - at ? length : kPeriod - at;
            if (memcmp(Block().data() + at, bytes, part) != 0) {
                return false;
            }
            offset += part;
            bytes += part;
            length -= part;
        }
        return true;
    }

  private:
    /* A prime, so that no record, page or buffer divides it. */
    static constexpr size_t kPeriod = 1000003;

    static const std::string &Block() {
        static const std::string block = [] {
            static const char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            std::string text(kPeriod, '\n');
            uint64_t state = 88172645463325252u;
            for (size_t i = 0; i < kPeriod; ++i) {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                if ((i + 1) % kLine != 0) {
                    text[i] = kLetters[(state >> 32) % 64];
                }
            }
            return text;
        }();
        return block;
    }
};

#endif /* RESEAU_TESTS_BODY_H */
