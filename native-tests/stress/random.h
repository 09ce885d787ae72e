/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_RANDOM_H
#define RESEAU_STRESS_RANDOM_H

#include <cstdint>

/* Splitmix64: the same seed gives the same choices on every machine. */
class Random {
  public:
    explicit Random(uint64_t seed) : state_(seed) {
    }

    uint64_t Next() {
        state_ += 0x9E3779B97F4A7C15u;
        uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        return mixed ^ (mixed >> 31);
    }

    uint64_t Below(uint64_t limit) {
        return limit == 0 ? 0 : Next() % limit;
    }

    bool Chance(unsigned percent) {
        return Below(100) < percent;
    }

    /* Mostly small, now and then up to the limit. */
    uint64_t Size(uint64_t limit) {
        return Below(1 + (limit >> Below(16)));
    }

  private:
    uint64_t state_;
};

#endif /* RESEAU_STRESS_RANDOM_H */
