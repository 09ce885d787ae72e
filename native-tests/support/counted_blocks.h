/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_COUNTED_BLOCKS_H
#define RESEAU_TESTS_COUNTED_BLOCKS_H

/*
 * The blocks of the C heap that the library itself has: calls of malloc() and free() that come from its code, counted
 * by functions of the test program with these names. So the program has to export them (ENABLE_EXPORTS), and includes
 * this in one file. What the C library keeps for threads and the test for itself is not in it, which bytes of
 * mallinfo() are.
 */
#if defined(__linux__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#    if defined(__has_feature)
#        if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
#            define RESEAU_TEST_COUNTS_BLOCKS 1
#        endif
#    else
#        define RESEAU_TEST_COUNTS_BLOCKS 1
#    endif
#endif

#if defined(RESEAU_TEST_COUNTS_BLOCKS)

#    include <reseau/usocket.h>

#    include <dlfcn.h>
#    include <link.h>

#    include <atomic>
#    include <cstdint>
#    include <cstdlib>

namespace counted_blocks {

inline std::atomic<uintptr_t> first{0}, end{0};
inline std::atomic<long> blocks{0};

inline int find_library(struct dl_phdr_info *info, size_t, void *inside) {
    uintptr_t lowest = UINTPTR_MAX, highest = 0;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        if (info->dlpi_phdr[i].p_type == PT_LOAD) {
            uintptr_t begin = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
            lowest = begin < lowest ? begin : lowest;
            highest = begin + info->dlpi_phdr[i].p_memsz > highest ? begin + info->dlpi_phdr[i].p_memsz : highest;
        }
    }
    if ((uintptr_t)inside < lowest || (uintptr_t)inside >= highest) {
        return 0;
    }
    end = highest;
    first = lowest;
    return 1;
}

__attribute__((constructor)) inline void begin() {
    dl_iterate_phdr(find_library, dlsym(RTLD_DEFAULT, "reseau_usocket"));
}

inline void count(void *caller, long change) {
    uintptr_t address = (uintptr_t)caller;
    if (address >= first.load(std::memory_order_relaxed) && address < end.load(std::memory_order_relaxed)) {
        blocks.fetch_add(change, std::memory_order_relaxed);
    }
}

template <class Function> Function next(std::atomic<Function> &real, const char *name) {
    Function function = real.load(std::memory_order_relaxed);
    if (function == nullptr) {
        function = (Function)dlsym(RTLD_NEXT, name);
        real.store(function, std::memory_order_relaxed);
    }
    return function;
}

} // namespace counted_blocks

extern "C" void *malloc(size_t size) noexcept {
    static std::atomic<void *(*)(size_t)> real{nullptr};
    void *block = counted_blocks::next(real, "malloc")(size);
    counted_blocks::count(__builtin_return_address(0), block != nullptr);
    return block;
}

extern "C" void free(void *block) noexcept {
    static std::atomic<void (*)(void *)> real{nullptr};
    counted_blocks::count(__builtin_return_address(0), block != nullptr ? -1 : 0);
    counted_blocks::next(real, "free")(block);
}

/* How many there are. */
static inline long library_blocks() {
    return counted_blocks::blocks.load();
}

#endif

#endif /* RESEAU_TESTS_COUNTED_BLOCKS_H */
