#include "output/sweep/page.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "output/ensemble_summary.hpp"
#include "output/study_layout.hpp"
#include "output/study_table.hpp"
#include "output/sweep/assets.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh::sweep {
namespace {

constexpr std::size_t most_numbers =
    600'000;  ///< of all charts together, to keep the page below some megabytes
constexpr std::size_t most_sets = 20'000;

constexpr double most_persons = 1e15;  ///< beyond it a file holds no counts

/// Whole persons; null where a run was not done.
Json whole(double value) {
    return std::abs(value) < most_persons ? Json(std::int64_t(std::round(value))) : Json(nullptr);
}

Json about(const ResultsFile& file, const StudyTable& study) {
    Json out;
    for (const char* name : {"title", "summary", "source", "compiler", "nuzuh_format", "engine", "mode",
                             "time_coverage_start", "time_coverage_end", "bands", "design"})
        out[name] = file.text_attribute("/", name).value_or("");
    out["seed"] = whole(file.number_attribute("/", "seed").value_or(0));
    out["members"] = study.replicates;
    out["study"] = file.text_attribute("/provenance", "study").value_or("");
    return out;
}

/// What is varied, with its value in each set.
Json axes(const ResultsFile& file, const StudyTable& study) {
    Json out = Json::array();
    for (const auto& dataset : file.datasets()) {
        if (!file.text_attribute(dataset.path, "varied_by")) continue;
        Json one{{"key", file.text_attribute(dataset.path, "setting").value_or(dataset.path.substr(1))},
                 {"unit", dataset.unit},
                 {"is_word", dataset.is_text},
                 {"values", Json::array()}};
        const Json all = dataset.is_text ? Json(file.texts(dataset.path)) : Json(file.doubles(dataset.path));
        for (std::size_t run = 0; run < all.size(); run += std::size_t(study.replicates))
            one["values"].push_back(all[run]);
        out.push_back(std::move(one));
    }
    return out;
}

/// Why runs were not done, and how many for each reason.
Json reasons(const StudyTable& study) {
    std::map<std::string, int> counts;
    for (std::size_t run = 0; run < study.done.size(); ++run)
        if (!study.done[run]) ++counts[study.message[run]];
    Json out = Json::array();
    for (const auto& [message, runs] : counts) out.push_back({{"message", message}, {"runs", runs}});
    return out;
}

/// Records that the charts have a point for: evenly apart, the last among them.
std::vector<std::size_t> points_of(std::size_t records, std::size_t numbers_a_record) {
    const std::size_t most =
        std::max<std::size_t>(1, most_numbers / std::max<std::size_t>(1, numbers_a_record));
    const std::size_t stride = (records + most - 1) / most;
    std::vector<std::size_t> points;
    for (std::size_t t = (records - 1) % stride; t < records; t += stride) points.push_back(t);
    return points;
}

/// A total over the replicates of every set: [set][quantile][point], of one replicate a single row.
Json by_set(const ResultsFile& file, const StudyTable& study, const std::string& path,
            const std::vector<std::size_t>& points) {
    const auto replicates = std::size_t(study.replicates);
    Json sets = Json::array();
    for (std::size_t first = 0; first < study.done.size(); first += replicates) {
        std::vector<std::vector<double>> samples(points.size());
        for (std::size_t run = first; run < first + replicates; ++run) {
            if (!study.done[run]) continue;
            const auto series = file.slice(path, run);
            for (std::size_t p = 0; p < points.size(); ++p) samples[p].push_back(series[points[p]]);
        }
        Json rows = Json::array();
        for (std::size_t q = 0; q < (replicates > 1 ? quantile_levels.size() : 1); ++q) {
            rows.push_back(Json::array());
            for (const auto& sample : samples)
                rows.back().push_back(
                    sample.empty() ? Json(nullptr)
                                   : whole(quantile(sample, replicates > 1 ? quantile_levels[q] : 0.5)));
        }
        sets.push_back(std::move(rows));
    }
    return sets;
}

/// Totals that are kept of every run, and those of which the file keeps quantiles over all runs; names of what else it keeps.
struct Kept {
    std::vector<StoredDataset> of_runs, over_runs;
    std::vector<std::string> others;
};

Kept kept_in(const ResultsFile& file) {
    using Axes = std::vector<std::string>;
    Kept kept;
    for (const auto& dataset : file.datasets()) {
        const auto& axes = dataset.dimensions;
        if (axes == Axes{"run", "time"})
            kept.of_runs.push_back(dataset);
        else if (axes == Axes{"quantile", "time"})
            kept.over_runs.push_back(dataset);
        else if (axes.size() > 1 && (axes[0] == "run" || axes[0] == "quantile") && axes[1] != "unknown")
            kept.others.push_back(dataset.path.substr(1));
    }
    return kept;
}

std::vector<int> done_by_set(const StudyTable& study) {
    std::vector<int> done;
    for (std::size_t run = 0; run < study.done.size(); ++run) {
        if (run % std::size_t(study.replicates) == 0) done.push_back(0);
        done.back() += study.done[run];
    }
    return done;
}

std::string name_of_total(const StoredDataset& dataset) {
    const std::string name = dataset.path.substr(1), over_runs = "_quantile";
    return name.ends_with(over_runs) ? name.substr(0, name.size() - over_runs.size()) : name;
}

Json totals_of(const ResultsFile& file, const StudyTable& study, const Kept& kept,
               const std::vector<std::size_t>& points) {
    Json out = Json::array();
    for (const auto& dataset : kept.of_runs)
        out.push_back({{"name", name_of_total(dataset)},
                       {"unit", dataset.unit},
                       {"sets", by_set(file, study, dataset.path, points)}});
    for (const auto& dataset : kept.over_runs) {
        Json rows = Json::array();
        for (std::size_t q = 0; q < quantile_levels.size(); ++q) {
            const auto series = file.slice(dataset.path, q);
            rows.push_back(Json::array());
            for (const auto t : points) rows.back().push_back(whole(series[t]));
        }
        out.push_back({{"name", name_of_total(dataset)}, {"unit", dataset.unit}, {"all_runs", rows}});
    }
    return out;
}

}  // namespace
}  // namespace nuzuh::sweep

namespace nuzuh {

std::string study_page(const ResultsFile& file, std::string_view language) {
    using namespace sweep;
    const StudyTable study = read_study_table(file);
    const Kept kept = kept_in(file);
    const auto sets = std::size_t(study.sets.rows());
    if (kept.of_runs.empty() && kept.over_runs.empty())
        throw h5::Error(
            "the study keeps no total of people over time, which its page shows: "
            "'collect' in the study says what is kept");
    if (sets > most_sets)
        throw h5::Error(
            fmt::format("the study has {} sets, and a page shows {} at the most: "
                        "`nuzuh export --to csv` makes a table of all",
                        sets, most_sets));
    const std::size_t rows = study.replicates > 1 ? quantile_levels.size() : 1;
    const auto points = points_of(study.days.size(), kept.of_runs.size() * sets * rows);
    const auto days = file.doubles("/time");
    Json data;
    data["about"] = about(file, study);
    for (const auto t : points) data["about"]["days"].push_back(days[t]);
    data["places"] = {{"id", Json::array()}, {"name", Json::array()}, {"arabic", Json::array()}};
    data["axes"] = axes(file, study);
    data["done"] = done_by_set(study);
    data["reasons"] = reasons(study);
    data["totals"] = totals_of(file, study, kept, points);
    data["others"] = kept.others;
    return html_page(sweep::page, file.text_attribute("/", "title").value_or(""), data, language);
}

}  // namespace nuzuh
