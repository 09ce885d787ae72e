/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_PLATFORM_H
#define AWS_COMMON_PLATFORM_H

#include <aws/common/config.h>

/* One AWS_OS_ name per system family, and one more for the member of the family where that matters. */

#if defined(_WIN32)
#    define AWS_OS_WINDOWS
#    if defined(AWS_HAVE_WINAPI_DESKTOP)
#        define AWS_OS_WINDOWS_DESKTOP
#    endif
#elif defined(__APPLE__)
#    include <TargetConditionals.h>
#    define AWS_OS_APPLE
/* The watch and the television are also "iPhone" to TargetConditionals.h: ask for them first. */
#    if defined(TARGET_OS_WATCH) && TARGET_OS_WATCH
#        define AWS_OS_WATCHOS
#    elif defined(TARGET_OS_TV) && TARGET_OS_TV
#        define AWS_OS_TVOS
#    elif defined(TARGET_OS_IPHONE) && TARGET_OS_IPHONE
#        define AWS_OS_IOS
#    else
#        define AWS_OS_MACOS
#    endif
#elif defined(__linux__)
#    define AWS_OS_LINUX
#    if defined(__ANDROID__)
#        define AWS_OS_ANDROID
#    endif
#endif

/* Set when <unistd.h> came before this header. */
#if defined(_POSIX_VERSION)
#    define AWS_OS_POSIX
#endif

#endif /* AWS_COMMON_PLATFORM_H */
