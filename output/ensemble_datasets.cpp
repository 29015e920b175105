#include "output/ensemble_datasets.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "output/ensemble_summary.hpp"
#include "output/families.hpp"
#include "output/over_run.hpp"
#include "output/planner.hpp"
#include "output/tables.hpp"
#include "output/world_tables.hpp"
#include "sim/study/evidence.hpp"
#include "sim/study/kept_places.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/variance_shares.hpp"

namespace nuzuh {

namespace {

template <std::size_t count>
std::vector<double> listed(const std::array<double, count>& numbers) {
    return {numbers.begin(), numbers.end()};
}

void write_axes(ResultsSink& to, const EnsembleResult& result) {
    to.put("/time", result.days);
    std::vector<std::int32_t> members(result.members.size());
    std::iota(members.begin(), members.end(), 0);
    to.put("/member", std::move(members));
    to.put("/quantile", listed(quantile_levels));
    to.put("/level", listed(full_levels));
}

void write_groups(ResultsSink& to, const World& world) {
    std::vector<std::string> name;
    std::vector<float> household_size, threshold;
    for (int k = 0; k < world.group_count(); ++k) {
        const Group& group = world.groups[std::size_t(k)];
        name.push_back(group.name);
        household_size.push_back(float(group.household_size));
        threshold.push_back(k < world.mobile_groups ? float(group.threshold) : missing);
    }
    to.put("/group_name", std::move(name));
    to.put("/group_household_size", std::move(household_size));
    to.put("/group_threshold", std::move(threshold));
}

/// Bombardment, exposure and danger as the run used them, by record.
void write_inputs(ResultsSink& to, const World& world, const KeptPlaces& kept, std::size_t records) {
    const std::size_t steps = world.inputs->size();
    const auto every = std::size_t(steps_a_record(world));
    const auto by_record = [&](const char* path, auto value) {
        to.put(path, [&] {
            std::vector<float> values;
            values.reserve(records * kept.places().size());
            for (std::size_t t = 0; t < records; ++t) {
                const std::size_t first = std::min(t * every, steps - 1),
                                  end = std::min(first + every, steps);
                const Eigen::ArrayXf here = value(first, end);
                const auto of_kept = kept.of_places(std::span(here.data(), world.places.size()));
                values.insert(values.end(), of_kept.begin(), of_kept.end());
            }
            return values;
        });
    };
    by_record("/strikes", [&](std::size_t first, std::size_t end) -> Eigen::ArrayXf {
        Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(Eigen::Index(world.places.size()));
        for (std::size_t step = first; step < end; ++step) sum += world.inputs[step].strikes;
        return (sum / double(end - first)).cast<float>();
    });
    const auto at_end = [&](const char* path, auto StepInputs::*value) {
        by_record(path, [&](std::size_t, std::size_t end) -> Eigen::ArrayXf {
            return (world.inputs[end - 1].*value).template cast<float>();
        });
    };
    at_end("/exposure", &StepInputs::exposure);
    at_end("/danger", &StepInputs::danger);
    at_end("/fallen", &StepInputs::fallen);
}

void write_route_persons(ResultsSink& to, const EnsembleResult& series) {
    write_large(to, "/route_persons", series, route_series);
    to.put("/route_persons_mean", [&] {
        std::vector<double> sum;
        for (std::size_t m = 0; m < series.members.size(); ++m) {
            std::vector<float> fetched;
            const auto member = series.series(m, route_series, fetched);
            sum.resize(member.size(), 0);
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += member[i];
        }
        std::vector<float> mean;
        for (double persons : sum) mean.push_back(float(persons / double(series.members.size())));
        return mean;
    });
}

void write_unknowns(ResultsSink& to, const EnsembleResult& result) {
    to.put("/unknown_name", result.unknowns);
    to.put("/unknown_value", [&] {
        std::vector<float> values;
        for (const auto& member : result.drawn) values.insert(values.end(), member.begin(), member.end());
        return values;
    });
}

void write_origins(ResultsSink& to, const World& world, const EnsembleResult& series, std::size_t places,
                   int threads) {
    if (!has_series(series, arrivals_from_series)) return;
    write_large_family(to, "arrivals_from", series, arrivals_from_series, threads);
    write_large(to, "/displaced_from_final", series, displaced_from_series);
    if (series.mean_displaced_from.empty()) return to.leave_out("/displaced_from_mean");
    const std::size_t pairs = world.places.size() * places;
    to.slices(
        "/displaced_from_mean",
        [&, pairs](std::size_t t) { return std::span(series.mean_displaced_from).subspan(t * pairs, pairs); },
        Stay::with_the_results);
}

/// What is kept of each member: its series by place and route, or what places come to over its run.
void choose_kept(ResultsSink& to, MembersKept kept) {
    for (const auto& info : layout()) {
        if (kept == MembersKept::totals ? is_series_of_members(info) : info.when == When::totals_alone)
            to.leave_out(info.path());
    }
}

void write_over_run(ResultsSink& to, const EnsembleResult& series, std::size_t places) {
    const auto write = [&](std::string_view name, PlaceField field, Over how) {
        to.put(fmt::format("/{}", name), [&] {
            std::vector<float> all;  // [M, P]
            std::vector<float> fetched;
            for (std::size_t m = 0; m < series.members.size(); ++m) {
                const auto values = over_run(series.series(m, Series(field), fetched), places, how);
                all.insert(all.end(), values.begin(), values.end());
            }
            return all;
        });
    };
    for (std::size_t f = 0; !is_by_cause(PlaceField(f)); ++f)
        write(over_run_name(place_fields[f]), PlaceField(f), over_of(place_fields[f].kind));
    write(most_without_shelter, PlaceField::without_shelter, Over::most);
}

/// What a reader of the numbers must know of them.
void write_caveats(ResultsSink& to, const World& world, const EnsembleResult& result) {
    if (result.members.size() > 1 || world.settings.engine.mode == DrawMode::expected)
        to.text_attribute("", "bands", band_text(world.settings, result.unknowns));
    if (!result.unknowns.empty()) to.text_attribute("", "unknowns", result.unknowns_fingerprint);
    if (const auto text = variance_text(result); !text.empty()) to.text_attribute("", "variance", text);
    const auto outside = outside_evidence(world, result);
    if (!outside.empty())
        to.text_attribute("", "outside_evidence", fmt::format("{}", fmt::join(outside, " ")));
}

void write_totals(ResultsSink& to, const EnsembleResult& result, int threads) {
    for (std::size_t f = 0; f < total_fields.size(); ++f) {
        write_family(
            to, total_fields[f].name, [&](std::size_t m) { return std::span(result.members[m].total[f]); },
            result.members.size(), threads, Stay::with_the_results);
    }
}

void write_place_field(ResultsSink& to, const EnsembleResult& result, Series f, int threads) {
    const std::string path = fmt::format("/{}", place_fields[f].name);
    if (!is_by_cause(PlaceField(f)) || has_series(result, f))
        return write_large_family(to, place_fields[f].name, result, f, threads);
    for (const char* what : {"", "_mean", "_quantile"}) to.leave_out(path + what);
}

}  // namespace

void EnsembleDatasets::put_attributes(ResultsSink& to) const {
    write_root_attributes(to, world, provenance);
    write_caveats(to, world, result);
}

void EnsembleDatasets::put_datasets(ResultsSink& to) const {
    choose_kept(to, world.settings.output.members);
    const KeptPlaces kept(world);
    const std::size_t places = kept.places().size();
    write_axes(to, result);
    write_places(to, world, kept);
    write_homes(to, world);
    write_routes(to, world, kept);
    write_groups(to, world);
    write_inputs(to, world, kept, result.days.size());
    write_totals(to, result, threads);
    for (Series f = 0; f < place_fields.size(); ++f) write_place_field(to, series, f, threads);
    write_route_persons(to, series);
    write_origins(to, world, series, places, threads);
    write_over_run(to, series, places);
    write_planner_quantities(to, world, result, series, threads);
    write_border(to, world.settings.network.border);
    write_figures(to, comparisons);
    write_planning(to, outlooks, result.days);
    write_unknowns(to, result);
    write_histories(to, result, world.places.size());
    write_traces(to, result);
}

AxisLengths EnsembleDatasets::axis_lengths() const {
    const auto& first = result.members.front();
    const bool agents = first.histories.times_displaced.size() > 0;
    const bool origins_tracked = has_series(result, arrivals_from_series);
    const KeptPlaces kept(world);
    return {{"member", result.members.size()},
            {"time", result.days.size()},
            {"place", kept.places().size()},
            {"origin", origins_tracked ? world.places.size() : 0},
            {"route", kept.routes().size()},
            {"quantile", quantile_levels.size()},
            {"level", full_levels.size()},
            {"band", std::size_t(danger_band_count)},
            {"need", need_count},
            {"group", world.groups.size()},
            {"two", 2},
            {"border_point", world.settings.network.border.size()},
            {"figure", comparisons.size()},
            {"planning_figure", outlooks.size()},
            {"unknown", result.unknowns.size()},
            {"history_bin", agents ? std::size_t(Histories::bins) : 0},
            {"trace", trace_count(result)}};
}

std::string time_unit(const World& world) { return "days since " + iso(world.start); }

}  // namespace nuzuh
