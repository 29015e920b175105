#include "app/console.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/streams.hpp"
#include "sim/study/number_text.hpp"

namespace nuzuh::app {

namespace {

/// Characters of a UTF-8 text, which is its width in a terminal for Latin and Arabic script.
std::size_t width_of(const std::string& text) {
    return std::size_t(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    }));
}

std::string padded(const std::string& text, std::size_t width, bool left) {
    const std::string space(width - std::min(width, width_of(text)), ' ');
    return left ? text + space : space + text;
}

}  // namespace

bool stderr_is_terminal() {
    const char* kind = std::getenv("TERM");
    return ::isatty(STDERR_FILENO) && kind && std::string(kind) != "dumb";
}

Colour message_colour() {
    const char* no_colour = std::getenv("NO_COLOR");
    return stderr_is_terminal() && !(no_colour && *no_colour) ? Colour::on : Colour::off;
}

void print(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);  // where both go to one file, what is said first stands first
}

void print_error(const std::string& message, const std::string& hint) {
    print_to_stderr(fmt::format("nuzuh: error: {}\n", message));
    if (!hint.empty()) print_to_stderr(fmt::format("  {}\n", hint));
}

int refuse(const Findings& findings) {
    for (const Finding& finding : findings) print_error(finding.message, finding.hint);
    return exit_bad_input;
}

void print_note(const std::string& message) { print_to_stderr(message + "\n"); }

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100 * share); }

TextTable::TextTable(std::vector<std::string> head, std::vector<std::size_t> left) : left_(std::move(left)) {
    rows_.push_back(std::move(head));
}

void TextTable::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

bool TextTable::is_left(std::size_t column) const {
    return column == 0 || std::find(left_.begin(), left_.end(), column) != left_.end();
}

std::string TextTable::text() const {
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width_of(row[c]));
    }
    std::string text;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c)
            line += (c == 0 ? "" : "  ") + padded(row[c], widths[c], is_left(c));
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace nuzuh::app
