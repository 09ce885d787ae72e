/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks to be the first to have a pipe's name is refused if somebody has it. */
#include <windows.h>
#include <stdio.h>

static HANDLE make(void) {
    return CreateNamedPipeW(
        L"\\\\.\\pipe\\pipe-first-instance",
        PIPE_ACCESS_DUPLEX | FILE_FLAG_FIRST_PIPE_INSTANCE,
        PIPE_TYPE_BYTE,
        PIPE_UNLIMITED_INSTANCES,
        512,
        512,
        0,
        NULL);
}

int main(void) {
    HANDLE first = make();
    if (first == INVALID_HANDLE_VALUE)
        return 2;
    HANDLE second = make();
    DWORD error = second == INVALID_HANDLE_VALUE ? GetLastError() : 0;
    printf("the second: error %lu\n", (unsigned long)error);
    return error == ERROR_ACCESS_DENIED ? 0 : 1;
}
