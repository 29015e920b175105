// Every key of a scenario in one list, drawn from the fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/model/fields.hpp"

namespace nuzuh::scenario {

/// Kinds of values that a key takes.
enum class ValueKind {
    number,
    integer,
    text,
    name,
    flag,
    date,
    choice,
    duration,
    words,
    section,
    list,
    network
};

/// What is known about a key; the catalogue's form of `Field` and what is handed along with it.
struct KeyInfo {
    std::string path;    ///< dotted, without list positions: `groups.share`
    std::string parent;  ///< "" at the top
    Field field;
    ValueKind kind = ValueKind::text;
    Range range;
    std::vector<std::string> choices;
    std::string value;     ///< default as written in a scenario; "" where there is none
    std::string identity;  ///< of a list: key that tells its entries apart
    Names names = Names::place;
};

/// All keys in the order of the scenario.
const std::vector<KeyInfo>& all_keys();

/// The keys by which a scenario becomes a study: axes, design, collect, ...
const std::vector<KeyInfo>& study_keys();

/// The key of a scenario or a study with this path; nullptr if there is none.
const KeyInfo* find_key(std::string_view path);

/// The keys directly below a section or list; for "" those of the scenario, not of the study.
std::vector<const KeyInfo*> keys_below(std::string_view parent);

/// Whether a key at the top of a file belongs to the study.
bool is_study_key(std::string_view key);

/// Path without list positions: `groups[2].share` and `groups.2.share` become `groups.share`.
std::string without_positions(std::string_view path);

/// A number as people write it: 100000000, not 1e+08.
std::string plain(double value);

/// "0 to 10", "at least 1", "any number".
std::string in_words(const Range& range);

}  // namespace nuzuh::scenario
