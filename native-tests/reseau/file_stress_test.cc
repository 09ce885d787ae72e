/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of 2 GB to 50 slow readers within 64 MB of memory. Each reads the first RESEAU_STRESS_READ_MB of it, 4; all of
 * it with 0, which takes five minutes of a processor. RESEAU_STRESS_FILE_MB and RESEAU_STRESS_READERS are the other
 * numbers.
 */
#include "support/reseau_peer.h"
#include "support/temporary_file.h"

#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace {

int Setting(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text == nullptr ? otherwise : atoi(text);
}

/* Resident memory of this process alone: pages of files and of shared libraries left out. */
size_t AnonymousMemory() {
    std::ifstream status("/proc/self/status");
    std::string word;
    size_t kilobytes = 0;
    while (status >> word) {
        if (word == "RssAnon:") {
            status >> kilobytes;
        }
    }
    return kilobytes * 1024;
}

/* Each 4 KB begin with their number; the rest is a hole where the file system has such. */
void Fill(const std::string &path, uint64_t length) {
    int file = open(path.c_str(), O_CREAT | O_WRONLY, 0600);
    ASSERT_GE(file, 0);
    ASSERT_EQ(0, ftruncate(file, (off_t)length));
    for (uint64_t at = 0; at < length; at += 1 << 20) {
        ASSERT_EQ((ssize_t)sizeof(at), pwrite(file, &at, sizeof(at), (off_t)at));
    }
    close(file);
}

/* A reader with little room, that reads a little at a time. */
struct Reader {
    reseau_id connection = 0;
    uint64_t received = 0;
    uint64_t wrong = 0;

    /* False at the end. */
    bool Read(std::vector<char> &buffer) {
        int64_t read = reseau_try_read(connection, buffer.data(), buffer.size());
        if (read == RESEAU_ERROR_WOULD_BLOCK) {
            return true;
        }
        if (read <= 0) {
            return false;
        }
        for (uint64_t mark = (received + (1 << 20) - 1) >> 20 << 20; mark + 8 <= received + (uint64_t)read;
             mark += 1 << 20) {
            uint64_t found;
            memcpy(&found, &buffer[mark - received], sizeof(found));
            wrong += found != mark;
        }
        received += (uint64_t)read;
        return true;
    }
};

} // namespace

TEST(ReseauFileStress, ALargeFileToManySlowReadersTakesLittleMemory) {
    uint64_t length = (uint64_t)Setting("RESEAU_STRESS_FILE_MB", 2048) << 20;
    uint64_t limit = (uint64_t)Setting("RESEAU_STRESS_READ_MB", 4) << 20;
    size_t count = (size_t)Setting("RESEAU_STRESS_READERS", 50);
    TemporaryDirectory directory;
    std::string path = directory.Path("file");
    Fill(path, length);
    reseau_id listener = reseau_listen(nullptr, 0, nullptr);
    ASSERT_GT(listener, 0);
    int descriptor = open(path.c_str(), O_RDONLY);
    struct reseau_options options = reseau_options_default();
    options.read_buffer_bytes = 32768;
    std::vector<Reader> readers(count);
    std::vector<reseau_id> senders;
    for (Reader &reader : readers) {
        reader.connection = reseau_connect("127.0.0.1", PortOf(listener), &options);
        ASSERT_GT(reader.connection, 0);
        senders.push_back(reseau_accept(listener, 60000));
        ASSERT_EQ((int64_t)length, reseau_send_descriptor(senders.back(), descriptor, 0, -1, 0));
        ASSERT_EQ(0, reseau_end(senders.back()));
    }
    close(descriptor);

    size_t before = AnonymousMemory();
    size_t peak = before;
    std::vector<char> buffer(16384);
    size_t left = count;
    for (size_t round = 0; left > 0; ++round) {
        left = 0;
        for (Reader &reader : readers) {
            left += (limit == 0 || reader.received < limit) && reader.Read(buffer);
        }
        if (round % 1000 == 0) {
            peak = std::max(peak, AnonymousMemory());
        }
    }
    for (Reader &reader : readers) {
        EXPECT_GE(reader.received, limit == 0 ? length : limit);
        EXPECT_EQ(0u, reader.wrong);
        reseau_abort(reader.connection);
    }
    for (reseau_id sender : senders) {
        reseau_abort(sender);
    }
    reseau_close(listener);
#if !defined(__SANITIZE_ADDRESS__) /* which keeps what was freed */
    EXPECT_LT(peak, (size_t)64 << 20) << "before: " << before;
#endif
    RecordProperty("peak", std::to_string(peak));
}
