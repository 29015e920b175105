// What is shared gives no small count away.
#include "output/share.hpp"

#include <cmath>
#include <random>
#include <sstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "output/export.hpp"
#include "output/writer.hpp"
#include "tests/output/synthetic.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

constexpr int places = 6, weeks = 3, members = 4;
constexpr double capacity_of_odd_places = 500;
constexpr int abroad = 4;  // the place that is

/// What is protected of a member, a week's end and a place; those after the second count since the start.
struct Cell {
    double with_shelter = 0, without_shelter = 0, waiting = 0, gone_on = 0, departures = 0, returns = 0;
};
using Cells = std::vector<Cell>;  // [members][weeks][places]

/// A random count: half of the time below ten.
double count(std::mt19937& random) {
    return double(random() % 2 == 0 ? random() % 10 : 10 + random() % 1000);
}

Cells random_cells(unsigned seed) {
    std::mt19937 random(seed);
    Cells cells;
    for (int c = 0; c < members * weeks * places; ++c) {
        Cell cell{count(random), 0, count(random), count(random), count(random), count(random)};
        if (c % places % 2 == 1 && random() % 2 == 0) {
            cell.with_shelter = capacity_of_odd_places;
            cell.without_shelter = count(random);
        }
        cells.push_back(cell);
    }
    return cells;
}

/// The same, but every count below ten becomes another one below ten.
Cells with_other_small_counts(Cells cells, unsigned seed) {
    std::mt19937 random(seed);
    const auto change = [&](double& persons) {
        if (persons < 10) persons = double(random() % 10);
    };
    for (std::size_t c = 0; c < cells.size(); ++c) {
        Cell& cell = cells[c];
        change(cell.with_shelter);
        const bool full = c % places % 2 == 1 && cell.with_shelter == capacity_of_odd_places;
        if (full) change(cell.without_shelter);
        for (double* persons : {&cell.waiting, &cell.gone_on, &cell.departures, &cell.returns})
            change(*persons);
    }
    return cells;
}

/// The first lines that differ, or "".
std::string first_difference(const std::string& a, const std::string& b) {
    std::istringstream in_a(a), in_b(b);
    for (std::string x, y; std::getline(in_a, x) && std::getline(in_b, y);) {
        if (x != y) return x + "\n" + y;
    }
    return a.size() == b.size() ? "" : "one is longer";
}

struct ShareTest : testing::Test {
    fs::path folder = fs::temp_directory_path() / ("nuzuh_share_" + std::to_string(::getpid()));

    void SetUp() override { fs::create_directories(folder); }
    void TearDown() override { fs::remove_all(folder); }

    /// Everything that is shared of these counts, each place a sub-district of its own.
    std::string shared(const Cells& cells) const {
        const test::SyntheticSize size{
            .places = places, .routes = 3, .records = 7 * weeks, .members = members};
        auto settings = test::synthetic_settings(size);
        auto result = test::synthetic_result(size);
        for (std::size_t i = 0; i < places; ++i) {
            settings.network.places[i].adm3_pcode = "SY07020" + std::to_string(i);
            settings.network.places[i].capacity.reset();
            if (i % 2 == 1) settings.network.places[i].capacity = capacity_of_odd_places;
        }
        settings.network.places[abroad].type = PlaceType::abroad;
        settings.network.places[abroad].population = 0;
        for (int m = 0; m < members; ++m) lay_out(cells, m, result.members[std::size_t(m)]);
        const fs::path file = folder / "results.h5";
        write_results(file, test::synthetic_world(settings), result, {}, {}, {}, {.force = true});
        std::string all;
        for (ExportFormat format : {ExportFormat::csv, ExportFormat::geojson, ExportFormat::quantiles}) {
            for (const auto& part : exported_to_share(ResultsFile(file), format))
                all += part.name + part.content;
        }
        return all;
    }

private:
    static void lay_out(const Cells& cells, int m, RunResult& run) {
        const auto field = [&](PlaceField f) -> auto& { return run.place[std::size_t(f)]; };
        for (auto f :
             {PlaceField::displaced, PlaceField::without_shelter, PlaceField::waiting, PlaceField::arrivals,
              PlaceField::turned_away, PlaceField::departures, PlaceField::returns})
            field(f).assign(std::size_t(7 * weeks * places), 0);
        for (int w = 0; w < weeks; ++w) {
            for (int i = 0; i < places; ++i) {
                const auto cell = [&](int week) {
                    return week < 0 ? Cell{} : cells[std::size_t((m * weeks + week) * places + i)];
                };
                const Cell now = cell(w), before = cell(w - 1);
                const auto arrived = [](const Cell& c) {
                    return c.with_shelter + c.without_shelter + c.gone_on;
                };
                const auto at = std::size_t((7 * w + 6) * places + i);
                field(PlaceField::displaced)[at] = float(now.with_shelter + now.without_shelter);
                field(PlaceField::without_shelter)[at] = float(now.without_shelter + now.waiting);
                field(PlaceField::waiting)[at] = float(now.waiting);
                field(PlaceField::arrivals)[at] = float(arrived(now) - arrived(before));
                field(PlaceField::departures)[at] = float(now.departures - before.departures);
                field(PlaceField::returns)[at] = float(now.returns - before.returns);
            }
        }
    }
};

/// Sub-districts by which places are shared, as "code name".
std::vector<std::string> shared_groups(
    const std::vector<std::pair<std::string, std::string>>& code_and_name) {
    Gazetteer g;
    for (const auto& [code, name] : code_and_name) {
        PlaceEntry place;
        place.adm3_pcode = code;
        place.adm3 = name;
        g.places.push_back(place);
    }
    std::vector<std::string> groups;
    for (const auto& group : sub_districts_of(g).groups) groups.push_back(group.pcode + " " + group.name);
    return groups;
}

TEST(Share, a_code_is_one_sub_district_however_its_name_is_spelt) {
    using Groups = std::vector<std::string>;
    EXPECT_EQ(shared_groups({{"SY070105", "Old Name"}, {"SY070105", "New Name"}}),
              Groups{"SY070105 Old Name"});
    EXPECT_EQ(shared_groups({{"SY070105", ""}, {"sy070105 ", "Name"}}), Groups{"SY070105 Name"});
    EXPECT_EQ(shared_groups({{"SY070105", "Al-Bab"}, {"", "al bab"}}), Groups{"SY070105 Al-Bab"});
    EXPECT_EQ(shared_groups({{"", "Ménara"}, {"", "MENARA"}}), Groups{" Ménara"});
}

TEST(Share, sub_districts_of_one_name_stay_apart_by_code) {
    using Groups = std::vector<std::string>;
    EXPECT_EQ(shared_groups({{"SY070105", "Saraya"}, {"SY080105", "Saraya"}}),
              (Groups{"SY070105 Saraya", "SY080105 Saraya"}));
    // which of the two the third place lies in is not known: no part of its own
    EXPECT_EQ(shared_groups({{"SY070105", "Saraya"}, {"SY080105", "Saraya"}, {"", "Saraya"}, {"", ""}}),
              (Groups{"SY070105 Saraya", "SY080105 Saraya", " "}));
}

TEST(Share, counts_below_ten_are_nothing_and_others_tens) {
    EXPECT_EQ(protected_count(0), 0);
    EXPECT_EQ(protected_count(1), 0);
    EXPECT_EQ(protected_count(9.99), 0);
    EXPECT_EQ(protected_count(10), 10);
    EXPECT_EQ(protected_count(14.9), 10);
    EXPECT_EQ(protected_count(15), 20);
    EXPECT_EQ(protected_count(1234), 1230);
}

TEST(Share, a_quantile_is_the_value_of_a_member) {
    EXPECT_EQ(member_at({30, 10, 20, 40}, 0.05), 10);
    EXPECT_EQ(member_at({30, 10, 20, 40}, 0.5), 20);
    EXPECT_EQ(member_at({30, 10, 20, 40}, 0.95), 40);
    EXPECT_EQ(member_at({70}, 0.5), 70);
}

TEST_F(ShareTest, no_difference_of_anything_shared_tells_small_counts_apart) {
    // Rows, columns, totals, quantiles and weeks are the same to the last byte whatever the small counts are: no sum
    // or difference of them can say more. Ten random results of 432 counts, half of them small; these are drawn anew
    // twice.
    for (unsigned seed = 1; seed <= 10; ++seed) {
        const Cells cells = random_cells(seed);
        const std::string before = shared(cells);
        for (unsigned again = 0; again < 2; ++again)
            ASSERT_EQ(first_difference(before, shared(with_other_small_counts(cells, 1000 * seed + again))),
                      "")
                << "seed " << seed;
    }
}

TEST_F(ShareTest, larger_counts_do_show) {
    Cells cells = random_cells(1);
    for (Cell& cell : cells) cell.departures = 100;
    const std::string before = shared(cells);
    for (Cell& cell : cells) cell.departures = 110;
    EXPECT_NE(shared(cells), before);
}

}  // namespace
}  // namespace nuzuh
