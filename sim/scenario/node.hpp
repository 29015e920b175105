// What was written, before it means anything: a tree whose every part knows where it stands.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nuzuh::scenario {

/// A stretch of a file: index of the file in `Sources`, line from 1, column in bytes from 1, length in bytes.
/// Line 0 is the file as a whole.
struct Spot {
    int source = -1;
    int line = 0;
    int column = 0;
    int length = 1;
};

/// The header of a CSV table, shared by its rows.
struct TableHeader {
    Spot spot;
    std::vector<std::string> columns;
    bool quoted = false;  ///< names are in quotes, as R writes them
};

struct Entry;

/// Kinds of nodes.
enum class Kind { null, scalar, list, map };

/// A value, a list or a map from YAML, or a row or cell from CSV.
struct Node {
    Kind kind = Kind::null;
    bool quoted = false;         ///< of a scalar: written in quotes
    bool empty_cell = false;     ///< of a null: an empty cell, which says nothing (`~` takes away)
    bool not_available = false;  ///< of an empty cell: it holds NA
    bool decimal_comma = false;  ///< of a cell: its table writes numbers with a decimal comma
    Spot spot;
    std::string text;                           ///< of a scalar
    std::vector<Node> items;                    ///< of a list
    std::vector<Entry> entries;                 ///< of a map, in the order written
    std::shared_ptr<const TableHeader> header;  ///< of a table, and of a map that is a row of it

    bool is_map() const { return kind == Kind::map; }
    bool is_list() const { return kind == Kind::list; }
    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_null() const { return kind == Kind::null; }

    /// The entry of a map with this key; nullptr if there is none.
    const Entry* find(std::string_view key) const;
    Entry* find(std::string_view key);
};

/// `key: value` in a map.
struct Entry {
    std::string key;
    Spot spot;  ///< of the key
    Node value;
};

/// Values in the tree, the node itself included.
std::size_t count(const Node& node);

/// "a list", "a map", "nothing" or "'text'", for messages.
std::string in_words(const Node& node);

/// Text for messages: cut to 40 bytes at a character, in single quotes, control characters shown as '?'.
std::string in_quotes(std::string_view text);

/// The node that a dotted path (`fronts[2].place`, `planning.figures[0]`) leads to, or the nearest one above.
/// Gives the spot of the value where there is one of its own, of the key for maps and lists.
Spot spot_of_path(const Node& root, std::string_view path);

}  // namespace nuzuh::scenario
