/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_COMPAT_SOCK_H
#define RESEAU_COMPAT_SOCK_H

/* The name that facil.io's own header has. */

#include <reseau/compat/libsock.h>

#endif /* RESEAU_COMPAT_SOCK_H */
