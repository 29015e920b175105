// What was reported: stocks and flows of displaced people, told apart.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/region/reports.hpp"
#include "tests/region/tables_fixture.hpp"

namespace nuzuh::region {
namespace {

using test::Folder;
using test_tables::all_of, test_tables::march, test_tables::places_of, test_tables::units;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// What a table of that name and text reports of the places of `units`.
RegionReports reports_of(const std::string& name, const std::string& text, const Abroad& who = {}) {
    const Folder folder;
    const auto gazetteer = places_of(folder, "units.csv", units);
    auto read = read_reports({folder.write(name, text)}, gazetteer, march, who);
    if (!read) throw std::runtime_error(all_of(read.findings()));
    return std::move(*read);
}

TEST(Reports, are_stocks_of_one_level_one_reason_and_one_operation_a_day) {
    const std::string dtm =
        "operation,admin1Pcode,admin2Pcode,adminLevel,numPresentIdpInd,reportingDate,roundNumber,"
        "displacementReason\n"
        "war,XX1,,1,999,2025-03-01T00:00:00,2,Conflict\n"
        "war,XX1,XX11,2,100,2025-01-15T00:00:00,1,Conflict\n"
        "war,XX1,XX11,2,120,2025-03-01T00:00:00,2,Conflict\n"
        "war,XX1,XX11,2,30,2025-03-01T00:00:00,2,conflict / violence\n"
        "war,XX1,XX11,2,5,2025-03-01T00:00:00,2,Flood\n"
        "flood,XX2,XX21,2,40,2025-03-01T00:00:00,1,Flood\n"
        "war,XX2,XX21,2,60,2025-06-01T00:00:00,3,Conflict\n";
    const auto reports = reports_of("dtm.csv", dtm);
    ASSERT_EQ(reports.figures.size(), 1u);
    EXPECT_EQ(reports.figures[0].persons, 150);
    EXPECT_EQ(reports.figures[0].quantity, Quantity::displaced);
    EXPECT_EQ(reports.figures[0].place, "ayr_xx11");
    ASSERT_EQ(reports.displaced.size(), 1u);
    EXPECT_EQ(reports.displaced[0].persons, 100);
    EXPECT_THAT(all_of(reports.notes), HasSubstr("1 after the period, 45 people displaced by other reasons"));
}

TEST(Reports, of_events_are_of_the_day_that_a_time_zone_moved) {
    const std::string idu =
        "id,latitude,longitude,displacement_type,qualifier,figure,displacement_start_date,displacement_end_"
        "date\n"
        "7,9.05,30.0,Conflict,more than,400,2025-03-02T12:00:00.000Z,2025-03-04T11:00:00.000Z\n"
        "8,9.05,30.0,Disaster,total,9000,2025-03-02T12:00:00.000Z,2025-03-04T11:00:00.000Z\n";
    const auto reports = reports_of("idu.csv", idu);
    ASSERT_EQ(reports.figures.size(), 1u);
    const auto& figure = reports.figures[0];
    EXPECT_EQ(figure.place, "ayr_xx21");
    EXPECT_EQ(figure.bound, Bound::over);
    EXPECT_EQ(iso(*figure.from), "2025-03-03");
    EXPECT_EQ(iso(figure.to), "2025-03-05");
}

TEST(Reports, of_people_abroad_are_totals_of_countries_that_count_on_days_of_their_own) {
    const std::string unhcr =
        "Country,ISO3,Country of Origin,ISO3 of Origin,Population type,Source,Date,Individuals\n"
        "Chad,TCD,Sudan,SDN,Refugees,G,2025-01-31,500\nChad,TCD,Sudan,SDN,Asylum-Seekers,G,2025-01-31,20\n"
        "Chad,TCD,Sudan,SDN,Refugees,G,2025-02-28,700\nUganda,UGA,Sudan,SDN,Refugees,G,2025-01-15,100\n"
        "Uganda,UGA,Sudan,SDN,Refugees,G,2025-03-31,130\nSudan,SDN,Sudan,SDN,Refugees,G,2025-01-31,9\n"
        "Uganda,UGA,Others,,Refugees,G,2025-01-31,3\nUganda,UGA,Congo,COD,Refugees,G,2025-01-31,40\n";
    const auto reports = reports_of("unhcr.csv", unhcr, {"sdn", {"chad", "uganda"}});
    ASSERT_EQ(reports.displaced.size(), 2u);
    EXPECT_EQ(reports.displaced[0].persons, 310);
    ASSERT_EQ(reports.figures.size(), 2u);
    EXPECT_EQ(reports.figures[0].persons, 800) << "Chad of 28 February, Uganda of January";
    EXPECT_EQ(reports.figures[1].persons, 830);
    EXPECT_EQ(reports.figures[1].quantity, Quantity::abroad);
    EXPECT_THAT(all_of(reports.notes),
                HasSubstr("8 stocks abroad, 1502 people; kept apart: 1 rows, 9 people in their own country, "
                          "1 rows, 3 people of no known origin, 1 rows, 40 people from other"));
    for (const auto& [who, why] : {std::pair{Abroad{"SDN", {}}, "no place abroad"},
                                   {Abroad{"COD", {"chad"}}, "0 totals of later days"},
                                   {Abroad{"", {"chad"}}, "--country CODE"}}) {
        const auto other = reports_of("unhcr.csv", unhcr, who);
        EXPECT_TRUE(other.figures.empty());
        EXPECT_THAT(all_of(other.notes), HasSubstr(why));
    }
    const auto late = reports_of(
        "unhcr.csv", unhcr.substr(0, unhcr.find('\n') + 1) + "Chad,TCD,Sudan,SDN,Refugees,G,2025-03-31,500\n",
        {"SDN", {"chad"}});
    EXPECT_TRUE(late.figures.empty());
    EXPECT_THAT(all_of(late.notes), HasSubstr("can't be told apart, set aside"));
}

TEST(Reports, of_people_abroad_by_year_are_of_its_last_day_and_count_everybody_once) {
    const std::string unhcr =
        "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),Refugees "
        "under "
        "UNHCR's mandate,Asylum-seekers,IDPs of concern to UNHCR,Stateless persons\n"
        "2019,Sudan,SDN,Kenya,KEN,900,0,0,0\n2024,Sudan,SDN,Chad,TCD,500,20,0,0\n2024,Sudan,SDN,Uganda,UGA,"
        "100,0,0,0\n"
        "2024,Sudan,SDN,Sudan,SDN,0,0,7000,0\n2024,Congo,COD,Chad,TCD,40,0,0,0\n";
    const std::string hapi =
        "origin_location_code,asylum_location_code,population_group,gender,age_range,population,reference_"
        "period_start,"
        "reference_period_end\n"
        "SDN,TCD,REF,f,all,250,2024-01-01,2024-12-31\nSDN,TCD,REF,all,all,500,2024-01-01,2024-12-31\n"
        "SDN,TCD,ASY,all,all,20,2024-01-01,2024-12-31\nSDN,UGA,REF,all,all,100,2024-01-01,2024-12-31\n"
        "SDN,UGA,OOC,all,all,3,2024-01-01,2024-12-31\nSDN,SDN,RET,all,all,70,2024-01-01,2024-12-31\n"
        "SDN,KEN,REF,all,all,900,2019-01-01,2019-12-31\n";
    for (const auto& table : {unhcr, hapi}) {
        const auto reports = reports_of("unhcr.csv", table, {"SDN", {"chad"}});
        ASSERT_EQ(reports.displaced.size(), 1u) << all_of(reports.notes);
        EXPECT_EQ(reports.displaced[0].persons, 620) << "the count of 2019 is too old";
        EXPECT_TRUE(reports.figures.empty());
    }
    EXPECT_THAT(all_of(reports_of("h.csv", hapi, {"SDN", {"chad"}}).notes),
                HasSubstr("1 rows of people who returned in a year, and 1 of other groups, are set aside"));
}

const std::string dtm_columns =
    "operation,admin1Pcode,admin2Pcode,adminLevel,numPresentIdpInd,reportingDate,roundNumber,"
    "displacementReason,"
    "assessmentType\n";

TEST(Reports, that_count_a_unit_anew_are_never_added) {
    // Round 3 counts the day of round 2 anew; sites (SA) lie within the unit (BA).
    const auto reports = reports_of("dtm.csv", dtm_columns +
                                                   "war,XX1,XX11,2,100,2025-03-01,2,Conflict,BA\n"
                                                   "war,XX1,XX11,2,140,2025-03-01,3,Conflict,BA\n"
                                                   "war,XX1,XX11,2,60,2025-03-01,3,Conflict,SA\n"
                                                   "war,XX1,XX12,2,7,2025-03-01,3,Conflict,SA\n");
    ASSERT_EQ(reports.figures.size(), 2u);
    EXPECT_EQ(reports.figures[0].persons, 140);
    EXPECT_EQ(reports.figures[1].persons, 7);
    EXPECT_THAT(all_of(reports.notes), HasSubstr("2 were counted anew, the later stands"));
    EXPECT_THAT(all_of(reports.notes), HasSubstr("war 2025-03-01: 147 people"));
}

TEST(Reports, of_days_with_the_month_first_are_of_those_days) {
    const auto stocks = [](const std::string& first, const std::string& second) {
        return dtm_columns + "war,XX1,XX11,2,100," + first + ",1,Conflict,BA\nwar,XX1,XX11,2,150," + second +
               ",2,Conflict,BA\n";
    };
    const auto days = [&](const std::string& first, const std::string& second) {
        std::vector<std::string> days;
        for (const auto& figure : reports_of("dtm.csv", stocks(first, second)).figures)
            days.push_back(iso(figure.to));
        return days;
    };
    // The second can be read one way only, and tells of the first.
    EXPECT_THAT(days("3/4/2025", "3/25/2025"), ElementsAre("2025-03-04", "2025-03-25"));
    EXPECT_THAT(days("3/4/2025", "25/3/2025"), ElementsAre("2025-03-25", "2025-04-03"));
    // Neither tells, and only one way do both lie in the period.
    EXPECT_THAT(days("3/12/2025", "4/10/2025"), ElementsAre("2025-03-12", "2025-04-10"));
    EXPECT_THAT(days("4 March 2025 10:30", "22.04.2025"), ElementsAre("2025-03-04", "2025-04-22"));
    EXPECT_THAT(days("20250304", "2025-04-02 00:00:00"), ElementsAre("2025-03-04", "2025-04-02"));
    EXPECT_THAT(all_of(reports_of("dtm.csv", stocks("3/4/2025", "3/25/2025")).notes),
                HasSubstr("days are read with the month first: '3/4/2025' as 2025-03-04"));
    EXPECT_THROW(reports_of("dtm.csv", stocks("3/4/2025", "4/3/2025")), std::runtime_error)
        << "nothing tells 3 April from 4 March";
    try {
        reports_of("dtm.csv", stocks("2025-03-04", "45749"));
        ADD_FAILURE() << "a number is no day";
    } catch (const std::runtime_error& wrong) {
        EXPECT_THAT(wrong.what(), HasSubstr("45749"));
    }
}

TEST(Reports, of_totals_beside_their_parts_are_counted_once) {
    const auto reports = reports_of("dtm.csv",
                                    "admin1Pcode,admin2Pcode,numPresentIdpInd,reportingDate\n"
                                    "XX1,,150,2025-03-01\nXX1,XX11,100,2025-03-01\nXX1,XX12,50,2025-03-01\n"
                                    "XX2,,30,2025-03-01\n,,180,2025-03-01\n");
    const auto below =
        reports_of("dtm.csv",
                   "admin2Pcode,admin3Pcode,numPresentIdpInd,reportingDate\n"
                   "XX11,,150,2025-03-01\nXX11,XX111,100,2025-03-01\nXX11,XX112,50,2025-03-01\n");
    ASSERT_EQ(below.figures.size(), 1u);
    EXPECT_EQ(below.figures[0].persons, 150) << "of places of the second level";
    std::vector<double> people;
    for (const auto& figure : reports.figures) people.push_back(figure.persons);
    EXPECT_THAT(people, ElementsAre(100, 50, 30)) << "nobody counts the parts of XX2";
    EXPECT_THAT(all_of(reports.notes),
                HasSubstr("1 are totals of units that have rows of their own: left out"));
    EXPECT_THAT(all_of(reports.notes), HasSubstr("180 people in units without places"));
}

TEST(Reports, of_operations_that_count_on_levels_of_their_own_are_all_taken) {
    const auto reports = reports_of("dtm.csv", dtm_columns +
                                                   "war,XX1,XX11,2,100,2025-03-01,1,Conflict,BA\n"
                                                   "war,XX1,,1,100,2025-03-01,1,Conflict,BA\n"
                                                   "return,XX1,,1,30,2025-03-01,1,Conflict,BA\n"
                                                   "camp,XX1,XX11,2,11,2025-03-01,9,Conflict,BA\n"
                                                   "war,XX1,XX11,2,50,2025-01-20,0,Conflict,BA\n"
                                                   "camp,XX1,XX11,2,8,2025-01-31,8,Conflict,BA\n"
                                                   "old,XX1,XX11,2,900,2023-01-31,1,Conflict,BA\n");
    ASSERT_EQ(reports.figures.size(), 2u);
    EXPECT_EQ(reports.figures[0].area, "xx1") << "two places";
    EXPECT_EQ(reports.figures[0].persons, 30);
    EXPECT_EQ(reports.figures[1].persons, 111) << "two operations count different people";
    ASSERT_EQ(reports.displaced.size(), 1u);
    EXPECT_EQ(reports.displaced[0].persons, 58) << "the last of each by the first day";
    EXPECT_THAT(all_of(reports.notes), HasSubstr("900 in counts more than a year before the period"));
}

TEST(Reports, below_the_level_of_places_are_summed_to_it) {
    const Folder folder;
    const auto gazetteer = places_of(
        folder, "units.csv", "ADM1_NAME,ADM1_PCODE,center_lat,center_lon\nNorth,XX1,10,30\nSouth,XX2,9,30\n");
    const auto reports =
        read_reports({folder.write("dtm.csv", dtm_columns + "war,XX1,XX11,2,100,2025-03-01,1,Conflict,BA\n"
                                                            "war,XX1,XX12,2,20,2025-03-01,1,Conflict,BA\n")},
                     gazetteer, march, {});
    ASSERT_TRUE(reports) << all_of(reports.findings());
    ASSERT_EQ(reports->figures.size(), 1u);
    EXPECT_EQ(reports->figures[0].place, "north");
    EXPECT_EQ(reports->figures[0].persons, 120);
}

TEST(Reports, that_two_tables_give_count_once_and_differences_are_said) {
    const Folder folder;
    const auto gazetteer = places_of(folder, "units.csv", units);
    const std::string rows = dtm_columns + "war,XX1,XX11,2,100,2025-03-01,1,Conflict,BA\n";
    const auto hapi = folder.write("hapi.csv",
                                   "admin1_code,admin2_code,admin_level,operation,population,reporting_round,"
                                   "reference_period_start,reference_period_end\n"
                                   "XX1,XX11,2,war,130,1,2025-03-01,2025-03-01\n");
    const auto reports =
        read_reports({folder.write("a.csv", rows), folder.write("b.csv", rows), hapi}, gazetteer, march, {});
    ASSERT_TRUE(reports) << all_of(reports.findings());
    ASSERT_EQ(reports->figures.size(), 1u);
    EXPECT_EQ(reports->figures[0].persons, 100);
    const auto said = all_of(reports->notes);
    EXPECT_THAT(said, HasSubstr("1 were given before and count once"));
    EXPECT_THAT(said, HasSubstr("130 people in XX11 on 2025-03-01, where a.csv says 100: the first stands"));
    EXPECT_THAT(said, HasSubstr("conflict and disasters can't be told apart"));
}

TEST(Reports, of_events_that_triangulate_a_recommended_figure_are_left_out) {
    const auto row = [](int id, const char* lat, const char* role, const char* event, int people,
                        const char* made, const char* accuracy) {
        return fmt::format("{},{},30.0,{},Conflict,total,{},2025-03-02,2025-03-04,{},\"{}, 30\",{},{}\n", id,
                           lat, role, people, event, lat, accuracy, made);
    };
    const std::string columns =
        "id,latitude,longitude,role,displacement_type,qualifier,figure,displacement_start_date,displacement_"
        "end_date,"
        "event_id,locations_coordinates,locations_accuracy,created_at\n";
    const char *recommended = "Recommended figure", *other = "Triangulation";
    const auto reports = reports_of(
        "idu.csv", columns + row(1, "9.05", recommended, "E1", 400, "2025-03-05", "ADM3") +
                       row(2, "9.05", other, "E1", 380, "2025-03-06", "ADM3") +
                       row(3, "10.05", other, "E2", 50, "2025-03-06", "ADM3") +
                       row(4, "10.05", other, "E2", 60, "2025-03-07", "ADM3") +
                       row(5, "40", recommended, "E3", 7000, "2025-03-07", "ADM3") +
                       row(6, "9.5", recommended, "E4", 9000, "2025-03-07", "Country/territory (ADM0)") +
                       row(1, "9.05", recommended, "E1", 400, "2025-03-05", "ADM3"));
    std::vector<double> people;
    for (const auto& figure : reports.figures) people.push_back(figure.persons);
    EXPECT_THAT(people, ElementsAre(400, 60));
    EXPECT_THAT(
        all_of(reports.notes),
        HasSubstr("2 beside a figure that is recommended or later, 1 given twice, 1 farther than 100 km from "
                  "every place, 1 of which only the country is known"));
}

TEST(Reports, gathered_by_hand_are_figures_as_they_stand) {
    const std::string columns = "quantity,to,persons,bound,place,area,from,source,published\n";
    const auto reports =
        reports_of("figures.csv", columns +
                                      "displaced,2025-03-01,1000,at_least,,xx1,,IOM,2025-03-04\n"
                                      "arrivals,2025-03-09,20,,bet_upper,,2025-03-02,UN,\n"
                                      "present,2025-03-09,3100,,bet_upper,,,register,\n"
                                      "at_home,2025-03-09,2900,,bet_upper,,,register,\n"
                                      "abroad,2025-06-09,20,,,,,UN,\n");
    ASSERT_EQ(reports.figures.size(), 4u);
    EXPECT_EQ(reports.figures[2].quantity, Quantity::present);
    EXPECT_EQ(reports.figures[3].quantity, Quantity::at_home);
    EXPECT_EQ(reports.figures[0].bound, Bound::at_least);
    EXPECT_EQ(reports.figures[0].area, "xx1");
    EXPECT_EQ(iso(*reports.figures[0].published), "2025-03-04");
    EXPECT_EQ(iso(*reports.figures[1].from), "2025-03-02");
    EXPECT_THAT(all_of(reports.notes),
                HasSubstr("4 figures taken as they are; set aside: 1 outside the period"));
    const Folder folder;
    const auto wrong =
        read_reports({folder.write("figures.csv", columns + "displced,2025-03-01,many,,bet_uper,,,,\n"
                                                            "displaced,soon,5,some,,,,,\n"
                                                            "present,2025-03-09,5,,,,2025-03-02,,\n")},
                     places_of(folder, "units.csv", units), march, {});
    ASSERT_FALSE(wrong);
    const auto said = all_of(wrong.findings());
    for (const char* one :
         {"figures.csv:2 quantity 'displced' is none", "figures.csv:2 persons 'many' is no number",
          "figures.csv:2 place 'bet_uper' is none that is known", "figures.csv:3 to 'soon' is no day",
          "figures.csv:3 bound 'some' is none",
          "figures.csv:4 from '2025-03-02' says nothing of people who are there on a day"})
        EXPECT_THAT(said, HasSubstr(one));
}

}  // namespace
}  // namespace nuzuh::region
