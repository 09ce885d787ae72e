/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PRECOMPILED_H
#define RESEAU_TESTS_PRECOMPILED_H

/* What most tests include, compiled once for all of them. Each test still includes what it uses: they must compile with
 * -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON too. */
#include "support/synchronisation.h"
#include "support/traced_test.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#endif /* RESEAU_TESTS_PRECOMPILED_H */
