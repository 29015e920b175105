// The command line as plain texts, for whoever writes about it: manual pages, completion in shells.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace nuzuh::app {

/// An option, a flag or a word that a command takes.
struct OptionText {
    std::vector<std::string> names;    ///< as written: `-o`, `--output`; of a word its name
    std::string value;                 ///< what is to be given, `FILE`; "" for a flag
    std::vector<std::string> choices;  ///< the values that there are; empty: any
    std::string range;                 ///< of a number: `[1 - 4096]`; or ""
    std::string meaning;
    bool is_required = false;
};

/// A command and what it takes.
struct CommandText {
    std::vector<std::string> path;  ///< `nuzuh`, `import`, `region`
    std::string meaning;
    std::string more;  ///< below the help: examples, exit codes
    std::vector<OptionText> words, options;
    std::vector<CommandText> commands;

    /// The path as one word or as a line.
    std::string joined(const std::string& between) const;
};

/// Everything that the command line offers, apart from what help does not show.
CommandText described(const CLI::App& app);

}  // namespace nuzuh::app
