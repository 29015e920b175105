// Whether an HDF5 file, wherever it comes from, is one that may be read.
#pragma once

#include <cstdint>
#include <string>

#include "output/hdf5.hpp"

namespace nuzuh::h5 {

/// Looks through every object of a file before any value is read: a file leads to no other and claims no more than it holds.
///
/// Refused are links that are soft, external or of kinds that programs define; datasets whose values lie in other files
/// (external storage, virtual datasets) or come through filters other than shuffle, deflate and fletcher32, which HDF5 would
/// load as programs; types other than numbers of at most eight bytes and texts; groups deeper than four or more than 20,000
/// objects, hence also groups that hold themselves; and values that cannot have been packed into so small a file.
///
/// @param name        of the file, for messages
/// @param file_bytes  its size
/// @throws            Error, with what is wrong and where
void require_plain(hid_t file, const std::string& name, std::uintmax_t file_bytes);

}  // namespace nuzuh::h5
