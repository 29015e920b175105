#include "output/export_share.hpp"

#include <fmt/format.h>

#include "output/ensemble_summary.hpp"
#include "output/export_map.hpp"
#include "output/export_quantiles.hpp"
#include "output/share.hpp"

namespace nuzuh {
namespace {

constexpr std::array<std::string_view, quantile_levels.size()> quantile_names{"q05", "q25", "median", "q75",
                                                                              "q95"};

std::vector<Column> shared_columns(bool by_sub_district) {
    std::vector<Column> columns{{"week", "#meta+week", "", "ISO week"},
                                {"date", "#date", "", "last day counted"}};
    if (by_sub_district) {
        columns.push_back({"adm1_pcode", "#adm1+code", "", "P-code of the governorate"});
        columns.push_back({"adm2_pcode", "#adm2+code", "", "P-code of the district"});
        columns.push_back({"adm3_pcode", "#adm3+code", "", "P-code of the sub-district"});
        columns.push_back({"adm3", "#adm3+name", "", "sub-district; elsewhere: places in none, e.g. abroad"});
    }
    columns.push_back({"statistic", "#meta+statistic", "",
                       "the member at or below which 5, 25, 50, 75 or 95 % of members lie"});
    for (const auto& field : shared_fields) {
        columns.push_back({std::string(field.name), std::string(field.hxl), "persons",
                           std::string(field.meaning) + "; empty: fewer than ten"});
    }
    columns.push_back({"sensitivity", "#meta+sensitivity", "", "how far this may be passed on"});
    return columns;
}

/// A row for each week, group and quantile.
///
/// @param counts  [fields][M][W, groups]
template <class Counts>
CsvTable by_week_table(const Gazetteer& g, const std::vector<std::string>& groups, bool by_sub_district,
                       const Counts& counts) {
    CsvTable table(shared_columns(by_sub_district));
    const std::string label = csv_cell(sensitivity);
    std::vector<double> sample(g.members);
    for (std::size_t w = 0; w < g.weeks.size(); ++w) {
        for (std::size_t s = 0; s < groups.size(); ++s) {
            for (std::size_t q = 0; q < quantile_levels.size(); ++q) {
                table.raw(g.weeks[w].label);
                table.date(g.weeks[w].to);
                if (by_sub_district) table.raw(groups[s], 4);
                table.raw(quantile_names[q]);
                for (const auto& members : counts) {
                    for (std::size_t m = 0; m < g.members; ++m) sample[m] = members[m][w * groups.size() + s];
                    const double persons = member_at(sample, quantile_levels[q]);
                    persons > 0 ? table.number(persons) : table.nothing();
                }
                table.raw(label);
                table.end_row();
            }
        }
    }
    return table;
}

}  // namespace

std::vector<std::string> sharing_notes() {
    return {fmt::format("Sensitivity: {}", sensitivity),
            "Every count of every member, week and sub-district was rounded to tens, or left out below ten, "
            "before "
            "anything was added up or compared; an empty cell means fewer than ten people or none.",
            "Displaced people, those without shelter and those abroad are counted at the end of the week. "
            "Arrivals, "
            "departures and "
            "returns are counted since the start of the run; between two weeks they differ by the flow, give "
            "or take "
            "ten. Places, roads and homes are left out."};
}

std::vector<NamedTable> shared_tables(const ResultsFile& file) {
    const Gazetteer g = read_gazetteer(file);
    const SharedCounts counts = shared_counts(file, g);
    std::vector<std::string> groups;
    for (const auto& s : counts.sub_districts) {
        groups.push_back(fmt::format("{},{},{},{}", csv_cell(s.adm1_pcode), csv_cell(s.adm2_pcode),
                                     csv_cell(s.pcode),
                                     csv_cell(s.name.empty() && s.pcode.empty() ? "elsewhere" : s.name)));
    }
    return {{"sub_districts_by_week.csv", by_week_table(g, groups, true, counts.members)},
            {"totals_by_week.csv", by_week_table(g, {""}, false, counts.totals)}};
}

std::vector<ExportedFile> exported_to_share(const ResultsFile& file, ExportFormat format) {
    if (format == ExportFormat::geojson) return shared_map_files(file);
    if (format == ExportFormat::quantiles)
        return with_columns_and_notes(file, {{"quantiles.csv", shared_hub_table(file)}}, sharing_notes());
    return with_columns_and_notes(file, shared_tables(file), sharing_notes());
}

}  // namespace nuzuh
