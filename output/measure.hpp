// What of a results file is compared with another.
#pragma once

#include "output/csv.hpp"
#include "output/results.hpp"
#include "sim/study/compare.hpp"

namespace nuzuh {

/// Days that each record covers; records of less than a day count as one.
///
/// @param days  since the start of the run, at the end of each record
std::vector<double> days_of_records(std::vector<double> days);

/// Every total at the end of the run (flows: summed over it), person-days at risk, the most people without shelter and
/// the most who could not leave on any day (in records of several days: a day, by the mean of the record); arrivals,
/// displaced people at the end and the most people without shelter by place; arrivals by home and place. What the
/// file was not made with is left out.
///
/// Person-days at risk are days spent at home or displaced where the danger index is 1 or more, under assault, or
/// where a town has fallen.
MeasuredRun measured(const Results& file);

/// A row for each difference between two files; flows between a home and a place only where there are any.
CsvTable comparison_table(const Comparison& comparison, const Results& a, const Results& b);

}  // namespace nuzuh
