// The wordings of pages, put into the program when it is built (words/*.json, cmake/embed.cmake).
#pragma once

#include <string_view>
#include <vector>

namespace nuzuh {

/// A language in which pages can be made.
struct PageLanguage {
    std::string_view code;      ///< of BCP 47, such as "fr"
    std::string_view wordings;  ///< JSON: a text, forms for numbers, or a list for each key
};

/// All of them, English first.
const std::vector<PageLanguage>& page_languages();

}  // namespace nuzuh
