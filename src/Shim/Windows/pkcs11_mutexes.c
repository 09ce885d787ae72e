/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes for PKCS#11 libraries that do not bring their own. In C, because such a library may use them until the very
 * end of the process. Return values are those of the standard: CKR_OK, CKR_HOST_MEMORY, CKR_MUTEX_BAD. */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <stdlib.h>

enum { RESULT_OK = 0x00, RESULT_HOST_MEMORY = 0x02, RESULT_MUTEX_BAD = 0x1A0 };

static unsigned long s_create(void **mutex) {
    if (mutex == NULL)
        return RESULT_MUTEX_BAD;
    SRWLOCK *lock = malloc(sizeof(*lock));
    *mutex = lock;
    if (lock == NULL)
        return RESULT_HOST_MEMORY;
    InitializeSRWLock(lock);
    return RESULT_OK;
}

static unsigned long s_destroy(void *mutex) {
    if (mutex == NULL)
        return RESULT_MUTEX_BAD;
    free(mutex);
    return RESULT_OK;
}

static unsigned long s_lock(void *mutex) {
    if (mutex == NULL)
        return RESULT_MUTEX_BAD;
    AcquireSRWLockExclusive(mutex);
    return RESULT_OK;
}

static unsigned long s_unlock(void *mutex) {
    if (mutex == NULL)
        return RESULT_MUTEX_BAD;
    ReleaseSRWLockExclusive(mutex);
    return RESULT_OK;
}

/* The first four fields of CK_C_INITIALIZE_ARGS. */
struct reseau_pkcs11_mutexes {
    unsigned long (*create)(void **mutex);
    unsigned long (*destroy)(void *mutex);
    unsigned long (*lock)(void *mutex);
    unsigned long (*unlock)(void *mutex);
};

void reseau_pkcs11_mutexes(struct reseau_pkcs11_mutexes *mutexes);

void reseau_pkcs11_mutexes(struct reseau_pkcs11_mutexes *mutexes) {
    struct reseau_pkcs11_mutexes all = {s_create, s_destroy, s_lock, s_unlock};
    *mutexes = all;
}
