/* SPDX-License-Identifier: Apache-2.0 */
/* A handle that has left its completion port can be tied to another one. */
#include <windows.h>
#include <stdio.h>

struct completion {
    HANDLE port;
    void *key;
};

struct status_block {
    LONG_PTR status;
    ULONG_PTR information;
};

typedef LONG(NTAPI *set_information_fn)(HANDLE, struct status_block *, void *, ULONG, int);

int main(void) {
    HANDLE pipe = CreateNamedPipeW(
        L"\\\\.\\pipe\\completion-port-left",
        PIPE_ACCESS_DUPLEX | FILE_FLAG_OVERLAPPED,
        PIPE_TYPE_BYTE,
        1,
        512,
        512,
        0,
        NULL);
    HANDLE first = CreateIoCompletionPort(pipe, NULL, 1, 0);
    HANDLE second = CreateIoCompletionPort(INVALID_HANDLE_VALUE, NULL, 0, 0);
    FARPROC function = GetProcAddress(GetModuleHandleW(L"ntdll"), "NtSetInformationFile");
    if (pipe == INVALID_HANDLE_VALUE || first == NULL || second == NULL || function == NULL)
        return 2;

    const int file_replace_completion_information = 61;
    struct completion none = {NULL, NULL};
    struct status_block result;
    LONG status = ((set_information_fn)(void (*)(void))function)(
        pipe, &result, &none, sizeof(none), file_replace_completion_information);
    BOOL is_tied = CreateIoCompletionPort(pipe, second, 2, 0) != NULL;
    printf("NtSetInformationFile: 0x%lx; tied to another port: %d\n", (unsigned long)status, is_tied);
    return status >= 0 && is_tied ? 0 : 1;
}
