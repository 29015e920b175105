#include "output/writer.hpp"

#include <bit>

#include "output/builder.hpp"
#include "output/ensemble_datasets.hpp"
#include "output/kept_series.hpp"
#include "output/pending_file.hpp"
#include "output/seal.hpp"

namespace nuzuh {

static_assert(std::endian::native == std::endian::little, "chunks are written as they lie in memory");

void write_results(const std::filesystem::path& target, const World& world, const EnsembleResult& result,
                   const std::vector<FigureComparison>& comparisons,
                   const std::vector<PlanningOutlook>& outlooks, const Provenance& provenance,
                   const WriteOptions& options) {
    if (result.members.empty() || result.days.empty()) throw h5::Error("there are no results to write");
    const h5::QuietErrors quiet;
    const auto kept = series_of_kept_places(result, KeptPlaces(world));
    const EnsembleDatasets datasets{world,    result,     kept ? *kept : result, comparisons,
                                    outlooks, provenance, options.threads};
    PendingFile pending(target, options.force);
    const bool on_disk = result.shelf != nullptr;
    ResultsBuilder file(layout(), datasets.axis_lengths(), time_unit(world), options.threads,
                        on_disk ? h5::create_file_on_disk(pending.path()) : h5::create_file());
    datasets.put_attributes(file);
    datasets.put_datasets(file);
    if (on_disk) {
        file.close();
        pending.written(seal_of(Sealed::results, pending.path()));
    } else {
        const auto bytes = file.finish();
        pending.write(bytes, seal_of(Sealed::results, bytes));
    }
    pending.commit();
}

}  // namespace nuzuh
