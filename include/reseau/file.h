/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RESEAU_FILE_H
#define RESEAU_FILE_H

/*
 * Files on disk: reading and writing at an offset, whole files, and what happens to files and folders.
 *
 * Each function blocks, or has a form that ends in _start and does not: a few threads of the library's do the work, and
 * `done` reports its end on the thread of the file's loop, with the `state` of the call. What was begun may be done in
 * any order, and at the same time.
 *
 * `done` is called exactly once for everything that was begun, also after a close and when the loop ends; until then
 * the memory that was given is the library's. Its `result` is what the blocking form returns. RESEAU_ERROR_CANCELED:
 * the file was closed before a thread had begun with it, and nothing was done; what is under way at that moment comes
 * to its end.
 *
 * Only regular files: others fail with RESEAU_ERROR_INVALID_ARGUMENT, without waiting for the other end of a pipe.
 * On Windows others may rename and remove a file that is open, as elsewhere, but not replace it
 * (RESEAU_ERROR_ACCESS_DENIED); and permission bits say nothing. What is watched there: of what has gone nobody knows
 * whether it was a folder; a folder that is moved goes on being watched; and a change of a folder in it is not
 * reported.
 */

#include <reseau/base.h>

#include <string.h>

/** How a file is opened; at least one of the first two. */
enum reseau_file_flags {
    /** It can be read. */
    RESEAU_FILE_READ = 1,
    /** It can be written. */
    RESEAU_FILE_WRITE = 2,
    /** It is made if there is none. */
    RESEAU_FILE_CREATE = 4,
    /** With RESEAU_FILE_CREATE: RESEAU_ERROR_EXISTS if there is one. */
    RESEAU_FILE_EXCLUSIVE = 8,
    /** With RESEAU_FILE_WRITE: its content is thrown away. */
    RESEAU_FILE_TRUNCATE = 16,
};

/** What a path stands for. */
enum reseau_file_kind {
    /** A pipe, a socket, a device, or anything else. */
    RESEAU_FILE_KIND_OTHER = 0,
    /** A regular file. */
    RESEAU_FILE_KIND_REGULAR = 1,
    /** A folder. */
    RESEAU_FILE_KIND_FOLDER = 2,
};

/** What the system knows of a file. */
struct reseau_file_info {
    /** sizeof(struct reseau_file_info), set before. */
    size_t size;
    /** Its bytes. */
    uint64_t length;
    /** Another file that has come to the same path has another number. */
    uint64_t node;
    /** When its content was changed: nanoseconds since 1970 in UTC. */
    int64_t modified_ns;
    /** One of `enum reseau_file_kind`. */
    int kind;
    /** Its permission bits. */
    unsigned int mode;
};

/** Options of all that has an id here. Set `size`, or begin with reseau_file_options_default(). */
struct reseau_file_options {
    /** sizeof(struct reseau_file_options). */
    size_t size;

    /** Given to `on_close`. */
    void *state;

    /**
     * The file, or watch, is closed: `error` is 0, or why. Exactly once, the last callback, on the loop's thread. Not
     * called if there was no id.
     */
    void (*on_close)(reseau_id id, int error, void *state);

    /** The loop to be on. Default: one of the library's. */
    reseau_id loop;

    /**
     * Permission bits of a file that is made, less the process's umask. Default: 0666; reseau_file_store() keeps those
     * of the file that it replaces.
     */
    unsigned int mode;

    /** Watches: changes are gathered for so many milliseconds, and reported together. Default: 50. */
    int64_t gather_ms;
};

/** Options that say nothing but their size. */
static inline struct reseau_file_options reseau_file_options_default(void) {
    struct reseau_file_options options;
    memset(&options, 0, sizeof(options));
    options.size = sizeof(options);
    return options;
}

/** What has happened to a file, or to the folder that is watched. */
enum reseau_file_change_kind {
    /** Something has come to this name: it was made, moved there, or has taken the place of what was there. */
    RESEAU_FILE_CREATED = 1,
    /** Its content, times or permissions have changed. */
    RESEAU_FILE_CHANGED = 2,
    /** It is not there any more. Without a name: the folder itself, and the watch ends. */
    RESEAU_FILE_REMOVED = 3,
    /** It has another name in the same folder. */
    RESEAU_FILE_RENAMED = 4,
    /** Changes were lost, since there were too many: look at everything again. */
    RESEAU_FILE_RESCAN = 5,
};

/** One change; good inside the callback. */
struct reseau_file_change {
    /** One of `enum reseau_file_change_kind`. */
    int kind;
    /** Not 0 if what has the name is a folder. */
    int is_folder;
    /** The name in the folder, or that of the file that is watched; NULL for RESEAU_FILE_RESCAN and the folder itself.
     */
    const char *name;
    /** RESEAU_FILE_RENAMED: the name until now. Else NULL. */
    const char *old_name;
};

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Opens a regular file. `flags`: bits of `enum reseau_file_flags`. Returns its id, which reseau_close() closes; or
 * RESEAU_ERROR_NOT_FOUND, _ACCESS_DENIED, _EXISTS or another, and nothing is left. Any thread but a loop's; blocks.
 */
RESEAU_API reseau_id reseau_file_open(const char *path, int flags, const struct reseau_file_options *options);

/**
 * The same without blocking: returns the id at once. It can be used when `on_open` is called with a `result` of 0, and
 * fails with RESEAU_ERROR_BUSY before; with another `result` it is closed. Any thread.
 */
RESEAU_API reseau_id reseau_file_open_start(
    const char *path,
    int flags,
    const struct reseau_file_options *options,
    void (*on_open)(reseau_id file, int64_t result, void *state),
    void *state);

/**
 * Reads `size` bytes from an offset; fewer only at the end of the file, where it is 0. RESEAU_ERROR_FILE if the system
 * fails. Any thread but a loop's; blocks.
 */
RESEAU_API int64_t reseau_file_read(reseau_id file, void *buffer, size_t size, uint64_t offset);

/** The same without blocking. Returns 0, or an error; then `done` is not called. Any thread. */
RESEAU_API int reseau_file_read_start(
    reseau_id file,
    void *buffer,
    size_t size,
    uint64_t offset,
    void (*done)(reseau_id file, int64_t result, void *state),
    void *state);

/**
 * Writes all of it at an offset; what lies between that and the end of a shorter file is zeros. Returns `size`, or an
 * error, after which some of it may have been written: RESEAU_ERROR_NO_SPACE, _FILE. Any thread but a loop's; blocks.
 */
RESEAU_API int64_t reseau_file_write(reseau_id file, const void *data, size_t size, uint64_t offset);

/** The same without blocking. Returns 0, or an error; then `done` is not called. Any thread. */
RESEAU_API int reseau_file_write_start(
    reseau_id file,
    const void *data,
    size_t size,
    uint64_t offset,
    void (*done)(reseau_id file, int64_t result, void *state),
    void *state);

/**
 * Returns 0 when everything that was written before is on the disk (fsync(2)): that of blocking calls which have
 * returned, and of others whose `done` was called. Any thread but a loop's; blocks.
 */
RESEAU_API int reseau_file_sync(reseau_id file);

/** The same without blocking. Returns 0, or an error; then `done` is not called. Any thread. */
RESEAU_API int
reseau_file_sync_start(reseau_id file, void (*done)(reseau_id file, int64_t result, void *state), void *state);

/** Makes the file so long; what is added is zeros. Returns 0 or an error. Any thread but a loop's; blocks. */
RESEAU_API int reseau_file_truncate(reseau_id file, uint64_t length);

/** The same without blocking. Returns 0, or an error; then `done` is not called. Any thread. */
RESEAU_API int reseau_file_truncate_start(
    reseau_id file, uint64_t length, void (*done)(reseau_id file, int64_t result, void *state), void *state);

/**
 * What the system knows of an open file. Set `info->size` before. Returns 0 or an error. Any thread but a loop's;
 * blocks.
 */
RESEAU_API int reseau_file_info(reseau_id file, struct reseau_file_info *info);

/** The same without blocking. Returns 0, or an error; then `done` is not called. Any thread. */
RESEAU_API int reseau_file_info_start(
    reseau_id file,
    struct reseau_file_info *info,
    void (*done)(reseau_id file, int64_t result, void *state),
    void *state);

/**
 * What a path stands for, through symbolic links. Set `info->size` before. Returns 0 or an error, such as
 * RESEAU_ERROR_NOT_FOUND. Any thread but a loop's; blocks.
 */
RESEAU_API int reseau_file_info_of(const char *path, struct reseau_file_info *info);

/**
 * Reads a whole file into memory that the caller frees by reseau_free(); a NUL, which is not counted, stands behind it.
 * Returns its length; or RESEAU_ERROR_TOO_LARGE if there are more than `limit` bytes, _NOT_FOUND, _ACCESS_DENIED or
 * another, and `*data` is NULL. Any thread but a loop's; blocks.
 */
RESEAU_API int64_t reseau_file_load(const char *path, void **data, size_t limit);

/**
 * The same without blocking. Returns an id, by which reseau_close() cancels it, and which ends by itself after `done`.
 * `data` is the callback's to free by reseau_free(), and NULL if `result` is an error. Any thread.
 */
RESEAU_API reseau_id reseau_file_load_start(
    const char *path,
    size_t limit,
    const struct reseau_file_options *options,
    void (*done)(reseau_id id, void *data, int64_t result, void *state),
    void *state);

/**
 * Makes a file of these bytes, in the place of one that may be there, at once and for all readers (rename(2)): whatever
 * fails, be it the power, there is the old file or the new one, whole. It is on the disk when this returns `length`.
 * A symbolic link stays; the file that it leads to is replaced. One that leads nowhere is RESEAU_ERROR_NOT_FOUND. Of
 * the options `mode` is used. Any thread but a loop's; blocks.
 */
RESEAU_API int64_t
reseau_file_store(const char *path, const void *data, size_t length, const struct reseau_file_options *options);

/**
 * The same without blocking. Returns an id as reseau_file_load_start() does. `data` is the library's until `done` is
 * called. Any thread.
 */
RESEAU_API reseau_id reseau_file_store_start(
    const char *path,
    const void *data,
    size_t length,
    const struct reseau_file_options *options,
    void (*done)(reseau_id id, int64_t result, void *state),
    void *state);

/**
 * Reports what happens in a folder, without the folders in it; or to a file, which need not be there yet, and may be
 * replaced. Of what happens to one name within `gather_ms` the outcome is reported: what comes and goes is not, and
 * what changes often is once. Returns the watch's id, which reseau_close() closes, or an error, such as
 * RESEAU_ERROR_NOT_FOUND, _TOO_MANY_FILES or, where the system has no such events, _UNSUPPORTED. When the folder is
 * removed or moved, that is reported, and the watch ends with RESEAU_ERROR_NOT_FOUND. Any thread; asks the system, and
 * waits for nothing.
 */
RESEAU_API reseau_id reseau_file_watch(
    const char *path,
    const struct reseau_file_options *options,
    void (*on_change)(reseau_id watch, const struct reseau_file_change *change, void *state),
    void *state);

#ifdef __cplusplus
}
#endif

#endif /* RESEAU_FILE_H */
