/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks and timers on one context. */
#include "asio.h"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <semaphore.h>
#include <vector>

namespace asio = boost::asio;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {

bool s_is_stopping;
uint64_t s_random = 1;

bool s_stops() {
    return __atomic_load_n(&s_is_stopping, __ATOMIC_RELAXED);
}

void s_produce(bench &bench, Side &side) {
    sem_t are_free[BENCH_CROSS_BLOCKS];
    bench_pin(&bench, BENCH_CLIENT);
    for (sem_t &is_free : are_free) {
        sem_init(&is_free, 0, 1);
    }
    for (unsigned i = 0; !s_stops(); i = (i + 1) % BENCH_CROSS_BLOCKS) {
        sem_t *is_free = &are_free[i];
        sem_wait(is_free);
        for (unsigned j = 1; j < BENCH_CROSS_BLOCK; j++) {
            asio::post(side.context(), [&bench] { bench_count(&bench, 1, 0); });
        }
        asio::post(side.context(), [&bench, is_free] {
            bench_count(&bench, 1, 0);
            sem_post(is_free);
        });
    }
    for (sem_t &is_free : are_free) {
        sem_wait(&is_free);
    }
}

void s_cross(bench &bench) {
    Side side(bench, BENCH_SERVER);
    std::vector<std::thread> producers;
    side.start();
    for (unsigned i = 0; i < bench.count; i++) {
        producers.emplace_back([&] { s_produce(bench, side); });
    }
    bench_measure(&bench);
    __atomic_store_n(&s_is_stopping, true, __ATOMIC_RELAXED);
    for (std::thread &producer : producers) {
        producer.join();
    }
}

void s_link(bench &bench, Side &side) {
    bench_count(&bench, 1, 0);
    if (!s_stops()) {
        asio::post(side.context(), [&] { s_link(bench, side); });
    }
}

void s_chain(bench &bench) {
    Side side(bench, BENCH_SERVER, false);
    for (unsigned i = 0; i < bench.count; i++) {
        asio::post(side.context(), [&] { s_link(bench, side); });
    }
    side.start();
    bench_measure(&bench);
    __atomic_store_n(&s_is_stopping, true, __ATOMIC_RELAXED);
}

void s_set_timer(bench &bench, asio::steady_timer &timer) {
    uint64_t delay = bench.kind == BENCH_TASK_TIMERS ? bench_timer_nanos(&s_random) : uint64_t(BENCH_SPARSE_NANOS);
    timer.expires_after(std::chrono::nanoseconds(delay));
    timer.async_wait([&](const error_code &error) {
        if (error) {
            return;
        }
        bench_count(&bench, 1, 0);
        bench_latency(&bench, static_cast<uint64_t>((Clock::now() - timer.expiry()).count()));
        s_set_timer(bench, timer);
    });
}

void s_timers(bench &bench, unsigned count) {
    Side side(bench, BENCH_SERVER, false);
    std::vector<std::unique_ptr<asio::steady_timer>> timers;
    for (unsigned i = 0; i < count; i++) {
        timers.push_back(std::make_unique<asio::steady_timer>(side.context()));
        s_set_timer(bench, *timers.back());
    }
    side.start();
    bench_measure(&bench);
    side.stop();
}

struct Cancels {
    std::vector<std::unique_ptr<asio::steady_timer>> timers;
    uint64_t schedule_ns = 0;
    uint64_t cancel_ns = 0;
};

void s_cancel_batch(bench &bench, Side &side, Cancels &cancels) {
    constexpr unsigned PRIME = 7919;
    auto base = Clock::now() + std::chrono::hours(1);
    uint64_t start = bench_now();
    for (auto &timer : cancels.timers) {
        timer->expires_at(base + std::chrono::nanoseconds(bench_random(&s_random)));
        timer->async_wait([](const error_code &) {});
    }
    uint64_t middle = bench_now();
    for (unsigned i = 0, at = 0; i < BENCH_CANCEL_BATCH; i++, at = (at + PRIME) % BENCH_CANCEL_BATCH) {
        cancels.timers[at]->cancel();
    }
    cancels.schedule_ns += middle - start;
    cancels.cancel_ns += bench_now() - middle;
    bench_count(&bench, BENCH_CANCEL_BATCH, 0);
    asio::post(side.context(), [&] { s_cancel_batch(bench, side, cancels); });
}

void s_cancel(bench &bench) {
    Side side(bench, BENCH_SERVER, false);
    Cancels cancels;
    for (unsigned i = 0; i < BENCH_CANCEL_BATCH; i++) {
        cancels.timers.push_back(std::make_unique<asio::steady_timer>(side.context()));
    }
    asio::post(side.context(), [&] { s_cancel_batch(bench, side, cancels); });
    side.start();
    bench_measure(&bench);
    side.stop();
    bench_figure(&bench, "schedule_ns", static_cast<double>(cancels.schedule_ns) / static_cast<double>(bench.live.ops));
    bench_figure(&bench, "cancel_ns", static_cast<double>(cancels.cancel_ns) / static_cast<double>(bench.live.ops));
}

} // namespace

void tasks_run(bench &bench) {
    switch (bench.kind) {
    case BENCH_TASK_CROSS:
        s_cross(bench);
        break;
    case BENCH_TASK_CHAIN:
        s_chain(bench);
        break;
    case BENCH_TASK_TIMERS:
        s_timers(bench, BENCH_TIMERS);
        break;
    case BENCH_TASK_TIMERS_SPARSE:
        s_timers(bench, 1);
        break;
    default:
        s_cancel(bench);
        break;
    }
    bench_print(&bench);
}
