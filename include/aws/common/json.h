/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_JSON_H
#define AWS_COMMON_JSON_H

/*
 * JSON: texts, the trees of values that they stand for, and back.
 *
 * A tree belongs to the owner of its root; destroying the root destroys all. Values that are got from a tree stay the
 * tree's. Memory comes from the allocator that a value was made with. A tree is used by one thread at a time; several
 * may read it at once.
 *
 * Unless said otherwise, functions fail with AWS_ERROR_INVALID_ARGUMENT when a value is NULL or of another type than
 * they are for, and change nothing then.
 */

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** A string, number, boolean, null, array or object. */
struct aws_json_value;

/**
 * Called for each member of an object, in the order in which they were added. `*out_should_continue` is true; setting
 * it to false ends the iteration well, returning AWS_OP_ERR ends it with that result. The object may not be changed
 * meanwhile.
 */
typedef int(aws_json_on_member_encountered_const_fn)(
    const struct aws_byte_cursor *key, const struct aws_json_value *value, bool *out_should_continue, void *user_data);

/** The same for each element of an array, in order. */
typedef int(aws_json_on_value_encountered_const_fn)(
    size_t index, const struct aws_json_value *value, bool *out_should_continue, void *user_data);

AWS_EXTERN_C_BEGIN

/* New values. Each is the caller's, to be destroyed or added to an array or object. */

/** A string: a copy of the bytes, which should be UTF-8. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_string(struct aws_allocator *allocator, struct aws_byte_cursor string);

/** The same of a C string. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_string_from_c_str(struct aws_allocator *allocator, const char *string);

/** A number. What is not finite is written as null. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_number(struct aws_allocator *allocator, double number);

/** An empty array. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_array(struct aws_allocator *allocator);

/** true or false. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_boolean(struct aws_allocator *allocator, bool boolean);

/** null. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_null(struct aws_allocator *allocator);

/** An empty object. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_object(struct aws_allocator *allocator);

/* What a value holds. */

/** Points `output` at the string, which a NUL follows. Good as long as the value is. */
AWS_COMMON_API
int aws_json_value_get_string(const struct aws_json_value *value, struct aws_byte_cursor *output);

/** Stores the number. */
AWS_COMMON_API
int aws_json_value_get_number(const struct aws_json_value *value, double *output);

/** Stores true or false. */
AWS_COMMON_API
int aws_json_value_get_boolean(const struct aws_json_value *value, bool *output);

/* Objects. Keys that differ only in the case of ASCII letters are the same key. */

/**
 * Adds a member at the end. On success the value is the object's. Fails, and the value stays the caller's, if the key
 * is there already or the value belongs to an array or object.
 */
AWS_COMMON_API
int aws_json_value_add_to_object(
    struct aws_json_value *object, struct aws_byte_cursor key, struct aws_json_value *value);
AWS_COMMON_API
int aws_json_value_add_to_object_c_str(struct aws_json_value *object, const char *key, struct aws_json_value *value);

/** The member's value, which stays the object's. NULL if there is none, which raises no error. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_get_from_object(const struct aws_json_value *object, struct aws_byte_cursor key);
AWS_COMMON_API
struct aws_json_value *aws_json_value_get_from_object_c_str(const struct aws_json_value *object, const char *key);

/** Whether it is an object with such a member. Raises no error. */
AWS_COMMON_API
bool aws_json_value_has_key(const struct aws_json_value *object, struct aws_byte_cursor key);
AWS_COMMON_API
bool aws_json_value_has_key_c_str(const struct aws_json_value *object, const char *key);

/** Removes a member and destroys its value. Fails if there is none. */
AWS_COMMON_API
int aws_json_value_remove_from_object(struct aws_json_value *object, struct aws_byte_cursor key);
AWS_COMMON_API
int aws_json_value_remove_from_object_c_str(struct aws_json_value *object, const char *key);

/** Calls the callback for every member. Fails if it is no object, or as a callback does. */
AWS_COMMON_API
int aws_json_const_iterate_object(
    const struct aws_json_value *object, aws_json_on_member_encountered_const_fn *on_member, void *user_data);

/* Arrays. */

/**
 * Adds an element at the end. On success the value is the array's, in spite of the const. Fails, and the value stays
 * the caller's, if it belongs to an array or object.
 */
AWS_COMMON_API
int aws_json_value_add_array_element(struct aws_json_value *array, const struct aws_json_value *value);

/** The element, which stays the array's. NULL, and AWS_ERROR_INVALID_INDEX is raised, if there are not so many. */
AWS_COMMON_API
struct aws_json_value *aws_json_get_array_element(const struct aws_json_value *array, size_t index);

/** How many elements. 0, and AWS_ERROR_INVALID_ARGUMENT is raised, if it is no array. */
AWS_COMMON_API
size_t aws_json_get_array_size(const struct aws_json_value *array);

/** Removes an element and destroys it. Fails with AWS_ERROR_INVALID_INDEX if there are not so many. */
AWS_COMMON_API
int aws_json_value_remove_array_element(struct aws_json_value *array, size_t index);

/** Calls the callback for every element. Fails if it is no array, or as a callback does. */
AWS_COMMON_API
int aws_json_const_iterate_array(
    const struct aws_json_value *array, aws_json_on_value_encountered_const_fn *on_value, void *user_data);

/* Whole values. None of these raises an error, but duplicate and those that append or parse. */

/**
 * Whether two values are equal: arrays by their order, objects whatever theirs, numbers within the precision of a
 * double apart. `is_case_sensitive` is about keys. NULL equals nothing.
 */
AWS_COMMON_API
bool aws_json_value_compare(const struct aws_json_value *a, const struct aws_json_value *b, bool is_case_sensitive);

/** A copy of a value and all in it, in memory of the same allocators. The caller's. NULL on failure. */
AWS_COMMON_API
struct aws_json_value *aws_json_value_duplicate(const struct aws_json_value *value);

/* Whether a value is of that type. False for NULL, which raises no error. */

AWS_COMMON_API
bool aws_json_value_is_string(const struct aws_json_value *value);

AWS_COMMON_API
bool aws_json_value_is_number(const struct aws_json_value *value);

AWS_COMMON_API
bool aws_json_value_is_array(const struct aws_json_value *value);

AWS_COMMON_API
bool aws_json_value_is_boolean(const struct aws_json_value *value);

AWS_COMMON_API
bool aws_json_value_is_null(const struct aws_json_value *value);

AWS_COMMON_API
bool aws_json_value_is_object(const struct aws_json_value *value);

/** Destroys a value and all in it. Lets NULL pass. Not for values that belong to an array or object. */
AWS_COMMON_API
void aws_json_value_destroy(struct aws_json_value *value);

/**
 * Appends the text of a value, without white space, to a buffer that has an allocator and grows as needed. Memory that
 * it leaves behind is wiped. On failure the buffer is as long as it was.
 */
AWS_COMMON_API
int aws_byte_buf_append_json_string(const struct aws_json_value *value, struct aws_byte_buf *output);

/** The same, with line breaks and indentation for people to read. */
AWS_COMMON_API
int aws_byte_buf_append_json_string_formatted(const struct aws_json_value *value, struct aws_byte_buf *output);

/**
 * Parses the text of one value; what follows it is ignored. The caller's. NULL, and AWS_ERROR_INVALID_ARGUMENT is
 * raised, if it is not JSON or deeper than 1000 levels.
 */
AWS_COMMON_API
struct aws_json_value *aws_json_value_new_from_string(struct aws_allocator *allocator, struct aws_byte_cursor string);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_JSON_H */
