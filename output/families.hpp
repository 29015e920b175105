// Datasets that belong together: a quantity in every member, and what the ensemble says of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "output/sink.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/shelf.hpp"

namespace nuzuh {

/// Values of all members that stand side by side in memory while they are summed up, where members lie on a shelf [bytes].
/// Judgement: little beside what a run of that size takes, and a country of 1,469 places, 365 days and 200 members
/// is then read once.
constexpr double room_for_summaries = 512e6;

/// A field of every member, and its mean and quantiles over members.
///
/// @param member  the values of one member; called from several threads
/// @param stay    how long they stay
void write_family(ResultsSink& to, std::string_view name, const Slices& member, std::size_t members,
                  int threads, Stay stay);

/// The same of a large series of every member, in memory or on a shelf.
void write_large_family(ResultsSink& to, std::string_view name, const EnsembleResult& result, Series series,
                        int threads);

/// A large series of every member alone.
void write_large(ResultsSink& to, std::string_view path, const EnsembleResult& result, Series series);

/// Whether members have a large series.
bool has_series(const EnsembleResult& result, Series series);

/// Days on which things first happen in every member, the days by which quantiles of members have come to them, and
/// the shares of members that have, by record.
///
/// @param path         dataset of the days
/// @param chance_path  dataset of the shares
/// @param day          the days of one member, NaN where it never happens
/// @param record_days  [T] days since the start at the end of each record
/// @param stay         how long the days stay
void write_first_day(ResultsSink& to, const std::string& path, const std::string& chance_path,
                     const Slices& day, std::size_t members, const std::vector<double>& record_days,
                     Stay stay);

}  // namespace nuzuh
