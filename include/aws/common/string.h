/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_STRING_H
#define AWS_COMMON_STRING_H

/*
 * Immutable strings of bytes with their length, in one block of memory, always followed by a 0. They may hold any
 * bytes, 0 too. Since nothing changes a string, threads may share it until one of them destroys it.
 */

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>

#include <ctype.h>

AWS_PUSH_SANE_WARNING_LEVEL

#if defined(_MSC_VER)
/* The members are const, so C++ cannot generate a constructor or assignment: that is intended. */
#    pragma warning(push)
#    pragma warning(disable : 4510 4623 4625 4626 5026 5027)
#endif

/** Handled through pointers only: the struct is longer than it says. */
struct aws_string {
    /** Who owns the memory; NULL for a string in static memory, which is never released. */
    struct aws_allocator *const allocator;
    /** Bytes, not counting the 0 that follows them. */
    const size_t len;
    /** `len` bytes and a 0. */
    const uint8_t bytes[1];
};

#if defined(_MSC_VER)
#    pragma warning(pop)
#endif

/*
 * Defines a string in static memory: AWS_STATIC_STRING_FROM_LITERAL(greeting, "hello") defines `greeting`, a
 * `const struct aws_string *`. The second macro gives it external linkage.
 */
#define AWS_STATIC_STRING_FROM_LITERAL(name, literal)                                                                  \
    AWS_PRIV_STRING_STORAGE(name, literal);                                                                            \
    static const struct aws_string *name = (const struct aws_string *)(const void *)&name##_s
#define AWS_STRING_FROM_LITERAL(name, literal)                                                                         \
    AWS_PRIV_STRING_STORAGE(name, literal);                                                                            \
    const struct aws_string *name = (const struct aws_string *)(const void *)&name##_s

/* A constant with the layout of struct aws_string and room for the literal. */
#define AWS_PRIV_STRING_STORAGE(name, literal)                                                                         \
    static const struct {                                                                                              \
        struct aws_allocator *const allocator;                                                                         \
        const size_t len;                                                                                              \
        const uint8_t bytes[sizeof(literal)];                                                                          \
    } name##_s = {NULL, sizeof(literal) - 1, literal}

AWS_EXTERN_C_BEGIN

/* ---- Life ------------------------------------------------------------------------------------ */

/*
 * Each makes a new string with a copy of the bytes. The caller owns it and must destroy it. A NULL argument returns
 * NULL and raises AWS_ERROR_INVALID_ARGUMENT; an array of length 0 may be NULL.
 */
AWS_COMMON_API
struct aws_string *aws_string_new_from_c_str(struct aws_allocator *allocator, const char *c_str);
AWS_COMMON_API
struct aws_string *aws_string_new_from_array(struct aws_allocator *allocator, const uint8_t *bytes, size_t len);
AWS_COMMON_API
struct aws_string *aws_string_new_from_string(struct aws_allocator *allocator, const struct aws_string *str);
AWS_COMMON_API
struct aws_string *aws_string_new_from_cursor(struct aws_allocator *allocator, const struct aws_byte_cursor *cursor);
AWS_COMMON_API
struct aws_string *aws_string_new_from_buf(struct aws_allocator *allocator, const struct aws_byte_buf *buf);

/** A new string with the same bytes, or `str` itself if it is in static memory. Destroy the result in either case. */
AWS_COMMON_API
struct aws_string *aws_string_clone_or_reuse(struct aws_allocator *allocator, const struct aws_string *str);

/** Releases a string. Does nothing to NULL or to a string in static memory. */
AWS_COMMON_API
void aws_string_destroy(struct aws_string *str);

/** The same, and overwrites the bytes with 0 first. Not for strings in static memory, which cannot be written to. */
AWS_COMMON_API
void aws_string_destroy_secure(struct aws_string *str);

/* ---- Content --------------------------------------------------------------------------------- */

/** The bytes; the second function gives them as a C string. Valid as long as the string. NULL for NULL. */
AWS_STATIC_IMPL
const uint8_t *aws_string_bytes(const struct aws_string *str);
AWS_STATIC_IMPL
const char *aws_string_c_str(const struct aws_string *str);

/** A cursor on the bytes, valid as long as the string. Empty for NULL. */
AWS_COMMON_API
struct aws_byte_cursor aws_byte_cursor_from_string(const struct aws_string *src);

/** Appends all bytes if there is room; otherwise returns false and changes nothing. */
AWS_COMMON_API
bool aws_byte_buf_write_from_whole_string(
    struct aws_byte_buf *AWS_RESTRICT buf, const struct aws_string *AWS_RESTRICT src);

#if defined(_WIN32)

/* ---- Strings of wide characters -------------------------------------------------------------- */

/** Immutable, as struct aws_string is, but of wchar_t, in UTF-16. Windows only. */
struct aws_wstring;

/*
 * From UTF-8 to UTF-16. What is no UTF-8 becomes U+FFFD. The caller owns the result and must destroy it. A NULL
 * argument returns NULL and raises AWS_ERROR_INVALID_ARGUMENT.
 */
AWS_COMMON_API
struct aws_wstring *aws_string_convert_to_wstring(struct aws_allocator *allocator, const struct aws_string *to_convert);
AWS_COMMON_API
struct aws_wstring *
aws_string_convert_to_wchar_from_byte_cursor(struct aws_allocator *allocator, const struct aws_byte_cursor *to_convert);

/*
 * From UTF-16 to UTF-8; the length of a cursor is in bytes. What is no UTF-16 becomes U+FFFD. The caller owns the
 * result and must destroy it. A NULL argument returns NULL and raises AWS_ERROR_INVALID_ARGUMENT.
 */
AWS_COMMON_API
struct aws_string *
aws_string_convert_from_wchar_str(struct aws_allocator *allocator, const struct aws_wstring *to_convert);
AWS_COMMON_API
struct aws_string *
aws_string_convert_from_wchar_byte_cursor(struct aws_allocator *allocator, const struct aws_byte_cursor *to_convert);
AWS_COMMON_API
struct aws_string *aws_string_convert_from_wchar_c_str(struct aws_allocator *allocator, const wchar_t *to_convert);

/*
 * A new wide string with a copy of characters: those of a cursor, whose length is in bytes, or `length` of an array.
 * The caller owns it and must destroy it. A NULL argument returns NULL and raises AWS_ERROR_INVALID_ARGUMENT; an array
 * of length 0 may be NULL.
 */
AWS_COMMON_API
struct aws_wstring *
aws_wstring_new_from_cursor(struct aws_allocator *allocator, const struct aws_byte_cursor *w_str_cur);
AWS_COMMON_API
struct aws_wstring *aws_wstring_new_from_array(struct aws_allocator *allocator, const wchar_t *w_str, size_t length);

/** Releases a wide string. Does nothing to NULL. */
AWS_COMMON_API
void aws_wstring_destroy(struct aws_wstring *str);

/** The characters and a 0, valid as long as the string. NULL for NULL. */
AWS_COMMON_API
const wchar_t *aws_wstring_c_str(const struct aws_wstring *str);

/** How many wchar_t it has, not counting the 0. 0 for NULL. */
AWS_COMMON_API
size_t aws_wstring_num_chars(const struct aws_wstring *str);

/** The same in bytes. */
AWS_COMMON_API
size_t aws_wstring_size_bytes(const struct aws_wstring *str);

/** True if `str` is not NULL and a 0 follows its characters. */
AWS_COMMON_API
bool aws_wstring_is_valid(const struct aws_wstring *str);

#endif

/* ---- Comparison ------------------------------------------------------------------------------ */

/* "Ignore case" means the 26 letters of ASCII. NULL equals NULL only, and comes before everything else. */

AWS_COMMON_API
bool aws_string_eq(const struct aws_string *a, const struct aws_string *b);
AWS_COMMON_API
bool aws_string_eq_ignore_case(const struct aws_string *a, const struct aws_string *b);
AWS_COMMON_API
bool aws_string_eq_byte_cursor(const struct aws_string *str, const struct aws_byte_cursor *cur);
AWS_COMMON_API
bool aws_string_eq_byte_cursor_ignore_case(const struct aws_string *str, const struct aws_byte_cursor *cur);
AWS_COMMON_API
bool aws_string_eq_byte_buf(const struct aws_string *str, const struct aws_byte_buf *buf);
AWS_COMMON_API
bool aws_string_eq_byte_buf_ignore_case(const struct aws_string *str, const struct aws_byte_buf *buf);
AWS_COMMON_API
bool aws_string_eq_c_str(const struct aws_string *str, const char *c_str);
AWS_COMMON_API
bool aws_string_eq_c_str_ignore_case(const struct aws_string *str, const char *c_str);

/**
 * Compares as dictionaries do, byte by byte, unsigned: below 0, 0 or above 0. If one is the beginning of the other, the
 * shorter comes first.
 */
AWS_COMMON_API
int aws_string_compare(const struct aws_string *a, const struct aws_string *b);

/** The same for aws_array_list_sort() on a list of `const struct aws_string *`: takes pointers to the items. */
AWS_COMMON_API
int aws_array_list_comparator_string(const void *a, const void *b);

/* ---- Checks ---------------------------------------------------------------------------------- */

/** True if `str` is not NULL and a 0 follows its bytes. */
AWS_STATIC_IMPL
bool aws_string_is_valid(const struct aws_string *str);

/** True if `str` is not NULL: more cannot be known without reading on. */
AWS_STATIC_IMPL
bool aws_c_string_is_valid(const char *str);

/** As aws_isspace(). */
AWS_STATIC_IMPL
bool aws_char_is_space(uint8_t c);

/**
 * Stores the length of a C string, reading at most `max_read_len` bytes. Raises
 * AWS_ERROR_C_STRING_BUFFER_NOT_NULL_TERMINATED if no 0 is among them, AWS_ERROR_INVALID_ARGUMENT for NULL.
 */
AWS_COMMON_API
int aws_secure_strlen(const char *str, size_t max_read_len, size_t *str_len);

AWS_EXTERN_C_END

#ifndef AWS_NO_STATIC_IMPL
#    include <aws/common/string.inl>
#endif

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_STRING_H */
