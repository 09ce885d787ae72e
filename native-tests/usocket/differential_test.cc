/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any calls in any order, by a seed, on the kernel's sockets and on ours: each has to have the same result, the same
 * error and the same bytes. Where docs/usocket.md says that the two differ, the calls are not made, or Expected() says
 * what ours is to answer. RESEAU_TEST_SEED=N runs one seed alone and prints its calls, RESEAU_TEST_SEEDS=N more of
 * them.
 */
#include "usocket/either.h"

#include <memory>
#include <random>
#include <sstream>

namespace {

constexpr int kSlots = 8;
constexpr int kCalls = 60;

/* What the calls have made of a socket: all of its duplicates have it. */
struct Known {
    int type = 0;
    bool is_bound = false;
    bool is_listening = false;
    bool was_connected = false; /* or tried to */
    bool is_connected = false;
    bool has_failed = false; /* to connect: POSIX leaves open what it is then */
    int shut = 0;            /* 1: reading, 2: writing */
    bool is_over = false;
};

/* A descriptor of each kind of sockets, of what should be the same. */
struct Pair {
    int kernel = -1;
    int ours = -1;
    std::shared_ptr<Known> known;
    std::shared_ptr<Pair> peer; /* as it was when they were connected */
    SocketName kernel_name, our_name;
};

struct Result {
    long value = 0;
    int error = 0;
    std::string rest;

    bool operator==(const Result &other) const {
        return value == other.value && error == other.error && rest == other.rest;
    }
};

std::ostream &operator<<(std::ostream &out, const Result &result) {
    out << result.value;
    if (result.error != 0) {
        out << ' ' << strerrorname_np(result.error);
    }
    return out << (result.rest.empty() ? "" : " ") << result.rest;
}

Result ResultOf(long value, const std::string &rest = "") {
    Result result;
    result.value = value;
    result.error = value < 0 ? errno : 0;
    result.rest = value < 0 ? "" : rest;
    return result;
}

class Calls {
  public:
    Calls(uint64_t seed, int domain) : random_(seed * 2 + (domain == AF_UNIX)), domain_(domain) {
    }

    ~Calls() {
        for (auto &pair : slots_) {
            if (pair) {
                Close(*pair);
            }
        }
    }

    /* What has differed; nothing, if all was the same. */
    std::string Run() {
        for (int i = 0; i < kCalls && difference_.empty(); ++i) {
            One();
        }
        return difference_;
    }

    std::string Log() const {
        return log_.str();
    }

  private:
    int Random(int below) {
        return static_cast<int>(random_() % static_cast<unsigned>(below));
    }

    bool IsLocal() const {
        return domain_ == AF_UNIX;
    }

    /* Makes a call on both, and compares. */
    template <typename Call> Result Both(const std::string &what, Pair &pair, Call call) {
        Result kernel = call(*either::Kernel(), pair.kernel);
        Result ours = call(*either::Ours(), pair.ours);
        return Compare(what, kernel, ours);
    }

    Result Compare(const std::string &what, const Result &kernel, const Result &ours) {
        log_ << what << " = " << kernel;
        if (!(kernel == ours)) {
            log_ << ", ours " << ours;
            std::ostringstream text;
            text << what << ": the kernel's " << kernel << ", ours " << ours;
            difference_ = text.str();
        }
        log_ << '\n';
        return kernel;
    }

    std::string NameOf(const char *call, int slot) {
        static const char *const types[] = {"?", "stream", "datagram", "?", "?", "seqpacket"};
        std::string type = slots_[slot] ? types[slots_[slot]->known->type] : "";
        return std::string(call) + "(" + std::to_string(slot) + " " + type;
    }

    int Used() {
        int first = Random(kSlots);
        for (int i = 0; i < kSlots; ++i) {
            int slot = (first + i) % kSlots;
            if (slots_[slot]) {
                return slot;
            }
        }
        return -1;
    }

    int Free() {
        for (int i = 0; i < kSlots; ++i) {
            if (!slots_[i]) {
                return i;
            }
        }
        return -1;
    }

    void One() {
        int slot = Used();
        int call = Random(24);
        if (slot < 0 || call == 0) {
            return Make();
        }
        Pair &pair = *slots_[slot];
        if (pair.known->is_over) {
            return CloseOne(slot);
        }
        switch (call) {
        case 1:
            return MakePair();
        case 2:
        case 3:
            return Bind(pair, slot);
        case 4:
        case 5:
            return Listen(pair, slot);
        case 6:
        case 7:
        case 8:
            return Connect(pair, slot);
        case 9:
        case 10:
        case 11:
            return Accept(pair, slot);
        case 12:
        case 13:
        case 14:
            return Send(pair, slot);
        case 15:
        case 16:
        case 17:
            return Receive(pair, slot);
        case 18:
            return Shutdown(pair, slot);
        case 19:
            return CloseOne(slot);
        case 20:
            return Duplicate(pair, slot);
        case 21:
            return Poll(pair, slot);
        case 22:
            return Options(pair, slot);
        default:
            return Names(pair, slot);
        }
    }

    int Type() {
        static const int types[] = {SOCK_STREAM, SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
        return types[Random(IsLocal() ? 4 : 3)];
    }

    std::shared_ptr<Pair> Made(int type, int kernel, int ours) {
        auto pair = std::make_shared<Pair>();
        pair->kernel = kernel;
        pair->ours = ours;
        pair->known = std::make_shared<Known>();
        pair->known->type = type;
        return pair;
    }

    void Make() {
        int slot = Free();
        if (slot < 0) {
            return;
        }
        int type = Type();
        slots_[slot] = Made(type, either::Kernel()->socket(domain_, type, 0), either::Ours()->socket(domain_, type, 0));
        Compare(
            NameOf("socket", slot) + ")",
            ResultOf(slots_[slot]->kernel < 0 ? -1 : 0),
            ResultOf(slots_[slot]->ours < 0 ? -1 : 0));
    }

    void MakePair() {
        int first = Free();
        if (first < 0 || !IsLocal()) {
            return Make();
        }
        slots_[first] = std::make_shared<Pair>();
        int second = Free();
        slots_[first] = nullptr;
        if (second < 0) {
            return;
        }
        int type = Type(), kernel[2], ours[2];
        Result one = ResultOf(either::Kernel()->socketpair(domain_, type, 0, kernel));
        Result other = ResultOf(either::Ours()->socketpair(domain_, type, 0, ours));
        slots_[first] = Made(type, kernel[0], ours[0]);
        slots_[second] = Made(type, kernel[1], ours[1]);
        slots_[first]->known->is_connected = slots_[second]->known->is_connected = true;
        slots_[first]->known->was_connected = slots_[second]->known->was_connected = true;
        Compare(NameOf("socketpair", first) + ", " + std::to_string(second) + ")", one, other);
    }

    SocketName FreeName() {
        return FreeNameOf(IsLocal());
    }

    static void ReadName(const SocketApi &api, int descriptor, SocketName *name) {
        name->length = sizeof(name->storage);
        EXPECT_EQ(0, api.getsockname(descriptor, name->Address(), &name->length));
    }

    void Bind(Pair &pair, int slot) {
        /* A local peer's name is the one that it had when they were connected; a port that was not asked for is given
           back by the kernel's when a connection is reset. */
        if (pair.known->has_failed || pair.known->was_connected) {
            return;
        }
        SocketName name = FreeName();
        Result result = Both(NameOf("bind", slot) + ")", pair, [&name](const SocketApi &api, int descriptor) {
            return ResultOf(api.bind(descriptor, name.Address(), name.length));
        });
        if (result.value == 0) {
            pair.known->is_bound = true;
            ReadName(*either::Kernel(), pair.kernel, &pair.kernel_name);
            ReadName(*either::Ours(), pair.ours, &pair.our_name);
        }
    }

    void Listen(Pair &pair, int slot) {
        /* Without a name the kernel chooses a port of any address; a socket that was connected listens again. */
        if (!pair.known->is_bound || pair.known->was_connected) {
            return;
        }
        Result result = Both(NameOf("listen", slot) + ")", pair, [](const SocketApi &api, int descriptor) {
            return ResultOf(api.listen(descriptor, 50));
        });
        pair.known->is_listening |= result.value == 0;
    }

    void Connect(Pair &pair, int slot) {
        int to = Used();
        for (int i = 0; i < kSlots && !(slots_[to] && slots_[to]->known->is_listening); ++i) {
            to = Random(4) == 0 ? Used() : (to + 1) % kSlots;
        }
        if (!slots_[to]) {
            return;
        }
        Pair &target = *slots_[to];
        /* A listener that connects: POSIX says EOPNOTSUPP. A stream that connects to itself is another matter. */
        if (pair.known->is_listening || target.known == pair.known || target.kernel_name.length == 0) {
            return;
        }
        /* Of the internet somebody else may have the port of the other type. Of local sockets, what is wrong with both
           ends has an order of the kernel's, and a pair of datagrams that is parted notifies the other. */
        if (pair.known->type != target.known->type || (IsLocal() && pair.known->was_connected)) {
            return;
        }
        Result kernel =
            ResultOf(either::Kernel()->connect(pair.kernel, target.kernel_name.Address(), target.kernel_name.length));
        Result ours = ResultOf(either::Ours()->connect(pair.ours, target.our_name.Address(), target.our_name.length));
        Compare(NameOf("connect", slot) + ", " + std::to_string(to) + ")", kernel, ours);
        pair.known->was_connected = true;
        pair.known->has_failed |= kernel.value != 0 && !pair.known->is_connected;
        if (kernel.value == 0) {
            pair.known->is_connected = true;
            pair.peer = slots_[to];
            if (pair.known->type != SOCK_DGRAM) {
                Settle(target.kernel, POLLIN);
            }
        }
    }

    /* The kernel's TCP may still be at it, on another processor. */
    static void Settle(int kernel, int events) {
        struct pollfd one = {kernel, static_cast<short>(events), 0};
        EXPECT_LE(0, either::Kernel()->poll(&one, 1, 1000));
    }

    void Accept(Pair &pair, int slot) {
        int free = Free();
        if (free < 0 || !pair.known->is_listening) {
            return;
        }
        int kernel = -1, ours = -1;
        either::Kernel()->fcntl(pair.kernel, F_SETFL, O_NONBLOCK);
        either::Ours()->fcntl(pair.ours, F_SETFL, O_NONBLOCK);
        Both(
            NameOf("accept", slot) + ", " + std::to_string(free) + ")",
            pair,
            [&](const SocketApi &api, int descriptor) {
                int accepted = api.accept(descriptor, nullptr, nullptr);
                (&api == either::Kernel() ? kernel : ours) = accepted;
                return ResultOf(accepted < 0 ? -1 : 0);
            });
        if (kernel >= 0 && ours >= 0) {
            slots_[free] = Made(pair.known->type, kernel, ours);
            slots_[free]->known->is_connected = slots_[free]->known->was_connected = true;
        }
    }

    void Send(Pair &pair, int slot) {
        bool is_datagram = pair.known->type == SOCK_DGRAM;
        /* POSIX says ENOTCONN of what is not connected; the kernel's queue of local datagrams is short. */
        if (!is_datagram && !pair.known->is_connected) {
            return;
        }
        size_t length = Random(4) == 0 ? 0 : static_cast<size_t>(Random(200));
        length += pair.known->type == SOCK_SEQPACKET; /* empty ones are not counted as unread by the kernel */
        std::string bytes(length, static_cast<char>('a' + Random(26)));
        int to = is_datagram && Random(2) == 0 ? Used() : -1;
        if (is_datagram && sent_ > 8) {
            return;
        }
        if (to >= 0 && (slots_[to]->kernel_name.length == 0 || slots_[to]->known->type != SOCK_DGRAM)) {
            to = -1;
        }
        if (to < 0 && is_datagram && !pair.known->is_connected) {
            return;
        }
        sent_ += is_datagram;
        /* A reset is reported by the next call here; the kernel's local sockets keep it and say EPIPE. */
        if (IsLocal() && !is_datagram && HasFailed(pair)) {
            return;
        }
        bool is_gathered = Random(3) == 0;
        std::string what = NameOf("send", slot) + ", " + std::to_string(bytes.size()) +
                           (to >= 0 ? ", to " + std::to_string(to) : "") + (is_gathered ? ", gathered)" : ")");
        Result sent = Both(what, pair, [&](const SocketApi &api, int descriptor) {
            SocketName none;
            SocketName &name = to < 0                     ? none
                               : &api == either::Kernel() ? slots_[to]->kernel_name
                                                          : slots_[to]->our_name;
            struct iovec pieces[2] = {{&bytes[0], bytes.size() / 3}, {&bytes[bytes.size() / 3], bytes.size()}};
            pieces[1].iov_len -= pieces[0].iov_len;
            struct msghdr message = {};
            message.msg_iov = pieces;
            message.msg_iovlen = 2;
            if (to >= 0) {
                message.msg_name = name.Address();
                message.msg_namelen = name.length;
            }
            const int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
            return ResultOf(
                is_gathered ? api.sendmsg(descriptor, &message, flags)
                : to >= 0   ? api.sendto(descriptor, bytes.data(), bytes.size(), flags, name.Address(), name.length)
                            : api.send(descriptor, bytes.data(), bytes.size(), flags));
        });
        if (!IsLocal() && !is_datagram) {
            AwaitSent(pair.kernel);
        }
        if (IsLocal() && is_datagram && to < 0 && sent.error == ECONNREFUSED) {
            pair.known->is_over = true; /* the kernel's has no peer any more, and what it had received is gone */
        }
    }

    /* The peer has all of it, if it takes anything. */
    static void AwaitSent(int kernel) {
        for (int i = 0, left = 1; i < 1000 && left > 0; ++i) {
            struct pollfd one = {kernel, POLLHUP, 0};
            if (ioctl(kernel, TIOCOUTQ, &left) != 0 || (left > 0 && either::Kernel()->poll(&one, 1, 1) != 0)) {
                break;
            }
        }
    }

    static bool HasFailed(const Pair &pair) {
        struct pollfd one = {pair.kernel, 0, 0};
        return either::Kernel()->poll(&one, 1, 0) > 0 && (one.revents & POLLERR) != 0;
    }

    void Receive(Pair &pair, int slot) {
        if (pair.known->type != SOCK_DGRAM && !pair.known->is_connected) {
            return;
        }
        /* What came before a reset is read first here, as of streams; of the kernel's packets the error is. */
        if (pair.known->type == SOCK_SEQPACKET && HasFailed(pair)) {
            return;
        }
        int flags = MSG_DONTWAIT | (Random(4) == 0 ? MSG_PEEK : 0) | (Random(4) == 0 ? MSG_WAITALL : 0);
        flags |= pair.known->type == SOCK_DGRAM && Random(3) == 0 ? MSG_TRUNC : 0;
        /* Without room the kernel's streams say now one thing, now the other. */
        size_t length = static_cast<size_t>(pair.known->type == SOCK_STREAM ? 1 + Random(300) : Random(300));
        std::ostringstream what;
        what << NameOf("recv", slot) << ", " << length << (flags & MSG_PEEK ? ", peek" : "")
             << (flags & MSG_WAITALL ? ", all" : "") << (flags & MSG_TRUNC ? ", trunc" : "") << ")";
        Both(what.str(), pair, [&](const SocketApi &api, int descriptor) {
            std::vector<char> room(length + 1);
            struct iovec pieces[2] = {{room.data(), length / 2}, {room.data() + length / 2, length - length / 2}};
            struct msghdr message = {};
            message.msg_iov = pieces;
            message.msg_iovlen = 2;
            ssize_t got = api.recvmsg(descriptor, &message, flags);
            std::string rest(room.data(), got < 0 ? 0 : std::min(length, static_cast<size_t>(got)));
            int shown = message.msg_flags & (MSG_TRUNC | MSG_CTRUNC);
            return ResultOf(got, rest + " " + std::to_string(shown));
        });
    }

    void Shutdown(Pair &pair, int slot) {
        bool is_datagram = pair.known->type == SOCK_DGRAM;
        struct pollfd one = {pair.kernel, 0, 0};
        /* Of datagrams it concerns oneself alone; of what is over POSIX says ENOTCONN. */
        if (!pair.known->is_connected || is_datagram || either::Kernel()->poll(&one, 1, 0) != 0) {
            return;
        }
        int how = Random(3), shut = pair.known->shut | (how + 1);
        if (!IsLocal() && shut == 3) {
            return; /* what comes then resets a connection of the kernel's */
        }
        pair.known->shut = shut;
        Both(
            NameOf("shutdown", slot) + ", " + std::to_string(how) + ")",
            pair,
            [how](const SocketApi &api, int descriptor) { return ResultOf(api.shutdown(descriptor, how)); });
        AwaitEnds();
    }

    /* Whatever has ended for ours has for the kernel's. */
    void AwaitEnds() {
        for (int i = 0; i < kSlots && !IsLocal(); ++i) {
            if (!slots_[i] || slots_[i]->known->type != SOCK_STREAM) {
                continue;
            }
            struct pollfd one = {slots_[i]->ours, POLLRDHUP, 0};
            if (either::Ours()->poll(&one, 1, 0) > 0) {
                Settle(slots_[i]->kernel, one.revents);
            }
        }
    }

    static Result Close(Pair &pair) {
        int kernel = either::Kernel()->close(pair.kernel);
        int ours = either::Ours()->close(pair.ours);
        return ResultOf(kernel != 0 || ours != 0 ? -1 : 0);
    }

    void CloseOne(int slot) {
        std::string what = NameOf("close", slot) + ")";
        Result result = Close(*slots_[slot]);
        slots_[slot] = nullptr;
        Compare(what, ResultOf(0), result);
        AwaitEnds();
    }

    void Duplicate(Pair &pair, int slot) {
        int free = Free();
        if (free < 0) {
            return;
        }
        slots_[free] = std::make_shared<Pair>(pair);
        slots_[free]->kernel = either::Kernel()->dup(pair.kernel);
        slots_[free]->ours = either::Ours()->dup(pair.ours);
        Compare(
            NameOf("dup", slot) + ", " + std::to_string(free) + ")",
            ResultOf(slots_[free]->kernel < 0 ? -1 : 0),
            ResultOf(slots_[free]->ours < 0 ? -1 : 0));
    }

    void Poll(Pair &pair, int slot) {
        Both(NameOf("poll", slot) + ")", pair, [](const SocketApi &api, int descriptor) {
            struct pollfd one = {descriptor, POLLIN | POLLOUT | POLLRDHUP | POLLRDNORM | POLLWRNORM | POLLPRI, 0};
            long count = api.poll(&one, 1, 0);
            return ResultOf(count, Events(one.revents));
        });
    }

    static std::string Events(int events) {
        static const struct {
            int event;
            const char *name;
        } names[] = {
            {POLLIN, "IN "},
            {POLLOUT, "OUT "},
            {POLLRDHUP, "RDHUP "},
            {POLLERR, "ERR "},
            {POLLHUP, "HUP "},
            {POLLPRI, "PRI "},
            {POLLRDNORM, "RDNORM "},
            {POLLWRNORM, "WRNORM "},
            {POLLNVAL, "NVAL "}};
        std::string text;
        for (const auto &one : names) {
            text += events & one.event ? one.name : "";
        }
        return text;
    }

    void Options(Pair &pair, int slot) {
        static const struct {
            int option;
            const char *name;
        } options[] = {
            {SO_ERROR, "SO_ERROR"},
            {SO_TYPE, "SO_TYPE"},
            {SO_ACCEPTCONN, "SO_ACCEPTCONN"},
            {SO_DOMAIN, "SO_DOMAIN"},
            {SO_PROTOCOL, "SO_PROTOCOL"},
            {SO_RCVLOWAT, "SO_RCVLOWAT"}};
        const auto &one = options[Random(6)];
        Both(NameOf("getsockopt", slot) + ", " + one.name + ")", pair, [&one](const SocketApi &api, int descriptor) {
            int value = -1;
            socklen_t length = sizeof(value);
            int result = api.getsockopt(descriptor, SOL_SOCKET, one.option, &value, &length);
            return ResultOf(result, std::to_string(value));
        });
        if (pair.known->type != SOCK_STREAM || pair.known->is_listening) {
            return;
        }
        Both(NameOf("ioctl", slot) + ", FIONREAD)", pair, [](const SocketApi &api, int descriptor) {
            int value = -1;
            int result = api.ioctl(descriptor, FIONREAD, &value);
            return ResultOf(result, std::to_string(value));
        });
    }

    /* Whose name it is: those of the two are different ones. */
    void Names(Pair &pair, int slot) {
        if (pair.known->has_failed) {
            return;
        }
        for (bool of_peer : {false, true}) {
            /* Of a connection of TCP that is over the kernel has forgotten it. */
            struct pollfd one = {pair.kernel, POLLRDHUP, 0};
            if (of_peer && !IsLocal() && pair.known->was_connected && either::Kernel()->poll(&one, 1, 0) != 0) {
                continue;
            }
            std::string what = NameOf(of_peer ? "getpeername" : "getsockname", slot) + ")";
            Both(what, pair, [&](const SocketApi &api, int descriptor) {
                SocketName name;
                name.length = sizeof(name.storage);
                int result = of_peer ? api.getpeername(descriptor, name.Address(), &name.length)
                                     : api.getsockname(descriptor, name.Address(), &name.length);
                std::string whose;
                for (int i = 0; i < kSlots; ++i) {
                    if (!slots_[i] || slots_[i]->known->type != pair.known->type) {
                        continue; /* another type may have the same port */
                    }
                    const SocketName &other = &api == either::Kernel() ? slots_[i]->kernel_name : slots_[i]->our_name;
                    if (other.length == name.length && memcmp(&other.storage, &name.storage, name.length) == 0) {
                        whose += " " + std::to_string(i);
                    }
                }
                return ResultOf(result, "of" + whose + " length " + std::to_string(IsLocal() ? 0 : name.length));
            });
        }
    }

    std::mt19937_64 random_;
    const int domain_;
    std::shared_ptr<Pair> slots_[kSlots];
    int sent_ = 0;
    std::ostringstream log_;
    std::string difference_;
};

uint64_t Number(const char *variable, uint64_t usual) {
    const char *text = getenv(variable);
    return text == nullptr ? usual : strtoull(text, nullptr, 10);
}

void RunSeeds(int domain) {
    uint64_t only = Number("RESEAU_TEST_SEED", 0), count = Number("RESEAU_TEST_SEEDS", 500);
    for (uint64_t seed = only == 0 ? 1 : only; seed <= (only == 0 ? count : only); ++seed) {
        Calls calls(seed, domain);
        std::string difference = calls.Run();
        EXPECT_EQ("", difference) << "seed " << seed << ":\n" << calls.Log();
        if (only != 0) {
            printf("%s", calls.Log().c_str());
        }
        if (!difference.empty()) {
            break;
        }
    }
}

} // namespace

TEST(UserDifferential, internet_sockets_answer_as_the_kernels) {
    RunSeeds(AF_INET);
}

TEST(UserDifferential, local_sockets_answer_as_the_kernels) {
    RunSeeds(AF_UNIX);
}
