/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_ASSERT_H
#define AWS_COMMON_ASSERT_H

#include <aws/common/exports.h>
#include <aws/common/macros.h>

#include <stdio.h>
#include <stdlib.h>

AWS_PUSH_SANE_WARNING_LEVEL
AWS_EXTERN_C_BEGIN

/**
 * Ends the process: stops in a debugger if one is attached, prints the condition, the place and a backtrace on stderr,
 * and aborts. Does not return. May be called on any thread, before and after the library's life.
 *
 * @param cond_str  text of the condition that was false
 * @param file      source file that checked it
 * @param line      line in that file
 */
AWS_COMMON_API
AWS_DECLSPEC_NORETURN
void aws_fatal_assert(const char *cond_str, const char *file, int line) AWS_ATTRIBUTE_NORETURN;

AWS_EXTERN_C_END

/** Ends the process with a message on stderr if the pointer `mem` is NULL. */
#define AWS_PANIC_OOM(mem, msg)                                                                                        \
    do {                                                                                                               \
        if (AWS_UNLIKELY(!(mem))) {                                                                                    \
            fputs((msg), stderr);                                                                                      \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* ---- Promises to the optimiser: breaking one is undefined behaviour -------------------------- */

/** AWS_ASSUME: the condition is true. AWS_UNREACHABLE: control never comes here. */
#if defined(_MSC_VER) && !defined(__clang__)
#    define AWS_ASSUME(cond) __assume(cond)
#    define AWS_UNREACHABLE() __assume(0)
#elif defined(__GNUC__)
#    define AWS_ASSUME(cond) ((cond) ? (void)0 : __builtin_unreachable())
#    define AWS_UNREACHABLE() __builtin_unreachable()
#else
#    define AWS_ASSUME(cond) ((void)0)
#    define AWS_UNREACHABLE() ((void)0)
#endif

/* ---- Assertions ------------------------------------------------------------------------------ */

/** Checked in every build: a false condition ends the process. */
#define AWS_FATAL_ASSERT(cond) ((cond) ? (void)0 : aws_fatal_assert(#cond, __FILE__, __LINE__))

/** Checked if DEBUG_BUILD is defined, and by clang's analyser. Otherwise the condition is not evaluated. */
#if defined(DEBUG_BUILD) || defined(__clang_analyzer__)
#    define AWS_ASSERT(cond) AWS_FATAL_ASSERT(cond)
#else
#    define AWS_ASSERT(cond) ((void)0)
#endif

/* ---- Contracts of functions ------------------------------------------------------------------ */

/*
 * PRECONDITION stands at the start of a function and POSTCONDITION before its end. Each takes a condition and, if
 * wanted, a text that explains it to the reader. The plain kind is AWS_ASSERT, the FATAL kind is AWS_FATAL_ASSERT.
 */

#define AWS_PRECONDITION1(cond) AWS_ASSERT(cond)
#define AWS_PRECONDITION2(cond, expl) AWS_ASSERT(cond)
#define AWS_PRECONDITION(...) CALL_OVERLOAD(AWS_PRECONDITION, __VA_ARGS__)

#define AWS_POSTCONDITION1(cond) AWS_ASSERT(cond)
#define AWS_POSTCONDITION2(cond, expl) AWS_ASSERT(cond)
#define AWS_POSTCONDITION(...) CALL_OVERLOAD(AWS_POSTCONDITION, __VA_ARGS__)

#define AWS_FATAL_PRECONDITION1(cond) AWS_FATAL_ASSERT(cond)
#define AWS_FATAL_PRECONDITION2(cond, expl) AWS_FATAL_ASSERT(cond)
#define AWS_FATAL_PRECONDITION(...) CALL_OVERLOAD(AWS_FATAL_PRECONDITION, __VA_ARGS__)

#define AWS_FATAL_POSTCONDITION1(cond) AWS_FATAL_ASSERT(cond)
#define AWS_FATAL_POSTCONDITION2(cond, expl) AWS_FATAL_ASSERT(cond)
#define AWS_FATAL_POSTCONDITION(...) CALL_OVERLOAD(AWS_FATAL_POSTCONDITION, __VA_ARGS__)

/** Returns `_rval` from the enclosing function after checking a postcondition. */
#define AWS_RETURN_WITH_POSTCONDITION(_rval, ...)                                                                      \
    do {                                                                                                               \
        AWS_POSTCONDITION(__VA_ARGS__);                                                                                \
        return _rval;                                                                                                  \
    } while (0)

/** Returns AWS_OP_SUCCESS from the enclosing function after checking a postcondition. */
#define AWS_SUCCEED_WITH_POSTCONDITION(...) AWS_RETURN_WITH_POSTCONDITION(AWS_OP_SUCCESS, __VA_ARGS__)

/* ---- Conditions that become errors ----------------------------------------------------------- */

/*
 * Each of these returns AWS_OP_ERR from the enclosing function if the condition is false, in every build. Arguments:
 * the condition, then the error to raise (AWS_ERROR_INVALID_ARGUMENT if left out, except for RETURN_ERROR_IF), then a
 * text for the reader. Note that AWS_RETURN_ERROR_IF too returns when the condition does NOT hold.
 */

#define AWS_RETURN_ERROR_IF_IMPL(type, cond, err, explanation)                                                         \
    do {                                                                                                               \
        if (AWS_UNLIKELY(!(cond))) {                                                                                   \
            return aws_raise_error(err);                                                                               \
        }                                                                                                              \
    } while (0)

#define AWS_RETURN_ERROR_IF2(cond, err) AWS_RETURN_ERROR_IF_IMPL("check", cond, err, #cond)
#define AWS_RETURN_ERROR_IF3(cond, err, explanation) AWS_RETURN_ERROR_IF_IMPL("check", cond, err, explanation)
#define AWS_RETURN_ERROR_IF(...) CALL_OVERLOAD(AWS_RETURN_ERROR_IF, __VA_ARGS__)

#define AWS_ERROR_PRECONDITION1(cond) AWS_ERROR_PRECONDITION2(cond, AWS_ERROR_INVALID_ARGUMENT)
#define AWS_ERROR_PRECONDITION2(cond, err) AWS_RETURN_ERROR_IF_IMPL("precondition", cond, err, #cond)
#define AWS_ERROR_PRECONDITION3(cond, err, explanation) AWS_RETURN_ERROR_IF_IMPL("precondition", cond, err, explanation)
#define AWS_ERROR_PRECONDITION(...) CALL_OVERLOAD(AWS_ERROR_PRECONDITION, __VA_ARGS__)

#define AWS_ERROR_POSTCONDITION1(cond) AWS_ERROR_POSTCONDITION2(cond, AWS_ERROR_INVALID_ARGUMENT)
#define AWS_ERROR_POSTCONDITION2(cond, err) AWS_RETURN_ERROR_IF_IMPL("postcondition", cond, err, #cond)
#define AWS_ERROR_POSTCONDITION3(cond, err, explanation)                                                               \
    AWS_RETURN_ERROR_IF_IMPL("postcondition", cond, err, explanation)
#define AWS_ERROR_POSTCONDITION(...) CALL_OVERLOAD(AWS_ERROR_POSTCONDITION, __VA_ARGS__)

/* ---- Conditions ------------------------------------------------------------------------------ */

/*
 * Whether `len` bytes at `base` could be read or written. C cannot ask the machine, so only this is checked: the
 * pointer is not NULL, unless the length is 0. The _CHECK names are the same.
 */
#define AWS_MEM_IS_READABLE(base, len) ((len) == 0 || (base))
#define AWS_MEM_IS_WRITABLE(base, len) ((len) == 0 || (base))
#define AWS_MEM_IS_READABLE_CHECK(base, len) AWS_MEM_IS_READABLE(base, len)
#define AWS_MEM_IS_WRITABLE_CHECK(base, len) AWS_MEM_IS_WRITABLE(base, len)
#define AWS_OBJECT_PTR_IS_READABLE(ptr) AWS_MEM_IS_READABLE((ptr), sizeof(*(ptr)))
#define AWS_OBJECT_PTR_IS_WRITABLE(ptr) AWS_MEM_IS_WRITABLE((ptr), sizeof(*(ptr)))

/** `b` holds whenever `a` does. `b` is evaluated only if `a` is true. */
#define AWS_IMPLIES(a, b) (!(a) || (b))

/** `a` and `b` are both true or both false. */
#define AWS_IFF(a, b) (!(a) == !(b))

AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_ASSERT_H */
