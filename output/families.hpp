// Datasets that belong together: a quantity in every member, and what the ensemble says of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "output/sink.hpp"

namespace nuzuh {

/// A field of every member, and its mean and quantiles over members.
///
/// @param member  the values of one member; called from several threads
/// @param stay    how long they stay
void write_family(ResultsSink& to, std::string_view name, const Slices& member, std::size_t members,
                  int threads, Stay stay);

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
