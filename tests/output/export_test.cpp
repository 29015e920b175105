#include "output/export.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>
#include <sstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "output/export_quantiles.hpp"
#include "output/hdf5.hpp"
#include "output/hxl.hpp"
#include "output/measure.hpp"
#include "output/weekly.hpp"
#include "output/writer.hpp"
#include "tests/output/synthetic.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
    std::ifstream in(path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Csv, no_cell_is_taken_for_a_formula) {
    for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"})
        EXPECT_EQ(without_formula(formula).front(), '\'') << formula;
    EXPECT_EQ(without_formula("a=1"), "a=1");
    EXPECT_EQ(csv_cell("say \"no\", twice"), "\"say \"\"no\"\", twice\"");
    EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csv_cell("-1, or so"), "\"'-1, or so\"");
    EXPECT_EQ(csv_cell("باب الهوى"), "باب الهوى");
}

TEST(Csv, numbers_are_short_and_may_be_missing) {
    CsvTable table({{"a", "#x", "", ""}, {"b", "#y", "", ""}});
    table.number(-12);
    table.number(0.25);
    table.end_row();
    table.number(std::nan(""));
    table.number(1234567.04);
    table.end_row();
    EXPECT_EQ(table.content(), "a,b\n#x,#y\n-12,0.3\n,1234567\n");
    table.number(1);
    EXPECT_THROW(table.end_row(), std::logic_error);
}

TEST(Weeks, belong_to_the_year_of_their_thursday) {
    for (auto [date, week] : {std::pair{"2019-04-29", "2019-W18"},
                              {"2019-05-05", "2019-W18"},
                              {"2019-05-06", "2019-W19"},
                              {"2018-12-31", "2019-W01"},
                              {"2021-01-03", "2020-W53"},
                              {"2021-01-04", "2021-W01"},
                              {"1969-12-29", "1970-W01"}})
        EXPECT_EQ(iso_week(*parse_date(date)), week) << date;
}

struct ExportTest : testing::Test {
    fs::path folder = fs::temp_directory_path() / ("nuzuh_export_" + std::to_string(::getpid()));
    fs::path results = folder / "results.h5";
    test::SyntheticSize size{.records = 10};  // Monday 29 April to Wednesday 8 May

    void SetUp() override {
        fs::create_directories(folder);
        write_results(results, test::synthetic_world(size), test::synthetic_result(size),
                      test::synthetic_comparisons(), test::synthetic_outlooks(size), {}, {});
    }
    void TearDown() override { fs::remove_all(folder); }

    std::string table(const std::string& name, ExportFormat format = ExportFormat::csv) const {
        for (const auto& file : exported(ResultsFile(results), format)) {
            if (file.name == name) return file.content;
        }
        return "";
    }
    static bool has_line(const std::string& text, const std::string& line) {
        return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
    }
};

TEST_F(ExportTest, weeks_add_flows_up_and_keep_the_last_stock) {
    const ResultsFile file(results);
    const Gazetteer g = read_gazetteer(file);
    ASSERT_EQ(g.weeks.size(), 2u);
    EXPECT_EQ(iso(g.weeks[1].from), "2019-05-06");
    EXPECT_EQ(iso(g.weeks[1].to), "2019-05-08");
    const auto stock = by_week(file, g, PlaceField::displaced), flow = by_week(file, g, PlaceField::arrivals);
    EXPECT_EQ(stock[1][0], test::synthetic_value(2, 1, 6, 0));
    const int arrivals = int(PlaceField::arrivals);
    double sum = 0;
    for (int t : {7, 8, 9}) sum += test::synthetic_value(arrivals, 2, t, 3);
    EXPECT_EQ(flow[2][4 + 3], sum);
}

TEST_F(ExportTest, codes_above_sub_districts_are_those_given_or_cut_at_published_lengths_or_none_and_said) {
    auto settings = test::synthetic_settings(size);
    auto& places_of = settings.network.places;
    places_of[0].adm3_pcode = "NG008001";
    places_of[1].adm3_pcode = "UA1402001";
    places_of[2].adm3_pcode = "PH153820000";
    places_of[3].adm3_pcode = "PH153821000";
    places_of[3].adm1_pcode = "PH150000000";
    places_of[3].adm2_pcode = "PH153800000";
    const World world = test::synthetic_world(settings);
    write_results(results, world, test::synthetic_result(size), test::synthetic_comparisons(),
                  test::synthetic_outlooks(size), {}, {.force = true});
    const std::string places = table("places.csv"), page = table("READ_ME.txt");
    EXPECT_NE(places.find(",town,NG008,NG008001,"), std::string::npos) << places;
    EXPECT_NE(places.find(",UA14,UA1402,"), std::string::npos) << places;
    EXPECT_NE(places.find(",camp,,,"), std::string::npos) << places;
    EXPECT_NE(places.find(",PH150000000,PH153800000,"), std::string::npos) << places;
    const std::string map = table("places.geojson", ExportFormat::geojson);
    EXPECT_NE(map.find(R"("adm1_pcode":"UA14","adm2_pcode":"UA1402")"), std::string::npos) << map;
    for (const auto& file : exported_to_share(ResultsFile(results), ExportFormat::geojson)) {
        if (file.name == "sub_districts_by_week.geojson") {
            EXPECT_NE(file.content.find(R"("adm1_pcode":"PH150000000")"), std::string::npos) << file.content;
        }
    }
    EXPECT_NE(page.find("empty for 1 place, such as place_2"), std::string::npos) << page;
    EXPECT_EQ(page.find("PH153821000"), std::string::npos) << page;
}

TEST_F(ExportTest, no_two_columns_of_a_table_have_one_hashtag) {
    const ResultsFile file(results);
    int tables = 0;
    for (const auto format : {ExportFormat::csv, ExportFormat::quantiles}) {
        for (const auto& all : {exported(file, format), exported_to_share(file, format)}) {
            for (const auto& [name, content, columns] : all) {
                if (!name.ends_with(".csv")) continue;
                std::istringstream lines(content);
                std::string names, tags;
                std::getline(std::getline(lines, names), tags);
                if (!tags.starts_with('#')) continue;
                std::set<std::string> seen;
                std::istringstream cells(tags);
                for (std::string tag; std::getline(cells, tag, ',');)
                    EXPECT_TRUE(seen.insert(tag).second) << name << ": " << tag;
                ++tables;
            }
        }
    }
    EXPECT_GT(tables, 10);
}

TEST_F(ExportTest, a_row_holds_the_statistics_of_a_place_and_day) {
    const std::string rows = table("places_by_day.csv");
    // displaced is field 2: 2000 + 100 m + 10 t + i, so 2000, 2100, 2200 on the first day at the first place.
    EXPECT_EQ(rows.substr(0, rows.find(",households_displaced")),
              "date,place,name,pcode,adm3_pcode,statistic,at_home,households_at_home,displaced");
    EXPECT_NE(rows.find("\n2019-04-29,place_0,Place 0,C1000,SY0700,q05,10,1010,2010,"), std::string::npos);
    EXPECT_NE(rows.find("\n2019-04-29,place_0,Place 0,C1000,SY0700,median,100,1100,2100,"),
              std::string::npos);
    EXPECT_NE(rows.find("\n2019-05-08,place_3,Place 3,C1003,SY0700,mean,193,1193,2193,"), std::string::npos);
}

TEST_F(ExportTest, first_full_days_are_dates_and_never_is_empty) {
    // The camp is 80 % full on day 0, 1 and 2 of the three members, and never full.
    const std::string rows = table("full.csv");
    EXPECT_TRUE(has_line(rows,
                         "place_2,Place 2 ('Atma),C1002,SY0700,500,80,1,2019-04-29,2019-04-29,2019-04-30,"
                         "2019-05-01,2019-05-01"))
        << rows;
    EXPECT_TRUE(has_line(rows, "place_2,Place 2 ('Atma),C1002,SY0700,500,100,0,,,,,")) << rows;
}

TEST_F(ExportTest, planning_figures_come_with_the_days_by_which_they_are_passed) {
    // One member of three passes it, on day 3, two days after the warning; the most is 800,000, 700,000 and 600,000.
    EXPECT_TRUE(has_line(
        table("planning.csv"),
        "contingency plan,arrivals,place_2,2,700000,0.250,0,0,0,0.500,0.500,2019-05-02,2019-05-02,,,,"
        "610000,650000,700000,750000,790000,2,2,2,2,2"))
        << table("planning.csv");
}

TEST_F(ExportTest, cases_are_told_side_by_side) {
    // Totals of member m are m, m + 1, ...; of three members the ranks of 5, 50 and 95 % are the first, second and third.
    EXPECT_TRUE(has_line(table("cases_by_day.csv"), "2019-04-30,total_displaced,persons,1,2,3"))
        << table("cases_by_day.csv").substr(0, 400);
}

TEST_F(ExportTest, wide_tables_have_a_column_a_place) {
    const ResultsFile file(results);
    std::vector<ExportedFile> files;
    add_wide_tables(files, file);
    const auto find = [&](const std::string& name) {
        for (const auto& one : files)
            if (one.name == name) return one.content;
        return std::string();
    };
    EXPECT_TRUE(has_line(find("displaced_by_place.csv"), "2019-04-29,median,2100,2101,2102,2103"))
        << find("displaced_by_place.csv").substr(0, 300);
    // Displaced and waiting, fields 2 and 5: 2100 + 5100 persons at 15 litres.
    EXPECT_TRUE(has_line(find("water_by_place.csv"), "2019-04-29,median,108000,108030,108060,108090"))
        << find("water_by_place.csv").substr(0, 300);
    // 4100 without shelter at 3.5 m2, in tents of 16 m2; one latrine for 20.
    EXPECT_TRUE(has_line(find("tents_by_place.csv"), "2019-04-29,median,896.875,897.094,897.313,897.531"))
        << find("tents_by_place.csv").substr(0, 300);
    EXPECT_TRUE(has_line(find("latrines_by_place.csv"), "2019-04-29,median,205,205.050,205.100,205.150"));
}

TEST_F(ExportTest, another_separator_changes_no_text_and_makes_the_comma_decimal) {
    std::vector<ExportedFile> files{
        {"a.csv",
         "date,name,value\n#date,#loc,#num\n2019-04-29,\"a, 1.5\",1.25\n,\"b;\"\"c\"\"\",\n",
         {CellKind::date, CellKind::text, CellKind::number}},
        {"READ_ME.txt", "a, b\n"}};
    auto tabs = files;
    set_separator(files, ';');
    EXPECT_EQ(files[0].content,
              "date;name;value\n#date;#loc;#num\n2019-04-29;a, 1.5;1,25\n;\"b;\"\"c\"\"\";\n");
    EXPECT_EQ(files[1].content, "a, b\n");
    set_separator(tabs, '\t');
    EXPECT_EQ(tabs[0].content,
              "date\tname\tvalue\n#date\t#loc\t#num\n2019-04-29\ta, 1.5\t1.25\n\t\"b;\"\"c\"\"\"\t\n");
}

TEST_F(ExportTest, the_hubs_get_23_levels_of_every_target) {
    EXPECT_EQ(hub_levels.size(), 23u);
    const std::string rows = table("quantiles.csv", ExportFormat::quantiles);
    // Members have 0, 1, 2 on the first day.
    EXPECT_TRUE(has_line(rows, "2019-04-29,total_movements,2019-04-29,all,quantile,0.5,1"));
    EXPECT_TRUE(has_line(rows, "2019-04-29,total_movements,2019-04-29,all,quantile,0.975,2"));  // 1.95
    EXPECT_TRUE(has_line(rows, "2019-04-29,total_movements,2019-04-29,all,quantile,0.1,0.2"));
    EXPECT_TRUE(has_line(rows, "2019-04-29,weekly_displaced,2019-05-05,place_0,quantile,0.025,2065"));
}

TEST_F(ExportTest, lines_and_middles_hold_across_the_date_line) {
    // Places at 179.5, 180, -179.5 and -179 degrees east; roads from each to the next.
    auto settings = test::synthetic_settings(size);
    auto& network = settings.network;
    for (std::size_t i = 0; i < network.places.size(); ++i)
        network.places[i].lon = i < 2 ? 179.5 + 0.5 * double(i) : -180.5 + 0.5 * double(i);
    network.routes[1].from = network.places[0].place;
    network.routes[1].to = network.places[3].place;
    const World world = test::synthetic_world(settings);
    write_results(results, world, test::synthetic_result(size), {}, {}, {}, {.force = true});
    const auto routes = table("routes.geojson", ExportFormat::geojson);
    EXPECT_NE(routes.find(
                  R"("MultiLineString","coordinates":[[[179.5,35.5],[180,35.6]],[[-180,35.6],[-179,35.8]]])"),
              std::string::npos)
        << routes;
    EXPECT_NE(routes.find(R"("LineString","coordinates":[[179.5,35.5],[180,35.6]])"), std::string::npos)
        << routes;
    for (const auto& file : exported_to_share(ResultsFile(results), ExportFormat::geojson)) {
        if (file.name != "sub_districts_by_week.geojson") continue;
        EXPECT_NE(file.content.find(R"("coordinates":[-179.75,)"), std::string::npos) << file.content;
    }
}

TEST_F(ExportTest, who_could_not_leave_is_told_in_person_days_and_by_the_worst_day) {
    const auto run = measured(ResultsFile(results));
    const auto of = [&](const std::string& quantity) {
        const auto found = std::find_if(run.measures.begin(), run.measures.end(), [&](const Measure& m) {
            return m.quantity == quantity && m.place.empty();
        });
        return found == run.measures.end() ? Measure{} : *found;
    };
    const auto by_day = ResultsFile(results).floats("/total_could_not_leave");
    const Measure all = of("total_could_not_leave"), worst = of("most_total_could_not_leave");
    EXPECT_EQ(all.unit, "person-days");
    EXPECT_EQ(worst.unit, "persons");
    for (std::size_t m = 0; m < 3; ++m) {
        const auto first = by_day.begin() + std::ptrdiff_t(m * 10);
        EXPECT_NEAR(all.members[m], std::accumulate(first, first + 10, 0.0), 0.01);
        EXPECT_EQ(worst.members[m], *std::max_element(first, first + 10));
    }
    EXPECT_EQ(column_of("could_not_leave").unit, "person-days");
}

TEST_F(ExportTest, in_records_of_several_days_the_worst_day_is_their_mean) {
    auto result = test::synthetic_result(size);
    for (std::size_t t = 0; t < result.days.size(); ++t) result.days[t] = 6.0 + 7.0 * double(t);
    write_results(results, test::synthetic_world(size), result, {}, {}, {}, {.force = true});
    const auto by_week = ResultsFile(results).floats("/total_could_not_leave");
    for (const auto& measure : measured(ResultsFile(results)).measures) {
        if (measure.quantity != "most_total_could_not_leave") continue;
        EXPECT_FLOAT_EQ(float(measure.members[0]),
                        *std::max_element(by_week.begin(), by_week.begin() + 10) / 7);
    }
}

TEST_F(ExportTest, all_files_are_written_or_none) {
    const fs::path target = folder / "tables";
    const std::vector<ExportedFile> files{{"a.csv", "a\n"}, {"b.csv", "b\n"}};
    write_export(target, files, false);
    EXPECT_EQ(content(target / "b.csv"), "b\n");
    fs::remove(target / "a.csv");
    std::ofstream(target / "b.csv") << "precious";
    EXPECT_THROW(write_export(target, files, false), h5::Error);
    EXPECT_FALSE(fs::exists(target / "a.csv")) << "b.csv was there, so nothing is written";
    EXPECT_EQ(content(target / "b.csv"), "precious");
    write_export(target, files, true);
    EXPECT_EQ(content(target / "b.csv"), "b\n");
    EXPECT_EQ(std::distance(fs::directory_iterator(target), {}), 2) << "no temporary file stays";
}

TEST_F(ExportTest, every_recorded_quantity_has_a_hashtag_of_its_own_kind) {
    for (const auto& field : place_fields)
        EXPECT_EQ(column_of(field.name).hxl.find("#indicator"), std::string::npos) << field.name;
    for (const auto& field : total_fields) {
        if (field.unit == "person-days") continue;
        EXPECT_EQ(column_of(field.name).hxl.find("#indicator"), std::string::npos) << field.name;
    }
}

}  // namespace
}  // namespace nuzuh
