/* SPDX-License-Identifier: Apache-2.0 */
/* A read of the changes of a folder ends when the folder itself is removed. */
#include <windows.h>

#include <stdio.h>

int main(void) {
    char path[MAX_PATH];
    if (GetTempPathA(MAX_PATH - 30, path) == 0)
        return 2;
    sprintf(path + strlen(path), "removed-folder-%lu", GetCurrentProcessId());
    if (!CreateDirectoryA(path, NULL))
        return 2;
    HANDLE folder = CreateFileA(
        path,
        FILE_LIST_DIRECTORY,
        FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
        NULL,
        OPEN_EXISTING,
        FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED,
        NULL);
    DWORD buffer[1024];
    OVERLAPPED read = {0};
    read.hEvent = CreateEventA(NULL, TRUE, FALSE, NULL);
    if (folder == INVALID_HANDLE_VALUE ||
        !ReadDirectoryChangesW(
            folder, buffer, sizeof(buffer), FALSE, FILE_NOTIFY_CHANGE_FILE_NAME, NULL, &read, NULL) ||
        !RemoveDirectoryA(path))
        return 2;
    DWORD waited = WaitForSingleObject(read.hEvent, 3000);
    printf("the read has ended: %d, status 0x%lx\n", waited == WAIT_OBJECT_0, (unsigned long)read.Internal);
    return waited == WAIT_OBJECT_0 ? 0 : 1;
}
