#include "output/study_writer.hpp"

#include <fmt/format.h>

#include "output/chunks.hpp"
#include "output/ensemble_datasets.hpp"
#include "output/ensemble_summary.hpp"
#include "output/planner.hpp"
#include "output/seal.hpp"
#include "output/study_layout.hpp"
#include "output/tables.hpp"
#include "output/world_tables.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh {

namespace {

using h5::checked;

AxisLengths axis_lengths(const StudyPlan& plan) {
    const World& world = plan.base;
    const KeptPlaces kept(world);
    return {{"run", std::size_t(plan.run_count())},
            {"time", plan.days().size()},
            {"place", kept.places().size()},
            {"origin", world.places.size()},
            {"route", kept.routes().size()},
            {"level", full_levels.size()},
            {"band", std::size_t(danger_band_count)},
            {"quantile", quantile_levels.size()},
            {"border_point", world.settings.network.border.size()},
            {"unknown", plan.unknowns ? plan.unknowns->names().size() : 0},
            {"two", 2}};
}

/// One number of every run, e.g. its set.
template <class Number>
std::vector<Number> of_each_run(const StudyPlan& plan, Number (*number)(const StudyPlan&, std::int64_t run)) {
    std::vector<Number> values;
    for (std::int64_t run = 0; run < plan.run_count(); ++run) values.push_back(number(plan, run));
    return values;
}

void write_runs(ResultsSink& to, const StudyPlan& plan) {
    using Plan = const StudyPlan&;
    to.put("/run", of_each_run<std::int32_t>(plan, [](Plan, std::int64_t run) { return std::int32_t(run); }));
    to.put("/set", of_each_run<std::int32_t>(plan, [](Plan p, std::int64_t run) { return p.set_of(run); }));
    to.put("/replicate",
           of_each_run<std::int32_t>(plan, [](Plan p, std::int64_t run) { return p.replicate_of(run); }));
}

/// What every replicate draws where nothing is varied.
void write_unknowns(ResultsSink& to, const StudyPlan& plan) {
    if (!draws_unknowns(plan)) return;
    to.put("/unknown_name", plan.unknowns->names());
    std::vector<std::vector<double>> drawn;
    for (int replicate = 0; replicate < plan.settings.replicates; ++replicate)
        drawn.push_back(plan.unknowns->draw(plan.base.settings, replicate).values);
    std::vector<float> values;
    for (std::int64_t run = 0; run < plan.run_count(); ++run) {
        const auto& here = drawn[std::size_t(plan.replicate_of(run))];
        values.insert(values.end(), here.begin(), here.end());
    }
    to.put("/unknown_value", values);
}

void write_axes(ResultsBuilder& file, const StudyPlan& plan) {
    const auto paths = axis_names(plan.design);
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
            file.put("/" + paths[k], std::move(numbers));
        else
            file.put("/" + paths[k], std::move(texts));
    }
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

void write_quantiles(ResultsBuilder& file, const StudyPlan& plan, const std::vector<Part>& parts) {
    const auto sizes = plan.value_counts();
    for (std::size_t o = 0; o < plan.outputs.size(); ++o) {
        const auto& output = plan.outputs[o];
        if (output.keep != Keep::quantiles) continue;
        Tally tally(sizes[o]);
        for (const auto& part : parts) tally.add(SegmentFile(part.file).tally(output.name));
        std::vector<float> mean;
        std::array<std::vector<float>, quantile_levels.size()> quantile;
        for (std::size_t i = 0; i < sizes[o]; ++i) {
            mean.push_back(float(tally.mean(i)));
            for (std::size_t q = 0; q < quantile_levels.size(); ++q)
                quantile[q].push_back(float(tally.quantile(i, quantile_levels[q])));
        }
        file.put("/" + output.name + "_mean", std::move(mean));
        file.slices("/" + output.name + "_quantile",
                    [&](std::size_t q) { return std::span<const float>(quantile[q]); });
    }
}

}  // namespace

StudyWriter::StudyWriter(const std::filesystem::path& target, const StudyPlan& plan, const PartsHead& head,
                         const Provenance& provenance, const WriteOptions& options)
    : plan_(plan),
      study_(head.identity()),
      pending_(target, options.force),
      table_(study_layout(plan)),
      file_(table_, axis_lengths(plan), time_unit(plan.base), options.threads,
            h5::create_file_on_disk(pending_.path())) {
    write_root_attributes(file_, plan.base, provenance);
    file_.text_attribute(
        "", "bands",
        band_text(plan.base.settings, plan.unknowns ? plan.unknowns->names() : std::vector<std::string>{}));
    if (draws_unknowns(plan)) file_.text_attribute("", "unknowns", plan.unknowns->fingerprint());
    file_.text_attribute("", "design", word(plan.design.kind));
    file_.number_attribute("", "design_block", plan.design.block_size);
    if (plan.design.kind == DesignKind::morris)
        file_.number_attribute("", "morris_levels", plan.settings.design.morris_levels);
    file_.number_attribute("", "replicates", plan.settings.replicates);
    file_.text_attribute("provenance", "study", head.study);
    file_.put("/time", plan.days());
    if (keeps_quantiles(plan))
        file_.put("/quantile", std::vector(quantile_levels.begin(), quantile_levels.end()));
    if (has_axis(plan, "level")) file_.put("/level", std::vector(full_levels.begin(), full_levels.end()));
    if (has_axis(plan, "band")) write_band_names(file_);
    const KeptPlaces kept(plan.base);
    write_places(file_, plan.base, kept);
    write_routes(file_, plan.base, kept);
    if (has_axis(plan, "origin")) write_homes(file_, plan.base);
    write_border(file_, plan.base.settings.network.border);
    write_runs(file_, plan);
    status_dataset_ = file_.open("/status");
    message_dataset_ = file_.open("/message");
    write_axes(file_, plan);
    write_unknowns(file_, plan);
    for (const auto& output : plan.outputs)
        datasets_.push_back(output.keep == Keep::runs ? file_.open("/" + output.name) : h5::Handle());
}

void StudyWriter::add(const Part& part) {
    std::unique_lock lock(guard_);
    waiting_.emplace(part.range.first, part);
    if (is_putting_in_) return;
    is_putting_in_ = true;  // left so by a failure: the file is lost
    while (!waiting_.empty() && waiting_.begin()->first == next_run_) {
        const Part next = std::move(waiting_.extract(waiting_.begin()).mapped());
        lock.unlock();
        put_in(next);
        pending_.write_behind();
        forget_cached(next.file);
        lock.lock();
        next_run_ = next.range.end;
        parts_.push_back(next);
    }
    is_putting_in_ = false;
}

void StudyWriter::put_in(const Part& part) {
    const Hdf5Turn turn;
    SegmentFile segment(part.file, part.seal);
    require_part_of(study_, part, segment);
    const auto status = segment.status();
    status_.insert(status_.end(), status.begin(), status.end());
    for (auto& message : segment.message()) message_.push_back(std::move(message));
    for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
        const auto& output = plan_.outputs[o];
        if (output.keep == Keep::runs && !is_packed(output))
            write_rows(datasets_[o], part.range.first, segment.values(output.name), part.range.size(),
                       output.name);
    }
    for (std::int64_t run = part.range.first; run < part.range.end; ++run) {
        for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
            const auto& output = plan_.outputs[o];
            if (output.keep == Keep::runs && is_packed(output))
                write_chunk(datasets_[o], output.axes.size() + 1, std::size_t(run),
                            segment.packed(output.name, run), output.name);
        }
    }
}

RunCounts StudyWriter::finish() {
    if (std::int64_t(status_.size()) != plan_.run_count())
        throw h5::Error(fmt::format("the parts hold {} runs of {}", status_.size(), plan_.run_count()));
    RunCounts counts;
    std::vector<const char*> messages;
    for (std::size_t run = 0; run < status_.size(); ++run) {
        counts.add(RunStatus(status_[run]), message_[run]);
        messages.push_back(message_[run].c_str());
    }
    h5::write(status_dataset_, H5T_NATIVE_INT8, status_.data(), "/status");
    h5::write(message_dataset_, h5::text_type(), messages.data(), "/message");
    status_dataset_.close("/status");
    message_dataset_.close("/message");
    for (std::size_t o = 0; o < datasets_.size(); ++o) datasets_[o].close(plan_.outputs[o].name);
    write_quantiles(file_, plan_, parts_);
    file_.number_attribute("", "runs_done", double(counts.done));
    file_.close();
    pending_.written(seal_of(Sealed::results, pending_.path()));
    pending_.commit();
    return counts;
}

RunCounts write_study(const std::filesystem::path& target, const StudyPlan& plan,
                      const std::vector<Part>& parts, const PartsHead& head, const Provenance& provenance,
                      const WriteOptions& options) {
    StudyWriter writer(target, plan, head, provenance, options);
    for (const auto& part : parts) writer.add(part);
    return writer.finish();
}

}  // namespace nuzuh
