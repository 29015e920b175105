#include "app/manual.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace nuzuh::app {

namespace {

/// Text as troff shows it: hyphens that can be copied, and no line that reads as a request.
std::string in_troff(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
            out += std::string("\\&") + c;
        else
            out += c;
    }
    return out;
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return char(std::toupper(c)); });
    return text;
}

std::string value_text(const OptionText& option) {
    if (option.choices.empty()) return option.value;
    return fmt::format("{}", fmt::join(option.choices, "|"));
}

std::string option_heading(const OptionText& option) {
    std::string names;
    for (const auto& name : option.names)
        names += (names.empty() ? "\\fB" : ", \\fB") + in_troff(name) + "\\fR";
    return option.value.empty() ? names : names + " \\fI" + in_troff(value_text(option)) + "\\fR";
}

std::string entry(const OptionText& option) {
    const std::string range = option.range.empty() ? "" : " " + option.range;
    return fmt::format(".TP\n{}\n{}\n", option_heading(option), in_troff(option.meaning + range));
}

std::string synopsis(const CommandText& command) {
    std::string line = fmt::format("\\fB{}\\fR", in_troff(command.joined(" ")));
    if (!command.options.empty()) line += " [\\fIOPTION\\fR]...";
    for (const auto& word : command.words) {
        const std::string name = "\\fI" + in_troff(upper(word.names.front())) + "\\fR";
        line += word.is_required ? " " + name : " [" + name + "]";
    }
    if (!command.commands.empty()) line += " \\fICOMMAND\\fR ...";
    return ".SH SYNOPSIS\n" + line + "\n";
}

/// Lines that are set in, such as examples, as they stand; others as paragraphs.
std::string more_text(const std::string& more) {
    std::string out = ".SH NOTES\n", line;
    bool is_set_in = false;
    for (std::size_t first = 0; first < more.size(); first += line.size() + 1) {
        line = more.substr(first, more.find('\n', first) - first);
        const bool sets_in = line.starts_with("  ");
        if (sets_in != is_set_in) out += sets_in ? ".PP\n.nf\n" : ".fi\n";
        is_set_in = sets_in;
        out += line.empty() ? ".PP\n" : in_troff(line) + "\n";
    }
    return is_set_in ? out + ".fi\n" : out;
}

std::string see_also(const CommandText& command) {
    if (command.path.size() == 1) return "";
    return fmt::format(".SH SEE ALSO\n\\fB{}\\fR(1)\n", in_troff(command.path.front()));
}

std::string list_of(const CommandText& command) {
    if (command.commands.empty()) return "";
    std::string out = ".SH COMMANDS\n";
    for (const auto& sub : command.commands)
        out += fmt::format(".TP\n\\fB{}\\fR(1)\n{}\n", in_troff(sub.joined("-")), in_troff(sub.meaning));
    return out;
}

std::string list_of(const char* title, const std::vector<OptionText>& options) {
    if (options.empty()) return "";
    std::string out = fmt::format(".SH {}\n", title);
    for (const auto& option : options) out += entry(option);
    return out;
}

std::string manual_page(const CommandText& command, const std::string& version) {
    const std::string name = command.joined("-");
    return fmt::format(".TH {} 1 \"\" \"{}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n", in_troff(upper(name)),
                       in_troff(version), in_troff(name), in_troff(command.meaning)) +
           synopsis(command) + list_of("ARGUMENTS", command.words) + list_of("OPTIONS", command.options) +
           list_of(command) + (command.more.empty() ? "" : more_text(command.more)) + see_also(command);
}

void add_pages(const CommandText& command, const std::string& version,
               std::vector<std::pair<std::string, std::string>>& pages) {
    pages.emplace_back(command.joined("-") + ".1", manual_page(command, version));
    for (const auto& sub : command.commands) add_pages(sub, version, pages);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> manual_pages(const CommandText& program,
                                                              const std::string& version) {
    std::vector<std::pair<std::string, std::string>> pages;
    add_pages(program, version, pages);
    return pages;
}

}  // namespace nuzuh::app
