/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_STATISTICS_RECORDER_H
#define RESEAU_TESTS_STATISTICS_RECORDER_H

#include "support/synchronisation.h"

#include <aws/common/array_list.h>
#include <aws/common/statistics.h>
#include <aws/io/statistics.h>

#include <functional>

/* A statistics handler that adds up what it is given. The handler itself lives as long as its channel; this
 * object must outlive it. */
class StatisticsRecorder {
  public:
    StatisticsRecorder(struct aws_allocator *allocator, uint64_t interval_ms) : interval_ms_(interval_ms) {
        static struct aws_crt_statistics_handler_vtable vtable = {OnProcess, OnDestroy, OnInterval};
        handler_ = static_cast<struct aws_crt_statistics_handler *>(
            aws_mem_calloc(allocator, 1, sizeof(struct aws_crt_statistics_handler)));
        handler_->vtable = &vtable;
        handler_->allocator = allocator;
        handler_->impl = this;
    }

    StatisticsRecorder(const StatisticsRecorder &) = delete;
    StatisticsRecorder &operator=(const StatisticsRecorder &) = delete;

    /* Runs inside each sample, before it is counted; the context is the channel. */
    std::function<void(void *context)> on_sample;

    struct aws_crt_statistics_handler *handler() const {
        return handler_;
    }

    bool AwaitSamples(int count) {
        return monitor_.Await([this, count] { return samples_ >= count; });
    }

    bool AwaitDestroyed() {
        return monitor_.Await([this] { return destroyed_ > 0; });
    }

    int Samples() {
        return monitor_.Read([this] { return samples_; });
    }

    int Destroyed() {
        return monitor_.Read([this] { return destroyed_; });
    }

    uint64_t BytesRead() {
        return monitor_.Read([this] { return read_; });
    }

    uint64_t BytesWritten() {
        return monitor_.Read([this] { return written_; });
    }

    struct aws_crt_statistics_sample_interval LastInterval() {
        return monitor_.Read([this] { return last_interval_; });
    }

    size_t LastEntries() {
        return monitor_.Read([this] { return last_entries_; });
    }

  private:
    static StatisticsRecorder *Of(struct aws_crt_statistics_handler *handler) {
        return static_cast<StatisticsRecorder *>(handler->impl);
    }

    static void OnProcess(
        struct aws_crt_statistics_handler *handler,
        struct aws_crt_statistics_sample_interval *interval,
        struct aws_array_list *list,
        void *context) {
        StatisticsRecorder *self = Of(handler);
        uint64_t read = 0, written = 0;
        for (size_t i = 0; i < aws_array_list_length(list); i++) {
            struct aws_crt_statistics_base *base = nullptr;
            aws_array_list_get_at(list, &base, i);
            if (base->category == AWSCRT_STAT_CAT_SOCKET) {
                auto *socket = reinterpret_cast<struct aws_crt_statistics_socket *>(base);
                read += socket->bytes_read;
                written += socket->bytes_written;
            }
        }
        struct aws_crt_statistics_sample_interval seen = *interval;
        size_t entries = aws_array_list_length(list);
        if (self->on_sample) {
            self->on_sample(context);
        }
        self->monitor_.Change([&] {
            self->samples_++;
            self->read_ += read;
            self->written_ += written;
            self->last_interval_ = seen;
            self->last_entries_ = entries;
        });
    }

    static void OnDestroy(struct aws_crt_statistics_handler *handler) {
        StatisticsRecorder *self = Of(handler);
        aws_mem_release(handler->allocator, handler);
        self->monitor_.Change([&] { self->destroyed_++; });
    }

    static uint64_t OnInterval(struct aws_crt_statistics_handler *handler) {
        return Of(handler)->interval_ms_;
    }

    uint64_t interval_ms_;
    struct aws_crt_statistics_handler *handler_;
    Monitor monitor_;
    int samples_ = 0;
    int destroyed_ = 0;
    uint64_t read_ = 0;
    uint64_t written_ = 0;
    size_t last_entries_ = 0;
    struct aws_crt_statistics_sample_interval last_interval_ = {};
};

#endif /* RESEAU_TESTS_STATISTICS_RECORDER_H */
