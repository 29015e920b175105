#include <algorithm>

#include "output/brief/parts.hpp"

namespace nuzuh::brief {

namespace {

constexpr std::size_t most_values_of_motion = 60'000;  ///< numbers by frame and place, to keep the page small
constexpr std::size_t most_frames = 400;
constexpr std::size_t most_flows = 160;

/// Records that the map steps through: evenly apart, the last among them.
std::vector<std::size_t> frames_of(const Axes& axes) {
    const std::size_t most = std::clamp<std::size_t>(most_values_of_motion / axes.places, 2, most_frames);
    const std::size_t stride = (axes.records() + most - 1) / most;
    std::vector<std::size_t> frames;
    for (std::size_t t = (axes.records() - 1) % stride; t < axes.records(); t += stride) frames.push_back(t);
    return frames;
}

template <class Rounding>
Json by_frame(const ResultsFile& file, const std::string& path, const Axes& axes,
              const std::vector<std::size_t>& frames, Rounding rounding) {
    const auto values = file.floats(path);
    Json out = Json::array();
    for (const auto t : frames)
        out.push_back(rounded(std::span(values).subspan(t * axes.places, axes.places), rounding));
    return out;
}

/// By how many people more from each home stay at each place than a week before, mean over members.
///
/// @return  [frame][home * places + place] persons, 0 where there are fewer than 10; empty: homes are not told apart
std::vector<std::vector<float>> weekly_gains(const ResultsFile& file, const Axes& axes,
                                             const std::vector<std::size_t>& frames) {
    std::vector<std::vector<float>> gains;
    if (!file.has("/displaced_from_mean")) return gains;
    for (const auto t : frames) {
        auto gain = file.slice("/displaced_from_mean", t);
        if (t >= axes.records_a_week()) {
            const auto before = file.slice("/displaced_from_mean", t - axes.records_a_week());
            for (std::size_t k = 0; k < gain.size(); ++k) gain[k] -= before[k];
        }
        for (std::size_t k = 0; k < gain.size(); ++k)
            if (gain[k] < 10 || axes.is_at_home(k)) gain[k] = 0;
        gains.push_back(std::move(gain));
    }
    return gains;
}

/// The pairs of home and place with the strongest weeks, and the share of all gains that they hold.
Json flows_of(const Axes& axes, const std::vector<std::vector<float>>& gains) {
    std::vector<std::pair<float, std::size_t>> strongest;
    double all = 0, shown = 0;
    for (std::size_t k = 0; k < axes.homes * axes.places; ++k) {
        float peak = 0;
        for (const auto& gain : gains) {
            peak = std::max(peak, gain[k]);
            all += gain[k];
        }
        if (peak > 0) strongest.push_back({-peak, k});
    }
    std::sort(strongest.begin(), strongest.end());
    strongest.resize(std::min(strongest.size(), most_flows));
    Json flows = Json::array();
    for (const auto& [peak, k] : strongest) {
        std::vector<float> persons;
        for (const auto& gain : gains) {
            persons.push_back(gain[k]);
            shown += gain[k];
        }
        flows.push_back(
            {{"from", k / axes.places}, {"to", k % axes.places}, {"persons", rounded(persons, in_tens)}});
    }
    return {{"tracked", !gains.empty()},
            {"pairs", flows},
            {"share", all > 0 ? std::round(100 * shown / all) / 100 : 1}};
}

}  // namespace

Json motion(const ResultsFile& file, const Axes& axes) {
    const auto frames = frames_of(axes);
    Json out;
    out["frames"] = frames;
    out["displaced"] = by_frame(file, "/displaced_mean", axes, frames, in_tens);
    out["without_shelter"] = by_frame(file, "/without_shelter_mean", axes, frames, in_tens);
    out["strikes"] = by_frame(file, "/exposure", axes, frames, whole);
    out["flows"] = flows_of(axes, weekly_gains(file, axes, frames));
    return out;
}

}  // namespace nuzuh::brief
