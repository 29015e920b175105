/* Preloaded, it lets one call on a file below FAILING_IO_UNDER fail: the FAILING_IO_AT-th, counted from 1 over all calls named
 * below. FAILING_IO_AS says how: ENOSPC (from then on all that write), EIO, EINTR, or SHORT (half of what was asked).
 * What was counted, and what failed, stands in FAILING_IO_LOG at the end. Paths alone are counted, so that what the system reads
 * for itself is not; open files are known by their descriptor. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { most_files = 4096 };
static char is_counted[most_files];
static const char* under;
static const char* how = "";
static long fail_at;
static long calls;
static char failed[512];

__attribute__((constructor)) static void begin(void) {
    under = getenv("FAILING_IO_UNDER");
    if (getenv("FAILING_IO_AS")) how = getenv("FAILING_IO_AS");
    if (getenv("FAILING_IO_AT")) fail_at = atol(getenv("FAILING_IO_AT"));
}

/* The log is written at every failure and at the end, without the calls that are counted here. */
static void write_log(void) {
    const char* name = getenv("FAILING_IO_LOG");
    if (!name) return;
    char line[700];
    const int length = snprintf(line, sizeof line, "%ld %s\n", __atomic_load_n(&calls, __ATOMIC_SEQ_CST), failed);
    const long log = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (log < 0) return;
    syscall(SYS_write, log, line, length);
    syscall(SYS_close, log);
}

__attribute__((destructor)) static void end(void) { write_log(); }

static int is_ours(const char* path) {
    char whole[4096];
    if (!under || !path) return 0;
    if (path[0] == '/') return strncmp(path, under, strlen(under)) == 0;
    return getcwd(whole, sizeof whole) && strncmp(whole, under, strlen(under)) == 0;
}

static int is_ours_open(int file) { return file >= 0 && file < most_files && is_counted[file]; }

static void note(int file, int ours) {
    if (file >= 0 && file < most_files) is_counted[file] = (char)ours;
}

enum outcome { goes_on, fails, halved };

/* @param writes  whether a full disk would stop it;  @param can_halve  whether it can do a part;  @param can_interrupt  EINTR */
static enum outcome outcome_of(const char* call, const char* path, int writes, int can_halve, int can_interrupt) {
    const long number = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    const int full = strcmp(how, "ENOSPC") == 0;
    const int now = fail_at > 0 && (number == fail_at || (full && number > fail_at && writes));
    if (!now || (full && !writes)) return goes_on;
    const int half = strcmp(how, "SHORT") == 0, interrupted = strcmp(how, "EINTR") == 0;
    if ((half && !can_halve) || (interrupted && !can_interrupt)) return goes_on;
    if (!*failed) snprintf(failed, sizeof failed, "%s %s", call, path ? path : "");
    write_log();
    if (half) return halved;
    errno = full ? ENOSPC : interrupted ? EINTR : EIO;
    return fails;
}

#define REAL(result, name, ...) ((result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

#define OPEN(name)                                                                               \
    int name(const char* path, int flags, ...) {                                                 \
        va_list arguments;                                                                       \
        va_start(arguments, flags);                                                              \
        const mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;       \
        va_end(arguments);                                                                       \
        const int ours = is_ours(path);                                                          \
        if (ours && outcome_of(#name, path, flags & O_CREAT, 0, 1) == fails) return -1;          \
        const int file = REAL(int, name, const char*, int, ...)(path, flags, mode);              \
        note(file, ours);                                                                        \
        return file;                                                                             \
    }
OPEN(open)
OPEN(open64)

#define FOPEN(name)                                                                              \
    FILE* name(const char* path, const char* mode) {                                             \
        const int ours = is_ours(path);                                                          \
        if (ours && outcome_of(#name, path, mode[0] != 'r', 0, 0) == fails) return NULL;         \
        FILE* stream = REAL(FILE*, name, const char*, const char*)(path, mode);                  \
        if (stream) note(fileno(stream), ours);                                                  \
        return stream;                                                                           \
    }
FOPEN(fopen)
FOPEN(fopen64)

int fclose(FILE* stream) {
    const int file = fileno(stream), ours = is_ours_open(file);
    note(file, 0);
    const int closed = REAL(int, fclose, FILE*)(stream);
    return ours && outcome_of("fclose", "", 1, 0, 0) == fails ? EOF : closed;
}

int close(int file) {
    const int ours = is_ours_open(file);
    note(file, 0);
    const int closed = REAL(int, close, int)(file);
    return ours && outcome_of("close", "", 1, 0, 1) == fails ? -1 : closed;
}

#define TRANSFER(name, type, offset_parameter, offset, writes)                                   \
    ssize_t name(int file, type bytes, size_t length offset_parameter) {                         \
        if (is_ours_open(file)) {                                                                \
            const enum outcome outcome = outcome_of(#name, "", writes, length > 1, 1);           \
            if (outcome == fails) return -1;                                                     \
            if (outcome == halved) length /= 2;                                                  \
        }                                                                                        \
        return REAL(ssize_t, name, int, type, size_t, ...)(file, bytes, length offset);          \
    }
#define NOTHING
#define AT_OFFSET , off_t from
#define FROM , from
TRANSFER(read, void*, NOTHING, NOTHING, 0)
TRANSFER(write, const void*, NOTHING, NOTHING, 1)
TRANSFER(pread, void*, AT_OFFSET, FROM, 0)
TRANSFER(pread64, void*, AT_OFFSET, FROM, 0)
TRANSFER(pwrite, const void*, AT_OFFSET, FROM, 1)
TRANSFER(pwrite64, const void*, AT_OFFSET, FROM, 1)

ssize_t writev(int file, const struct iovec* pieces, int count) {
    if (is_ours_open(file)) {
        const enum outcome outcome = outcome_of("writev", "", 1, pieces[0].iov_len > 1, 1);
        if (outcome == fails) return -1;
        if (outcome == halved) return REAL(ssize_t, write, int, const void*, size_t)(file, pieces[0].iov_base, pieces[0].iov_len / 2);
    }
    return REAL(ssize_t, writev, int, const struct iovec*, int)(file, pieces, count);
}

#define ON_FILE(name, parameters, arguments, types)                                              \
    int name parameters {                                                                        \
        if (is_ours_open(file) && outcome_of(#name, "", 1, 0, 1) == fails) return -1;            \
        return REAL(int, name, types) arguments;                                                 \
    }
#define COMMA ,
ON_FILE(fsync, (int file), (file), int)
ON_FILE(fdatasync, (int file), (file), int)
ON_FILE(ftruncate, (int file, off_t length), (file, length), int COMMA off_t)
ON_FILE(ftruncate64, (int file, off_t length), (file, length), int COMMA off_t)

#define ON_PATHS(name, parameters, arguments, types, path)                                       \
    int name parameters {                                                                        \
        if (is_ours(path) && outcome_of(#name, path, 1, 0, 0) == fails) return -1; \
        return REAL(int, name, types) arguments;                                                 \
    }
ON_PATHS(rename, (const char* from, const char* to), (from, to), const char* COMMA const char*, to)
ON_PATHS(link, (const char* from, const char* to), (from, to), const char* COMMA const char*, to)
ON_PATHS(mkdir, (const char* path, mode_t mode), (path, mode), const char* COMMA mode_t, path)
/* Taking a name away needs no room. */
int unlink(const char* path) {
    if (is_ours(path) && outcome_of("unlink", path, 0, 0, 0) == fails) return -1;
    return REAL(int, unlink, const char*)(path);
}

DIR* opendir(const char* path) {
    if (is_ours(path) && outcome_of("opendir", path, 0, 0, 0) == fails) return NULL;
    return REAL(DIR*, opendir, const char*)(path);
}

#define MMAP(name)                                                                               \
    void* name(void* at, size_t length, int protection, int flags, int file, off_t from) {       \
        if (is_ours_open(file) && outcome_of(#name, "", 0, 0, 0) == fails) return MAP_FAILED;    \
        return REAL(void*, name, void*, size_t, int, int, int, off_t)(at, length, protection, flags, file, from); \
    }
MMAP(mmap)
MMAP(mmap64)
