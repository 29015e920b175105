// The part of the choice of a destination that does not depend on people.
#pragma once

#include <vector>

#include <Eigen/Core>

#include "sim/base/made_when_asked.hpp"

namespace nuzuh {

class World;

/// Places that attract anybody in a step, by any way of travelling, and places from which anybody is attracted.
struct Attracting {
    std::vector<int> to, from;  ///< ascending
};

/// Attraction of places for those who set out from others, but for room and people from home:
///
///     A_type * P^eta * exp(-z X) * (1 - q) * D (T + T0)^(-beta) * exp(-g R)
///
/// with danger X there, the share q whom orders keep away, the draw D of the group to it and the worst danger R passed on the
/// way; 0 where there is no way, and of the place itself. The factors up to q are of the destination, those up to R of the
/// way and of who goes while the network stays as it is.
class Attraction {
public:
    using FromPlaces = MadeWhenAsked<Eigen::ArrayXd>;  ///< [from P] numbers for every place

    std::vector<Eigen::ArrayXd> there;    ///< [steps][P] the factors of the destination
    std::vector<Eigen::ArrayXd> passing;  ///< [steps][P] exp(-g X) of those who pass the place
    std::vector<std::vector<FromPlaces>>
        near;  ///< [states][modes][from P] -> [to P] D (T + T0)^(-beta); 0 where there is no way
    std::vector<Attracting> attracting;  ///< [steps]
    /// Looking at all destinations costs about as much as a proposal for each so many of them; measured. Worlds with no
    /// more places hold no proposals.
    static constexpr int places_a_proposal = 128;
    /// To draw destinations without looking at all of them: the most that the factors of a destination can be, and running
    /// sums over destinations of that times nearness. Neither hangs on what comes later in the run.
    Eigen::ArrayXd most;                             ///< [P]
    std::vector<std::vector<FromPlaces>> proposals;  ///< [states][modes][from P] -> [P]
    std::vector<std::vector<Eigen::ArrayXXd>> held;  ///< [steps][modes][to P, from P], or empty if too large

    /// Attraction from place i.
    ///
    /// @param world  to which it belongs
    /// @param step   of the run
    /// @param mode   index of the way of travelling
    /// @param i      where people set out
    /// @param made   room for it where it is not held
    /// @return       [P]
    const double* from(const World& world, int step, int mode, int i, Eigen::ArrayXd& made) const;
    /// The same from every place.
    ///
    /// @param world  to which it belongs
    /// @param step   of the run
    /// @param mode   index of the way of travelling
    /// @param made   room for it where it is not held
    /// @return       [to P, from P]
    const Eigen::ArrayXXd& all(const World& world, int step, int mode, Eigen::ArrayXXd& made) const;

private:
    void work_out(const World& world, int step, int mode, int i, double* attraction) const;
};

/// @param world  with inputs
Attraction work_out_attraction(const World& world);

}  // namespace nuzuh
