/* Kills the process at the n-th call that changes something on disk below a folder; or lists those calls.
 * Loaded before the C library (LD_PRELOAD). arm(n, folder): the n-th call from now on, counted from 1, is not made
 * any more; n < 0: the -n-th is a write and is cut off in its middle; 0: calls are only listed, on the descriptor. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long until, seen;
static int listed = -1;
static char under[4096];

void arm(long n, const char *folder, int descriptor) {
    strncpy(under, folder, sizeof under - 1);
    seen = 0;
    until = n;
    listed = descriptor;
}

/* Whether the process is to be killed in the middle of this call, which changes path. */
static int strikes(const char *call, const char *path) {
    if (!under[0] || !path || strncmp(path, under, strlen(under))) return 0;
    seen++;
    if (listed >= 0) dprintf(listed, "%s %s\n", call, path + strlen(under) + 1);
    if (until > 0 && seen == until) kill(getpid(), SIGKILL);
    return until < 0 && seen == -until;
}

static const char *path_of(int fd) {
    static char found[4096];
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, found, sizeof found - 1);
    found[length < 0 ? 0 : length] = 0;
    return found;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = dlsym(RTLD_NEXT, name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, #name, const char *, int, ...); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
        if ((flags & O_CREAT && access(path, F_OK)) || flags & O_TRUNC) strikes("create", path); \
        return real(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *data, size_t length) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (under[0] && fd > 2 && strikes("write", path_of(fd))) { real(fd, data, length / 2); kill(getpid(), SIGKILL); }
    return real(fd, data, length);
}
#define PWRITE(name, offset_type) \
    ssize_t name(int fd, const void *data, size_t length, offset_type at) { \
        REAL(ssize_t, #name, int, const void *, size_t, offset_type); \
        if (under[0] && strikes("write", path_of(fd))) { real(fd, data, length / 2, at); kill(getpid(), SIGKILL); } \
        return real(fd, data, length, at); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ON_FD(name, call) \
    int name(int fd) { REAL(int, #name, int); if (under[0]) strikes(call, path_of(fd)); return real(fd); }
ON_FD(fsync, "sync")
ON_FD(fdatasync, "sync")

#define TRUNCATE(name, offset_type) \
    int name(int fd, offset_type length) { \
        REAL(int, #name, int, offset_type); if (under[0]) strikes("truncate", path_of(fd)); return real(fd, length); }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) { REAL(int, "unlink", const char *); strikes("remove", path); return real(path); }
int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t); strikes("make folder", path); return real(path, mode); }
int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *); strikes("rename to", to); return real(from, to); }
int link(const char *from, const char *to) {
    REAL(int, "link", const char *, const char *); strikes("link as", to); return real(from, to); }
