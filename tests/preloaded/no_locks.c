/* Preloaded, it stands for a file system without locks: flock and lock calls of fcntl fail with NO_LOCKS_ERRNO. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/file.h>

static int refused(void) {
    const char* number = getenv("NO_LOCKS_ERRNO");
    errno = number ? atoi(number) : ENOLCK;
    return -1;
}

int flock(int file, int operation) {
    (void)file;
    (void)operation;
    return refused();
}

int fcntl64(int file, int command, ...) {
    va_list arguments;
    va_start(arguments, command);
    void* argument = va_arg(arguments, void*);
    va_end(arguments);
    if (command == F_SETLK || command == F_SETLKW) return refused();
    int (*real)(int, int, void*) = (int (*)(int, int, void*))dlsym(RTLD_NEXT, "fcntl64");
    return real(file, command, argument);
}
