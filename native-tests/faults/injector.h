/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_FAULTS_INJECTOR_H
#define RESEAU_TESTS_FAULTS_INJECTOR_H

#include <cstdint>
#include <string>
#include <vector>

/*
 * Makes calls of the C library fail that the library under test makes; the test's own calls are left alone. It works by
 * symbol order: this program defines the functions (calls.cc), so that the library's P/Invokes come here first. Calls
 * that the .NET runtime inside the library makes for itself are left alone too.
 */

enum class Call {
    kSocket,
    kBind,
    kListen,
    kAccept,
    kConnect,
    kGetSockName,
    kGetSockOpt,
    kSetSockOpt,
    kShutdown,
    kSend,
    kSendMsg,
    kRead,
    kReadV,
    kRecvMsg,
    kDiscard,
    kBytesUnderWay,
    kPoll,
    kSendMany,
    kReceiveMany,
    kSendFile,
    kPeerName,
    kControl,
    kWrite,
    kPipeWrite,
    kClose,
    kPipe,
    kEventFd,
    kEpollCreate,
    kEpollAdd,
    kEpollRemove,
    kEpollWait,
    kRingSetup,
    kRingEnter,
    kRingRegister,
    kThreadCreate,
    kThreadAttributes,
    kThreadStackSize,
    kThreadName,
    kGetAddrInfo,
    kAddressToText,
    kClock,
    kTimerSlack,
    kFileOpen,
    kFileRead,
    kFileWrite,
    kFileFlush,
    kFileSeek,
    kFileClose,
    kFileStatus,
    kOpen,
    kReadAt,
    kWriteAt,
    kSync,
    kTruncate,
    kPermit,
    kNotify,
    kNotifyAdd,
    kRandom,
    kDirectoryMake,
    kDirectoryRemove,
    kDirectoryOpen,
    kDirectoryRead,
    kDirectoryClose,
    kFileRemove,
    kFileMove,
    kFullPath,
    kProcessOpen,
    kProcessClose,
    kUserEntry,
    kUsage,
    kGetLimit,
    kSetLimit,
    kSetEnvironment,
    kUnsetEnvironment,
    kConfiguration,
    kMutexInit,
    kConditionInit,
    kLockInit,
    kThreadSetStackSize,
    kThreadAffinity,
    kLibraryOpen,
    kSleep,
    kTokenList,
    kTokenInitialize,
    kTokenFinalize,
    kTokenInfo,
    kTokenSlots,
    kTokenDescribe,
    kTokenMechanism,
    kTokenOpen,
    kTokenClose,
    kTokenLogin,
    kTokenFindInit,
    kTokenFind,
    kTokenFindFinal,
    kTokenAttribute,
    kTokenSignInit,
    kTokenSign,
    /* Calls of OpenSSL's, not of the library's. */
    kCryptoMemory,
    /* The last two say that the kernel is old, and once is for ever: they come at the end. */
    kLacksPipeWrite,
    kLacksEpollWait,
    kCount,
};

const char *NameOf(Call call);
Call CallNamed(const std::string &name);

/*
 * The errors that a call can really give, worst first. Of getaddrinfo these are EAI_*; of pthread_*, what it returns;
 * of C_*, CKR_*.
 */
const std::vector<int> &ErrorsOf(Call call);

/* What is to go wrong in one run. */
struct FaultPlan {
    /* The one call that fails: the nth of its kind, from 1. 0: none. */
    Call call = Call::kCount;
    uint64_t nth = 0;
    int error = 0;

    /* Besides, any call fails with this probability, by an error of its own. */
    unsigned per_mille = 0;
    uint64_t seed = 0;

    /* Transfers of streams take one byte at a time, and every other one would block first. */
    bool dribble = false;

    std::string Describe() const;
};

/* From now on the plan holds, and calls are counted from zero. */
void ArmFaults(const FaultPlan &plan);
void DisarmFaults();

/* How often the library has made the call since faults were armed. */
uint64_t CallsOf(Call call);

/* How many calls were made to fail since. */
uint64_t FaultsStruck();

/* For calls.cc: whether this call, made from that return address, is to fail, and how. NULL stands for the library. */
bool FaultStrikes(Call call, const void *caller, int *error);

/* For calls.cc: whether the plan has transfers of one byte, and this is the library's. */
bool IsDribbling(const void *caller);

/* For calls.cc: every other call says so. */
bool DribbleWouldBlock();

/* While there is one of these, OpenSSL gets the memory that it asks for on this thread: the test asks. */
class CryptoMemoryIsSafe {
  public:
    CryptoMemoryIsSafe();
    ~CryptoMemoryIsSafe();
    CryptoMemoryIsSafe(const CryptoMemoryIsSafe &) = delete;
    CryptoMemoryIsSafe &operator=(const CryptoMemoryIsSafe &) = delete;
};

/* Whether OpenSSL's memory can be refused at all. */
bool CryptoMemoryIsWatched();

#endif /* RESEAU_TESTS_FAULTS_INJECTOR_H */
