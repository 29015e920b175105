/* Preloaded, it sends its own process the signal SIGNAL_NUMBER right before a file gets, for the SIGNAL_AT-th time (from 1), a name
 * that holds SIGNAL_NAME. So a test stops or kills a program at the same point of its work on any machine. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
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

int rename(const char* from, const char* to) {
    count(to);
    return ((int (*)(const char*, const char*))dlsym(RTLD_NEXT, "rename"))(from, to);
}

int link(const char* from, const char* to) {
    count(to);
    return ((int (*)(const char*, const char*))dlsym(RTLD_NEXT, "link"))(from, to);
}
