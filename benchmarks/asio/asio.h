/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_BENCH_ASIO_H
#define RESEAU_BENCH_ASIO_H

#include "../common/bench.h"

#include <boost/asio.hpp>

#include <thread>

/* A context that one thread runs, and that stops with the object. One thread only: Asio takes that as a hint, and saves
 * locks where the case allows. */
class Side {
  public:
    Side(const bench &bench, bench_side side, bool is_shared = true)
        : m_bench(bench), m_side(side), m_context(is_shared ? BOOST_ASIO_CONCURRENCY_HINT_DEFAULT : 1),
          m_work(boost::asio::make_work_guard(m_context)) {
    }

    ~Side() {
        stop();
    }

    boost::asio::io_context &context() {
        return m_context;
    }

    void start() {
        m_thread = std::thread([this] {
            bench_pin(&m_bench, m_side);
            m_context.run();
        });
    }

    /* After this nothing of the context runs any more. */
    void stop() {
        m_context.stop();
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

  private:
    const bench &m_bench;
    bench_side m_side;
    boost::asio::io_context m_context;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::thread m_thread;
};

void network_run(bench &bench);
void tasks_run(bench &bench);

#endif /* RESEAU_BENCH_ASIO_H */
