#include "sim/scenario/yaml_syntax.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace nuzuh::scenario {
namespace {

struct Advice {
    std::string_view theirs;  ///< begin of the parser's message
    std::string_view message;
    std::string_view hint;
};

/// The parser's messages in plain words.
constexpr Advice advice[] = {
    {"illegal map value", "a ':' where no key can stand",
     "put a text that holds ': ' in quotes; check the indentation"},
    {"illegal map key", "a key where none can stand", "check the indentation"},
    {"illegal block entry", "a '-' where no list entry can stand", "check the indentation"},
    {"end of map flow", "'{' without its '}', or a ',' is missing",
     "entries look like {key: value, key: value}"},
    {"end of sequence flow", "'[' without its ']', or a ',' is missing", "lists look like [one, two]"},
    {"end of map", "this line does not fit the keys above it",
     "keys of one map begin in the same column; is a ':' missing?"},
    {"end of sequence", "this line does not fit the list above it",
     "entries of one list begin with '- ' in the same column"},
    {"illegal flow end", "a closing bracket without its opening one", ""},
    {"illegal EOF in scalar", "a quote that is opened and never closed",
     "quotes inside a quoted text are doubled: 'it''s'"},
    {"illegal document indicator", "a quote that is opened and not closed before '---' or '...'", ""},
    {"illegal tab", "a tab in the indentation", "indent with spaces"},
    {"unknown escape", "an escape that YAML does not know",
     "write \\\\ for a backslash, or use single quotes"},
    {"unknown token", "a character that cannot begin a value", "put the text in quotes"},
    {"the referenced anchor", "no anchor with this name stands above",
     "anchors look like &name, aliases like *name"},
    {"alias not found", "a '*' without a name", "put a text that begins with '*' in quotes"},
    {"anchor not found", "an '&' without a name", "put a text that begins with '&' in quotes"},
    {"illegal character found while scanning alias", "an alias name ends in a wrong character",
     "put a text that begins with '*' in quotes"},
    {"illegal character found while scanning anchor", "an anchor name ends in a wrong character",
     "put a text that begins with '&' in quotes"},
    {"bad file", "lists and maps are nested too deep", ""},
};

/// Column of the ':' in a line like `key:value`; 0 if there is none.
int colon_without_space(std::string_view line) {
    const auto begin = std::min(line.find_first_not_of(" -"), line.size());
    const auto end = line.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789", begin);
    const bool glued =
        end != line.npos && end > begin && line[end] == ':' && end + 1 < line.size() && line[end + 1] != ' ';
    return glued ? int(end) + 1 : 0;
}

}  // namespace

void note_syntax(const Spot& spot, std::string_view parser_message, const Sources& sources, Notes& notes) {
    std::string message = fmt::format("this is not YAML: {}", parser_message);
    std::string hint;
    for (const auto& a : advice) {
        if (!parser_message.starts_with(a.theirs)) continue;
        message = a.message;
        hint = a.hint;
        break;
    }
    for (const int line : {spot.line - 1, spot.line}) {
        const auto text = sources.line(spot.source, line);
        const auto indent = text.substr(0, text.find_first_not_of(" \t"));
        if (const auto tab = indent.find('\t'); tab != indent.npos) {
            notes.error({spot.source, line, int(tab) + 1, 1}, "", "a tab in the indentation",
                        "indent with spaces");
            return;
        }
        if (const int colon = colon_without_space(text); colon > 0 && line < spot.line) {
            notes.error({spot.source, line, colon, 1}, "", "a ':' without a space after it",
                        "keys look like 'key: value'");
            return;
        }
    }
    notes.error(spot, "", message, hint);
}

}  // namespace nuzuh::scenario
