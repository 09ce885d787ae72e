/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Every scenario is played once to count its calls, and then again for each kind of call, occurrence and error: the
 * error that arrives is the right one, each callback comes as often as it was promised, nothing leaks, nothing hangs.
 *
 * Of calls that are made often a seeded sample is taken. Environment:
 *   RESEAU_FAULTS=all           every occurrence and error, which takes minutes
 *   RESEAU_FAULTS=send          every occurrence and error of this call, and no other
 *   RESEAU_FAULTS_SEED=N        another sample, other random faults
 *   RESEAU_FAULT=send:3:104     in every scenario only this: call, occurrence, error
 */
#include "faults/run.h"
#include "support/environment.h"
#include "support/io_uring.h"
#include "support/temporary_file.h"

#include <aws/common/common.h>
#include <aws/common/thread.h>
#include <aws/io/io.h>
#include <reseau/reseau.h>

#include <gtest/gtest.h>

#include <dirent.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace {

/* What a program may see of a fault. */
struct Expectation {
    /* One of these arrives; empty: no error is reported. */
    std::set<int> errors;
    /* All is done nevertheless, always or at times. */
    bool may_complete = true;
    /* Any error. */
    bool is_open = false;
};

Expectation Unnoticed() {
    return {};
}
Expectation Always(std::set<int> errors) {
    return {std::move(errors), false};
}
Expectation AtTimes(std::set<int> errors) {
    return {std::move(errors), true};
}

int SocketErrorOf(int error) {
    static const std::map<int, int> errors = {
        {EMFILE, AWS_ERROR_MAX_FDS_EXCEEDED},
        {ENFILE, AWS_ERROR_MAX_FDS_EXCEEDED},
        {ENOBUFS, AWS_ERROR_OOM},
        {ENOMEM, AWS_ERROR_OOM},
        {EACCES, AWS_ERROR_NO_PERMISSION},
        {EAFNOSUPPORT, AWS_IO_SOCKET_UNSUPPORTED_ADDRESS_FAMILY},
        {EADDRINUSE, AWS_IO_SOCKET_ADDRESS_IN_USE},
        {EADDRNOTAVAIL, AWS_IO_SOCKET_INVALID_ADDRESS},
        {ECONNREFUSED, AWS_IO_SOCKET_CONNECTION_REFUSED},
        {ENETUNREACH, AWS_IO_SOCKET_NO_ROUTE_TO_HOST},
        {EHOSTUNREACH, AWS_IO_SOCKET_NO_ROUTE_TO_HOST},
        {ETIMEDOUT, AWS_IO_SOCKET_TIMEOUT},
        {ECONNRESET, AWS_IO_SOCKET_CLOSED},
        {EPIPE, AWS_IO_SOCKET_CLOSED},
    };
    auto found = errors.find(error);
    return found == errors.end() ? AWS_IO_SOCKET_NOT_CONNECTED : found->second;
}

int FileErrorOf(int error, int otherwise) {
    static const std::map<int, int> errors = {
        {EMFILE, AWS_ERROR_MAX_FDS_EXCEEDED},
        {ENFILE, AWS_ERROR_MAX_FDS_EXCEEDED},
        {ENOMEM, AWS_ERROR_OOM},
        {EACCES, AWS_ERROR_NO_PERMISSION},
        {ENOENT, AWS_ERROR_FILE_INVALID_PATH},
        {ENOSPC, AWS_ERROR_NO_SPACE},
        {ENOTEMPTY, AWS_ERROR_DIRECTORY_NOT_EMPTY},
    };
    auto found = errors.find(error);
    return found == errors.end() ? otherwise : found->second;
}

int NameErrorOf(int error) {
    switch (error) {
    case EAI_NONAME:
        return AWS_IO_DNS_INVALID_NAME;
    case EAI_MEMORY:
        return AWS_ERROR_OOM;
    case EAI_SYSTEM:
        return AWS_ERROR_SYS_CALL_FAILURE;
    default:
        return AWS_IO_DNS_QUERY_FAILED;
    }
}

int TokenErrorOf(int error) {
    switch (error) {
    case 0x2:
        return AWS_ERROR_PKCS11_CKR_HOST_MEMORY;
    case 0x5:
        return AWS_ERROR_PKCS11_CKR_GENERAL_ERROR;
    case 0x30:
        return AWS_ERROR_PKCS11_CKR_DEVICE_ERROR;
    case 0x32:
        return AWS_ERROR_PKCS11_CKR_DEVICE_REMOVED;
    case 0xA0:
        return AWS_ERROR_PKCS11_CKR_PIN_INCORRECT;
    case 0xA4:
        return AWS_ERROR_PKCS11_CKR_PIN_LOCKED;
    case 0xB1:
        return AWS_ERROR_PKCS11_CKR_SESSION_COUNT;
    case 0xE0:
        return AWS_ERROR_PKCS11_CKR_TOKEN_NOT_PRESENT;
    case 0x101:
        return AWS_ERROR_PKCS11_CKR_USER_NOT_LOGGED_IN;
    default:
        return AWS_ERROR_PKCS11_UNKNOWN_CRYPTOKI_RETURN_VALUE;
    }
}

/* Whether EAGAIN is no failure. */
bool SaysToTryAgain(Call call) {
    switch (call) {
    case Call::kThreadCreate:
    case Call::kProcessOpen:
    case Call::kMutexInit:
    case Call::kConditionInit:
    case Call::kLockInit:
        return false;
    default:
        return true;
    }
}

Expectation ExpectationOf(Call call, int error) {
    if (error == EINTR || (error == EAGAIN && SaysToTryAgain(call))) {
        return Unnoticed();
    }
    switch (call) {
    case Call::kSocket:
    case Call::kBind:
    case Call::kListen:
    case Call::kConnect:
    case Call::kGetSockName:
        return Always({SocketErrorOf(error)});
    case Call::kAccept:
        /* The connection waits, or another one is tried. */
        return error == ECONNABORTED || error == EPROTO || error == EPERM ? Unnoticed()
                                                                          : AtTimes({SocketErrorOf(error)});
    case Call::kGetSockOpt:
        return AtTimes({SocketErrorOf(error)});
    case Call::kSend:
    case Call::kSendMsg:
    case Call::kReadV:
    case Call::kRecvMsg:
        /* The peer may be the one that sees it; and the last ones have no effect. */
        /* TLS says in which direction it failed. */
        return AtTimes({SocketErrorOf(error), AWS_IO_TLS_ERROR_WRITE_FAILURE, AWS_IO_TLS_ERROR_READ_FAILURE});
    case Call::kRead:
        return AtTimes({SocketErrorOf(error), AWS_ERROR_SYS_CALL_FAILURE});
    case Call::kPipeWrite:
        return Always({error == EPIPE ? (int)AWS_IO_BROKEN_PIPE : (int)AWS_ERROR_SYS_CALL_FAILURE});
    case Call::kPipe:
    case Call::kEventFd:
    case Call::kEpollCreate:
    case Call::kEpollAdd:
        return Always({AWS_ERROR_SYS_CALL_FAILURE});
    case Call::kThreadCreate:
        /* The thread that ends a group is tried again. */
        return AtTimes(
            {error == EPERM ? (int)AWS_ERROR_THREAD_NO_PERMISSIONS : (int)AWS_ERROR_THREAD_INSUFFICIENT_RESOURCE});
    case Call::kThreadAttributes:
        return AtTimes({AWS_ERROR_OOM});
    case Call::kThreadStackSize:
        return AtTimes({AWS_ERROR_THREAD_INVALID_SETTINGS});
    case Call::kGetAddrInfo:
        return Always({NameErrorOf(error)});
    case Call::kAddressToText:
        return AtTimes({SocketErrorOf(error), AWS_ERROR_SYS_CALL_FAILURE});
    case Call::kClock:
        return AtTimes({AWS_ERROR_CLOCK_FAILURE});
    case Call::kFileOpen:
    case Call::kOpen:
        /* What the system does not report of itself is estimated. */
        return AtTimes({FileErrorOf(error, AWS_ERROR_FILE_OPEN_FAILURE)});
    case Call::kReadAt:
        return AtTimes({AWS_ERROR_SYS_CALL_FAILURE});
    case Call::kWriteAt:
    case Call::kDirectoryMake:
    case Call::kFileMove:
    case Call::kProcessOpen:
        return Always({FileErrorOf(error, AWS_ERROR_SYS_CALL_FAILURE)});
    case Call::kDirectoryRemove:
    case Call::kDirectoryOpen:
    case Call::kDirectoryRead:
    case Call::kFileRemove:
        /* What cannot be removed of a directory's content stops its removal. */
        return Always({FileErrorOf(error, AWS_ERROR_SYS_CALL_FAILURE), AWS_ERROR_OPERATION_INTERUPTED});
    case Call::kUserEntry:
        return Always({AWS_ERROR_GET_HOME_DIRECTORY_FAILED});
    case Call::kUsage:
        return Always({AWS_ERROR_SYS_CALL_FAILURE});
    case Call::kGetLimit:
        return AtTimes({AWS_ERROR_INVALID_ARGUMENT});
    case Call::kSetLimit:
        return Always({AWS_ERROR_INVALID_ARGUMENT});
    case Call::kSetEnvironment:
        return Always({AWS_ERROR_ENVIRONMENT_SET});
    case Call::kUnsetEnvironment:
        return Always({AWS_ERROR_ENVIRONMENT_UNSET});
    case Call::kMutexInit:
        return AtTimes({error == ENOMEM ? (int)AWS_ERROR_OOM : (int)AWS_ERROR_MUTEX_FAILED});
    case Call::kConditionInit:
        return AtTimes({AWS_ERROR_COND_VARIABLE_INIT_FAILED});
    case Call::kLockInit:
        return AtTimes({error == ENOMEM ? (int)AWS_ERROR_OOM : (int)AWS_ERROR_MUTEX_FAILED});
    case Call::kThreadSetStackSize:
        return AtTimes({AWS_ERROR_THREAD_INVALID_SETTINGS});
    case Call::kTokenFinalize:
    case Call::kTokenClose:
    case Call::kTokenMechanism:
        return Unnoticed();
    case Call::kTokenList:
    case Call::kTokenInitialize:
    case Call::kTokenInfo:
    case Call::kTokenSlots:
    case Call::kTokenDescribe:
    case Call::kTokenOpen:
    case Call::kTokenLogin:
    case Call::kTokenFindInit:
    case Call::kTokenFind:
    case Call::kTokenFindFinal:
    case Call::kTokenAttribute:
    case Call::kTokenSignInit:
    case Call::kTokenSign:
        return Always({TokenErrorOf(error), AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE});
    case Call::kCryptoMemory:
        /* What OpenSSL keeps to itself looks like a fault of what it was looking at: a peer is refused, not let in. */
        return AtTimes(
            {AWS_ERROR_OOM,
             AWS_IO_TLS_HOST_NAME_MISMATCH,
             AWS_IO_TLS_INVALID_CERTIFICATE_CHAIN,
             AWS_IO_TLS_NO_ROOT_CERTIFICATE_FOUND,
             AWS_IO_TLS_UNKNOWN_ROOT_CERTIFICATE,
             AWS_IO_TLS_CIPHER_PREF_UNSUPPORTED,
             AWS_IO_TLS_ERROR_ALERT_RECEIVED,
             AWS_IO_TLS_INTERNAL_ERROR,
             AWS_IO_TLS_CTX_ERROR,
             AWS_IO_TLS_ERROR_NEGOTIATION_FAILURE,
             AWS_IO_TLS_ERROR_WRITE_FAILURE,
             AWS_IO_TLS_ERROR_READ_FAILURE});
    case Call::kLibraryOpen:
        return AtTimes({AWS_IO_SHARED_LIBRARY_LOAD_FAILURE});
    case Call::kFileRead:
        return AtTimes({AWS_IO_STREAM_READ_FAILED, AWS_ERROR_FILE_READ_FAILURE});
    case Call::kFileSeek:
        return Always({FileErrorOf(error, AWS_ERROR_STREAM_UNSEEKABLE)});
    case Call::kFileStatus:
        /* What is not seen of a directory is not removed either. */
        return AtTimes(
            {FileErrorOf(error, AWS_ERROR_SYS_CALL_FAILURE),
             AWS_ERROR_DIRECTORY_NOT_EMPTY,
             AWS_ERROR_OPERATION_INTERUPTED});
    case Call::kRandom:
        return Always({AWS_ERROR_RANDOM_GEN_FAILED});
    default:
        return Unnoticed();
    }
}

std::set<std::string> NamesIn(const char *directory) {
    std::set<std::string> names;
    DIR *open = opendir(directory);
    while (struct dirent *entry = readdir(open)) {
        names.insert(entry->d_name);
    }
    closedir(open);
    return names;
}

/* Descriptors as what they are, so that one that leaks says so. The directory's own is open in every count. */
std::multiset<std::string> OpenFiles() {
    std::multiset<std::string> files;
    for (const std::string &name : NamesIn("/proc/self/fd")) {
        char target[256] = {};
        if (readlink(("/proc/self/fd/" + name).c_str(), target, sizeof(target) - 1) > 0) {
            std::string text = target;
            /* ctest may replace its log meanwhile, which the system then shows as deleted. */
            files.insert(text.substr(0, std::min(text.find(':'), text.find(" (deleted)"))));
        }
    }
    return files;
}

size_t Waits() {
    return OpenFiles().count("anon_inode");
}

/* On reseau.h some close later than it says: what a connection has sent may wait until the peer has it. */
std::multiset<std::string> SettledFiles() {
    std::multiset<std::string> files = OpenFiles();
    for (int same = 0; same < 20; ++same) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        std::multiset<std::string> now = OpenFiles();
        same = now == files ? same : 0;
        files.swap(now);
    }
    return files;
}

/* A thread in a call that waits for input. */
class Reader {
  public:
    Reader() {
        EXPECT_EQ(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends_));
        id_ = reseau_adopt(ends_[0], 0, nullptr);
    }
    ~Reader() {
        close(ends_[1]);
        thread_.join();
        reseau_close(id_);
        EXPECT_EQ(0, reseau_wait_closed(id_, 60000));
    }
    void Begin() {
        thread_ = std::thread([this] {
            char byte;
            EXPECT_EQ(0, reseau_read(id_, &byte, 1));
        });
    }

  private:
    int ends_[2] = {-1, -1};
    reseau_id id_ = 0;
    std::thread thread_;
};

/*
 * The process keeps a descriptor for each thread that has waited for input at the same time as others. More of them
 * than a scenario can use are there before anything is counted, so that one more is a leak.
 */
void MakeWaits() {
    constexpr size_t kMostThreads = 4;
    static bool are_made = IsOnIoUring();
    if (are_made) {
        return;
    }
    are_made = true;
    std::vector<Reader> readers(kMostThreads);
    size_t before = SettledFiles().count("anon_inode");
    for (Reader &reader : readers) {
        reader.Begin();
    }
    for (int i = 0; i < 60000 && Waits() < before + kMostThreads; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    EXPECT_EQ(before + kMostThreads, Waits());
}

size_t Threads() {
    return NamesIn("/proc/self/task").size();
}

/* A thread that has been joined may be listed for a moment yet. */
bool HasOnlyThreads(size_t count) {
    for (int i = 0; i < 2000 && Threads() > count; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return Threads() <= count;
}

uint64_t Seed() {
    const char *text = getenv("RESEAU_FAULTS_SEED");
    return text == nullptr ? 1 : strtoull(text, nullptr, 10);
}

bool IsExhaustive() {
    const char *text = getenv("RESEAU_FAULTS");
    return text != nullptr && strcmp(text, "all") == 0;
}

/* Whether all is asked of this call, and nothing of the others. */
bool IsTheOne(Call call) {
    const char *text = getenv("RESEAU_FAULTS");
    return text != nullptr && strcmp(text, NameOf(call)) == 0;
}

bool IsLeftOut(Call call) {
    const char *text = getenv("RESEAU_FAULTS");
    return text != nullptr && !IsExhaustive() && !IsTheOne(call);
}

class FaultsTest : public ::testing::TestWithParam<Scenario> {
  protected:
    static constexpr size_t kBytes = 300000;

    /* Once without faults: libraries are loaded, and what stays for good is there. */
    void SetUp() override {
        if (GetParam().is_on_reseau) {
            MakeWaits();
        }
        Play(FaultPlan(), kBytes, Unnoticed());
    }

    /* Plays the scenario and checks all that must hold whatever fails. */
    void Play(const FaultPlan &plan, size_t bytes, const Expectation &expected) {
        SCOPED_TRACE(std::string(GetParam().name) + " with " + plan.Describe());
        struct aws_allocator *allocator = aws_mem_tracer_new(aws_default_allocator(), nullptr, AWS_MEMTRACE_BYTES, 0);
        std::multiset<std::string> files = GetParam().is_on_reseau ? SettledFiles() : OpenFiles();
        size_t threads = Threads();
        if (!GetParam().is_on_reseau) {
            aws_io_library_init(allocator);
        }
        FaultRun run(allocator, plan, bytes);
        auto begin = std::chrono::steady_clock::now();
        ArmFaults(plan);
        GetParam().play(run);
        aws_thread_set_managed_join_timeout_ns(30000000000ULL);
        bool has_joined = GetParam().is_on_reseau || aws_thread_join_all_managed() == AWS_OP_SUCCESS;
        struck_ = FaultsStruck();
        DisarmFaults();
        ASSERT_TRUE(has_joined) << "a thread still runs";
        if (struck_ == 0) {
            CheckErrors(run, Unnoticed());
        } else if (plan.per_mille == 0) {
            CheckErrors(run, GetParam().is_on_reseau ? Expectation{{}, true, true} : expected);
        }
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15 * TimeoutScale())) << "it hung";
        if (!GetParam().is_on_reseau) {
            aws_io_library_clean_up();
        }
        EXPECT_EQ(0u, aws_mem_tracer_bytes(allocator)) << "bytes leaked";
        aws_mem_tracer_destroy(allocator);
        if (is_warm_) {
            /* What a closed connection has sent may stay until the peer has it. */
            std::multiset<std::string> now = OpenFiles();
            for (int i = 0; GetParam().is_on_reseau && i < 5000 && files != now; ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                now = OpenFiles();
            }
            EXPECT_EQ(files, now) << "descriptors leaked";
            EXPECT_TRUE(GetParam().is_on_reseau || HasOnlyThreads(threads)) << "threads leaked";
        }
        is_warm_ = true;
        for (const std::string &promise : run.broken()) {
            ADD_FAILURE() << "a promise was broken: " << promise;
        }
    }

    void CheckErrors(const FaultRun &run, const Expectation &expected) {
        bool has_right_one = false;
        std::string reported;
        for (int error : run.errors()) {
            has_right_one = has_right_one || expected.errors.count(error) != 0;
            reported += std::string(" ") + (error < 0 ? reseau_error_name(error) : aws_error_name(error));
        }
        if (expected.is_open && !run.errors().empty()) {
            return;
        }
        if (run.errors().empty() || expected.errors.empty()) {
            EXPECT_EQ("", reported);
            EXPECT_TRUE(run.is_complete()) << "not all was done, and no error reported";
            EXPECT_TRUE(expected.may_complete) << "the fault was not reported";
        } else {
            EXPECT_TRUE(has_right_one) << "instead of the right error came" << reported;
        }
    }

    /* How often the scenario makes each call. */
    std::vector<uint64_t> CountCalls() {
        Play(FaultPlan(), kBytes, Unnoticed());
        std::vector<uint64_t> counts;
        for (int i = 0; i < (int)Call::kCount; ++i) {
            counts.push_back(CallsOf((Call)i));
        }
        return counts;
    }

    /* All occurrences if they are few, else the first ones, the last one and some of the others. */
    static std::vector<uint64_t> Chosen(Call call, uint64_t count) {
        std::set<uint64_t> chosen;
        uint64_t first =
            call == Call::kClock || call == Call::kEpollWait || call == Call::kRingEnter || call == Call::kClose ? 4
                                                                                                                 : 10;
        if (IsTheOne(call)) {
            first = count;
        } else if (IsExhaustive() && call != Call::kClock) {
            first = 500;
        }
        for (uint64_t i = 1; i <= std::min(first, count); ++i) {
            chosen.insert(i);
        }
        if (count > first) {
            std::minstd_rand random((unsigned)(Seed() * 64 + (uint64_t)call));
            for (int i = 0; i < (call == Call::kCryptoMemory ? 40 : 1); ++i) {
                chosen.insert(first + 1 + random() % (count - first));
            }
            chosen.insert(count);
        }
        return {chosen.begin(), chosen.end()};
    }

    /* The errors to try at an occurrence: all of them at the first, later on one after the other. */
    static std::vector<int> Errors(Call call, size_t index) {
        const std::vector<int> &errors = ErrorsOf(call);
        if (index == 0 || IsExhaustive() || IsTheOne(call)) {
            return errors;
        }
        return {errors[(index + Seed()) % errors.size()]};
    }

    bool is_warm_ = false;
    uint64_t struck_ = 0;
};

TEST_P(FaultsTest, EachCallFailsInTurn) {
    const char *only = getenv("RESEAU_FAULT");
    if (only != nullptr) {
        char name[64] = {};
        FaultPlan plan;
        ASSERT_EQ(3, sscanf(only, "%63[^:]:%lu:%d", name, &plan.nth, &plan.error));
        plan.call = CallNamed(name);
        Play(plan, kBytes, ExpectationOf(plan.call, plan.error));
        return;
    }
    std::vector<uint64_t> counts = CountCalls();
    int plays = 0;
    for (int i = 0; i < (int)Call::kCount && !HasFatalFailure(); ++i) {
        FaultPlan plan;
        plan.call = (Call)i;
        if (IsLeftOut(plan.call)) {
            continue;
        }
        std::vector<uint64_t> chosen = Chosen(plan.call, counts[(size_t)i]);
        for (size_t j = 0; j < chosen.size() && !HasFatalFailure(); ++j) {
            for (int error : Errors(plan.call, j)) {
                plan.nth = chosen[j];
                plan.error = error;
                Play(plan, kBytes, ExpectationOf(plan.call, error));
                ++plays;
            }
        }
    }
    for (int i = 0; i < (int)Call::kCount; ++i) {
        if (counts[(size_t)i] != 0) {
            printf("%s %lu, ", NameOf((Call)i), (unsigned long)counts[(size_t)i]);
        }
    }
    printf("%d faults\n", plays);
    EXPECT_TRUE(plays > 5 || getenv("RESEAU_FAULTS") != nullptr) << "the library's calls do not come here";
}

/* Streams move a byte at a time and would block in between; all arrives. */
TEST_P(FaultsTest, TransfersOfOneByteLoseNothing) {
    FaultPlan plan;
    plan.dribble = true;
    Play(plan, 6000, Unnoticed());
}

/* Anything fails at any time. Which errors come is not predicted, but nothing leaks, hangs or is reported twice. */
TEST_P(FaultsTest, RandomFaultsLeakNothing) {
    for (unsigned per_mille : {5, 30, 150}) {
        for (uint64_t round = 0; round < (IsExhaustive() ? 200 : 20) && !HasFatalFailure(); ++round) {
            FaultPlan plan;
            plan.per_mille = per_mille;
            plan.seed = Seed() * 1000 + round;
            Play(plan, kBytes, Unnoticed());
        }
    }
}

/* The program's allocator, which gives nothing from its nth acquisition on; 0: it counts only. */
class FailingAllocator {
  public:
    explicit FailingAllocator(uint64_t nth) : nth_(nth) {
        table.impl = this;
        table.mem_acquire = [](struct aws_allocator *allocator, size_t size) {
            auto *self = static_cast<FailingAllocator *>(allocator->impl);
            uint64_t number = ++self->acquired;
            return self->nth_ != 0 && number >= self->nth_ ? nullptr : malloc(size);
        };
        table.mem_release = [](struct aws_allocator *, void *block) { free(block); };
    }

    struct aws_allocator table = {};
    std::atomic<uint64_t> acquired{0};

  private:
    const uint64_t nth_;
};

/* Plays the scenario; returns how much memory was acquired. */
uint64_t PlayWithMemory(const Scenario &scenario, uint64_t nth) {
    FailingAllocator allocator(nth);
    FaultRun run(&allocator.table, FaultPlan(), 100000);
    aws_io_library_init(&allocator.table);
    scenario.play(run);
    aws_thread_join_all_managed();
    aws_io_library_clean_up();
    return allocator.acquired;
}

/*
 * Memory that the program's allocator does not give ends the process at once, with a message, wherever it is asked for:
 * no fault of another kind, no hang, and no way on with half of an object.
 */
class FaultsDeathTest : public ::testing::TestWithParam<Scenario> {
    /* What the processes that end leave of files is removed with the directory of their parent. */
    TemporaryDirectory directory_;
    Variable temporary_{"TMPDIR", directory_.Path()};
};

TEST_P(FaultsDeathTest, MemoryThatIsNotGivenEndsTheProcess) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    const uint64_t count = PlayWithMemory(GetParam(), 0);
    ASSERT_LT(0u, count);

    /* As many every time: a process that is to end counts from zero, and its threads may come to another number. */
    const uint64_t deaths = IsExhaustive() ? 200 : 6;
    for (uint64_t i = 0; i < deaths; ++i) {
        uint64_t nth = 1 + (i * 3 + Seed() % 3) * count / (deaths * 4);
        EXPECT_EXIT(PlayWithMemory(GetParam(), nth), ::testing::KilledBySignal(SIGABRT), "out of memory") << nth;
    }
}

std::string NameOfScenario(const ::testing::TestParamInfo<Scenario> &info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, FaultsDeathTest, ::testing::ValuesIn(kScenarios), NameOfScenario);

INSTANTIATE_TEST_SUITE_P(Scenarios, FaultsTest, ::testing::ValuesIn(kScenarios), NameOfScenario);

INSTANTIATE_TEST_SUITE_P(Reseau, FaultsTest, ::testing::ValuesIn(kReseauScenarios), NameOfScenario);

} // namespace
