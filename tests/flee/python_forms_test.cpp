// Forms of tables that Python's csv module and Flee 3 take, and what Flee makes of them.
#include <numeric>

#include "sim/model/world.hpp"
#include "tests/flee/read_case.hpp"

namespace nuzuh {
namespace {

using test::CaseFiles;
using test::small_case;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto& read = test::read_case;
constexpr auto& refused = test::refused_case;
constexpr auto& with = test::small_case_with;

std::vector<double> daily(const ScenarioSettings& settings, const std::string& place) {
    for (const auto& series : daily_registrations(settings)) {
        if (series.place == place) return {series.persons.begin(), series.persons.end()};
    }
    return {};
}

TEST(PythonForms, a_quote_counts_at_the_beginning_of_a_cell_and_text_behind_it_belongs_to_the_cell) {
    auto files = small_case();
    for (const char* file : {"input_csv/locations.csv", "input_csv/routes.csv"}) {
        auto& text = files[file];
        for (std::size_t at = 0; (at = text.find("Hub,", at)) != text.npos; at += 8)
            text.replace(at, 4, "\"H\"ub \"9\",");
    }
    const auto quoted = read(files);
    EXPECT_EQ(quoted.settings.network.places[2].name, "Hub \"9\"");
    EXPECT_EQ(quoted.settings.network.routes[1].to, "hub_9");
    files = with("conflicts.csv", "#Day, \"Alpha-Town\",Beta\n0,1,0\n1,1,0\n2,1,0\n3,1,0\n4,1,0\n5,1,1\n");
    const auto literal = read(files);
    EXPECT_THAT(test::conflicts_of(literal.settings), ElementsAre("beta 5 5 1"));
    EXPECT_THAT(literal.said,
                AllOf(HasSubstr("locations.csv has no place '\"Alpha-Town\"': Flee leaves its conflict "
                                "out, and so is it here"),
                      HasSubstr("did you mean 'Alpha-Town'?")));
}

TEST(PythonForms, a_quote_may_end_with_the_file_and_cells_may_hold_line_ends) {
    auto files = small_case();
    files["source_data/d.csv"] = "2020-01-01,\"3";
    files["input_csv/locations.csv"] += "\"Third\nplace\",East,Abroad,1,2,\"to\"wn,,40\n";
    const auto one = read(files);
    EXPECT_THAT(daily(one.settings, "elsewhere"), ElementsAre(3, 3, 3, 3, 3, 3));
    EXPECT_EQ(one.settings.network.places[5].place, "third_place");
}

TEST(PythonForms, every_kind_of_line_end_is_one) {
    for (const char* end : {"\r", "\r\n", "\n\r\n"}) {
        auto files = small_case();
        for (auto& [name, text] : files) {
            std::string out;
            for (const char c : text) out += c == '\n' ? end : c == '\r' ? "" : std::string(1, c);
            text = name.ends_with(".csv") ? out : text;
        }
        EXPECT_EQ(read(files).settings.network.places.size(), 5u) << testing::PrintToString(end);
    }
}

TEST(PythonForms, numbers_may_have_zeros_signs_and_points_at_either_end) {
    auto files = with("routes.csv",
                      "#name1,name2,distance,forced_redirection\nAlpha-Town,Beta,010,\nBeta,Hub,+20.,00\n"
                      "Hub,\"Camp, the first\",.5e2,\nHub,Second,4E1,\n");
    files["source_data/c.csv"] = "2020-01-01,0040\n2020-01-02,+80\n2020-01-03,100\n";
    files["input_csv/sim_period.csv"] = "startDATE,2020-01-01,first\nlength,06\nnote,x\n";
    const auto one = read(files);
    std::vector<double> km;
    for (const auto& route : one.settings.network.routes) km.push_back(route.km);
    EXPECT_THAT(km, ElementsAre(10, 20, 50, 40));
    EXPECT_EQ(daily(one.settings, "second").back(), 100);
}

TEST(PythonForms, a_place_of_no_kind_is_a_camp_without_limit_as_in_flee) {
    auto files = small_case();
    auto& text = files["input_csv/locations.csv"];
    text.replace(text.find("camp,0,500"), 10, "Settlement,0,500");
    const auto one = read(files);
    EXPECT_EQ(one.settings.network.places[3].type, PlaceType::camp);
    EXPECT_EQ(one.settings.network.places[3].capacity, std::nullopt);
    EXPECT_THAT(one.said,
                HasSubstr("no kind of place: 'Settlement'; Flee takes it for a camp without limit"));
    text.replace(text.find("TOWN") == text.npos ? text.find("town") : text.find("TOWN"), 4, "twon");
    EXPECT_THAT(refused(files), AllOf(HasSubstr("no kind of place: 'twon'"),
                                      HasSubstr("data_layout.csv has no series for the camp 'Beta'")));
}

TEST(PythonForms, a_correction_without_a_count_of_its_day_scales_nothing_and_is_said) {
    const auto one = read(with("registration_corrections.csv",
                               "\"Second\",2020-01-04,normalize\nSecond,2020-01-01\n,\nSecond,2020-1-03\n"));
    ASSERT_EQ(one.settings.registration_corrections.size(), 1u);
    EXPECT_THAT(one.said, AllOf(HasSubstr("'Second' has no count on 2020-01-04: the correction is left out"),
                                HasSubstr("'Second' has no count on 2020-01-01 with one before it")));
    EXPECT_EQ(daily(one.settings, "second").front(), 50);
}

TEST(PythonForms, the_total_may_stand_last_and_then_counts_as_a_place) {
    auto files = small_case();
    files["source_data/data_layout.csv"] =
        "\"Camp, the first\",a.csv,b.csv\nSecond,c.csv\nElsewhere,d.csv\ntotal,refugees.csv\n";
    const auto one = read(files);
    EXPECT_THAT(
        one.said,
        AllOf(HasSubstr("Flee takes it for the total"),
              HasSubstr("there is no place 'total': its registrations count only towards how many leave")));
    const auto out = departures_behind(daily_registrations(one.settings), 6);
    // All but the first of the layout, the total among them: 50, 20 after its correction... of Second and total.
    EXPECT_EQ(std::accumulate(out.begin(), out.end(), 0.0), 56 + 70 + 100);
}

TEST(PythonForms, names_keep_their_blanks_inside_and_files_may_be_locked_or_stray) {
    auto files = small_case();
    for (auto& [name, text] : files) {
        for (std::size_t at = 0; (at = text.find("Alpha-Town", at)) != text.npos; at += 10)
            text.replace(at, 10, "Alpha Town");
    }
    files["input_csv/.~lock.conflicts.csv#"] = ",somebody,";
    files["input_csv/closures - old.csv"] = "country,Home,Abroad,0,6\n";
    const auto one = read(files);
    EXPECT_EQ(one.settings.network.places[0].name, "Alpha Town");
    EXPECT_EQ(one.settings.network.places[0].place, "alpha_town");
    EXPECT_THAT(one.said, Not(HasSubstr("lock")));
}

}  // namespace
}  // namespace nuzuh
