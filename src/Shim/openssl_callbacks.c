/* SPDX-License-Identifier: Apache-2.0 */
/* What OpenSSL gets to call instead of managed functions. They are called on the stack of the thread, also while
 * OpenSSL runs on the stack of a handshake. */
#include "handshake_stack.h"

/* The same struct as in managed code: OpenSslCallbacks. Pointers to what OpenSSL declares are void here. */
struct reseau_openssl_callbacks {
    int (*bio_read)(void *bio, char *into, size_t size, size_t *read);
    int (*bio_write)(void *bio, const char *from, size_t size, size_t *written);
    long (*bio_control)(void *bio, int command, long number, void *argument);
    int (*protocols)(
        void *ssl,
        const unsigned char **selected,
        unsigned char *selected_length,
        const unsigned char *offered,
        unsigned offered_length,
        void *argument);
    int (*new_session)(void *ssl, void *session);
    void (*secret)(const void *ssl, const char *line);
    int (*status)(void *ssl, void *argument);
    int (*verify)(int is_good, void *store_context);
    int (*new_ticket)(void *ssl, void *argument);
    int (*ticket)(void *ssl, void *session, const unsigned char *key_name, size_t length, int status, void *argument);
    int (*subject_wanted)(void *lookup, int type, const void *subject, void *found);
    void (*lookup_freed)(void *lookup);
    int (*server_name)(void *ssl, int *alert, void *argument);
};

void reseau_openssl_callbacks(
    const struct reseau_openssl_callbacks *managed, struct reseau_openssl_callbacks *for_openssl);

static struct reseau_openssl_callbacks s_managed;

struct bio_data {
    void *bio;
    void *bytes;
    size_t size;
    size_t *done;
    int result;
};

static void s_call_bio_read(void *argument) {
    struct bio_data *data = argument;
    data->result = s_managed.bio_read(data->bio, data->bytes, data->size, data->done);
}

static int s_bio_read(void *bio, char *into, size_t size, size_t *read) {
    struct bio_data data = {bio, into, size, read, 0};
    reseau_on_thread_stack(s_call_bio_read, &data);
    return data.result;
}

static void s_call_bio_write(void *argument) {
    struct bio_data *data = argument;
    data->result = s_managed.bio_write(data->bio, data->bytes, data->size, data->done);
}

static int s_bio_write(void *bio, const char *from, size_t size, size_t *written) {
    struct bio_data data = {bio, (void *)from, size, written, 0};
    reseau_on_thread_stack(s_call_bio_write, &data);
    return data.result;
}

struct bio_control {
    void *bio;
    int command;
    long number;
    void *argument;
    long result;
};

static void s_call_bio_control(void *argument) {
    struct bio_control *data = argument;
    data->result = s_managed.bio_control(data->bio, data->command, data->number, data->argument);
}

static long s_bio_control(void *bio, int command, long number, void *argument) {
    struct bio_control data = {bio, command, number, argument, 0};
    reseau_on_thread_stack(s_call_bio_control, &data);
    return data.result;
}

struct protocols {
    void *ssl;
    const unsigned char **selected;
    unsigned char *selected_length;
    const unsigned char *offered;
    unsigned offered_length;
    void *argument;
    int result;
};

static void s_call_protocols(void *argument) {
    struct protocols *data = argument;
    data->result = s_managed.protocols(
        data->ssl, data->selected, data->selected_length, data->offered, data->offered_length, data->argument);
}

static int s_protocols(
    void *ssl,
    const unsigned char **selected,
    unsigned char *selected_length,
    const unsigned char *offered,
    unsigned offered_length,
    void *argument) {
    struct protocols data = {ssl, selected, selected_length, offered, offered_length, argument, 0};
    reseau_on_thread_stack(s_call_protocols, &data);
    return data.result;
}

/* The rest takes two arguments each. */
struct pair {
    const void *first;
    const void *second;
    int number;
};

static void s_call_new_session(void *argument) {
    struct pair *pair = argument;
    pair->number = s_managed.new_session((void *)pair->first, (void *)pair->second);
}

static int s_new_session(void *ssl, void *session) {
    struct pair pair = {ssl, session, 0};
    reseau_on_thread_stack(s_call_new_session, &pair);
    return pair.number;
}

static void s_call_secret(void *argument) {
    struct pair *pair = argument;
    s_managed.secret(pair->first, pair->second);
}

static void s_secret(const void *ssl, const char *line) {
    struct pair pair = {ssl, line, 0};
    reseau_on_thread_stack(s_call_secret, &pair);
}

static void s_call_status(void *argument) {
    struct pair *pair = argument;
    pair->number = s_managed.status((void *)pair->first, (void *)pair->second);
}

static int s_status(void *ssl, void *status_argument) {
    struct pair pair = {ssl, status_argument, 0};
    reseau_on_thread_stack(s_call_status, &pair);
    return pair.number;
}

static void s_call_verify(void *argument) {
    struct pair *pair = argument;
    pair->number = s_managed.verify(pair->number, (void *)pair->first);
}

static int s_verify(int is_good, void *store_context) {
    struct pair pair = {store_context, NULL, is_good};
    reseau_on_thread_stack(s_call_verify, &pair);
    return pair.number;
}

static void s_call_new_ticket(void *argument) {
    struct pair *pair = argument;
    pair->number = s_managed.new_ticket((void *)pair->first, (void *)pair->second);
}

static int s_new_ticket(void *ssl, void *ticket_argument) {
    struct pair pair = {ssl, ticket_argument, 0};
    reseau_on_thread_stack(s_call_new_ticket, &pair);
    return pair.number;
}

/* The name of the key in the ticket, and the argument, are of no use. */
static void s_call_ticket(void *argument) {
    struct pair *pair = argument;
    pair->number = s_managed.ticket((void *)pair->first, (void *)pair->second, NULL, 0, pair->number, NULL);
}

static int
s_ticket(void *ssl, void *session, const unsigned char *key_name, size_t length, int status, void *ticket_argument) {
    (void)key_name;
    (void)length;
    (void)ticket_argument;
    struct pair pair = {ssl, session, status};
    reseau_on_thread_stack(s_call_ticket, &pair);
    return pair.number;
}

struct subject {
    void *lookup;
    int type;
    const void *subject;
    void *found;
    int result;
};

static void s_call_subject_wanted(void *argument) {
    struct subject *data = argument;
    data->result = s_managed.subject_wanted(data->lookup, data->type, data->subject, data->found);
}

static int s_subject_wanted(void *lookup, int type, const void *subject, void *found) {
    struct subject data = {lookup, type, subject, found, 0};
    reseau_on_thread_stack(s_call_subject_wanted, &data);
    return data.result;
}

static void s_call_lookup_freed(void *argument) {
    s_managed.lookup_freed(argument);
}

static void s_lookup_freed(void *lookup) {
    reseau_on_thread_stack(s_call_lookup_freed, lookup);
}

static void s_call_server_name(void *argument) {
    struct pair *pair = argument;
    pair->number = s_managed.server_name((void *)pair->first, NULL, NULL);
}

/* The alert would be for a name that is refused, and none is. */
static int s_server_name(void *ssl, int *alert, void *name_argument) {
    (void)alert;
    (void)name_argument;
    struct pair pair = {ssl, NULL, 0};
    reseau_on_thread_stack(s_call_server_name, &pair);
    return pair.number;
}

void reseau_openssl_callbacks(
    const struct reseau_openssl_callbacks *managed, struct reseau_openssl_callbacks *for_openssl) {
    s_managed = *managed;
    *for_openssl = (struct reseau_openssl_callbacks){
        .bio_read = s_bio_read,
        .bio_write = s_bio_write,
        .bio_control = s_bio_control,
        .protocols = s_protocols,
        .new_session = s_new_session,
        .secret = s_secret,
        .status = s_status,
        .verify = s_verify,
        .new_ticket = s_new_ticket,
        .ticket = s_ticket,
        .subject_wanted = s_subject_wanted,
        .lookup_freed = s_lookup_freed,
        .server_name = s_server_name,
    };
}
