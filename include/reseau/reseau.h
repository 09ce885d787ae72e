/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_RESEAU_H
#define RESEAU_RESEAU_H

/*
 * The whole surface: connections, hooks, TLS, datagrams, files, names, loops, timers, completions, and seeing inside.
 * base.h says what holds for all of it.
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
