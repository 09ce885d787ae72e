/* SPDX-License-Identifier: Apache-2.0 */
#include "support/portable.h"
#include "support/temporary_file.h"
#include "support/traced_test.h"

#include <aws/common/byte_buf.h>
#include <aws/common/config.h>
#include <aws/common/cpuid.h>
#include <aws/common/logging.h>
#include <aws/common/system_info.h>
#include <aws/common/system_resource_util.h>

#include <cctype>
#include <csignal>
#include <cstring>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

class SystemInfoTest : public TracedTest {};

TEST_F(SystemInfoTest, AgreesWithTheSystem) {
    EXPECT_EQ(page_size(), aws_system_info_page_size());
    struct aws_byte_cursor name = aws_get_platform_build_os_string();
#if defined(_WIN32)
    EXPECT_EQ((size_t)GetActiveProcessorCount(ALL_PROCESSOR_GROUPS), aws_system_info_processor_count());
    EXPECT_EQ(AWS_PLATFORM_OS_WINDOWS, aws_get_platform_build_os());
    EXPECT_EQ("Windows", std::string((const char *)name.ptr, name.len));
#else
    EXPECT_EQ((size_t)sysconf(_SC_NPROCESSORS_ONLN), aws_system_info_processor_count());
    EXPECT_EQ(AWS_PLATFORM_OS_UNIX, aws_get_platform_build_os());
    EXPECT_EQ("Unix", std::string((const char *)name.ptr, name.len));
#endif
}

TEST_F(SystemInfoTest, EveryProcessorIsInOneGroup) {
    uint16_t groups = aws_get_cpu_group_count();
    ASSERT_GE(groups, 1);
    std::set<int> seen;
    size_t first_threads = 0;
    for (uint16_t group = 0; group < groups; ++group) {
        size_t count = aws_get_cpu_count_for_group(group);
        ASSERT_GT(count, 0u);
        std::vector<struct aws_cpu_info> processors(count + 2);
        aws_get_cpu_ids_for_group(group, processors.data(), count);
        bool had_second = false;
        for (size_t i = 0; i < count; ++i) {
            EXPECT_GE(processors[i].cpu_id, 0);
            EXPECT_TRUE(seen.insert(processors[i].cpu_id).second) << processors[i].cpu_id;
            first_threads += processors[i].suspected_hyper_thread ? 0 : 1;
            EXPECT_FALSE(had_second && !processors[i].suspected_hyper_thread) << "whole cores come first";
            had_second = had_second || processors[i].suspected_hyper_thread;
        }
    }
    EXPECT_EQ(aws_system_info_processor_count(), seen.size());
    EXPECT_GE(first_threads, 1u);
}

TEST_F(SystemInfoTest, AnArrayMayBeShort) {
    struct aws_cpu_info processor = {-7, true};
    aws_get_cpu_ids_for_group(0, &processor, 0);
    EXPECT_EQ(-7, processor.cpu_id);
    aws_get_cpu_ids_for_group(0, &processor, 1);
    EXPECT_GE(processor.cpu_id, 0);
    EXPECT_FALSE(processor.suspected_hyper_thread);
    aws_reset_error();
    aws_get_cpu_ids_for_group(0, nullptr, 1);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
}

static std::string FirmwareText(const char *name) {
    std::ifstream file(std::string("/sys/devices/virtual/dmi/id/") + name);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    while (!text.empty() && isspace((unsigned char)text.back())) {
        text.pop_back();
    }
    return text;
}

TEST_F(SystemInfoTest, DescribesTheMachine) {
    struct aws_system_environment *env = aws_system_environment_load(allocator_);
    ASSERT_NE(nullptr, env);
    EXPECT_EQ(env, aws_system_environment_acquire(env));
    aws_system_environment_release(env);
    struct aws_byte_cursor vendor = aws_system_environment_get_virtualization_vendor(env);
    EXPECT_EQ(FirmwareText("sys_vendor"), std::string((const char *)vendor.ptr, vendor.len));
    struct aws_byte_cursor product = aws_system_environment_get_virtualization_product_name(env);
    EXPECT_EQ(FirmwareText("product_name"), std::string((const char *)product.ptr, product.len));
    EXPECT_EQ(aws_system_info_processor_count(), aws_system_environment_get_processor_count(env));
    EXPECT_EQ(aws_get_cpu_group_count(), aws_system_environment_get_cpu_group_count(env));
    aws_system_environment_release(env);
}

TEST_F(SystemInfoTest, ADescriptionIsSharedByThreads) {
    struct aws_system_environment *env = aws_system_environment_load(allocator_);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        aws_system_environment_acquire(env);
        threads.emplace_back([env] {
            for (int i = 0; i < 1000; ++i) {
                aws_system_environment_acquire(env);
                aws_system_environment_release(env);
            }
            aws_system_environment_release(env);
        });
    }
    aws_system_environment_release(env);
    for (std::thread &thread : threads) {
        thread.join();
    }
}

TEST_F(SystemInfoTest, NoDescriptionHasNothing) {
    EXPECT_NULL_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_system_environment_load(nullptr));
    EXPECT_EQ(nullptr, aws_system_environment_acquire(nullptr));
    aws_system_environment_release(nullptr);
    EXPECT_EQ(0u, aws_system_environment_get_virtualization_vendor(nullptr).len);
    EXPECT_EQ(0u, aws_system_environment_get_virtualization_product_name(nullptr).len);
    EXPECT_EQ(0u, aws_system_environment_get_processor_count(nullptr));
}

#if !defined(_WIN32)
TEST_F(SystemInfoTest, SeesADebugger) {
    std::ifstream status("/proc/self/status");
    int tracer = -1;
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("TracerPid:", 0) == 0) {
            tracer = std::stoi(line.substr(10));
        }
    }
    EXPECT_EQ(tracer > 0, aws_is_debugger_present());
    if (tracer == 0) {
        aws_debug_break();
    }
}
#endif

TEST_F(SystemInfoTest, TakesItsStack) {
    void *frames[64];
    size_t depth = aws_backtrace(frames, 64);
    EXPECT_GT(depth, 3u);
    for (size_t i = 0; i < depth; ++i) {
        EXPECT_NE(nullptr, frames[i]);
    }
    EXPECT_EQ(2u, aws_backtrace(frames, 2)) << "as many as fit";
    EXPECT_EQ(0u, aws_backtrace(frames, 0));
    EXPECT_EQ(0u, aws_backtrace(nullptr, 64));
}

TEST_F(SystemInfoTest, PrintsItsStack) {
    TemporaryFile file;
    FILE *stream = fopen(file.Path(), "w");
#if defined(_WIN32)
    EXCEPTION_RECORD record = {};
    record.ExceptionCode = EXCEPTION_ACCESS_VIOLATION;
    record.ExceptionFlags = 5;
    record.NumberParameters = 2;
    record.ExceptionInformation[1] = 0xABCDEF;
    EXCEPTION_POINTERS signal = {&record, nullptr};
    const int number = (int)EXCEPTION_ACCESS_VIOLATION;
#else
    siginfo_t signal;
    memset(&signal, 0, sizeof(signal));
    signal.si_signo = SIGSEGV;
    signal.si_errno = 5;
    signal.si_addr = (void *)0xABCDEF;
    const int number = SIGSEGV;
#endif
    aws_backtrace_print(stream, &signal);
    aws_backtrace_print(stream, nullptr);
    fclose(stream);
    std::vector<std::string> lines = file.Lines();
    ASSERT_GT(lines.size(), 6u);
    EXPECT_EQ("Signal " + std::to_string(number) + ", errno 5, address 0xabcdef", lines[0]);
    EXPECT_EQ("Stack trace:", lines[1]);
    EXPECT_NE(std::string::npos, file.Content().find("reseau.")) << file.Content();
    aws_reset_error();
    aws_backtrace_print(nullptr, nullptr);
    EXPECT_EQ(AWS_ERROR_INVALID_ARGUMENT, aws_last_error());
}

TEST_F(SystemInfoTest, LogsItsStack) {
    TemporaryFile file;
    struct aws_logger logger;
    struct aws_logger_standard_options options = {AWS_LL_INFO, file.Path(), nullptr};
    ASSERT_EQ(AWS_OP_SUCCESS, aws_logger_init_noalloc(&logger, allocator_, &options));
    aws_logger_set(&logger);
    aws_backtrace_log(AWS_LL_DEBUG);
    aws_backtrace_log(AWS_LL_INFO);
    aws_logger_set(nullptr);
    aws_logger_clean_up(&logger);
    EXPECT_GT(file.Lines().size(), 2u);
}

TEST_F(SystemInfoTest, KnowsTheProcessorsExtensions) {
#if defined(__x86_64__)
    EXPECT_EQ((bool)__builtin_cpu_supports("pclmul"), aws_cpu_has_feature(AWS_CPU_FEATURE_CLMUL));
    EXPECT_EQ((bool)__builtin_cpu_supports("sse4.1"), aws_cpu_has_feature(AWS_CPU_FEATURE_SSE_4_1));
    EXPECT_EQ((bool)__builtin_cpu_supports("sse4.2"), aws_cpu_has_feature(AWS_CPU_FEATURE_SSE_4_2));
    EXPECT_EQ((bool)__builtin_cpu_supports("avx2"), aws_cpu_has_feature(AWS_CPU_FEATURE_AVX2));
    EXPECT_EQ((bool)__builtin_cpu_supports("avx512f"), aws_cpu_has_feature(AWS_CPU_FEATURE_AVX512));
    EXPECT_EQ((bool)__builtin_cpu_supports("bmi2"), aws_cpu_has_feature(AWS_CPU_FEATURE_BMI2));
    EXPECT_EQ((bool)__builtin_cpu_supports("vpclmulqdq"), aws_cpu_has_feature(AWS_CPU_FEATURE_VPCLMULQDQ));
    EXPECT_FALSE(aws_cpu_has_feature(AWS_CPU_FEATURE_ARM_CRC));
#endif
    EXPECT_FALSE(aws_cpu_has_feature(AWS_CPU_FEATURE_COUNT));
}

TEST_F(SystemInfoTest, ReportsItsMemoryUse) {
    struct aws_memory_usage_stats stats;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_init_memory_usage_for_current_process(&stats));
    EXPECT_GT(stats.maxrss, 1000u) << "kilobytes, or bytes";
    std::vector<char> block(64 << 20);
    memset(block.data(), 1, block.size());
    struct aws_memory_usage_stats later;
    ASSERT_EQ(AWS_OP_SUCCESS, aws_init_memory_usage_for_current_process(&later));
    EXPECT_GE(later.maxrss, 64u << 10);
    EXPECT_RAISES(AWS_ERROR_INVALID_ARGUMENT, aws_init_memory_usage_for_current_process(nullptr));
}
