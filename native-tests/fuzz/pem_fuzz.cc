/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as PEM, and as the DER of a certificate. */
#include "fuzz/fuzz.h"

#include <aws/common/array_list.h>
#include <aws/common/byte_buf.h>
#include <aws/common/string.h>
#include <aws/io/io.h>
#include <aws/io/pem.h>
#include <aws/io/private/pem_utils.h>

#include <cstring>

static void Sanitize(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    struct aws_byte_buf once;
    aws_byte_buf_init_copy_from_cursor(&once, allocator, text);
    if (aws_sanitize_pem(&once, allocator) == AWS_OP_SUCCESS) {
        MUST(once.len > 0 && memcmp(once.buffer, "-----BEGIN", 10) == 0);
        struct aws_byte_buf twice;
        aws_byte_buf_init_copy(&twice, allocator, &once);
        MUST(aws_sanitize_pem(&twice, allocator) == AWS_OP_SUCCESS);
        MUST(aws_byte_buf_eq(&once, &twice));
        aws_byte_buf_clean_up(&twice);
        Saw(1);
    } else {
        MUST(aws_last_error() == AWS_ERROR_INVALID_ARGUMENT);
        struct aws_byte_cursor unchanged = aws_byte_cursor_from_buf(&once);
        MUST(aws_byte_cursor_eq(&text, &unchanged));
    }
    aws_byte_buf_clean_up(&once);
}

static void Parse(struct aws_allocator *allocator, struct aws_byte_cursor text) {
    struct aws_array_list objects;
    if (aws_pem_objects_init_from_file_contents(&objects, allocator, text) != AWS_OP_SUCCESS) {
        MUST(aws_last_error() == AWS_ERROR_PEM_MALFORMED);
        MUST(aws_array_list_length(&objects) == 0);
        return;
    }
    size_t count = aws_array_list_length(&objects);
    MUST(count > 0);
    Saw(2, count);
    for (size_t i = 0; i < count; ++i) {
        void *item = NULL;
        MUST(aws_array_list_get_at_ptr(&objects, &item, i) == AWS_OP_SUCCESS);
        struct aws_pem_object *object = (struct aws_pem_object *)item;
        MUST(object->data.len <= text.len && object->type_string->len <= text.len);
        MUST((object->type == AWS_PEM_TYPE_X509) == aws_string_eq_c_str(object->type_string, "CERTIFICATE"));
        Saw(100 + (size_t)object->type, object->data.len);
    }
    aws_pem_objects_clean_up(&objects);
}

static void Encode(struct aws_allocator *allocator, struct aws_byte_cursor der) {
    struct aws_string *pem = aws_der_cert_to_pem(allocator, der);
    MUST((pem == NULL) == (der.len == 0));
    if (pem == NULL) {
        return;
    }
    struct aws_array_list objects;
    MUST(
        aws_pem_objects_init_from_file_contents(&objects, allocator, aws_byte_cursor_from_string(pem)) ==
        AWS_OP_SUCCESS);
    MUST(aws_array_list_length(&objects) == 1);
    void *item = NULL;
    aws_array_list_get_at_ptr(&objects, &item, 0);
    struct aws_byte_buf *data = &((struct aws_pem_object *)item)->data;
    MUST(data->len == der.len && memcmp(data->buffer, der.ptr, der.len) == 0);
    aws_pem_objects_clean_up(&objects);
    aws_string_destroy(pem);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct aws_allocator *allocator = NULL;
    if (allocator == NULL) {
        allocator = aws_default_allocator();
        aws_io_library_init(allocator);
    }
    struct aws_byte_cursor text = aws_byte_cursor_from_array(data, size);
    Sanitize(allocator, text);
    Parse(allocator, text);
    Encode(allocator, text);
    return 0;
}
