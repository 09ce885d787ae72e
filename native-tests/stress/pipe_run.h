/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_PIPE_RUN_H
#define RESEAU_STRESS_PIPE_RUN_H

#include "stress/world.h"

#include <aws/io/pipe.h>

/* A pipe between two loops: written at one end, read at the other, closed at either at any time. */
class PipeRun {
  public:
    static void Start(World *world, Random &random) {
        PipeRun *run = new PipeRun(world, random.Next());
        struct aws_event_loop *writer = world->AnyLoop(random);
        struct aws_event_loop *reader = world->AnyLoop(random);
        if (aws_pipe_init(&run->read_end_, reader, &run->write_end_, writer, world->allocator) != AWS_OP_SUCCESS) {
            Fail("no pipe: %s", aws_error_name(aws_last_error()));
        }
        world->pipes++;
        world->open_calls += 2;
        run->stream_ = world->next_id++;
        run->data_.resize(1 + random.Size(300000));
        for (size_t i = 0; i < run->data_.size(); i++) {
            run->data_[i] = PatternAt(run->stream_, i);
        }
        run->stops_writing_at_ = random.Chance(30) ? random.Below(run->data_.size()) : run->data_.size();
        run->stops_reading_at_ = random.Chance(30) ? random.Below(run->data_.size()) : SIZE_MAX;
        aws_task_init(&run->write_task_, OnWriteTask, run, "stress_pipe_write");
        aws_task_init(&run->read_task_, OnReadTask, run, "stress_pipe_read");
        aws_event_loop_schedule_task_now(writer, &run->write_task_);
        aws_event_loop_schedule_task_now(reader, &run->read_task_);
    }

  private:
    PipeRun(World *world, uint64_t seed) : world_(world), random_(seed), group_(world->group) {
        aws_event_loop_group_acquire(group_);
    }

    static void OnWriteTask(struct aws_task *, void *arg, enum aws_task_status) {
        static_cast<PipeRun *>(arg)->WriteSome();
    }

    void WriteSome() {
        is_writing_ = true;
        for (uint64_t left = 1 + random_.Below(6); left > 0 && offset_ < data_.size() && !is_write_end_closed_;
             left--) {
            size_t length = 1 + (size_t)random_.Below(data_.size() - offset_);
            struct aws_byte_cursor cursor = {length, data_.data() + offset_};
            offset_ += length;
            in_flight_++;
            CHECK(
                aws_pipe_write(&write_end_, cursor, OnWritten, this) == AWS_OP_SUCCESS,
                "a pipe refused a write: %s",
                aws_error_name(aws_last_error()));
        }
        bool is_done = in_flight_ == 0 && offset_ == data_.size();
        if ((is_done || offset_ > stops_writing_at_) && !is_write_end_closed_) {
            is_write_end_closed_ = true;
            CHECK(aws_pipe_clean_up_write_end(&write_end_) == AWS_OP_SUCCESS, "a write end could not be closed");
            CHECK(in_flight_ == 0, "%d writes to a pipe never completed", in_flight_);
            is_writing_over_ = true;
            EndHalf();
            return;
        }
        is_writing_ = false;
        GoOnIfWritten();
    }

    void GoOnIfWritten() {
        if (!is_writing_ && in_flight_ == 0) {
            aws_event_loop_schedule_task_now(aws_pipe_get_write_end_event_loop(&write_end_), &write_task_);
        }
    }

    static void OnWritten(struct aws_pipe_write_end *end, int error, struct aws_byte_cursor, void *arg) {
        PipeRun *self = static_cast<PipeRun *>(arg);
        CHECK(!self->is_writing_over_ && self->in_flight_-- > 0, "a write to a pipe completed twice");
        CHECK((end == nullptr) == self->is_write_end_closed_, "the wrong end in a completion");
        if (error != AWS_ERROR_SUCCESS) {
            self->stops_writing_at_ = 0;
        }
        self->GoOnIfWritten();
    }

    static void OnReadTask(struct aws_task *, void *arg, enum aws_task_status) {
        PipeRun *self = static_cast<PipeRun *>(arg);
        CHECK(
            aws_pipe_subscribe_to_readable_events(&self->read_end_, OnReadable, self) == AWS_OP_SUCCESS,
            "a pipe could not be subscribed to");
    }

    static void OnReadable(struct aws_pipe_read_end *end, int error, void *arg) {
        PipeRun *self = static_cast<PipeRun *>(arg);
        CHECK(!self->is_read_end_closed_, "a pipe is readable after its end");
        uint8_t memory[8192];
        bool is_ended = false;
        while (!is_ended) {
            struct aws_byte_buf buffer = {0, memory, sizeof(memory), nullptr};
            size_t count = 0;
            if (aws_pipe_read(end, &buffer, &count) != AWS_OP_SUCCESS) {
                is_ended = aws_last_error() != AWS_IO_READ_WOULD_BLOCK;
                break;
            }
            for (size_t i = 0; i < count; i++) {
                CHECK(memory[i] == PatternAt(self->stream_, self->received_ + i), "a pipe gave another byte");
            }
            self->received_ += count;
            is_ended = count == 0 || self->received_ > self->stops_reading_at_;
        }
        if (is_ended || error != AWS_ERROR_SUCCESS) {
            self->is_read_end_closed_ = true;
            CHECK(aws_pipe_clean_up_read_end(end) == AWS_OP_SUCCESS, "a read end could not be closed");
            self->EndHalf();
        }
    }

    void EndHalf() {
        World *world = world_;
        if (halves_ended_++ == 1) {
            aws_event_loop_group_release(group_);
            delete this;
        }
        world->open_calls--;
    }

    World *world_;
    Random random_;
    struct aws_event_loop_group *group_;
    struct aws_pipe_read_end read_end_ = {};
    struct aws_pipe_write_end write_end_ = {};
    struct aws_task write_task_ = {};
    struct aws_task read_task_ = {};
    uint64_t stream_ = 0;
    std::vector<uint8_t> data_;
    size_t offset_ = 0;
    size_t received_ = 0;
    size_t stops_writing_at_ = 0;
    size_t stops_reading_at_ = 0;
    int in_flight_ = 0;
    bool is_write_end_closed_ = false;
    bool is_writing_ = false;
    bool is_writing_over_ = false;
    bool is_read_end_closed_ = false;
    std::atomic<int> halves_ended_{0};
};

#endif /* RESEAU_STRESS_PIPE_RUN_H */
