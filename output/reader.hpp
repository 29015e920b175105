// Reads results files back: for `nuzuh explain`, scores and tests.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "output/hdf5.hpp"
#include "output/results.hpp"

namespace nuzuh {

/// A dataset as it stands in a file.
struct StoredDataset {
    std::string path;                     ///< "/displaced", "/reported/name"
    std::vector<std::string> dimensions;  ///< slowest first; empty where the table does not know it
    std::vector<std::size_t> shape;
    std::string unit;     ///< "" where there is none
    std::string meaning;  ///< long_name
    bool is_text = false;
};

/// Whether a file has a name that results files have: .h5, .nc or .hdf5.
bool is_named_as_results(const std::filesystem::path& file);

/// An open results file. Files come from anywhere: opening one checks that it is as it was written (SHA-256, from format 2.2
/// on), that it leads to no other file, and that every dataset has the type and shape that its axes give, before any value is used.
class ResultsFile final : public Results {
public:
    /// @throws  h5::Error if the file is missing, damaged, no HDF5 file, or not one that this program writes
    explicit ResultsFile(const std::filesystem::path& path);

    /// Whether it holds a study: runs of `nuzuh sweep` with their settings, not one scenario's ensemble.
    bool is_study() const { return text_attribute("/", "design").has_value(); }

    /// Every dataset in order of creation, without the bare axes.
    std::vector<StoredDataset> datasets() const;

    bool has(const std::string& path) const override;
    std::vector<float> floats(const std::string& path) const override;
    std::vector<double> doubles(const std::string& path) const override;
    std::vector<float> slice(const std::string& path, std::size_t index) const override;
    std::vector<std::string> texts(const std::string& path) const override;
    std::optional<std::string> text_attribute(const std::string& object,
                                              const std::string& name) const override;
    std::optional<double> number_attribute(const std::string& object, const std::string& name) const override;

private:
    h5::QuietErrors quiet_;
    h5::Handle file_;
    std::vector<StoredDataset> stored_;  ///< all, with bare axes
};

}  // namespace nuzuh
