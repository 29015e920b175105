// The results of an ensemble in memory: the datasets of a results file, each worked out when it is asked for.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "output/sink.hpp"
#include "output/writer.hpp"

namespace nuzuh {

/// Values of a dataset: of its own, or where the run left them.
using HeldValues = std::variant<Values, std::span<const float>>;

/// What `write_results` would write, for a program that goes on with it. Of one run the series stay where they are; those
/// of several members are put side by side when they are asked for, and what is said over members is worked out then.
///
/// Threads  may be used by several
class ResultsInMemory {
public:
    using Attributes = std::vector<std::pair<std::string, AttributeValue>>;

    /// @param result      at least one member and one record
    /// @param provenance  asked for when the group of that name is
    /// @param threads     0: all cores
    ResultsInMemory(std::shared_ptr<const World> world, EnsembleResult result,
                    std::function<Provenance()> provenance, int threads);
    ~ResultsInMemory();

    /// The datasets of a group that are there, in the order of a file; "": those of the root.
    std::vector<const DatasetInfo*> datasets(const std::string& group);

    std::vector<std::size_t> shape_of(const DatasetInfo& info);

    /// What is said of a group as a whole.
    Attributes attributes(const std::string& group);

    /// What is said of a dataset.
    Attributes attributes(const DatasetInfo& info) const;

    /// Values of a dataset, worked out anew each time. A span is valid while the results live.
    HeldValues values(const DatasetInfo& info);

    /// Two results with the same text have the same datasets of the same shapes at the root.
    std::string form();

private:
    class Sink;

    Sink& sink_of(const std::string& group);
    const EnsembleResult& series() const { return kept_ ? *kept_ : result_; }

    std::shared_ptr<const World> world_;
    EnsembleResult result_;
    std::optional<EnsembleResult> kept_;  ///< its series, where not all are kept
    std::function<Provenance()> provenance_;
    int threads_;
    std::mutex guard_;
    std::unique_ptr<Sink> root_, tables_;  ///< the root alone; with what is compared and planned, for groups
    std::vector<FigureComparison> comparisons_;
    std::vector<PlanningOutlook> outlooks_;
};

}  // namespace nuzuh
