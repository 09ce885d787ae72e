/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys of which only the public half is here: a provider for OpenSSL 3 that asks for every operation with the
 * private half and waits on the stack of the handshake. It lives in a library context of its own, so that nothing but
 * keys that were made with it ever gets here. What is declared below are OpenSSL's documented binary interfaces:
 * provider-base(7), provider-keymgmt(7), provider-signature(7), provider-asym_cipher(7), OSSL_PARAM(3). */
#include "handshake_stack.h"
#include "system.h"

#include <stdlib.h>
#include <string.h>

typedef void (*any_function)(void);

struct dispatch {
    int id;
    any_function function;
};

struct algorithm {
    const char *names;
    const char *properties;
    const struct dispatch *functions;
    const char *description;
};

struct param {
    const char *key;
    unsigned type;
    void *data;
    size_t size;
    size_t returned;
};

enum { PARAM_INTEGER = 1, PARAM_UNSIGNED = 2, PARAM_TEXT = 4 };
enum { OPERATION_KEYS = 10, OPERATION_SIGNATURE = 12, OPERATION_CIPHER = 13 };
enum { SELECT_PRIVATE = 0x01, SELECT_PUBLIC = 0x86, SELECT_PAIR = 0x87 };
enum { PADDING_NONE = 0, PADDING_PKCS1 = 1, PADDING_PSS = 6, PADDING_TLS = 7 };
enum { DIGEST_MOST = 64, SECRET_SIZE = 48 };

typedef int(param_callback)(const struct param *params, void *argument);

#define OPENSSL_FUNCTIONS(X)                                                                                           \
    X(void *, OSSL_LIB_CTX_new, (void))                                                                                \
    X(int, OSSL_PROVIDER_add_builtin, (void *library, const char *name, any_function initialise))                      \
    X(void *, OSSL_PROVIDER_load, (void *library, const char *name))                                                   \
    X(void, OSSL_PARAM_free, (struct param * params))                                                                  \
    X(void *, EVP_PKEY_CTX_new_from_name, (void *library, const char *name, const char *properties))                   \
    X(void, EVP_PKEY_CTX_free, (void *context))                                                                        \
    X(int, EVP_PKEY_fromdata_init, (void *context))                                                                    \
    X(int, EVP_PKEY_fromdata, (void *context, void **key, int selection, struct param *params))                        \
    X(int, EVP_PKEY_todata, (const void *key, int selection, struct param **params))                                   \
    X(int, EVP_PKEY_export, (const void *key, int selection, param_callback *callback, void *argument))                \
    X(int, EVP_PKEY_get_params, (const void *key, struct param *params))                                               \
    X(const struct param *, EVP_PKEY_gettable_params, (const void *key))                                               \
    X(int, EVP_PKEY_get_size, (const void *key))                                                                       \
    X(int, EVP_PKEY_eq, (const void *a, const void *b))                                                                \
    X(void, EVP_PKEY_free, (void *key))                                                                                \
    X(void *, EVP_MD_fetch, (void *library, const char *name, const char *properties))                                 \
    X(int, EVP_MD_get_type, (const void *digest))                                                                      \
    X(void, EVP_MD_free, (void *digest))                                                                               \
    X(void *, EVP_MD_CTX_new, (void))                                                                                  \
    X(void, EVP_MD_CTX_free, (void *context))                                                                          \
    X(int, EVP_DigestInit_ex, (void *context, const void *digest, void *engine))                                       \
    X(int, EVP_DigestUpdate, (void *context, const void *data, size_t length))                                         \
    X(int, EVP_DigestFinal_ex, (void *context, unsigned char *out, unsigned *length))                                  \
    X(int, RAND_bytes, (unsigned char *out, int length))

#define DECLARE(result, name, parameters) static result(*p_##name) parameters;
OPENSSL_FUNCTIONS(DECLARE)
#undef DECLARE

/* Keys. */

struct key {
    const char *type;
    void *public_key;
};

static struct key *s_key_new(const char *type) {
    struct key *key = calloc(1, sizeof(struct key));
    if (key != NULL)
        key->type = type;
    return key;
}

static void *s_rsa_new(void *provider) {
    (void)provider;
    return s_key_new("RSA");
}

static void *s_pss_new(void *provider) {
    (void)provider;
    return s_key_new("RSA-PSS");
}

static void *s_ec_new(void *provider) {
    (void)provider;
    return s_key_new("EC");
}

static void s_key_free(void *data) {
    struct key *key = data;
    if (key == NULL)
        return;
    p_EVP_PKEY_free(key->public_key);
    free(key);
}

static int s_key_has(const void *data, int selection) {
    (void)selection;
    return data != NULL;
}

static int s_key_match(const void *a, const void *b, int selection) {
    (void)selection;
    const struct key *first = a;
    const struct key *second = b;
    return p_EVP_PKEY_eq(first->public_key, second->public_key) == 1;
}

static int s_key_import(void *data, int selection, const struct param *params) {
    struct key *key = data;
    if ((selection & SELECT_PAIR) == 0 || key->public_key != NULL)
        return 0;

    void *context = p_EVP_PKEY_CTX_new_from_name(NULL, key->type, NULL);
    int is_made = context != NULL && p_EVP_PKEY_fromdata_init(context) == 1 &&
                  p_EVP_PKEY_fromdata(context, &key->public_key, SELECT_PUBLIC, (struct param *)params) == 1;
    p_EVP_PKEY_CTX_free(context);
    return is_made;
}

static int s_key_export(void *data, int selection, param_callback *callback, void *argument) {
    struct key *key = data;
    return (selection & SELECT_PRIVATE) == 0 && p_EVP_PKEY_export(key->public_key, selection, callback, argument) == 1;
}

/* Only asked by who builds parameters by name, which nobody does here. */
static const struct param *s_key_types(int selection) {
    static const struct param none[1];
    (void)selection;
    return none;
}

static int s_key_get(void *data, struct param *params) {
    struct key *key = data;
    return p_EVP_PKEY_get_params(key->public_key, params);
}

static const struct param *s_key_gettable(void *provider) {
    static const struct param all[] = {
        {"bits", PARAM_INTEGER, NULL, 0, 0},
        {"security-bits", PARAM_INTEGER, NULL, 0, 0},
        {"max-size", PARAM_INTEGER, NULL, 0, 0},
        {"group", PARAM_TEXT, NULL, 0, 0},
        {NULL, 0, NULL, 0, 0},
    };
    (void)provider;
    return all;
}

/* Names that no other provider has, so that OpenSSL comes back here for them. */
static const char *s_rsa_operation(int operation) {
    return operation == OPERATION_CIPHER ? "RESEAU-RSA-DECRYPT" : "RESEAU-RSA";
}

static const char *s_ec_operation(int operation) {
    (void)operation;
    return "RESEAU-EC";
}

#define FUNCTION(id, function)                                                                                         \
    { id, (any_function)function }

#define KEY_FUNCTIONS(constructor, operation_name)                                                                     \
    FUNCTION(1, constructor), FUNCTION(10, s_key_free), FUNCTION(11, s_key_get), FUNCTION(12, s_key_gettable),         \
        FUNCTION(20, operation_name), FUNCTION(21, s_key_has), FUNCTION(23, s_key_match), FUNCTION(40, s_key_import),  \
        FUNCTION(41, s_key_types), FUNCTION(42, s_key_export), FUNCTION(43, s_key_types), FUNCTION(0, NULL)

static const struct dispatch s_rsa_keys[] = {KEY_FUNCTIONS(s_rsa_new, s_rsa_operation)};
static const struct dispatch s_pss_keys[] = {KEY_FUNCTIONS(s_pss_new, s_rsa_operation)};
static const struct dispatch s_ec_keys[] = {KEY_FUNCTIONS(s_ec_new, s_ec_operation)};

/* Operations. */

struct operation {
    struct key *key;
    void *digest_context;
    int digest;
    int padding;
    unsigned version;
};

static void *s_operation_new(void *provider) {
    (void)provider;
    return calloc(1, sizeof(struct operation));
}

static void *s_signature_new(void *provider, const char *properties) {
    (void)properties;
    return s_operation_new(provider);
}

static void s_operation_free(void *data) {
    struct operation *operation = data;
    if (operation == NULL)
        return;
    p_EVP_MD_CTX_free(operation->digest_context);
    free(operation);
}

static bool s_is_rsa(const struct operation *operation) {
    return strcmp(operation->key->type, "EC") != 0;
}

static int s_set_padding(struct operation *operation, const struct param *param) {
    if (param->type == PARAM_INTEGER && param->size == sizeof(int))
        operation->padding = *(const int *)param->data;
    else if (param->type == PARAM_TEXT && strcmp(param->data, "pkcs1") == 0)
        operation->padding = PADDING_PKCS1;
    else if (param->type == PARAM_TEXT && strcmp(param->data, "pss") == 0)
        operation->padding = PADDING_PSS;
    else
        return 0;
    return 1;
}

/* The length of a salt needs no look: in TLS it is that of the digest. */
static int s_operation_set(void *data, const struct param *params) {
    struct operation *operation = data;
    for (; params != NULL && params->key != NULL; params++) {
        if (strcmp(params->key, "pad-mode") == 0 && !s_set_padding(operation, params))
            return 0;
        if (strcmp(params->key, "tls-client-version") == 0 && params->size == sizeof(unsigned))
            operation->version = *(const unsigned *)params->data;
    }
    return 1;
}

static const struct param *s_operation_settable(void *data, void *provider) {
    static const struct param all[] = {
        {"pad-mode", PARAM_TEXT, NULL, 0, 0},
        {"saltlen", PARAM_TEXT, NULL, 0, 0},
        {"tls-client-version", PARAM_UNSIGNED, NULL, 0, 0},
        {"tls-negotiated-version", PARAM_UNSIGNED, NULL, 0, 0},
        {NULL, 0, NULL, 0, 0},
    };
    (void)data;
    (void)provider;
    return all;
}

static int s_sign_init(void *data, const char *digest_name, void *key, const struct param *params) {
    struct operation *operation = data;
    if (key != NULL)
        operation->key = key;
    if (operation->key == NULL || digest_name == NULL)
        return 0;

    operation->padding = s_is_rsa(operation) ? PADDING_PKCS1 : PADDING_NONE;
    if (strcmp(operation->key->type, "RSA-PSS") == 0)
        operation->padding = PADDING_PSS;
    if (operation->digest_context == NULL)
        operation->digest_context = p_EVP_MD_CTX_new();
    void *digest = p_EVP_MD_fetch(NULL, digest_name, NULL);
    int is_ready = operation->digest_context != NULL && digest != NULL &&
                   p_EVP_DigestInit_ex(operation->digest_context, digest, NULL) == 1;
    if (is_ready)
        operation->digest = p_EVP_MD_get_type(digest);
    if (digest != NULL)
        p_EVP_MD_free(digest);
    return is_ready && s_operation_set(operation, params);
}

static int s_sign_update(void *data, const unsigned char *bytes, size_t length) {
    struct operation *operation = data;
    return p_EVP_DigestUpdate(operation->digest_context, bytes, length);
}

static int s_sign_final(void *data, unsigned char *signature, size_t *length, size_t size) {
    struct operation *operation = data;
    if (signature == NULL) {
        *length = (size_t)p_EVP_PKEY_get_size(operation->key->public_key);
        return 1;
    }

    unsigned char digest[DIGEST_MOST];
    unsigned digest_length = 0;
    if (p_EVP_DigestFinal_ex(operation->digest_context, digest, &digest_length) != 1)
        return 0;

    struct reseau_key_request request = {
        .operation = RESEAU_KEY_SIGN,
        .padding = operation->padding,
        .digest = operation->digest,
        .input = digest,
        .input_length = digest_length,
    };
    return reseau_wait_for_key(&request, signature, size, length);
}

static int
s_sign(void *data, unsigned char *signature, size_t *length, size_t size, const unsigned char *bytes, size_t count) {
    if (signature != NULL && s_sign_update(data, bytes, count) != 1)
        return 0;
    return s_sign_final(data, signature, length, size);
}

static const struct dispatch s_signature[] = {
    FUNCTION(1, s_signature_new),
    FUNCTION(8, s_sign_init),
    FUNCTION(9, s_sign_update),
    FUNCTION(10, s_sign_final),
    FUNCTION(11, s_sign),
    FUNCTION(16, s_operation_free),
    FUNCTION(20, s_operation_set),
    FUNCTION(21, s_operation_settable),
    FUNCTION(0, NULL),
};

static int s_decrypt_init(void *data, void *key, const struct param *params) {
    struct operation *operation = data;
    operation->key = key;
    return key != NULL && s_operation_set(operation, params);
}

/* All ones if `a` equals `b`, else 0; in the same time either way, as with everything that depends on the secret. */
static unsigned s_mask_equal(unsigned a, unsigned b) {
    unsigned difference = a ^ b;
    return (unsigned)0 - (1u & ~((difference | (0u - difference)) >> 31));
}

/* The secret of the RSA key exchange. If it cannot be had, or is not one, the handshake goes on with a random one and
 * fails later, so that the peer learns nothing of why (RFC 5246, section 7.4.7.1). */
static int s_decrypt(
    void *data, unsigned char *output, size_t *length, size_t size, const unsigned char *input, size_t input_length) {
    struct operation *operation = data;
    *length = SECRET_SIZE;
    if (operation->padding != PADDING_TLS)
        return 0;
    if (output == NULL)
        return 1;

    unsigned char random[SECRET_SIZE];
    unsigned char secret[2048] = {0};
    size_t secret_length = 0;
    if (size < SECRET_SIZE || p_RAND_bytes(random, SECRET_SIZE) != 1)
        return 0;

    struct reseau_key_request request = {
        .operation = RESEAU_KEY_DECRYPT,
        .padding = PADDING_PKCS1,
        .input = input,
        .input_length = input_length,
    };
    unsigned mask = 0u - (unsigned)reseau_wait_for_key(&request, secret, sizeof(secret), &secret_length);
    mask &= s_mask_equal((unsigned)secret_length, SECRET_SIZE);
    mask &= s_mask_equal(secret[0], (operation->version >> 8) & 0xFF);
    mask &= s_mask_equal(secret[1], operation->version & 0xFF);
    for (size_t i = 0; i < SECRET_SIZE; i++)
        output[i] = (unsigned char)((secret[i] & mask) | (random[i] & ~mask));
    reseau_wipe(secret, sizeof(secret));
    reseau_wipe(random, sizeof(random));
    return 1;
}

static const struct dispatch s_cipher[] = {
    FUNCTION(1, s_operation_new),
    FUNCTION(4, s_decrypt_init),
    FUNCTION(5, s_decrypt),
    FUNCTION(6, s_operation_free),
    FUNCTION(10, s_operation_set),
    FUNCTION(11, s_operation_settable),
    FUNCTION(0, NULL),
};

/* The provider. */

static const struct algorithm s_all_keys[] = {
    {"RSA:rsaEncryption:1.2.840.113549.1.1.1", "provider=reseau", s_rsa_keys, NULL},
    {"RSA-PSS:RSASSA-PSS:1.2.840.113549.1.1.10", "provider=reseau", s_pss_keys, NULL},
    {"EC:id-ecPublicKey:1.2.840.10045.2.1", "provider=reseau", s_ec_keys, NULL},
    {NULL, NULL, NULL, NULL},
};

static const struct algorithm s_all_signatures[] = {
    {"RESEAU-RSA", "provider=reseau", s_signature, NULL},
    {"RESEAU-EC", "provider=reseau", s_signature, NULL},
    {NULL, NULL, NULL, NULL},
};

static const struct algorithm s_all_ciphers[] = {
    {"RESEAU-RSA-DECRYPT", "provider=reseau", s_cipher, NULL},
    {NULL, NULL, NULL, NULL},
};

static const struct algorithm *s_query(void *provider, int operation, int *no_cache) {
    (void)provider;
    *no_cache = 0;
    switch (operation) {
    case OPERATION_KEYS:
        return s_all_keys;
    case OPERATION_SIGNATURE:
        return s_all_signatures;
    case OPERATION_CIPHER:
        return s_all_ciphers;
    default:
        return NULL;
    }
}

static int
s_initialise(const void *handle, const struct dispatch *from_core, const struct dispatch **functions, void **provider) {
    static const struct dispatch all[] = {FUNCTION(1027, s_query), FUNCTION(0, NULL)};
    (void)from_core;
    *functions = all;
    *provider = (void *)handle;
    return 1;
}

/* For managed code. */

static void *s_library;

/** Once, with the handle of libcrypto; false if it lacks something. */
bool reseau_openssl_keys_load(void *libcrypto);

bool reseau_openssl_keys_load(void *libcrypto) {
#define FIND(result, name, parameters)                                                                                 \
    p_##name = (result(*) parameters)reseau_find_symbol(libcrypto, #name);                                             \
    if (p_##name == NULL)                                                                                              \
        return false;
    OPENSSL_FUNCTIONS(FIND)
#undef FIND

    void *library = p_OSSL_LIB_CTX_new();
    if (library == NULL || p_OSSL_PROVIDER_add_builtin(library, "reseau", (any_function)s_initialise) != 1 ||
        p_OSSL_PROVIDER_load(library, "reseau") == NULL)
        return false;
    s_library = library;
    return true;
}

/** An EVP_PKEY for the private half of this public key; NULL if it is none of the types above. */
void *reseau_openssl_key_new(const void *public_key, const char *type);

void *reseau_openssl_key_new(const void *public_key, const char *type) {
    void *key = NULL;
    struct param *params = NULL;
    void *context = p_EVP_PKEY_CTX_new_from_name(s_library, type, NULL);
    if (context != NULL && p_EVP_PKEY_todata(public_key, SELECT_PUBLIC, &params) == 1 &&
        p_EVP_PKEY_fromdata_init(context) == 1)
        p_EVP_PKEY_fromdata(context, &key, SELECT_PAIR, params);
    p_OSSL_PARAM_free(params);
    p_EVP_PKEY_CTX_free(context);
    return key;
}
