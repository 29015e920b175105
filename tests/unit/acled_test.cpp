// ACLED's columns, with events invented for these tests.
#include "sim/scenario/acled.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario_files.hpp"

namespace nuzuh {
namespace {

using ::testing::HasSubstr;

const std::string table = NUZUH_SOURCE_DIR "/tests/unit/acled_events.csv";

Network places_of_base() {
    const test::Folder folder;
    return test::loaded(folder.write("base.yaml", test::base)).settings.network;
}

AcledImport imported(double reach_km = 15) {
    auto result = import_acled(table, places_of_base(), reach_km);
    if (!result) throw std::runtime_error(report(result.findings()));
    return *result;
}

/// What is said about the table with one text in it replaced by another.
std::string report_with(const std::string& was, const std::string& is) {
    std::ostringstream text;
    text << std::ifstream(table).rdbuf();
    std::string changed = text.str();
    changed.replace(changed.find(was), was.size(), is);
    const test::Folder folder;
    return report(import_acled(folder.write("events.csv", changed), places_of_base(), 15).findings());
}

TEST(Acled, strikes_are_summed_by_place_and_day) {
    EXPECT_EQ(bombardment_csv(imported().bombardment),
              "place,from,to,strikes_per_day,source\n"
              "east,2024-03-05,2024-03-05,2,ACLED\n"
              "west,2024-03-06,2024-03-06,1,ACLED\n");
}

TEST(Acled, a_name_in_reach_goes_before_a_nearer_place) {
    EXPECT_EQ(imported().by_name, 2);
    const auto close = imported(6);  // West lies 7 km from its event, the camp 3 km
    EXPECT_EQ(close.bombardment.back().place, "camp");
}

TEST(Acled, what_is_left_out_is_counted) {
    const auto result = imported();
    EXPECT_EQ(result.strikes, 3);
    EXPECT_EQ(result.far_away, 1);
    EXPECT_EQ(result.vague, 1);
    int not_strikes = 0;
    for (const auto& type : result.types) not_strikes += type.strikes ? 0 : type.events;
    EXPECT_EQ(not_strikes, 2);  // a grenade and an armed clash
}

TEST(Acled, an_event_given_twice_counts_once) {
    EXPECT_THAT(report_with("INV2,", "INV1,"),
                HasSubstr("events.csv:3:1: warning: event 'INV1' is given twice"));
}

TEST(Acled, mistakes_are_told_with_their_place) {
    EXPECT_THAT(report_with("2024-03-06,2024,2", "06/03/2024,2024,2"), HasSubstr("events.csv:4:6: error"));
    EXPECT_THAT(report_with("Air/drone strike", "Air/drone strikes"),
                HasSubstr("did you mean 'Air/drone strike'?"));
    EXPECT_THAT(report_with("36.01,37.01", "north,37.01"), HasSubstr("events.csv:2:"));
    EXPECT_THAT(report_with(",latitude,", ",lat,"), HasSubstr("there is no column 'latitude'"));
    EXPECT_THAT(report_with("34,36,1", "94,36,1"), HasSubstr("events.csv:7:"));
}

TEST(Acled, a_file_that_is_not_there_is_a_finding) {
    EXPECT_THAT(report(import_acled("nowhere.csv", places_of_base(), 15).findings()),
                HasSubstr("nowhere.csv"));
}

}  // namespace
}  // namespace nuzuh
