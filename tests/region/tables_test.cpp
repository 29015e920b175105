// Tables of a region: forms that are told apart, places, people who are neither lost nor doubled, reports.
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/region/gazetteer.hpp"
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

TEST(Identifier, is_small_letters_digits_and_underscores) {
    EXPECT_EQ(identifier_of("Kafr Nabl"), "kafr_nabl");
    EXPECT_EQ(identifier_of("Alaïli Ḏaḏḏa‘"), "alaili_dadda");
    EXPECT_EQ(identifier_of("Saint-Louis (new)"), "saint_louis_new");
    EXPECT_EQ(identifier_of("حلب"), "");
}

TEST(Sheet, numbers_have_commas_or_points) {
    const Folder folder;
    const auto sheet = read_sheet(folder.write("a.csv", "a;b;c\n1,5;12,345.5;x\n"));
    ASSERT_TRUE(sheet) << all_of(sheet.findings());
    EXPECT_EQ(sheet->number(sheet->rows[0], 0), 1.5);
    EXPECT_EQ(sheet->number(sheet->rows[0], 1), 12345.5);
    EXPECT_FALSE(sheet->number(sheet->rows[0], 2));
}

TEST(Places, of_units_have_codes_and_are_in_force) {
    const Folder folder;
    const auto gazetteer = places_of(folder, "units.csv", units);
    EXPECT_THAT(ids(gazetteer), ElementsAre("ayr_xx11", "bet_upper", "ayr_xx21"));
    EXPECT_EQ(gazetteer.places[1].place.pcode, "XX12");
    EXPECT_EQ(gazetteer.places[1].place.adm1_pcode, "XX1");
    EXPECT_THAT(all_of(gazetteer.notes), HasSubstr("no longer in force (valid_to): 1"));
    EXPECT_THAT(all_of(gazetteer.notes), HasSubstr("without P-code: 1"));
}

TEST(Places, that_stand_twice_are_a_mistake_with_both_rows) {
    const Folder folder;
    const auto read =
        read_gazetteer({folder.write("u.csv", units + "South,XX2,Ayr,XX21,2020-01-01,,9.0,30.0\n")}, {});
    ASSERT_FALSE(read);
    EXPECT_THAT(all_of(read.findings()), HasSubstr("u.csv:7 P-code 'XX21' stands in row 4 too"));
}

TEST(Places, of_geonames_are_towns_and_camps) {
    const Folder folder;
    const auto row = [](const char* id, const char* name, const char* others, const char* kind,
                        const char* code, const char* people) {
        return std::string(id) + "\t" + name + "\t" + name + "\t" + others + "\t11.5\t4" + id + "\t" + kind +
               "\t" + code + "\tDJ\t\t05\t\t\t\t" + people + "\t\t\tAfrica/Djibouti\t\n";
    };
    const auto gazetteer = places_of(
        folder, "DJ.txt",
        row("1", "Ta\"ba", "Taba,تابة,Tabah", "P", "PPLA", "5000") +
            row("2", "Quarter", "", "P", "PPLX", "900") + row("3", "Camp", "", "S", "CMPRF", "700") +
            row("4", "Old town", "", "P", "PPLQ", "10") + row("5", "Hill", "", "T", "HLL", ""));
    EXPECT_THAT(ids(gazetteer), ElementsAre("taba", "camp"));
    EXPECT_EQ(gazetteer.places[0].place.name_ar, "تابة");
    EXPECT_EQ(gazetteer.places[0].place.spellings, "Tabah");
    EXPECT_EQ(gazetteer.places[1].place.type, PlaceType::idp_camp);
    EXPECT_EQ(people(gazetteer), 5000);
    EXPECT_THAT(all_of(gazetteer.notes), HasSubstr("rows left out, PPLX: 1"));
}

TEST(Places, of_geojson_lie_inside_their_area) {
    const Folder folder;
    // A horseshoe, whose middle lies outside of it, and a hole.
    const auto gazetteer = places_of(folder, "units.geojson", R"({"type": "FeatureCollection", "features": [
      {"type": "Feature", "properties": {"adm1_pcode": "XX1", "adm1_name": "Shoe"}, "geometry": {"type": "MultiPolygon",
       "coordinates": [[[[0,0],[1,0],[1,9],[8,9],[8,0],[9,0],[9,10],[0,10],[0,0]]], [[[20,0],[21,0],[21,1],[20,0]]]]}},
      {"type": "Feature", "properties": {"adm1_pcode": "XX2", "adm1_name": "Ring"}, "geometry": {"type": "Polygon",
       "coordinates": [[[0,20],[10,20],[10,30],[0,30],[0,20]], [[4,22],[9,22],[9,28],[4,28],[4,22]]]}}]})");
    const auto& shoe = gazetteer.places[0].place;
    EXPECT_EQ(shoe.lat, 5);
    EXPECT_TRUE((shoe.lon > 0 && shoe.lon < 1) || (shoe.lon > 8 && shoe.lon < 9)) << shoe.lon;
    EXPECT_NEAR(gazetteer.places[1].place.lon, 2, 1e-9);  // west of the hole, where it is widest
}

TEST(Places, of_an_export_of_openstreetmap_are_towns_with_names_of_both_letters) {
    const Folder folder;
    const auto gazetteer = places_of(folder, "places.csv",
                                     "osm_id,name,name_en,place,population,lat,lon\n"
                                     "1,تابة,Taba,town,\"85,000\",10,30\n2,Bet,,village,about "
                                     "300,10,31\n3,Hut,,isolated_dwelling,,10,32\n");
    EXPECT_THAT(ids(gazetteer), ElementsAre("taba", "bet"));
    EXPECT_EQ(gazetteer.places[0].place.name_ar, "تابة");
    EXPECT_EQ(people(gazetteer), 85300);
    EXPECT_THAT(all_of(gazetteer.notes), HasSubstr("population 'about 300' is read as 300"));
    EXPECT_THAT(all_of(gazetteer.notes), HasSubstr("left out, isolated_dwelling: 1"));
}

TEST(Places, that_are_wrong_are_all_said) {
    const Folder folder;
    const auto read = read_gazetteer(
        {folder.write("p.csv", "name,lat,lon,type\nA,91,30,town\n,10,30,town\nB,10,30,castle\n")}, {});
    ASSERT_FALSE(read);
    const auto said = all_of(read.findings());
    EXPECT_THAT(said, HasSubstr("p.csv:2 'A' lies nowhere"));
    EXPECT_THAT(said, HasSubstr("p.csv:3 a place without a name"));
    EXPECT_THAT(said, HasSubstr("p.csv:4 type 'castle'"));
    const auto nowhere = read_gazetteer({folder.write("q.csv", "town,people\nA,5\n")}, {});
    EXPECT_THAT(all_of(nowhere.findings()),
                HasSubstr("places need columns lat lon and there are town, people"));
}

const std::string census =
    "ADM1_PCODE,ADM1_NAME,ADM2_PCODE,ADM2_NAME,Population_group,Population\n"
    "#adm1,#adm1,#adm2,#adm2,#population,#population\n"
    "XX1,North,XX11,Ayr,T_TL,1001\n"
    "XX1,North,XX11,Ayr,F_TL,501\n"
    "XX1,North,XX19,Bêt upper,T_TL,300\n"  // a code of another version, the same name
    "XX2,South,XX21,Ayr,T_TL,2000\n"
    "XX2,South,XX28,Gone,T_TL,70\n"  // a unit that is not there: the places of XX2
    "XX9,South,XX91,Far,T_TL,9\n";   // nor the one above, but its name

TEST(Places, whose_coordinates_mean_others_are_said) {
    const Folder folder;
    const auto said = [&](const std::string& rows) {
        const auto read = read_gazetteer(
            {folder.write("p.csv",
                          "name,lat,lon\nA,15.0,36.0\nB,15.2,36.2\nC,14.0,35.0\nD,14.1,35.5\n" + rows)},
            {{}, {}});
        return (has_errors(read.findings()) ? "wrong: " : "right: ") +
               all_of(read ? read->notes : read.findings());
    };
    EXPECT_THAT(said("E,0,0\n"), HasSubstr("p.csv:6 'E' lies at 0, 0, which means no place"));
    EXPECT_THAT(said("E,35.3,14.3\n"), HasSubstr("and among them with latitude and longitude exchanged"));
    EXPECT_THAT(said("E,60.3,14.3\n"),
                HasSubstr("km from the middle of all places: are its coordinates right?"));
    EXPECT_EQ(said("E,13.0,33.0\n"), "right: ");
    // On both sides of the antimeridian and of the equator.
    const auto islands = read_gazetteer(
        {folder.write("i.csv", "name,lat,lon\nA,-0.5,179.5\nB,0.5,-179.5\nC,-1,179.9\nD,0.1,-179.9\n")},
        {{}, {}});
    EXPECT_THAT(all_of(islands->notes), "");
}

TEST(Places, are_of_the_kinds_that_are_asked_for) {
    const Folder folder;
    const auto row = [](const char* id, const char* name, const char* kind, const char* code) {
        return std::string(id) + "\t" + name + "\t" + name + "\t\t11.5\t4" + id + "\t" + kind + "\t" + code +
               "\tDJ\t\t05\t\t\t\t5\t\t\tAfrica/Djibouti\t\n";
    };
    const auto dump =
        folder.write("DJ.txt", row("1", "Capital", "P", "PPLC") + row("2", "Hamlet", "P", "PPL") +
                                   row("3", "Camp", "S", "CMPRF") + row("4", "Spot", "P", "PPLL"));
    const auto of = [&](const std::set<std::string>& kinds) {
        const auto read = read_gazetteer({dump}, {{}, {}, kinds});
        return read ? ids(*read) : std::vector{all_of(read.findings())};
    };
    EXPECT_THAT(of({}), ElementsAre("capital", "hamlet", "camp"));
    EXPECT_THAT(of({"PPLC", "PPLL"}), ElementsAre("capital", "camp", "spot"));
    EXPECT_THAT(of({"town"}), ElementsAre(HasSubstr("--kinds names no code of GeoNames")));
    PlaceNode hamlet;
    hamlet.id = "node/1", hamlet.name = "Well", hamlet.kind = "hamlet", hamlet.lat = 10, hamlet.lon = 20;
    EXPECT_FALSE(read_gazetteer({}, {{}, {hamlet}}));
    EXPECT_THAT(ids(*read_gazetteer({}, {{}, {hamlet}, {"hamlet"}})), ElementsAre("well"));
}

TEST(Population, is_neither_lost_nor_doubled) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said = add_population({folder.write("census.csv", census)}, {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(people(gazetteer), 3380);
    EXPECT_EQ(gazetteer.people, 3380);
    EXPECT_EQ(gazetteer.places[0].place.population, 1001);
    EXPECT_EQ(gazetteer.places[1].place.population, 300);
    EXPECT_EQ(gazetteer.places[2].place.population, 2079);
    EXPECT_THAT(all_of(said), HasSubstr("census.csv:5 P-code 'XX19'"));
    EXPECT_THAT(all_of(said),
                HasSubstr("5 rows, 3380 people; 3001 of them by a code of their own, 379 by name"));
}

TEST(Population, that_belongs_nowhere_is_a_mistake) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said = add_population(
        {folder.write("c.csv", "ADM1_PCODE,ADM1_NAME,T_TL\nYY1,Elsewhere,50\nXX1,North,x\n")}, {}, gazetteer);
    EXPECT_THAT(all_of(said), HasSubstr("c.csv:2 50 people of 'Elsewhere' (YY1) belong to no place"));
    EXPECT_THAT(all_of(said), HasSubstr("c.csv:3 'x' is no number of people"));
}

TEST(Population, of_a_unit_above_is_divided_by_what_is_known_below) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    add_population({folder.write("c.csv",
                                 "ADM1_PCODE,ADM1_NAME,ADM2_PCODE,ADM2_NAME,T_TL\nXX1,North,XX11,Ayr,300\n"
                                 "XX1,North,XX12,Bêt,100\nXX1,North,XX17,New,40\nXX2,South,XX21,Ayr,5\n")},
                   {}, gazetteer);
    EXPECT_EQ(gazetteer.places[0].place.population, 330);
    EXPECT_EQ(gazetteer.places[1].place.population, 110);
}

TEST(Population, of_a_unit_of_several_places_is_divided_by_what_is_known_of_them_and_not_to_camps) {
    const Folder folder;
    auto gazetteer =
        places_of(folder, "towns.csv",
                  "name,lat,lon,pcode,population,type\nA,10,30,XX1,900,town\nB,10,31,XX1,100,town\n"
                  "C,10,32,XX1,0,camp\nD,11,30,XX2,0,town\nE,11,31,XX2,0,camp\n");
    const auto said = add_population({folder.write("c.csv", "pcode,T_TL\nXX1,2000\nXX2,7\n")}, {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    std::vector<double> each;
    for (const auto& one : gazetteer.places) each.push_back(one.place.population);
    EXPECT_THAT(each, ElementsAre(1800, 200, 0, 7, 0));
}

TEST(Population, of_towns_without_codes_goes_by_name) {
    const Folder folder;
    auto gazetteer = places_of(folder, "towns.csv", "name,lat,lon\nÁyr,10,30\nBaker,10,31\n");
    const auto said = add_population(
        {folder.write("c.csv", "ADM1_PCODE,ADM1_NAME,T_TL\nXX1,Ayr,300\nXX2,Baker,40\n")}, {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(gazetteer.places[0].place.population, 300);
    EXPECT_EQ(gazetteer.places[1].place.population, 40);
    EXPECT_THAT(all_of(said), HasSubstr("to the place of the same name"));
}

TEST(Population, counts_nobody_twice) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    // HDX HAPI: levels, sexes and ages below each other.
    const std::string hapi =
        "admin1_code,admin1_name,admin2_code,admin2_name,admin_level,gender,age_range,population\n"
        "XX1,North,,,1,all,all,70\nXX1,North,XX11,Ayr,2,all,all,50\nXX1,North,XX11,Ayr,2,f,all,26\n"
        "XX1,North,XX11,Ayr,2,all,0-4,9\nXX1,North,XX12,Bet,2,all,all,20\nXX2,South,XX21,Ayr,2,all,all,5\n";
    const auto north = folder.write("hapi.csv", hapi);
    ASSERT_FALSE(has_errors(add_population({north}, {}, gazetteer)));
    EXPECT_EQ(people(gazetteer), 75);
    const auto years = folder.write("years.csv", "ADM2_PCODE,year,T_TL\nXX11,2019,5\nXX11,2020,6\n");
    EXPECT_THAT(all_of(add_population({years}, {}, gazetteer)),
                HasSubstr("last year of each unit, 2020: 1 rows of other years are left out"));
    EXPECT_EQ(people(gazetteer), 6);
    const auto twice = folder.write("twice.csv", "ADM2_PCODE,T_TL\nXX11,5\nXX11,6\n");
    EXPECT_THAT(all_of(add_population({twice}, {}, gazetteer)),
                HasSubstr("twice.csv:3 the people of 'XX11' stand in " + twice + " row 2 too"));
    EXPECT_TRUE(has_errors(add_population({north, years}, {}, gazetteer)));
    const auto other = folder.write("south.csv", "ADM2_PCODE,T_TL\nXX21,7\n");
    const auto half = folder.write("north.csv", "ADM2_PCODE,T_TL\nXX11,5\nXX12,6\n");
    ASSERT_FALSE(has_errors(add_population({other, half}, {}, gazetteer)));
    EXPECT_EQ(people(gazetteer), 18) << "two files add up";
    EXPECT_EQ(gazetteer.people, 18);
}

TEST(Population, of_totals_beside_their_parts_is_counted_once) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const std::string columns = "ADM0_PCODE,ADM1_PCODE,ADM1_NAME,ADM2_PCODE,ADM2_NAME,T_TL\n";
    const std::string parts =
        "XX,XX1,North,XX11,Ayr,100\nXX,XX1,North,XX12,Bet,50\nXX,XX2,South,XX21,Ayr,30\n";
    const auto said = add_population(
        {folder.write("c.csv", columns + "XX,,,,,180\nXX,XX1,North,,,151\n" + parts + ",,Total,,,180\n")}, {},
        gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(people(gazetteer), 180);
    EXPECT_EQ(gazetteer.people, 180);
    EXPECT_THAT(all_of(said), HasSubstr("c.csv:2 180 people of 'XX' are the total of other rows"));
    EXPECT_THAT(all_of(said),
                HasSubstr("c.csv:3 151 people of 'North' are the total of other rows, which count 150"));
    EXPECT_THAT(all_of(said), HasSubstr("c.csv:7 180 people of 'Total'"));
    EXPECT_THAT(all_of(add_population({folder.write("d.csv", columns + parts + "XX,XX1,North,,,300\n")}, {},
                                      gazetteer)),
                HasSubstr("d.csv:5 300 people of 'North', and 150 in the rows of its parts"));
}

TEST(Population, of_two_files_that_count_the_same_places_is_a_mistake) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto table = folder.write("c.csv", "ADM2_PCODE,T_TL\nXX11,100\nXX12,50\n");
    const auto provinces = folder.write("p.csv", "ADM1_PCODE,T_TL\nXX1,150\n");
    const auto grid =
        folder.write("g.csv", "longitude,latitude,xx_general_2020\n30,10,100.5\n30,10.2,50.5\n");
    const auto south = folder.write("s.csv", "x,y,value\n30,9,70\n");
    for (const auto& [other, twice] : {std::pair(provinces, "125"), {grid, "150"}})
        EXPECT_THAT(
            all_of(add_population({table, other}, {}, gazetteer)),
            HasSubstr(other + ":0 " + twice + " people at places where " + table + " counts people too"));
    ASSERT_FALSE(has_errors(add_population({table, south}, {}, gazetteer)));
    EXPECT_EQ(people(gazetteer), 220);
}

TEST(Population, that_nobody_counts_as_a_whole_is_a_mistake) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said = add_population(
        {folder.write("c.csv",
                      "ADM2_PCODE,Population_group,Population\nXX11,F_TL,5\nXX11,M_TL,6\nXX12,T_TL,7\n")},
        {}, gazetteer);
    EXPECT_THAT(all_of(said), HasSubstr("c.csv:2 1 units, such as 'XX11', have rows of a sex or an age"));
    const auto displaced = add_population(
        {folder.write("idps.csv", "admin2_code,admin_level,population,reporting_round\nXX11,2,5,1\n")}, {},
        gazetteer);
    EXPECT_THAT(all_of(displaced), HasSubstr("idps.csv:0 people who are displaced or in need"));
    const auto density = add_population({folder.write("xxx_pd_2020_1km.tif", "")}, {}, gazetteer);
    EXPECT_THAT(all_of(density), HasSubstr("people per square kilometre"));
}

TEST(Population, of_other_countries_in_a_table_of_the_world_is_left_out) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said = add_population(
        {folder.write(
            "c.csv",
            "ISO3,ADM1_PCODE,ADM1_NAME,ADM2_PCODE,ADM2_NAME,Admin_level,Population\n"
            "XXX,XX1,North,XX11,Ayr,2,100\nXXX,XX1,North,XX12,Bet,2,\nYYY,YY1,North,YY11,Ayr,3,7000\n")},
        {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(people(gazetteer), 100);
    EXPECT_EQ(gazetteer.people, 100);
    EXPECT_THAT(all_of(said), HasSubstr("1 rows of 1 other countries are left out"));
    EXPECT_THAT(all_of(said), HasSubstr("c.csv:3 'Bet' (XX12) has no figure"));
}

TEST(Population, of_units_with_coordinates_goes_by_its_codes) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    add_population(
        {folder.write("c.csv", "ADM2_PCODE,lat,lon,population\nXX11,10.19,30,100\nXX12,10.01,30,50\n")}, {},
        gazetteer);
    EXPECT_EQ(gazetteer.places[0].place.population, 100) << "though its point is nearer to the other";
    EXPECT_EQ(gazetteer.places[1].place.population, 50);
}

TEST(Population, of_a_grid_goes_to_the_nearest_place) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said = add_population(
        {folder.write("grid.csv",
                      "x,y,value\n30.01,10.0,100.5\n30.0,10.19,50.5\n30.0,9.5,7\n30.0,9.0,-99999\n")},
        {}, gazetteer);
    EXPECT_EQ(people(gazetteer), 158);
    EXPECT_THAT(
        all_of(said),
        HasSubstr(
            "158 people on the grid, each cell's with the nearest place; 7 of them live farther than 5 km"));
}

TEST(Population, of_a_table_without_codes_goes_by_names_that_one_unit_bears) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto said = add_population({folder.write("c.csv", "District,Population\nBet upper,100\nSouth,40\n"),
                                      folder.write("d.csv", "ADM1_EN,ADM2_EN,T_TL\nNorth,Áyr,7\n")},
                                     {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(gazetteer.places[0].place.population, 7);
    EXPECT_EQ(gazetteer.places[1].place.population, 100);
    EXPECT_EQ(gazetteer.places[2].place.population, 40);
    EXPECT_THAT(all_of(add_population({folder.write("e.csv", "name,population\nAyr,5\n")}, {}, gazetteer)),
                HasSubstr("e.csv:2 5 people of 'Ayr' () belong to no place"))
        << "two bear the name";
}

TEST(Places, of_units_that_are_valid_to_no_day_are_in_force) {
    const Folder folder;
    const auto gazetteer =
        places_of(folder, "u.csv",
                  "ADM1_NAME,ADM1_PCODE,valid_to,center_lat,center_lon\n"
                  "A,\" XX1 \",None,10,30\nB,XX2,9999-12-31,10,31\nC,XX3,2020-01-01,10,32\n"
                  "D,<Null>,,10,33\nE,XX5,1899-12-30,10,34\n");
    EXPECT_THAT(ids(gazetteer), ElementsAre("a", "b", "e"));
    EXPECT_EQ(gazetteer.places[0].place.pcode, "XX1");
}

TEST(Population, of_projections_is_of_the_year_of_the_scenario) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const auto wide = folder.write("w.csv", "ADM2_PCODE,T_TL_2020,T_TL_2024,T_TL_2030\nXX11,5,10,40\n");
    const auto rows =
        folder.write("l.csv", "ADM2_PCODE,Year,T_TL\nXX11,2020,5\nXX11,2030,40\nXX11,2024,10\n");
    for (const auto& file : {wide, rows}) {
        for (const auto& [year, count] :
             {std::pair{2019, 5}, {2023, 5}, {2025, 10}, {2030, 40}, {9999, 40}}) {
            ASSERT_FALSE(has_errors(add_population({file}, {}, gazetteer, year)));
            EXPECT_EQ(people(gazetteer), count) << file << " " << year;
        }
    }
}

TEST(Population, of_a_grid_of_another_region_is_a_mistake) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    EXPECT_THAT(
        all_of(add_population({folder.write("g.csv", "x,y,value\n10,30.01,100\n30,10,40\n")}, {}, gazetteer)),
        HasSubstr("100 of 140 people live farther than 300 km from every place"));
}

Network network_of(const Gazetteer& gazetteer) {
    Network network;
    for (const auto& one : gazetteer.places) network.places.push_back(one.place);
    return network;
}

double strikes_in(const std::vector<BombardmentSettings>& bombardment) {
    double all = 0;
    for (const auto& entry : bombardment) all += *entry.strikes_per_day * (*entry.to - entry.from + 1);
    return all;
}

TEST(Strikes, of_months_are_spread_and_never_added_to_their_parts) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    add_population({folder.write("census.csv", census)}, {}, gazetteer);
    const std::string hapi =
        "admin1_code,admin2_code,event_type,events,reference_period_start,reference_period_end\n"
        "XX1,,political_violence,62,2025-03-01,2025-03-31\n"
        "XX1,,civilian_targeting,30,2025-03-01,2025-03-31\n"
        "XX2,XX21,political_violence,3,2020-03-01,2020-03-31\n";
    const auto network = network_of(gazetteer);
    const auto strikes = read_strikes({folder.write("hapi.csv", hapi)}, gazetteer, network, march, 10);
    ASSERT_TRUE(strikes) << all_of(strikes.findings());
    EXPECT_EQ(strikes->by_day.not_sure(), 62);
    const auto bombardment = strikes->by_day.entries(network);
    EXPECT_NEAR(strikes_in(bombardment), 62, 1e-9);
    EXPECT_NEAR(*bombardment[0].strikes_per_day, 2.0 * 1001 / 1301, 1e-9);
    EXPECT_THAT(all_of(strikes->notes), HasSubstr("30 of other kinds, 3 outside"));
}

TEST(Strikes, of_the_monthly_workbook_are_spread_and_its_other_counts_refused) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    const std::string months =
        "Country,Admin1,Admin2,ISO3,Admin2 Pcode,Admin1 Pcode,Month,Year,Events,Fatalities\n"
        "X,North,Ayr,XXX,XX11,XX1,March,2025,31,2\nX,South,Ayr,XXX,XX21,XX2,February,2025,14,0\n"
        "X,South,Ayr,XXX,XX21,XX2,February,2020,9,0\nY,Far,Away,YYY,YY11,YY1,March,2025,5,0\n";
    const auto network = network_of(gazetteer);
    const auto strikes =
        read_strikes({folder.write("political_violence.csv", months)}, gazetteer, network, march, 10);
    ASSERT_TRUE(strikes) << all_of(strikes.findings());
    const auto bombardment = strikes->by_day.entries(network);
    ASSERT_EQ(bombardment.size(), 2u);
    EXPECT_NEAR(*bombardment[0].strikes_per_day, 1, 1e-12);
    EXPECT_EQ(iso(*bombardment[1].to), "2025-02-28");
    EXPECT_THAT(all_of(strikes->notes),
                HasSubstr("0 of other kinds, 9 outside the period, 5 in units without places"));
    const auto part =
        read_strikes({folder.write("civilian_targeting.csv", months)}, gazetteer, {}, march, 10);
    EXPECT_THAT(all_of(part.findings()), HasSubstr("a part of political violence"));
}

TEST(Strikes, of_ucdp_are_spread_over_what_is_not_known_of_them) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    add_population({folder.write("census.csv", census)}, {}, gazetteer);
    const auto network = network_of(gazetteer);
    const std::string columns =
        "id,type_of_violence,date_start,date_end,date_prec,where_prec,where_coordinates,adm_1,latitude,"
        "longitude,best\n";
    const auto file = folder.write(
        "ged.csv", columns +
                       "1,1,2025-03-01 00:00:00.000,2025-03-01 00:00:00.000,1,1,Ayr,North,10.01,30.0,3\n"
                       "2,1,2025-03-01,2025-03-10,3,4,North province,North,10.1,30.0,3\n"
                       "3,3,2025-03-05,2025-03-05,1,6,X,,10.1,30.0,3\n"
                       "4,1,2025-03-05,2025-03-05,1,1,Sea,,20,30.0,3\n"
                       "5,1,2020-03-05,2020-03-05,1,1,Ayr,North,10.01,30.0,3\n");
    const auto again =
        folder.write("candidate.csv", columns + "1,1,2025-03-01,2025-03-01,1,1,Ayr,North,10.01,30.0,3\n");
    const auto strikes = read_strikes({file, again}, gazetteer, network, march, 30);
    ASSERT_TRUE(strikes) << all_of(strikes.findings());
    const auto bombardment = strikes->by_day.entries(network);
    ASSERT_EQ(bombardment.size(), 3u);
    EXPECT_NEAR(strikes_in(bombardment), 2, 1e-12);
    EXPECT_EQ(bombardment[0].place, "ayr_xx11");
    EXPECT_NEAR(*bombardment[0].strikes_per_day, 1 + 0.1 * 1001 / 1301, 1e-12)
        << "what two events say adds up";
    EXPECT_NEAR(*bombardment[1].strikes_per_day, 0.1 * 1001 / 1301, 1e-12);
    EXPECT_EQ(iso(*bombardment[1].to), "2025-03-10");
    EXPECT_THAT(
        all_of(strikes->notes),
        HasSubstr("2 deadly events of UCDP taken, 1 of them spread over more than a day, 1 over a district"));
    EXPECT_THAT(
        all_of(strikes->notes),
        HasSubstr("not taken: 0 given twice, 1 outside the period, 1 too far from every place, 1 of which"));
    EXPECT_THAT(all_of(strikes->notes), HasSubstr("not taken: 1 given twice"));
}

TEST(Strikes, of_ucdp_of_a_province_are_found_by_its_name_far_from_every_town) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    add_population({folder.write("census.csv", census)}, {}, gazetteer);
    const auto network = network_of(gazetteer);
    const auto file = folder.write(
        "ged.csv",
        "id,date_start,date_end,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude\n"
        "1,2025-03-01,2025-03-01,4,North province,North Province,,12.5,33.0\n"  // 400 km from every town
        "2,2025-03-02,2025-03-02,3,Bêt district,North Province,Bet Upper District,12.5,33.0\n"
        "3,2025-03-03,2025-03-03,4,Southern region,,,9.1,30.5\n"            // by the nearest town
        "4,2025-03-04,2025-03-04,3,Nowhere,Elsewhere,Nowhere,9.5,30.0\n");  // beyond a border, perhaps
    const auto strikes = read_strikes({file}, gazetteer, network, march, 10);
    ASSERT_TRUE(strikes) << all_of(strikes.findings());
    std::map<std::string, double> at;
    for (const auto& entry : strikes->by_day.entries(network)) at[entry.place] += *entry.strikes_per_day;
    EXPECT_NEAR(at["ayr_xx11"], 1001. / 1301, 1e-12);
    EXPECT_NEAR(at["bet_upper"], 300. / 1301 + 1, 1e-12);
    EXPECT_NEAR(at["ayr_xx21"], 1, 1e-12);
    EXPECT_THAT(all_of(strikes->notes), HasSubstr("3 deadly events of UCDP taken"));
    EXPECT_THAT(all_of(strikes->notes), HasSubstr("1 of which the place is not known"));
    EXPECT_THAT(all_of(strikes->notes), HasSubstr("ged.csv:5 only 'Nowhere' is known, and no place lies in"));
}

TEST(Strikes, of_two_kinds_of_source_add_up_and_it_is_said) {
    const Folder folder;
    auto gazetteer = places_of(folder, "units.csv", units);
    add_population({folder.write("census.csv", census)}, {}, gazetteer);
    auto network = network_of(gazetteer);
    for (const auto& one : gazetteer.places)
        network.areas.push_back({area_of(one.units.code[1]), one.place.place});
    const auto acled =
        folder.write("acled.csv",
                     "event_id_cnty,event_date,event_type,sub_event_type,admin1,location,latitude,longitude,"
                     "geo_precision\n"
                     "A,2025-03-02,Explosions/Remote violence,Air/drone strike,North,Ayr,10,30,1\n"
                     "B,2025-03-02,Explosions/Remote violence,Air/drone strike,South,Somewhere,10,30,3\n");
    const auto ucdp = folder.write("ged.csv",
                                   "id,date_start,date_end,where_prec,where_coordinates,latitude,longitude\n"
                                   "1,2025-03-02,2025-03-02,1,Ayr,10,30\n");
    const auto strikes = read_strikes({acled, ucdp}, gazetteer, network, march, 10);
    ASSERT_TRUE(strikes) << all_of(strikes.findings());
    const auto bombardment = strikes->by_day.entries(network);
    ASSERT_EQ(bombardment.size(), 2u);
    EXPECT_EQ(*bombardment[0].strikes_per_day, 2);
    EXPECT_EQ(bombardment[1].place, "ayr_xx21") << "by the name of the province, not by the point";
    EXPECT_THAT(all_of(strikes->notes),
                HasSubstr("1 strikes of UCDP lie on places and days of which another"));
    EXPECT_THAT(all_of(strikes->notes), HasSubstr("1 somewhere in a province and divided among its towns"));
}

}  // namespace
}  // namespace nuzuh::region
