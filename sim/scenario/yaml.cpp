#include "sim/scenario/yaml.hpp"

#include <algorithm>
#include <istream>
#include <map>
#include <streambuf>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "sim/scenario/yaml_syntax.hpp"

namespace nuzuh::scenario {
namespace {

constexpr std::size_t most_values = 1'000'000;
constexpr std::size_t most_copied = 100'000;
constexpr std::size_t most_keys = 1000;  // in one map; settings have dozens

/// Ends the parse; what is wrong has a spot and a message.
struct Refusal {
    Spot spot;
    std::string message;
    std::string hint;
};

/// Builds the tree from the parser's events, which carry exact marks and every duplicate.
class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(const Sources& sources, int source, int before, Notes& notes, KeyTwice twice)
        : sources_(sources), notes_(notes), source_(source), before_(before), twice_(twice) {}

    Node root;
    int documents = 0;

    Spot spot(const YAML::Mark& mark, int length = 1) const {
        if (mark.line < 0) return {source_};
        return {source_, mark.line + 1, mark.column + 1 + (mark.line == 0 ? before_ : 0), length};
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents > 1) refuse_second_document(spot(mark));
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Node node;
        node.spot = spot(mark);
        const auto text = sources_.from(node.spot);
        if (text.starts_with("null") || text.starts_with("Null") || text.starts_with("NULL"))
            node.spot.length = 4;
        else if (!text.starts_with("~"))
            node.spot = {};
        keep(anchor, node);
        put(std::move(node));
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end()) {
            throw Refusal{spot(mark), "this alias stands inside the value that it names", ""};
        }
        charge_copy(found->second, spot(mark));
        put(found->second);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        check_tag(tag, mark);
        Node node;
        node.kind = Kind::scalar;
        node.text = value;
        node.spot = spot(mark, int(std::max<std::size_t>(1, value.size())));
        measure(node);
        keep(anchor, node);
        put(std::move(node));
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(Kind::list, mark, tag, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(Kind::map, mark, tag, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        Node node;
        YAML::anchor_t anchor;
        bool has_key = false;
        Entry entry;
    };

    void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        check_tag(tag, mark);
        if (int(open_.size()) >= most_depth) {
            throw Refusal{spot(mark), fmt::format("lists and maps are nested more than {} deep", most_depth),
                          ""};
        }
        Open level;
        level.node.kind = kind;
        level.node.spot = spot(mark);
        level.anchor = anchor;
        open_.push_back(std::move(level));
    }

    void close() {
        Open level = std::move(open_.back());
        open_.pop_back();
        keep(level.anchor, level.node);
        put(std::move(level.node));
    }

    void keep(YAML::anchor_t anchor, const Node& node) {
        if (anchor == 0) return;
        charge_copy(node, node.spot);
        anchors_[anchor] = node;
    }

    void charge_copy(const Node& node, const Spot& at) {
        copied_ += count(node);
        if (copied_ > most_copied) {
            throw Refusal{at, "anchors and aliases copy more than 100,000 values",
                          "write the values out, or use a table"};
        }
    }

    void put(Node node) {
        if (++values_ > most_values) throw Refusal{node.spot, "more than 1,000,000 values in one file", ""};
        if (open_.empty()) {
            root = std::move(node);
            return;
        }
        Open& level = open_.back();
        if (level.node.is_list()) {
            if (node.spot.source < 0) node.spot = level.node.spot;
            level.node.items.push_back(std::move(node));
        } else if (!level.has_key) {
            take_key(level, node);
        } else {
            if (node.spot.source < 0) node.spot = level.entry.spot;
            level.entry.value = std::move(node);
            level.has_key = false;
            add_entry(level);
        }
    }

    void take_key(Open& level, Node& node) {
        if (!node.is_scalar()) {
            if (node.spot.source < 0) node.spot = level.node.spot;
            throw Refusal{node.spot,
                          fmt::format("expected 'key: value', found {} in place of the key", in_words(node)),
                          ""};
        }
        level.has_key = true;
        level.entry = Entry{std::move(node.text), node.spot, {}};
    }

    void add_entry(Open& level) {
        if (level.node.entries.size() >= most_keys) {
            throw Refusal{level.entry.spot, "more than 1,000 keys in one map",
                          "rows of data belong in a list or a table"};
        }
        if (Entry* first = level.node.find(level.entry.key)) return key_twice(*first, level.entry);
        if (level.entry.key == "<<") {
            notes_.error(level.entry.spot, "", "merge keys ('<<') are not read",
                         "lay scenarios over each other with 'extends'");
            return;
        }
        level.node.entries.push_back(std::move(level.entry));
    }

    void key_twice(Entry& first, Entry& second) {
        const bool counts = twice_ == KeyTwice::last_counts;
        const auto message =
            fmt::format("key {} is given twice; the first is on line {}{}", in_quotes(second.key),
                        first.spot.line, counts ? ", and this one counts" : "");
        if (!counts) return notes_.error(second.spot, "", message, "keep one of them");
        notes_.warning(second.spot, "", message);
        first = std::move(second);
    }

    void check_tag(const std::string& tag, const YAML::Mark& mark) {
        if (tag.empty() || tag == "?" || tag == "!" || tag.starts_with("tag:yaml.org,2002:")) return;
        notes_.error(spot(mark), "", fmt::format("tags such as {} are not read", in_quotes(tag)),
                     "leave the tag out");
    }

    /// Finds how far a scalar reaches in its line, and whether it is in quotes.
    void measure(Node& node) {
        auto text = sources_.from(node.spot);
        if (text.starts_with("!") || text.starts_with("&")) {
            // The mark is that of a tag or anchor in front; the value follows it.
            const auto gap = std::min(text.find(' '), text.size());
            const auto start = text.find_first_not_of(' ', gap);
            if (start == text.npos) return;
            node.spot.column += int(start);
            text.remove_prefix(start);
        }
        node.quoted = text.starts_with('"') || text.starts_with('\'');
        if (node.quoted)
            find_closing_quote(node, text);
        else if (!text.starts_with(node.text))
            node.spot.length = 1;
    }

    /// The parser takes a quote that is never closed; this does not.
    void find_closing_quote(Node& node, std::string_view rest_of_line) const {
        const Source& source = sources_[source_];
        const auto begin = source.lines[std::size_t(node.spot.line) - 1] + std::size_t(node.spot.column) - 1;
        const auto text = std::string_view(source.text).substr(begin);
        const char mark = text.front();
        std::size_t end = 1;
        while (end < text.size()) {
            const bool doubled = mark == '\'' && text.substr(end).starts_with("''");
            const bool escaped = mark == '"' && text[end] == '\\';
            if (text[end] == mark && !doubled) break;
            end += doubled || escaped ? 2 : 1;
        }
        if (end >= text.size()) {
            throw Refusal{node.spot, "a quote that is opened and never closed",
                          "quotes inside a quoted text are doubled: 'it''s'"};
        }
        node.spot.length = int(std::min(end + 1, rest_of_line.size()));
    }

    [[noreturn]] void refuse_second_document(const Spot& at) const {
        if (sources_.from(at).starts_with("---")) {
            throw Refusal{at, "a second document begins here; a scenario is one document",
                          "take out the line '---', or split the file"};
        }
        throw Refusal{at, "this does not belong to what stands above it",
                      "check the indentation of this line and brackets before it"};
    }

    const Sources& sources_;
    Notes& notes_;
    int source_;
    int before_;
    KeyTwice twice_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Node> anchors_;
    std::size_t values_ = 0;
    std::size_t copied_ = 0;
};

/// Reads from memory that somebody else holds.
struct MemoryBuffer : std::streambuf {
    explicit MemoryBuffer(std::string_view text) {
        char* begin = const_cast<char*>(text.data());
        setg(begin, begin, begin + text.size());
    }
};

}  // namespace

std::optional<Node> parse_yaml(const Sources& sources, int source, std::string_view text, int before,
                               Notes& notes, KeyTwice twice) {
    TreeBuilder tree(sources, source, before, notes, twice);
    MemoryBuffer buffer(text);
    std::istream stream(&buffer);
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(tree)) {}
    } catch (const Refusal& refusal) {
        notes.error(refusal.spot, "", refusal.message, refusal.hint);
        return {};
    } catch (const YAML::Exception& error) {
        note_syntax(tree.spot(error.mark), error.msg, sources, notes);
        return {};
    }
    if (tree.root.spot.source < 0) tree.root.spot = {source};
    return std::move(tree.root);
}

}  // namespace nuzuh::scenario
