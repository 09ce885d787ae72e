/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_SYSTEM_INFO_H
#define AWS_COMMON_SYSTEM_INFO_H

/* The machine: processors and their groups, memory pages, platform; debuggers and call stacks. */

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>

#include <stdio.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** Families of platforms. */
enum aws_platform_os {
    AWS_PLATFORM_OS_WINDOWS,
    AWS_PLATFORM_OS_MAC,
    /** All of Apple's systems but macOS. */
    AWS_PLATFORM_OS_IOS,
    AWS_PLATFORM_OS_ANDROID,
    /** Linux, the BSDs and all others. */
    AWS_PLATFORM_OS_UNIX,
};

/** A processor. */
struct aws_cpu_info {
    /** Index as the system counts, for aws_thread_options.cpu_id; -1 if there is none. */
    int32_t cpu_id;
    /** True if it seems to share a core with an earlier one. A guess. */
    bool suspected_hyper_thread;
};

/** What was found out about the machine at one time. Counted owners; does not change. */
struct aws_system_environment;

AWS_EXTERN_C_BEGIN

/* ---- The machine at one time ---------------------------------------------------------------------------------- */

/** Looks at the machine. The caller is the first owner. Returns NULL on failure. */
AWS_COMMON_API
struct aws_system_environment *aws_system_environment_load(struct aws_allocator *allocator);

/** Adds an owner and returns `env`. Any thread may call this. */
AWS_COMMON_API
struct aws_system_environment *aws_system_environment_acquire(struct aws_system_environment *env);

/** Takes an owner away; the last one frees everything. Any thread may call this. */
AWS_COMMON_API
void aws_system_environment_release(struct aws_system_environment *env);

/** Maker and model that a virtual machine reports, empty if unknown. Valid as long as `env` is. */
AWS_COMMON_API
struct aws_byte_cursor aws_system_environment_get_virtualization_vendor(const struct aws_system_environment *env);
AWS_COMMON_API
struct aws_byte_cursor aws_system_environment_get_virtualization_product_name(const struct aws_system_environment *env);

/** Number of processors that were online. */
AWS_COMMON_API
size_t aws_system_environment_get_processor_count(struct aws_system_environment *env);

/** Number of processor groups; at least 1. */
AWS_COMMON_API
size_t aws_system_environment_get_cpu_group_count(const struct aws_system_environment *env);

/* ---- The machine now ------------------------------------------------------------------------------------------ */

/** The platform for which the library was built. */
AWS_COMMON_API
enum aws_platform_os aws_get_platform_build_os(void);

/** Its name: "Windows", "macOS", "iOS", "Android" or "Unix". Static. */
AWS_COMMON_API
struct aws_byte_cursor aws_get_platform_build_os_string(void);

/** Number of processors that are online. */
AWS_COMMON_API
size_t aws_system_info_processor_count(void);

/** Bytes in a page of memory. */
AWS_COMMON_API
size_t aws_system_info_page_size(void);

/** Number of groups of processors with memory of their own (NUMA nodes); 1 where the system knows of none. */
AWS_COMMON_API
uint16_t aws_get_cpu_group_count(void);

/** Number of processors in a group, counted from 0; all of them where the system knows of no groups. */
AWS_COMMON_API
size_t aws_get_cpu_count_for_group(uint16_t group_idx);

/**
 * Fills an array with the processors of a group, those first that share a core with none before them. Elements left
 * over have an index of -1.
 *
 * @param cpu_ids_array_length  number of elements; aws_get_cpu_count_for_group() returns how many are needed
 */
AWS_COMMON_API
void aws_get_cpu_ids_for_group(uint16_t group_idx, struct aws_cpu_info *cpu_ids_array, size_t cpu_ids_array_length);

/* ---- Debuggers and call stacks -------------------------------------------------------------------------------- */

/** True if a debugger is attached to this process. */
AWS_COMMON_API
bool aws_is_debugger_present(void);

/** Stops in the debugger, if one is attached. */
AWS_COMMON_API
void aws_debug_break(void);

/** Defined where the platform can take call stacks. */
#if defined(AWS_HAVE_EXECINFO) || defined(_WIN32) || defined(__APPLE__)
#    define AWS_BACKTRACE_STACKS_AVAILABLE
#endif

/** Stores the return addresses of the calling thread, innermost first, and returns how many; 0 where it cannot. */
AWS_COMMON_API
size_t aws_backtrace(void **stack_frames, size_t num_frames);

/**
 * Names for return addresses: an array of `stack_depth` strings in one block that the caller must free().
 * Returns NULL where it cannot.
 */
char **aws_backtrace_symbols(void *const *stack_frames, size_t stack_depth);

/**
 * The same with source lines, found by running the system's tools: very slow. Single entries may be NULL. Returns NULL
 * where it cannot.
 */
char **aws_backtrace_addr2line(void *const *stack_frames, size_t stack_depth);

/**
 * Prints the calling thread's stack.
 *
 * @param call_site_data  what a signal or exception handler got: a `siginfo_t *`, on Windows a `LPEXCEPTION_POINTERS`;
 *                        NULL elsewhere
 */
AWS_COMMON_API
void aws_backtrace_print(FILE *fp, void *call_site_data);

/** Logs the calling thread's stack at an enum aws_log_level. */
AWS_COMMON_API
void aws_backtrace_log(int log_level);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_SYSTEM_INFO_H */
