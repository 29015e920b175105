// Forms of case folders that Flee 3 runs to the end: all are read, and what Flee makes of them is said.
#include "sim/model/world.hpp"
#include "tests/flee/read_case.hpp"

namespace nuzuh {
namespace {

using test::CaseFiles;
using test::CaseFolder;
using test::small_case;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto& read = test::read_case;
constexpr auto& refused = test::refused_case;
constexpr auto& with = test::small_case_with;
constexpr auto& conflicts = test::conflicts_of;

const std::vector<std::string> alpha_and_beta{"alpha_town 2 5 1", "beta 3 3 0.5"};
const std::vector<std::string> alpha_alone{"alpha_town 2 5 1"};

TEST(FleeForms, headers_of_conflicts_may_be_quoted_padded_unmarked_and_below_empty_lines) {
    const std::string days = "0,0,0\n1,0,0\n2,1,0\n3,1,0.5\n4,1,0\n5,1,0\n";
    for (const char* header : {"\"#Day\",\" Alpha-Town\",\" Beta \"\n", "Day,Alpha-Town,Beta\n",
                               "\n\n#Day , Alpha-Town , Beta,\n", "\xEF\xBB\xBF#Day,\"Alpha-Town\",Beta,,\n",
                               "# days and places\n\n#Day,\xC2\xA0"
                               "Alpha-Town,Beta\n"})
        EXPECT_EQ(conflicts(read(with("conflicts.csv", header + days)).settings), alpha_and_beta) << header;
}

TEST(FleeForms, rows_may_end_in_commas_returns_and_comments) {
    const auto files =
        with("conflicts.csv",
             "#Day,Alpha-Town,Beta,\r\n0,0,0,\r\n# a word\r\n1,0,0,\r\n\r\n2,1.0,0,\r\n3, 1 ,0.5,"
             "\r\n4,1e0,0,\r\n5,1,0,\r\n,,,\r\n");
    EXPECT_EQ(conflicts(read(files).settings), alpha_and_beta);
}

TEST(FleeForms, columns_of_no_place_are_left_out_and_said_with_the_nearest_name) {
    const auto quiet =
        read(with("conflicts.csv", "#Day,Alpha-Town,Old_Town\n0,0,0\n1,0,0\n2,1,0\n3,1,0\n4,1,0\n5,1,0\n"));
    EXPECT_EQ(conflicts(quiet.settings), alpha_alone);
    EXPECT_THAT(quiet.said,
                HasSubstr("warning: locations.csv has no place 'Old_Town': its column, all 0, is left out"));
    const auto other =
        read(with("conflicts.csv", "#Day,Alpha-Town,beta\n0,0,0\n1,0,0\n2,1,1\n3,1,1\n4,1,1\n5,1,1\n"));
    EXPECT_EQ(conflicts(other.settings), alpha_alone);
    EXPECT_THAT(other.said,
                AllOf(HasSubstr("warning: locations.csv has no place 'beta': Flee leaves its conflict out"),
                      HasSubstr("did you mean 'Beta'?")));
    const auto blank =
        read(with("conflicts.csv", "#Day,Alpha-Town,Alpha Town\n0,0,0\n1,0,0\n2,1,1\n3,1,1\n4,1,1\n5,1,1\n"));
    EXPECT_THAT(blank.said, HasSubstr("did you mean 'Alpha-Town'?"));
}

TEST(FleeForms, conflicts_that_end_early_end_the_run_there) {
    for (const int days : {3, 5}) {
        std::string table = "#Day,Alpha-Town\n";
        for (int day = 0; day < days; ++day) table += fmt::format("{},1\n", day);
        const auto one = read(with("conflicts.csv", table));
        EXPECT_EQ(one.settings.period.to - one.settings.period.from + 1, days);
        EXPECT_THAT(one.said, HasSubstr(fmt::format(
                                  "conflicts.csv ends after {} days of 6: the run ends there", days)));
    }
    EXPECT_THAT(refused(with("conflicts.csv", "#Day,Alpha-Town\n")), HasSubstr("a row for each day"));
}

TEST(FleeForms, intensities_are_any_number_from_0_on) {
    const auto one = read(
        with("conflicts.csv", "#Day,Alpha-Town,Beta\n0,2.5,-1\n1,2.5,0\n2,2.5,\n3,2.5\n4,2.5,0\n5,2.5,0\n"));
    EXPECT_EQ(conflicts(one.settings), (std::vector<std::string>{"alpha_town 0 5 2.5"}));
    EXPECT_THAT(one.said, AllOf(HasSubstr("an intensity of -1 is none"),
                                HasSubstr("a day without an intensity is read as one without conflict")));
}

TEST(FleeForms, columns_that_stand_twice_are_said) {
    const auto same =
        read(with("conflicts.csv", "#Day,Alpha-Town,Alpha-Town\n0,0,0\n1,0,0\n2,1,1\n3,1,1\n4,1,1\n5,1,1\n"));
    EXPECT_EQ(conflicts(same.settings), alpha_alone);
    EXPECT_THAT(same.said, HasSubstr("a second column for 'Alpha-Town': the two say the same"));
    const auto other =
        read(with("conflicts.csv", "#Day,Alpha-Town,Alpha-Town\n0,0,1\n1,0,0\n2,1,1\n3,1,1\n4,1,1\n5,1,1\n"));
    EXPECT_EQ(conflicts(other.settings), alpha_alone);
    EXPECT_THAT(other.said, HasSubstr("the first counts; Flee mixes the two"));
}

TEST(FleeForms, days_that_are_no_row_numbers_are_said_once) {
    const auto one = read(with("conflicts.csv", "#Day,Alpha-Town\n1,0\n2,0\n3,1\n4,1\n5,1\n6,1\n"));
    const auto first = one.said.find("Flee counts rows");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(one.said.find("Flee counts rows", first + 1), std::string::npos);
}

const std::string first_places =
    "#name,region,country,lat,lon,location_type,conflict_date,population\n"
    "Alpha-Town,North,Home,1.5,30.5,Conflict_Zone,2,1000\nBeta,North,Home,1.6,30.6,TOWN,0,\n"
    "Hub,,,1.7,30.7,Forwarding_hub,,\n";
const std::string camps =
    "\"Camp, the first\",East,Abroad,1.8,30.8,CAMP,0,500\nSecond,East,Abroad,1.9,30.9,Camp,0,0\n";

std::vector<std::string> names(const ScenarioSettings& s) {
    std::vector<std::string> out;
    for (const auto& place : s.network.places) out.push_back(place.name);
    return out;
}

TEST(FleeForms, places_without_people_and_route_are_kept_and_said) {
    const auto one = read(with("locations.csv", first_places + camps + "Far,North,Home,1,30,town,0,\n"));
    EXPECT_THAT(one.said, HasSubstr("warning: no route leads to 'far'"));
    const auto lived_in =
        read(with("locations.csv", first_places + camps + "Far,North,Home,1,30,town,0,700\n"));
    EXPECT_EQ(lived_in.settings.network.places[5].population, 700);
    EXPECT_THAT(lived_in.said, HasSubstr("warning: no route leads to 'far'"));
}

TEST(FleeForms, of_rows_with_one_name_the_last_counts) {
    const auto same =
        read(with("locations.csv", first_places + camps + "Beta,North,Home,1.6,30.6,TOWN,0,\n"));
    EXPECT_EQ(same.settings.network.places.size(), 5u);
    EXPECT_THAT(same.said, HasSubstr("a second row for the place 'Beta': the two say the same"));
    const auto other =
        read(with("locations.csv", first_places + camps + "Beta,North,Home,1.6,30.6,town,0,40\n"));
    EXPECT_EQ(other.settings.network.places[1].population, 40);
    EXPECT_THAT(other.said, HasSubstr("it counts, and the first does not"));
}

TEST(FleeForms, comments_commas_and_empty_lines_may_stand_anywhere) {
    const auto one =
        read(with("locations.csv", "# places of a test\n\n" + first_places +
                                       "#Gone,x,Home,1,30,town,0,9\n\n,,,,,,,\n" + camps + "\n"));
    EXPECT_EQ(names(one.settings),
              (std::vector<std::string>{"Alpha-Town", "Beta", "Hub", "Camp, the first", "Second"}));
    EXPECT_EQ(one.settings.network.places[2].country, "");
}

TEST(FleeForms, positions_and_numbers_are_taken_as_they_are_meant) {
    auto files = with("locations.csv",
                      "#name,region,country,lon,lat,location_type,conflict_date,population\n"
                      "Alpha-Town,North,Home,130.5,1.5,conflict_zone,2,1000.0\nBeta,North,Home,,,town,0,-5\n"
                      "Hub,South,Home,1e3,2,forwarding_hub,,\n" +
                          camps);
    files["input_csv/routes.csv"] =
        "#name1,name2,distance\nAlpha-Town,Beta,10.5\nBeta,Hub,0\nHub,\"Camp, the "
        "first\",30,0.0\nHub,Second,40,\nHub,Hub,3,\n"
        "Beta,Alpha-Town,10.5\n";
    const auto one = read(files);
    EXPECT_EQ(one.settings.network.places[0].lon, 130.5);
    EXPECT_EQ(one.settings.network.places[0].population, 1000);
    EXPECT_EQ(one.settings.network.places[2].lat, 0);
    ASSERT_EQ(one.settings.network.routes.size(), 5u);
    EXPECT_EQ(one.settings.network.routes[0].km, 10.5);
    EXPECT_THAT(one.said, AllOf(HasSubstr("no latitude is 130.5"), HasSubstr("lies nowhere on earth"),
                                HasSubstr("a population of -5 is read as 0"), HasSubstr("a route of 0 km"),
                                HasSubstr("a route from a place to itself is left out"),
                                HasSubstr("a second route between 'Beta' and 'Alpha-Town'")));
}

TEST(FleeForms, attributes_that_act_in_flee_are_named_with_what_they_say) {
    const auto table = [](const std::string& name, const std::string& camp) {
        return "#name,region,country,lat,lon,location_type,conflict_date,population,remark," + name +
               "\nAlpha-Town,North,Home,1.5,30.5,conflict_zone,2,1000,a,0\nBeta,North,Home,1.6,30.6,town,0,,"
               "b,\n"
               "Hub,South,Home,1.7,30.7,forwarding_hub,,,,\n\"Camp, the "
               "first\",East,Abroad,1.8,30.8,camp,0,500,," +
               camp + "\nSecond,East,Abroad,1.9,30.9,camp,0,0\n";
    };
    for (const char* name : {"initial_idps", "capacity_per_day", "deactivation_probability", "hdi"}) {
        EXPECT_THAT(read(with("locations.csv", table(name, "0.7"))).said,
                    AllOf(HasSubstr(fmt::format(
                              "the attribute '{}' of places acts in Flee and is not simulated; it is "
                              "0.7 at 'Camp, the first'",
                              name)),
                          HasSubstr("the attribute 'remark' of places is not read, by Flee neither")));
        EXPECT_THAT(read(with("locations.csv", table(name, "0"))).said, Not(HasSubstr("acts in Flee")));
    }
}

TEST(FleeForms, a_conflict_from_the_first_day_has_the_intensity_of_its_column) {
    auto files =
        with("locations.csv",
             "#name,region,country,lat,lon,location_type,conflict_date,population,conflict_intensity\n"
             "Alpha-Town,North,Home,1.5,30.5,conflict_zone,0,1000,0.25\nBeta,North,Home,1.6,30.6,town,0,,\n"
             "Hub,South,Home,1.7,30.7,forwarding_hub,,,\n" +
                 camps);
    files["input_csv/conflicts.csv"] = "#Day,Beta\n0,0\n1,0\n2,0\n3,0\n4,0\n5,0\n";
    EXPECT_EQ(conflicts(read(files).settings), (std::vector<std::string>{"alpha_town -1 5 0.25"}));
}

TEST(FleeForms, closures_of_no_place_and_no_kind_are_left_out_and_said) {
    const auto one =
        read(with("closures.csv",
                  "\"#closure_type\",\"name1\",\"name2\",\"closure_start\",\"closure_end\"\n"
                  "\"location\",\"Nowhere\",,0,3\n\"camp\",\"Secnd\",,0,3\n\"idpcamp\",\"Beta\",,1,3\n"
                  "link,Alpha-Town,Bet,1,2\nCountry,Home,Abroad,0,2\nbridge,Beta,Hub,0,2\n"
                  "country,Home,Nowhere,0,2,\nremove_forced_redirection,Hub,Third,1,0\n"));
    EXPECT_TRUE(one.settings.routes.empty());
    EXPECT_TRUE(one.settings.camps.empty());
    for (const char* part :
         {"locations.csv has no place 'Nowhere': the closure is left out, as by Flee",
          "locations.csv has no place 'Secnd': the closure is left out; Flee closes its first place instead",
          "did you mean 'Second'?", "'Beta' is not a camp: the closure is left out",
          "Flee makes it a camp on day 3", "locations.csv has no place 'Bet'",
          "no kind of closure: 'Country'", "did you mean 'country'?", "no kind of closure: 'bridge'",
          "no place lies in a country called 'Nowhere'"})
        EXPECT_THAT(one.said, HasSubstr(part));
}

TEST(FleeForms, blanks_around_names_of_closures_are_said) {
    const auto one = read(with("closures.csv", "location, Second ,,1,3\nlink,Hub,\"Second \",1,2\n"));
    EXPECT_EQ(one.settings.routes.size(), 2u);
    for (const char* part :
         {"closures.csv:1", "closures.csv:2",
          "blanks stand around 'Second': the closure is read without them; Flee leaves it out"})
        EXPECT_THAT(one.said, HasSubstr(part));
    const auto plain = read(with("closures.csv", "location,Second, ,1,3\n link ,Hub,Second, 1 ,2\n"));
    EXPECT_THAT(plain.said, Not(HasSubstr("blanks stand around")));
}

TEST(FleeForms, closures_may_never_end_or_lie_outside_the_period) {
    const auto one = read(with("closures.csv",
                               "country,Home,Abroad,1,-1\nlocation,Second,,2.0,99.0\ncamp,Second,,3,\n"
                               "location,Beta,,-2,4\nlocation,Hub,,6,8\n"));
    std::vector<std::string> closed;
    for (const auto& r : one.settings.routes)
        closed.push_back(fmt::format("{} {} {}", r.route, r.from - one.settings.period.from,
                                     r.to.value() - one.settings.period.from));
    EXPECT_THAT(closed, ::testing::ElementsAre("hub_camp_the_first 1 5", "hub_second 1 98"));
    EXPECT_THAT(one.said,
                AllOf(HasSubstr("day -2 lies before the first day"), HasSubstr("day 6 lies after the last"),
                      HasSubstr("no day of reopening is given")));
}

TEST(FleeForms, dates_and_counts_are_read_as_python_reads_them) {
    auto files = small_case();
    files["input_csv/sim_period.csv"] = "#key,value\n\nstartdate, 2020-1-1 ,\nLENGTH,6.0,days\n";
    files["source_data/c.csv"] =
        "DateTime,persons,note\n2020-1-1,40,x\n# 2020-1-2,9\n2020-01-2, 80 "
        "\n2020-1-03,100.0\n2020-01-06,\n2020-1-5,120,\n";
    const auto one = read(files);
    EXPECT_EQ(iso(one.settings.period.to), "2020-01-06");
    EXPECT_EQ(daily_registrations(one.settings).back().persons.size(), 6);
    files["source_data/c.csv"] = ",\n2020-01-01,-3\n2020-01-03,5\n";
    files.erase("input_csv/registration_corrections.csv");
    EXPECT_THAT(read(files).said, HasSubstr("a count of -3 is read as 0"));
}

TEST(FleeForms, the_first_series_is_the_total_and_a_second_of_one_name_is_left_out) {
    auto files = small_case();
    files["source_data/data_layout.csv"] =
        "\xEF\xBB\xBF"
        "everybody,refugees.csv\n\"Camp, the first\",a.csv,b.csv\n\n# a "
        "word\nSecond,c.csv\nSecond,d.csv\nalone\n";
    const auto one = read(files);
    EXPECT_THAT(one.said, AllOf(HasSubstr("Flee takes it for the total"),
                                HasSubstr("a second row for 'Second' is left out")));
    EXPECT_EQ(daily_registrations(one.settings).size(), 3u);
}

TEST(FleeForms, optional_files_may_be_missing) {
    auto files = small_case();
    for (const char* name :
         {"input_csv/closures.csv", "input_csv/registration_corrections.csv", "simsetting.yml"})
        files.erase(name);
    EXPECT_THAT(read(files).said, HasSubstr("there is no"));
    files["input_csv/conflict_period.csv"] = files["input_csv/sim_period.csv"];
    files.erase("input_csv/sim_period.csv");
    EXPECT_THAT(read(files).said, HasSubstr("Flee 3 reads sim_period.csv"));
}

TEST(FleeForms, files_of_rules_that_are_not_simulated_are_named) {
    for (const char* name :
         {"input_csv/flood_level.csv", "input_csv/major_routes.csv", "input_csv/agents.csv",
          "input_csv/demographics_age.csv", "input_csv/demographics_ethnicity.csv",
          "input_csv/region_attributes_IPC.csv", "input_csv/location_attributes_food.csv"}) {
        auto files = small_case();
        files[name] = "age,Default\n30,1\n";
        EXPECT_THAT(read(files).said, HasSubstr(fmt::format("warning: '{}' is not read", name)));
    }
}

TEST(FleeForms, a_missing_file_is_named_whole) {
    for (const char* name : {"input_csv/conflicts.csv", "input_csv/routes.csv", "input_csv/locations.csv",
                             "source_data/data_layout.csv", "source_data/refugees.csv"}) {
        auto files = small_case();
        files.erase(name);
        const auto folder_of_many = [&] {
            CaseFiles deep;
            for (const auto& [file, text] : files)
                deep["a_folder_with_a_rather_long_name/and_another_below_it/" + file] = text;
            return deep;
        }();
        const CaseFolder folder(folder_of_many);
        const auto loaded =
            load_scenario(folder.path() + "/a_folder_with_a_rather_long_name/and_another_below_it");
        ASSERT_FALSE(loaded) << name;
        EXPECT_THAT(report(loaded.findings()), HasSubstr(fmt::format("there is no file '{}'", name)));
    }
}

TEST(FleeForms, settings_that_flee_accepts_are_read) {
    const auto at = [](const char* text) {
        auto files = small_case();
        files["simsetting.yml"] = text;
        return read(files);
    };
    const auto unknown =
        at("number_of_steps: 10\nfoo: {a: 1}\nmove_rules: {max_mov_speed: 9, start_on_foot: 1}\n");
    EXPECT_TRUE(unknown.settings.flee3.start_on_foot);
    EXPECT_THAT(unknown.said, AllOf(HasSubstr("warning: Flee has no key 'foo' here"),
                                    HasSubstr("did you mean 'max_move_speed'?"),
                                    HasSubstr("'number_of_steps' has no effect, in Flee neither")));
    EXPECT_FALSE(at("move_rules: {start_on_foot: 0}\n").settings.flee3.start_on_foot);
    EXPECT_THAT(at("move_rules: {start_on_foot: \"false\"}\n").said, HasSubstr("Flee takes it for True"));
    EXPECT_EQ(at("spawn_rules: {conflict_driven_spawning: {spawn_mode: Poisson}}\n").settings.flee3.spawn,
              SpawnBy::conflict_poisson);
    EXPECT_NEAR(at("move_rules: {capacity_buffer: 1.0}\n").settings.flee3.capacity_buffer, 1, 1e-5);
    at("");
    at("spawn_rules:\nmove_rules:\n");
}

TEST(FleeForms, the_cases_of_fabflee_are_all_read) {
    const auto cases = test::flee_cases();
    if (!cases) GTEST_SKIP() << test::no_flee_cases;
    int found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*cases)) {
        if (!std::filesystem::is_directory(entry.path() / "input_csv")) continue;
        const auto loaded = load_scenario(entry.path().string());
        ASSERT_TRUE(loaded) << report(loaded.findings());
        EXPECT_TRUE(make_world(loaded->settings)) << entry.path();
        ++found;
    }
    EXPECT_GE(found, 6);
}

}  // namespace
}  // namespace nuzuh
