// What people see: results on stdout, messages on stderr.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/scenario/report.hpp"
#include "sim/study/number_text.hpp"

namespace nuzuh::app {

/// Places listed one by one before the rest are only counted.
constexpr std::size_t shown_places = 8;

/// Whether stderr is a terminal that may be drawn on.
bool stderr_is_terminal();

/// Colour for messages: on a terminal, unless NO_COLOR is set to something.
Colour message_colour();

/// Prints text to stdout as it is.
void print(const std::string& text);

/// Prints "nuzuh: error: ..." to stderr.
void print_error(const std::string& message, const std::string& hint = "");

/// Prints everything that is wrong with what was asked for; gives the exit code.
int refuse(const Findings& findings);

/// Prints a message to stderr.
void print_note(const std::string& message);

/// "65 %" of a share; "-" where it is not a number.
std::string percent(double share);

/// Rows under a head, columns as wide as their widest cell. The first column and those named by `left` are
/// aligned left, the others right.
class TextTable {
public:
    explicit TextTable(std::vector<std::string> head, std::vector<std::size_t> left = {});
    void add(std::vector<std::string> row);
    bool empty() const { return rows_.size() < 2; }
    std::string text() const;

private:
    bool is_left(std::size_t column) const;
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::size_t> left_;
};

}  // namespace nuzuh::app
