// The page's template, style and script, put into the program when it is built (cmake/embed.cmake).
#pragma once

#include <string_view>

namespace nuzuh::brief {

extern const std::string_view page_html;  ///< with {{slots}}
extern const std::string_view page_css;
extern const std::string_view page_js;  ///< D3 and the scripts of this folder, one after the other

}  // namespace nuzuh::brief
