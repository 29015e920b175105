// Administrative units and their P-codes.
#pragma once

#include <string>
#include <string_view>

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// P-codes of the units above a sub-district; "" where they are not known.
struct UpperCodes {
    std::string adm1;
    std::string adm2;
};

/// A P-code as codes are compared: in capitals, without blanks.
std::string comparable_code(std::string_view code);

/// Cuts the codes of admin 1 and 2 from the front of a code of admin 2 or 3.
///
/// Codes nest, but how long each level's part is differs between countries: SY 07 01 05, NG 008 001, UA 14 02 001.
/// A code whose length is not that of a level published for its country gives nothing.
/// Source   OCHA, Global P-Code Lengths (data.humdata.org/dataset/global-pcodes), as kept with hdx-python-country
UpperCodes upper_codes(std::string_view code);

/// A network whose places have the code of their first-level unit where it can be cut from a code below.
Network with_upper_codes(Network network);

/// Warns of one code with two names and one name with two codes, of sub-districts that lie in two districts or by their
/// code in others than are given, and of codes of which the units above are not known.
void check_admin_units(const Network& network, Findings& findings);

}  // namespace nuzuh
