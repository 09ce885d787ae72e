/* SPDX-License-Identifier: Apache-2.0 */

/* OpenSSL's memory, which the injector can refuse it. */
#include "faults/injector.h"

#include <openssl/crypto.h>

#include <cstdlib>

namespace {

thread_local int safe_depth = 0;

bool IsRefused() {
    int error = 0;
    return safe_depth == 0 && FaultStrikes(Call::kCryptoMemory, nullptr, &error);
}

void *Acquire(size_t size, const char *, int) {
    return IsRefused() ? nullptr : malloc(size);
}

void *Resize(void *block, size_t size, const char *, int) {
    return size != 0 && IsRefused() ? nullptr : realloc(block, size);
}

void Release(void *block, const char *, int) {
    free(block);
}

/* Only before OpenSSL has acquired anything. */
const int is_set = CRYPTO_set_mem_functions(Acquire, Resize, Release);

} // namespace

CryptoMemoryIsSafe::CryptoMemoryIsSafe() {
    ++safe_depth;
}

CryptoMemoryIsSafe::~CryptoMemoryIsSafe() {
    --safe_depth;
}

bool CryptoMemoryIsWatched() {
    return is_set == 1;
}
