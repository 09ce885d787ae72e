/* SPDX-License-Identifier: Apache-2.0 */
#include "faults/injector.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <netdb.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

/* What a PKCS#11 library may answer. */
enum : int {
    CKR_HOST_MEMORY = 0x2,
    CKR_GENERAL_ERROR = 0x5,
    CKR_DEVICE_ERROR = 0x30,
    CKR_DEVICE_REMOVED = 0x32,
    CKR_MECHANISM_INVALID = 0x70,
    CKR_PIN_INCORRECT = 0xA0,
    CKR_PIN_LOCKED = 0xA4,
    CKR_SESSION_COUNT = 0xB1,
    CKR_TOKEN_NOT_PRESENT = 0xE0,
    CKR_USER_NOT_LOGGED_IN = 0x101,
};

constexpr size_t kCalls = static_cast<size_t>(Call::kCount);

struct Kind {
    const char *name;
    std::vector<int> errors;
};

const std::array<Kind, kCalls> &Kinds() {
    static const std::array<Kind, kCalls> kinds = {{
        {"socket", {EMFILE, ENFILE, ENOBUFS, ENOMEM, EACCES, EAFNOSUPPORT}},
        {"bind", {EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOMEM}},
        {"listen", {EADDRINUSE}},
        {"accept4", {EMFILE, ENFILE, ENOBUFS, ENOMEM, ECONNABORTED, EPROTO, EPERM, EINTR}},
        {"connect", {ECONNREFUSED, ENETUNREACH, EHOSTUNREACH, ETIMEDOUT, EADDRNOTAVAIL, EACCES, ENOBUFS, EINTR}},
        {"getsockname", {ENOBUFS, ENOMEM}},
        {"getsockopt", {ENOBUFS, ENOMEM}},
        {"setsockopt", {ENOMEM, EINVAL}},
        {"shutdown", {ENOTCONN}},
        {"send", {ECONNRESET, EPIPE, ENOBUFS, ENOMEM, ETIMEDOUT, EAGAIN, EINTR}},
        {"sendmsg", {ECONNRESET, EPIPE, ENOBUFS, ENOMEM, ETIMEDOUT, EAGAIN, EINTR}},
        {"read", {ECONNRESET, ENOBUFS, ENOMEM, EIO, ETIMEDOUT, EAGAIN, EINTR}},
        {"readv", {ECONNRESET, ENOBUFS, ENOMEM, ETIMEDOUT, EAGAIN, EINTR}},
        {"recvmsg", {ECONNRESET, ENOBUFS, ENOMEM, ETIMEDOUT, EAGAIN, EINTR}},
        {"recv", {ECONNRESET, ENOMEM, EINTR}},
        {"ioctl", {ENOTCONN}},
        {"poll", {EINTR, ENOMEM}},
        {"sendmmsg", {ENOBUFS, ECONNREFUSED, EPERM, EAGAIN, EINTR}},
        {"recvmmsg", {ECONNREFUSED, ENOMEM, EAGAIN, EINTR}},
        {"sendfile", {ECONNRESET, EPIPE, EIO, ENOMEM, EINVAL, EAGAIN, EINTR}},
        {"getpeername", {ENOBUFS, ENOTCONN}},
        {"fcntl", {EMFILE, EBADF}},
        {"write", {EINTR}},
        {"pwritev2", {EPIPE, EIO, EAGAIN, EINTR}},
        {"close", {EIO, EINTR}},
        {"pipe2", {EMFILE, ENFILE}},
        {"eventfd", {EMFILE, ENFILE, ENOMEM, ENODEV}},
        {"epoll_create1", {EMFILE, ENFILE, ENOMEM}},
        {"epoll_ctl_add", {ENOSPC, ENOMEM, EEXIST}},
        {"epoll_ctl_del", {ENOENT, EBADF}},
        {"epoll_wait", {EINTR}},
        {"io_uring_setup", {ENOSYS, EPERM, EMFILE, ENFILE, ENOMEM}},
        {"io_uring_enter", {EINTR, EAGAIN, EBUSY}},
        {"io_uring_register", {ENOMEM, EINVAL}},
        {"pthread_create", {EAGAIN, EPERM}},
        {"pthread_attr_init", {ENOMEM}},
        {"pthread_attr_getstacksize", {EINVAL}},
        {"pthread_setname_np", {ERANGE}},
        {"getaddrinfo", {EAI_AGAIN, EAI_FAIL, EAI_NONAME, EAI_MEMORY, EAI_SYSTEM}},
        {"inet_ntop", {ENOSPC}},
        {"clock_gettime", {EINVAL}},
        {"prctl", {EPERM}},
        {"fopen", {EMFILE, ENFILE, ENOENT, EACCES, ENOMEM}},
        {"fread", {EIO}},
        {"fwrite", {ENOSPC, EIO}},
        {"fflush", {ENOSPC, EIO}},
        {"fseeko", {EINVAL, ESPIPE}},
        {"fclose", {EIO}},
        {"statx", {EACCES, ENOMEM, EIO}},
        {"open", {EMFILE, ENFILE, ENOENT, EINTR}},
        {"pread", {EIO, EINTR}},
        {"pwrite", {ENOSPC, EIO, EINTR}},
        {"fsync", {EIO, ENOSPC, EINTR}},
        {"ftruncate", {EIO, EFBIG, EINTR}},
        {"chmod", {EPERM}},
        {"inotify_init1", {EMFILE, ENFILE, ENOMEM}},
        {"inotify_add_watch", {ENOENT, ENOSPC, EACCES, ENOMEM}},
        {"getrandom", {EINTR, ENOSYS}},
        {"mkdir", {EACCES, ENOSPC, ENOENT}},
        {"rmdir", {EACCES, ENOTEMPTY, EIO}},
        {"opendir", {EMFILE, ENFILE, EACCES, ENOMEM}},
        {"readdir", {EIO}},
        {"closedir", {EINTR}},
        {"unlink", {EACCES, EIO}},
        {"rename", {EACCES, ENOSPC, EXDEV}},
        {"realpath", {EACCES, ENOMEM}},
        {"popen", {EMFILE, ENOMEM, EAGAIN}},
        {"pclose", {ECHILD}},
        {"getpwuid_r", {EMFILE, EIO}},
        {"getrusage", {EINVAL}},
        {"getrlimit", {EPERM}},
        {"setrlimit", {EPERM}},
        {"setenv", {ENOMEM}},
        {"unsetenv", {EINVAL}},
        {"sysconf", {EINVAL}},
        {"pthread_mutex_init", {ENOMEM, EAGAIN}},
        {"pthread_cond_init", {ENOMEM, EAGAIN}},
        {"pthread_rwlock_init", {ENOMEM, EAGAIN}},
        {"pthread_attr_setstacksize", {EINVAL}},
        {"pthread_attr_setaffinity_np", {EINVAL, ENOMEM}},
        {"dlopen", {ENOENT}},
        {"nanosleep", {EINTR}},
        {"C_GetFunctionList", {CKR_HOST_MEMORY, CKR_GENERAL_ERROR}},
        {"C_Initialize", {CKR_HOST_MEMORY, CKR_DEVICE_ERROR}},
        {"C_Finalize", {CKR_DEVICE_ERROR}},
        {"C_GetInfo", {CKR_HOST_MEMORY, CKR_DEVICE_ERROR}},
        {"C_GetSlotList", {CKR_HOST_MEMORY, CKR_DEVICE_ERROR}},
        {"C_GetTokenInfo", {CKR_TOKEN_NOT_PRESENT, CKR_DEVICE_REMOVED}},
        {"C_GetMechanismInfo", {CKR_MECHANISM_INVALID}},
        {"C_OpenSession", {CKR_SESSION_COUNT, CKR_DEVICE_REMOVED}},
        {"C_CloseSession", {CKR_DEVICE_REMOVED}},
        {"C_Login", {CKR_PIN_INCORRECT, CKR_PIN_LOCKED, CKR_DEVICE_ERROR}},
        {"C_FindObjectsInit", {CKR_DEVICE_REMOVED, CKR_HOST_MEMORY}},
        {"C_FindObjects", {CKR_DEVICE_REMOVED, CKR_HOST_MEMORY}},
        {"C_FindObjectsFinal", {CKR_DEVICE_REMOVED}},
        {"C_GetAttributeValue", {CKR_DEVICE_REMOVED, CKR_HOST_MEMORY}},
        {"C_SignInit", {CKR_DEVICE_ERROR, CKR_USER_NOT_LOGGED_IN, CKR_DEVICE_REMOVED}},
        {"C_Sign", {CKR_DEVICE_ERROR, CKR_HOST_MEMORY, CKR_DEVICE_REMOVED}},
        {"openssl_memory", {ENOMEM}},
        {"pwritev2_missing", {EOPNOTSUPP}},
        {"epoll_pwait2_missing", {ENOSYS, EPERM}},
    }};
    return kinds;
}

struct Range {
    uintptr_t begin = 0;
    uintptr_t end = 0;
};

/* The section that NativeAOT puts compiled C# in. What else is in the library's file is the runtime and the C shim. */
Range SectionOf(const char *file, uintptr_t base) {
    Range range;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    struct stat status = {};
    if (fd < 0 || fstat(fd, &status) != 0) {
        return range;
    }
    void *mapped = mmap(nullptr, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (mapped == MAP_FAILED) {
        return range;
    }
    auto *bytes = static_cast<const char *>(mapped);
    auto *header = reinterpret_cast<const ElfW(Ehdr) *>(bytes);
    auto *sections = reinterpret_cast<const ElfW(Shdr) *>(bytes + header->e_shoff);
    const char *names = bytes + sections[header->e_shstrndx].sh_offset;
    for (int i = 0; i < header->e_shnum; ++i) {
        if (strcmp(names + sections[i].sh_name, "__managedcode") == 0) {
            range.begin = base + sections[i].sh_addr;
            range.end = range.begin + sections[i].sh_size;
        }
    }
    munmap(mapped, (size_t)status.st_size);
    return range;
}

Range FindLibrary() {
    Range range;
    dl_iterate_phdr(
        [](struct dl_phdr_info *info, size_t, void *found) {
            if (strstr(info->dlpi_name, "libreseau.so") == nullptr) {
                return 0;
            }
            *static_cast<Range *>(found) = SectionOf(info->dlpi_name, info->dlpi_addr);
            return 1;
        },
        &range);
    if (range.begin == 0) {
        fprintf(stderr, "faults: the code of libreseau.so was not found\n");
        abort();
    }
    return range;
}

Range library;
FaultPlan plan;
std::atomic<bool> armed{false};
std::atomic<uint64_t> struck{0};
std::atomic<uint64_t> dribbles{0};
std::array<std::atomic<uint64_t>, kCalls> counts;

bool IsLibrarys(const void *caller) {
    auto address = reinterpret_cast<uintptr_t>(caller);
    return address >= library.begin && address < library.end;
}

/* A number that depends on nothing but these two. */
uint64_t Mix(uint64_t seed, uint64_t value) {
    uint64_t mixed = seed + (value + 1) * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

/* One failure of these lasts for the whole process, or they are too many: only a plan that names them has them. */
bool IsSpecial(Call call) {
    return call == Call::kCryptoMemory || call == Call::kLacksPipeWrite || call == Call::kLacksEpollWait;
}

} // namespace

const char *NameOf(Call call) {
    return call == Call::kCount ? "nothing" : Kinds()[static_cast<size_t>(call)].name;
}

Call CallNamed(const std::string &name) {
    for (size_t i = 0; i < kCalls; ++i) {
        if (name == Kinds()[i].name) {
            return static_cast<Call>(i);
        }
    }
    return Call::kCount;
}

const std::vector<int> &ErrorsOf(Call call) {
    return Kinds()[static_cast<size_t>(call)].errors;
}

std::string FaultPlan::Describe() const {
    std::string text = std::string(NameOf(call)) + ":" + std::to_string(nth) + ":" + std::to_string(error);
    if (per_mille != 0) {
        text += " random faults, " + std::to_string(per_mille) + "/1000, seed " + std::to_string(seed);
    }
    return dribble ? text + " byte by byte" : text;
}

void ArmFaults(const FaultPlan &wanted) {
    armed = false;
    if (library.begin == 0) {
        library = FindLibrary();
    }
    plan = wanted;
    struck = 0;
    dribbles = 0;
    for (auto &count : counts) {
        count = 0;
    }
    armed = true;
}

void DisarmFaults() {
    armed = false;
}

uint64_t CallsOf(Call call) {
    return counts[static_cast<size_t>(call)];
}

uint64_t FaultsStruck() {
    return struck;
}

bool FaultStrikes(Call call, const void *caller, int *error) {
    if (!armed || (caller != nullptr && !IsLibrarys(caller))) {
        return false;
    }
    uint64_t number = ++counts[static_cast<size_t>(call)];
    if (call == plan.call && number == plan.nth) {
        *error = plan.error;
        ++struck;
        return true;
    }
    if (plan.per_mille == 0 || IsSpecial(call)) {
        return false;
    }
    uint64_t chance = Mix(plan.seed, static_cast<uint64_t>(call) << 32 | number);
    if (chance % 1000 >= plan.per_mille) {
        return false;
    }
    const std::vector<int> &errors = ErrorsOf(call);
    *error = errors[(chance >> 32) % errors.size()];
    ++struck;
    return true;
}

bool IsDribbling(const void *caller) {
    return armed && plan.dribble && IsLibrarys(caller);
}

bool DribbleWouldBlock() {
    return dribbles++ % 2 == 0;
}
