// Findings as they are collected while reading.
#pragma once

#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/scenario/source.hpp"

namespace nuzuh::scenario {

/// Collects findings and gives them file, line and column.
class Notes {
public:
    explicit Notes(const Sources& sources) : sources_(sources) {}

    void error(const Spot& spot, std::string path, std::string message, std::string hint = "");
    void warning(const Spot& spot, std::string path, std::string message, std::string hint = "");

    bool has_errors() const { return errors_ > 0; }

    /// Findings in the order of the files read and of the lines in them; a finding that says the same of the
    /// same spot as another (a wrong column, once a row) is given once.
    Findings sorted() const;

private:
    void add(Severity severity, const Spot& spot, std::string path, std::string message, std::string hint);

    struct Note {
        Spot spot;
        Finding finding;
    };
    const Sources& sources_;
    std::vector<Note> notes_;
    int errors_ = 0;
};

/// A finding without position is placed at a spot.
void place(Finding& finding, const Spot& spot, const Sources& sources);

}  // namespace nuzuh::scenario
