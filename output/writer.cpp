#include "output/writer.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "output/builder.hpp"
#include "output/ensemble_summary.hpp"
#include "output/families.hpp"
#include "output/pending_file.hpp"
#include "output/planner.hpp"
#include "output/tables.hpp"
#include "output/world_tables.hpp"
#include "sim/study/evidence.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/variance_shares.hpp"

namespace nuzuh {

static_assert(std::endian::native == std::endian::little, "chunks are written as they lie in memory");

namespace {

AxisLengths axis_lengths(const World& world, const EnsembleResult& result, std::size_t figures,
                         std::size_t planning_figures) {
    const auto& first = result.members.front();
    const bool agents = first.histories.times_displaced.size() > 0;
    const bool origins_tracked = !first.arrivals_from.empty();
    return {{"member", result.members.size()},
            {"time", result.days.size()},
            {"place", world.places.size()},
            {"origin", origins_tracked ? world.places.size() : 0},
            {"route", world.roads.size()},
            {"quantile", quantile_levels.size()},
            {"level", full_levels.size()},
            {"band", std::size_t(danger_band_count)},
            {"need", need_count},
            {"group", world.groups.size()},
            {"two", 2},
            {"border_point", world.settings.network.border.size()},
            {"figure", figures},
            {"planning_figure", planning_figures},
            {"unknown", result.unknowns.size()},
            {"history_bin", agents ? std::size_t(Histories::bins) : 0},
            {"trace", trace_count(result)}};
}

void write_axes(ResultsBuilder& file, const EnsembleResult& result) {
    file.doubles("/time", result.days);
    std::vector<std::int32_t> members(result.members.size());
    for (std::size_t m = 0; m < members.size(); ++m) members[m] = std::int32_t(m);
    file.int32s("/member", members);
    file.doubles("/quantile", quantile_levels);
    file.doubles("/level", full_levels);
}

void write_groups(ResultsBuilder& file, const World& world) {
    std::vector<std::string> name;
    std::vector<float> household_size, threshold;
    for (int k = 0; k < world.group_count(); ++k) {
        const Group& group = world.groups[std::size_t(k)];
        name.push_back(group.name);
        household_size.push_back(float(group.household_size));
        threshold.push_back(k < world.mobile_groups ? float(group.threshold) : missing);
    }
    file.texts("/group_name", name);
    file.floats("/group_household_size", household_size);
    file.floats("/group_threshold", threshold);
}

/// Bombardment, exposure and danger as the run used them, by record.
void write_inputs(ResultsBuilder& file, const World& world, std::size_t records) {
    const std::size_t places = world.places.size(), steps = world.inputs->size();
    const std::size_t every =
        std::max<std::size_t>(1, std::lround(world.settings.output.every_days / world.dt));
    std::vector<float> strikes(records * places), exposure(strikes), danger(strikes), fallen(strikes);
    for (std::size_t t = 0; t < records; ++t) {
        const std::size_t first = std::min(t * every, steps - 1), end = std::min(first + every, steps);
        Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(Eigen::Index(places));
        for (std::size_t step = first; step < end; ++step) sum += world.inputs[step].strikes;
        const auto& last = world.inputs[end - 1];
        for (std::size_t i = 0; i < places; ++i) {
            const auto p = Eigen::Index(i);
            strikes[t * places + i] = float(sum[p] / double(end - first));
            exposure[t * places + i] = float(last.exposure[p]);
            danger[t * places + i] = float(last.danger[p]);
            fallen[t * places + i] = last.fallen[p] ? 1.0f : 0.0f;
        }
    }
    file.floats("/strikes", strikes);
    file.floats("/exposure", exposure);
    file.floats("/danger", danger);
    file.floats("/fallen", fallen);
}

void write_route_persons(ResultsBuilder& file, const EnsembleResult& result) {
    file.slices("/route_persons", [&](std::size_t m) { return std::span(result.members[m].route); });
    std::vector<double> sum(result.members.front().route.size(), 0);
    for (const auto& member : result.members) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += member.route[i];
    }
    std::vector<float> mean;
    for (double persons : sum) mean.push_back(float(persons / double(result.members.size())));
    file.floats("/route_persons_mean", mean);
}

void write_unknowns(ResultsBuilder& file, const EnsembleResult& result) {
    file.texts("/unknown_name", result.unknowns);
    std::vector<float> values;
    for (const auto& member : result.drawn) values.insert(values.end(), member.begin(), member.end());
    file.floats("/unknown_value", values);
}

void write_origins(ResultsBuilder& file, const EnsembleResult& result, std::size_t places, int threads) {
    const auto& members = result.members;
    if (members.front().arrivals_from.empty()) return;
    write_family(
        file, "arrivals_from", [&](std::size_t m) { return std::span(members[m].arrivals_from); },
        result.members.size(), threads);
    file.slices("/displaced_from_final", [&](std::size_t m) { return std::span(members[m].displaced_from); });
    if (result.mean_displaced_from.empty()) return file.leave_out("/displaced_from_mean");
    file.slices("/displaced_from_mean", [&](std::size_t t) {
        return std::span(result.mean_displaced_from).subspan(t * places * places, places * places);
    });
}

}  // namespace

namespace {

/// Fills a file with the results.
void write_all(ResultsBuilder& file, const World& world, const EnsembleResult& result,
               const std::vector<FigureComparison>& comparisons, const std::vector<PlanningOutlook>& outlooks,
               const Provenance& provenance, int threads) {
    write_root_attributes(file, world, provenance);
    if (result.members.size() > 1 || world.settings.engine.mode == DrawMode::expected)
        file.text_attribute("", "bands", band_text(world.settings, result.unknowns));
    if (!result.unknowns.empty()) file.text_attribute("", "unknowns", result.unknowns_fingerprint);
    if (const auto text = variance_text(result); !text.empty()) file.text_attribute("", "variance", text);
    std::string outside;
    for (const auto& sentence : outside_evidence(world, result))
        outside += (outside.empty() ? "" : " ") + sentence;
    if (!outside.empty()) file.text_attribute("", "outside_evidence", outside);
    write_axes(file, result);
    write_places(file, world);
    write_routes(file, world);
    write_groups(file, world);
    write_inputs(file, world, result.days.size());
    for (std::size_t f = 0; f < total_fields.size(); ++f) {
        write_family(
            file, total_fields[f].name,
            [&](std::size_t m) { return std::span<const float>(result.members[m].total[f]); },
            result.members.size(), threads);
    }
    for (std::size_t f = 0; f < place_fields.size(); ++f) {
        write_family(
            file, place_fields[f].name,
            [&](std::size_t m) { return std::span<const float>(result.members[m].place[f]); },
            result.members.size(), threads);
    }
    write_route_persons(file, result);
    write_origins(file, result, world.places.size(), threads);
    write_planner_quantities(file, world, result, threads);
    write_border(file, world.settings.network.border);
    write_figures(file, comparisons);
    write_planning(file, outlooks, result.days);
    write_unknowns(file, result);
    write_histories(file, result, world.places.size());
    write_traces(file, result);
}

ResultsBuilder builder_of(const World& world, const EnsembleResult& result,
                          const std::vector<FigureComparison>& comparisons,
                          const std::vector<PlanningOutlook>& outlooks, int threads, Packing packing) {
    if (result.members.empty() || result.days.empty()) throw h5::Error("there are no results to write");
    return {layout(), axis_lengths(world, result, comparisons.size(), outlooks.size()),
            "days since " + iso(world.start), threads, packing};
}

}  // namespace

void write_results(const std::filesystem::path& target, const World& world, const EnsembleResult& result,
                   const std::vector<FigureComparison>& comparisons,
                   const std::vector<PlanningOutlook>& outlooks, const Provenance& provenance,
                   const WriteOptions& options) {
    const h5::QuietErrors quiet;
    auto file = builder_of(world, result, comparisons, outlooks, options.threads, Packing::packed);
    PendingFile pending(target, options.force);
    write_all(file, world, result, comparisons, outlooks, provenance, options.threads);
    pending.write(file.finish());
    pending.commit();
}

std::vector<std::byte> results_bytes(const World& world, const EnsembleResult& result,
                                     const std::vector<FigureComparison>& comparisons,
                                     const std::vector<PlanningOutlook>& outlooks,
                                     const Provenance& provenance, int threads) {
    const h5::QuietErrors quiet;
    auto file = builder_of(world, result, comparisons, outlooks, threads, Packing::plain);
    write_all(file, world, result, comparisons, outlooks, provenance, threads);
    const auto bytes = file.finish();
    return {bytes.begin(), bytes.end()};
}

}  // namespace nuzuh
