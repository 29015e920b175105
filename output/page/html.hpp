// One HTML page with its style, its script and the data that it shows, which needs no other file and no address.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace nuzuh {

using Json = nlohmann::ordered_json;

/// What a page is made of, put into the program when it is built (cmake/embed.cmake).
struct PageParts {
    std::string_view html;  ///< with {{slots}}
    std::string_view css;
    std::string_view js;      ///< D3 and the scripts of the page, one after the other
    std::string_view engine;  ///< WebAssembly that the script runs in a worker, as base64; "": none
};

/// The page, complete, in one of the languages of `page_languages()`.
///
/// The same data give the same bytes. Its content security policy lets nothing but its own style and script act, named by
/// their SHA-256 digests, and nothing be fetched; a page with an engine may compile that, and start a worker of its own script.
///
/// @throws  std::exception if there is no such language, or it has no wording that the page needs
std::string html_page(const PageParts& parts, std::string_view title, const Json& data,
                      std::string_view language = "en");

}  // namespace nuzuh
