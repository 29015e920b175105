#include "output/study_table.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "output/gazetteer.hpp"
#include "sim/base/nearest.hpp"

namespace nuzuh {
namespace {

using Eigen::Index;

/// Positions of words in the order in which they first appear.
std::vector<double> positions(const std::vector<std::string>& words) {
    std::vector<std::string> seen;
    std::vector<double> out;
    for (const auto& word : words) {
        auto at = std::find(seen.begin(), seen.end(), word);
        if (at == seen.end()) at = seen.insert(seen.end(), word);
        out.push_back(double(at - seen.begin()));
    }
    return out;
}

std::vector<double> numbers_of_axis(const ResultsFile& file, const StoredDataset& axis) {
    return axis.is_text ? positions(file.texts(axis.path)) : file.doubles(axis.path);
}

std::vector<Date> days_of(const ResultsFile& file) {
    const Date start = first_day(file);
    std::vector<Date> days;
    for (const double day : file.doubles("/time")) days.push_back(start + int(day));
    return days;
}

/// A count among the attributes of a study.
///
/// @throws  h5::Error if it is there and not from `least` to `most`
int count_in(const ResultsFile& file, const std::string& name, int otherwise, int least, int most) {
    const auto count = file.number_attribute("/", name);
    if (!count) return otherwise;
    if (!(*count >= least && *count <= most))
        throw h5::Error(fmt::format("attribute {} is {:g}: expected {} to {}", name, *count, least, most));
    return int(*count);
}

/// What an output that is no total is divided by.
const std::vector<std::string>& parts_of(const StudyTable& study, const ScalarOutput& output) {
    return output.by_danger ? study.bands : study.places;
}

/// Which of a record's numbers an output sums; empty for a total.
std::vector<std::size_t> columns_of(const StudyTable& study, const ScalarOutput& output) {
    const auto& all = parts_of(study, output);
    std::vector<std::size_t> columns;
    for (const auto& part : output.parts)
        columns.push_back(std::size_t(std::find(all.begin(), all.end(), part) - all.begin()));
    return columns;
}

/// [T] from [T, N].
std::vector<float> summed(const std::vector<float>& values, std::size_t width,
                          const std::vector<std::size_t>& columns) {
    if (columns.empty()) return values;
    std::vector<float> out(values.size() / width, 0);
    for (std::size_t t = 0; t < out.size(); ++t)
        for (const std::size_t column : columns) out[t] += values[t * width + column];
    return out;
}

}  // namespace

void require_scenario(const Results& file, const std::filesystem::path& path, std::string_view reader) {
    if (!file.text_attribute("/", "design")) return;
    throw h5::Error(
        fmt::format("{0} holds a study of many settings, and {1} is made of the runs of one scenario; `nuzuh "
                    "sensitivity {0}` says which settings matter, `nuzuh export {0} --to csv` makes a table, "
                    "a row a run, and `nuzuh run` with the settings of one row makes a file",
                    path.string(), reader));
}

std::string why_not_made_from(const std::filesystem::path& file, const std::string& attribute,
                              const std::string& yaml) {
    try {
        const ResultsFile there(file);
        const bool is_study = attribute == "study";
        if (there.is_study() != is_study)
            return fmt::format("{} holds {}", file.string(),
                               is_study ? "the runs of one scenario" : "a study");
        if (there.text_attribute("/provenance", attribute) != yaml)
            return fmt::format("{} holds the results of another {}", file.string(), attribute);
        return "";
    } catch (const h5::Error& error) {
        return error.what();
    }
}

StudyTable read_study_table(const ResultsFile& file) {
    StudyTable study;
    if (!file.is_study()) throw h5::Error("the file holds one scenario, not a study");
    study.design = file.text_attribute("/", "design").value_or("");
    for (const double status : file.doubles("/status")) study.done.push_back(status == 0);
    const int runs = int(study.done.size());
    study.block_size = count_in(file, "design_block", 1, 1, runs);
    study.morris_levels = count_in(file, "morris_levels", 0, 2, runs);
    study.replicates = count_in(file, "replicates", 1, 1, runs);
    if (runs % study.replicates != 0)
        throw h5::Error(
            fmt::format("{} runs do not divide into sets of {} replicates", runs, study.replicates));
    study.message = file.texts("/message");
    study.days = days_of(file);
    study.places = file.texts("/place_id");
    if (file.has("/band_name")) study.bands = file.texts("/band_name");
    std::vector<std::vector<double>> columns;
    for (const auto& dataset : file.datasets()) {
        if (!file.text_attribute(dataset.path, "varied_by")) continue;
        // Up to format 1.1 the dataset has the key as its name.
        study.axes.push_back(file.text_attribute(dataset.path, "setting").value_or(dataset.path.substr(1)));
        study.is_word.push_back(dataset.is_text);
        columns.push_back(numbers_of_axis(file, dataset));
    }
    study.sets.resize(Index(study.done.size()) / study.replicates, Index(columns.size()));
    for (Index i = 0; i < study.sets.rows(); ++i)
        for (Index k = 0; k < study.sets.cols(); ++k)
            study.sets(i, k) = columns[std::size_t(k)][std::size_t(i * study.replicates)];
    return study;
}

std::vector<std::string> stored_outputs(const ResultsFile& file) {
    std::vector<std::string> names;
    for (const auto& dataset : file.datasets())
        if (dataset.dimensions.size() >= 2 && dataset.dimensions[0] == "run" &&
            dataset.dimensions[1] == "time")
            names.push_back(dataset.path.substr(1));
    return names;
}

Findings why_not_in(const ResultsFile& file, const StudyTable& study, const ScalarOutput& output) {
    Findings findings;
    const auto error = [&](std::string message, std::string hint) {
        findings.push_back({Severity::error, output.text, std::move(message), std::move(hint), {}, ""});
    };
    const auto stored = stored_outputs(file);
    if (std::find(stored.begin(), stored.end(), output.name) == stored.end())
        error(fmt::format("the study did not keep '{}' of every run", output.name),
              fmt::format("it kept {}; 'collect' in the study says what is kept", fmt::join(stored, ", ")));
    const auto& all = parts_of(study, output);
    for (const auto& part : output.parts) {
        if (all.empty() || std::find(all.begin(), all.end(), part) != all.end()) continue;
        const auto near = nearest_word(part, all);
        const auto bands = output.by_danger ? fmt::format("bands are {}", fmt::join(all, ", ")) : "";
        error(fmt::format("no {} '{}'", output.by_danger ? "danger band" : "place", part),
              near.empty() ? bands : fmt::format("did you mean '{}'?", near));
    }
    return findings;
}

Eigen::ArrayXd values_of_sets(const ResultsFile& file, const StudyTable& study, const ScalarOutput& output) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    const auto columns = columns_of(study, output);
    Eigen::ArrayXd values = Eigen::ArrayXd::Zero(study.sets.rows());
    for (std::size_t run = 0; run < study.done.size(); ++run) {
        double& value = values[Index(run) / study.replicates];
        if (!study.done[run]) {
            value = unknown;
            continue;
        }
        const auto series =
            summed(file.slice("/" + output.name, run), parts_of(study, output).size(), columns);
        value += scalar_value(output, study.days, series) / study.replicates;
    }
    return values;
}

}  // namespace nuzuh
