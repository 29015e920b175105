// The engine of the brief's page: nuzuh as WebAssembly, without files, called by output/brief/engine.js.
//
// Texts and numbers are handed over in memory: the page writes a text where `nuzuh_room` says, calls a function, and reads
// what the functions at the end point to until the next call. Everything that is wrong is told by `nuzuh_said`, in the words of
// the command line.
#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/check/doubts.hpp"
#include "sim/check/make_world.hpp"
#include "sim/engine/engine.hpp"
#include "sim/model/choice_word.hpp"
#include "sim/rules/danger.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/drawn_members.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/unknowns.hpp"

#define NUZUH_FOR_PAGE(name) __attribute__((export_name(#name)))

namespace nuzuh::page_engine {

/// A scenario as it was run, or with a what-if laid over it, ready to be run.
struct Laid {
    LoadedScenario loaded;
    World world;
    std::optional<Unknowns> unknowns;  ///< read when members first ask for them
};

/// Results for the page.
struct Numbers {
    int members = 0, records = 0, places = 0;
    PlaceFields fields;           ///< that `by_place` holds
    std::vector<float> totals;    ///< [members, total fields, records]
    std::vector<float> by_place;  ///< [members, fields, records, places]
    std::vector<float> full;  ///< [members, levels, places] days until the place is full so far; NaN: never
    std::vector<double> at_risk;  ///< [members] person-days at risk
    std::vector<float> needs;  ///< [members, needs, 3] at the most, at the end, first day short (NaN: never)
    std::vector<float> exposure;  ///< [records, places] strikes in memory
    std::vector<float> capacity;  ///< [places] persons as the scenario has it; no_limit: none
    std::vector<int> fallen;      ///< [places] first record in which the place has fallen; -1: never
};

std::string text, said;  ///< handed in, and to be handed out
std::optional<ScenarioBase> base;
std::optional<Laid> as_run, changed;
const Laid* last_run = nullptr;
Numbers numbers;

void say(const Findings& findings) { said = findings.empty() ? "" : report(findings, Colour::off, 10); }

/// Says what is wrong, and what is doubtful in the what-if. What is doubtful of the scenario itself was said when it was run.
void say_of(const LoadedScenario& loaded, Findings findings, const Findings& when_read) {
    findings = located(loaded, std::move(findings));
    findings.insert(findings.begin(), when_read.begin(), when_read.end());
    std::erase_if(findings, [](const Finding& finding) {
        return finding.severity == Severity::warning && finding.location.file != what_if_name;
    });
    say(findings);
}

bool open_scenario() {
    last_run = nullptr;
    as_run.reset();
    changed.reset();
    auto made = ScenarioBase::of(std::move(text));
    say(made.findings());
    if (made) base = std::move(*made);
    return bool(made);
}

/// Without a what-if, the scenario as it was run, which is kept; a changed one shares with it what is alike.
bool lay_what_if() {
    const bool is_changed = !text.empty();
    if (!is_changed && as_run) return true;
    last_run = nullptr;
    changed.reset();
    auto loaded = base.value().with(std::move(text));
    if (!loaded) {
        say(loaded.findings());
        return false;
    }
    auto world = make_world(loaded->settings, {as_run ? &as_run->world : nullptr});
    Findings findings = world.findings();
    if (world && as_run) {
        const Findings doubts = doubts_about(*world);
        findings.insert(findings.end(), doubts.begin(), doubts.end());
    }
    say_of(*loaded, std::move(findings), loaded.findings());
    if (!world) return false;
    (is_changed ? changed : as_run).emplace(Laid{std::move(*loaded), std::move(*world), {}});
    return true;
}

/// What members of it draw; says what is wrong or doubtful about that.
bool read_unknowns(Laid& of) {
    if (of.unknowns) return true;
    auto unknowns = Unknowns::of(of.loaded.settings, setting_access());
    say_of(of.loaded, unknowns.findings(), {});
    if (unknowns) of.unknowns = std::move(*unknowns);
    return bool(unknowns);
}

/// Person-days spent where the danger index is 1 or more, under assault, or in a place that has fallen.
double at_risk(const RunResult& run) {
    double sum = 0;
    for (const BandField field : {BandField::person_days_at_home, BandField::person_days_displaced}) {
        const auto& by_band = run.band[std::size_t(field)];
        for (std::size_t k = 0; k < by_band.size(); ++k) {
            if (k % std::size_t(danger_band_count) >= std::size_t(DangerBand::from_1)) sum += by_band[k];
        }
    }
    return sum;
}

void keep(const RunResult& run) {
    for (const auto& total : run.total)
        numbers.totals.insert(numbers.totals.end(), total.begin(), total.end());
    for (std::size_t f = 0; f < run.place.size(); ++f) {
        const auto& series = run.place[f];
        if (numbers.fields[f]) numbers.by_place.insert(numbers.by_place.end(), series.begin(), series.end());
    }
    numbers.full.insert(numbers.full.end(), run.first_day_full.begin(), run.first_day_full.end());
    numbers.at_risk.push_back(at_risk(run));
}

void keep_needs(const World& world, std::vector<RunResult> runs, std::vector<double> days) {
    EnsembleResult result;
    result.days = std::move(days);
    result.members = std::move(runs);
    const auto needs = needs_outlook(world, result);
    for (std::size_t m = 0; m < result.members.size(); ++m) {
        for (const auto& need : needs) {
            const auto& needed = need.needed[m];
            numbers.needs.push_back(*std::max_element(needed.begin(), needed.end()));
            numbers.needs.push_back(needed.back());
            numbers.needs.push_back(need.short_on[m]);
        }
    }
}

/// What the scenario says of places, for the map.
void keep_inputs(const World& world, int every) {
    numbers.fallen.assign(std::size_t(numbers.places), -1);
    for (const double capacity : world.capacity) numbers.capacity.push_back(float(capacity));
    for (int t = 0; t < numbers.records; ++t) {
        const StepInputs& inputs = world.inputs[std::size_t(std::min((t + 1) * every, world.steps) - 1)];
        for (int i = 0; i < numbers.places; ++i) {
            numbers.exposure.push_back(float(inputs.exposure(i)));
            int& fallen = numbers.fallen[std::size_t(i)];
            if (fallen < 0 && inputs.fallen(i)) fallen = t;
        }
    }
}

/// Of an expected run everything by place but causes, of members what the page shows of them.
Selection selected(bool expected) {
    Selection selection;
    selection.total.fill(true);
    for (const PlaceField field : {PlaceField::arrivals, PlaceField::displaced, PlaceField::without_shelter})
        selection.place[std::size_t(field)] = true;
    for (std::size_t f = 0; f < place_field_count && expected; ++f) selection.place[f] = !fields_by_cause[f];
    selection.bands = selection.first_day_full = true;
    return selection;
}

/// Expected values of the scenario's own settings, or members from `first` on, each of which draws chance and what is not known.
bool run(bool is_changed, bool expected, int first, int count) {
    Laid& of = (is_changed ? changed : as_run).value();
    if (!expected && !read_unknowns(of)) return false;
    const Selection selection = selected(expected);
    std::vector<DrawnMember> drawn;
    if (!expected && of.unknowns->any()) drawn = draw_members(of.world, *of.unknowns, first, count);
    std::vector<Member> members;
    for (int m = 0; m < count; ++m) {
        members.push_back({drawn.empty() ? &of.world : drawn[std::size_t(m)].world.get(),
                           {.kind = EngineKind::pooled,
                            .mode = expected ? DrawMode::expected : DrawMode::stochastic,
                            .seed = std::uint64_t(of.world.settings.engine.seed),
                            .run = std::uint64_t(first + m),
                            .fields = fields_behind(selection),
                            .count_routes = false,
                            .count_origins = false}});
    }
    const int every = steps_a_record(of.world);
    auto results = run_members(members, every, selection);
    const auto days = record_days(of.world, every);
    numbers = {};
    numbers.members = count;
    numbers.records = int(days.size());
    numbers.places = int(of.world.places.size());
    for (std::size_t f = 0; f < place_field_count; ++f) numbers.fields[f] = selection.place[f];
    for (const RunResult& result : results) keep(result);
    keep_needs(of.world, std::move(results), days);
    if (expected) keep_inputs(of.world, every);
    last_run = &of;
    return true;
}

/// 1 if a piece of work was done, 0 if not: then `said` tells why.
template <class Work>
int attempt(Work work) {
    try {
        said.clear();
        return work() ? 1 : 0;
    } catch (const std::exception& fault) {
        said = fault.what();
        return 0;
    }
}

extern "C" {

/// Where a text of so many bytes is to be written.
NUZUH_FOR_PAGE(nuzuh_room) char* nuzuh_room(int bytes) {
    text.assign(std::size_t(bytes), ' ');
    return text.data();
}
/// Takes the text as the scenario that a results file carries.
NUZUH_FOR_PAGE(nuzuh_open) int nuzuh_open() { return attempt(open_scenario); }
/// Lays the text over it as a what-if; "": the scenario as it was run.
NUZUH_FOR_PAGE(nuzuh_lay) int nuzuh_lay() { return attempt(lay_what_if); }
/// Runs expected values, or members: at most eight in one call; of what was laid, or of the scenario as it was run.
NUZUH_FOR_PAGE(nuzuh_run) int nuzuh_run(int is_changed, int expected, int first, int count) {
    return attempt([&] { return run(is_changed != 0, expected != 0, first, count); });
}

/// What was wrong, or is doubtful; "" if nothing.
NUZUH_FOR_PAGE(nuzuh_said) const char* nuzuh_said() { return said.c_str(); }
/// Of what was run last, one a line: identifiers of places; names of all totals; of the fields by place that it holds; places
/// as name, type, latitude, longitude and population, with tabs between.
NUZUH_FOR_PAGE(nuzuh_names) const char* nuzuh_names(int what) {
    said.clear();
    if (what == 0 && last_run) {
        for (const auto& place : last_run->world.settings.network.places) said += place.place + "\n";
    }
    if (what == 3 && last_run) {
        for (const auto& place : last_run->world.settings.network.places)
            said += fmt::format("{}\t{}\t{}\t{}\t{}\n", place.name, choice_word(place, "type"), place.lat,
                                place.lon, place.population);
    }
    for (const auto& field : total_fields) {
        if (what == 1) said += std::string(field.name) + "\n";
    }
    for (std::size_t f = 0; f < place_field_count; ++f) {
        if (what == 2 && numbers.fields[f]) said += std::string(place_fields[f].name) + "\n";
    }
    return said.c_str();
}

NUZUH_FOR_PAGE(nuzuh_records) int nuzuh_records() { return numbers.records; }
NUZUH_FOR_PAGE(nuzuh_levels) int nuzuh_levels() { return int(full_levels.size()); }
NUZUH_FOR_PAGE(nuzuh_needs_counted) int nuzuh_needs_counted() { return int(need_count); }
NUZUH_FOR_PAGE(nuzuh_totals) const float* nuzuh_totals() { return numbers.totals.data(); }
NUZUH_FOR_PAGE(nuzuh_by_place) const float* nuzuh_by_place() { return numbers.by_place.data(); }
NUZUH_FOR_PAGE(nuzuh_full) const float* nuzuh_full() { return numbers.full.data(); }
NUZUH_FOR_PAGE(nuzuh_needs) const float* nuzuh_needs() { return numbers.needs.data(); }
/// Of expected runs.
NUZUH_FOR_PAGE(nuzuh_exposure) const float* nuzuh_exposure() { return numbers.exposure.data(); }
NUZUH_FOR_PAGE(nuzuh_capacity) const float* nuzuh_capacity() { return numbers.capacity.data(); }
NUZUH_FOR_PAGE(nuzuh_fallen) const int* nuzuh_fallen() { return numbers.fallen.data(); }
NUZUH_FOR_PAGE(nuzuh_at_risk) const double* nuzuh_at_risk() { return numbers.at_risk.data(); }

}  // extern "C"

}  // namespace nuzuh::page_engine
