#include "output/measure.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "output/gazetteer.hpp"
#include "output/layout.hpp"
#include "output/over_run.hpp"
#include "sim/engine/record.hpp"
#include "sim/rules/danger.hpp"
#include "sim/scenario/load.hpp"

namespace nuzuh {
namespace {

struct Shape {
    std::size_t members, records, width;
};

/// Puts what a member comes to behind the members before, column by column.
void add_to_columns(std::vector<std::vector<double>>& columns, const std::vector<double>& member) {
    columns.resize(member.size());
    for (std::size_t i = 0; i < member.size(); ++i) columns[i].push_back(member[i]);
}

/// [W][M] what columns come to in every member.
std::vector<std::vector<double>> columns_over_run(const std::vector<float>& values, Shape s, Over how) {
    std::vector<std::vector<double>> columns;
    for (std::size_t m = 0; m < s.members; ++m) {
        const std::size_t size = s.records * s.width;
        add_to_columns(columns, over_run(std::span(values).subspan(m * size, size), s.width, how));
    }
    return columns;
}

/// A flow by record as a flow a day.
std::vector<float> a_day(std::vector<float> values, const std::vector<double>& days) {
    for (std::size_t k = 0; k < values.size(); ++k) values[k] /= float(days[k % days.size()]);
    return values;
}

void add_totals(MeasuredRun& run, const Results& file) {
    const auto days = days_of_records(file.doubles("/time"));
    const Shape shape{run.members, days.size(), 1};
    for (const auto& field : total_fields) {
        const std::string name(field.name), path = "/" + name;
        if (!file.has(path)) continue;
        const auto values = file.floats(path);
        const auto add = [&](const std::string& quantity, const std::string& unit,
                             const std::vector<float>& by_record, Over how) {
            run.measures.push_back({quantity, unit, "", "", columns_over_run(by_record, shape, how)[0]});
        };
        add(name, dataset_info(path).unit, values, field.kind == Kind::flow ? Over::sum : Over::last);
        if (name == info(TotalField::without_shelter).name)
            add(std::string(most_of_records) + name, "persons", values, Over::most);
        if (name == info(TotalField::could_not_leave).name)
            add(std::string(most_of_records) + name, "persons", a_day(values, days), Over::most);
    }
}

void add_person_days_at_risk(MeasuredRun& run, const Results& file, std::size_t records) {
    Measure at_risk{"person_days_at_risk", "person-days", "", "", std::vector<double>(run.members, 0)};
    for (BandField field : {BandField::person_days_at_home, BandField::person_days_displaced}) {
        if (!file.has(fmt::format("/{}", info(field).name))) return;
        const Shape shape{run.members, records, std::size_t(danger_band_count)};
        const auto by_band =
            columns_over_run(file.floats(fmt::format("/{}", info(field).name)), shape, Over::sum);
        for (std::size_t band = std::size_t(DangerBand::from_1); band < by_band.size(); ++band) {
            for (std::size_t m = 0; m < run.members; ++m) at_risk.members[m] += by_band[band][m];
        }
    }
    run.measures.insert(run.measures.begin(), std::move(at_risk));
}

void add_places(MeasuredRun& run, const Results& file, const std::vector<std::string>& places) {
    const auto add = [&](const std::string& name, PlaceField field, Over how) {
        std::vector<std::vector<double>> values;
        for (const auto& member : places_over_run(file, field, how)) add_to_columns(values, member);
        for (std::size_t i = 0; i < places.size(); ++i)
            run.measures.push_back({name, "persons", "", places[i], std::move(values[i])});
    };
    add("arrivals", PlaceField::arrivals, Over::sum);
    add("displaced", PlaceField::displaced, Over::last);
    add(std::string(most_without_shelter), PlaceField::without_shelter, Over::most);
}

void add_flows(MeasuredRun& run, const Results& file, const std::vector<std::string>& places) {
    const auto homes = file.has("/origin_id") ? file.texts("/origin_id") : places;
    auto values = columns_over_run(file.floats("/arrivals_from"),
                                   {run.members, 1, homes.size() * places.size()}, Over::last);
    for (std::size_t o = 0; o < homes.size(); ++o) {
        for (std::size_t i = 0; i < places.size(); ++i)
            run.measures.push_back(
                {"arrivals", "persons", homes[o], places[i], std::move(values[o * places.size() + i])});
    }
}

/// Of results that tell of some places the whole network stands in the scenario that they hold.
void add_network(MeasuredRun& run, const Results& file) {
    run.places = file.texts("/place_id");
    if (file.has("/route_id")) run.routes = file.texts("/route_id");
    if (tells_all_places(file)) return;
    const auto scenario = read_scenario_text(file.text_attribute("/provenance", "scenario").value_or(""));
    if (!scenario) throw ResultsError("the scenario in a file that tells of some places cannot be read");
    const std::set<std::string> told(run.places.begin(), run.places.end());
    run.places.clear();
    run.routes.clear();
    for (const auto& place : scenario->network.places) {
        run.places.push_back(place.place);
        if (!told.contains(place.place)) run.left_out_places.insert(place.place);
    }
    for (const auto& route : scenario->network.routes) run.routes.push_back(route.route);
}

}  // namespace

std::vector<double> days_of_records(std::vector<double> days) {
    for (std::size_t t = days.size(); t-- > 0;) days[t] = std::max(1.0, days[t] - (t > 0 ? days[t - 1] : -1));
    return days;
}

MeasuredRun measured(const Results& file) {
    MeasuredRun run;
    const auto text = [&](const char* name) { return file.text_attribute("/", name).value_or(""); };
    run.title = text("title");
    run.engine = text("engine");
    run.mode = text("mode");
    run.from = text("time_coverage_start");
    run.to = text("time_coverage_end");
    run.seed = file.number_attribute("/", "seed").value_or(0);
    run.unknowns = file.text_attribute("/", "unknowns").value_or("");
    add_network(run, file);
    const auto places = file.texts("/place_id");
    run.members = file.doubles("/member").size();
    const auto record_days = days_of_records(file.doubles("/time"));
    if (!record_days.empty()) run.record_days = record_days.front();
    add_totals(run, file);
    add_person_days_at_risk(run, file, record_days.size());
    add_places(run, file, places);
    if (file.has("/arrivals_from")) add_flows(run, file, places);
    run.left_out_homes = !keeps_series(file) && file.has("/arrivals_from_mean");
    return run;
}

CsvTable comparison_table(const Comparison& comparison, const Results& a, const Results& b) {
    CsvTable table(
        {{"quantity", "#indicator+code", "", "what is compared"},
         {"unit", "#meta+unit", "", ""},
         {"origin", "#loc+origin+code", "", "home of those counted; empty: all"},
         {"place", "#loc+dest+code", "", "where they are counted; empty: everywhere"},
         {"name", "#loc+dest+name", "", "name of the place"},
         {"pcode", "#loc+dest+code+pcode", "", "P-code of the place"},
         {"adm3_pcode", "#adm3+dest+code", "", "P-code of its sub-district"},
         {"a_median", "#indicator+a+median+num", "", "median over members of the first"},
         {"b_median", "#indicator+b+median+num", "", "median over members of the second"},
         {"difference_mean", "#indicator+difference+mean+num", "", "second less first"},
         {"difference_q05", "#indicator+difference+q05+num", "", "second less first"},
         {"difference_q25", "#indicator+difference+q25+num", "", "second less first"},
         {"difference_median", "#indicator+difference+median+num", "", "second less first"},
         {"difference_q75", "#indicator+difference+q75+num", "", "second less first"},
         {"difference_q95", "#indicator+difference+q95+num", "", "second less first"},
         {"share_less", "#indicator+less+num", "1", "share of differences below 0"},
         {"share_more", "#indicator+more+num", "1", "share of differences above 0"},
         {"pairs", "#meta+pairs", "", "same chance: member by member; independent: every with every"}});
    std::map<std::string, PlaceEntry> places;
    for (const auto* file : {&a, &b}) {
        for (const auto& place : read_gazetteer(*file).places) places.emplace(place.id, place);
    }
    for (const auto& d : comparison.differences) {
        const auto& m = d.measure;
        if (!m.origin.empty() && d.a_median == 0 && d.b_median == 0 && d.mean == 0) continue;
        const auto place = places.find(m.place);
        const PlaceEntry entry = place == places.end() ? PlaceEntry{} : place->second;
        for (const auto& cell :
             {m.quantity, m.unit, m.origin, m.place, entry.name, entry.pcode, entry.adm3_pcode})
            table.text(cell);
        for (double value : {d.a_median, d.b_median, d.mean}) table.number(value);
        for (double value : d.band) table.number(value);
        table.number(d.share_less, 4);
        table.number(d.share_more, 4);
        table.raw(comparison.paired ? "same chance" : "independent");
        table.end_row();
    }
    return table;
}

}  // namespace nuzuh
