/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_CAPTURED_LOG_H
#define RESEAU_TESTS_CAPTURED_LOG_H

#include "support/temporary_file.h"

#include <aws/common/logging.h>
#include <gtest/gtest.h>

/* What the library logs from this level on, from when the object is made until End(). */
class CapturedLog {
  public:
    CapturedLog(struct aws_allocator *allocator, enum aws_log_level level) {
        struct aws_logger_standard_options options = {level, file_.Path(), nullptr};
        EXPECT_EQ(AWS_OP_SUCCESS, aws_logger_init_standard(&logger_, allocator, &options));
        previous_ = aws_logger_get();
        aws_logger_set(&logger_);
    }

    ~CapturedLog() {
        End();
    }

    CapturedLog(const CapturedLog &) = delete;
    CapturedLog &operator=(const CapturedLog &) = delete;

    std::string End() {
        if (!ended_) {
            ended_ = true;
            aws_logger_set(previous_);
            aws_logger_clean_up(&logger_);
        }
        return file_.Content();
    }

    bool Holds(const std::string &text) {
        return End().find(text) != std::string::npos;
    }

  private:
    TemporaryFile file_;
    struct aws_logger logger_ = {};
    struct aws_logger *previous_ = nullptr;
    bool ended_ = false;
};

#endif /* RESEAU_TESTS_CAPTURED_LOG_H */
