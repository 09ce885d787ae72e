/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_TESTS_NATIVE_PIPE_H
#define RESEAU_TESTS_NATIVE_PIPE_H

#include <aws/io/pipe.h>

#ifndef NOMINMAX
#    define NOMINMAX
#endif
#include <winsock2.h>

#include <windows.h>
#include <winternl.h>

#include <cstring>

/* A named pipe of the system's, overlapped, with a handle for each end. */
class NativePipe {
  public:
    NativePipe() {
        char name[256];
        aws_pipe_get_unique_name(name, sizeof(name));
        writer_ = CreateNamedPipeA(
            name, PIPE_ACCESS_OUTBOUND | FILE_FLAG_OVERLAPPED, PIPE_TYPE_BYTE, 1, 4096, 4096, 0, nullptr);
        reader_ = CreateFileA(name, GENERIC_READ, 0, nullptr, OPEN_EXISTING, FILE_FLAG_OVERLAPPED, nullptr);
    }

    ~NativePipe() {
        CloseHandle(reader_);
        CloseHandle(writer_);
    }

    NativePipe(const NativePipe &) = delete;

    HANDLE writer() const {
        return writer_;
    }
    HANDLE reader() const {
        return reader_;
    }

    /* True if it is done or under way. */
    bool Write(const char *text, LPOVERLAPPED overlapped) const {
        return WriteFile(writer_, text, (DWORD)strlen(text), nullptr, overlapped) || GetLastError() == ERROR_IO_PENDING;
    }

    bool Read(void *buffer, size_t size, LPOVERLAPPED overlapped) const {
        return ReadFile(reader_, buffer, (DWORD)size, nullptr, overlapped) || GetLastError() == ERROR_IO_PENDING;
    }

    /* Takes what nobody has read, without a completion: the event's lowest bit says so. */
    bool Drain() const {
        char buffer[64];
        OVERLAPPED overlapped = {};
        HANDLE event = CreateEventA(nullptr, TRUE, FALSE, nullptr);
        overlapped.hEvent = (HANDLE)((uintptr_t)event | 1);
        DWORD count = 0;
        bool is_read = Read(buffer, sizeof(buffer), &overlapped) &&
                       GetOverlappedResult(reader_, &overlapped, &count, TRUE) && count > 0;
        CloseHandle(event);
        return is_read;
    }

  private:
    HANDLE writer_;
    HANDLE reader_;
};

/* Whether a handle can leave a completion port: since Windows 8.1, and not in Wine 8. */
inline bool CanReplacePorts() {
    struct {
        HANDLE port;
        void *key;
    } none = {nullptr, nullptr};
    typedef NTSTATUS(NTAPI Set)(HANDLE, IO_STATUS_BLOCK *, void *, ULONG, int);
    auto *set = (Set *)(void *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtSetInformationFile");
    NativePipe pipe;
    HANDLE port = CreateIoCompletionPort(pipe.writer(), nullptr, 0, 1);
    IO_STATUS_BLOCK result;
    bool can = set != nullptr && set(pipe.writer(), &result, &none, sizeof(none), 61) >= 0;
    CloseHandle(port);
    return can;
}

#endif /* RESEAU_TESTS_NATIVE_PIPE_H */
