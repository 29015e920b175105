// What tests of tables of a region share.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "sim/region/gazetteer.hpp"
#include "tests/unit/scenario_files.hpp"

namespace nuzuh::region::test_tables {

using nuzuh::test::Folder;

inline std::string all_of(const Findings& findings) {
    std::string text;
    for (const auto& one : findings)
        text += one.location.file + ":" + std::to_string(one.location.line) + " " + one.message + "\n";
    return text;
}

inline Gazetteer places_of(const Folder& folder, const std::string& name, const std::string& text,
                           std::optional<int> level = {}) {
    auto read = read_gazetteer({folder.write(name, text)}, {level, {}});
    if (!read) throw std::runtime_error(all_of(read.findings()));
    return std::move(*read);
}

inline std::vector<std::string> ids(const Gazetteer& gazetteer) {
    std::vector<std::string> ids;
    for (const auto& one : gazetteer.places) ids.push_back(one.place.place);
    return ids;
}

inline double people(const Gazetteer& gazetteer) {
    double sum = 0;
    for (const auto& one : gazetteer.places) sum += one.place.population;
    return sum;
}

// Two units of the second level in one of the first, and one in another; one out of force, one without a code.
inline const std::string units =
    "ADM1_NAME,ADM1_PCODE,ADM2_NAME,ADM2_PCODE,valid_on,valid_to,center_lat,center_lon\n"
    "North,XX1,Ayr,XX11,2020-01-01,,10.0,30.0\n"
    "North,XX1,\"Bêt, upper\",XX12,2020-01-01,,10.2,30.0\n"
    "South,XX2,Ayr,XX21,2020-01-01,,9.0,30.0\n"
    "South,XX2,Ayr,XX21,2010-01-01,2019-12-31,9.1,30.0\n"
    "South,XX2,Nowhere,,2020-01-01,,9.2,30.0\n";

/// A period of the scenarios that the tables are read for.
inline const Period march{*parse_date("2025-02-01"), *parse_date("2025-04-30"), 1};

}  // namespace nuzuh::region::test_tables
