// Makes the datasets of the layout table in a new file, with their attributes and axes.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "output/chunks.hpp"
#include "output/hdf5.hpp"
#include "output/layout.hpp"

namespace nuzuh {

/// Lengths of the axes by name; an axis of length 0, or not named, is left out with every dataset on it.
using AxisLengths = std::map<std::string, std::size_t, std::less<>>;

/// Whether large data are shuffled and deflated, or lie as they are.
enum class Packing { packed, plain };

/// A results file in the making. Datasets are written by path, in the order of the layout; asked for a dataset
/// that has an axis of length 0, it does nothing.
class ResultsBuilder {
public:
    /// @param table  the datasets that the file will hold; must outlive the builder
    /// @param file   where it is made; in memory unless said otherwise
    ResultsBuilder(const std::vector<DatasetInfo>& table, AxisLengths lengths, std::string time_unit,
                   int threads, Packing packing = Packing::packed, h5::Handle file = h5::create_file());

    void texts(const std::string& path, const std::vector<std::string>& values);
    void floats(const std::string& path, std::span<const float> values);
    void doubles(const std::string& path, std::span<const double> values);
    void int32s(const std::string& path, std::span<const std::int32_t> values);
    void flags(const std::string& path, std::span<const std::int8_t> values);

    /// Says that a dataset of the table is not written, since nothing of it was kept.
    void leave_out(const std::string& path);

    /// A dataset by its slices along the first axis; `slice` is called from several threads.
    void slices(const std::string& path, const std::function<std::span<const float>(std::size_t)>& slice);

    /// Makes a dataset that the caller fills.
    h5::Handle open(const std::string& path);

    /// Attribute of the root or of a group, which is made if it is not there.
    void text_attribute(const std::string& group, const std::string& name, const std::string& value);
    void number_attribute(const std::string& group, const std::string& name, double value);

    /// The bytes of the whole file; valid while the builder lives.
    ///
    /// @throws  std::logic_error if a dataset of the layout has been forgotten
    std::span<const std::byte> finish();

    /// Closes a file that is made on disk.
    void close();

private:
    void close_datasets();
    const DatasetInfo& info_of(const std::string& path) const;
    std::size_t length(std::string_view axis) const;
    bool left_out(const DatasetInfo& info) const;
    std::set<std::string> absent_;
    hid_t group(const std::string& name);
    hid_t scale(const std::string& axis);
    hid_t make_scale_without_values(const Dimension& dimension);
    h5::Handle make(const DatasetInfo& info);
    void describe(hid_t dataset, const DatasetInfo& info) const;
    void attach_axes(hid_t dataset, const DatasetInfo& info);
    void write_whole(const std::string& path, hid_t memory_type, const void* values, std::size_t count);
    std::vector<hsize_t> shape_of(const DatasetInfo& info) const;

    const std::vector<DatasetInfo>& table_;
    AxisLengths lengths_;
    std::string time_unit_;
    int threads_;
    Packing packing_;
    h5::Handle file_;
    std::map<std::string, h5::Handle> groups_;
    std::map<std::string, h5::Handle> scales_;
    std::map<std::string, std::vector<h5::AxisUse>> uses_;  ///< of each scale, in order
    std::set<std::string> written_;
};

}  // namespace nuzuh
