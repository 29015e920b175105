// Tags of the Humanitarian Exchange Language as names of columns.
#pragma once

#include <string>
#include <string_view>

namespace nuzuh::region {

/// The name under which a column of a tag is looked for: `#adm2+code` is adm2pcode, `#affected+idps+ind` numpresentidpind. Tags of one sex,
/// age or of households are no totals, and have none.
///
/// @return  as `column_key` makes it; "" for other tags
/// Source   hxlstandard.org, HXL 1.1, hashtag and attribute dictionaries
std::string key_of_hxl(std::string_view tag);

}  // namespace nuzuh::region
