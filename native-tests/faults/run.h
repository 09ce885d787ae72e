/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_FAULTS_RUN_H
#define RESEAU_TESTS_FAULTS_RUN_H

#include "faults/injector.h"
#include "support/synchronisation.h"

#include <aws/common/allocator.h>
#include <aws/common/error.h>
#include <aws/common/shutdown_types.h>
#include <aws/common/task_scheduler.h>
#include <aws/io/event_loop.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

/* One scenario under one plan: which errors it got, and whether it did all that it does when nothing fails. */
class FaultRun {
  public:
    FaultRun(struct aws_allocator *allocator, const FaultPlan &plan, size_t bytes)
        : allocator(allocator), plan(plan), bytes(bytes) {
    }

    struct aws_allocator *const allocator;
    const FaultPlan plan;

    /* How much a scenario with a stream sends. */
    const size_t bytes;

    Monitor state;

    /*
     * An error that the library has reported, by a result or by a callback. 0 is none. When all is done, ends that get
     * each other's end are no news.
     */
    void Report(int error) {
        if (error != AWS_ERROR_SUCCESS) {
            state.Change([&] {
                if (!complete_) {
                    errors_.push_back(error);
                }
            });
        }
    }

    /* For calls that return AWS_OP_SUCCESS or fail with the last error. */
    bool Succeeds(int result) {
        if (result != AWS_OP_SUCCESS) {
            Report(aws_last_error());
        }
        return result == AWS_OP_SUCCESS;
    }

    template <class Object> bool Succeeds(Object *made) {
        return Succeeds(made != nullptr ? AWS_OP_SUCCESS : AWS_OP_ERR);
    }

    /* Everything that the scenario does has been done. */
    void Complete() {
        state.Change([&] { complete_ = true; });
    }

    /* A promise of the library that must hold whatever fails. */
    void Check(bool holds, const char *promise) {
        if (!holds) {
            state.Change([&] { broken_.push_back(promise); });
        }
    }

    /* Nothing may hang. What cannot go on cannot be cleaned up either. */
    template <class Predicate> void Await(Predicate predicate, const char *what) {
        if (!state.Await(predicate, 30)) {
            fprintf(stderr, "HANGS: %s, waiting for %s\n", plan.Describe().c_str(), what);
            for (int error : errors_) {
                fprintf(stderr, "  error reported: %s\n", aws_error_name(error));
            }
            fflush(stderr);
            abort();
        }
    }

    const std::vector<int> &errors() const {
        return errors_;
    }
    bool is_complete() const {
        return complete_;
    }
    const std::vector<std::string> &broken() const {
        return broken_;
    }

  private:
    std::vector<int> errors_;
    std::vector<std::string> broken_;
    bool complete_ = false;
};

/* An event loop group; the end of the object waits for its end. */
class FaultGroup {
  public:
    FaultGroup(FaultRun &run, uint16_t loops) : run_(run) {
        struct aws_shutdown_callback_options shutdown = {};
        shutdown.shutdown_callback_fn = OnEnded;
        shutdown.shutdown_callback_user_data = this;
        struct aws_event_loop_group_options options = {};
        options.loop_count = loops;
        options.shutdown_options = &shutdown;
        group_ = aws_event_loop_group_new(run.allocator, &options);
        run.Succeeds(group_);
    }

    ~FaultGroup() {
        if (group_ != nullptr) {
            aws_event_loop_group_release(group_);
            run_.Await([this] { return ends_ == 1; }, "the end of the group");
        }
        run_.Check(ends_ == (group_ != nullptr ? 1 : 0), "a group ends once, and only if it began");
    }

    FaultGroup(const FaultGroup &) = delete;
    FaultGroup &operator=(const FaultGroup &) = delete;

    struct aws_event_loop_group *get() const {
        return group_;
    }
    struct aws_event_loop *loop(size_t i) const {
        return aws_event_loop_group_get_loop_at(group_, i);
    }

  private:
    static void OnEnded(void *self) {
        auto *group = static_cast<FaultGroup *>(self);
        group->run_.state.Change([&] { group->ends_++; });
    }

    FaultRun &run_;
    struct aws_event_loop_group *group_;
    int ends_ = 0;
};

/* Does something on a loop's thread and waits for it. */
inline void OnLoop(FaultRun &run, struct aws_event_loop *loop, std::function<void()> body) {
    struct Call {
        FaultRun &run;
        std::function<void()> body;
        bool done = false;
        struct aws_task task = {};
    } call{run, std::move(body)};
    aws_task_init(
        &call.task,
        [](struct aws_task *, void *argument, enum aws_task_status) {
            auto *self = static_cast<Call *>(argument);
            self->body();
            self->run.state.Change([&] { self->done = true; });
        },
        &call,
        "faults");
    aws_event_loop_schedule_task_now(loop, &call.task);
    run.Await([&] { return call.done; }, "a task");
}

/* The byte at an offset of what is sent. */
inline char PatternByte(size_t offset) {
    return static_cast<char>((offset * 2654435761u) >> 13);
}

struct Scenario {
    const char *name;
    void (*play)(FaultRun &);
    /* On reseau.h: it reports errors of that, any of which may come, and its loops and threads stay. */
    bool is_on_reseau = false;
};

/* All there are; see scenarios_*.cc. */
extern const std::vector<Scenario> kScenarios;
extern const std::vector<Scenario> kReseauScenarios;

void PlayGroup(FaultRun &run);
void PlayPipe(FaultRun &run);
void PlayTcp(FaultRun &run);
void PlayUnix(FaultRun &run);
void PlayDatagrams(FaultRun &run);
void PlayResolver(FaultRun &run);
void PlayFileStream(FaultRun &run);
void PlayChannels(FaultRun &run);
void PlayUnixChannels(FaultRun &run);
void PlayTls(FaultRun &run);
void PlayTlsKeys(FaultRun &run);
void PlayTlsToken(FaultRun &run);
void PlayFiles(FaultRun &run);
void PlaySystem(FaultRun &run);
void PlayLoggers(FaultRun &run);

#endif /* RESEAU_TESTS_FAULTS_RUN_H */
