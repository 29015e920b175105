#include "sim/region/run_program.hpp"

#include <array>
#include <cstdio>
#include <memory>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX declares it nowhere

namespace nuzuh::region {
namespace {

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

/// Calls `line` with each line of a pipe until it is closed.
void read_lines(int pipe, const std::function<void(std::string_view)>& line) {
    const File in(fdopen(pipe, "r"));
    if (!in) return;
    std::array<char, 1 << 16> chunk{};
    std::string open;
    while (const auto size = std::fread(chunk.data(), 1, chunk.size(), in.get())) {
        open.append(chunk.data(), size);
        std::size_t begin = 0;
        for (auto end = open.find('\n'); end != std::string::npos; end = open.find('\n', begin)) {
            line(std::string_view(open).substr(begin, end - begin));
            begin = end + 1;
        }
        open.erase(0, begin);
    }
    if (!open.empty()) line(open);
}

std::string text_of(std::FILE* file) {
    std::string text(1 << 16, '\0');
    std::rewind(file);
    text.resize(std::fread(text.data(), 1, text.size(), file));
    return text;
}

}  // namespace

ProgramEnd run_program(const std::vector<std::string>& words, const std::string& input,
                       const std::function<void(std::string_view)>& line) {
    // What is read and what is complained about go through files, so that no pipe can fill up unseen.
    const File given(std::tmpfile()), errors(std::tmpfile());
    std::array<int, 2> out{};
    if (!given || !errors || pipe(out.data()) != 0) return {};
    std::fwrite(input.data(), 1, input.size(), given.get());
    std::fflush(given.get());
    std::rewind(given.get());
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(given.get()), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(errors.get()), STDERR_FILENO);
    posix_spawn_file_actions_addclose(&actions, out[0]);
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    if (failed != 0) {
        close(out[0]);
        return {};
    }
    read_lines(out[0], line);
    int status = 0;
    if (waitpid(child, &status, 0) != child) return {true, -1, text_of(errors.get())};
    return {true, WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(errors.get())};
}

}  // namespace nuzuh::region
