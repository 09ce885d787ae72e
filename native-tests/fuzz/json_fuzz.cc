/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as JSON; two texts, with a zero byte between them, to compare. */
#include "fuzz/fuzz.h"

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>
#include <aws/common/json.h>

#include <cstring>
#include <string>

static struct aws_allocator *s_allocator;

static struct aws_json_value *Parse(const std::string &text) {
    return aws_json_value_new_from_string(s_allocator, aws_byte_cursor_from_array(text.data(), text.size()));
}

static std::string Write(const struct aws_json_value *value, bool is_formatted) {
    struct aws_byte_buf text;
    aws_byte_buf_init(&text, s_allocator, 16);
    int result = is_formatted ? aws_byte_buf_append_json_string_formatted(value, &text)
                              : aws_byte_buf_append_json_string(value, &text);
    MUST(result == AWS_OP_SUCCESS);
    std::string written((const char *)text.buffer, text.len);
    aws_byte_buf_clean_up(&text);
    return written;
}

/* What was written, in whatever form, is read as the same. */
static void ReadBack(const struct aws_json_value *value) {
    std::string written = Write(value, false);
    for (bool is_formatted : {false, true}) {
        struct aws_json_value *again = Parse(Write(value, is_formatted));
        MUST(again != NULL && Write(again, false) == written);
        aws_json_value_destroy(again);
    }
    struct aws_json_value *copy = aws_json_value_duplicate(value);
    MUST(copy != NULL && Write(copy, false) == written);
    MUST(aws_json_value_compare(value, copy, true) == aws_json_value_compare(copy, value, true));
    Saw(1 + aws_json_value_compare(value, copy, true), written.size());
    aws_json_value_destroy(copy);
}

static int OnMember(const struct aws_byte_cursor *key, const struct aws_json_value *, bool *, void *object) {
    MUST(aws_json_value_has_key((struct aws_json_value *)object, *key));
    Saw(300, key->len);
    return AWS_OP_SUCCESS;
}

static void Look(struct aws_json_value *value) {
    bool kinds[] = {
        aws_json_value_is_string(value),
        aws_json_value_is_number(value),
        aws_json_value_is_array(value),
        aws_json_value_is_boolean(value),
        aws_json_value_is_null(value),
        aws_json_value_is_object(value)};
    size_t count = 0;
    for (size_t i = 0; i < 6; ++i) {
        count += kinds[i];
        Saw(10 + i, kinds[i]);
    }
    MUST(count == 1);
    if (kinds[2]) {
        size_t size = aws_json_get_array_size(value);
        MUST(size == 0 || aws_json_get_array_element(value, size - 1) != NULL);
        MUST(aws_json_get_array_element(value, size) == NULL);
        Saw(200, size);
    } else if (kinds[5]) {
        MUST(aws_json_const_iterate_object(value, OnMember, value) == AWS_OP_SUCCESS);
    }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (s_allocator == NULL) {
        s_allocator = aws_default_allocator();
        aws_common_library_init(s_allocator);
    }
    std::string text((const char *)data, size);
    size_t end = text.find('\0');
    struct aws_json_value *first = Parse(text.substr(0, end));
    struct aws_json_value *second = end == std::string::npos ? NULL : Parse(text.substr(end + 1));
    for (struct aws_json_value *value : {first, second}) {
        if (value != NULL) {
            ReadBack(value);
            Look(value);
        }
    }
    for (bool is_case_sensitive : {false, true}) {
        bool is_equal = aws_json_value_compare(first, second, is_case_sensitive);
        MUST(is_equal == aws_json_value_compare(second, first, is_case_sensitive));
        Saw(20 + is_case_sensitive, is_equal);
    }
    aws_json_value_destroy(second);
    aws_json_value_destroy(first);
    return 0;
}
