/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_TEMPORARY_FILE_H
#define RESEAU_TESTS_TEMPORARY_FILE_H

#include "support/portable.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

/* A directory of this test alone, removed at its end with all that is inside. */
class TemporaryDirectory {
  public:
    TemporaryDirectory() {
        std::string pattern = (std::filesystem::temp_directory_path() / "reseau-test-").string() + std::string(6, 'X');
        if (mkdtemp(&pattern[0]) == nullptr) {
            throw std::runtime_error("no temporary directory");
        }
        path_ = pattern;
    }

    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    TemporaryDirectory(const TemporaryDirectory &) = delete;
    TemporaryDirectory &operator=(const TemporaryDirectory &) = delete;

    /* The path of something inside, or of the directory itself. */
    std::string Path(const std::string &name = "") const {
        return name.empty() ? path_ : path_ + "/" + name;
    }

    void Write(const std::string &name, const std::string &content) const {
        std::ofstream(Path(name), std::ios::binary) << content;
    }

  private:
    std::string path_;
};

/* The name of a file that does not exist yet, in a directory of its own. */
class TemporaryFile {
  public:
    const char *Path() const {
        return path_.c_str();
    }

    std::string Content() const {
        std::ifstream stream(path_, std::ios::binary);
        std::stringstream content;
        content << stream.rdbuf();
        return content.str();
    }

    std::vector<std::string> Lines() const {
        std::vector<std::string> lines;
        std::ifstream stream(path_);
        for (std::string line; std::getline(stream, line);) {
            lines.push_back(line);
        }
        return lines;
    }

  private:
    TemporaryDirectory directory_;
    std::string path_ = directory_.Path("file");
};

#endif /* RESEAU_TESTS_TEMPORARY_FILE_H */
