#include "output/export_csv.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <span>

#include <fmt/format.h>

#include "output/ensemble_summary.hpp"
#include "output/hxl.hpp"
#include "output/layout.hpp"
#include "output/over_run.hpp"
#include "sim/engine/record.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

/// What is given of every quantity, in the order of rows.
constexpr std::array<std::string_view, 1 + quantile_levels.size()> statistics{"mean",   "q05", "q25",
                                                                              "median", "q75", "q95"};

const Column date_column{"date", "#date", "", "last day of the record, ISO 8601"};
const Column statistic_column{
    "statistic", "#meta+statistic", "",
    "over members: mean, median, or q05, q25, q75, q95 for the 5, 25, 75 and 95 % quantiles"};

const Column need_column{"need", "#sector+name", "", "what is needed"};
const Column need_unit_column{"unit", "#meta+unit", "",
                              "unit in which it is counted, a day for water and food"};
constexpr const char* needs_of_places_meaning =
    "what people there need by the minimum standard: water and food for all who stay or wait there, living "
    "space "
    "and latrines for those without shelter; not abroad, and not where nobody is in need";

std::vector<Column> place_columns() {
    return {{"place", "#loc+code", "", "identifier of the place in the scenario"},
            {"name", "#loc+name+i_en", "", "name in Latin letters"},
            {"pcode", "#loc+code+pcode", "", "P-code of the place, finest level known"},
            {"adm3_pcode", "#adm3+code", "", "P-code of the sub-district"}};
}
std::string place_cells(const PlaceEntry& place) {
    return fmt::format("{},{},{},{}", csv_cell(place.id), csv_cell(place.name), csv_cell(place.pcode),
                       csv_cell(place.adm3_pcode));
}

template <class... Parts>
std::vector<Column> joined(std::vector<Column> columns, const Parts&... parts) {
    const auto add = [&](const std::vector<Column>& more) {
        columns.insert(columns.end(), more.begin(), more.end());
    };
    (add(parts), ...);
    return columns;
}

template <class Fields>
std::vector<Column> columns_of(const Fields& fields) {
    std::vector<Column> columns;
    for (const auto& field : fields) columns.push_back(column_of(field.name));
    return columns;
}

/// The totals that a file has; older formats lack some.
std::vector<FieldInfo> totals_in(const ResultsFile& file) {
    std::vector<FieldInfo> fields;
    for (const auto& field : total_fields)
        if (file.has(fmt::format("/{}", field.name))) fields.push_back(field);
    return fields;
}

/// Whether a file tells for which causes those who arrived had left.
bool has_causes(const ResultsFile& file) {
    return file.has(fmt::format("/{}_mean", info(PlaceField::arrivals_by_strikes).name));
}

/// Arrivals by cause, behind all arrivals; or all other quantities by place.
std::vector<FieldInfo> place_fields_of(bool causes) {
    std::vector<FieldInfo> fields;
    for (int f = 0; f < place_field_count; ++f) {
        const auto field = PlaceField(f);
        if (is_by_cause(field) == causes || (causes && field == PlaceField::arrivals))
            fields.push_back(info(field));
    }
    return fields;
}

/// Mean and quantiles of quantities, each [statistic][N].
class Statistics {
public:
    template <class Fields>
    Statistics(const ResultsFile& file, const Fields& fields) {
        for (const auto& field : fields) {
            const std::string path = fmt::format("/{}", field.name);
            mean_.push_back(file.floats(path + "_mean"));
            quantiles_.push_back(file.floats(path + "_quantile"));
        }
    }
    /// Adds a cell for each quantity.
    void add_cells(CsvTable& table, std::size_t statistic, std::size_t at) const {
        for (std::size_t f = 0; f < mean_.size(); ++f) table.number(value(f, statistic, at));
    }
    float value(std::size_t f, std::size_t statistic, std::size_t at) const {
        return statistic == 0 ? mean_[f][at] : quantiles_[f][(statistic - 1) * mean_[f].size() + at];
    }

private:
    std::vector<std::vector<float>> mean_, quantiles_;
};

CsvTable places_table(const Gazetteer& g) {
    CsvTable table(joined(place_columns(),
                          std::vector<Column>{{"name_ar", "#loc+name+i_ar", "", "name in Arabic letters"},
                                              {"type", "#loc+type", "", "town, camp, crossing or abroad"},
                                              {"adm1_pcode", "#adm1+code", "", "P-code of the governorate"},
                                              {"adm2_pcode", "#adm2+code", "", "P-code of the district"},
                                              {"adm3", "#adm3+name", "", "sub-district"}},
                          std::vector<Column>{column_of("lat"), column_of("lon"), column_of("population"),
                                              column_of("capacity")}));
    for (const auto& place : g.places) {
        table.raw(place_cells(place), 4);
        for (const auto& text : {place.name_ar, place.type, place.adm1_pcode, place.adm2_pcode, place.adm3})
            table.text(text);
        table.number(place.lat, 5);
        table.number(place.lon, 5);
        table.number(place.population);
        table.number(place.capacity);
        table.end_row();
    }
    return table;
}

/// A row for each day, member of an axis (place, band or none) and statistic.
template <class Fields>
CsvTable by_day(const ResultsFile& file, const Gazetteer& g, const Fields& fields,
                const std::vector<Column>& axis_columns, const std::vector<std::string>& axis) {
    const Statistics values(file, fields);
    CsvTable table(
        joined({date_column}, axis_columns, std::vector<Column>{statistic_column}, columns_of(fields)));
    for (std::size_t t = 0; t < g.days.size(); ++t) {
        const std::string date = iso(g.days[t]);
        for (std::size_t i = 0; i < axis.size(); ++i) {
            for (std::size_t s = 0; s < statistics.size(); ++s) {
                table.raw(date);
                if (!axis_columns.empty()) table.raw(axis[i], axis_columns.size());
                table.raw(statistics[s]);
                values.add_cells(table, s, t * axis.size() + i);
                table.end_row();
            }
        }
    }
    return table;
}

CsvTable conditions_table(const ResultsFile& file, const Gazetteer& g,
                          const std::vector<std::string>& places) {
    const std::array<const char*, 4> names{"strikes", "exposure", "danger", "fallen"};
    std::vector<Column> columns = joined({date_column}, place_columns());
    std::vector<std::vector<float>> values;
    for (const char* name : names) {
        columns.push_back(column_of(name));
        values.push_back(file.floats(fmt::format("/{}", name)));
    }
    CsvTable table(columns);
    for (std::size_t t = 0; t < g.days.size(); ++t) {
        const std::string date = iso(g.days[t]);
        for (std::size_t i = 0; i < places.size(); ++i) {
            table.raw(date);
            table.raw(places[i], 4);
            for (const auto& value : values) table.number(value[t * places.size() + i], 3);
            table.end_row();
        }
    }
    return table;
}

/// Dates by which quantiles of members have come to something; an empty cell: fewer do.
void add_dates(CsvTable& table, const Gazetteer& g, const std::vector<float>& quantiles, std::size_t at) {
    const std::size_t count = quantiles.size() / quantile_levels.size();
    for (std::size_t q = 0; q < quantile_levels.size(); ++q) {
        const float day = quantiles[q * count + at];
        if (std::isnan(day)) {
            table.nothing();
        } else {
            table.date(g.start + int(day));
        }
    }
}

std::vector<Column> date_quantile_columns(const std::string& what) {
    std::vector<Column> columns;
    for (std::size_t s = 1; s < statistics.size(); ++s) {
        columns.push_back({fmt::format("date_{}", statistics[s]), fmt::format("#date+{}", statistics[s]), "",
                           fmt::format("day by which {:.0f} % of members {}; empty: fewer do",
                                       100 * quantile_levels[s - 1], what)});
    }
    return columns;
}

CsvTable full_table(const ResultsFile& file, const Gazetteer& g, const std::vector<std::string>& places) {
    const auto levels = file.doubles("/level");
    const auto days = file.floats("/first_day_full_quantile"), chance = file.floats("/chance_full");
    const std::size_t last = (g.days.size() - 1) * levels.size() * places.size();
    CsvTable table(
        joined(place_columns(), std::vector<Column>{column_of("capacity")},
               std::vector<Column>{
                   {"percent_full", "#indicator+percent+num", "%", "displaced people by capacity"},
                   {"chance", "#indicator+chance+num", "1", "share of members that come to it in the run"}},
               date_quantile_columns("have come to it")));
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (!(g.places[i].capacity > 0)) continue;
        for (std::size_t level = 0; level < levels.size(); ++level) {
            const std::size_t at = level * places.size() + i;
            table.raw(places[i], 4);
            table.number(g.places[i].capacity);
            table.number(100 * levels[level]);
            table.number(chance[last + at], 3);
            add_dates(table, g, days, at);
            table.end_row();
        }
    }
    return table;
}

CsvTable full_by_day_table(const ResultsFile& file, const Gazetteer& g,
                           const std::vector<std::string>& places) {
    const auto levels = file.doubles("/level");
    const auto chance = file.floats("/chance_full");
    std::vector<Column> columns = joined({date_column}, place_columns());
    for (double level : levels) {
        columns.push_back(
            {fmt::format("chance_{:.0f}_percent", 100 * level),
             fmt::format("#indicator+chance+full_{:.0f}+num", 100 * level), "1",
             fmt::format("share of members in which the place has been {:.0f} % full", 100 * level)});
    }
    CsvTable table(columns);
    for (std::size_t t = 0; t < g.days.size(); ++t) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (!(g.places[i].capacity > 0)) continue;
            table.date(g.days[t]);
            table.raw(places[i], 4);
            for (std::size_t level = 0; level < levels.size(); ++level)
                table.number(chance[(t * levels.size() + level) * places.size() + i], 3);
            table.end_row();
        }
    }
    return table;
}

CsvTable flows_table(const ResultsFile& file, const Gazetteer& g) {
    const auto end_columns = [](const std::string& end, const std::string& tag, const std::string& what) {
        return std::vector<Column>{
            {end, "#loc" + tag + "+code", "", what},
            {end + "_name", "#loc" + tag + "+name", "", "its name in Latin letters"},
            {end + "_adm3_pcode", "#adm3" + tag + "+code", "", "P-code of its sub-district"}};
    };
    const std::array<FieldInfo, 1> field{{{"arrivals_from", "", Kind::flow, ""}}};
    const Statistics values(file, field);
    CsvTable table(joined(end_columns("origin", "+origin", "home of those who arrive"),
                          end_columns("place", "+dest", "place at which they arrive"),
                          std::vector<Column>{statistic_column,
                                              {"arrivals", "#affected+idps+ind+arrivals+conflict", "persons",
                                               dataset_info("/arrivals_from").meaning}}));
    const auto cells = [](const auto& place) {
        return fmt::format("{},{},{}", csv_cell(place.id), csv_cell(place.name), csv_cell(place.adm3_pcode));
    };
    for (std::size_t o = 0; o < g.homes.size(); ++o) {
        const std::string origin = cells(g.homes[o]);
        for (std::size_t i = 0; i < g.places.size(); ++i) {
            const std::size_t at = o * g.places.size() + i;
            if (!(values.value(0, 0, at) > 0)) continue;
            const std::string place = cells(g.places[i]);
            for (std::size_t s = 0; s < statistics.size(); ++s) {
                table.raw(origin, 3);
                table.raw(place, 3);
                table.raw(statistics[s]);
                values.add_cells(table, s, at);
                table.end_row();
            }
        }
    }
    return table;
}

CsvTable routes_table(const ResultsFile& file, const Gazetteer& g) {
    CsvTable table({date_column,
                    {"route", "#loc+route+code", "", "identifier of the route in the scenario"},
                    {"from_place", "#loc+origin+code", "", "place at one end"},
                    {"to_place", "#loc+dest+code", "", "place at the other end"},
                    column_of("route_persons_mean")});
    const auto persons = file.floats("/route_persons_mean");
    std::vector<std::string> cells;
    for (const auto& route : g.routes) {
        cells.push_back(fmt::format("{},{},{}", csv_cell(route.id), csv_cell(g.places[route.from].id),
                                    csv_cell(g.places[route.to].id)));
    }
    for (std::size_t t = 0; t < g.days.size(); ++t) {
        const std::string date = iso(g.days[t]);
        for (std::size_t r = 0; r < g.routes.size(); ++r) {
            table.raw(date);
            table.raw(cells[r], 3);
            table.number(persons[t * g.routes.size() + r]);
            table.end_row();
        }
    }
    return table;
}

CsvTable needs_table(const ResultsFile& file, const Gazetteer& g) {
    const auto names = file.texts("/need_name"), units = file.texts("/need_unit");
    const auto chance = file.floats("/chance_short");
    const std::array<FieldInfo, 2> fields{{{"needed", "", Kind::stock, ""}, {"unmet", "", Kind::stock, ""}}};
    const Statistics values(file, fields);
    CsvTable table(joined({date_column, need_column, need_unit_column, statistic_column}, columns_of(fields),
                          std::vector<Column>{column_of("chance_short")}));
    for (std::size_t t = 0; t < g.days.size(); ++t) {
        for (std::size_t n = 0; n < names.size(); ++n) {
            for (std::size_t s = 0; s < statistics.size(); ++s) {
                table.date(g.days[t]);
                table.text(names[n]);
                table.text(units[n]);
                table.raw(statistics[s]);
                values.add_cells(table, s, t * names.size() + n);
                table.number(chance[t * names.size() + n], 3);
                table.end_row();
            }
        }
    }
    return table;
}

/// What is brought to people in need, in the units in which it is ordered.
struct Supply {
    std::string table, unit;
    double per_person;
    bool is_daily;  ///< for all who stay or wait, day by day; else it lasts, for those without shelter
};

/// Water in litres, food in tonnes, tents and latrines, by the standards of the run.
std::vector<Supply> supplies(const ResultsFile& file) {
    std::vector<Supply> all;
    const auto names = file.texts("/need_name");
    const auto per_person = file.doubles("/need_per_person");
    for (std::size_t n = 0; n < names.size(); ++n) {
        const auto add = [&](const char* table, const char* unit, double a_person) {
            all.push_back({table, unit, a_person, is_used_up(names[n])});
        };
        if (names[n] == "water") add("water", "L/day", per_person[n]);
        if (names[n] == "food") add("food", "t/day", per_person[n] * tonnes_a_million_kcal);
        if (names[n] == "living space") add("tents", "tents", per_person[n] / m2_a_tent);
        if (names[n] == "latrines") add("latrines", "latrines", per_person[n]);
    }
    return all;
}

/// Parts of a dataset [T, P] at some records, one behind the other.
std::vector<float> at_records(const std::vector<float>& values, const std::vector<std::size_t>& records,
                              std::size_t places) {
    std::vector<float> result;
    for (const std::size_t t : records) {
        const auto from = values.begin() + std::ptrdiff_t(t * places);
        result.insert(result.end(), from, from + std::ptrdiff_t(places));
    }
    return result;
}

/// Mean and quantiles of a stock by place at some records, as they stand in the file.
EnsembleSummary stored_summary(const ResultsFile& file, PlaceField field,
                               const std::vector<std::size_t>& records, std::size_t places) {
    const std::string path = fmt::format("/{}", info(field).name);
    EnsembleSummary summary;
    summary.mean = at_records(file.floats(path + "_mean"), records, places);
    for (std::size_t q = 0; q < summary.quantile.size(); ++q)
        summary.quantile[q] = at_records(file.slice(path + "_quantile", q), records, places);
    return summary;
}

/// The same of all who stay or wait. Without series of members, quantiles of the sum are those of the one where nobody does
/// the other, and NaN where both do.
EnsembleSummary staying_or_waiting(const ResultsFile& file, const std::vector<std::size_t>& records,
                                   std::size_t places) {
    if (keeps_series(file)) {
        std::vector<std::vector<float>> people;  // [M][records, P]
        const std::size_t members = file.doubles("/member").size();
        for (std::size_t m = 0; m < members; ++m) {
            people.push_back(at_records(file.slice("/displaced", m), records, places));
            const auto waiting = at_records(file.slice("/waiting", m), records, places);
            for (std::size_t c = 0; c < waiting.size(); ++c) people[m][c] += waiting[c];
        }
        return summarise(
            people.size(), people.front().size(), [&](std::size_t m) { return std::span(people[m]); }, 1);
    }
    EnsembleSummary sum = stored_summary(file, PlaceField::displaced, records, places);
    const EnsembleSummary waiting = stored_summary(file, PlaceField::waiting, records, places);
    for (std::size_t c = 0; c < sum.mean.size(); ++c) {
        const bool one_is_zero = sum.mean[c] == 0 || waiting.mean[c] == 0;
        sum.mean[c] += waiting.mean[c];
        for (std::size_t q = 0; q < sum.quantile.size(); ++q)
            sum.quantile[q][c] = one_is_zero ? sum.quantile[q][c] + waiting.quantile[q][c] : NAN;
    }
    return sum;
}

/// Mean and quantiles over members of what the people of each place and week need.
///
/// @param summary  [W, P] whom a need counts
void add_needs_of_places(CsvTable& table, const Gazetteer& g, const std::vector<std::string>& places,
                         const EnsembleSummary& summary, const std::array<std::string, 2>& need_and_unit,
                         double per_person) {
    for (std::size_t w = 0; w < g.weeks.size(); ++w) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::size_t at = w * places.size() + i;
            if (g.places[i].type == "abroad" || !(summary.mean[at] > 0)) continue;
            for (std::size_t s = 0; s < statistics.size(); ++s) {
                table.raw(g.weeks[w].label);
                table.date(g.weeks[w].to);
                table.raw(places[i], 4);
                for (const auto& text : need_and_unit) table.text(text);
                table.raw(statistics[s]);
                table.number(per_person * (s == 0 ? summary.mean[at] : summary.quantile[s - 1][at]), 3);
                table.end_row();
            }
        }
    }
}

/// Whom the needs of a place count: all who stay or wait there, or those without shelter.
CsvTable needs_of_places_table(const ResultsFile& file, const Gazetteer& g,
                               const std::vector<std::string>& places) {
    CsvTable table(joined({{"week", "#meta+week", "", "ISO week"},
                           {"date", "#date", "", "last day of the week, for which the needs are"}},
                          place_columns(),
                          std::vector<Column>{need_column,
                                              need_unit_column,
                                              statistic_column,
                                              {"needed", "#inneed+num", "", needs_of_places_meaning}}));
    std::vector<std::size_t> week_ends;
    for (const auto& week : g.weeks) week_ends.push_back(week.last);
    const auto people = staying_or_waiting(file, week_ends, places.size());
    const auto without_shelter = stored_summary(file, PlaceField::without_shelter, week_ends, places.size());
    const auto names = file.texts("/need_name"), units = file.texts("/need_unit");
    const auto per_person = file.doubles("/need_per_person");
    for (std::size_t n = 0; n < names.size(); ++n) {
        add_needs_of_places(table, g, places, is_used_up(names[n]) ? people : without_shelter,
                            {names[n], units[n]}, per_person[n]);
    }
    return table;
}

/// A table of a group of datasets, a row an entry: texts and numbers as they stand.
CsvTable group_table(const ResultsFile& file,
                     const std::vector<std::pair<const char*, const char*>>& datasets,
                     const std::vector<Column>& more,
                     const std::function<void(CsvTable&, std::size_t)>& add_more) {
    std::vector<Column> columns;
    std::vector<std::function<void(CsvTable&, std::size_t)>> cells;
    std::size_t rows = 0;
    for (const auto& [path, hxl] : datasets) {
        const auto& info = dataset_info(path);
        columns.push_back({info.name, hxl, info.unit, info.meaning});
        if (info.stored == Stored::text) {
            const bool is_day = info.group == "reported" && info.name.ends_with("_day");
            cells.push_back(
                [texts = file.texts(is_day ? reported_day(file, info.name) : path)](
                    CsvTable& table, std::size_t row) { table.text(texts[row] == "-" ? "" : texts[row]); });
        } else {
            auto numbers = file.doubles(path);
            rows = numbers.size();
            cells.push_back([numbers = std::move(numbers)](CsvTable& table, std::size_t row) {
                table.number(numbers[row], 3);
            });
        }
    }
    CsvTable table(joined(columns, more));
    for (std::size_t row = 0; row < rows; ++row) {
        for (const auto& cell : cells) cell(table, row);
        add_more(table, row);
        table.end_row();
    }
    return table;
}

/// A column for each quantile of a dataset [quantile, entry]; files before its format have none.
std::vector<Column> quantile_columns(const std::string& path, const std::string& hxl) {
    std::vector<Column> columns;
    const auto& info = dataset_info(path + "_quantile");
    for (std::size_t s = 1; s < statistics.size(); ++s) {
        columns.push_back({fmt::format("{}_{}", dataset_info(path).name, statistics[s]),
                           fmt::format("{}+{}", hxl, statistics[s]), info.unit, info.meaning});
    }
    return columns;
}

CsvTable planning_table(const ResultsFile& file, const Gazetteer& g) {
    const auto days = file.floats("/planning/passed_on_quantile");
    std::vector<std::pair<const char*, const char*>> datasets{{"/planning/name", "#meta+name"},
                                                              {"/planning/quantity", "#indicator+code"},
                                                              {"/planning/persons", "#targeted+ind"},
                                                              {"/planning/chance", "#indicator+chance+num"},
                                                              {"/planning/median", "#affected+ind+median"},
                                                              {"/planning/low", "#affected+ind+q05"},
                                                              {"/planning/high", "#affected+ind+q95"}};
    std::vector<Column> more = date_quantile_columns("have passed it");
    std::vector<std::vector<float>> quantiles;
    if (file.has("/planning/most_quantile")) {
        datasets.insert(datasets.begin() + 2, {{"/planning/place_or_area", "#loc+name"},
                                               {"/planning/within", "#indicator+days+num"}});
        datasets.push_back({"/planning/trigger", "#indicator+trigger+num"});
        datasets.push_back({"/planning/chance_of_warning", "#indicator+chance+warning+num"});
        for (const auto& [path, hxl] : {std::pair{"/planning/most", "#affected+ind+most"},
                                        {"/planning/lead_days", "#indicator+lead+days+num"}}) {
            more = joined(more, quantile_columns(path, hxl));
            quantiles.push_back(file.floats(std::string(path) + "_quantile"));
        }
    }
    return group_table(file, datasets, more, [&](CsvTable& table, std::size_t row) {
        add_dates(table, g, days, row);
        for (const auto& values : quantiles) {
            const std::size_t count = values.size() / quantile_levels.size();
            for (std::size_t q = 0; q < quantile_levels.size(); ++q) table.number(values[q * count + row]);
        }
    });
}

/// Totals of the runs that stand for the best, the likely and the worst case, side by side.
CsvTable cases_table(const ResultsFile& file, const Gazetteer& g) {
    const auto members = file.doubles("/case_member");
    std::vector<Column> columns{date_column,
                                {"quantity", "#indicator+code", "", "what is counted"},
                                {"unit", "#meta+unit", "", "unit in which it is counted"}};
    for (const auto& [name, q] : cases_by_rank) {
        columns.push_back(
            {name, fmt::format("#indicator+{}+num", name), "",
             fmt::format("in member {:.0f}, which has the rank of {:.0f} % by people displaced at the end",
                         members[q], 100 * quantile_levels[q])});
    }
    CsvTable table(columns);
    std::vector<std::vector<float>> values;  // [total][M, T]
    for (const auto& field : total_fields) values.push_back(file.floats(fmt::format("/{}", field.name)));
    for (std::size_t t = 0; t < g.days.size(); ++t) {
        for (std::size_t f = 0; f < total_fields.size(); ++f) {
            table.date(g.days[t]);
            table.text(total_fields[f].name);
            table.text(dataset_info(fmt::format("/{}", total_fields[f].name)).unit);
            for (const auto& [name, q] : cases_by_rank)
                table.number(values[f][std::size_t(members[q]) * g.days.size() + t]);
            table.end_row();
        }
    }
    return table;
}

CsvTable reported_table(const ResultsFile& file) {
    return group_table(file,
                       {{"/reported/name", "#meta+name"},
                        {"/reported/quantity", "#indicator+code"},
                        {"/reported/place_or_area", "#loc+name"},
                        {"/reported/first_day", "#date+start"},
                        {"/reported/last_day", "#date+end"},
                        {"/reported/bound", "#meta+bound"},
                        {"/reported/persons", "#affected+ind+reported"},
                        {"/reported/reported_low", "#affected+ind+reported+min"},
                        {"/reported/reported_high", "#affected+ind+reported+max"},
                        {"/reported/simulated_median", "#affected+ind+median"},
                        {"/reported/simulated_low", "#affected+ind+q05"},
                        {"/reported/simulated_high", "#affected+ind+q95"},
                        {"/reported/inside", "#indicator+inside+num"},
                        {"/reported/fitted", "#indicator+fitted+num"},
                        {"/reported/source", "#meta+source"}},
                       {}, [](CsvTable&, std::size_t) {});
}

/// A row for each day, and for its 5 % quantile, median and 95 % quantile; a column for each place.
///
/// @param all    what every column of a place holds
/// @param value  of (statistic, day and place)
template <class Value>
CsvTable wide_table(const Gazetteer& g, const Column& all, Value value) {
    std::vector<Column> columns{date_column, statistic_column};
    for (const auto& place : g.places)
        columns.push_back({place.id, fmt::format("{}+place_{}", all.hxl, place.id), all.unit, all.meaning});
    CsvTable table(columns);
    for (std::size_t t = 0; t < g.days.size(); ++t) {
        for (const std::size_t s : {1, 3, 5}) {
            table.date(g.days[t]);
            table.raw(statistics[s]);
            for (std::size_t i = 0; i < g.places.size(); ++i)
                table.number(value(s, t * g.places.size() + i), 3);
            table.end_row();
        }
    }
    return table;
}

/// Needs as they are ordered and brought, by place and day.
std::vector<NamedTable> wide_needs(const ResultsFile& file, const Gazetteer& g) {
    std::vector<NamedTable> tables;
    std::vector<std::size_t> records(g.days.size());
    std::iota(records.begin(), records.end(), 0);
    const auto staying = staying_or_waiting(file, records, g.places.size()),
               unsheltered = stored_summary(file, PlaceField::without_shelter, records, g.places.size());
    for (const auto& supply : supplies(file)) {
        const auto& persons = supply.is_daily ? staying : unsheltered;
        tables.push_back({fmt::format("{}_by_place.csv", supply.table),
                          wide_table(g, {"", "#inneed+num", supply.unit, needs_of_places_meaning},
                                     [&](std::size_t s, std::size_t at) {
                                         if (g.places[at % g.places.size()].type == "abroad")
                                             return double(NAN);
                                         return supply.per_person * double(persons.quantile[s - 1][at]);
                                     })});
    }
    return tables;
}

}  // namespace

std::vector<NamedTable> csv_tables(const ResultsFile& file) {
    const Gazetteer g = read_gazetteer(file);
    std::vector<std::string> places, bands;
    for (const auto& place : g.places) places.push_back(place_cells(place));
    for (const auto& band : file.texts("/band_name")) bands.push_back(csv_cell(band));
    const std::vector<Column> band{{"danger", "#severity+band", "", "danger band of the place"}};
    std::vector<NamedTable> tables;
    tables.push_back({"places.csv", places_table(g)});
    tables.push_back({"totals_by_day.csv", by_day(file, g, totals_in(file), {}, {""})});
    tables.push_back({"places_by_day.csv", by_day(file, g, place_fields_of(false), place_columns(), places)});
    if (has_causes(file))
        tables.push_back(
            {"causes_by_day.csv", by_day(file, g, place_fields_of(true), place_columns(), places)});
    tables.push_back({"conditions_by_day.csv", conditions_table(file, g, places)});
    tables.push_back({"danger_by_day.csv", by_day(file, g, band_fields, band, bands)});
    tables.push_back({"full.csv", full_table(file, g, places)});
    tables.push_back({"full_by_day.csv", full_by_day_table(file, g, places)});
    if (file.has("/arrivals_from_mean")) tables.push_back({"flows.csv", flows_table(file, g)});
    if (!g.routes.empty()) tables.push_back({"routes_by_day.csv", routes_table(file, g)});
    tables.push_back({"needs_by_day.csv", needs_table(file, g)});
    tables.push_back({"needs_of_places_by_week.csv", needs_of_places_table(file, g, places)});
    if (file.has("/case_member")) tables.push_back({"cases_by_day.csv", cases_table(file, g)});
    if (file.has("/planning/name")) tables.push_back({"planning.csv", planning_table(file, g)});
    if (file.has("/reported/name")) tables.push_back({"reported.csv", reported_table(file)});
    return tables;
}

std::vector<NamedTable> wide_tables(const ResultsFile& file) {
    const Gazetteer g = read_gazetteer(file);
    std::vector<NamedTable> tables = wide_needs(file, g);
    for (PlaceField field : {PlaceField::displaced, PlaceField::without_shelter, PlaceField::arrivals}) {
        const Statistics values(file, std::array<FieldInfo, 1>{info(field)});
        tables.push_back({fmt::format("{}_by_place.csv", info(field).name),
                          wide_table(g, column_of(info(field).name),
                                     [&](std::size_t s, std::size_t at) { return values.value(0, s, at); })});
    }
    return tables;
}

}  // namespace nuzuh
