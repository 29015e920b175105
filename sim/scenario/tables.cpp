#include "sim/scenario/tables.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "sim/scenario/csv.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh::scenario {
namespace {

namespace fs = std::filesystem;

class Tables {
public:
    Tables(const fs::path& folder, Sources& sources, Notes& notes)
        : folder_(folder), sources_(sources), notes_(notes) {}

    /// Walks the lists that a scenario can have, below `path`.
    void put_into(Node& map, std::string_view path) {
        for (Entry& entry : map.entries) {
            const KeyInfo* key = find_key(path.empty() ? entry.key : fmt::format("{}.{}", path, entry.key));
            if (!key) continue;
            Node& value = entry.value;
            if (key->kind == ValueKind::network && value.is_scalar()) value = network(value);
            if (key->path == "axes" && value.is_map() && value.find("table")) value = columns(value);
            if (key->kind == ValueKind::list && value.is_list())
                splice(value, key->path);
            else if (value.is_map())
                put_into(value, key->path);
        }
    }

private:
    /// Rows of one table; an empty list when it cannot be read, so that reading goes on.
    Node rows(const fs::path& path, const Spot& asked_at) {
        const int source = read_text(sources_, notes_, path.lexically_normal(), asked_at);
        if (source >= 0) {
            if (auto table = parse_csv(sources_, source, notes_)) return std::move(*table);
        }
        Node none;
        none.kind = Kind::list;
        none.spot = asked_at;
        return none;
    }

    void splice(Node& list, const std::string& path) {
        std::vector<Node> items;
        for (Node& item : list.items) {
            const Entry* table = item.is_map() && !item.header ? item.find("table") : nullptr;
            if (!table) {
                items.push_back(std::move(item));
            } else if (item.entries.size() > 1) {
                const Entry& other = item.entries[item.entries[0].key == "table" ? 1 : 0];
                notes_.error(
                    other.spot, path,
                    fmt::format("an entry with 'table' has no other keys, found {}", in_quotes(other.key)),
                    "give this one an entry of its own");
            } else if (!table->value.is_scalar()) {
                notes_.error(
                    table->value.spot, path,
                    fmt::format("'table' expects the name of a CSV file, found {}", in_words(table->value)));
            } else {
                Node read = rows(folder_ / table->value.text, table->value.spot);
                if (read.header && read.items.empty() && !notes_.has_errors())
                    notes_.warning(read.spot, path, "the table has a header and no rows: it says nothing");
                std::move(read.items.begin(), read.items.end(), std::back_inserter(items));
            }
        }
        list.items = std::move(items);
    }

    /// A table of parameter sets, a row each, as axes with a list of values each.
    Node columns(Node& axes) {
        Node list = axes;
        list.kind = Kind::list;
        list.entries.clear();
        list.items.push_back(std::move(axes));
        splice(list, "axes");
        Node out;
        out.kind = Kind::map;
        out.spot = list.spot;
        for (const Node& row : list.items) {
            for (const Entry& cell : row.entries) {
                Entry* axis = out.find(cell.key);
                if (!axis) axis = &out.entries.emplace_back(Entry{cell.key, cell.spot, {}});
                axis->value.kind = Kind::list;
                axis->value.spot = cell.spot;
                axis->value.items.push_back(cell.value);
            }
        }
        return out;
    }

    Node network(const Node& named) {
        Node out;
        out.kind = Kind::map;
        out.spot = named.spot;
        out.text = named.text;
        const fs::path folder = (folder_ / named.text).lexically_normal();
        std::error_code error;
        if (!fs::is_directory(folder, error)) {
            const bool file = fs::exists(folder, error);
            notes_.error(
                named.spot, "network",
                fmt::format("{} {}", in_quotes(folder.generic_string()),
                            file ? "is a file, expected a folder" : "is not there"),
                file ? "name the folder that holds places.csv and routes.csv" : nearest_file(folder));
        }
        const bool there = fs::is_directory(folder, error);
        for (const auto* key : keys_below("network")) {
            const fs::path path = folder / fmt::format("{}.csv", key->field.key);
            if (!key->field.required && !fs::exists(path, error)) continue;
            Entry entry{std::string(key->field.key), named.spot, {}};
            if (there)
                entry.value = rows(path, named.spot);
            else
                entry.value.kind = Kind::list;
            out.entries.push_back(std::move(entry));
        }
        return out;
    }

    const fs::path& folder_;
    Sources& sources_;
    Notes& notes_;
};

}  // namespace

void put_tables_in(Node& scenario, const fs::path& folder, Sources& sources, Notes& notes) {
    if (scenario.is_map()) Tables(folder, sources, notes).put_into(scenario, "");
}

bool is_from_folder(const Node& network) { return network.is_map() && !network.text.empty(); }

}  // namespace nuzuh::scenario
