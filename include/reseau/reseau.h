/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_RESEAU_H
#define RESEAU_RESEAU_H

/*
 * The whole surface: connections, hooks, TLS, datagrams, files, names, loops, timers, completions, and seeing inside.
 * base.h says what holds for all of it. Not included here: usocket.h and transport.h, the calls of POSIX sockets over
 * transports of any kind; simulation.h, networks in memory for tests; and compat/libsock.h, the functions of facil.io's
 * libsock.
 *
 * On Windows file.h, completion.h, usocket.h and transport.h have no functions; what else cannot be done there answers
 * RESEAU_ERROR_UNSUPPORTED.
 */

#include <reseau/base.h>
#include <reseau/completion.h>
#include <reseau/connection.h>
#include <reseau/datagram.h>
#include <reseau/file.h>
#include <reseau/hooks.h>
#include <reseau/inspect.h>
#include <reseau/loop.h>
#include <reseau/net.h>
#include <reseau/tls.h>

#endif /* RESEAU_RESEAU_H */
