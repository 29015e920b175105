// The tables of a results file: reported figures, planning figures, histories and traces of households.
#pragma once

#include <vector>

#include "output/sink.hpp"
#include "sim/model/study_settings.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {

void write_figures(ResultsSink& to, const std::vector<FigureComparison>& rows);
void write_planning(ResultsSink& to, const std::vector<PlanningOutlook>& rows,
                    const std::vector<double>& record_days);
void write_histories(ResultsSink& to, const EnsembleResult& result, std::size_t places);
void write_traces(ResultsSink& to, const EnsembleResult& result);

/// Events of traced households in all members.
std::size_t trace_count(const EnsembleResult& result);

/// The word by which scenarios and studies know a quantity, a bound or a design.
std::string word(Quantity quantity);
std::string word(Bound bound);
std::string word(DesignKind design);

}  // namespace nuzuh
