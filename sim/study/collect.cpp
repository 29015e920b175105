#include "sim/study/collect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/rules/danger.hpp"
#include "sim/study/kept_places.hpp"

namespace nuzuh {
namespace {

using Numbers = std::span<const float>;

/// Every output that can be collected; the totals stand first.
std::vector<Output> all_outputs() {
    using Run = const RunResult&;
    using Field = std::size_t;
    std::vector<Output> all;
    for (Field f = 0; f < total_fields.size(); ++f)
        all.push_back({std::string(total_fields[f].name),
                       {"time"},
                       [](Run run, Field i) { return Numbers(run.total[i]); },
                       [](Selection& selection, Field i) { selection.total[i] = true; },
                       f});
    for (Field f = 0; f < place_fields.size(); ++f)
        all.push_back({std::string(place_fields[f].name),
                       {"time", "place"},
                       [](Run run, Field i) { return Numbers(run.place[i]); },
                       [](Selection& selection, Field i) { selection.place[i] = true; },
                       f});
    for (Field f = 0; f < band_fields.size(); ++f)
        all.push_back({std::string(band_fields[f].name),
                       {"time", "band"},
                       [](Run run, Field i) { return Numbers(run.band[i]); },
                       [](Selection& selection, Field) { selection.bands = true; },
                       f});
    all.push_back({"first_day_full",
                   {"level", "place"},
                   [](Run run, Field) { return Numbers(run.first_day_full); },
                   [](Selection& selection, Field) { selection.first_day_full = true; },
                   0,
                   true});
    all.push_back({"route_persons",
                   {"time", "route"},
                   [](Run run, Field) { return Numbers(run.route); },
                   [](Selection& selection, Field) { selection.routes = true; }});
    all.push_back({"arrivals_from",
                   {"origin", "place"},
                   [](Run run, Field) { return Numbers(run.arrivals_from); },
                   [](Selection& selection, Field) { selection.arrivals_from = true; }});
    all.push_back({"displaced_from_final",
                   {"origin", "place"},
                   [](Run run, Field) { return Numbers(run.displaced_from); },
                   [](Selection& selection, Field) { selection.displaced_from = true; }});
    return all;
}

std::string hint_for(const std::string& name, const std::vector<Output>& all) {
    std::vector<std::string> names;
    for (const auto& output : all) names.push_back(output.name);
    const auto near = nearest_word(name, names);
    return near.empty() ? fmt::format("outputs are {}", fmt::join(names, ", "))
                        : fmt::format("did you mean '{}'?", near);
}

bool is_by_origin(const Output& output) { return output.axes.front() == "origin"; }
bool is_by_cause(const Output& output) {
    return (fields_behind(selection_for({output})) & fields_by_cause).any();
}

auto named(const std::string& name) {
    return [&name](const Output& output) { return output.name == name; };
}

/// Adds the output asked for, or what is wrong with it.
void choose(const CollectSettings& asked, const std::string& path, EngineKind engine, Rules rules,
            const std::vector<Output>& all, std::vector<Output>& chosen, Findings& findings) {
    const auto wrong = [&](const char* key, std::string message, std::string hint) {
        findings.push_back({Severity::error, path + key, std::move(message), std::move(hint), {}, ""});
    };
    const auto found = std::find_if(all.begin(), all.end(), named(asked.output));
    if (found == all.end())
        return wrong(".output", fmt::format("there is no output '{}'", asked.output),
                     hint_for(asked.output, all));
    if (std::any_of(chosen.begin(), chosen.end(), named(asked.output)))
        return wrong(".output", fmt::format("output '{}' is collected twice", asked.output), "name it once");
    if (found->may_be_missing && asked.keep == Keep::quantiles)
        return wrong(
            ".keep",
            fmt::format("'{}' has no quantiles over runs: what never happens has no day", asked.output),
            "keep: runs; it has no axis of time and takes little room");
    if (engine == EngineKind::pooled && is_by_origin(*found))
        return wrong(".output",
                     fmt::format("there is no '{}' with kind: pooled, which forgets homes", asked.output),
                     "use kind: compartments, or collect something else");
    if (rules == Rules::flee3 && is_by_cause(*found))
        return wrong(".output",
                     fmt::format("there is no '{}' with rules: flee3, which know no causes", found->name),
                     "use rules: hazard_choice, or collect something else");
    chosen.push_back(*found);
    chosen.back().keep = asked.keep;
}

std::size_t axis_length(std::string_view axis, const World& world, const KeptPlaces& kept,
                        std::size_t records) {
    if (axis == "time") return records;
    if (axis == "band") return std::size_t(danger_band_count);
    if (axis == "level") return full_levels.size();
    if (axis == "route") return kept.routes().size();
    return axis == "place" ? kept.places().size() : world.places.size();
}

}  // namespace

Selection Selection::everything() {
    Selection selection;
    for (const auto& output : all_outputs()) output.select_in(selection, output.field);
    for (std::size_t c = 0; c < cause_count; ++c) selection.place[std::size_t(arrivals_by(Cause(c)))] = false;
    return selection;
}

void Selection::add(const PlaceFields& fields) {
    for (std::size_t f = 0; f < place.size(); ++f) place[f] = place[f] || fields[f];
}

PlaceFields fields_behind(const Selection& selection) {
    PlaceFields fields;
    const auto need = [&](bool asked, std::initializer_list<PlaceField> some) {
        for (PlaceField field : some) fields[std::size_t(field)] = fields[std::size_t(field)] || asked;
    };
    using F = PlaceField;
    const auto total = [&](TotalField field, std::initializer_list<F> some) {
        need(selection.total[std::size_t(field)], some);
    };
    for (std::size_t f = 0; f < fields.size(); ++f) fields[f] = selection.place[f];
    total(TotalField::movements, {F::departures});
    total(TotalField::people_displaced, {F::first_departures});
    total(TotalField::displaced, {F::displaced});
    total(TotalField::without_shelter, {F::without_shelter});
    total(TotalField::on_the_road, {F::on_the_road});
    total(TotalField::waiting, {F::waiting});
    total(TotalField::abroad, {F::displaced});
    total(TotalField::returned, {F::returns});
    total(TotalField::remaining, {F::remaining});
    total(TotalField::could_not_leave, {F::could_not_leave});
    total(TotalField::with_shelter, {F::displaced});
    total(TotalField::households_in_tents, {F::displaced, F::households_displaced, F::waiting});
    total(TotalField::person_days_displaced, {F::displaced, F::waiting, F::on_the_road});
    total(TotalField::moved_on, {F::departures, F::first_departures});
    need(selection.bands, {F::at_home, F::displaced, F::waiting, F::on_the_road, F::could_not_leave});
    need(selection.first_day_full, {F::displaced});
    need(fields[std::size_t(F::without_shelter)], {F::displaced, F::waiting});
    need(fields[std::size_t(F::remaining)], {F::at_home});
    return fields;
}

Result<std::vector<Output>> outputs_of(const StudySettings& study, EngineKind engine, Rules rules) {
    auto all = all_outputs();
    if (study.collect.empty()) {
        all.erase(all.begin() + total_field_count, all.end());
        return all;
    }
    std::vector<Output> chosen;
    Findings findings;
    for (std::size_t i = 0; i < study.collect.size(); ++i)
        choose(study.collect[i], fmt::format("collect[{}]", i), engine, rules, all, chosen, findings);
    if (!findings.empty()) return findings;
    return chosen;
}

Selection selection_for(const std::vector<Output>& outputs) {
    Selection selection;
    for (const auto& output : outputs) output.select_in(selection, output.field);
    return selection;
}

std::size_t value_count(const Output& output, const World& world, std::size_t records) {
    const KeptPlaces kept(world);
    std::size_t count = 1;
    for (const auto& axis : output.axes) count *= axis_length(axis, world, kept, records);
    return count;
}

}  // namespace nuzuh
