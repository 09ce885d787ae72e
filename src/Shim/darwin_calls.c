/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of Darwin that C# cannot make itself. Variadic ones: on arm64 their variable arguments are on the stack, where
 * those of an ordinary call are not. And those to which the headers give another name, which is not the same on each
 * processor, for newer behaviour or for layouts with 64-bit inode numbers.
 */
#if defined(__APPLE__)

#    include <dirent.h>
#    include <fcntl.h>
#    include <stdio.h>
#    include <stdlib.h>
#    include <sys/ioctl.h>
#    include <sys/stat.h>

int reseau_darwin_ioctl(int fd, unsigned long command, int *value);
int reseau_darwin_fcntl(int fd, int command, int argument);
int reseau_darwin_open(const char *path, int flags, unsigned int mode);
void *reseau_darwin_opendir(const char *path);
struct dirent *reseau_darwin_readdir(void *directory);
int reseau_darwin_stat(const char *path, struct stat *status);
int reseau_darwin_lstat(const char *path, struct stat *status);
int reseau_darwin_fstat(int fd, struct stat *status);
char *reseau_darwin_realpath(const char *path, char *resolved);
FILE *reseau_darwin_popen(const char *command, const char *mode);
FILE *reseau_darwin_fopen(const char *path, const char *mode);

int reseau_darwin_ioctl(int fd, unsigned long command, int *value) {
    return ioctl(fd, command, value);
}

int reseau_darwin_fcntl(int fd, int command, int argument) {
    return fcntl(fd, command, argument);
}

int reseau_darwin_open(const char *path, int flags, unsigned int mode) {
    return open(path, flags, mode);
}

void *reseau_darwin_opendir(const char *path) {
    return opendir(path);
}

struct dirent *reseau_darwin_readdir(void *directory) {
    return readdir(directory);
}

int reseau_darwin_stat(const char *path, struct stat *status) {
    return stat(path, status);
}

int reseau_darwin_lstat(const char *path, struct stat *status) {
    return lstat(path, status);
}

int reseau_darwin_fstat(int fd, struct stat *status) {
    return fstat(fd, status);
}

char *reseau_darwin_realpath(const char *path, char *resolved) {
    return realpath(path, resolved);
}

FILE *reseau_darwin_popen(const char *command, const char *mode) {
    return popen(command, mode);
}

FILE *reseau_darwin_fopen(const char *path, const char *mode) {
    return fopen(path, mode);
}

#endif
