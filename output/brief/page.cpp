#include "output/brief/page.hpp"

#include "output/brief/assets.hpp"
#include "output/brief/data.hpp"

namespace nuzuh {

std::string brief_page(const ResultsFile& file, const ResultsFile* against) {
    return html_page(brief::page, file.text_attribute("/", "title").value_or(""), brief_data(file, against));
}

}  // namespace nuzuh
