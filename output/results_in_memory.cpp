#include "output/results_in_memory.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "output/ensemble_datasets.hpp"
#include "output/kept_series.hpp"

namespace nuzuh {

/// Takes the datasets that are wanted at the moment, and the attributes.
class ResultsInMemory::Sink final : public ResultsSink {
public:
    using ResultsSink::ResultsSink;

    void text_attribute(const std::string& group, const std::string& name,
                        const std::string& value) override {
        set(group, name, value);
    }
    void number_attribute(const std::string& group, const std::string& name, double value) override {
        set(group, name, value);
    }

    std::vector<std::string> wanted;
    std::map<std::string, HeldValues, std::less<>> held;
    std::map<std::string, Attributes> attributes;  ///< by group

protected:
    bool wants(std::string_view path) const override {
        return std::find(wanted.begin(), wanted.end(), path) != wanted.end();
    }
    void take(const DatasetInfo& info, Values values) override {
        held.insert_or_assign(info.path(), std::move(values));
    }
    void take_slices(const DatasetInfo& info, const Slices& slice, Stay stay) override {
        const std::size_t count = shape_of(info).front();
        const auto first = slice(0);
        if (stay == Stay::with_the_results && follow_each_other(slice, count)) {
            held.insert_or_assign(info.path(), std::span(first.data(), count * first.size()));
            return;
        }
        std::vector<float> all;
        all.reserve(count * first.size());
        for (std::size_t s = 0; s < count; ++s) {
            const auto values = slice(s);
            all.insert(all.end(), values.begin(), values.end());
        }
        take(info, std::move(all));
    }

    void take_packed(const DatasetInfo& info, const PackedSlices&) override {
        throw std::logic_error(info.path() + " lies on a shelf, and not in memory");
    }

private:
    static bool follow_each_other(const Slices& slice, std::size_t count) {
        for (std::size_t s = 1; s < count; ++s) {
            const auto before = slice(s - 1);
            if (before.data() + before.size() != slice(s).data()) return false;
        }
        return true;
    }
    void set(const std::string& group, const std::string& name, AttributeValue value) {
        attributes[group].emplace_back(name, std::move(value));
    }
};

namespace {

/// The datasets that are worked out together with one: means and quantiles over members.
std::vector<std::string> with_its_twin(const std::string& path) {
    constexpr std::string_view mean = "_mean", quantile = "_quantile";
    const auto other = [&](std::string_view here, std::string_view there) {
        return path.substr(0, path.size() - here.size()).append(there);
    };
    if (path.ends_with(mean)) return {path, other(mean, quantile)};
    if (path.ends_with(quantile)) return {path, other(quantile, mean)};
    return {path};
}

}  // namespace

ResultsInMemory::ResultsInMemory(std::shared_ptr<const World> world, EnsembleResult result,
                                 std::function<Provenance()> provenance, int threads)
    : world_(std::move(world)),
      result_(std::move(result)),
      kept_(series_of_kept_places(result_, KeptPlaces(*world_))),
      provenance_(std::move(provenance)),
      threads_(threads) {}

ResultsInMemory::~ResultsInMemory() = default;

/// Figures and plans take longer to be looked up than a short run, and are asked for seldom.
ResultsInMemory::Sink& ResultsInMemory::sink_of(const std::string& group) {
    const bool with_tables = !group.empty();
    auto& sink = with_tables ? tables_ : root_;
    if (sink) return *sink;
    if (with_tables) {
        comparisons_ = compare_with_reported(*world_, result_);
        outlooks_ = planning_outlook(*world_, result_);
    }
    const Provenance provenance = with_tables ? provenance_() : build_provenance();
    const EnsembleDatasets all{*world_, result_, series(), comparisons_, outlooks_, provenance, threads_};
    sink = std::make_unique<Sink>(layout(), all.axis_lengths());
    all.put_attributes(*sink);
    all.put_datasets(*sink);  // none is wanted yet: those that are left out are said
    return *sink;
}

std::vector<const DatasetInfo*> ResultsInMemory::datasets(const std::string& group) {
    const std::lock_guard lock(guard_);
    const Sink& sink = sink_of(group);
    std::vector<const DatasetInfo*> there;
    for (const auto& info : layout()) {
        if (info.group == group && !sink.left_out(info)) there.push_back(&info);
    }
    return there;
}

std::vector<std::size_t> ResultsInMemory::shape_of(const DatasetInfo& info) {
    const std::lock_guard lock(guard_);
    return sink_of(info.group).shape_of(info);
}

ResultsInMemory::Attributes ResultsInMemory::attributes(const std::string& group) {
    const std::lock_guard lock(guard_);
    return sink_of(group).attributes[group];
}

ResultsInMemory::Attributes ResultsInMemory::attributes(const DatasetInfo& info) const {
    return attributes_of(info, time_unit(*world_));
}

HeldValues ResultsInMemory::values(const DatasetInfo& info) {
    const std::lock_guard lock(guard_);
    Sink& sink = sink_of(info.group);
    const std::string path = info.path();
    if (!sink.held.count(path)) {
        sink.wanted = with_its_twin(path);
        const Provenance unused;
        EnsembleDatasets{*world_, result_, series(), comparisons_, outlooks_, unused, threads_}.put_datasets(
            sink);
        sink.wanted.clear();
    }
    return std::move(sink.held.extract(path).mapped());
}

std::string ResultsInMemory::form() {
    const std::lock_guard lock(guard_);
    const Sink& sink = sink_of("");
    std::string text;
    for (const auto& info : layout()) {
        if (info.group.empty() && !sink.left_out(info))
            text += fmt::format("{} {}\n", info.name, fmt::join(sink.shape_of(info), " "));
    }
    return text;
}

}  // namespace nuzuh
