/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_HOOK_SAMPLES_H
#define RESEAU_TESTS_HOOK_SAMPLES_H

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <functional>
#include <string>

/* A hook whose functions a test gives; those that are empty are NULL. `gone` counts how often it was destroyed. */
struct Sample {
    typedef std::function<int(reseau_id, struct reseau_hook_bytes &)> Function;

    Function read, write, flush, close;
    std::atomic<int> *gone = nullptr;
    reseau_id loop = 0;

    /* The library's, until it destroys it. */
    static int Add(reseau_id connection, Sample *sample) {
        struct reseau_hook hook = reseau_hook_default();
        hook.state = sample;
        hook.read = sample->read ? &Read : nullptr;
        hook.write = sample->write ? &Write : nullptr;
        hook.flush = sample->flush ? &Flush : nullptr;
        hook.close = sample->close ? &Close : nullptr;
        hook.destroy = [](void *state) {
            Sample *self = static_cast<Sample *>(state);
            std::atomic<int> *gone = self->gone;
            delete self;
            if (gone != nullptr) {
                ++*gone;
            }
        };
        return reseau_add_hook(connection, &hook);
    }

  private:
    static int Run(Function &function, reseau_id id, struct reseau_hook_bytes *bytes) {
        EXPECT_EQ(reseau_loop_of(id), reseau_loop_current());
        EXPECT_GE(bytes->output_room, 16384u);
        EXPECT_EQ(bytes->input == nullptr, bytes->input_length == 0);
        return function(id, *bytes);
    }
    static int Read(reseau_id id, struct reseau_hook_bytes *bytes, void *state) {
        return Run(static_cast<Sample *>(state)->read, id, bytes);
    }
    static int Write(reseau_id id, struct reseau_hook_bytes *bytes, void *state) {
        return Run(static_cast<Sample *>(state)->write, id, bytes);
    }
    static int Flush(reseau_id id, struct reseau_hook_bytes *bytes, void *state) {
        return Run(static_cast<Sample *>(state)->flush, id, bytes);
    }
    static int Close(reseau_id id, struct reseau_hook_bytes *bytes, void *state) {
        return Run(static_cast<Sample *>(state)->close, id, bytes);
    }
};

/* Turns each byte into another, as long as there is room. */
inline int MapBytes(struct reseau_hook_bytes &bytes, const std::function<unsigned char(unsigned char)> &map) {
    size_t length = std::min(bytes.input_length, bytes.output_room);
    for (size_t i = 0; i < length; ++i) {
        bytes.output[i] = map(bytes.input[i]);
    }
    bytes.consumed = bytes.produced = length;
    return length < bytes.input_length ? RESEAU_HOOK_MORE : RESEAU_HOOK_DONE;
}

inline Sample *NewMask(unsigned char mask) {
    Sample *sample = new Sample;
    sample->read = sample->write = [mask](reseau_id, struct reseau_hook_bytes &bytes) {
        return MapBytes(bytes, [mask](unsigned char c) { return (unsigned char)(c ^ mask); });
    };
    return sample;
}

/* Messages of two bytes of length and the content, at most `largest` bytes of it; length 0 is the end. */
inline Sample *NewFrames(size_t largest = 10000) {
    Sample *sample = new Sample;
    sample->read = [](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        while (bytes.input_length - bytes.consumed >= 2) {
            const unsigned char *at = bytes.input + bytes.consumed;
            size_t length = (size_t)(at[0] << 8) + at[1];
            if (length == 0) {
                bytes.consumed += 2;
                return RESEAU_HOOK_END;
            }
            if (bytes.input_length - bytes.consumed < length + 2) {
                break;
            }
            if (bytes.output_room - bytes.produced < length) {
                return RESEAU_HOOK_MORE;
            }
            memcpy(bytes.output + bytes.produced, at + 2, length);
            bytes.produced += length;
            bytes.consumed += length + 2;
        }
        return bytes.is_last ? -77 : RESEAU_HOOK_DONE;
    };
    sample->write = [largest](reseau_id, struct reseau_hook_bytes &bytes) -> int {
        while (bytes.consumed < bytes.input_length) {
            size_t length = std::min(largest, bytes.input_length - bytes.consumed);
            if (bytes.output_room - bytes.produced < length + 2) {
                return RESEAU_HOOK_MORE;
            }
            bytes.output[bytes.produced++] = (unsigned char)(length >> 8);
            bytes.output[bytes.produced++] = (unsigned char)length;
            memcpy(bytes.output + bytes.produced, bytes.input + bytes.consumed, length);
            bytes.produced += length;
            bytes.consumed += length;
        }
        return RESEAU_HOOK_DONE;
    };
    sample->close = [](reseau_id, struct reseau_hook_bytes &bytes) {
        memset(bytes.output, 0, 2);
        bytes.produced = 2;
        return (int)RESEAU_HOOK_DONE;
    };
    return sample;
}

#endif /* RESEAU_TESTS_HOOK_SAMPLES_H */
