// Forms in which the same table comes: letters, marks of numbers, columns of other exports, places on the other side of the world.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/region/hxl.hpp"
#include "sim/region/numbers.hpp"
#include "sim/region/population.hpp"
#include "sim/region/region.hpp"
#include "sim/region/reports.hpp"
#include "sim/region/strikes.hpp"
#include "tests/region/tables_fixture.hpp"

namespace nuzuh::region {
namespace {

using test::Folder;
using test_tables::all_of, test_tables::ids, test_tables::march, test_tables::people, test_tables::places_of,
    test_tables::units;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Forms, numbers_are_read_by_their_marks) {
    const Folder folder;
    const auto numbers = [&](const std::string& text) {
        const auto sheet = read_sheet(folder.write("a.csv", text));
        std::vector<double> all;
        if (sheet) {
            for (const auto& row : sheet->rows) all.push_back(sheet->number(row, 0).value_or(-1));
        }
        return all;
    };
    EXPECT_THAT(numbers("n;x\n12,345,678;a\n85,000;a\n1.234.567;a\n-3.5;a\n1 234;a\n1'234;a\n1\u00A0234;a\n"),
                ElementsAre(12345678, 85000, 1234567, -3.5, 1234, 1234, 1234));
    EXPECT_THAT(numbers("n;x\n2,25;a\n1.234,5;a\n30,205;a\n85.000;a\n2.5;a\n"),
                ElementsAre(2.25, 1234.5, 30.205, 85000, 2.5));
    EXPECT_THAT(numbers("n;x\n1,2,3;a\n1.2.3;a\n1,234.5,6;a\n12,34.5;a\n,5;a\n"),
                ElementsAre(-1, -1, -1, -1, 0.5));
}

TEST(Forms, numbers_are_read_in_other_scripts_and_groupings) {
    for (const auto& [written, plain] : {std::pair{"٤٠٠٬٠٠٠", "400000"},
                                         {"۲۰۰۰۰۰", "200000"},
                                         {"१२,३४,५६७", "1234567"},
                                         {"12,34,567", "1234567"},
                                         {"1,00,000.5", "100000.5"},
                                         {"৩৪৫", "345"},
                                         {"٣٫٥", "3.5"},
                                         {"\u22123.5", "-3.5"},
                                         {"\u200F12\u2007345", "12345"},
                                         {"１２３", "123"},
                                         {"123,45,678", ""},
                                         {"12,3,456", ""},
                                         {"1,234,56", ""}})
        EXPECT_EQ(plain_number(written, false), plain) << written;
}

TEST(Forms, columns_are_known_by_their_hashtags) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said =
        add_population({folder.write("c.csv",
                                     "Población por municipio\nCódigo,Municipio,Mujeres,Personas\n"
                                     "#adm2+code,#adm2+name,#population+f,#population+total\n"
                                     "XX11,Ayr,4,10\nXX12,Bet,9,20\nXX21,Ayr,1,30\n"
                                     "Fuente: censo,,,\n* provisional,,,\n")},
                       {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(people(gazetteer), 60);
    EXPECT_THAT(all_of(said), HasSubstr("c.csv:7 2 notes below the table are left out"));
    EXPECT_EQ(key_of_hxl("#affected +idps +ind"), "numpresentidpind");
    for (const auto* part : {"#affected+idps+hh", "#affected+idps+f", "#affected+refugees",
                             "#population+age_0_4", "#adm2+name+alt"})
        EXPECT_EQ(key_of_hxl(part), "") << part;
    const auto reports =
        read_reports({folder.write("dtm.csv",
                                   "Round,Locality,Code,Families,Individuals,Day\n#round,#adm2+name,"
                                   "#adm2+code,#affected+idps+hh,#affected+idps+ind,#date+reported\n"
                                   "3,Ayr,XX11,20,100,5 March 2025\n")},
                     gazetteer, march, {});
    ASSERT_TRUE(reports) << all_of(reports.findings());
    ASSERT_EQ(reports->figures.size(), 1u);
    EXPECT_EQ(reports->figures[0].persons, 100);
}

TEST(Forms, answers_of_interfaces_say_which_part_they_are) {
    const Folder folder;
    const auto page = read_sheet(folder.write(
        "a.json", R"({"TotalCount": 3, "TotalPages": 3, "Note": [], "Result": [{"id": 1, "best": 2}]})"));
    ASSERT_TRUE(page) << all_of(page.findings());
    EXPECT_EQ(page->rows.size(), 1u);
    EXPECT_THAT(all_of(page.findings()), HasSubstr("one page of 3"));
    const auto cut = read_sheet(folder.write("b.geojson", R"({"type": "FeatureCollection", "properties":
        {"exceededTransferLimit": true}, "features": [{"type": "Feature", "properties": {"a": 1}, "geometry": null}]})"));
    EXPECT_THAT(all_of(cut.findings()), HasSubstr("the server has more than it gave"));
}

/// The text in two bytes a letter; the first is the smaller half.
std::string in_utf16(const std::string& latin) {
    std::string bytes = "\xFF\xFE";
    for (const char c : latin) {
        bytes += c;
        bytes += '\0';
    }
    return bytes;
}

TEST(Forms, of_one_table_are_the_same_places) {
    const Folder folder;
    const std::string plain =
        "name,lat,lon,population\n\"Alpha, old\",-10.5,30.25,1200\nBeta,-10.75,30.5,85000\n";
    const std::string spreadsheet =
        "name;lat;lon;population\r\n\"Alpha, old\";-10,5;30,25;1 200\r\nBeta;-10,75;30,5;85.000\r\n";
    std::string tabs = plain;
    std::replace(tabs.begin(), tabs.end(), ',', '\t');
    tabs.replace(tabs.find("\"Alpha\t old\""), 12, "Alpha, old");
    for (const auto& text :
         {plain, "\xEF\xBB\xBF" + plain, spreadsheet, in_utf16(tabs), "Places of a land,,,\n,,,\n" + plain,
          std::string("name,lat,lon,population,,\n#loc,#geo+lat,#geo+lon,#pop,,\n\"Alpha, "
                      "old\",-10.5,30.25,1200,,\n\n"
                      "Beta,-10.75,30.5,85000,,\n")}) {
        const auto gazetteer = places_of(folder, "places.csv", text);
        EXPECT_THAT(ids(gazetteer), ElementsAre("alpha_old", "beta")) << text;
        EXPECT_EQ(people(gazetteer), 86200) << text;
        EXPECT_EQ(gazetteer.places[0].place.lat, -10.5) << text;
        EXPECT_EQ(gazetteer.places[1].place.lon, 30.5) << text;
    }
}

TEST(Forms, of_tables_in_french_spanish_and_portuguese_are_the_same_places) {
    const Folder folder;
    const std::string rows =
        "Alpha,10,30,1200,,\nBêta,10.5,30,\"85,000\",town,500\nTents,10.2,30.2,0,CAMP,1.200\n";
    for (const std::string header :
         {"name,lat,lon,population,type,capacity", "Localité,Latitude,Longitude,Habitants,Type,Capacité",
          "Localidad,Latitud,Longitud,Población,Tipo,Capacidad",
          "Localidade,Latitude,Longitude,População,Tipo,Capacidade"}) {
        const auto gazetteer = places_of(folder, "places.csv", header + "\n" + rows);
        EXPECT_THAT(ids(gazetteer), ElementsAre("alpha", "beta", "tents")) << header;
        EXPECT_EQ(people(gazetteer), 86200) << header;
        EXPECT_EQ(gazetteer.places[2].place.type, PlaceType::idp_camp) << header;
        EXPECT_EQ(gazetteer.places[1].place.capacity, 500) << header;
        EXPECT_EQ(gazetteer.places[2].place.capacity, 1200) << "points of " << header;
        EXPECT_FALSE(gazetteer.places[0].place.capacity) << header;
        EXPECT_THAT(all_of(gazetteer.notes), Not(HasSubstr("nothing is read"))) << header;
    }
}

TEST(Forms, columns_of_which_nothing_is_read_are_said) {
    const Folder folder;
    const auto gazetteer =
        places_of(folder, "places.csv", "name,lat,lon,Beds,ADM1_PCODE,Notes\nAlpha,10,30,900,XX1,new\n");
    EXPECT_THAT(all_of(gazetteer.notes),
                HasSubstr("places.csv:0 columns of which nothing is read: 'beds', 'notes'\n"));
}

TEST(Forms, of_capacities_that_are_no_numbers_are_mistakes) {
    const Folder folder;
    const auto read = read_gazetteer(
        {folder.write("p.csv", "name,lat,lon,capacity\nA,10,30,about 500\nB,10,31,-1\nC,10,32,\n")}, {});
    ASSERT_FALSE(read);
    EXPECT_EQ(all_of(read.findings()).find("p.csv:4"), std::string::npos);
    EXPECT_THAT(all_of(read.findings()), HasSubstr("p.csv:2 'about 500' is no capacity"));
    EXPECT_THAT(all_of(read.findings()), HasSubstr("p.csv:3 '-1' is no capacity"));
}

TEST(Forms, of_other_exports_of_places_are_known) {
    const Folder folder;
    const auto with_codes =
        places_of(folder, "geonames.csv",
                  "geonameid,name,latitude,longitude,feature_class,feature_code,population\n"
                  "1,Alpha,10,30,P,PPL,50\n2,Alpha Province,10,30.5,A,ADM1,900\n3,Tents,10,31,S,CMPRF,7\n");
    EXPECT_THAT(ids(with_codes), ElementsAre("alpha", "tents"));
    EXPECT_EQ(with_codes.places[1].place.type, PlaceType::idp_camp);
    EXPECT_EQ(people(with_codes), 50) << "nobody lives in a camp at the start";
    EXPECT_THAT(all_of(with_codes.notes), HasSubstr("left out, ADM1: 1"));
    const auto cities =
        places_of(folder, "cities.csv", "city,lat,lng,pop_2015,pop_2023\nGamma,10,30,50,60\n");
    EXPECT_EQ(cities.places[0].place.population, 60);
    EXPECT_THAT(all_of(cities.notes), HasSubstr("people are those of 2023, of 2 columns of years"));
    const auto ukrainian =
        places_of(folder, "units.csv", "ADM1_UK,ADM1_PCODE,center_lat,center_lon\nСуми,UA59,51,34\n");
    EXPECT_EQ(ukrainian.places[0].place.name, "Суми");
    EXPECT_THAT(ids(ukrainian), ElementsAre("place_ua59"));
}

TEST(Forms, of_people_of_several_years_are_those_of_the_last) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said = add_population(
        {folder.write("c.csv",
                      "ADM2_PCODE,T_TL_2019,T_TL_2021,F_TL_2021\nXX11,5,10,4\nXX12,6,20,9\nXX21,7,30,9\n")},
        {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(people(gazetteer), 60);
    EXPECT_THAT(all_of(said), HasSubstr("people are those of 2021"));
}

TEST(Forms, of_people_with_points_between_thousands_are_no_fractions) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto file = folder.write("c.csv", "ADM2_PCODE;T_TL\nXX11;276.042\nXX12;1.000.000\nXX21;850\n");
    const auto said = add_population({file}, {}, gazetteer);
    EXPECT_EQ(people(gazetteer), 1276892);
    EXPECT_THAT(all_of(said), HasSubstr("read as standing between thousands"));
    add_population({folder.write("d.csv", "ADM2_PCODE;T_TL\nXX11;276.5\nXX12;1.250\nXX21;850\n")}, {},
                   gazetteer);
    EXPECT_NEAR(people(gazetteer), 1128, 1) << "276.5 is a fraction, and so is 1.250 beside it";
    EXPECT_EQ(
        people(places_of(folder, "p.csv", "name;lat;lon;population\nA;10.125;30;85.000\nB;10;31;900\n")),
        85900);
}

TEST(Places, whose_identifiers_are_none_or_stand_twice_are_said) {
    const Folder folder;
    const auto read = [&](const std::string& text) {
        const auto places = read_gazetteer({folder.write("p.csv", text)}, {});
        return all_of(places ? places->notes : places.findings());
    };
    EXPECT_THAT(read("place,name,lat,lon\nalif,Alif,10,30\nba,Ba,10,31\nalif,Jim,10,32\n"),
                HasSubstr("p.csv:4 the identifier 'alif' stands in"));
    EXPECT_THAT(
        read("id,name,lat,lon\n1,Alif,10,30\n2,Ba,10,31\n"),
        HasSubstr("p.csv:2 the column 'id' holds no identifiers, since '1' is a number: names are taken"));
    EXPECT_THAT(read("place,name,lat,lon\ntown,Alif,10,30\ntown,Ba,10,31\n"),
                HasSubstr("since 'town' is a kind of place: names are taken"));
    EXPECT_THAT(read("place,name,lat,lon\nalif,Alif,10,30\n,Ba,10,31\n"), HasSubstr("since '' is empty"));
}

TEST(Places, of_a_damaged_dump_of_geonames_are_refused_with_the_row) {
    const Folder folder;
    const std::string good = "1\tAlif\tAlif\t\t10\t30\tP\tPPL\tXX\t\t01\t\t\t\t90\t\t\tAfrica/Cairo\t\n";
    const auto read = read_gazetteer({folder.write("XX.txt", good + "2\tBa\tBa\t\t10\n")}, {});
    ASSERT_FALSE(read);
    EXPECT_THAT(all_of(read.findings()), HasSubstr("XX.txt:2 a row of 5 cells; a dump of GeoNames has 19"));
}

TEST(Strikes, of_weekly_counts_by_province_are_spread_over_days_and_towns) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    for (auto& one : gazetteer.places) one.place.population = one.place.place == "bet_upper" ? 300 : 100;
    Network network;
    for (const auto& one : gazetteer.places) {
        network.places.push_back(one.place);
        network.areas.push_back({area_of(one.units.code[1]), one.place.place});
    }
    const std::string weeks =
        "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,POPULATION_EXPOSURE,DISORDER_"
        "TYPE,ID,"
        "CENTROID_LATITUDE,CENTROID_LONGITUDE\n"
        "2025-03-01,R,X,North,Explosions/Remote violence,Air/drone strike,14,0,,Political "
        "violence,1,10.1,30\n"
        "2025-03-01,R,X,North,Battles,Armed clash,5,0,,Political violence,1,10.1,30\n"
        "01-February-2020,R,X,North,Explosions/Remote violence,Air/drone strike,3,0,,Political "
        "violence,1,10.1,30\n"
        "2025-03-01,R,Y,Elsewhere,Explosions/Remote violence,Air/drone strike,9,0,,Political "
        "violence,2,50,50\n";
    const auto strikes = read_strikes({folder.write("weeks.csv", weeks)}, gazetteer, network, march, 10);
    ASSERT_TRUE(strikes) << all_of(strikes.findings());
    const auto bombardment = strikes->by_day.entries(network);
    ASSERT_EQ(bombardment.size(), 2u);
    EXPECT_NEAR(*bombardment[0].strikes_per_day, 0.5, 1e-12) << "a quarter of two a day";
    EXPECT_NEAR(*bombardment[1].strikes_per_day, 1.5, 1e-12);
    EXPECT_EQ(iso(bombardment[0].from), "2025-03-01");
    EXPECT_EQ(iso(*bombardment[0].to), "2025-03-07");
    EXPECT_EQ(strikes->by_day.not_sure(), 14);
    EXPECT_THAT(all_of(strikes->notes),
                HasSubstr("14 strikes spread over their weeks and the towns of their provinces; "
                          "not taken: 5 events of other kinds, 3 outside the period, 9 in"));
}

}  // namespace
}  // namespace nuzuh::region
