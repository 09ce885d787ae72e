/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_CERTIFICATE_H
#define RESEAU_BENCH_CERTIFICATE_H

/* What the server of a case with TLS shows, made for each run by the openssl command. */

#include "bench.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The name that the certificate is for. */
#define BENCH_HOST "localhost"

/** Texts in PEM. The certificate is self-signed: clients trust it and nothing else. */
struct bench_certificate {
    char certificate[4096];
    char key[4096];
};

/** Makes a key of the case's kind and a certificate for it; ends the program if that fails. */
void bench_certificate_new(const struct bench *bench, struct bench_certificate *made);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_BENCH_CERTIFICATE_H */
