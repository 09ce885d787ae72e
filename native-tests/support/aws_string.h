/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_AWS_STRING_H
#define RESEAU_TESTS_AWS_STRING_H

#include <aws/common/string.h>

#include <string>

/* A string of the library's, for one scope. */
class AwsString {
  public:
    AwsString(struct aws_allocator *allocator, const std::string &text)
        : string_(aws_string_new_from_array(allocator, (const uint8_t *)text.data(), text.size())) {
    }
    AwsString(const AwsString &) = delete;
    AwsString &operator=(const AwsString &) = delete;
    ~AwsString() {
        aws_string_destroy(string_);
    }
    operator struct aws_string *() const {
        return string_;
    }

  private:
    struct aws_string *string_;
};

#endif /* RESEAU_TESTS_AWS_STRING_H */
