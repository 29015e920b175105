#include "output/layout.hpp"

#include <cctype>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "output/study_layout.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh {
namespace {

std::string content(const std::string& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Layout, reference_matches_the_table) {
    const std::string page = NUZUH_SOURCE_DIR "/output/README.md";
    if (std::getenv("NUZUH_UPDATE_GOLDEN")) std::ofstream(page) << format_reference();
    EXPECT_EQ(content(page), format_reference()) << "set NUZUH_UPDATE_GOLDEN=1 to write it anew";
}

TEST(Layout, no_two_datasets_share_a_path_or_a_meaning_in_their_group) {
    std::set<std::string> paths, meanings;
    for (const auto& info : layout()) {
        EXPECT_TRUE(paths.insert(info.path()).second) << info.path();
        EXPECT_TRUE(meanings.insert(info.group + ":" + info.meaning).second) << info.path();
    }
}

TEST(Layout, every_recorded_quantity_has_members_mean_and_quantiles) {
    for (const auto& field : place_fields) {
        const std::string path = "/" + std::string(field.name);
        EXPECT_EQ(dataset_info(path).dimensions, (std::vector<std::string>{"member", "time", "place"}));
        const bool by_day = field.name == "could_not_leave";  // counted anew every day
        EXPECT_EQ(dataset_info(path).unit, by_day ? "person-days" : field.unit);
        EXPECT_EQ(dataset_info(path + "_mean").dimensions, (std::vector<std::string>{"time", "place"}));
        EXPECT_EQ(dataset_info(path + "_quantile").dimensions,
                  (std::vector<std::string>{"quantile", "time", "place"}));
    }
    for (const auto& field : total_fields) {
        const std::string path = "/" + std::string(field.name);
        EXPECT_EQ(dataset_info(path).dimensions, (std::vector<std::string>{"member", "time"}));
        EXPECT_EQ(dataset_info(path + "_quantile").dimensions,
                  (std::vector<std::string>{"quantile", "time"}));
    }
}

TEST(Layout, numbers_of_people_have_a_unit_and_large_data_are_floats) {
    for (const auto& info : layout()) {
        if (info.stored == Stored::float32 || info.stored == Stored::float64) {
            EXPECT_FALSE(info.unit.empty()) << info.path();
        }
        if (info.dimensions.size() > 1 && info.name != "edge_nodes") {
            EXPECT_EQ(info.stored, Stored::float32) << info.path() << ": QGIS refuses other types";
        }
        if (info.stored == Stored::text) {
            EXPECT_EQ(info.dimensions.size(), 1u) << info.path() << ": a scalar text stops xarray's mean";
        }
    }
}

TEST(Layout, a_dataset_named_like_an_axis_of_its_group_is_that_axis) {
    std::map<std::string, std::string> group_of_axis;
    for (const auto& axis : dimensions()) group_of_axis[std::string(axis.name)] = std::string(axis.group);
    for (const auto& info : layout()) {
        for (const auto& axis : info.dimensions) {
            ASSERT_TRUE(group_of_axis.count(axis)) << info.path();
            EXPECT_TRUE(group_of_axis[axis].empty() || group_of_axis[axis] == info.group) << info.path();
        }
        const auto axis = group_of_axis.find(info.name);
        if (axis != group_of_axis.end() && axis->second == info.group) {
            EXPECT_EQ(info.dimensions, std::vector<std::string>{info.name}) << info.path();
        }
    }
}

TEST(Layout, names_are_letters_digits_and_underscores) {
    for (const auto& info : layout()) {
        for (unsigned char c : info.name) EXPECT_TRUE(std::isalnum(c) || c == '_') << info.path();
    }
    Design design;
    for (const char* key : {"behaviour.leave.h_max", "crossings.0.quota", "groups.who stays.threshold",
                            "groups.who_stays.threshold"})
        design.axes.emplace_back().key = key;
    EXPECT_EQ(axis_names(design),
              (std::vector<std::string>{"behaviour_leave_h_max", "crossings_0_quota",
                                        "groups_who_stays_threshold", "groups_who_stays_threshold_"}));
}

TEST(Layout, an_unknown_dataset_is_a_fault) { EXPECT_THROW(dataset_info("/no_such"), std::logic_error); }

}  // namespace
}  // namespace nuzuh
