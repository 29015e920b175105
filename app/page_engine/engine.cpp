// The engine of the brief's page: nuzuh as WebAssembly, without files, called by output/brief/engine.js.
//
// Texts and numbers are handed over in memory: the page writes a text where `nuzuh_room` says, calls a function, and reads
// what the functions at the end point to until the next call. Everything that is wrong is told by `nuzuh_said`, in the words of
// the command line.
#include <algorithm>
#include <exception>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sim/check/make_world.hpp"
#include "sim/engine/engine.hpp"
#include "sim/rules/danger.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/unknowns.hpp"

#define NUZUH_FOR_PAGE(name) __attribute__((export_name(#name)))

namespace nuzuh::page_engine {

/// A scenario with a what-if laid over it, ready to be run.
struct Laid {
    LoadedScenario loaded;
    World world;
    Unknowns unknowns;
};

/// Results for the page. Of an expected run everything by record, of members what their band and differences need.
struct Numbers {
    int members = 0, records = 0, places = 0;
    std::vector<float> totals;  ///< [members, total fields, records]
    std::vector<float>
        by_place;  ///< [members, place fields, records, places], of an expected run; else empty
    std::vector<float> arrivals;  ///< [members, places] persons over the whole run
    std::vector<float> full;      ///< [members, places] days until the place is full; NaN: never
    std::vector<double> at_risk;  ///< [members] person-days at risk
};

std::string text, said;  ///< handed in, and to be handed out
std::optional<ScenarioBase> base;
std::optional<Laid> laid;
Numbers numbers;

void say(const Findings& findings) { said = findings.empty() ? "" : report(findings, Colour::off, 10); }

bool open_scenario() {
    laid.reset();
    auto made = ScenarioBase::of(std::move(text));
    say(made.findings());
    if (made) base = std::move(*made);
    return bool(made);
}

bool lay_what_if() {
    laid.reset();
    auto loaded = base.value().with(std::move(text));
    if (!loaded) {
        say(loaded.findings());
        return false;
    }
    auto world = make_world(loaded->settings);
    auto unknowns = Unknowns::of(loaded->settings, setting_access());
    Findings findings = world.findings();
    findings.insert(findings.end(), unknowns.findings().begin(), unknowns.findings().end());
    findings = located(*loaded, std::move(findings));
    findings.insert(findings.begin(), loaded.findings().begin(), loaded.findings().end());
    // What is doubtful of the scenario itself was said when it was run.
    std::erase_if(findings, [](const Finding& finding) {
        return finding.severity == Severity::warning && finding.location.file != what_if_name;
    });
    say(findings);
    if (!world || !unknowns) return false;
    laid.emplace(Laid{std::move(*loaded), std::move(*world), std::move(*unknowns)});
    return true;
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

void keep(const RunResult& run, bool whole) {
    const auto places = std::size_t(numbers.places);
    for (const auto& total : run.total)
        numbers.totals.insert(numbers.totals.end(), total.begin(), total.end());
    if (whole) {
        for (const auto& field : run.place)
            numbers.by_place.insert(numbers.by_place.end(), field.begin(), field.end());
    }
    std::vector<double> arrived(places, 0);
    const auto& arrivals = run.place[std::size_t(PlaceField::arrivals)];
    for (std::size_t k = 0; k < arrivals.size(); ++k) arrived[k % places] += arrivals[k];
    numbers.arrivals.insert(numbers.arrivals.end(), arrived.begin(), arrived.end());
    constexpr std::size_t at_capacity = 1;
    static_assert(full_levels[at_capacity] == 1.0);
    const auto full = run.first_day_full.begin() + std::ptrdiff_t(at_capacity * places);
    numbers.full.insert(numbers.full.end(), full, full + std::ptrdiff_t(places));
    numbers.at_risk.push_back(at_risk(run));
}

Selection for_members() {
    Selection selection;
    selection.total.fill(true);
    selection.place[std::size_t(PlaceField::arrivals)] = true;
    selection.bands = selection.first_day_full = true;
    return selection;
}

/// Expected values of the scenario's own settings, or members from `first` on, each of which draws chance and what is not known.
void run(bool expected, int first, int count) {
    const Laid& of = laid.value();
    Selection selection = for_members();
    if (expected) selection.place.fill(true);
    std::vector<Unknowns::Member> drawn;
    std::vector<World> worlds;
    worlds.reserve(std::size_t(count));
    std::vector<Member> members;
    for (int m = first; m < first + count; ++m) {
        const World* world = &of.world;
        if (!expected && of.unknowns.any()) {
            auto made = make_world(of.unknowns.draw(of.world.settings, m).settings, {&of.world});
            if (!made)
                throw ModelFault("a member draws what makes no sense: " + made.findings().front().message);
            world = &worlds.emplace_back(std::move(*made));
        }
        members.push_back({world,
                           {.kind = EngineKind::pooled,
                            .mode = expected ? DrawMode::expected : DrawMode::stochastic,
                            .seed = std::uint64_t(of.world.settings.engine.seed),
                            .run = std::uint64_t(m),
                            .fields = fields_behind(selection),
                            .count_routes = false,
                            .count_origins = false}});
    }
    const int every = steps_a_record(of.world);
    const auto results = run_members(members, every, selection);
    numbers = {};
    numbers.members = count;
    numbers.records = int(record_days(of.world, every).size());
    numbers.places = int(of.world.places.size());
    for (const RunResult& result : results) keep(result, expected);
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
/// Lays the text over it as a what-if; "": the scenario as it stands.
NUZUH_FOR_PAGE(nuzuh_lay) int nuzuh_lay() { return attempt(lay_what_if); }
/// Runs expected values, or members: at most eight in one call.
NUZUH_FOR_PAGE(nuzuh_run) int nuzuh_run(int expected, int first, int count) {
    return attempt([&] { return run(expected != 0, first, count), true; });
}

/// What was wrong, or is doubtful; "" if nothing. Then identifiers of the places and names of the fields, one a line.
NUZUH_FOR_PAGE(nuzuh_said) const char* nuzuh_said() { return said.c_str(); }
NUZUH_FOR_PAGE(nuzuh_names) const char* nuzuh_names(int what) {
    said.clear();
    if (what == 0 && laid) {
        for (const auto& place : laid->world.settings.network.places) said += place.place + "\n";
    }
    if (what == 1) {
        for (const auto& field : total_fields) said += std::string(field.name) + "\n";
    }
    if (what == 2) {
        for (const auto& field : place_fields) said += std::string(field.name) + "\n";
    }
    return said.c_str();
}

NUZUH_FOR_PAGE(nuzuh_records) int nuzuh_records() { return numbers.records; }
NUZUH_FOR_PAGE(nuzuh_totals) const float* nuzuh_totals() { return numbers.totals.data(); }
NUZUH_FOR_PAGE(nuzuh_by_place) const float* nuzuh_by_place() { return numbers.by_place.data(); }
NUZUH_FOR_PAGE(nuzuh_arrivals) const float* nuzuh_arrivals() { return numbers.arrivals.data(); }
NUZUH_FOR_PAGE(nuzuh_full) const float* nuzuh_full() { return numbers.full.data(); }
NUZUH_FOR_PAGE(nuzuh_at_risk) const double* nuzuh_at_risk() { return numbers.at_risk.data(); }

}  // extern "C"

}  // namespace nuzuh::page_engine
