#include "output/score_tables.hpp"

#include <cmath>

#include <fmt/format.h>

#include "output/csv.hpp"
#include "output/over_run.hpp"
#include "sim/check/make_world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

const std::vector<std::pair<const char*, double Skill::*>> score_columns = {
    {"ard", &Skill::relative_difference}, {"ard_rescaled", &Skill::rescaled_difference},
    {"mase", &Skill::scaled_error},       {"crps", &Skill::crps},
    {"wis", &Skill::interval_score},      {"wis_log", &Skill::log_interval_score},
    {"covered_50", &Skill::covered_50},   {"covered_90", &Skill::covered_90},
    {"correlation", &Skill::correlation}};

}  // namespace

Result<World> world_of(const Results& results) {
    auto settings = read_scenario_text(results.text_attribute("/provenance", "scenario").value_or(""));
    if (!settings) return settings.findings();
    return make_world(std::move(*settings));
}

ScoredRun scored_run(const Results& results, const World& world) {
    ScoredRun run{results.doubles("/time"), {}, {}};
    require_all_places(results, "a score takes the departures of");
    const auto records = run.days.size(), places = world.places.size();
    std::vector<std::string> ids;
    for (const auto& place : world.places) ids.push_back(place.place);
    if (results.texts("/place_id") != ids)
        throw ResultsError("the file's places are not those of the scenario in it");
    require_series(results, "a score takes");
    const std::size_t members = results.doubles("/member").size();
    for (std::size_t m = 0; m < members; ++m)
        run.members.push_back(by_record(results.slice("/displaced", m).data(), records, places));
    const auto left = results.floats("/departures_mean");
    run.left = by_record(left.data(), records, places);
    return run;
}

std::string scores_csv(const std::vector<FormScores>& forms) {
    std::string text = "form,model,place";
    for (const auto& [name, score] : score_columns) text += fmt::format(",{}", name);
    text += '\n';
    for (const auto& form : forms) {
        for (const auto& row : form.rows) {
            const auto line = [&](const std::string& place, const Skill& skill) {
                text += fmt::format("{},{},{}", form.form, row.model, csv_cell(place));
                for (const auto& [name, score] : score_columns)
                    text += std::isnan(skill.*score) ? "," : fmt::format(",{:.6g}", skill.*score);
                text += '\n';
            };
            line("mean over camps", row.table.all);
            line("sum over camps", row.table.total);
            for (std::size_t c = 0; c < form.places.size(); ++c) line(form.places[c], row.table.by_place[c]);
        }
    }
    return text;
}

std::string score_series_csv(const std::vector<FormScores>& forms) {
    std::string text = "form,date,place,counted,mean,q05,q50,q95\n";
    for (const auto& form : forms) {
        for (std::size_t c = 0; c < form.places.size(); ++c) {
            const std::string place = csv_cell(form.places[c]);
            for (std::size_t t = 0; t < form.days.size(); ++t) {
                const auto row = Eigen::Index(t), column = Eigen::Index(c);
                std::vector<double> sample;
                double mean = 0;
                for (const auto& member : form.members) sample.push_back(member(row, column));
                for (double persons : sample) mean += persons / double(sample.size());
                text +=
                    fmt::format("{},{},{},{:.0f},{:.1f},{:.1f},{:.1f},{:.1f}\n", form.form,
                                iso(form.start + int(form.days[t])), place, form.counted(row, column), mean,
                                quantile(sample, 0.05), quantile(sample, 0.5), quantile(sample, 0.95));
            }
        }
    }
    return text;
}

}  // namespace nuzuh
