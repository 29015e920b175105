// Datasets that belong together: a quantity in every member, and what the ensemble says of it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output/builder.hpp"

namespace nuzuh {

/// A field of every member, and its mean and quantiles over members.
///
/// @param member  the values of one member; called from several threads
void write_family(ResultsBuilder& file, std::string_view name,
                  const std::function<std::span<const float>(std::size_t)>& member, std::size_t members,
                  int threads);

/// Days on which things first happen in every member, the days by which quantiles of members have come to them, and
/// the shares of members that have, by record.
///
/// @param path         dataset of the days
/// @param chance_path  dataset of the shares
/// @param day          the days of one member, NaN where it never happens
/// @param record_days  [T] days since the start at the end of each record
void write_first_day(ResultsBuilder& file, const std::string& path, const std::string& chance_path,
                     const std::function<std::span<const float>(std::size_t)>& day, std::size_t members,
                     const std::vector<double>& record_days);

}  // namespace nuzuh
