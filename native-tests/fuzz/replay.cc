/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over every file of the directories named, so that a corpus is a test without a fuzzer. */
#include "fuzz/fuzz.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

int main(int argc, char **argv) {
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < argc; ++i) {
        for (const auto &entry : std::filesystem::directory_iterator(argv[i])) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    for (const auto &file : files) {
        printf("%s\n", file.filename().c_str());
        fflush(stdout);
        std::ifstream stream(file, std::ios::binary);
        std::vector<char> bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());

        /* A block of its own size, so that a tool can see what goes beyond it. */
        std::vector<uint8_t> exact(bytes.begin(), bytes.end());
        LLVMFuzzerTestOneInput(exact.data(), exact.size());
    }
    LLVMFuzzerTestOneInput(nullptr, 0);
    printf("%zu inputs\n", files.size());
    return files.empty() ? 1 : 0;
}
