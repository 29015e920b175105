#include "sim/scenario/tidy.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/model/fields.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/scalars.hpp"

namespace nuzuh {
namespace {

constexpr std::size_t longest_list = 8;  ///< entries that stand in the YAML file; more become a table

/// Keys and values of a list's entry that differ from the defaults or are required.
class EntryValues : public ScalarVisitor<EntryValues> {
public:
    explicit EntryValues(std::string list) : list_(std::move(list)) {}

    using ScalarVisitor::number;
    /// In a table a number stands in every row, for an empty cell may have been forgotten.
    void number(const Field& f, double& value, Range) {
        const auto text = scenario::plain(value);
        if (as_cells && is_default(f, text)) in_table.emplace_back(f.key, text);
        scalar(f, text);
    }
    void scalar(const Field& f, const std::string& yaml) {
        if (!is_default(f, yaml)) values.emplace_back(f.key, yaml);
    }
    void text(const Field& f, std::string& value) {
        if (!value.empty()) values.emplace_back(f.key, as_cells ? value : yaml_text(value));
    }
    void name(const Field& f, std::string& value, Names) { text(f, value); }
    template <class S>
    void section(const Field&, S&) {}
    template <class S>
    void list(const Field&, List<S>&, std::string_view) {}
    void network(const Field&, Network&) {}

    bool as_cells = false;
    std::vector<std::pair<std::string_view, std::string>> values;
    std::vector<std::pair<std::string_view, std::string>> in_table;  ///< defaults of a column that there is

private:
    bool is_default(const Field& f, const std::string& yaml) const {
        return !f.required && yaml == scenario::find_key(list_ + "." + std::string(f.key))->value;
    }

    std::string list_;
};

template <class S>
std::string table_of(List<S>& entries, const std::string& path) {
    std::vector<EntryValues> rows;
    for (S& entry : entries.own()) {
        rows.emplace_back(path).as_cells = true;
        describe(rows.back(), entry);
    }
    std::string text;
    std::vector<std::string_view> columns;
    for (const auto* key : scenario::keys_below(path)) {
        const auto has = [&](const EntryValues& row) {
            return std::any_of(row.values.begin(), row.values.end(),
                               [&](const auto& value) { return value.first == key->field.key; });
        };
        if (std::any_of(rows.begin(), rows.end(), has) || (rows.empty() && key->field.required))
            columns.push_back(key->field.key);
    }
    text = fmt::format("{}\n", fmt::join(columns, ","));
    for (const auto& row : rows) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (c > 0) text += ',';
            for (const auto* values : {&row.values, &row.in_table}) {
                for (const auto& [key, value] : *values) {
                    if (key == columns[c]) text += csv_quoted(value);
                }
            }
        }
        text += '\n';
    }
    return text;
}

template <class S>
std::string line_of(S& entry, const std::string& path) {
    EntryValues row(path);
    describe(row, entry);
    std::string text;
    for (const auto& [key, value] : row.values)
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, value);
    return "{" + text + "}";
}

class TidyWriter : public ScalarVisitor<TidyWriter> {
public:
    TidyWriter(ScenarioFiles& files, std::string folder, std::string path, std::size_t depth)
        : files_(files),
          folder_(std::move(folder)),
          path_(std::move(path)),
          indent_(2 * depth, ' '),
          depth_(depth) {}

    using ScalarVisitor::number;
    void number(const Field& f, double& value, Range range) {
        const auto* key = scenario::find_key(path_of(f));  // whose text has no point that YAML needs: 5e-05
        if (f.required || scenario::plain(value) != key->value) ScalarVisitor::number(f, value, range);
    }
    void scalar(const Field& f, const std::string& value) {
        const auto* key = scenario::find_key(path_of(f));
        if (!f.required && value == key->value) return;
        line(fmt::format("{}: {}", f.key, value));
    }
    template <class S>
    void section(const Field& f, S& settings) {
        const std::size_t before = files_.yaml.size();
        line(fmt::format("{}:", f.key));
        const std::size_t with_key = files_.yaml.size();
        TidyWriter below(files_, folder_, path_of(f), depth_ + 1);
        describe(below, settings);
        if (files_.yaml.size() == with_key) files_.yaml.resize(before);
    }
    template <class S>
    void list(const Field& f, List<S>& entries, std::string_view) {
        if (entries.empty()) return;
        if (entries.size() > longest_list) {
            const auto table = fmt::format("{}/{}.csv", folder_, f.key == "routes" ? "route_changes" : f.key);
            line(fmt::format("{}: [{{table: {}}}]", f.key, yaml_text(table)));
            files_.tables.emplace_back(table, table_of(entries, path_of(f)));
            return;
        }
        line(fmt::format("{}:", f.key));
        for (S& entry : entries.own()) line("  - " + line_of(entry, path_of(f)));
    }
    void network(const Field& f, Network& settings) {
        line(fmt::format("{}: {}", f.key, yaml_text(folder_)));
        TableWriter tables{files_, folder_};
        describe(tables, settings);
    }

private:
    /// The lists of the network, each a table.
    struct TableWriter {
        ScenarioFiles& files;
        const std::string& folder;
        template <class S>
        void list(const Field& f, List<S>& entries, std::string_view) {
            if (entries.empty() && !f.required) return;
            files.tables.emplace_back(fmt::format("{}/{}.csv", folder, f.key),
                                      table_of(entries, fmt::format("network.{}", f.key)));
        }
    };

    std::string path_of(const Field& f) const {
        return path_.empty() ? std::string(f.key) : fmt::format("{}.{}", path_, f.key);
    }
    void line(const std::string& text) { files_.yaml += indent_ + text + "\n"; }

    ScenarioFiles& files_;
    std::string folder_, path_, indent_;
    std::size_t depth_;
};

}  // namespace

ScenarioFiles scenario_files(const ScenarioSettings& settings, const std::string& heading,
                             const std::string& folder) {
    ScenarioFiles files;
    for (std::size_t begin = 0; begin < heading.size();) {
        const std::size_t end = std::min(heading.find('\n', begin), heading.size());
        files.yaml += fmt::format("# {}\n", heading.substr(begin, end - begin));
        begin = end + 1;
    }
    ScenarioSettings copy = settings;
    TidyWriter writer(files, folder, "", 0);
    describe(writer, copy);
    return files;
}

std::string bombardment_csv(const std::vector<BombardmentSettings>& bombardment) {
    std::string text = "place,from,to,strikes_per_day,source\n";
    for (const auto& row : bombardment) {
        text += fmt::format("{},{},{},{},{}\n", row.place, iso(row.from), iso(*row.to), *row.strikes_per_day,
                            row.source);
    }
    return text;
}

}  // namespace nuzuh
