/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PLACE_H
#define RESEAU_TESTS_PLACE_H

#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <vector>

/* Copies texts to the ends of pages. */
class Place {
  public:
    Place() = default;
    Place(const Place &) = delete;
    Place &operator=(const Place &) = delete;

    ~Place() {
        for (void *pages : pages_) {
            munmap(pages, 2 * PageSize());
        }
    }

    char *operator()(const char *text) {
        void *pages = mmap(nullptr, 2 * PageSize(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        pages_.push_back(pages);
        char *end = static_cast<char *>(pages) + PageSize();
        if (pages == MAP_FAILED || mprotect(end, PageSize(), PROT_NONE) != 0) {
            abort();
        }
        size_t size = strlen(text) + 1;
        return static_cast<char *>(memcpy(end - size, text, size));
    }

  private:
    static size_t PageSize() {
        return (size_t)sysconf(_SC_PAGESIZE);
    }

    std::vector<void *> pages_;
};

#endif /* RESEAU_TESTS_PLACE_H */
