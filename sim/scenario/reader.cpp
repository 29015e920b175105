#include "sim/scenario/reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/model/study_fields.hpp"
#include "sim/scenario/hints.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/merge.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh::scenario {
namespace {

/// Reads one map: the visitor of its settings struct.
class SectionReader {
public:
    /// @param path   dotted path of the map, "" for the scenario
    /// @param spot   where findings about the map as a whole point
    /// @param title  the map in words, for messages: "the scenario", "'behaviour.leave'", "group 'residents'"
    SectionReader(const Node& map, std::string path, Spot spot, std::string title, Notes& notes)
        : map_(map), path_(std::move(path)), spot_(spot), title_(std::move(title)), notes_(notes) {}

    /// Of an entry that lacks what is required: the one it was perhaps meant to be laid over.
    void perhaps_meant(std::string hint) { perhaps_meant_ = std::move(hint); }

    template <class S>
    void read(S& settings) {
        describe(*this, settings);
        for (const Entry& entry : map_.entries) note_if_unknown(entry);
    }

    void number(const Field& f, double& out, Range range) {
        const double by_default = out;
        const bool read = take(f, [&](const Node& n) { return read_number(n, f.unit, range, out); });
        if (read && out == 0) note_if_rounded(f, by_default);
    }
    void number(const Field& f, std::optional<double>& out, Range range) {
        double value = 0;
        if (take(f, [&](const Node& n) { return read_number(n, f.unit, range, value); })) out = value;
    }
    template <class Int>
    void integer(const Field& f, Int& out, Range range) {
        std::int64_t value = 0;
        if (take(f, [&](const Node& n) { return read_integer(n, f.unit, range, value); })) out = Int(value);
    }
    void text(const Field& f, std::string& out) {
        const bool read = take(f, [&](const Node& n) { return read_text_value(n, out); });
        if (read && f.required && out.empty()) fail(f, {"is empty", ""});
        note_not_available(f, read && is_missing_word(out));
    }
    void name(const Field& f, std::string& out, Names) { text(f, out); }
    void flag(const Field& f, bool& out) {
        take(f, [&](const Node& n) { return read_flag(n, out); });
    }
    void date(const Field& f, Date& out) {
        take(f, [&](const Node& n) { return read_date(n, out); });
    }
    void date(const Field& f, std::optional<Date>& out) {
        Date value;
        if (take(f, [&](const Node& n) { return read_date(n, value); })) out = value;
    }
    void duration(const Field& f, double& days, Range range) {
        take(f, [&](const Node& n) { return read_duration(n, range, days); });
    }
    void words(const Field& f, std::vector<std::string>& out) {
        take(f, [&](const Node& n) { return read_words(n, out); });
    }
    template <class E>
    void choice(const Field& f, E& out, Choices<E> choices) {
        take(f, [&](const Node& n) { return read_choice(n, choices, out); });
    }

    template <class S>
    void section(const Field& f, S& settings) {
        const Entry* entry = given(f);
        if (!entry) return note_missing(f);
        if (!entry->value.is_map()) return fail(f, expected_map(entry->value));
        SectionReader below(entry->value, below_path(f), entry->spot, fmt::format("'{}'", below_path(f)),
                            notes_);
        below.read(settings);
    }

    template <class S>
    void list(const Field& f, List<S>& out, std::string_view identity) {
        const Entry* entry = given(f);
        if (!entry) return note_missing(f);
        if (!entry->value.is_list()) return fail(f, expected_list(entry->value));
        const auto& items = entry->value.items;
        out.resize(items.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            read_entry(items, i, fmt::format("{}[{}]", below_path(f), i), below_path(f), identity, out[i]);
        }
    }

    void network(const Field& f, Network& settings) {
        const Entry* entry = given(f);
        if (entry && !entry->value.is_map()) {
            return fail(f, {fmt::format("expects a folder, or lists of places and routes, found {}",
                                        in_words(entry->value)),
                            ""});
        }
        section(f, settings);
    }

private:
    std::string below_path(const Field& f) const {
        return path_.empty() ? std::string(f.key) : fmt::format("{}.{}", path_, f.key);
    }

    /// The entry of a key that says something: not `~`, not an empty cell.
    const Entry* given(const Field& f) const {
        const Entry* entry = map_.find(f.key);
        return entry && !entry->value.is_null() ? entry : nullptr;
    }

    /// Hands the key's node to `read`. Gives whether a value was read.
    template <class Read>
    bool take(const Field& f, Read read) {
        const Entry* entry = given(f);
        if (!entry) {
            note_missing(f);
            return false;
        }
        std::optional<Misread> misread = read(entry->value);
        const Node& value = entry->value;
        if (misread && misread->hint.empty() && value.items.size() == 1 && value.items[0].is_scalar())
            misread->hint = fmt::format("write {} without brackets (in R: toJSON(auto_unbox = TRUE))",
                                        value.items[0].text.substr(0, 40));
        if (misread) fail(f, *misread);
        return !misread;
    }

    void fail(const Field& f, const Misread& misread) {
        const Entry* entry = map_.find(f.key);
        const bool pointed = entry->value.is_scalar() || entry->value.header;
        notes_.error(pointed ? entry->value.spot : entry->spot, below_path(f),
                     fmt::format("'{}' {}", f.key, misread.message), misread.hint);
    }

    /// A number that programs which round to four decimals would have made 0.
    ///
    /// Source   R package jsonlite: toJSON(digits = 4) by default
    void note_if_rounded(const Field& f, double by_default) {
        if (by_default == 0 || std::abs(by_default) > 5e-5) return;
        notes_.warning(map_.find(f.key)->value.spot, below_path(f),
                       fmt::format("'{}' is exactly 0, by default {}", f.key, by_default),
                       "right if you mean it; programs that round to four decimals (toJSON in R without "
                       "digits = NA) make 0 of the default");
    }

    /// A missing value that R wrote as a text, or a text that was taken for a missing value.
    void note_not_available(const Field& f, bool is_text) {
        const Entry* entry = map_.find(f.key);
        if (is_text)
            notes_.warning(entry->value.spot, below_path(f),
                           fmt::format("'{}' is the text {}", f.key, in_quotes(entry->value.text)),
                           "leave it out if it stands for a missing value (in R: toJSON(na = \"null\"))");
        else if (entry && entry->value.not_available && !map_.header->quoted)
            notes_.warning(entry->spot, below_path(f),
                           fmt::format("NA in the column '{}' is taken for a missing value", f.key),
                           "put it in quotes if it is meant as a text");
    }

    static Misread expected_map(const Node& found) {
        return {fmt::format("expects keys below it, found {}", in_words(found)),
                found.is_list() ? "take away the '-' in front of them" : ""};
    }
    static Misread expected_list(const Node& found) {
        return {fmt::format("expects a list, found {}", in_words(found)),
                found.is_map() ? "begin each entry with '- '" : ""};
    }

    static std::string about(const Field& f) {
        return fmt::format("{}: {}{}", f.key, f.sentence, in_brackets(f.unit));
    }

    void note_missing(const Field& f) {
        if (!f.required) return;
        const Entry* entry = map_.find(f.key);
        const std::string hint = perhaps_meant_.empty() ? about(f) : perhaps_meant_;
        if (entry && entry->value.empty_cell) {
            notes_.error(entry->value.spot, below_path(f),
                         fmt::format("column '{}' needs a value in every row", f.key), about(f));
        } else if (entry) {
            notes_.error(entry->spot, below_path(f), fmt::format("'{}' needs a value", f.key), about(f));
        } else if (map_.header) {
            notes_.error(map_.header->spot, below_path(f),
                         fmt::format("the table lacks the column '{}'", f.key), about(f));
        } else {
            notes_.error(spot_, below_path(f), fmt::format("{} lacks '{}'", title_, f.key), hint);
        }
    }

    void note_if_unknown(const Entry& entry) {
        const auto known = keys_below(without_positions(path_));
        std::vector<std::string> words;
        for (const auto* key : known) words.emplace_back(key->field.key);
        if (path_.empty() && is_study_key(entry.key)) return;
        if (std::find(words.begin(), words.end(), entry.key) != words.end()) return;
        const bool column = map_.header && std::find(map_.header->columns.begin(), map_.header->columns.end(),
                                                     entry.key) != map_.header->columns.end();
        const auto message = column ? fmt::format("the table has a column {}, which '{}' does not know",
                                                  in_quotes(entry.key), without_positions(path_))
                                    : fmt::format("{} has no key {}", title_, in_quotes(entry.key));
        notes_.error(entry.spot, below_path(Field{entry.key, "", "", ""}), message,
                     hint_for_unknown(entry.key, words));
    }

    /// The nearest key here; else the same key elsewhere; else the keys there are.
    std::string hint_for_unknown(const std::string& key, const std::vector<std::string>& words) const {
        const auto here = without_positions(path_);
        if (const auto near = nearest_word(key, with_study_keys(words, here)); !near.empty()) {
            const auto* info = find_key(here.empty() ? near : fmt::format("{}.{}", here, near));
            return fmt::format("did you mean '{}'?{}", near, in_brackets(info->field.unit));
        }
        const bool is_list_word = key == "table" || key == "extends" || key == "replaces";
        if (key == "table") return "a table is named by a list entry of its own: - {table: file.csv}";
        if (is_list_word) return fmt::format("'{}' stands at the top of the scenario", key);
        std::vector<std::string> elsewhere;
        for (const auto& info : all_keys()) {
            if (info.field.key == key) elsewhere.push_back(fmt::format("'{}'", info.path));
        }
        if (elsewhere.size() == 1 || (elsewhere.size() == 2 && !map_.header))
            return fmt::format("there {} {}{}", elsewhere.size() == 1 ? "is" : "are",
                               fmt::join(elsewhere, " and "), map_.header ? "" : "; check the indentation");
        return fmt::format("keys here are {}", fmt::join(words, ", "));
    }

    /// At the top of a file the keys of a study may have been meant too.
    static std::vector<std::string> with_study_keys(std::vector<std::string> words, std::string_view here) {
        for (const auto& key : study_keys()) {
            if (here.empty() && key.parent.empty()) words.emplace_back(key.field.key);
        }
        return words;
    }

    template <class S>
    void read_entry(const std::vector<Node>& items, std::size_t i, const std::string& path,
                    const std::string& list, std::string_view identity, S& out) {
        const Node& item = items[i];
        if (!item.is_map()) {
            notes_.error(item.spot, path,
                         fmt::format("'{}' expects entries with keys, found {}", list, in_words(item)),
                         "entries look like - {key: value, key: value}");
            return;
        }
        const auto id = identity.empty() ? "" : identity_of(item, std::string(identity));
        SectionReader below(item, path, item.spot,
                            id.empty() ? fmt::format("this entry of '{}'", list)
                                       : fmt::format("entry {} of '{}'", in_quotes(id), list),
                            notes_);
        if (!id.empty() && !item.header && items.size() <= 1000)
            below.perhaps_meant(near_twin(items, i, id, identity));
        below.read(out);
    }

    static std::string near_twin(const std::vector<Node>& items, std::size_t i, const std::string& id,
                                 std::string_view identity) {
        std::vector<std::string> others;
        for (std::size_t k = 0; k < items.size(); ++k) {
            if (k != i) others.push_back(identity_of(items[k], std::string(identity)));
        }
        const auto near = nearest_word(id, others);
        return near.empty() ? "" : fmt::format("did you mean to change '{}'?", near);
    }

    const Node& map_;
    std::string path_;
    Spot spot_;
    std::string title_;
    std::string perhaps_meant_;
    Notes& notes_;
};

}  // namespace

ScenarioSettings read_settings(const Node& scenario, Notes& notes) {
    ScenarioSettings settings;
    SectionReader reader(scenario, "", Spot{scenario.spot.source}, "the scenario", notes);
    reader.read(settings);
    return settings;
}

StudySettings read_study(const Node& study, Notes& notes) {
    StudySettings settings;
    SectionReader reader(study, "", Spot{study.spot.source}, "the study", notes);
    reader.read(settings);
    return settings;
}

}  // namespace nuzuh::scenario
