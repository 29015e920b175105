// ACLED's columns, with events invented for these tests.
#include "sim/region/acled.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/tidy.hpp"
#include "tests/unit/scenario_files.hpp"

namespace nuzuh::region {
namespace {

using ::testing::HasSubstr;

const std::string table = NUZUH_SOURCE_DIR "/tests/region/acled_events.csv";

Network places_of_base() {
    const test::Folder folder;
    return test::loaded(folder.write("base.yaml", test::base)).settings.network;
}

AcledOptions reading(double reach_km = 15) {
    AcledOptions options;
    options.reach_km = reach_km;
    options.period = {*parse_date("2024-03-01"), *parse_date("2024-03-31")};
    return options;
}

AcledImport imported(double reach_km = 15) {
    auto result = import_acled({table}, places_of_base(), reading(reach_km));
    if (!result) throw std::runtime_error(report(result.findings()));
    return *result;
}

std::string rows_of(const AcledImport& import, const Network& network) {
    return bombardment_csv(import.strikes_by_day.entries(network));
}

/// What is said about the table with one text in it replaced by another.
std::string report_with(const std::string& was, const std::string& is) {
    std::ostringstream text;
    text << std::ifstream(table).rdbuf();
    std::string changed = text.str();
    changed.replace(changed.find(was), was.size(), is);
    const test::Folder folder;
    return report(
        import_acled({folder.write("events.csv", changed)}, places_of_base(), reading()).findings());
}

const std::string columns =
    "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,location,latitude,longitude,"
    "geo_precision\n";

/// What is read from a table written here, and what is said of it.
struct Read {
    std::string rows;  ///< of the bombardment, "" if the table is refused
    std::vector<BombardmentSettings> bombardment;
    AcledImport import;
    std::string report;
};

Read read(const std::string& text, const Network& network, const AcledOptions& options = reading()) {
    const test::Folder folder;
    const auto result = import_acled({folder.write("events.csv", text)}, network, options);
    Read out{"", {}, {}, report(result.findings())};
    if (!result) return out;
    out.import = *result;
    out.rows = rows_of(*result, network);
    out.bombardment = result->strikes_by_day.entries(network);
    out.rows = out.rows.substr(out.rows.find('\n') + 1);
    return out;
}
Read read(const std::string& text, const AcledOptions& options = reading()) {
    return read(text, places_of_base(), options);
}

/// A strike on East, with its date and the column `year` as written.
std::string on_east(const std::string& date, const std::string& year = "2024") {
    static int id = 0;
    return fmt::format("E{},{},{},1,Explosions/Remote violence,Air/drone strike,East,36,37,1\n", ++id, date,
                       year);
}

/// Days on which East is struck, by a table of dates; "refused" if the table is.
std::string days_of(const std::vector<std::string>& dates, const std::string& year = "2024",
                    const AcledOptions& options = reading()) {
    std::string text = columns, days;
    for (const auto& date : dates) text += on_east(date, year);
    const auto result = read(text, options);
    for (const auto& row : result.bombardment) days += iso(row.from) + " ";
    return result.rows.empty() ? "refused" : days;
}

TEST(Acled, strikes_are_summed_by_place_and_day) {
    std::string expected = "place,from,to,strikes_per_day,source\neast,2024-03-05,2024-03-05,2,ACLED\n";
    expected +=
        fmt::format("west,2024-03-03,2024-03-09,{},ACLED\n", 1.0 / 7);  // of this one the week is known
    EXPECT_EQ(rows_of(imported(), places_of_base()), expected);
}

TEST(Acled, a_name_in_reach_goes_before_a_nearer_place) {
    EXPECT_EQ(imported().by_name, 2);
    const auto close = imported(3.5);  // West lies 7.1 km from its event, the camp 3.49 km
    EXPECT_EQ(close.strikes_by_day.entries(places_of_base()).back().place, "camp");
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
    EXPECT_THAT(report_with("2024-03-06,2024,2", "32/13/2024,2024,2"), HasSubstr("events.csv:4:6: error"));
    EXPECT_THAT(report_with("Air/drone strike", "Air/drone strikes"),
                HasSubstr("did you mean 'Air/drone strike'?"));
    EXPECT_THAT(report_with("36.01,37.01", "north,37.01"), HasSubstr("events.csv:2:"));
    EXPECT_THAT(report_with(",latitude,", ",lat,"), HasSubstr("there is no column 'latitude'"));
    EXPECT_THAT(report_with("34,36,1", "94,36,1"), HasSubstr("events.csv:7:"));
}

TEST(Acled, a_file_that_is_not_there_is_a_finding) {
    EXPECT_THAT(report(import_acled({"nowhere.csv"}, places_of_base(), reading()).findings()),
                HasSubstr("nowhere.csv"));
}

/// Two towns 20 km apart, the first with a name of many spellings.
Network two_towns(const std::string& name, const std::string& name_ar = "",
                  const std::string& spellings = "") {
    Network network;
    PlaceSettings far, near;
    far.place = "mn";
    far.name = name;
    far.name_ar = name_ar;
    far.spellings = spellings;
    far.lat = 15.90;
    far.lon = 2.40;
    near.place = "ta";
    near.name = "Tin Abao";
    near.lat = 15.95;
    near.lon = 2.55;
    network.places.push_back(far);
    network.places.push_back(near);
    return network;
}

/// The place that an event of this name near Tin Abao counts for, and whether by name.
std::string place_of(const std::string& location, const Network& network) {
    const auto result =
        read(columns + "X1,05 March 2024,2024,1,Explosions/Remote violence,Air/drone strike,\"" + location +
                 "\",15.93,2.49,1\n",
             network);
    return result.rows.substr(0, 2) + (result.import.by_name == 1 ? " by name" : "");
}

TEST(AcledNames, are_compared_by_their_letters) {
    for (const auto& [location, name] :
         std::vector<std::pair<std::string, std::string>>{{"Menara", "Ménara"},
                                                          {"MÉNARA", "Me\u0301nara"},
                                                          {"Maarrat al Numan", "Ma’arrat al-Nu‘man"},
                                                          {"Penablanca", "Peñablanca"},
                                                          {"Diyarbakir", "Diyarbakır"},
                                                          {"Buon Ma Thuot", "Buôn Ma Thuột"},
                                                          {"Giessen", "Gießen"},
                                                          {"ЧЕРНІГІВ", "Чернігів"},
                                                          {"أريحا", "اريحا"},
                                                          {"دێرک", "ديرك"}})
        EXPECT_EQ(place_of(location, two_towns(name)), "mn by name") << location << " and " << name;
}

TEST(AcledNames, may_stand_in_other_columns) {
    EXPECT_EQ(place_of("حلب", two_towns("Aleppo", "حَلَب")), "mn by name");
    EXPECT_EQ(place_of("Haleb", two_towns("Aleppo", "", "Halab; Haleb;Alep")), "mn by name");
    EXPECT_EQ(place_of("Alep", two_towns("Aleppo", "", "Halab, Alep")), "mn by name");
    EXPECT_EQ(place_of("حلب", two_towns("Aleppo", "", "الشهباء، حلب؛ Halab")), "mn by name");
    EXPECT_EQ(place_of("mn", two_towns("Aleppo")), "mn by name");
}

TEST(AcledNames, reach_twice_as_far) {
    // the event lies 10.2 km from Ménara and 6.8 km from Tin Abao
    const std::string row =
        columns + "X1,5 March 2024,2024,1,Explosions/Remote violence,Air/drone strike,Menara,15.93,2.49,1\n";
    EXPECT_THAT(read(row, two_towns("Ménara"), reading(10)).rows, HasSubstr("mn,"));
    const auto close = read(row, two_towns("Ménara"), reading(5));
    EXPECT_EQ(close.import.far_away, 1);
    EXPECT_THAT(close.report, HasSubstr("'mn' bears the name and lies 10 km off"));
}

TEST(AcledNames, that_differ_or_hold_no_letter_are_no_match) {
    EXPECT_EQ(place_of("St Louis", two_towns("Saint-Louis")), "ta");
    EXPECT_EQ(place_of("دمشق", two_towns("حلب")), "ta");
    EXPECT_EQ(place_of("", two_towns("-")), "ta");
    EXPECT_EQ(place_of("—", two_towns("'")), "ta");
    EXPECT_EQ(place_of("ة", two_towns("Town", "", ";;")), "ta");
}

TEST(AcledNames, of_a_place_out_of_reach_are_said) {
    auto network = two_towns("Ménara");
    network.places.own()[0].lat = 16.5;
    const auto result = read(
        columns + "X1,05 March 2024,2024,1,Explosions/Remote violence,Air/drone strike,Menara,15.93,2.49,1\n",
        network);
    EXPECT_THAT(result.rows, HasSubstr("ta,"));
    EXPECT_THAT(result.report, HasSubstr("'Menara' lies 64 km from the place of that name, 'mn'"));
}

TEST(AcledDates, are_read_in_every_form_of_the_exports) {
    for (const char* date :
         {"2024-03-07", "07 March 2024", "7 Mar 2024", "07-Mar-24", "07-Mar-2024", "March 7 2024",
          "\"March 7, 2024\"", "2024/03/07", "2024-03-07 00:00:00", "2024-03-07T00:00:00.000Z", "7.3.2024"})
        EXPECT_EQ(days_of({date, "25/03/2024"}), "2024-03-07 2024-03-25 ") << date;
}

TEST(AcledDates, that_can_mean_two_days_are_read_as_the_others_of_the_table) {
    EXPECT_EQ(days_of({"03/01/2024", "15/01/2024"}), "2024-01-03 2024-01-15 ");
    EXPECT_EQ(days_of({"1/3/2024", "1/15/2024"}), "2024-01-03 2024-01-15 ");
    EXPECT_EQ(days_of({"1/3/24", "1/15/24"}), "2024-01-03 2024-01-15 ");
    EXPECT_EQ(days_of({"03/03/2024"}), "2024-03-03 ");
}

TEST(AcledDates, that_can_mean_two_days_are_read_as_the_period_allows) {
    EXPECT_EQ(days_of({"03/01/2024", "03/02/2024"}), "2024-03-01 2024-03-02 ");
    EXPECT_EQ(days_of({"01/03/2024", "02/03/2024"}), "2024-03-01 2024-03-02 ");
}

TEST(AcledDates, that_nothing_decides_are_refused) {
    EXPECT_EQ(days_of({"03/04/2024", "05/06/2024"}), "refused");
    EXPECT_EQ(days_of({"13/04/2024", "04/13/2024"}), "refused");
    const auto result = read(columns + on_east("04/05/2024"));
    EXPECT_THAT(result.report, HasSubstr("'04/05/2024' is 2024-05-04 with the day first and 2024-04-05 with "
                                         "the month first"));
}

TEST(AcledDates, of_two_digits_are_of_the_century_of_the_column_year) {
    EXPECT_EQ(days_of({"07-Jan-16"}, "2016"), "2016-01-07 ");
    EXPECT_EQ(days_of({"07-Jan-98"}, "1998"), "1998-01-07 ");
    EXPECT_EQ(days_of({"07-Jan-98"}, ""), "1998-01-07 ");
    EXPECT_EQ(days_of({"07-Jan-16"}, "2017"), "refused");
}

TEST(AcledDates, are_held_against_the_column_year) {
    for (const char* date : {"0024-03-05", "2023-03-05", "5 March 2042", "05/13/0024"}) {
        const auto result = read(columns + on_east(date));
        EXPECT_EQ(result.rows, "") << date;
        EXPECT_THAT(result.report, HasSubstr("the column 'year' says 2024")) << date;
    }
    EXPECT_THAT(read(columns + on_east("0024-03-05", "")).report,
                HasSubstr("write the year with its century"));
}

TEST(AcledDates, outside_the_period_are_counted_and_said) {
    const auto result =
        read(columns + on_east("2024-02-28") + on_east("2024-03-05") + on_east("2025-03-06", "2025"));
    EXPECT_EQ(result.import.before, 1);
    EXPECT_EQ(result.import.after, 1);
    EXPECT_THAT(result.report, HasSubstr("2 of 3 strikes lie outside the period 2024-03-01 to 2024-03-31: 1 "
                                         "before, 1 after"));
}

TEST(AcledDates, that_a_spreadsheet_turned_into_numbers_are_told) {
    EXPECT_THAT(read(columns + on_east("45356")).report, HasSubstr("write 2024-03-05"));
    EXPECT_THAT(read(columns + on_east("19787")).report, HasSubstr("write 2024-03-05"));
}

TEST(AcledTable, of_rows_and_columns_of_commas_holds_the_rest) {
    const std::string east = "east,2024-03-05,2024-03-05,1,ACLED\n";
    EXPECT_EQ(read(columns + on_east("2024-03-05") + ",,,,,,,,,\n").rows, east);
    EXPECT_EQ(read(columns + ",,,,,,,,,\n" + on_east("2024-03-05") + "\n\" \",,,,,,,,,\n,,,,,,,,,,,\n").rows,
              east);
    std::string wide = columns + on_east("2024-03-05") + on_east("2024-03-05");
    for (std::size_t at = wide.find('\n'); at != wide.npos; at = wide.find('\n', at + 3))
        wide.insert(at, ",,");
    EXPECT_EQ(read(wide).rows, "east,2024-03-05,2024-03-05,2,ACLED\n");
}

TEST(AcledTable, may_have_semicolons_decimal_commas_and_a_mark) {
    const std::string header =
        "event_id_cnty;event_date;year;event_type;sub_event_type;location;latitude;longitude;geo_precision\n";
    const std::string strike = "Explosions/Remote violence;Air/drone strike;West;36,08;36,634;1\n";
    const std::string text = header + "X1;06/03/2024;2024;" + strike + "X2;16/03/2024;2024;" + strike;
    const std::string west = "west,2024-03-06,2024-03-06,1,ACLED\nwest,2024-03-16,2024-03-16,1,ACLED\n";
    EXPECT_EQ(read(text).rows, west);
    EXPECT_EQ(read("\xEF\xBB\xBF" + text).rows, west);
    EXPECT_EQ(read("sep=;\r\n" + text).rows, west);
    EXPECT_THAT(read(text).import.dates_read, HasSubstr("day first: '06/03/2024' as 2024-03-06"));
}

TEST(AcledTable, may_have_tabs_capitals_and_columns_of_older_exports) {
    std::string text = columns + on_east("2024-03-05");
    std::replace(text.begin(), text.end(), ',', '\t');
    text.replace(text.find("event_id_cnty"), 13, "data_id");
    text.replace(text.find("event_date"), 10, "EVENT_DATE");
    EXPECT_EQ(read(text).rows, "east,2024-03-05,2024-03-05,1,ACLED\n");
}

TEST(AcledTable, may_have_line_ends_in_quotes) {
    std::string text = columns + on_east("2024-03-05");
    text.insert(text.find("geo_precision") + 13, ",notes");
    text.insert(text.size() - 1, ",\"Two lines,\n\"\"as said\"\", East\"");
    std::string without_notes = on_east("2024-03-05");
    without_notes.insert(without_notes.size() - 1, ",");
    EXPECT_EQ(read(text + without_notes).rows, "east,2024-03-05,2024-03-05,2,ACLED\n");
}

TEST(AcledTable, of_western_letters_is_read_with_a_warning) {
    const auto result = read(columns +
                                 "X1,05 March 2024,2024,1,Explosions/Remote violence,Air/drone strike,"
                                 "M\xE9nara,15.93,2.49,1\n",
                             two_towns("Menara"));
    EXPECT_THAT(result.rows, HasSubstr("mn,"));
    EXPECT_THAT(result.report, HasSubstr("warning: the file is not UTF-8; it is read as Windows-1252"));
}

TEST(AcledTable, that_holds_no_event_or_is_another_is_refused) {
    EXPECT_THAT(read(columns).report, HasSubstr("error: the table has a header and no events"));
    EXPECT_THAT(read("a,b,c\n").report, HasSubstr("error: this is no table of ACLED events"));
    EXPECT_THAT(read("a,b,c\n1,2,3\n").report, HasSubstr("error: this is no table of ACLED events"));
    EXPECT_THAT(read(columns + ",,,,,,,,,\n").report, HasSubstr("a header and no events"));
    EXPECT_THAT(read("event_date,location\n").report, HasSubstr("there is no column 'latitude'"));
}

TEST(AcledTable, without_identifiers_says_so) {
    std::string text = columns + on_east("2024-03-05");
    text.replace(text.find("event_id_cnty"), 13, "number");
    const auto result = read(text);
    EXPECT_THAT(result.rows, HasSubstr("east,"));
    EXPECT_THAT(result.report, HasSubstr("there is no column of identifiers"));
}

std::string of_type(const std::string& event_type, const std::string& sub_event_type) {
    return columns + on_east("2024-03-05") + "T1,2024-03-06,2024,1," + event_type + "," + sub_event_type +
           ",East,36,37,1\nT2,2024-03-06,2024,1," + event_type + "," + sub_event_type + ",East,36,37,1\n";
}

TEST(AcledTypes, that_are_not_known_are_said_and_the_rest_is_read) {
    for (const auto& [event_type, type] : std::vector<std::pair<std::string, std::string>>{
             {"Strategic developments", "A type that is new"}, {"Riots", "Cyber unrest"}}) {
        const auto result = read(of_type(event_type, type));
        EXPECT_EQ(result.rows, "east,2024-03-05,2024-03-05,1,ACLED\n");
        EXPECT_THAT(result.report, HasSubstr(fmt::format("warning: the type '{}' ({}) is not known: 2 events",
                                                         type, event_type)));
        EXPECT_THAT(result.report, testing::Not(HasSubstr("--strikes")));
    }
}

TEST(AcledTypes, that_may_be_strikes_are_asked_for) {
    for (const auto& [event_type, type] : std::vector<std::pair<std::string, std::string>>{
             {"Explosions/Remote violence", "Loitering munition"}, {"Something new", "From space"}}) {
        const auto result = read(of_type(event_type, type));
        EXPECT_THAT(result.report, HasSubstr(fmt::format("--strikes '{}'", type)));
        auto options = reading();
        options.strike_types = {type};
        EXPECT_EQ(read(of_type(event_type, type), options).import.strikes, 3);
    }
    auto options = reading();
    options.strike_types = {"Loitering munitions"};
    EXPECT_THAT(read(of_type("Explosions/Remote violence", "Loitering munition"), options).report,
                HasSubstr("did you mean 'Loitering munition'?"));
}

TEST(AcledTypes, are_known_in_any_case) {
    EXPECT_EQ(read(of_type("EXPLOSIONS/REMOTE VIOLENCE", "AIR/DRONE STRIKE")).import.strikes, 3);
}

TEST(Acled, a_table_without_strikes_says_so) {
    const auto result = read(columns + "T1,2024-03-06,2024,1,Protests,Peaceful protest,East,36,37,1\n");
    EXPECT_THAT(result.report, HasSubstr("none of 1 events is a strike"));
}

TEST(Acled, an_event_of_two_files_counts_once_and_one_of_a_week_on_none_of_its_days_alone) {
    const auto network = places_of_base();
    const test::Folder folder;
    const auto row = [](const char* id, const char* day, const char* time) {
        return std::string(id) + "," + day + ",2024," + time +
               ",Explosions/Remote violence,Air/drone strike,East,36,37,1\n";
    };
    const auto one =
        folder.write("a.csv", columns + row("A1", "2024-03-10", "1") + row("A2", "2024-03-20", "2"));
    const auto two =
        folder.write("b.csv", columns + row("A1", "2024-03-10", "1") + row("A3", "15 March 2024", "3"));
    const auto read = import_acled({one, two}, network, reading());
    ASSERT_TRUE(read) << report(read.findings());
    EXPECT_EQ(read->strikes, 3);
    EXPECT_EQ(read->not_to_the_day, 2);
    EXPECT_THAT(report(read.findings()), HasSubstr("event 'A1' is given twice and counts once"));
    EXPECT_EQ(rows_of(*read, network),
              fmt::format("place,from,to,strikes_per_day,source\n"
                          "east,2024-03-01,2024-03-09,{0},ACLED\neast,2024-03-10,2024-03-10,{1},ACLED\n"
                          "east,2024-03-11,2024-03-16,{0},ACLED\neast,2024-03-17,2024-03-23,{2},ACLED\n"
                          "east,2024-03-24,2024-03-31,{0},ACLED\n",
                          1.0 / 31, 1 + 1.0 / 31, 1.0 / 7 + 1.0 / 31));
}

/// Two towns 5 km apart and one of their province far off; a camp, and a town of another province.
Network towns_of_a_province() {
    Network network;
    const auto add = [&](const char* id, double lon, double people, const char* code, PlaceType type) {
        PlaceSettings place;
        place.place = place.name = id;
        place.lat = 36;
        place.lon = lon;
        place.population = people;
        place.adm1_pcode = code;
        place.type = type;
        network.places.push_back(place);
    };
    add("big", 37, 900, "XX1", PlaceType::town);
    add("small", 37.05, 100, "XX1", PlaceType::town);
    add("far", 38, 1000, "XX1", PlaceType::town);
    add("tents", 37.01, 0, "XX1", PlaceType::idp_camp);
    add("other", 37.5, 3000, "XX2", PlaceType::town);
    for (const char* place : {"big", "far"}) network.areas.push_back({"uplands", place});
    return network;
}

/// An air strike of 5 March at longitude 37, as precise as given.
std::string imprecise(const char* location, const char* admin1, int geo_precision, int time_precision = 1) {
    static int id = 0;
    return fmt::format("G{},2024-03-05,2024,{},Explosions/Remote violence,Air/drone strike,{},36,37,{},{}\n",
                       ++id, time_precision, location, geo_precision, admin1);
}

std::string with_admin1() {
    std::string header = columns;
    return header.insert(header.size() - 1, ",admin1");
}

TEST(AcledPrecision, near_a_place_is_divided_among_the_towns_in_reach) {
    const auto result = read(with_admin1() + imprecise("Big", "", 2), towns_of_a_province(), reading(10));
    EXPECT_EQ(result.rows, "big,2024-03-05,2024-03-05,0.9,ACLED\nsmall,2024-03-05,2024-03-05,0.1,ACLED\n");
    EXPECT_EQ(result.import.near, 1);
    EXPECT_EQ(result.import.strikes_by_day.not_sure(), 1);
    EXPECT_EQ(read(with_admin1() + imprecise("Big", "", 2), towns_of_a_province(), reading(1)).rows,
              "big,2024-03-05,2024-03-05,1,ACLED\n")
        << "alone in reach";
}

TEST(AcledPrecision, of_a_province_is_divided_among_its_towns) {
    const std::string shares =
        "big,2024-03-05,2024-03-05,0.45,ACLED\nsmall,2024-03-05,2024-03-05,0.05,ACLED\n"
        "far,2024-03-05,2024-03-05,0.5,ACLED\n";
    const auto network = towns_of_a_province();
    EXPECT_EQ(read(with_admin1() + imprecise("Capital", "Unheard of", 3), network, reading(10)).rows, shares)
        << "the province of the place near its point";
    auto options = reading(10);
    const auto of_area = "big,2024-03-05,2024-03-05," + fmt::format("{}", 900.0 / 1900);
    EXPECT_THAT(read(with_admin1() + imprecise("Capital", "Uplands", 3), network, options).rows,
                HasSubstr(of_area));
    options.provinces = {{"highground", "uplands"}};
    EXPECT_THAT(read(with_admin1() + imprecise("Capital", "High Ground", 3), network, options).rows,
                HasSubstr(of_area));
}

TEST(AcledPrecision, loses_and_doubles_nothing) {
    const auto result = read(with_admin1() + imprecise("Big", "", 1) + imprecise("Big", "", 2, 2) +
                                 imprecise("Capital", "", 3) + imprecise("Capital", "uplands", 3, 3),
                             towns_of_a_province(), reading(10));
    double all = 0;
    for (const auto& row : result.bombardment) all += *row.strikes_per_day * (*row.to - row.from + 1);
    EXPECT_NEAR(all, 4, 1e-12);
    EXPECT_EQ(result.import.strikes, 4);
    EXPECT_EQ(result.import.provincial, 2);
    EXPECT_EQ(result.import.strikes_by_day.not_sure(), 3);
    EXPECT_DOUBLE_EQ(uncertainty_of(result.import.strikes_by_day), 0.88) << "0.75 of 1 and 0.25 of 0.3^2";
    for (std::size_t a = 0; a < result.bombardment.size(); ++a) {
        for (std::size_t b = a + 1; b < result.bombardment.size(); ++b) {
            const auto &x = result.bombardment[a], &y = result.bombardment[b];
            EXPECT_TRUE(x.place != y.place || *x.to < y.from) << "a later entry would replace an earlier one";
        }
    }
}

TEST(AcledPrecision, of_an_unknown_province_is_said) {
    auto network = towns_of_a_province();
    for (auto& place : network.places.own()) place.adm1_pcode.clear();
    const auto result = read(with_admin1() + imprecise("Capital", "Lowlands", 3), network, reading(10));
    EXPECT_EQ(result.rows, "");
    EXPECT_EQ(result.import.vague, 1);
    EXPECT_THAT(result.report, HasSubstr("only the province 'Lowlands' is known, and none of its towns"));
}

}  // namespace
}  // namespace nuzuh::region
