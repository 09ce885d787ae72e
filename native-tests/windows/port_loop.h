/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_PORT_LOOP_H
#define RESEAU_TESTS_PORT_LOOP_H

#include "support/lock.h"
#include "support/loops.h"

#ifndef NOMINMAX
#    define NOMINMAX
#endif
#include <winsock2.h>

#include <windows.h>

#include <atomic>
#include <thread>

/*
 * An event loop as a program writes it for aws_event_loop_new_base(): a completion port, a thread that takes one packet
 * after the other from it and calls the function of its aws_overlapped, and tasks. It knows nothing of whose packets
 * they are.
 */
class PortLoop {
  public:
    /* Of a group of one; the group destroys it. */
    static struct aws_event_loop_group *NewGroup(struct aws_allocator *allocator) {
        struct aws_event_loop_group_options options = {};
        options.loop_count = 1;
        return aws_event_loop_group_new_internal(allocator, &options, New, nullptr);
    }

    static struct aws_event_loop *
    New(struct aws_allocator *allocator, const struct aws_event_loop_options *, void *without_port) {
        auto *self = new PortLoop(allocator);
        struct aws_event_loop_vtable *vtable = without_port != nullptr ? VtableWithoutPort() : Vtable();
        return self->loop_ = aws_event_loop_new_base(allocator, aws_high_res_clock_get_ticks, vtable, self);
    }

    static PortLoop *Of(struct aws_event_loop *loop) {
        return static_cast<PortLoop *>(aws_event_loop_get_impl(loop));
    }

    /* Packets that were taken, but for wake-ups; handles that were connected, and those that have left. */
    std::atomic<int> packets{0};
    std::atomic<int> connected{0};
    std::atomic<int> left{0};

  private:
    explicit PortLoop(struct aws_allocator *allocator)
        : allocator_(allocator), port_(CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1)) {
        EXPECT_NE(nullptr, port_);
        EXPECT_EQ(AWS_OP_SUCCESS, aws_task_scheduler_init(&scheduler_, allocator));
        aws_linked_list_init(&posted_);
    }

    static uint64_t Now() {
        uint64_t now = 0;
        aws_high_res_clock_get_ticks(&now);
        return now;
    }

    void Run() {
        while (!stops_) {
            uint64_t next = 0;
            DWORD milliseconds = INFINITE;
            TakePosted();
            if (aws_task_scheduler_has_tasks(&scheduler_, &next) && next != UINT64_MAX) {
                uint64_t now = Now();
                milliseconds = next > now ? (DWORD)((next - now + 999999) / 1000000) : 0;
            }
            for (; TakePacket(milliseconds); milliseconds = 0) {
            }
            TakePosted();
            aws_task_scheduler_run_all(&scheduler_, Now());
        }
    }

    /* False if there is none within that time. */
    bool TakePacket(DWORD milliseconds) {
        DWORD bytes = 0;
        ULONG_PTR key = 0;
        OVERLAPPED *overlapped = nullptr;
        GetQueuedCompletionStatus(port_, &bytes, &key, &overlapped, milliseconds);
        if (overlapped == nullptr) {
            return key == kWake;
        }
        ++packets;
        auto *operation = reinterpret_cast<struct aws_overlapped *>(overlapped);
        operation->on_completion(loop_, operation, (int)overlapped->Internal, bytes);
        return true;
    }

    void TakePosted() {
        struct aws_linked_list tasks;
        aws_linked_list_init(&tasks);
        {
            std::lock_guard<Lock> lock(mutex_);
            aws_linked_list_swap_contents(&tasks, &posted_);
        }
        while (!aws_linked_list_empty(&tasks)) {
            auto *task = AWS_CONTAINER_OF(aws_linked_list_pop_front(&tasks), struct aws_task, node);
            if (task->timestamp == 0) {
                aws_task_scheduler_schedule_now(&scheduler_, task);
            } else {
                aws_task_scheduler_schedule_future(&scheduler_, task, task->timestamp);
            }
        }
    }

    void Wake() {
        PostQueuedCompletionStatus(port_, 0, kWake, nullptr);
    }

    static void Schedule(struct aws_event_loop *loop, struct aws_task *task, uint64_t due) {
        PortLoop *self = Of(loop);
        task->timestamp = due;
        {
            std::lock_guard<Lock> lock(self->mutex_);
            aws_linked_list_push_back(&self->posted_, &task->node);
        }
        self->Wake();
    }

    static void ScheduleNow(struct aws_event_loop *loop, struct aws_task *task) {
        Schedule(loop, task, 0);
    }

    static int Stop(struct aws_event_loop *loop) {
        Of(loop)->stops_ = true;
        Of(loop)->Wake();
        return AWS_OP_SUCCESS;
    }

    static int Join(struct aws_event_loop *loop) {
        if (Of(loop)->thread_.joinable()) {
            Of(loop)->thread_.join();
        }
        return AWS_OP_SUCCESS;
    }

    /* What tasks that are cancelled have begun to end comes home by packets, which are taken before the port goes. */
    static void Destroy(struct aws_event_loop *loop) {
        PortLoop *self = Of(loop);
        Stop(loop);
        Join(loop);
        self->owner_ = GetCurrentThreadId();
        do {
            self->TakePosted();
            aws_task_scheduler_clean_up(&self->scheduler_);
            aws_task_scheduler_init(&self->scheduler_, self->allocator_);
            while (self->TakePacket(0)) {
            }
            self->TakePosted();
        } while (aws_task_scheduler_has_tasks(&self->scheduler_, nullptr));
        aws_task_scheduler_clean_up(&self->scheduler_);
        aws_event_loop_clean_up_base(loop);
        CloseHandle(self->port_);
        aws_mem_release(self->allocator_, loop);
        delete self;
    }

    static int Connect(struct aws_event_loop *loop, struct aws_io_handle *handle) {
        if (CreateIoCompletionPort((HANDLE)handle->data.handle, Of(loop)->port_, 0, 0) == nullptr) {
            return aws_raise_error(AWS_ERROR_SYS_CALL_FAILURE);
        }
        handle->additional_data = &Of(loop)->connected;
        ++Of(loop)->connected;
        return AWS_OP_SUCCESS;
    }

    /* As on a Windows before 8.1, handles cannot leave. */
    static int Disconnect(struct aws_event_loop *loop, struct aws_io_handle *handle) {
        EXPECT_EQ(&Of(loop)->connected, handle->additional_data);
        ++Of(loop)->left;
        return aws_raise_error(AWS_ERROR_UNSUPPORTED_OPERATION);
    }

    static struct aws_event_loop_vtable Functions() {
        struct aws_event_loop_vtable vtable = {};
        vtable.start_destroy = [](struct aws_event_loop *) {};
        vtable.complete_destroy = Destroy;
        vtable.run = [](struct aws_event_loop *loop) {
            std::unique_lock<Lock> lock(Of(loop)->mutex_);
            Of(loop)->thread_ = std::thread([loop] {
                Of(loop)->owner_ = GetCurrentThreadId();
                Of(loop)->Run();
            });
            return AWS_OP_SUCCESS;
        };
        vtable.stop = Stop;
        vtable.wait_for_stop_completion = Join;
        vtable.schedule_task_now = ScheduleNow;
        vtable.schedule_task_now_serialized = ScheduleNow;
        vtable.schedule_task_future = Schedule;
        vtable.cancel_task = [](struct aws_event_loop *loop, struct aws_task *task) {
            Of(loop)->TakePosted();
            aws_task_scheduler_cancel_task(&Of(loop)->scheduler_, task);
        };
        vtable.is_on_callers_thread = [](struct aws_event_loop *loop) {
            return Of(loop)->owner_ == GetCurrentThreadId();
        };
        vtable.unsubscribe_from_io_events = Disconnect;
        vtable.free_io_event_resources = [](void *) {};
        return vtable;
    }

    static struct aws_event_loop_vtable *VtableWithoutPort() {
        static struct aws_event_loop_vtable vtable = Functions();
        return &vtable;
    }

    static struct aws_event_loop_vtable *Vtable() {
        static struct aws_event_loop_vtable vtable = [] {
            struct aws_event_loop_vtable functions = Functions();
            functions.connect_to_io_completion_port = Connect;
            return functions;
        }();
        return &vtable;
    }

    static constexpr ULONG_PTR kWake = 99;

    struct aws_allocator *allocator_;
    struct aws_event_loop *loop_ = nullptr;
    HANDLE port_;
    std::thread thread_;
    std::atomic<DWORD> owner_{0};
    std::atomic<bool> stops_{false};
    Lock mutex_;
    struct aws_linked_list posted_;
    struct aws_task_scheduler scheduler_;
};

#endif /* RESEAU_TESTS_PORT_LOOP_H */
