// Makes the datasets of the layout table in a new file, with their attributes and axes.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "output/chunks.hpp"
#include "output/hdf5.hpp"
#include "output/sink.hpp"

namespace nuzuh {

/// A results file in the making. Datasets are written by path, in the order of the layout.
class ResultsBuilder : public ResultsSink {
public:
    /// @param table  the datasets that the file will hold; must outlive the builder
    /// @param file   where it is made; in memory unless said otherwise
    ResultsBuilder(const std::vector<DatasetInfo>& table, AxisLengths lengths, std::string time_unit,
                   int threads, h5::Handle file = h5::create_file());

    /// Makes a dataset that the caller fills.
    h5::Handle open(const std::string& path);

    /// The group is made if it is not there.
    void text_attribute(const std::string& group, const std::string& name, const std::string& value) override;
    void number_attribute(const std::string& group, const std::string& name, double value) override;

    /// The bytes of the whole file; valid while the builder lives.
    ///
    /// @throws  std::logic_error if a dataset of the layout has been forgotten
    std::span<const std::byte> finish();

    /// Closes a file that is made on disk.
    void close();

protected:
    void take(const DatasetInfo& info, Values values) override;
    void take_slices(const DatasetInfo& info, const Slices& slice, Stay stay) override;
    void take_packed(const DatasetInfo& info, const PackedSlices& slice) override;

private:
    void close_datasets();
    hid_t group(const std::string& name);
    hid_t scale(const std::string& axis);
    hid_t make_scale_without_values(const Dimension& dimension);
    h5::Handle make(const DatasetInfo& info);
    void describe(hid_t dataset, const DatasetInfo& info) const;
    void attach_axes(hid_t dataset, const DatasetInfo& info);
    std::vector<hsize_t> extent_of(const DatasetInfo& info) const;

    std::string time_unit_;
    int threads_;
    h5::Handle file_;
    std::map<std::string, h5::Handle> groups_;
    std::map<std::string, h5::Handle> scales_;
    std::map<std::string, std::vector<h5::AxisUse>> uses_;  ///< of each scale, in order
    std::set<std::string> written_;
};

}  // namespace nuzuh
