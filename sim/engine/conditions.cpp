#include "sim/engine/conditions.hpp"

#include <cmath>
#include <map>
#include <utility>

#include "sim/base/ascending.hpp"
#include "sim/rules/choosing.hpp"
#include "sim/rules/danger.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh {

rules::LeaveRates<double> leave_rates(const LeaveSettings& leave) {
    return {.h0 = leave.h0,
            .h_max = leave.h_max,
            .neighbours = leave.neighbours,
            .h_front = leave.h_front,
            .h_capture = leave.h_capture,
            .displaced_factor = leave.displaced_factor,
            .onward_without_shelter = leave.onward_without_shelter};
}

namespace {

rules::SharedHazards<double> shared_at(const World& world, const rules::LeaveRates<double>& leave, int step,
                                       const Headcount& now, const Eigen::ArrayXd& noise, int i) {
    const StepInputs& inputs = world.inputs[std::size_t(step)];
    const double start = world.households_at_start(i);
    const double gone = rules::share_gone(now.at_home(i) / std::max(1.0, start), start > 0);
    return rules::shared_hazards(leave, gone, inputs.front(i), noise(i), inputs.fallen(i), inputs.ordered(i));
}

}  // namespace

Hazards hazards(const World& world, int step, const Headcount& now, const Eigen::ArrayXd& noise) {
    const auto leave = leave_rates(world.settings.behaviour.leave);
    const StepInputs& inputs = world.inputs[std::size_t(step)];
    const Eigen::ArrayXXd& response = world.responses[std::size_t(step)];
    const int groups = world.mobile_groups;
    const int places = world.place_count();
    const bool given = world.departures.size() > 0;
    Hazards result{Eigen::ArrayXXd::Zero(groups, places), Eigen::ArrayXXd::Zero(groups, places),
                   Eigen::ArrayXXd::Zero(groups, places), inputs.returning};
    for (int o = 0; o < places; ++o) {
        if (inputs.lost(o) > 0)
            result.returning(o) *=
                rules::able_to_return(inputs.lost(o), world.households_from(o), now.at_home(o));
    }
    for (int i = 0; i < places; ++i) {
        const bool crossing = world.abroad_behind[i] >= 0;
        if (given) {
            if (!crossing) result.waiting.col(i) = rules::turned_away_hazard;
            continue;
        }
        const auto here = shared_at(world, leave, step, now, noise, i);
        const double onward = rules::onward_rate(world.onward[i], leave.onward_without_shelter,
                                                 now.displaced_persons(i), world.capacity[i]);
        for (int k = 0; k < groups; ++k) {
            const double home = rules::hazard_at_home(leave, here, response(k, i));
            result.home(k, i) = home;
            result.away(k, i) = rules::hazard_displaced(leave, home, onward);
            result.waiting(k, i) = rules::hazard_waiting(leave, home, crossing);
        }
    }
    return result;
}

CauseShares::CauseShares(const World& world, int step, const Headcount& now, Eigen::ArrayXd noise)
    : world_(world),
      step_(step),
      now_(now),
      noise_(std::move(noise)),
      known_(4 * std::size_t(world.mobile_groups)),
      shares_(known_.size()) {}

const ByCause<double>& CauseShares::of(int i, int k, Whereabouts where) {
    if (i != std::exchange(at_, i)) std::fill(known_.begin(), known_.end(), false);
    const std::size_t c = 4 * std::size_t(k) + std::size_t(where);
    if (!std::exchange(known_[c], true)) shares_[c] = find(i, k, where);
    return shares_[c];
}

ByCause<double> CauseShares::find(int i, int k, Whereabouts where) const {
    ByCause<double> one_alone;
    const bool waits = where == Whereabouts::waiting, crossing = world_.abroad_behind[std::size_t(i)] >= 0;
    const bool given = world_.departures.size() > 0;
    one_alone[given && !waits ? Cause::given : Cause::turning_away] = 1;
    if (given || (waits && !crossing)) return one_alone;
    const auto leave = leave_rates(world_.settings.behaviour.leave);
    const auto here = shared_at(world_, leave, step_, now_, noise_, i);
    const auto home = rules::causes_at_home(leave, here, world_.responses[std::size_t(step_)](k, i));
    if (!is_away(where)) return rules::shares_of(home);
    const double without =
        waits ? 1 : rules::share_without_shelter(now_.displaced_persons(i), world_.capacity[i]);
    return rules::shares_of(rules::causes_displaced(leave, home, world_.onward[i], without));
}

void derive_stocks(const World& world, int step, StepRecord& record) {
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    const Eigen::Map<const Eigen::ArrayXd> capacity(world.capacity.data(), world.place_count());
    column(PlaceField::without_shelter) =
        (column(PlaceField::displaced) - capacity).max(0.0) + column(PlaceField::waiting);
    for (int i = 0; i < world.place_count(); ++i) {
        const bool danger = world.inputs[std::size_t(step)].band[std::size_t(i)] > DangerBand::below_1;
        record.at(i, PlaceField::remaining) = danger ? record.at(i, PlaceField::at_home) : 0;
    }
}

namespace {

/// Households of two lists place by place, those of one being none where only the other has any.
template <class Visit>
void side_by_side(const DisplacedFrom& a, const DisplacedFrom& b, Visit visit) {
    std::size_t x = 0, y = 0;
    while (x < a.place.size() || y < b.place.size()) {
        const bool in_a = x < a.place.size() && (y == b.place.size() || a.place[x] <= b.place[y]);
        const bool in_b = y < b.place.size() && (x == a.place.size() || b.place[y] <= a.place[x]);
        const int place = in_a ? a.place[x] : b.place[y];
        visit(place, in_a ? a.households[x] : 0.0, in_b ? b.households[y] : 0.0);
        x += in_a;
        y += in_b;
    }
}

}  // namespace

Pull::Pull(Overdispersion noise, const World& world, Homes homes, bool whole)
    : world_(world),
      homes_(std::move(homes)),
      whole_(whole),
      noise_(std::move(noise)),
      before_(std::size_t(homes_.count())),
      remembered_(before_),
      networked_(before_),
      strong_(before_.size()),
      of_places_(world.place_count()) {
    const auto& choose = world.settings.behaviour.choose;
    for (int n = 0; n < tabulated; ++n)
        small_[std::size_t(n)] = rules::network_factor(double(n), 1.0, choose.network_pull);
    if (!(choose.network_memory_days > 0)) return;
    std::map<std::pair<int, int>, double> remembered;
    for (const auto& row : world.displaced) {
        remembered[{homes_.of(row.home), row.place}] +=
            double(row.households) * rules::memory_left(row.age_days, choose.network_memory_days);
    }
    for (const auto& [where, households] : remembered)
        remembered_[std::size_t(where.first)].add(where.second, households);
}

/// Lets arrivals fade, and adds those by whom the households at a place have grown since the last step.
void Pull::remember(const Headcount& now) {
    const double left = rules::memory_left(world_.dt, world_.settings.behaviour.choose.network_memory_days);
    const bool first = !std::exchange(looked_, true);
    DisplacedFrom growth, result;
    for (std::size_t h = 0; h < remembered_.size(); ++h) {
        if (first) {
            before_[h] = now.from[h];
            continue;
        }
        growth.clear();
        result.clear();
        side_by_side(now.from[h], before_[h], [&](int place, double here, double before) {
            if (here > before) growth.add(place, here - before);
        });
        side_by_side(remembered_[h], growth, [&](int place, double remembered, double more) {
            result.add(place, rules::remembered_arrivals(remembered, left, more, 0.0));
        });
        std::swap(remembered_[h], result);
        before_[h] = now.from[h];
    }
}

/// (1 + S / S0)^network_pull.
///
/// @param per  1 / S0
void Pull::find_factors(const DisplacedFrom& pulling, double per, std::vector<double>& factors) const {
    const double power = world_.settings.behaviour.choose.network_pull;
    factors.resize(pulling.households.size());
    const Eigen::Map<const Eigen::ArrayXd> households(pulling.households.data(),
                                                      Eigen::Index(factors.size()));
    if (!whole_ || per != 1 || world_.settings.behaviour.choose.network_memory_days > 0) {
        Eigen::Map<Eigen::ArrayXd>(factors.data(), households.size()) =
            rules::network_factor(households, per, power);
        return;
    }
    for (std::size_t c = 0; c < factors.size(); ++c) {
        const double n = pulling.households[c];
        factors[c] = n < tabulated ? small_[std::size_t(n)] : rules::network_factor(n, 1.0, power);
    }
}

/// Finds a bound of the factors of home h that only few places pass: the least of all of them and of powers of two.
void Pull::set_strong_apart(int h) {
    constexpr double least_bound = 2;  // proposals are turned down half of the time at most
    constexpr int few = 32;  // weighing so many places costs about as much as a proposal or two; judgement
    const auto places = networked(h);
    const auto factors = network_factors(h);
    Strong& strong = strong_[std::size_t(h)];
    const Eigen::Map<const Eigen::ArrayXd> all(factors.data(), Eigen::Index(factors.size()));
    strong.common_most = factors.empty() ? 1 : std::max(1.0, all.maxCoeff());
    strong.place.clear();
    strong.excess.clear();
    const auto above = [&](double bound) {
        return std::count_if(factors.begin(), factors.end(), [=](double factor) { return factor > bound; });
    };
    if (world_.place_count() <= Attraction::places_a_proposal) return;
    double bound = least_bound;
    while (bound < strong.common_most && above(bound) > few) bound *= 2;
    if (!(bound < strong.common_most)) return;
    strong.common_most = bound;
    for (std::size_t c = 0; c < factors.size(); ++c) {
        if (!(factors[c] > bound) || places[c] == home(h)) continue;
        strong.place.push_back(places[c]);
        strong.excess.push_back(factors[c] - bound);
    }
}

void Pull::update(const Headcount& now, int step) {
    const auto& choose = world_.settings.behaviour.choose;
    const bool remembers = choose.network_memory_days > 0;
    if (remembers) remember(now);
    const auto& pulling = remembers ? remembered_ : now.from;
    for (std::size_t h = 0; h < pulling.size() && choose.network_pull != 0; ++h) {
        const double per = choose.network_softening > 0
                               ? rules::per_softening(choose.network_softening, pulling[h].total())
                               : 1;
        networked_[h].place = pulling[h].place;
        find_factors(pulling[h], per, networked_[h].households);
        if (whole_) set_strong_apart(int(h));  // for draws
    }
    if (noise_.is_due(world_, step)) {
        Eigen::ArrayXd of_any_home = Eigen::ArrayXd::Zero(world_.place_count());
        for (const auto& from : pulling) {
            for (std::size_t c = 0; c < from.place.size(); ++c)
                of_any_home(from.place[c]) += from.households[c];
        }
        noise_.update(world_, step, of_any_home);
    }
    for (int j = 0; j < world_.place_count(); ++j) {
        const double capacity = world_.capacity[j];
        of_places_(j) = rules::room_factor(now.displaced_persons(j) / capacity, capacity,
                                           1 - choose.capacity_buffer, choose.capacity_floor);
    }
    of_places_ *= noise_.factor();
    most_of_places_ = of_places_.maxCoeff();
}

double Pull::network_factor(int h, int j) const {
    const auto places = networked(h);
    const std::size_t c = first_not_below(places, j, world_.place_count());
    return c < places.size() && places[c] == j ? network_factors(h)[c] : 1;
}

void Pull::write(Eigen::ArrayXXd& pull) const {
    pull.resize(homes_.count(), world_.place_count());
    pull.rowwise() = of_places_.transpose();
    for (int h = 0; h < homes_.count(); ++h) {
        const auto places = networked(h);
        for (std::size_t c = 0; c < places.size(); ++c) pull(h, places[c]) *= network_factors(h)[c];
        pull(h, homes_.place(h)) = 0;
    }
}

void Pull::save(Saver& to) const {
    to(looked_);
    for (std::size_t h = 0; h < before_.size(); ++h)
        to(before_[h].place, before_[h].households, remembered_[h].place, remembered_[h].households);
    noise_.save(to);
}

void Pull::restore(Loader& from) {
    from(looked_);
    for (std::size_t h = 0; h < before_.size(); ++h) {
        for (DisplacedFrom* one : {&before_[h], &remembered_[h]}) {
            from(one->place, one->households);
            require_saved(ascend_below(one->place, world_.place_count()) &&
                          one->households.size() == one->place.size());
        }
    }
    noise_.restore(from);
}

}  // namespace nuzuh
