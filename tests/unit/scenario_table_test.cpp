// Tables as other programs write them say the same as ours.
#include "scenario_files.hpp"

#include <gmock/gmock.h>

#include "sim/scenario/hints.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh {
namespace {

using test::Folder;
using testing::HasSubstr;

const std::string ours =
    "place,name,type,lat,lon,population,capacity\n"
    "east,East,town,36,37,20000,\n"
    "west,\"West; the old, one\",town,36.05,36.7,30000,\n"
    "north,North,camp,36.4,36.7,,3000\n";

std::string scenario_with(const Folder& folder, const std::string& places) {
    folder.write("net/places.csv", places);
    folder.write("net/routes.csv", "route,from,to,km\neast_west,east,west,32\nwest_north,west,north,41\n");
    return folder.write("s.yaml",
                        "title: T\nperiod: {from: 2024-03-01, to: 2024-03-31}\nnetwork: net\n"
                        "groups: [{name: all, share: 1}]\n");
}

Network read(const std::string& places) {
    const Folder folder;
    return test::loaded(scenario_with(folder, places)).settings.network;
}

/// What is said of a table of places, refused or not.
std::string said_of(const std::string& places) {
    const Folder folder;
    return report(load_scenario(scenario_with(folder, places)).findings());
}

TEST(TablesOfOthers, of_r_have_row_names_quotes_and_na) {
    const std::string rows =
        "\"1\",\"east\",\"East\",\"town\",36,37,20000,NA\n"
        "\"2\",\"west\",\"West; the old, one\",\"town\",36.05,36.7,3e+04,NA\n"
        "\"3\",\"north\",\"North\",\"camp\",36.4,36.7,NA,3000\n";
    const std::string columns = "\"place\",\"name\",\"type\",\"lat\",\"lon\",\"population\",\"capacity\"\n";
    for (const char* first : {"\"\",", "\"X\",", "\"...1\",", "\"Unnamed: 0\",", ","}) {
        EXPECT_EQ(read(first + columns + rows), read(ours)) << first;
        EXPECT_EQ(said_of(first + columns + rows), "") << first;
    }
}

TEST(TablesOfOthers, of_pandas_have_an_index_and_numbers_with_a_point) {
    EXPECT_EQ(read(",place,name,type,lat,lon,population,capacity\n"
                   "0,east,East,town,36.0,37.0,20000.0,\n"
                   "1,west,\"West; the old, one\",town,36.05,36.7,30000.0,\n"
                   "7,north,North,camp,36.4,36.7,,3000.0\n"),
              read(ours));
}

TEST(TablesOfOthers, may_number_their_row_of_tags_too) {
    const std::string rows =
        "1,east,East,town,36,37,20000,\n2,west,\"West; the old, one\",town,36.05,36.7,30000,\n"
        "3,north,North,camp,36.4,36.7,,3000\n";
    const std::string columns = ",place,name,type,lat,lon,population,capacity\n";
    EXPECT_EQ(read(columns + "0,#loc,#loc+name,,#geo+lat,#geo+lon,#population,\n" + rows), read(ours));
    EXPECT_EQ(read(columns + "0,#loc,#loc+name,NA,#geo+lat,#geo+lon,#population,NA\n" + rows), read(ours));
}

TEST(TablesOfOthers, of_spreadsheets_have_semicolons_tabs_and_decimal_commas) {
    const std::string semicolons =
        "place;name;type;lat;lon;population;capacity\n"
        "east;East;town;36;37;20000;\n"
        "west;\"West; the old, one\";town;36,05;36,7;30000;\n"
        "north;North;camp;36,400;36,700;;3000\n";
    EXPECT_EQ(read(semicolons), read(ours));
    EXPECT_EQ(read("sep=;\n" + semicolons), read(ours));
    EXPECT_EQ(read("\xEF\xBB\xBF" + semicolons + ";;;;;;\n"), read(ours));
    EXPECT_EQ(read("place\tname\ttype\tlat\tlon\tpopulation\tcapacity\n"
                   "east\tEast\ttown\t36\t37\t20000\t\n"
                   "west\tWest; the old, one\ttown\t36.05\t36.7\t30000\t\n"
                   "north\tNorth\tcamp\t36.4\t36.7\t\t3000\n"),
              read(ours));
}

TEST(TablesOfOthers, with_points_among_decimal_commas_or_commas_that_tell_nothing_are_refused) {
    const std::string columns = "place;name;type;lat;lon;population\n";
    EXPECT_THAT(said_of(columns + "east;East;town;36,05;37;20.000\n"), HasSubstr("decimal comma"));
    EXPECT_THAT(said_of(columns + "east;East;town;36;37;20,000\n"), HasSubstr("write 20000"));
    EXPECT_THAT(said_of("place,name,type,lat,lon,population\neast,East,town,36,37,\"20,5\"\n"),
                HasSubstr("write 20.5, with a point"));
}

TEST(TablesOfOthers, may_end_in_rows_and_columns_of_separators) {
    std::string wide = ours + ",,,,,,\n , ,\"\",,,,\n,,,,,,,,,,\n";
    EXPECT_EQ(read(wide), read(ours));
    for (std::size_t at = wide.find('\n'); at != wide.npos; at = wide.find('\n', at + 4))
        wide.insert(at, ",,,");
    EXPECT_EQ(read(wide), read(ours));
}

TEST(TablesOfOthers, keep_an_unnamed_column_that_says_something) {
    EXPECT_THAT(said_of(",place,name,type,lat,lon\nEast,east,East,town,36,37\n"),
                HasSubstr("a column without a name"));
    EXPECT_THAT(said_of("place,,name,type,lat,lon\neast,1,East,town,36,37\n"),
                HasSubstr("a column without a name"));
    EXPECT_THAT(said_of(",place,name,type,lat,lon\n1,east,East,town,36,37\n1,west,West,town,36,37\n"),
                HasSubstr("a column without a name"));  // a number twice numbers no rows
}

TEST(TablesOfOthers, na_without_quotes_is_missing_and_said_where_it_may_be_a_text) {
    const std::string columns = "place,name,type,lat,lon,country,capacity\n";
    const auto network = read(columns +
                              "east,East,town,36,37,NA,NA\nwest,West,town,36,37,NA,NA\n"
                              "north,North,camp,36,37,SY,100\n");
    EXPECT_EQ(network.places[0].country, "");
    EXPECT_EQ(network.places[0].capacity, std::nullopt);
    const auto said = said_of(columns + "east,East,town,36,37,NA,NA\nwest,West,town,36,37,NA,NA\n");
    EXPECT_THAT(said, HasSubstr(":1:25: warning: NA in the column 'country' is taken for a missing value"));
    EXPECT_EQ(said.find("warning"), said.rfind("warning"));
    EXPECT_THAT(said_of(columns + "east,East,town,NA,37,,\n"), HasSubstr("needs a value in every row"));
    EXPECT_THAT(said_of(columns + "east,East,town,36,37,\"NA\",\n"), HasSubstr("'country' is the text 'NA'"));
}

TEST(TablesOfOthers, without_rows_are_said) {
    const Folder folder;
    folder.write("base.yaml", test::base);
    folder.write("strikes.csv", "place,from,to,strikes_per_day\n,,,\n");
    const auto path = folder.write("s.yaml", "extends: base.yaml\nbombardment: [{table: strikes.csv}]\n");
    EXPECT_THAT(report(load_scenario(path).findings()), HasSubstr("the table has a header and no rows"));
}

scenario::Node scalar(const std::string& text) {
    scenario::Node node;
    node.kind = scenario::Kind::scalar;
    node.text = text;
    return node;
}

TEST(ValuesOfOthers, whole_numbers_may_have_a_point) {
    for (const auto& [text, value] :
         std::vector<std::pair<std::string, std::int64_t>>{{"4", 4},
                                                           {"4.0", 4},
                                                           {"-2.000", -2},
                                                           {"1e3", 1000},
                                                           {"1e+05", 100000},
                                                           {"+7", 7},
                                                           {"8999999999999999", 8999999999999999},
                                                           {"9007199254740991.0", 9007199254740991}}) {
        std::int64_t read = 0;
        EXPECT_FALSE(scenario::read_integer(scalar(text), "-", {}, read)) << text;
        EXPECT_EQ(read, value) << text;
    }
    std::int64_t read = 0;
    for (const char* text : {"2.5", "1e-3", "1e300", "four"})
        EXPECT_TRUE(scenario::read_integer(scalar(text), "-", {}, read)) << text;
}

TEST(ValuesOfOthers, flags_may_be_those_of_yaml_r_and_python) {
    for (const auto& [text, value] : std::vector<std::pair<std::string, bool>>{
             {"yes", true}, {"TRUE", true}, {"True", true}, {"no", false}, {"FALSE", false}, {"No", false}}) {
        bool read = !value;
        EXPECT_FALSE(scenario::read_flag(scalar(text), read)) << text;
        EXPECT_EQ(read, value) << text;
    }
    bool read = false;
    for (const auto& [text, hint] : std::vector<std::pair<std::string, std::string>>{{"on", "write true"},
                                                                                     {"y", "write true"},
                                                                                     {"1", "write true"},
                                                                                     {"off", "write false"},
                                                                                     {"0", "write false"},
                                                                                     {"maybe", ""}}) {
        const auto misread = scenario::read_flag(scalar(text), read);
        ASSERT_TRUE(misread) << text;
        EXPECT_EQ(misread->hint, hint) << text;
    }
    auto quoted = scalar("yes");
    quoted.quoted = true;
    EXPECT_TRUE(scenario::read_flag(quoted, read));
}

TEST(ValuesOfOthers, dates_at_exactly_midnight_are_dates) {
    for (const char* text : {"2019-04-29", "2019-04-29T00:00:00.000Z", "2019-04-29T00:00:00Z",
                             "2019-04-29 00:00:00", "2019-04-29T00:00", "2019-04-29T00:00:00+00:00",
                             "2019-04-29 00:00:00.000000", "2019-04-29 00:00:00 UTC"}) {
        Date read;
        EXPECT_FALSE(scenario::read_date(scalar(text), read)) << text;
        EXPECT_EQ(iso(read), "2019-04-29") << text;
    }
    for (const char* text : {"2019-04-29T12:00:00.000Z", "2019-04-28T22:00:00.000Z", "2019-04-29T00:00:01",
                             "2019-04-29T00:00:00.001Z", "2019-04-29T00:00:00+02:00", "2019-04-29T",
                             "2019-04-29 00", "2019-04-29T00:00:00ZZ", "2019-02-29T00:00"}) {
        Date read;
        EXPECT_TRUE(scenario::read_date(scalar(text), read)) << text;
    }
}

TEST(ValuesOfOthers, numbers_that_count_days_get_the_likely_date) {
    for (const auto& [text, hint] : std::vector<std::pair<std::string, std::string>>{
             {"18015", "18015 is 2019-04-29 in days since 1970-01-01, as R counts: write 2019-04-29"},
             {"18015.0", "18015.0 is 2019-04-29 in days since 1970-01-01, as R counts: write 2019-04-29"},
             {"43584", "43584 is 2019-04-29 as spreadsheets count days: write 2019-04-29"},
             {"20190429", "write 2019-04-29"},
             {"1556496000", "1556496000 is 2019-04-29 in seconds since 1970-01-01: write 2019-04-29"},
             {"1556496000000",
              "1556496000000 is 2019-04-29 in milliseconds since 1970-01-01: write 2019-04-29"},
             {"NA", "leave it out where it is not known"},
             {".na", "leave it out where it is not known"},
             {"2019", "dates are written YYYY-MM-DD"},
             {"20191399", "dates are written YYYY-MM-DD"},
             {"12345678901234", "dates are written YYYY-MM-DD"}})
        EXPECT_EQ(scenario::misread_date(text).hint, hint) << text;
}

}  // namespace
}  // namespace nuzuh
