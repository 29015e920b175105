/* Preloaded, it sends its own process the signal SIGNAL_NUMBER right before a file gets, for the SIGNAL_AT-th time (from 1), a name
 * that holds SIGNAL_NAME. So a test stops or kills a program at the same point of its work on any machine. Names that were given
 * are put into the file NAMES_LOG, a line each, which a kill leaves whole. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long names;

static void count(const char* name) {
    const char* part = getenv("SIGNAL_NAME");
    const char* at = getenv("SIGNAL_AT");
    const char* number = getenv("SIGNAL_NUMBER");
    if (!part || !at || !number || !strstr(name, part)) return;
    if (__atomic_add_fetch(&names, 1, __ATOMIC_SEQ_CST) == atol(at)) kill(getpid(), atoi(number));
}

static int given(int result, const char* name) {
    const char* log = getenv("NAMES_LOG");
    char line[4096];
    if (result != 0 || !log) return result;
    const int length = snprintf(line, sizeof line, "%s\n", name);
    const int file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0 || write(file, line, length) != length) abort();
    close(file);
    return result;
}

int rename(const char* from, const char* to) {
    count(to);
    return given(((int (*)(const char*, const char*))dlsym(RTLD_NEXT, "rename"))(from, to), to);
}

int link(const char* from, const char* to) {
    count(to);
    return given(((int (*)(const char*, const char*))dlsym(RTLD_NEXT, "link"))(from, to), to);
}
