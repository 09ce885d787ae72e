/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes for PKCS#11 libraries that do not bring their own. In C, because such a library may use them until the very
 * end of the process. Return values are those of the standard: CKR_OK, CKR_HOST_MEMORY, CKR_MUTEX_BAD. */
#include <pthread.h>
#include <stdlib.h>

enum { RESULT_OK = 0x00, RESULT_HOST_MEMORY = 0x02, RESULT_MUTEX_BAD = 0x1A0 };

static unsigned long s_create(void **mutex) {
    if (mutex == NULL)
        return RESULT_MUTEX_BAD;
    *mutex = malloc(sizeof(pthread_mutex_t));
    if (*mutex == NULL || pthread_mutex_init(*mutex, NULL) != 0) {
        free(*mutex);
        *mutex = NULL;
        return RESULT_HOST_MEMORY;
    }
    return RESULT_OK;
}

static unsigned long s_destroy(void *mutex) {
    if (mutex == NULL)
        return RESULT_MUTEX_BAD;
    pthread_mutex_destroy(mutex);
    free(mutex);
    return RESULT_OK;
}

static unsigned long s_lock(void *mutex) {
    return mutex != NULL && pthread_mutex_lock(mutex) == 0 ? RESULT_OK : RESULT_MUTEX_BAD;
}

static unsigned long s_unlock(void *mutex) {
    return mutex != NULL && pthread_mutex_unlock(mutex) == 0 ? RESULT_OK : RESULT_MUTEX_BAD;
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
    *mutexes = (struct reseau_pkcs11_mutexes){s_create, s_destroy, s_lock, s_unlock};
}
