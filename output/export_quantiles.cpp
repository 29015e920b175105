#include "output/export_quantiles.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/over_run.hpp"
#include "output/share.hpp"
#include "output/weekly.hpp"
#include "sim/engine/record.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

std::vector<Column> hub_columns() {
    return {{"origin_date", "", "", "first day of the run"},
            {"target", "", "", "quantity"},
            {"target_end_date", "", "", "last day counted"},
            {"location", "", "", "identifier of the place, P-code of the sub-district, or all"},
            {"output_type", "", "", "quantile"},
            {"output_type_id", "", "1", "share of members at or below the value"},
            {"value", "", "persons", "empty, where small counts are left out: fewer than ten"}};
}

/// A row for each of the 23 levels.
///
/// @param cells  of the first four columns
/// @param value  of a level
template <class F>
void add_levels(CsvTable& table, const std::string& cells, F value) {
    static const auto level_cells = [] {
        std::array<std::string, hub_levels.size()> cells;
        for (std::size_t q = 0; q < cells.size(); ++q) cells[q] = fmt::format("quantile,{}", hub_levels[q]);
        return cells;
    }();
    for (std::size_t q = 0; q < hub_levels.size(); ++q) {
        table.raw(cells, 4);
        table.raw(level_cells[q], 2);
        value(hub_levels[q]);
        table.end_row();
    }
}

/// @param member  value of a member
template <class F>
void add_quantiles(CsvTable& table, const std::string& cells, std::size_t members, F member) {
    std::vector<double> sample;
    for (std::size_t m = 0; m < members; ++m) sample.push_back(member(m));
    std::sort(sample.begin(), sample.end());
    add_levels(table, cells, [&](double p) { table.number(quantile_of_sorted(sample, p)); });
}

/// What a sub-district is called where there is one column for it.
std::string location_of(const SubDistrict& sub_district) {
    if (!sub_district.pcode.empty()) return sub_district.pcode;
    return sub_district.name.empty() ? "elsewhere" : sub_district.name;
}

}  // namespace

CsvTable hub_table(const ResultsFile& file) {
    const Gazetteer g = read_gazetteer(file);
    CsvTable table(hub_columns(), false);
    const std::string origin = iso(g.start);
    for (const auto& field : total_fields) {
        if (!file.has(fmt::format("/{}", field.name))) continue;  // an older format
        const auto values = file.floats(fmt::format("/{}", field.name));
        for (std::size_t t = 0; t < g.days.size(); ++t) {
            add_quantiles(table, fmt::format("{},{},{},all", origin, field.name, iso(g.days[t])), g.members,
                          [&](std::size_t m) { return values[m * g.days.size() + t]; });
        }
    }
    if (!keeps_series(file)) return table;
    for (PlaceField field : {PlaceField::displaced, PlaceField::without_shelter, PlaceField::arrivals,
                             PlaceField::departures, PlaceField::returns}) {
        if (info(field).kind == Kind::flow && !tells_weeks(g)) continue;
        const auto weekly = by_week(file, g, field);
        for (std::size_t w = 0; w < g.weeks.size(); ++w) {
            for (std::size_t i = 0; i < g.places.size(); ++i) {
                add_quantiles(table,
                              fmt::format("{},weekly_{},{},{}", origin, info(field).name, iso(g.weeks[w].to),
                                          csv_cell(g.places[i].id)),
                              g.members, [&](std::size_t m) { return weekly[m][w * g.places.size() + i]; });
            }
        }
    }
    return table;
}

CsvTable shared_hub_table(const ResultsFile& file) {
    const Gazetteer g = read_gazetteer(file);
    const SharedCounts counts = shared_counts(file, g);
    auto columns = hub_columns();
    columns.push_back({"sensitivity", "", "", "how far this may be passed on"});
    CsvTable table(columns, false);
    const std::string label = csv_cell(sensitivity);
    const auto add = [&](std::string_view target, std::size_t w, const std::string& location,
                         const auto& member) {
        std::vector<double> sample;
        for (std::size_t m = 0; m < g.members; ++m) sample.push_back(member(m));
        add_levels(table, fmt::format("{},{},{},{}", iso(g.start), target, iso(g.weeks[w].to), location),
                   [&](double p) {
                       const double persons = member_at(sample, p);
                       persons > 0 ? table.number(persons) : table.nothing();
                       table.raw(label);
                   });
    };
    const std::size_t groups = counts.sub_districts.size();
    for (std::size_t f = 0; f < shared_fields.size(); ++f) {
        for (std::size_t w = 0; w < g.weeks.size(); ++w) {
            for (std::size_t s = 0; s < groups; ++s) {
                add(shared_fields[f].name, w, csv_cell(location_of(counts.sub_districts[s])),
                    [&](std::size_t m) { return counts.members[f][m][w * groups + s]; });
            }
            add(shared_fields[f].name, w, "all", [&](std::size_t m) { return counts.totals[f][m][w]; });
        }
    }
    return table;
}

}  // namespace nuzuh
