/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_GUARDED_ALLOCATOR_H
#define RESEAU_TESTS_GUARDED_ALLOCATOR_H

#include <aws/common/allocator.h>

#include "support/portable.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>

/*
 * Memory whose wrong use is a segmentation fault at the instruction that does it, whatever compiler made it: each block
 * ends at a page that cannot be touched, and a released block cannot be touched any more. Slow, and hungry for address
 * space, so only on demand: RESEAU_TEST_ALLOCATOR=guarded in the environment.
 */
class GuardedAllocator {
  public:
    /* The guarded one if the environment asks for it, else the default. */
    static struct aws_allocator *Chosen() {
        const char *choice = getenv("RESEAU_TEST_ALLOCATOR");
        return choice != nullptr && strcmp(choice, "guarded") == 0 ? Get() : aws_default_allocator();
    }

    static struct aws_allocator *Get() {
        static struct aws_allocator allocator = {Acquire, Release, nullptr, nullptr, nullptr};
        return &allocator;
    }

  private:
    struct Header {
        char *pages;
        size_t size;
    };

    static size_t PageSize() {
        static const size_t size = page_size();
        return size;
    }

    static void *Acquire(struct aws_allocator *, size_t size) {
        size_t rounded = (size + 15) & ~(size_t)15;
        size_t usable = (rounded + sizeof(Header) + PageSize() - 1) & ~(PageSize() - 1);
        void *pages = pages_new(usable + PageSize());
        if (pages == nullptr) {
            abort();
        }
        char *end = static_cast<char *>(pages) + usable;
        pages_forbid(end, PageSize());
        char *block = end - rounded;
        Header header = {static_cast<char *>(pages), usable};
        memcpy(block - sizeof(Header), &header, sizeof(header));
        memset(block, 0xA5, size);
        return block;
    }

    /* The address is never given out again: the pages stay mapped, without memory behind them. */
    static void Release(struct aws_allocator *, void *block) {
        if (block == nullptr) {
            return;
        }
        Header header;
        memcpy(&header, static_cast<char *>(block) - sizeof(Header), sizeof(header));
        pages_drop(header.pages, header.size);
    }
};

#endif /* RESEAU_TESTS_GUARDED_ALLOCATOR_H */
