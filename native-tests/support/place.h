/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PLACE_H
#define RESEAU_TESTS_PLACE_H

#include "support/portable.h"

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
            pages_free(pages, 2 * page_size());
        }
    }

    char *operator()(const char *text) {
        void *pages = pages_new(2 * page_size());
        if (pages == nullptr) {
            abort();
        }
        pages_.push_back(pages);
        char *end = static_cast<char *>(pages) + page_size();
        pages_forbid(end, page_size());
        size_t size = strlen(text) + 1;
        return static_cast<char *>(memcpy(end - size, text, size));
    }

  private:
    std::vector<void *> pages_;
};

#endif /* RESEAU_TESTS_PLACE_H */
