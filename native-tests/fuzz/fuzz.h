/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_FUZZ_H
#define RESEAU_FUZZ_H

/*
 * What the fuzz targets share. The library itself is compiled ahead of time and cannot be instrumented, so a target
 * reports to the fuzzer by Saw() what it has seen; an input that shows something new is kept.
 */

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#if defined(RESEAU_FUZZER)
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t s_seen[1 << 14];

inline void Saw(size_t what, size_t how_much = 1) {
    s_seen[(what * 2654435761u) % sizeof(s_seen)] = (uint8_t)(how_much > 255 ? 255 : how_much);
}
#else
inline void Saw(size_t, size_t = 1) {
}
#endif

/* What must hold for every input; the fuzzer keeps the input that breaks it. */
#define MUST(condition)                                                                                                \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);                              \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* Takes numbers and texts off the front of an input. */
class Input {
  public:
    Input(const uint8_t *data, size_t size) : data_(data), left_(size) {
    }

    bool Empty() const {
        return left_ == 0;
    }

    /* Zero at the end. */
    uint8_t Byte() {
        if (left_ == 0) {
            return 0;
        }
        --left_;
        return *data_++;
    }

    size_t Number() {
        size_t high = Byte();
        return high << 8 | Byte();
    }

    const uint8_t *Rest() const {
        return data_;
    }

    size_t Left() const {
        return left_;
    }

  private:
    const uint8_t *data_;
    size_t left_;
};

#endif /* RESEAU_FUZZ_H */
