/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_URI_H
#define AWS_COMMON_URI_H

/* URIs: taking them apart, putting them together, percent-encoding. */

#include <aws/common/byte_buf.h>

AWS_PUSH_SANE_WARNING_LEVEL

struct aws_array_list;

/** A URI that owns its text. The cursors point into it; a part that is missing is empty. */
struct aws_uri {
    /** Size of this struct when the library was built. */
    size_t self_size;
    /** Owns `uri_str`; all cursors point into it. */
    struct aws_allocator *allocator;
    /** The whole text, as it was given. */
    struct aws_byte_buf uri_str;
    /** Without "://". */
    struct aws_byte_cursor scheme;
    /** User information, host and port. */
    struct aws_byte_cursor authority;
    /** What stands before the '@', whole and divided at the first ':'. */
    struct aws_byte_cursor userinfo;
    struct aws_byte_cursor user;
    struct aws_byte_cursor password;
    /** Without the brackets of an IPv6 address. */
    struct aws_byte_cursor host_name;
    /** 0 if there is none. */
    uint32_t port;
    /** With its leading '/'. */
    struct aws_byte_cursor path;
    /** Without the '?'. */
    struct aws_byte_cursor query_string;
    /** Everything after the authority. */
    struct aws_byte_cursor path_and_query;
};

/** A part of a query. "key" without '=' has an empty value. */
struct aws_uri_param {
    /** Not decoded. Points into the query string. */
    struct aws_byte_cursor key;
    /** Not decoded; empty without an '='. Points into the query string. */
    struct aws_byte_cursor value;
};

/** The parts of a URI to build. Set every field; empty or 0 leaves a part out. Nothing is encoded. */
struct aws_uri_builder_options {
    /** Without "://". */
    struct aws_byte_cursor scheme;
    /** With its leading '/'. */
    struct aws_byte_cursor path;
    struct aws_byte_cursor host_name;
    uint32_t port;
    /** List of struct aws_uri_param, or NULL. Not together with `query_string`. */
    struct aws_array_list *query_params;
    /** Without the '?'. Not together with `query_params`. */
    struct aws_byte_cursor query_string;
};

AWS_EXTERN_C_BEGIN

/**
 * Copies a text and takes it apart. On success the caller cleans the URI up.
 * Fails with AWS_ERROR_MALFORMED_INPUT_STRING and zeroes the URI if scheme, user information, host or port are not as
 * RFC 3986 has them, if a control character is anywhere, and if http, https, ws or wss have no host.
 * Without "://" the text begins with a host, or, after a '/', with a path. A fragment is in none of the parts.
 */
AWS_COMMON_API
int aws_uri_init_parse(struct aws_uri *uri, struct aws_allocator *allocator, const struct aws_byte_cursor *uri_str);

/**
 * Builds the text from its parts and takes it apart again. On success the caller cleans the URI up.
 * Fails with AWS_ERROR_INVALID_ARGUMENT if both kinds of query are set, or as aws_uri_init_parse() does, also if
 * the text does not come apart where it was put together (a path without its '/' behind a host, say); the URI is then
 * zeroed. Nothing is encoded.
 */
AWS_COMMON_API
int aws_uri_init_from_builder_options(
    struct aws_uri *uri, struct aws_allocator *allocator, struct aws_uri_builder_options *options);

/** Frees the text and zeroes the URI. A zeroed URI is left as it is. */
AWS_COMMON_API
void aws_uri_clean_up(struct aws_uri *uri);

/* The fields of the same names; valid as long as the URI is. */

AWS_COMMON_API
const struct aws_byte_cursor *aws_uri_scheme(const struct aws_uri *uri);
AWS_COMMON_API
const struct aws_byte_cursor *aws_uri_authority(const struct aws_uri *uri);
AWS_COMMON_API
const struct aws_byte_cursor *aws_uri_path(const struct aws_uri *uri);
AWS_COMMON_API
const struct aws_byte_cursor *aws_uri_query_string(const struct aws_uri *uri);
AWS_COMMON_API
const struct aws_byte_cursor *aws_uri_host_name(const struct aws_uri *uri);
AWS_COMMON_API
uint32_t aws_uri_port(const struct aws_uri *uri);
AWS_COMMON_API
const struct aws_byte_cursor *aws_uri_path_and_query(const struct aws_uri *uri);

/**
 * Goes to the next parameter of a query; false if there is none. Zero `param` to start, and leave it alone between
 * calls. The cursors point into the query and are not decoded. Empty parameters ("a=b&&c=d") are passed over.
 */
AWS_COMMON_API
bool aws_query_string_next_param(struct aws_byte_cursor query_string, struct aws_uri_param *param);

/**
 * Appends all parameters of a query to a list of struct aws_uri_param, which the caller has initialised. They point
 * into the query. Fails as aws_array_list_push_back() does; what was appended before stays.
 */
AWS_COMMON_API
int aws_query_string_params(struct aws_byte_cursor query_string, struct aws_array_list *out_params);

/** The same two for the query of a URI. */
AWS_COMMON_API
bool aws_uri_query_string_next_param(const struct aws_uri *uri, struct aws_uri_param *param);
AWS_COMMON_API
int aws_uri_query_string_params(const struct aws_uri *uri, struct aws_array_list *out_params);

/**
 * Appends bytes, all but letters, digits and -_.~ as %XX, and grows the buffer where needed. In a path '/' also stays
 * as it is. The buffer must have an allocator. Fails with AWS_ERROR_OVERFLOW_DETECTED, and appends nothing, if the size
 * does not fit a size_t.
 */
AWS_COMMON_API
int aws_byte_buf_append_encoding_uri_path(struct aws_byte_buf *buffer, const struct aws_byte_cursor *cursor);
AWS_COMMON_API
int aws_byte_buf_append_encoding_uri_param(struct aws_byte_buf *buffer, const struct aws_byte_cursor *cursor);

/**
 * Appends bytes with each %XX turned into the byte that it stands for, and grows the buffer where needed. A '+' stays.
 * Fails with AWS_ERROR_MALFORMED_INPUT_STRING at a '%' without two hexadecimal digits; what came before it was
 * appended.
 */
AWS_COMMON_API
int aws_byte_buf_append_decoding_uri(struct aws_byte_buf *buffer, const struct aws_byte_cursor *cursor);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_URI_H */
