/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PROGRAM_H
#define RESEAU_TESTS_PROGRAM_H

#include "support/tls.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

/* Another program, with pipes to what it reads and from all that it prints. It ends with the object, and if the test
 * is killed. */
class Program {
  public:
    explicit Program(std::vector<std::string> arguments) {
        EXPECT_EQ(0, pipe2(input_, O_CLOEXEC));
        EXPECT_EQ(0, pipe2(output_, O_CLOEXEC));
        arguments.insert(arguments.begin(), {"setpriv", "--pdeathsig", "KILL"});
        process_ = std::make_unique<ChildProcess>(std::move(arguments), input_[0], output_[1], output_[1]);
        EXPECT_TRUE(process_->Started());
        close(input_[0]);
        close(output_[1]);
        reader_ = std::thread([this] { Read(); });
    }

    ~Program() {
        Stop();
    }

    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    /* A program that has ended gets nothing; what it printed shows why. The signal of that write is taken back. */
    void Say(const std::string &text) {
        sigset_t broken_pipe, before;
        sigemptyset(&broken_pipe);
        sigaddset(&broken_pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
        const ssize_t written = write(input_[1], text.data(), text.size());
        const bool has_ended = written < 0 && errno == EPIPE;
        EXPECT_TRUE(has_ended || written == (ssize_t)text.size());
        const struct timespec at_once = {};
        if (has_ended) {
            sigtimedwait(&broken_pipe, nullptr, &at_once);
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void EndInput() {
        if (input_[1] >= 0) {
            close(input_[1]);
            input_[1] = -1;
        }
    }

    /* Waits until it has printed this, so many times; false if it ends without. */
    bool Prints(const std::string &text, int times = 1, int seconds = 60) {
        bool is_there = false;
        auto look = [&] {
            is_there = Count(text) >= times;
            return is_there || is_silent_;
        };
        return printed_.Await(look, seconds) && is_there;
    }

    /* How often it has printed this. */
    int Printed(const std::string &text) {
        return printed_.Read([&] { return Count(text); });
    }

    /* Waits for its end. The exit status, or -1. */
    int Wait() {
        EndInput();
        bool is_over = printed_.Await([this] { return is_silent_; }, 600);
        int status = is_over ? process_->Wait() : -1;
        Stop();
        return status;
    }

    void Stop() {
        process_->Kill();
        if (reader_.joinable()) {
            EndInput();
            reader_.join();
            close(output_[0]);
        }
    }

    std::string Output() {
        return printed_.Read([this] { return output_text_; });
    }

  private:
    int Count(const std::string &text) const {
        int count = 0;
        for (size_t at = output_text_.find(text); at != std::string::npos; at = output_text_.find(text, at + 1)) {
            ++count;
        }
        return count;
    }

    void Read() {
        char part[65536];
        ssize_t count;
        while ((count = read(output_[0], part, sizeof(part))) > 0) {
            printed_.Change([&] { output_text_.append(part, (size_t)count); });
        }
        printed_.Change([this] { is_silent_ = true; });
    }

    int input_[2];
    int output_[2];
    std::unique_ptr<ChildProcess> process_;
    bool is_silent_ = false;
    std::string output_text_;
    Monitor printed_;
    std::thread reader_;
};

/* A program that listens on the port which it was given. */
inline bool AwaitListening(uint32_t port) {
    for (int i = 0; i < 1000; ++i) {
        int fd = ConnectPlain(port);
        if (fd >= 0) {
            close(fd);
            return true;
        }
        usleep(10000);
    }
    ADD_FAILURE() << "nobody listens on port " << port;
    return false;
}

#endif /* RESEAU_TESTS_PROGRAM_H */
