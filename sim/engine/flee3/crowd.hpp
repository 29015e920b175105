// People who are alike, counted together.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/base/samplers.hpp"

namespace nuzuh::flee3 {

/// People who share all that their next decisions depend on. Flee follows each of them; those in a crowd are
/// exchangeable, so that counting them has the same distribution.
struct Crowd {
    Count people = 0;
    std::int32_t route = 0;      ///< remaining stops; 0: none
    double recent = 0;           ///< [-] index of recent travel
    std::int16_t home = 0;
    bool fresh = true;           ///< has not come to the end of a link yet

    bool is_like(const Crowd& other) const {
        return route == other.route && recent == other.recent && home == other.home && fresh == other.fresh;
    }
    std::uint64_t hash() const {
        const auto index = std::uint64_t(recent * 0x1p40);
        return (index ^ (std::uint64_t(std::uint32_t(route)) << 41)) * 0x9E3779B97F4A7C15u +
               (std::uint64_t(std::uint16_t(home)) * 2 + fresh) * 0xC2B2AE3D27D4EB4Fu;
    }
};

/// A crowd on a link.
struct Travellers : Crowd {
    std::int32_t link = 0;
    double km = 0;               ///< done on the link
    double km_today = 0;
    bool cut_off = false;        ///< the link closed behind them

    bool is_like(const Travellers& other) const {
        return Crowd::is_like(other) && link == other.link && km == other.km && cut_off == other.cut_off;
    }
    std::uint64_t hash() const {
        return Crowd::hash() ^ ((std::uint64_t(km * 1024) * 64 + std::uint64_t(link)) * 0xFF51AFD7ED558CCDu);
    }
};

/// Joins crowds that are alike; the first of each stays where it stands.
class Merger {
public:
    template <class C>
    void merge(std::vector<C>& crowds) {
        if (crowds.size() < 2) return;
        std::size_t size = 16;
        while (size < 2 * crowds.size()) size *= 2;
        slots_.assign(size, -1);
        std::size_t kept = 0;
        for (std::size_t c = 0; c < crowds.size(); ++c) {
            std::uint64_t hash = crowds[c].hash();
            hash ^= hash >> 29;
            std::size_t slot = hash & (size - 1);
            while (slots_[slot] >= 0 && !crowds[std::size_t(slots_[slot])].is_like(crowds[c]))
                slot = (slot + 1) & (size - 1);
            if (slots_[slot] >= 0) {
                crowds[std::size_t(slots_[slot])].people += crowds[c].people;
            } else {
                slots_[slot] = std::int32_t(kept);
                if (kept != c) crowds[kept] = crowds[c];
                ++kept;
            }
        }
        crowds.resize(kept);
    }

private:
    std::vector<std::int32_t> slots_;
};

}  // namespace nuzuh::flee3
