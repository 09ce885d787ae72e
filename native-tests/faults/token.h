/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_FAULTS_TOKEN_H
#define RESEAU_TESTS_FAULTS_TOKEN_H

#include <cstddef>
#include <cstdint>
#include <string>

/*
 * A PKCS#11 library inside the test program: it exports C_GetFunctionList, which an aws_pkcs11_lib without a file name
 * finds. One slot, one token, and one key, which is server.key of the test's certificates. Its functions fail when the
 * injector says so.
 */

/* A signature with that key over a digest of SHA-2: by PKCS#1 if `is_pss` is false. "" if there is none. */
std::string SignWithTestKey(bool is_pss, const char *digest_name, const std::string &digest);

/* Whether the library has closed all sessions and has finalised. Forgets what was left. */
bool TokenIsLeftClean();

#endif /* RESEAU_TESTS_FAULTS_TOKEN_H */
