// What everyone at a place shares and nobody knows beforehand.
#pragma once

#include <cmath>

#include <Eigen/Core>

#include "sim/engine/law.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// The factor of mean 1 on the leave hazard of everyone at a place: one part for the whole run, one for each step.
///
///     noise = lasting * gamma(mean 1, shared_noise / sqrt(dt)),  lasting ~ gamma(mean 1, lasting_noise)
///
/// Without the first, an ensemble would know the strikes on every town exactly; without the second, all its
/// people would be independent. Either makes bands falsely narrow.
///
/// Shape    [P].
class SharedNoise {
public:
    template <class Law>
    SharedNoise(const Law& law, const World& world) : lasting_(world.place_count()) {
        const double deviation = world.settings.behaviour.leave.lasting_noise;
        for (int i = 0; i < world.place_count(); ++i) {
            lasting_(i) = law.shared_noise({Purpose::lasting_noise, 0, std::uint64_t(i)}, deviation);
        }
    }

    template <class Law>
    Eigen::ArrayXd draw(const Law& law, const World& world, int step) const {
        const double deviation = world.settings.behaviour.leave.shared_noise / std::sqrt(world.dt);
        Eigen::ArrayXd noise = lasting_;
        for (int i = 0; i < world.place_count(); ++i) {
            noise(i) *=
                law.shared_noise({Purpose::shared_noise, std::uint64_t(step), std::uint64_t(i)}, deviation);
        }
        return noise;
    }

private:
    Eigen::ArrayXd lasting_;
};

}  // namespace nuzuh
