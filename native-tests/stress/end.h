/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_STRESS_END_H
#define RESEAU_STRESS_END_H

#include "stress/world.h"

#include <aws/io/socket.h>

#include <cstring>

/*
 * One end of a connection: the handler at the right end of its channel, and what came to it. Everything but the hold
 * belongs to the channel's loop.
 */
class End {
  public:
    End(World *world, uint64_t seed, Listener *listener) : listener(listener), world_(world), random_(seed) {
        world->open_ends++;
        handler_.vtable = Vtable();
        handler_.alloc = world->allocator;
        handler_.impl = this;
    }

    /* NULL for a client. */
    Listener *const listener;
    Header header = {};
    bool has_header = false;
    bool is_back_pressured = false;
    size_t window = SIZE_MAX;
    std::atomic<int> starts_refused{0};
    std::atomic<int> creations{0};
    std::atomic<int> set_ups{0};
    std::atomic<int> shut_downs{0};
    std::atomic<int> destroys{0};
    int set_up_error = 0;
    int shut_down_error = 0;
    uint64_t received = 0;
    uint64_t written = 0;
    std::atomic<bool> is_chaotic{false};

    bool IsClient() const {
        return listener == nullptr;
    }

    void OnCreated() {
        CHECK(creations++ == 0 && set_ups == 0, "a channel was created twice or too late");
    }

    void OnSetUp(struct aws_channel *channel, int error) {
        CHECK(set_ups++ == 0 && shut_downs == 0, "set up twice");
        set_up_error = error;
        if (error != AWS_ERROR_SUCCESS) {
            CHECK(channel == nullptr, "a failed set-up with a channel");
            world_->failed_set_ups++;
            world_->open_ends--;
            return;
        }
        channel_ = channel;
        CheckThread("set-up");
        world_->connections++;
        aws_channel_acquire_hold(channel);
        {
            std::lock_guard<Lock> lock(hold_mutex_);
            held_ = channel;
        }
        Install();
        if (IsClient()) {
            Begin();
        } else if (window < 1024) {
            GrantLater(4096);
        }
        Misbehave(3);
    }

    void OnShutDown(struct aws_channel *channel, int error) {
        CHECK(set_ups == 1 && set_up_error == 0, "shut down without having been set up");
        CHECK(shut_downs++ == 0, "shut down twice");
        CHECK(channel == channel_, "another channel's shutdown");
        CheckThread("shutdown");
        shut_down_error = error;
        if (IsHeld()) {
            /* A send after the end fails, and changes nothing. */
            CHECK(!SendSome(32), "a send after the shutdown succeeded");
        }
        if (world_->is_ending || random_.Chance(50)) {
            ReleaseHold();
        }
        CountEnd();
    }

    /* From any thread, for channels that are still held. */
    bool ShutDown(int error) {
        std::lock_guard<Lock> lock(hold_mutex_);
        if (held_ != nullptr) {
            aws_channel_shutdown(held_, error);
        }
        return held_ != nullptr;
    }

    template <class Action> void WithHeldChannel(Action action) {
        std::lock_guard<Lock> lock(hold_mutex_);
        if (held_ != nullptr) {
            action(held_);
        }
    }

    void ReleaseHold() {
        struct aws_channel *held = nullptr;
        {
            std::lock_guard<Lock> lock(hold_mutex_);
            held = held_;
            held_ = nullptr;
        }
        aws_channel_release_hold(held);
    }

    /* Whether a hold may still be released. */
    bool IsHeld() {
        std::lock_guard<Lock> lock(hold_mutex_);
        return held_ != nullptr;
    }

    bool IsOver() const {
        return starts_refused != 0 || (set_ups == 1 && set_up_error != 0) || (shut_downs == 1 && destroys == 1);
    }

  private:
    void CheckThread(const char *what) {
        CHECK(aws_channel_thread_is_callers_thread(channel_), "%s on another thread than the loop's", what);
        CHECK(destroys == 0, "%s after the handler's end", what);
    }

    void CountEnd() {
        if (shut_downs + destroys == 2) {
            world_->open_ends--;
            if (listener != nullptr) {
                listener->live--;
            }
        }
    }

    void Install() {
        slot_ = aws_channel_slot_new(channel_);
        aws_channel_slot_insert_end(channel_, slot_);
        aws_channel_slot_set_handler(slot_, &handler_);
    }

    /* Now and then a chaotic end does what it likes inside whatever callback this is. */
    void Misbehave(unsigned percent) {
        if (is_chaotic && random_.Chance(percent)) {
            aws_channel_shutdown(channel_, random_.Chance(50) ? AWS_ERROR_SUCCESS : AWS_ERROR_UNKNOWN);
        }
        if (is_chaotic && random_.Chance(percent)) {
            aws_channel_trigger_read(channel_);
        }
    }

    /* ---- Sending ---- */

    void Begin() {
        struct aws_io_message *message =
            aws_channel_acquire_message_from_pool(channel_, AWS_IO_MESSAGE_APPLICATION_DATA, sizeof(Header));
        memcpy(message->message_data.buffer, &header, sizeof(Header));
        message->message_data.len = sizeof(Header);
        if (aws_channel_slot_send_message(slot_, message, AWS_CHANNEL_DIR_WRITE) != AWS_OP_SUCCESS) {
            aws_mem_release(message->allocator, message);
            return;
        }
        Pump();
        if (window < 1024) {
            GrantLater(4096);
        }
    }

    uint64_t Stream() const {
        return IsClient() ? header.id : DownStream(header.id);
    }

    uint64_t GoalOfSending() const {
        switch (header.mode) {
        case kUpload:
            return IsClient() ? header.length : 0;
        case kDownload:
            return IsClient() ? 0 : header.length;
        case kEcho:
            return IsClient() ? header.length : received;
        default:
            return header.length;
        }
    }

    void Pump() {
        while (!has_shut_down_write_ && sent_ < GoalOfSending() && in_flight_ < 1 + random_.Below(8)) {
            if (!SendSome(1 + random_.Size(GoalOfSending() - sent_ - 1))) {
                CHECK(is_chaotic || has_ended_read_ || IsClient(), "a clean connection could not send");
                return;
            }
        }
        EndIfDone();
    }

    bool SendSome(uint64_t wanted) {
        struct aws_io_message *message = aws_channel_acquire_message_from_pool(
            channel_, AWS_IO_MESSAGE_APPLICATION_DATA, (size_t)std::min<uint64_t>(wanted, 16384));
        size_t length = std::min<size_t>(message->message_data.capacity, (size_t)wanted);
        for (size_t i = 0; i < length; i++) {
            message->message_data.buffer[i] = PatternAt(Stream(), sent_ + i);
        }
        message->message_data.len = length;
        message->on_completion = [](struct aws_channel *, struct aws_io_message *done, int error, void *self) {
            static_cast<End *>(self)->OnWritten(done->message_data.len, error);
        };
        message->user_data = this;
        sent_ += length;
        in_flight_++;
        if (aws_channel_slot_send_message(slot_, message, AWS_CHANNEL_DIR_WRITE) == AWS_OP_SUCCESS) {
            return true;
        }
        sent_ -= length;
        in_flight_--;
        aws_mem_release(message->allocator, message);
        return false;
    }

    void OnWritten(size_t length, int error) {
        CheckThread("completion of a write");
        CHECK(shut_downs == 0, "completion of a write after the shutdown");
        CHECK(in_flight_ > 0, "more completions than writes");
        in_flight_--;
        if (error != AWS_ERROR_SUCCESS) {
            CHECK(is_chaotic || header.mode == kEcho || header.mode == kUpload, "a clean write failed: %d", error);
            write_error_ = error;
            return;
        }
        written += length;
        Misbehave(1);
        Pump();
    }

    void EndIfDone() {
        bool has_sent = in_flight_ == 0 && written == header.length && has_header;
        if ((header.mode == kUpload && IsClient() && has_sent) ||
            (header.mode == kDownload && !IsClient() && has_sent) ||
            (header.mode == kEcho && IsClient() && received == header.length)) {
            aws_channel_shutdown(channel_, AWS_ERROR_SUCCESS);
        }
    }

    /* ---- Receiving ---- */

    void OnRead(const uint8_t *data, size_t length) {
        CheckThread("a message");
        CHECK(!has_ended_read_, "a message after the read direction had ended");
        CHECK(!is_back_pressured || length <= window_left_, "%zu bytes for a window of %zu", length, window_left_);
        window_left_ -= is_back_pressured ? length : 0;
        size_t taken = 0;
        while (!IsClient() && !has_header && taken < length) {
            raw_header_[raw_header_length_++] = data[taken++];
            if (raw_header_length_ == sizeof(Header)) {
                OnHeader();
            }
        }
        uint64_t stream = IsClient() ? DownStream(header.id) : header.id;
        for (size_t i = taken; i < length; i++) {
            CHECK(
                data[i] == PatternAt(stream, received + i - taken),
                "connection %llu: byte %llu is not what was sent",
                (unsigned long long)header.id,
                (unsigned long long)(received + i - taken));
        }
        received += length - taken;
        world_->bytes += length;
        CHECK(!has_header || received <= header.length, "more bytes than were sent");
        Misbehave(2);
        Grant(length);
        if (has_header) {
            Pump();
        }
    }

    void OnHeader() {
        memcpy(&header, raw_header_, sizeof(Header));
        has_header = true;
        is_chaotic = header.mode == kChaos;
        if (is_chaotic && world_->is_ending) {
            aws_channel_shutdown(channel_, AWS_ERROR_SUCCESS);
        }
    }

    /* Now, in a task, or after a while. */
    void Grant(size_t size) {
        if (random_.Chance(60)) {
            GrantNow(size);
        } else {
            GrantLater(size);
        }
    }

    void GrantNow(size_t size) {
        window_left_ = window_left_ + size < window_left_ ? SIZE_MAX : window_left_ + size;
        aws_channel_slot_increment_read_window(slot_, size);
    }

    void GrantLater(size_t size) {
        owed_ += size;
        if (is_grant_scheduled_) {
            return;
        }
        is_grant_scheduled_ = true;
        aws_channel_task_init(&grant_task_, OnGrantTask, this, "stress_grant");
        if (random_.Chance(50)) {
            aws_channel_schedule_task_now(channel_, &grant_task_);
        } else {
            aws_channel_schedule_task_future(channel_, &grant_task_, InAWhile(3000000));
        }
    }

    static void OnGrantTask(struct aws_channel_task *, void *arg, enum aws_task_status status) {
        End *self = static_cast<End *>(arg);
        self->CheckThread("a grant");
        CHECK(self->is_grant_scheduled_, "a channel task ran twice");
        self->is_grant_scheduled_ = false;
        size_t size = self->owed_;
        self->owed_ = 0;
        if (status == AWS_TASK_STATUS_RUN_READY) {
            self->GrantNow(size);
        }
    }

    uint64_t InAWhile(uint64_t max_nanos) {
        uint64_t now = 0;
        aws_channel_current_clock_time(channel_, &now);
        return now + random_.Below(max_nanos);
    }

    /* ---- The handler ---- */

    static End *Of(struct aws_channel_handler *handler) {
        return static_cast<End *>(handler->impl);
    }

    static int ProcessRead(struct aws_channel_handler *handler, struct aws_channel_slot *, struct aws_io_message *m) {
        Of(handler)->OnRead(m->message_data.buffer, m->message_data.len);
        aws_mem_release(m->allocator, m);
        return AWS_OP_SUCCESS;
    }

    static int ProcessWrite(struct aws_channel_handler *, struct aws_channel_slot *, struct aws_io_message *) {
        Fail("a write message came to the rightmost handler");
    }

    static int OnWindow(struct aws_channel_handler *, struct aws_channel_slot *, size_t) {
        Fail("a window came to the rightmost handler");
    }

    static int OnDirectionEnds(
        struct aws_channel_handler *handler,
        struct aws_channel_slot *,
        enum aws_channel_direction direction,
        int error,
        bool immediately) {
        End *self = Of(handler);
        self->CheckThread("shutdown of a direction");
        bool &has_ended = direction == AWS_CHANNEL_DIR_READ ? self->has_ended_read_ : self->has_shut_down_write_;
        CHECK(!has_ended, "a direction was shut down twice");
        has_ended = true;
        self->ending_error_ = error;
        self->ends_immediately_ = immediately;
        self->ending_direction_ = direction;
        if (self->random_.Chance(70)) {
            return aws_channel_slot_on_handler_shutdown_complete(self->slot_, direction, error, immediately);
        }
        aws_channel_task_init(&self->ending_task_, OnEndingTask, self, "stress_shutdown");
        aws_channel_schedule_task_future(self->channel_, &self->ending_task_, self->InAWhile(2000000));
        return AWS_OP_SUCCESS;
    }

    static void OnEndingTask(struct aws_channel_task *, void *arg, enum aws_task_status) {
        End *self = static_cast<End *>(arg);
        self->CheckThread("the end of a direction");
        aws_channel_slot_on_handler_shutdown_complete(
            self->slot_, self->ending_direction_, self->ending_error_, self->ends_immediately_);
    }

    static size_t InitialWindow(struct aws_channel_handler *handler) {
        Of(handler)->window_left_ = Of(handler)->window;
        return Of(handler)->window;
    }

    static void OnDestroy(struct aws_channel_handler *handler) {
        End *self = Of(handler);
        CHECK(self->destroys++ == 0, "a handler was destroyed twice");
        CHECK(self->in_flight_ == 0, "%llu writes never completed", (unsigned long long)self->in_flight_);
        self->CountEnd();
    }

    static struct aws_channel_handler_vtable *Vtable() {
        static struct aws_channel_handler_vtable vtable = {
            ProcessRead,
            ProcessWrite,
            OnWindow,
            OnDirectionEnds,
            InitialWindow,
            [](struct aws_channel_handler *) { return (size_t)0; },
            OnDestroy,
            nullptr,
            nullptr,
            nullptr,
        };
        return &vtable;
    }

    World *world_;
    Random random_;
    struct aws_channel_handler handler_ = {};
    struct aws_channel_slot *slot_ = nullptr;
    struct aws_channel *channel_ = nullptr;
    Lock hold_mutex_;
    struct aws_channel *held_ = nullptr;

    uint64_t sent_ = 0;
    uint64_t in_flight_ = 0;
    int write_error_ = 0;
    uint8_t raw_header_[sizeof(Header)] = {};
    size_t raw_header_length_ = 0;
    size_t window_left_ = 0;
    size_t owed_ = 0;
    bool is_grant_scheduled_ = false;
    struct aws_channel_task grant_task_ = {};

    bool has_ended_read_ = false;
    bool has_shut_down_write_ = false;
    int ending_error_ = 0;
    bool ends_immediately_ = false;
    enum aws_channel_direction ending_direction_ = AWS_CHANNEL_DIR_READ;
    struct aws_channel_task ending_task_ = {};
};

#endif /* RESEAU_STRESS_END_H */
