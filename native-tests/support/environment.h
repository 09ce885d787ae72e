/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_ENVIRONMENT_H
#define RESEAU_TESTS_ENVIRONMENT_H

#include "support/portable.h"

#include <cstdlib>
#include <string>

/* A variable of the environment that has another value, or none, until the object goes. */
class Variable {
  public:
    explicit Variable(const char *name) : name_(name) {
        const char *value = getenv(name);
        was_set_ = value != nullptr;
        previous_ = was_set_ ? value : "";
        unsetenv(name);
    }

    Variable(const char *name, const std::string &value) : Variable(name) {
        Set(value);
    }

    ~Variable() {
        if (was_set_) {
            setenv(name_.c_str(), previous_.c_str(), 1);
        } else {
            unsetenv(name_.c_str());
        }
    }

    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

    void Set(const std::string &value) {
        setenv(name_.c_str(), value.c_str(), 1);
    }

  private:
    std::string name_;
    bool was_set_;
    std::string previous_;
};

#endif /* RESEAU_TESTS_ENVIRONMENT_H */
