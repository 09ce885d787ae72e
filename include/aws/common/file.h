/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AWS_COMMON_FILE_H
#define AWS_COMMON_FILE_H

/*
 * Files and directories. Paths are bytes on POSIX systems and UTF-8 on Windows. Where a function names no errors, it
 * raises what the system's error stands for: AWS_ERROR_FILE_INVALID_PATH, AWS_ERROR_NO_PERMISSION,
 * AWS_ERROR_DIRECTORY_NOT_EMPTY and so on, or AWS_ERROR_SYS_CALL_FAILURE.
 */

#include <aws/common/byte_buf.h>
#include <aws/common/common.h>
#include <aws/common/platform.h>

#include <stdio.h>

AWS_PUSH_SANE_WARNING_LEVEL

/** What separates the parts of a path, as a character and as a string. */
#if defined(AWS_OS_WINDOWS)
#    define AWS_PATH_DELIM '\\'
#    define AWS_PATH_DELIM_STR "\\"
#else
#    define AWS_PATH_DELIM '/'
#    define AWS_PATH_DELIM_STR "/"
#endif

struct aws_string;

/** Walks over the entries of one directory. */
struct aws_directory_iterator;

/** Kinds of directory entries: bits of `file_type`. */
enum aws_file_type {
    AWS_FILE_TYPE_FILE = 1,
    AWS_FILE_TYPE_SYM_LINK = 2,
    AWS_FILE_TYPE_DIRECTORY = 4,
};

/** An entry of a directory. */
struct aws_directory_entry {
    /** Absolute path with links resolved; empty if it cannot be resolved. */
    struct aws_byte_cursor path;
    /** The path that was asked for, followed by the entry's name. */
    struct aws_byte_cursor relative_path;
    /** Bits of enum aws_file_type. Links are not followed. */
    int file_type;
    /** Bytes in a file; 0 for other kinds. */
    int64_t file_size;
};

/** Called for an entry, which is valid only during the call. Returns false to end the walk. */
typedef bool(aws_on_directory_entry)(const struct aws_directory_entry *entry, void *user_data);

AWS_EXTERN_C_BEGIN

/* ---- Opening -------------------------------------------------------------------------------------------------- */

/**
 * Opens a file as fopen() does, but closed by exec. The caller closes it with fclose(). Deprecated: use
 * aws_fopen_safe().
 * Returns NULL and raises AWS_ERROR_FILE_INVALID_PATH or AWS_ERROR_INVALID_ARGUMENT if path or mode is NULL or empty,
 * else what aws_fopen_safe() raises.
 */
AWS_COMMON_API
FILE *aws_fopen(const char *file_path, const char *mode);

/**
 * Opens a file as fopen() does, but closed by exec. The caller closes it with fclose().
 * Returns NULL and raises what the system's error stands for, or AWS_ERROR_FILE_OPEN_FAILURE.
 */
AWS_COMMON_API
FILE *aws_fopen_safe(const struct aws_string *file_path, const struct aws_string *mode);

/* ---- Changing ------------------------------------------------------------------------------------------------- */

/** Creates a directory. Succeeds if the path exists. Parents are not created. */
AWS_COMMON_API
int aws_directory_create(const struct aws_string *dir_path);

/** True if the path is a directory; a link to one does not count. */
AWS_COMMON_API
bool aws_directory_exists(const struct aws_string *dir_path);

/**
 * Deletes a directory: with all files and directories in it if `recursive`, else only if it is empty. Succeeds if there
 * is no such directory. What was deleted before a failure stays deleted.
 */
AWS_COMMON_API
int aws_directory_delete(const struct aws_string *dir_path, bool recursive);

/** Deletes a file. Succeeds if there is none. */
AWS_COMMON_API
int aws_file_delete(const struct aws_string *file_path);

/** Gives a file or directory a new path in the same file system. */
AWS_COMMON_API
int aws_directory_or_file_move(const struct aws_string *from, const struct aws_string *to);

/* ---- Walking -------------------------------------------------------------------------------------------------- */

/**
 * Calls `on_entry`, on this thread, for each entry of a directory but "." and "..", in no fixed order. If `recursive`,
 * directories are entered first and reported after what is in them; links are not followed.
 * Fails with AWS_ERROR_OPERATION_INTERUPTED if a call returned false.
 */
AWS_COMMON_API
int aws_directory_traverse(
    struct aws_allocator *allocator,
    const struct aws_string *path,
    bool recursive,
    aws_on_directory_entry *on_entry,
    void *user_data);

/**
 * Takes a picture of a directory, without what is below its entries, and stands at the first entry. The caller destroys
 * the iterator. Returns NULL on failure.
 */
AWS_COMMON_API
struct aws_directory_iterator *
aws_directory_entry_iterator_new(struct aws_allocator *allocator, const struct aws_string *path);

/** Goes one entry forward or back. Fails with AWS_ERROR_LIST_EMPTY, and stays, if there is none. */
AWS_COMMON_API
int aws_directory_entry_iterator_next(struct aws_directory_iterator *iterator);
AWS_COMMON_API
int aws_directory_entry_iterator_previous(struct aws_directory_iterator *iterator);

/** Destroys an iterator and the entries that it gave. */
AWS_COMMON_API
void aws_directory_entry_iterator_destroy(struct aws_directory_iterator *iterator);

/** The entry at which the iterator stands, valid as long as the iterator is; NULL if the directory is empty. */
AWS_COMMON_API
const struct aws_directory_entry *aws_directory_entry_iterator_get_value(const struct aws_directory_iterator *iterator);

/* ---- Paths ---------------------------------------------------------------------------------------------------- */

/** True for '/' and '\\', on every platform. */
AWS_COMMON_API
bool aws_is_any_directory_separator(char value);

/** AWS_PATH_DELIM as the library was built. */
AWS_COMMON_API
char aws_get_platform_directory_separator(void);

/** Replaces each '/' and '\\' in a path by this platform's separator. */
AWS_COMMON_API
void aws_normalize_directory_separator(struct aws_byte_buf *path);

/**
 * The user's home directory as a new string that the caller must destroy: the variable HOME (on Windows HOME,
 * USERPROFILE, or HOMEDRIVE and HOMEPATH), even if it is empty, else what the user database says.
 * Returns NULL and raises AWS_ERROR_GET_HOME_DIRECTORY_FAILED if there is none.
 */
AWS_COMMON_API
struct aws_string *aws_get_home_directory(struct aws_allocator *allocator);

/** True if there is something at the path, links followed. */
AWS_COMMON_API
bool aws_path_exists(const struct aws_string *path);

/* ---- Content -------------------------------------------------------------------------------------------------- */

/**
 * Moves the position of an open file by `offset` bytes from SEEK_SET, SEEK_CUR or SEEK_END, also beyond 2 GiB.
 * Fails with what the system's error stands for, or AWS_ERROR_STREAM_UNSEEKABLE.
 */
AWS_COMMON_API
int aws_fseek(FILE *file, int64_t offset, int whence);

/**
 * Stores the length of an open file, in bytes, as the system reports it; special files may report 0.
 * Fails with AWS_ERROR_INVALID_FILE_HANDLE if the stream has no file behind it.
 */
AWS_COMMON_API
int aws_file_get_length(FILE *file, int64_t *length);

/**
 * Appends bytes `offset` and following of a file to a buffer, without growing it: as many as there are, at most
 * `max_read_length`. If this or the room in the buffer is 0 it succeeds without opening the file.
 *
 * @param out_actual_read  receives the number of bytes, less than asked for only at the end of the file
 */
AWS_COMMON_API
int aws_file_path_read_from_offset(
    const struct aws_string *file_path,
    uint64_t offset,
    size_t max_read_length,
    struct aws_byte_buf *output_buf,
    size_t *out_actual_read);

/**
 * The same past the system's page cache. `offset` and the address where the bytes go must be multiples of the page
 * size; so must the length, except in the last piece of the file.
 *
 * Fails with AWS_ERROR_INVALID_ARGUMENT if they are not, with AWS_ERROR_UNSUPPORTED_OPERATION where the platform has no
 * such reads.
 */
AWS_COMMON_API
int aws_file_path_read_from_offset_direct_io(
    const struct aws_string *file_path,
    uint64_t offset,
    size_t max_read_length,
    struct aws_byte_buf *output_buf,
    size_t *out_actual_read);

/** The same in steps of at most `max_chunk_size` bytes, which is not 0. For tests: the function above finds the best
 * size. */
AWS_COMMON_API
int aws_file_path_read_from_offset_direct_io_with_chunk_size(
    const struct aws_string *file_path,
    uint64_t offset,
    size_t max_read_length,
    size_t max_chunk_size,
    struct aws_byte_buf *output_buf,
    size_t *out_actual_read);

/**
 * Writes all of `data` into an existing file, from byte `offset` on, past the system's page cache. `offset`, address
 * and length of the data must be multiples of the page size. Nothing happens if there is no data.
 *
 * Fails with AWS_ERROR_INVALID_ARGUMENT if they are not, with AWS_ERROR_UNSUPPORTED_OPERATION where the platform has no
 * such writes. After another failure part of the data may have been written.
 */
AWS_COMMON_API
int aws_file_path_write_to_offset_direct_io(
    const struct aws_string *file_path, uint64_t offset, struct aws_byte_cursor data);

/** True where the platform can read and write past its page cache: on Linux. The file system may still refuse. */
AWS_COMMON_API
bool aws_file_direct_io_is_supported(void);

AWS_EXTERN_C_END
AWS_POP_SANE_WARNING_LEVEL

#endif /* AWS_COMMON_FILE_H */
