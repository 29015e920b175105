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
    const std::vector<FigureComparison>& comparisons;
    const std::vector<PlanningOutlook>& outlooks;
    const Provenance& provenance;
    int threads = 0;  ///< 0: all cores

    AxisLengths axis_lengths() const;

    /// Puts every dataset of the layout table, and the attributes of the root and of groups.
    void put_into(ResultsSink& to) const;
};

/// Unit of the dataset "time".
std::string time_unit(const World& world);

}  // namespace nuzuh
