// Results files that were changed by HDF5 calls and whose SHA-256 holds. Changed bytes would try HDF5, not this program.
#include <bit>

#include "output/brief/page.hpp"
#include "output/export.hpp"
#include "output/files.hpp"
#include "output/hdf5.hpp"
#include "output/measure.hpp"
#include "output/reader.hpp"
#include "output/seal.hpp"
#include "output/writer.hpp"
#include "tests/fuzz/edits.hpp"
#include "tests/fuzz/scratch.hpp"
#include "tests/fuzz/targets_of.hpp"
#include "tests/output/synthetic.hpp"

namespace nuzuh::fuzz {
namespace {

namespace fs = std::filesystem;
using h5::Handle;

/// A good file without its last line.
std::string good_results() {
    const Scratch scratch;
    const test::SyntheticSize size;
    const auto file = scratch.path() / "good.h5";
    write_results(file, test::synthetic_world(size), test::synthetic_result(size),
                  test::synthetic_comparisons(), test::synthetic_outlooks(size), build_provenance(),
                  {.force = true});
    const auto bytes = bytes_of(file);
    const auto content = *unsealed(Sealed::results, bytes, Seal::is_checked);
    return {reinterpret_cast<const char*>(content.data()), content.size()};
}

void set_element(hid_t file, const std::string& path, std::uint32_t where, double value) {
    const Handle dataset{H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, path};
    const Handle space{H5Dget_space(dataset), H5Sclose, path};
    std::vector<double> values(std::size_t(H5Sget_simple_extent_npoints(space)));
    if (values.empty() ||
        H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0)
        return;
    values[where % values.size()] = value;
    H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
}

void replace(hid_t file, const std::string& path, std::uint64_t value) {
    H5Ldelete(file, path.c_str(), H5P_DEFAULT);
    const hsize_t shape[] = {1 + value % 7, 1 + value / 7 % 7, 1 + value / 49 % 7};
    const Handle space{H5Screate_simple(int(value / 343 % 4), shape, nullptr), H5Sclose, path};
    const hid_t types[] = {H5T_IEEE_F32LE, H5T_IEEE_F64LE, H5T_STD_I32LE, H5T_STD_I64LE, H5T_STD_U8LE};
    const Handle made{
        H5Dcreate2(file, path.c_str(), types[value / 2048 % 5], space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
        H5Dclose, path};
}

void apply(hid_t file, const std::vector<std::string>& numeric, const Edit& edit) {
    const std::string& path = numeric[edit.where % numeric.size()];
    const std::uint32_t element = edit.where / std::uint32_t(numeric.size());
    if (H5Lexists(file, path.c_str(), H5P_DEFAULT) <= 0) return;
    switch (edit.kind % 4) {
        case 0:
            return set_element(file, path, element, std::bit_cast<double>(edit.value));
        case 1:
            return set_element(file, path, element, double(std::int64_t(edit.value) % 100000) / 8);
        case 2:
            H5Ldelete(file, path.c_str(), H5P_DEFAULT);
            return;
        default:
            replace(file, path, edit.value);
    }
}

}  // namespace

void read_results_edits(std::string_view sample) {
    static const std::string good = good_results();
    const h5::QuietErrors quiet;
    const Scratch scratch;
    const auto path = scratch.write("results.h5", good);
    {
        Handle file{H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open"};
        static const std::vector<std::string> numeric = [&] {
            std::vector<std::string> paths;
            const auto whole = scratch.write("whole.h5", good);
            std::ofstream(whole, std::ios::binary | std::ios::app) << seal_of(Sealed::results, whole);
            for (const auto& dataset : ResultsFile(whole).datasets())
                if (!dataset.is_text) paths.push_back(dataset.path);
            return paths;
        }();
        for (const auto& edit : edits_of(sample)) apply(file, numeric, edit);
        file.close("close");
    }
    std::ofstream(path, std::ios::binary | std::ios::app) << seal_of(Sealed::results, path);
    try {
        const ResultsFile file(path);
        for (ExportFormat format : {ExportFormat::csv, ExportFormat::geojson, ExportFormat::quantiles}) {
            exported(file, format);
            exported_to_share(file, format);
        }
        brief_page(file);
        measured(file);
    } catch (const h5::Error& error) {
        require(std::string_view(error.what()).size() > 10, "refused without words");
    }
}

}  // namespace nuzuh::fuzz
