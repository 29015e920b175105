#include "output/page/html.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>

#include "output/page/words.hpp"
#include "sim/base/sha256.hpp"

namespace nuzuh {

namespace {

/// Source   RFC 4648, section 4.
std::string base64(std::string_view hexadecimal) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int waiting = 0;
    for (const char digit : hexadecimal) {
        bits = bits << 4 | std::uint32_t(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        for (waiting += 4; waiting >= 6; waiting -= 6) out += letters[bits >> (waiting - 6) & 63];
    }
    if (waiting > 0) out += letters[bits << (6 - waiting) & 63];
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::string csp_hash(std::string_view text) { return "'sha256-" + base64(sha256(text)) + "'"; }

/// JSON that may stand in a script element: no "<" that could end it.
std::string script_safe(const Json& data) {
    std::string out;
    for (const char c : data.dump(-1, ' ', false, Json::error_handler_t::replace)) {
        if (c == '<')
            out += "\\u003c";
        else
            out += c;
    }
    return out;
}

/// Text as it stands in HTML.
std::string html_safe(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

/// The table of words of a language, and in English what results files say.
Json wordings_of(std::string_view language) {
    const auto& all = page_languages();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.code == language; });
    if (found == all.end()) throw std::out_of_range("no pages are made in this language");
    Json wordings = Json::parse(found->wordings);
    if (found != all.begin()) {  // by which the page knows the sentences of a file, which are in English
        const Json english = Json::parse(all.front().wordings);
        for (const auto& [key, wording] : english.items())
            if (key.starts_with("file.") || key.starts_with("meaning.")) wordings["english"][key] = wording;
    }
    return wordings;
}

/// The template with each {{slot}} replaced by its text, and each {{word:key}} by the wording of that key.
std::string filled(std::string_view page, const std::map<std::string_view, std::string_view>& texts,
                   const Json& wordings) {
    constexpr std::string_view word = "word:";
    std::string out;
    for (auto open = page.find("{{"); open != std::string_view::npos; open = page.find("{{")) {
        const auto close = page.find("}}", open);
        out += page.substr(0, open);
        const auto slot = page.substr(open + 2, close - open - 2);
        if (slot.starts_with(word))
            out += html_safe(wordings.at(std::string(slot.substr(word.size()))).get<std::string>());
        else
            out += texts.at(slot);
        page.remove_prefix(close + 2);
    }
    out += page;
    return out;
}

}  // namespace

std::string html_page(const PageParts& parts, std::string_view title, const Json& data,
                      std::string_view language) {
    const Json wordings = wordings_of(language);
    const std::string safe_title = html_safe(title), style = csp_hash(parts.css), script = csp_hash(parts.js),
                      shown = script_safe(data), words = script_safe(wordings),
                      direction = wordings.at("direction").get<std::string>();
    const bool runs = !parts.engine.empty();
    return filled(parts.html,
                  {{"title", safe_title},
                   {"language", language},
                   {"direction", direction},
                   {"words", words},
                   {"to run", runs ? " 'wasm-unsafe-eval'; worker-src blob:" : ""},
                   {"engine", parts.engine},
                   {"style digest", style},
                   {"script digest", script},
                   {"style", parts.css},
                   {"data", shown},
                   {"script", parts.js}},
                  wordings);
}

}  // namespace nuzuh
