#include "app/command_tree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

namespace nuzuh::app {

namespace {

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    for (std::size_t first = 0; first <= text.size();) {
        const std::size_t end = std::min(text.find(at, first), text.size());
        parts.push_back(text.substr(first, end - first));
        first = end + 1;
    }
    return parts;
}

/// CLI11 writes what a value may be behind its type: `TEXT:{agents,pooled}`, `INT:INT in [1 - 9]`.
void read_type(const std::string& type, OptionText& option) {
    const auto colon = type.find(':');
    option.value = type.substr(0, colon);
    if (colon == type.npos) return;
    const std::string limits = type.substr(colon + 1);
    if (limits.starts_with('{') && limits.ends_with('}'))
        option.choices = split(limits.substr(1, limits.size() - 2), ',');
    else if (const auto bracket = limits.find('['); bracket != limits.npos)
        option.range = limits.substr(bracket);
}

OptionText described(const CLI::Option& from) {
    OptionText option;
    option.meaning = from.get_description();
    option.is_required = from.get_required();
    for (const auto& name : from.get_snames()) option.names.push_back("-" + name);
    for (const auto& name : from.get_lnames()) option.names.push_back("--" + name);
    if (from.get_positional()) option.names = {from.get_name(true)};
    if (from.get_items_expected_max() > 0) read_type(from.get_type_name(), option);
    return option;
}

CommandText described(const CLI::App& app, std::vector<std::string> path) {
    path.push_back(app.get_name());
    CommandText command{path, app.get_description(), app.get_footer(), {}, {}, {}};
    for (const auto* option : app.get_options()) {
        if (option->get_group().empty()) continue;
        (option->get_positional() ? command.words : command.options).push_back(described(*option));
    }
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (!sub->get_group().empty()) command.commands.push_back(described(*sub, path));
    }
    return command;
}

}  // namespace

std::string CommandText::joined(const std::string& between) const {
    return fmt::format("{}", fmt::join(path, between));
}

CommandText described(const CLI::App& app) { return described(app, {}); }

}  // namespace nuzuh::app
