// Chunks compressed on all cores and handed to HDF5 ready made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <hdf5.h>

namespace nuzuh {

/// Bytes of which HDF5's shuffle and deflate filters make a chunk of single-precision numbers again. They hang on
/// nothing but the numbers.
std::vector<std::uint8_t> shuffled_and_deflated(std::span<const float> values);

/// The same behind what is there.
void append_packed(std::span<const float> values, std::vector<std::uint8_t>& to);

/// Numbers that were packed so.
///
/// @param values  as many as there were
/// @throws        h5::Error if the bytes are no such numbers
void unpack(std::span<const std::uint8_t> packed, std::span<float> values);

/// Writes such bytes as the chunk of the slice with the given index along the first axis.
void write_chunk(hid_t dataset, std::size_t axes, std::size_t index, std::span<const std::uint8_t> bytes,
                 const std::string& name);

/// Writes a dataset whose chunks are its slices along the first axis ([1, ...]).
///
/// @param shape  of the dataset
/// @param slice  values of the slice with the given index, which stay there; called from several threads
/// @param threads  0: all cores
///
/// HDF5 itself filters one chunk after the other; here a batch is filtered by all threads and then written in
/// order, so that the bytes of the file do not depend on the number of threads. Slices that follow each other and
/// are equal, as the quantiles of a single run are, are filtered once.
void write_slices(hid_t dataset, const std::vector<hsize_t>& shape,
                  const std::function<std::span<const float>(std::size_t)>& slice, int threads,
                  const std::string& name);

/// Writes a dataset whose chunks are packed already.
///
/// @param packed  bytes of the slice with the given index
void write_packed(hid_t dataset, const std::vector<hsize_t>& shape,
                  const std::function<std::vector<std::uint8_t>(std::size_t)>& packed,
                  const std::string& name);

}  // namespace nuzuh
