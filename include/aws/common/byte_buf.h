/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_BYTE_BUF_H
#define AWS_COMMON_BYTE_BUF_H

/*
 * Buffers, which own or borrow memory that is written, and cursors, which point at bytes that are read. Both are plain
 * structs that may be copied; a copy of a buffer shares its memory. Not synchronised.
 *
 * A NULL pointer, or a struct whose fields contradict one another, raises AWS_ERROR_INVALID_ARGUMENT in functions that
 * return int, and gives false, an empty result or no effect in the others. A failed call changes nothing unless it says
 * so. Lengths and sizes are in bytes. "Ignore case" means the 26 letters of ASCII; all other bytes must be equal.
 */

#include <aws/common/array_list.h>
#include <aws/common/byte_order.h>
#include <aws/common/common.h>

#include <limits.h>
#include <string.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Memory to write to. A buffer that is all zero is empty and valid. */
struct aws_byte_buf {
    /** Bytes in use, from the start. */
    size_t len;
    /** NULL if `capacity` is 0. */
    uint8_t *buffer;
    /** Bytes that fit. */
    size_t capacity;
    /** Who owns the memory. NULL: the memory is borrowed, the buffer cannot grow and clean-up releases nothing. */
    struct aws_allocator *allocator;
};

/** Bytes to read. The cursor does not own them. */
struct aws_byte_cursor {
    /** In bytes. */
    size_t len;
    /** May be NULL if `len` is 0. */
    uint8_t *ptr;
};

/** The two arguments that PRInSTR in a printf format takes: printf(PRInSTR, AWS_BYTE_CURSOR_PRI(cursor)). */
#define AWS_BYTE_CURSOR_PRI(C) ((C).len > INT_MAX ? INT_MAX : (int)(C).len), (const char *)(C).ptr
#define AWS_BYTE_BUF_PRI(B) ((B).len > INT_MAX ? INT_MAX : (int)(B).len), (const char *)(B).buffer

/** Initialiser of a cursor on a string literal, without the terminating 0. */
#define AWS_BYTE_CUR_INIT_FROM_STRING_LITERAL(literal)                                                                 \
    { sizeof(literal) - 1, (uint8_t *)(const char *)(literal) }

/** A question about one byte. */
typedef bool(aws_byte_predicate_fn)(uint8_t value);

AWS_EXTERN_C_BEGIN

/* ---- Buffers: life --------------------------------------------------------------------------- */

/** Makes an empty buffer of a given capacity, which may be 0. Release it with aws_byte_buf_clean_up(). */
AWS_COMMON_API
int aws_byte_buf_init(struct aws_byte_buf *buf, struct aws_allocator *allocator, size_t capacity);

/** Makes a buffer with the content and the capacity of `src`, in memory of its own. */
AWS_COMMON_API
int aws_byte_buf_init_copy(struct aws_byte_buf *dest, struct aws_allocator *allocator, const struct aws_byte_buf *src);

/** Makes a full buffer with a copy of the bytes at `src`. No memory is acquired if there are none. */
AWS_COMMON_API
int aws_byte_buf_init_copy_from_cursor(
    struct aws_byte_buf *dest, struct aws_allocator *allocator, struct aws_byte_cursor src);

/**
 * Makes a buffer with copies of the bytes of several cursors, one after the other, and points each cursor at its copy.
 * The variable arguments are `struct aws_byte_cursor *`, the last of which is NULL. Do not let the buffer grow later:
 * the cursors would not follow. Raises AWS_ERROR_OVERFLOW_DETECTED if the lengths add up to more than a size_t holds;
 * the buffer is all zero then and the cursors are unchanged.
 */
AWS_COMMON_API
int aws_byte_buf_init_cache_and_update_cursors(struct aws_byte_buf *dest, struct aws_allocator *allocator, ...);

/**
 * Makes a buffer with the content of a file. A 0 byte follows the content, outside of `len`. On failure the buffer is
 * all zero, and the error is the one that opening or reading gave, for instance AWS_ERROR_FILE_INVALID_PATH.
 * Blocks while it reads.
 */
AWS_COMMON_API
int aws_byte_buf_init_from_file(struct aws_byte_buf *out_buf, struct aws_allocator *alloc, const char *filename);

/** The same for files that do not report their size, as those in /proc: `size_hint` is the capacity to start with. */
AWS_COMMON_API
int aws_byte_buf_init_from_file_with_size_hint(
    struct aws_byte_buf *out_buf, struct aws_allocator *alloc, const char *filename, size_t size_hint);

/** Releases the memory if the buffer owns it, and sets the buffer to zero. May be called again. */
AWS_COMMON_API
void aws_byte_buf_clean_up(struct aws_byte_buf *buf);

/** The same, and overwrites the whole capacity with 0 first, borrowed memory too. */
AWS_COMMON_API
void aws_byte_buf_clean_up_secure(struct aws_byte_buf *buf);

/** Sets `len` to 0 and keeps the memory. Overwrites the whole capacity with 0 if `zero_contents` is true. */
AWS_COMMON_API
void aws_byte_buf_reset(struct aws_byte_buf *buf, bool zero_contents);

/** Overwrites the whole capacity with 0, sets `len` to 0 and keeps the memory. */
AWS_COMMON_API
void aws_byte_buf_secure_zero(struct aws_byte_buf *buf);

/** True if the fields agree with one another. Constant time. */
AWS_COMMON_API
bool aws_byte_buf_is_valid(const struct aws_byte_buf *const buf);
AWS_COMMON_API
bool aws_byte_cursor_is_valid(const struct aws_byte_cursor *cursor);

/* ---- Buffers and cursors over memory of the caller's ----------------------------------------- */

/* The results borrow: they are valid as long as what they were made from. */

/** A full buffer over a C string, without its terminating 0. Empty for NULL. */
AWS_COMMON_API struct aws_byte_buf aws_byte_buf_from_c_str(const char *c_str);

/** A full buffer over an array. */
AWS_COMMON_API struct aws_byte_buf aws_byte_buf_from_array(const void *bytes, size_t len);

/** An empty buffer over an array: the memory will be written to although the parameter says const. */
AWS_COMMON_API struct aws_byte_buf aws_byte_buf_from_empty_array(const void *bytes, size_t capacity);

/** A cursor on the bytes in use of a buffer, on a C string without its terminating 0 (empty for NULL), on an array. */
AWS_COMMON_API struct aws_byte_cursor aws_byte_cursor_from_buf(const struct aws_byte_buf *const buf);
AWS_COMMON_API struct aws_byte_cursor aws_byte_cursor_from_c_str(const char *c_str);
AWS_COMMON_API struct aws_byte_cursor aws_byte_cursor_from_array(const void *const bytes, const size_t len);

/* ---- Buffers: capacity ----------------------------------------------------------------------- */

/**
 * Raises the capacity to at least `requested_capacity`; never lowers it. The memory may move.
 * A buffer without an allocator raises AWS_ERROR_INVALID_ARGUMENT.
 */
AWS_COMMON_API
int aws_byte_buf_reserve(struct aws_byte_buf *buffer, size_t requested_capacity);

/** Makes room for `additional_length` bytes behind those in use. Also raises AWS_ERROR_OVERFLOW_DETECTED. */
AWS_COMMON_API
int aws_byte_buf_reserve_relative(struct aws_byte_buf *buffer, size_t additional_length);

/* ---- Buffers: appending, with errors --------------------------------------------------------- */

/** Appends bytes. Raises AWS_ERROR_DEST_COPY_TOO_SMALL if they do not fit. `from` may point into the buffer. */
AWS_COMMON_API
int aws_byte_buf_append(struct aws_byte_buf *to, const struct aws_byte_cursor *from);

/**
 * Appends `lookup_table[b]` for each byte b. The table has 256 entries. Raises AWS_ERROR_DEST_COPY_TOO_SMALL if they do
 * not fit. `from` must not point behind the bytes in use of the buffer.
 */
AWS_COMMON_API
int aws_byte_buf_append_with_lookup(
    struct aws_byte_buf *AWS_RESTRICT to, const struct aws_byte_cursor *AWS_RESTRICT from, const uint8_t *lookup_table);

/**
 * Appends bytes, growing the buffer if they do not fit: the capacity at least doubles. `from` may point into the
 * buffer. A buffer without an allocator raises AWS_ERROR_INVALID_ARGUMENT, even if the bytes would fit.
 * AWS_ERROR_OVERFLOW_DETECTED: the new length does not fit a size_t.
 */
AWS_COMMON_API
int aws_byte_buf_append_dynamic(struct aws_byte_buf *to, const struct aws_byte_cursor *from);

/** As aws_byte_buf_append_dynamic() if the buffer has an allocator, else as aws_byte_buf_append(). */
AWS_COMMON_API
int aws_byte_buf_append_auto(struct aws_byte_buf *to, const struct aws_byte_cursor *from);

/** As aws_byte_buf_append_dynamic(), overwriting the old memory with 0 before it is released. */
AWS_COMMON_API
int aws_byte_buf_append_dynamic_secure(struct aws_byte_buf *to, const struct aws_byte_cursor *from);

/** The same two for a single byte. */
AWS_COMMON_API
int aws_byte_buf_append_byte_dynamic(struct aws_byte_buf *buffer, uint8_t value);
AWS_COMMON_API
int aws_byte_buf_append_byte_dynamic_secure(struct aws_byte_buf *buffer, uint8_t value);

/**
 * Appends bytes and points the cursor at the copy. Raises AWS_ERROR_DEST_COPY_TOO_SMALL if they do not fit.
 * The cursor may point into the buffer.
 */
AWS_COMMON_API
int aws_byte_buf_append_and_update(struct aws_byte_buf *to, struct aws_byte_cursor *from_and_update);

/** Appends a byte 0, growing the buffer if need be. It counts in `len`. */
AWS_COMMON_API
int aws_byte_buf_append_null_terminator(struct aws_byte_buf *buf);

/**
 * Appends the bytes in use of `number_of_args` buffers, given as `struct aws_byte_buf *`. Raises
 * AWS_ERROR_DEST_COPY_TOO_SMALL at the first that does not fit; those before it stay appended.
 */
AWS_COMMON_API
int aws_byte_buf_cat(struct aws_byte_buf *dest, size_t number_of_args, ...);

/* ---- Buffers: writing, without errors -------------------------------------------------------- */

/* These append if there is room and return true; otherwise they return false, change nothing and raise nothing. */

AWS_COMMON_API bool
aws_byte_buf_write(struct aws_byte_buf *AWS_RESTRICT buf, const uint8_t *AWS_RESTRICT src, size_t len);

/** All bytes in use of a buffer, or all of a cursor: all or none. */
AWS_COMMON_API bool
aws_byte_buf_write_from_whole_buffer(struct aws_byte_buf *AWS_RESTRICT buf, struct aws_byte_buf src);
AWS_COMMON_API bool
aws_byte_buf_write_from_whole_cursor(struct aws_byte_buf *AWS_RESTRICT buf, struct aws_byte_cursor src);

/**
 * Writes as many bytes as fit, advances the cursor past them, and returns a cursor on them where they came from.
 * The result is empty if nothing fits or there was nothing to write.
 */
AWS_COMMON_API struct aws_byte_cursor
aws_byte_buf_write_to_capacity(struct aws_byte_buf *buf, struct aws_byte_cursor *advancing_cursor);

/** One byte; the same byte `count` times. */
AWS_COMMON_API bool aws_byte_buf_write_u8(struct aws_byte_buf *AWS_RESTRICT buf, uint8_t c);
AWS_COMMON_API bool aws_byte_buf_write_u8_n(struct aws_byte_buf *buf, uint8_t c, size_t count);

/** Big-endian numbers. be24 writes three bytes, and returns false if `x` needs four. */
AWS_COMMON_API bool aws_byte_buf_write_be16(struct aws_byte_buf *buf, uint16_t x);
AWS_COMMON_API bool aws_byte_buf_write_be24(struct aws_byte_buf *buf, uint32_t x);
AWS_COMMON_API bool aws_byte_buf_write_be32(struct aws_byte_buf *buf, uint32_t x);
AWS_COMMON_API bool aws_byte_buf_write_be64(struct aws_byte_buf *buf, uint64_t x);
AWS_COMMON_API bool aws_byte_buf_write_float_be32(struct aws_byte_buf *buf, float x);
AWS_COMMON_API bool aws_byte_buf_write_float_be64(struct aws_byte_buf *buf, double x);

/**
 * Reserves the next `len` bytes of the capacity, unwritten, for another writer: they count as in use from now on, and
 * `output` becomes an empty buffer over them that borrows. If they are not there, sets `output` to zero and returns
 * false.
 */
AWS_COMMON_API bool aws_byte_buf_advance(
    struct aws_byte_buf *const AWS_RESTRICT buffer, struct aws_byte_buf *const AWS_RESTRICT output, const size_t len);

/* ---- Cursors: reading ------------------------------------------------------------------------ */

/**
 * Cuts the first `len` bytes off a cursor and returns a cursor on them. If there are fewer, or either length is more
 * than half of what a size_t holds, returns an empty cursor with a NULL pointer and leaves the cursor alone.
 */
AWS_COMMON_API struct aws_byte_cursor aws_byte_cursor_advance(struct aws_byte_cursor *const cursor, const size_t len);

/** The same for a `len` from an untrusted source: also safe when the processor speculates past the length check. */
AWS_COMMON_API struct aws_byte_cursor aws_byte_cursor_advance_nospec(struct aws_byte_cursor *const cursor, size_t len);

/*
 * The following read from the start of the cursor, advance it and return true; if there are too few bytes, they return
 * false, change nothing and raise nothing.
 */

/** Copies `len` bytes to `dest`. */
AWS_COMMON_API bool
aws_byte_cursor_read(struct aws_byte_cursor *AWS_RESTRICT cur, void *AWS_RESTRICT dest, const size_t len);

/** Fills a buffer to its capacity, from its start. */
AWS_COMMON_API bool
aws_byte_cursor_read_and_fill_buffer(struct aws_byte_cursor *AWS_RESTRICT cur, struct aws_byte_buf *AWS_RESTRICT dest);

/** One byte, and numbers stored big endian (be) or little endian (le). */
AWS_COMMON_API bool aws_byte_cursor_read_u8(struct aws_byte_cursor *AWS_RESTRICT cur, uint8_t *AWS_RESTRICT var);
AWS_COMMON_API bool aws_byte_cursor_read_be16(struct aws_byte_cursor *cur, uint16_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_le16(struct aws_byte_cursor *cur, uint16_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_be24(struct aws_byte_cursor *cur, uint32_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_be32(struct aws_byte_cursor *cur, uint32_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_le32(struct aws_byte_cursor *cur, uint32_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_be_i32(struct aws_byte_cursor *cur, int32_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_le_i32(struct aws_byte_cursor *cur, int32_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_be64(struct aws_byte_cursor *cur, uint64_t *var);
AWS_COMMON_API bool aws_byte_cursor_read_float_be32(struct aws_byte_cursor *cur, float *var);
AWS_COMMON_API bool aws_byte_cursor_read_float_be64(struct aws_byte_cursor *cur, double *var);

/** One number written as two hexadecimal digits of either case. Also false if they are not digits. */
AWS_COMMON_API bool aws_byte_cursor_read_hex_u8(struct aws_byte_cursor *cur, uint8_t *var);

/* ---- Equality -------------------------------------------------------------------------------- */

/* The terminating 0 of a C string is not compared. NULL is an empty array if its length is 0. */

AWS_COMMON_API
bool aws_array_eq(const void *const array_a, const size_t len_a, const void *array_b, const size_t len_b);
AWS_COMMON_API
bool aws_array_eq_ignore_case(
    const void *const array_a, const size_t len_a, const void *const array_b, const size_t len_b);
AWS_COMMON_API
bool aws_array_eq_c_str(const void *const array, const size_t array_len, const char *const c_str);
AWS_COMMON_API
bool aws_array_eq_c_str_ignore_case(const void *const array, const size_t array_len, const char *const c_str);

AWS_COMMON_API
bool aws_byte_buf_eq(const struct aws_byte_buf *const a, const struct aws_byte_buf *const b);
AWS_COMMON_API
bool aws_byte_buf_eq_ignore_case(const struct aws_byte_buf *const a, const struct aws_byte_buf *const b);
AWS_COMMON_API
bool aws_byte_buf_eq_c_str(const struct aws_byte_buf *const buf, const char *const c_str);
AWS_COMMON_API
bool aws_byte_buf_eq_c_str_ignore_case(const struct aws_byte_buf *const buf, const char *const c_str);

AWS_COMMON_API
bool aws_byte_cursor_eq(const struct aws_byte_cursor *a, const struct aws_byte_cursor *b);
AWS_COMMON_API
bool aws_byte_cursor_eq_ignore_case(const struct aws_byte_cursor *a, const struct aws_byte_cursor *b);
AWS_COMMON_API
bool aws_byte_cursor_eq_byte_buf(const struct aws_byte_cursor *const a, const struct aws_byte_buf *const b);
AWS_COMMON_API
bool aws_byte_cursor_eq_byte_buf_ignore_case(const struct aws_byte_cursor *const a, const struct aws_byte_buf *const b);
AWS_COMMON_API
bool aws_byte_cursor_eq_c_str(const struct aws_byte_cursor *const cursor, const char *const c_str);
AWS_COMMON_API
bool aws_byte_cursor_eq_c_str_ignore_case(const struct aws_byte_cursor *const cursor, const char *const c_str);

/** True if `input` begins with the bytes of `prefix`. Everything begins with an empty prefix. */
AWS_COMMON_API
bool aws_byte_cursor_starts_with(const struct aws_byte_cursor *input, const struct aws_byte_cursor *prefix);
AWS_COMMON_API
bool aws_byte_cursor_starts_with_ignore_case(const struct aws_byte_cursor *input, const struct aws_byte_cursor *prefix);

/* ---- Order and hashes ------------------------------------------------------------------------ */

/**
 * Compares as dictionaries do, byte by byte, unsigned: below 0, 0 or above 0. If one is the beginning of the other, the
 * shorter comes first.
 */
AWS_COMMON_API
int aws_byte_cursor_compare_lexical(const struct aws_byte_cursor *lhs, const struct aws_byte_cursor *rhs);

/** The same after replacing each byte b by `lookup_table[b]`; the table has 256 entries. */
AWS_COMMON_API
int aws_byte_cursor_compare_lookup(
    const struct aws_byte_cursor *lhs, const struct aws_byte_cursor *rhs, const uint8_t *lookup_table);

/** A hash in which case does not count; for hash tables only. The second takes a `const struct aws_byte_cursor *`. */
AWS_COMMON_API
uint64_t aws_hash_array_ignore_case(const void *array, const size_t len);
AWS_COMMON_API
uint64_t aws_hash_byte_cursor_ptr_ignore_case(const void *item);

/** Tables of 256 entries, never freed: capitals of ASCII to small letters, other bytes to themselves. */
AWS_COMMON_API
const uint8_t *aws_lookup_table_to_lower_get(void);

/** Hexadecimal digits of either case to 0 to 15, other bytes to 255. */
AWS_COMMON_API
const uint8_t *aws_lookup_table_hex_to_num_get(void);

/* ---- Splitting, searching, trimming ---------------------------------------------------------- */

/* Results point into the input and are valid as long as it is. Between two adjacent separators lies an empty part. */

/**
 * Steps through the parts of `input_str` between separators. `substr` must be all zero before the first call and is
 * left alone in between: it is part and state at once. Returns true for each part, also for the single empty part of
 * an empty input; then false, with `substr` all zero again.
 */
AWS_COMMON_API
bool aws_byte_cursor_next_split(
    const struct aws_byte_cursor *AWS_RESTRICT input_str, char split_on, struct aws_byte_cursor *AWS_RESTRICT substr);

/** The same with a separator of several bytes, all of which must match. */
AWS_COMMON_API
bool aws_byte_cursor_next_split_on_cursor(
    const struct aws_byte_cursor *AWS_RESTRICT input_str,
    struct aws_byte_cursor split_on,
    struct aws_byte_cursor *AWS_RESTRICT substr);

/**
 * Appends all parts to a list of struct aws_byte_cursor, which the caller has initialised.
 * Raises AWS_ERROR_LIST_EXCEEDS_MAX_SIZE if a static list is full; the parts before stay in it.
 */
AWS_COMMON_API
int aws_byte_cursor_split_on_char(
    const struct aws_byte_cursor *AWS_RESTRICT input_str, char split_on, struct aws_array_list *AWS_RESTRICT output);

/** The same with at most `n` splits: the last part is the rest of the input. 0 means no limit. */
AWS_COMMON_API
int aws_byte_cursor_split_on_char_n(
    const struct aws_byte_cursor *AWS_RESTRICT input_str,
    char split_on,
    size_t n,
    struct aws_array_list *AWS_RESTRICT output);

/**
 * Points `first_find` at the first occurrence of `to_find`, with the rest of the input as its length.
 * Raises AWS_ERROR_STRING_MATCH_NOT_FOUND, or AWS_ERROR_SHORT_BUFFER if `to_find` is empty.
 */
AWS_COMMON_API
int aws_byte_cursor_find_exact(
    const struct aws_byte_cursor *AWS_RESTRICT input_str,
    const struct aws_byte_cursor *AWS_RESTRICT to_find,
    struct aws_byte_cursor *first_find);

/** The source without those bytes at its end, at its start, or at both, for which the predicate is true. */
AWS_COMMON_API
struct aws_byte_cursor
aws_byte_cursor_right_trim_pred(const struct aws_byte_cursor *source, aws_byte_predicate_fn *predicate);
AWS_COMMON_API
struct aws_byte_cursor
aws_byte_cursor_left_trim_pred(const struct aws_byte_cursor *source, aws_byte_predicate_fn *predicate);
AWS_COMMON_API
struct aws_byte_cursor
aws_byte_cursor_trim_pred(const struct aws_byte_cursor *source, aws_byte_predicate_fn *predicate);

/** True if the predicate is true for every byte; also if there are none. */
AWS_COMMON_API
bool aws_byte_cursor_satisfies_pred(const struct aws_byte_cursor *source, aws_byte_predicate_fn *predicate);

/* ---- Characters and numbers ------------------------------------------------------------------ */

/** As the functions of <ctype.h> in the "C" locale, whatever the locale is. */
AWS_COMMON_API bool aws_isalnum(uint8_t ch);
AWS_COMMON_API bool aws_isalpha(uint8_t ch);
AWS_COMMON_API bool aws_isdigit(uint8_t ch);
AWS_COMMON_API bool aws_isxdigit(uint8_t ch);
AWS_COMMON_API bool aws_isspace(uint8_t ch);

/*
 * These read a number that takes up the whole cursor: no space, no separators, no prefix, not empty; leading zeros are
 * allowed. Anything else raises AWS_ERROR_INVALID_ARGUMENT; a number too large for the type raises
 * AWS_ERROR_OVERFLOW_DETECTED. On failure `*dst` is unspecified.
 */

/** Decimal, without a sign. */
AWS_COMMON_API
int aws_byte_cursor_utf8_parse_u64(struct aws_byte_cursor cursor, uint64_t *dst);

/** Decimal, with an optional minus sign. */
AWS_COMMON_API
int aws_byte_cursor_utf8_parse_i64(struct aws_byte_cursor cursor, int64_t *dst);

/** Hexadecimal, in either case. */
AWS_COMMON_API
int aws_byte_cursor_utf8_parse_u64_hex(struct aws_byte_cursor cursor, uint64_t *dst);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_BYTE_BUF_H */
