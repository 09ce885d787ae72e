/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_STRING_INL
#define AWS_COMMON_STRING_INL

#include <aws/common/string.h>

AWS_EXTERN_C_BEGIN

AWS_STATIC_IMPL
const uint8_t *aws_string_bytes(const struct aws_string *str) {
    return str != NULL ? str->bytes : NULL;
}

AWS_STATIC_IMPL
const char *aws_string_c_str(const struct aws_string *str) {
    return (const char *)aws_string_bytes(str);
}

AWS_STATIC_IMPL
bool aws_string_is_valid(const struct aws_string *str) {
    /* Through a pointer, because the array is declared with one element only. */
    const uint8_t *bytes = aws_string_bytes(str);
    return bytes != NULL && bytes[str->len] == 0;
}

AWS_STATIC_IMPL
bool aws_c_string_is_valid(const char *str) {
    return str != NULL;
}

AWS_STATIC_IMPL
bool aws_char_is_space(uint8_t c) {
    return aws_isspace(c);
}

AWS_EXTERN_C_END

#endif /* AWS_COMMON_STRING_INL */
