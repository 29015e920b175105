// Preloaded, it lets one allocation of C++ fail: the FAILING_NEW_AT-th, counted from the beginning of main over all threads. How many
// there were stands in FAILING_NEW_LOG at the end.
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include <dlfcn.h>
#include <execinfo.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

std::atomic<long> allocations{0};
std::atomic<bool> is_counting{false};

long fails_at() {
    static const long number = [] {
        const char* text = std::getenv("FAILING_NEW_AT");
        return text ? std::atol(text) : 0L;
    }();
    return number;
}

/// Whether it is asked for by what ends the process whoever fails: libstdc++ 12 lets nothing be thrown by directory iterators
/// (remove_all has one too).
bool is_of_the_library() {
    void* frames[24];
    const int count = ::backtrace(frames, 24);
    for (int i = 0; i < count; ++i) {
        Dl_info symbol{};
        if (::dladdr(frames[i], &symbol) && symbol.dli_sname &&
            std::strstr(symbol.dli_sname, "directory_iterator"))
            return true;
    }
    return false;
}

/// Whether this one is to fail.
bool is_chosen() { return is_counting && allocations.fetch_add(1) + 1 == fails_at() && !is_of_the_library(); }

void* allocated(std::size_t size, std::size_t alignment) {
    if (is_chosen()) throw std::bad_alloc();
    void* memory = alignment > alignof(std::max_align_t)
                       ? std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment)
                       : std::malloc(size > 0 ? size : 1);
    if (!memory) throw std::bad_alloc();
    return memory;
}

struct Report {
    ~Report() {
        const char* name = std::getenv("FAILING_NEW_LOG");
        if (!name) return;
        const int file = ::open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        if (file < 0) return;
        char line[32];
        const int length = std::snprintf(line, sizeof line, "%ld\n", allocations.load());
        if (::write(file, line, std::size_t(length)) < 0) std::abort();
        ::close(file);
    }
} report;

using Main = int (*)(int, char**, char**);
Main real_main;

int counted_main(int count, char** words, char** environment) {
    is_counting = true;
    const int code = real_main(count, words, environment);
    is_counting = false;
    return code;
}

}  // namespace

extern "C" int __libc_start_main(Main main, int count, char** words, void (*init)(), void (*fini)(),
                                 void (*rtld_fini)(), void* stack_end) {
    real_main = main;
    const auto start = reinterpret_cast<decltype(&__libc_start_main)>(dlsym(RTLD_NEXT, "__libc_start_main"));
    return start(counted_main, count, words, init, fini, rtld_fini, stack_end);
}

void* operator new(std::size_t size) { return allocated(size, 1); }
void* operator new[](std::size_t size) { return allocated(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return allocated(size, std::size_t(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return allocated(size, std::size_t(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
