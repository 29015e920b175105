#include "output/study_writer.hpp"

#include <fmt/format.h>

#include "output/chunks.hpp"
#include "output/digest.hpp"
#include "output/pending_file.hpp"
#include "output/planner.hpp"
#include "output/study_layout.hpp"
#include "output/tables.hpp"
#include "output/world_tables.hpp"

namespace nuzuh {

namespace {

using h5::checked;

AxisLengths axis_lengths(const StudyPlan& plan) {
    const World& world = plan.base;
    return {{"run", std::size_t(plan.run_count())},
            {"time", plan.days().size()},
            {"place", world.places.size()},
            {"origin", world.places.size()},
            {"route", world.roads.size()},
            {"level", full_levels.size()},
            {"band", std::size_t(danger_band_count)},
            {"quantile", kept_quantiles.size()},
            {"border_point", world.settings.network.border.size()},
            {"two", 2}};
}

/// One number of every run, e.g. its set.
template <class Number>
std::vector<Number> of_each_run(const StudyPlan& plan, Number (*number)(const StudyPlan&, std::int64_t run)) {
    std::vector<Number> values;
    for (std::int64_t run = 0; run < plan.run_count(); ++run) values.push_back(number(plan, run));
    return values;
}

void write_runs(ResultsBuilder& file, const StudyPlan& plan) {
    using Plan = const StudyPlan&;
    file.int32s("/run",
                of_each_run<std::int32_t>(plan, [](Plan, std::int64_t run) { return std::int32_t(run); }));
    file.int32s("/set",
                of_each_run<std::int32_t>(plan, [](Plan p, std::int64_t run) { return p.set_of(run); }));
    file.int32s("/replicate", of_each_run<std::int32_t>(
                                  plan, [](Plan p, std::int64_t run) { return p.replicate_of(run); }));
}

void write_axes(ResultsBuilder& file, const StudyPlan& plan) {
    for (std::size_t k = 0; k < plan.design.axes.size(); ++k) {
        const Axis& axis = plan.design.axes[k];
        std::vector<double> numbers;
        std::vector<std::string> texts;
        for (std::int64_t run = 0; run < plan.run_count(); ++run) {
            const double at = plan.design.sets(plan.set_of(run), Eigen::Index(k));
            if (is_numeric(axis))
                numbers.push_back(number_at(axis, at));
            else
                texts.push_back(setting_at(axis, at));
        }
        if (is_numeric(axis))
            file.doubles("/" + axis.key, numbers);
        else
            file.texts("/" + axis.key, texts);
    }
}

/// Checks the parts against the study, and writes how each run ended.
void write_status(ResultsBuilder& file, const StudyPlan& plan, const std::vector<Part>& parts,
                  const std::string& study) {
    std::vector<std::int8_t> status;
    std::vector<std::string> messages;
    for (const auto& part : parts) {
        const SegmentFile segment(part.file);
        if (segment.study() != study)
            throw h5::Error(fmt::format("{} belongs to another study or another version of this program",
                                        part.file.string()));
        const auto more = segment.status();
        status.insert(status.end(), more.begin(), more.end());
        for (auto& message : segment.message()) messages.push_back(std::move(message));
    }
    if (std::int64_t(status.size()) != plan.run_count())
        throw h5::Error(fmt::format("the parts hold {} runs of {}", status.size(), plan.run_count()));
    file.flags("/status", status);
    file.texts("/message", messages);
}

void write_rows(hid_t dataset, std::int64_t first, const std::vector<float>& values, std::int64_t rows,
                const std::string& name) {
    const hsize_t start[] = {hsize_t(first), 0};
    const hsize_t shape[] = {hsize_t(rows), values.size() / hsize_t(rows)};
    const h5::Handle here{H5Screate_simple(2, shape, nullptr), H5Sclose, "dataspace"};
    const h5::Handle there{H5Dget_space(dataset), H5Sclose, "dataspace"};
    checked(H5Sselect_hyperslab(there, H5S_SELECT_SET, start, nullptr, shape, nullptr), "dataspace");
    checked(H5Dwrite(dataset, H5T_NATIVE_FLOAT, here, there, H5P_DEFAULT, values.data()), "dataset " + name);
}

/// Values of every run, in the order of the runs whatever the parts: the file is the same.
void write_values(ResultsBuilder& file, const StudyPlan& plan, const std::vector<Part>& parts) {
    std::vector<h5::Handle> datasets;
    for (const auto& output : plan.outputs)
        datasets.push_back(output.keep == Keep::runs ? file.open("/" + output.name) : h5::Handle());
    for (const auto& part : parts) {
        SegmentFile segment(part.file);
        for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
            const auto& output = plan.outputs[o];
            if (output.keep == Keep::runs && !is_packed(output))
                write_rows(datasets[o], part.range.first, segment.values(output.name), part.range.size(),
                           output.name);
        }
        for (std::int64_t run = part.range.first; run < part.range.end; ++run) {
            for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
                const auto& output = plan.outputs[o];
                if (output.keep == Keep::runs && is_packed(output))
                    write_chunk(datasets[o], output.axes.size() + 1, std::size_t(run),
                                segment.packed(output.name, run), output.name);
            }
        }
    }
    for (std::size_t o = 0; o < datasets.size(); ++o) datasets[o].close(plan.outputs[o].name);
}

void write_quantiles(ResultsBuilder& file, const StudyPlan& plan, const std::vector<Part>& parts) {
    const auto sizes = plan.value_counts();
    for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
        const auto& output = plan.outputs[o];
        if (output.keep != Keep::quantiles) continue;
        Tally tally(sizes[o]);
        for (const auto& part : parts) tally.add(SegmentFile(part.file).tally(output.name));
        std::vector<float> mean;
        std::array<std::vector<float>, kept_quantiles.size()> quantile;
        for (std::size_t i = 0; i < sizes[o]; ++i) {
            mean.push_back(float(tally.mean(i)));
            for (std::size_t q = 0; q < kept_quantiles.size(); ++q)
                quantile[q].push_back(float(tally.quantile(i, kept_quantiles[q])));
        }
        file.floats("/" + output.name + "_mean", mean);
        file.slices("/" + output.name + "_quantile",
                    [&](std::size_t q) { return std::span<const float>(quantile[q]); });
    }
}

}  // namespace

void write_study(const std::filesystem::path& target, const StudyPlan& plan, const std::vector<Part>& parts,
                 const PartsHead& head, const Provenance& provenance, const WriteOptions& options) {
    const h5::QuietErrors quiet;
    PendingFile pending(target, options.force);
    const auto table = study_layout(plan);
    ResultsBuilder file(table, axis_lengths(plan), "days since " + iso(plan.base.start), options.threads,
                        h5::create_file_on_disk(pending.path()));
    write_root_attributes(file, plan.base, provenance);
    file.text_attribute("", "design", word(plan.design.kind));
    file.number_attribute("", "design_block", plan.design.block_size);
    if (plan.design.kind == DesignKind::morris)
        file.number_attribute("", "morris_levels", plan.settings.design.morris_levels);
    file.number_attribute("", "replicates", plan.settings.replicates);
    file.text_attribute("provenance", "study", head.study);
    file.doubles("/time", plan.days());
    if (keeps_quantiles(plan)) file.doubles("/quantile", kept_quantiles);
    if (has_axis(plan, "level")) file.doubles("/level", full_levels);
    if (has_axis(plan, "band")) write_band_names(file);
    write_places(file, plan.base);
    write_routes(file, plan.base);
    write_border(file, plan.base.settings.network.border);
    write_runs(file, plan);
    write_status(file, plan, parts, head.identity());
    write_axes(file, plan);
    write_values(file, plan, parts);
    write_quantiles(file, plan, parts);
    file.close();
    pending.written();
    pending.commit();
}

}  // namespace nuzuh
