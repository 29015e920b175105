#include "output/brief/page.hpp"

#include "output/brief/assets.hpp"
#include "output/brief/data.hpp"

namespace nuzuh {

std::string brief_page(const ResultsFile& file, const ResultsFile* against, Levers levers,
                       std::string_view language) {
    Json data = brief_data(file, against);
    PageParts parts = brief::page;
    if (levers == Levers::left_out || parts.engine.empty()) data.erase("levers");
    if (!data.contains("levers")) parts.engine = {};
    return html_page(parts, file.text_attribute("/", "title").value_or(""), data, language);
}

}  // namespace nuzuh
