#include "output/kept_series.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

#include "output/chunks.hpp"
#include "sim/study/shelf.hpp"

namespace nuzuh {

namespace {

/// What is kept of the series on a shelf.
class ShelfOfKept final : public Shelf {
public:
    ShelfOfKept(std::shared_ptr<const Shelf> whole, KeptPlaces kept)
        : whole_(std::move(whole)), kept_(std::move(kept)) {}

    void put(int, RunResult&) override { throw std::logic_error("a shelf of what is kept takes nothing"); }
    std::vector<float> series(int member, Series series) const override {
        return kept_.of(whole_->series(member, series), series);
    }
    std::vector<std::uint8_t> packed(int member, Series series) const override {
        const auto values = this->series(member, series);
        return values.empty() ? std::vector<std::uint8_t>() : shuffled_and_deflated(values);
    }

private:
    std::shared_ptr<const Shelf> whole_;
    KeptPlaces kept_;
};

}  // namespace

std::optional<EnsembleResult> series_of_kept_places(const EnsembleResult& result, const KeptPlaces& kept) {
    if (kept.are_all()) return {};
    EnsembleResult series;
    series.days = result.days;
    for (const RunResult& member : result.members) series.members.push_back(kept.series_of_kept(member));
    if (result.shelf) series.shelf = std::make_shared<ShelfOfKept>(result.shelf, kept);
    series.mean_displaced_from = kept.of_places(std::span<const float>(result.mean_displaced_from));
    return series;
}

}  // namespace nuzuh
