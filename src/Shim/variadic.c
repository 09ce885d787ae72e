/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Functions with variable arguments, which C# can neither export nor walk through. Each reads its arguments and leaves
 * the work to functions without any.
 */
#define AWS_COMMON_USE_IMPORT_EXPORT
#define AWS_COMMON_EXPORTS

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>
#include <aws/common/math.h>

#include <stdarg.h>

/* Parts of one block are aligned to the widest integer. */
enum { PART_ALIGNMENT = sizeof(intmax_t) };

/* Adds a part to the size of a block, rounded up. A block too large for a size_t is out of memory by definition. */
static size_t s_add_part(size_t total, size_t part) {
    size_t padded = 0;
    AWS_FATAL_ASSERT(aws_add_size_checked(part, PART_ALIGNMENT - 1, &padded) == AWS_OP_SUCCESS);
    padded -= padded % PART_ALIGNMENT;
    AWS_FATAL_ASSERT(aws_add_size_checked(total, padded, &total) == AWS_OP_SUCCESS);
    return total;
}

void *aws_mem_acquire_many(struct aws_allocator *allocator, size_t count, ...) {
    va_list args;
    size_t total = 0;

    va_start(args, count);
    for (size_t i = 0; i < count; ++i) {
        (void)va_arg(args, void **);
        total = s_add_part(total, va_arg(args, size_t));
    }
    va_end(args);

    if (total == 0) {
        return NULL;
    }
    uint8_t *block = aws_mem_acquire(allocator, total);

    size_t offset = 0;
    va_start(args, count);
    for (size_t i = 0; i < count; ++i) {
        void **part = va_arg(args, void **);
        if (part != NULL) {
            *part = block + offset;
        }
        offset = s_add_part(offset, va_arg(args, size_t));
    }
    va_end(args);

    return block;
}

int aws_add_size_checked_varargs(size_t num, size_t *r, ...) {
    AWS_ERROR_PRECONDITION(r != NULL);

    size_t sum = 0;
    int result = AWS_OP_SUCCESS;

    va_list args;
    va_start(args, r);
    for (size_t i = 0; i < num && result == AWS_OP_SUCCESS; ++i) {
        result = aws_add_size_checked(sum, va_arg(args, size_t), &sum);
    }
    va_end(args);

    if (result == AWS_OP_SUCCESS) {
        *r = sum;
    }
    return result;
}

int aws_byte_buf_cat(struct aws_byte_buf *dest, size_t number_of_args, ...) {
    AWS_ERROR_PRECONDITION(aws_byte_buf_is_valid(dest));

    int result = AWS_OP_SUCCESS;

    va_list args;
    va_start(args, number_of_args);
    for (size_t i = 0; i < number_of_args && result == AWS_OP_SUCCESS; ++i) {
        const struct aws_byte_buf *source = va_arg(args, struct aws_byte_buf *);
        if (!aws_byte_buf_is_valid(source)) {
            result = aws_raise_error(AWS_ERROR_INVALID_ARGUMENT);
        } else {
            const struct aws_byte_cursor content = aws_byte_cursor_from_buf(source);
            result = aws_byte_buf_append(dest, &content);
        }
    }
    va_end(args);

    return result;
}

int aws_byte_buf_init_cache_and_update_cursors(struct aws_byte_buf *dest, struct aws_allocator *allocator, ...) {
    AWS_ERROR_PRECONDITION(dest != NULL && allocator != NULL);
    AWS_ZERO_STRUCT(*dest);

    size_t total = 0;
    int result = AWS_OP_SUCCESS;
    struct aws_byte_cursor *cursor = NULL;

    /* All is checked before anything is acquired or changed. */
    va_list args;
    va_start(args, allocator);
    while (result == AWS_OP_SUCCESS && (cursor = va_arg(args, struct aws_byte_cursor *)) != NULL) {
        if (!aws_byte_cursor_is_valid(cursor)) {
            result = aws_raise_error(AWS_ERROR_INVALID_ARGUMENT);
        } else {
            result = aws_add_size_checked(total, cursor->len, &total);
        }
    }
    va_end(args);

    if (result != AWS_OP_SUCCESS || aws_byte_buf_init(dest, allocator, total)) {
        return AWS_OP_ERR;
    }

    va_start(args, allocator);
    while ((cursor = va_arg(args, struct aws_byte_cursor *)) != NULL) {
        AWS_FATAL_ASSERT(aws_byte_buf_append_and_update(dest, cursor) == AWS_OP_SUCCESS);
    }
    va_end(args);

    return AWS_OP_SUCCESS;
}
