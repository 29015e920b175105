#include "sim/region/hxl.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "sim/base/text.hpp"

namespace nuzuh::region {
namespace {

/// A tag and what is said of it.
struct Tag {
    std::string tag;
    std::set<std::string> attributes;

    bool has(const std::string& attribute) const { return attributes.contains(attribute); }
    /// Whether nothing else is said of it.
    bool has_only(std::initializer_list<std::string_view> known) const {
        return std::all_of(attributes.begin(), attributes.end(), [&](const std::string& one) {
            return std::find(known.begin(), known.end(), one) != known.end();
        });
    }
};

Tag tag_of(std::string_view text) {
    Tag tag;
    std::string word;
    bool first = true;
    const auto close = [&] {
        if (first)
            tag.tag = word;
        else if (!word.empty())
            tag.attributes.insert(word);
        first = false;
        word.clear();
    };
    for (const char c : in_small_letters(text)) {
        if (c == '+')
            close();
        else if (c != ' ')
            word += c;
    }
    close();
    return tag;
}

std::string key_of_unit(const Tag& tag) {
    const std::string level = tag.tag.substr(0, 5) == "#adm+" ? "" : tag.tag.substr(1);
    if (tag.has("code") || tag.has("pcode")) return level + "pcode";
    return tag.has_only({"name", "en", "fr", "es", "pt", "i_en", "i_fr", "i_es", "i_pt"}) ? level + "name"
                                                                                          : "";
}

}  // namespace

std::string key_of_hxl(std::string_view text) {
    const Tag tag = tag_of(text);
    if (tag.tag.size() == 5 && tag.tag.starts_with("#adm") && tag.tag[4] >= '0' && tag.tag[4] <= '4')
        return key_of_unit(tag);
    if (tag.tag == "#adm" && tag.has("level")) return "adminlevel";
    if (tag.tag == "#geo" && tag.has("lat")) return "lat";
    if (tag.tag == "#geo" && tag.has("lon")) return "lon";
    if (tag.tag == "#loc") return tag.has("code") ? "pcode" : tag.has_only({"name", "en"}) ? "name" : "";
    if (tag.tag == "#population" && tag.has_only({"total", "t", "all", "ind", "num"})) return "population";
    if (tag.tag == "#affected" && tag.has("idps") &&
        tag.has_only({"idps", "ind", "total", "t", "all", "num"}))
        return "numpresentidpind";
    if (tag.tag == "#date" && tag.has("year")) return "year";
    if (tag.tag == "#date" && tag.has_only({"reported", "survey", "assessed"})) return "reportingdate";
    if (tag.tag == "#round" || (tag.tag == "#meta" && tag.has("round"))) return "roundnumber";
    if (tag.tag == "#operation") return "operation";
    return "";
}

}  // namespace nuzuh::region
