#include "sim/model/attraction.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/model/world.hpp"
#include "sim/rules/choosing.hpp"

namespace nuzuh {
namespace {

/// P^eta of each place.
Eigen::ArrayXd population_pull(const World& world) {
    Eigen::ArrayXd pull(world.place_count());
    for (int j = 0; j < world.place_count(); ++j) {
        pull(j) = rules::population_factor(world.places[j].population,
                                           world.settings.behaviour.choose.population_power);
    }
    return pull;
}

/// Attraction of a kind of place while it is open.
double attraction_of_type(PlaceType type, const ChooseSettings& choose) {
    if (type == PlaceType::town) return choose.attraction_town;
    if (is_camp(type)) return choose.attraction_camp;
    return type == PlaceType::crossing ? choose.attraction_crossing : 0;
}

/// Attraction of a place by itself: type, population and danger; 0 where nobody may go.
Eigen::ArrayXd attraction_there(const World& world, const Eigen::ArrayXd& population,
                                const StepInputs& inputs) {
    const auto& choose = world.settings.behaviour.choose;
    Eigen::ArrayXd there(world.place_count());
    for (int j = 0; j < world.place_count(); ++j) {
        const PlaceType type = world.places[j].type;
        const bool shut = inputs.fallen(j) || (is_camp(type) && inputs.camp_closed(j)) ||
                          (type == PlaceType::crossing && !(inputs.quota(j) > 0));
        there(j) = rules::attraction_there(shut ? 0 : attraction_of_type(type, choose), population(j),
                                           choose.danger_there, inputs.danger(j)) *
                   (1 - inputs.kept_away(j));
    }
    return there;
}

/// The most that it can be: open and without danger.
Eigen::ArrayXd most_there(const World& world, const Eigen::ArrayXd& population) {
    const auto& choose = world.settings.behaviour.choose;
    Eigen::ArrayXd most(world.place_count());
    for (int j = 0; j < world.place_count(); ++j) {
        most(j) = rules::attraction_there(attraction_of_type(world.places[j].type, choose), population(j),
                                          choose.danger_there, 0);
    }
    return most;
}

/// How much more each place attracts those who are drawn.
Eigen::ArrayXd draw_by_place(const World& world, const Draw& draw) {
    Eigen::ArrayXd factor = Eigen::ArrayXd::Ones(world.place_count());
    const auto area = draw.area.empty() ? std::vector<int>() : world.places_of(draw.area);
    for (int j = 0; j < world.place_count(); ++j) {
        const int lies_at =
            world.abroad_behind[std::size_t(j)] >= 0 ? world.abroad_behind[std::size_t(j)] : j;
        if (std::find(area.begin(), area.end(), lies_at) != area.end()) factor(j) = draw.factor;
    }
    return factor;
}

/// (T + T0)^(-beta) of every place, times the draw there.
///
/// @param draw   [P]
/// @param other  ways most of which take as long; nullptr: there are none
/// @param known  their nearness
Eigen::ArrayXd nearness(const WaysFrom& ways, const ChooseSettings& choose, const Eigen::ArrayXd& draw,
                        const WaysFrom* other, const Eigen::ArrayXd* known) {
    Eigen::ArrayXd result(Eigen::Index(ways.hours.size()));
    for (std::size_t j = 0; j < ways.hours.size(); ++j) {
        const double hours = ways.hours[j];
        result(Eigen::Index(j)) = other && other->hours[j] == hours
                                      ? (*known)(Eigen::Index(j))
                                      : draw(Eigen::Index(j)) * rules::nearness(hours, choose.softening_hours,
                                                                                choose.distance_power);
    }
    return result;
}

using FromPlaces = Attraction::FromPlaces;

/// Numbers for every place in the states of the network up to one, by the same way of travelling.
struct StatesUpTo {
    MadeWhenAsked<WaysFrom> ways;
    FromPlaces near;
    std::shared_ptr<const StatesUpTo> before;  ///< nullptr: it is the first
};

/// Nearness in a state of the network, shared with earlier ones wherever the ways are.
///
/// @param before  nullptr: there is none
FromPlaces nearness_in(const MadeWhenAsked<WaysFrom>& ways, const std::shared_ptr<const StatesUpTo>& before,
                       const ChooseSettings& choose, const std::shared_ptr<const Eigen::ArrayXd>& draw) {
    return FromPlaces(ways.size(), [=](std::size_t i) -> FromPlaces::Value {
        const WaysFrom* now = ways[i];
        for (const StatesUpTo* state = before.get(); state; state = state->before.get()) {
            auto known = state->near.if_made(i);
            if (!known) continue;
            const WaysFrom* other = state->ways[i];
            if (other == now) return known;
            return std::make_shared<const Eigen::ArrayXd>(nearness(*now, choose, *draw, other, known.get()));
        }
        return std::make_shared<const Eigen::ArrayXd>(nearness(*now, choose, *draw, nullptr, nullptr));
    });
}

/// Nearness in every state of the network, [states][modes].
std::vector<std::vector<FromPlaces>> nearness_by_state(const World& world) {
    const auto& choose = world.settings.behaviour.choose;
    std::vector<std::shared_ptr<const Eigen::ArrayXd>> draws;
    for (const Draw& draw : world.draws)
        draws.push_back(std::make_shared<const Eigen::ArrayXd>(draw_by_place(world, draw)));
    std::vector<std::vector<FromPlaces>> near;
    std::vector<std::shared_ptr<const StatesUpTo>> last(draws.size());
    for (const auto& state : world.network->ways) {
        auto& now = near.emplace_back();
        for (std::size_t m = 0; m < state.size(); ++m) {
            now.push_back(nearness_in(state[m].from, last[m], choose, draws[m]));
            last[m] = std::make_shared<const StatesUpTo>(StatesUpTo{state[m].from, now[m], last[m]});
        }
    }
    return near;
}

/// Which places attract anybody: somebody else must reach them. Anybody is attracted from where another place does.
Attracting attracting_in(const Reach& reach, const Eigen::ArrayXd& there) {
    std::vector<int> members(std::size_t(reach.part_count)), attracting(members);
    const auto each_part = [&](auto visit) {
        for (std::size_t i = 0; i < reach.parts.size(); ++i) {
            for (int part : reach.parts[i]) visit(int(i), std::size_t(part));
        }
    };
    each_part([&](int i, std::size_t part) {
        ++members[part];
        attracting[part] += there(i) > 0;
    });
    Attracting result;
    const auto add = [](int i, std::vector<int>& places) {
        if (places.empty() || places.back() != i) places.push_back(i);
    };
    each_part([&](int i, std::size_t part) {
        const int itself = there(i) > 0;
        if (itself && members[part] > 1) add(i, result.to);
        if (attracting[part] > itself) add(i, result.from);
    });
    return result;
}

/// See Attraction::proposals; shared with the state before wherever nearness is.
void add_proposals(Attraction& attraction) {
    const auto most = std::make_shared<const Eigen::ArrayXd>(attraction.most);
    for (std::size_t s = 0; s < attraction.near.size(); ++s) {
        auto& now = attraction.proposals.emplace_back();
        for (std::size_t m = 0; m < attraction.near[s].size(); ++m) {
            const FromPlaces& near = attraction.near[s][m];
            const FromPlaces none, near_before = s > 0 ? attraction.near[s - 1][m] : none,
                                   before = s > 0 ? attraction.proposals[s - 1][m] : none;
            now.emplace_back(near.size(), [=](std::size_t i) -> FromPlaces::Value {
                const auto here = near.shared(i);
                if (before.size() > 0 && near_before.if_made(i) == here) return before.shared(i);
                Eigen::ArrayXd sums = *here * *most;
                sums(Eigen::Index(i)) = 0;
                std::partial_sum(sums.begin(), sums.end(), sums.begin());
                return std::make_shared<const Eigen::ArrayXd>(std::move(sums));
            });
        }
    }
}

}  // namespace

/// How far the worst danger R passed on the fastest way keeps people from a place follows from leg to leg; the
/// exponential is taken of places, not of ways: there are fewer.
void Attraction::work_out(const World& world, int step, int mode, int i, double* attraction) const {
    const auto now = std::size_t(step);
    const auto state = std::size_t(world.inputs[now].ways);
    const Eigen::ArrayXd& near_i = *near[state][std::size_t(mode)][std::size_t(i)];
    const WaysFrom& ways = *world.network->ways[state][std::size_t(mode)].from[std::size_t(i)];
    const double* passes = passing[now].data();
    Eigen::Map<Eigen::ArrayXd> result(attraction, world.place_count());
    result.setOnes();
    // First of ways that lead on through a place, then of those that end there: the farthest first, as it takes it from nearer ones.
    const auto before = [&](int j) { return ways.last(j).to; };
    for (const int j : ways.reached) attraction[j] = std::min(attraction[before(j)], passes[j]);
    for (auto j = ways.reached.rbegin(); j != ways.reached.rend(); ++j)
        attraction[*j] = attraction[before(*j)];
    result = there[now] * near_i * result;
    attraction[i] = 0;
}

const double* Attraction::from(const World& world, int step, int mode, int i, Eigen::ArrayXd& made) const {
    if (!held.empty()) return held[std::size_t(step)][std::size_t(mode)].col(i).data();
    made.resize(world.place_count());
    work_out(world, step, mode, i, made.data());
    return made.data();
}

const Eigen::ArrayXXd& Attraction::all(const World& world, int step, int mode, Eigen::ArrayXXd& made) const {
    if (!held.empty()) return held[std::size_t(step)][std::size_t(mode)];
    made.resize(world.place_count(), world.place_count());
    for (int i = 0; i < world.place_count(); ++i) work_out(world, step, mode, i, made.col(i).data());
    return made;
}

Attraction work_out_attraction(const World& world) {
    const Eigen::ArrayXd population = population_pull(world);
    Attraction result;
    result.near = nearness_by_state(world);
    for (const StepInputs& inputs : *world.inputs) {
        result.there.push_back(attraction_there(world, population, inputs));
        result.passing.push_back(
            rules::passing_factor(world.settings.behaviour.choose.danger_on_way, inputs.danger));
        result.attracting.push_back(
            attracting_in(world.network->reach[std::size_t(inputs.ways)], result.there.back()));
    }
    if (world.place_count() > Attraction::places_a_proposal) {
        result.most = most_there(world, population);
        add_proposals(result);
    }
    return result;
}

}  // namespace nuzuh
