#include "app/completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace nuzuh::app {

namespace {

/// A text between single quotes of a shell.
std::string in_quotes(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// The same in fish, which takes a backslash within quotes.
std::string in_fish_quotes(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "'";
}

std::vector<std::string> words_of(const CommandText& command) {
    std::vector<std::string> words;
    for (const auto& sub : command.commands) words.push_back(sub.path.back());
    for (const auto& word : command.words)
        words.insert(words.end(), word.choices.begin(), word.choices.end());
    for (const auto& option : command.options)
        words.insert(words.end(), option.names.begin(), option.names.end());
    return words;
}

/// Calls a function with a command and all below it.
void walk(const CommandText& command, const auto& visit) {
    visit(command);
    for (const auto& sub : command.commands) walk(sub, visit);
}

std::string bash_script(const CommandText& program) {
    std::string commands, choices, words;
    walk(program, [&](const CommandText& command) {
        const std::string path = command.joined(" ");
        if (command.path.size() > 1)
            commands += (commands.empty() ? "" : " | ") + fmt::format("\"{}\"", path);
        words += fmt::format("        \"{}\") words=\"{}\" ;;\n", path, fmt::join(words_of(command), " "));
        for (const auto& option : command.options) {
            if (option.choices.empty()) continue;
            for (const auto& name : option.names)
                choices += fmt::format("        \"{} {}\") words=\"{}\" ;;\n", path, name,
                                       fmt::join(option.choices, " "));
        }
    });
    const std::string& name = program.path.front();
    return fmt::format(R"sh(# Completion of {0} in bash.
_{0}() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} command={0} words= i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case "$command ${{COMP_WORDS[i]}}" in
        {1}) command="$command ${{COMP_WORDS[i]}}" ;;
        esac
    done
    case "$command $before" in
{2}        *)
        case "$command" in
{3}        esac ;;
    esac
    COMPREPLY=()
    while read -r i; do [ -z "$i" ] || COMPREPLY+=("$i"); done <<<"$(compgen -W "$words" -- "$word")"
}}
complete -o bashdefault -o default -F _{0} {0}
)sh",
                       name, commands, choices, words);
}

/// What zsh's _arguments knows of an option: `'--seed[Seed of all random numbers]:INT:'`.
std::string zsh_entries(const OptionText& option) {
    std::string meaning;
    for (const char c : option.meaning) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') meaning += '\\';
        meaning += c;
    }
    std::string value;
    if (!option.choices.empty())
        value = fmt::format(":{}:({})", "value", fmt::join(option.choices, " "));
    else if (!option.value.empty())
        value = ":value:_files";
    std::string out;
    for (const auto& name : option.names)
        out += fmt::format(" \\\n        {}", in_quotes(fmt::format("*{}[{}]{}", name, meaning, value)));
    return out;
}

std::string zsh_function(const CommandText& command) {
    std::string out = fmt::format("_{}() {{\n", command.joined("_"));
    std::string arguments = "    _arguments -C";
    for (const auto& option : command.options) arguments += zsh_entries(option);
    for (const auto& word : command.words) {
        if (!word.choices.empty())
            arguments += fmt::format(" \\\n        '1:value:({})'", fmt::join(word.choices, " "));
    }
    if (command.commands.empty()) return out + arguments + " \\\n        '*:file:_files'\n}\n\n";
    out += "    local line state\n" + arguments +
           " \\\n        '1: :->command' '*:: :->rest'\n    case $state in\n";
    std::string names, cases;
    for (const auto& sub : command.commands) {
        names += " \\\n            " + in_quotes(sub.path.back() + ":" + sub.meaning);
        cases += fmt::format("        {}) _{} ;;\n", sub.path.back(), sub.joined("_"));
    }
    out += fmt::format(
        "    command)\n        local -a commands=({})\n        _describe command commands ;;\n", names);
    return out +
           fmt::format("    rest)\n        case $line[1] in\n{}        esac ;;\n    esac\n}}\n\n", cases);
}

std::string zsh_script(const CommandText& program) {
    std::string functions;
    walk(program, [&](const CommandText& command) { functions += zsh_function(command); });
    return fmt::format("#compdef {0}\n# Completion of {0} in zsh.\n{1}_{0} \"$@\"\n", program.path.front(),
                       functions);
}

std::string fish_entry(const OptionText& option, const std::string& at) {
    std::string line = at;
    for (const auto& name : option.names)
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (!option.value.empty()) line += " -r";
    if (!option.choices.empty()) line += fmt::format(" -f -a '{}'", fmt::join(option.choices, " "));
    return fmt::format("{} -d {}\n", line, in_fish_quotes(option.meaning));
}

std::string fish_script(const CommandText& program) {
    const std::string& name = program.path.front();
    std::string entries, paths;
    walk(program, [&](const CommandText& command) {
        const std::string path = command.joined(" ");
        if (command.path.size() > 1) paths += " " + in_fish_quotes(path);
        const std::string at = fmt::format("complete -c {0} -n 'test (__{0}_command) = \"{1}\"'", name, path);
        for (const auto& sub : command.commands)
            entries += fmt::format("{} -f -a {} -d {}\n", at, sub.path.back(), in_fish_quotes(sub.meaning));
        for (const auto& word : command.words) {
            if (!word.choices.empty())
                entries += fmt::format("{} -f -a '{}'\n", at, fmt::join(word.choices, " "));
        }
        for (const auto& option : command.options) entries += fish_entry(option, at);
    });
    return fmt::format(R"sh(# Completion of {0} in fish.
function __{0}_command
    set -l command {0}
    for word in (commandline -opc)[2..-1]
        contains -- "$command $word"{1}; and set command "$command $word"
    end
    echo $command
end
{2})sh",
                       name, paths, entries);
}

}  // namespace

std::string completion_script(const CommandText& program, const std::string& shell) {
    if (shell == "zsh") return zsh_script(program);
    if (shell == "fish") return fish_script(program);
    return bash_script(program);
}

}  // namespace nuzuh::app
