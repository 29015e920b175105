// The datasets of an ensemble's results, whoever takes them.
#pragma once

#include <string>
#include <vector>

#include "output/sink.hpp"
#include "output/writer.hpp"

namespace nuzuh {

/// An ensemble and what is said of it. Holds references: all must outlive it.
struct EnsembleDatasets {
    const World& world;
    const EnsembleResult& result;  ///< at least one member and one record
    const EnsembleResult& series;  ///< the result with its series by place and route as far as they are kept
    const std::vector<FigureComparison>& comparisons;
    const std::vector<PlanningOutlook>& outlooks;
    const Provenance& provenance;
    int threads = 0;  ///< 0: all cores

    AxisLengths axis_lengths() const;

    /// Puts the attributes of the root and of groups, which say where the results come from and what they hold.
    void put_attributes(ResultsSink& to) const;
    /// Puts every dataset of the layout table.
    void put_datasets(ResultsSink& to) const;
};

/// Unit of the dataset "time".
std::string time_unit(const World& world);

}  // namespace nuzuh
