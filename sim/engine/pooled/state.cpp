#include "sim/engine/pooled/state.hpp"

#include "sim/engine/conditions.hpp"
#include "sim/engine/conservation.hpp"
#include "sim/engine/journeys.hpp"

namespace nuzuh::pooled {
namespace {

/// Calls f for each array of a state, with those on the road who arrive in so many steps, in the order of files.
template <class State, class F>
void for_each_array(State& state, std::size_t steps, const F& f) {
    for (auto* array : {&state.home, &state.back, &state.settled, &state.waiting, &state.away,
                        &state.unused_quota, &state.departures_to_come, &state.pulling})
        f(*array);
    for (std::size_t n = 1; n <= steps; ++n) {
        f(state.road.at(state.step, n));
        f(state.homeward.at(state.step, n));
    }
}

}  // namespace

Runs::Runs(std::span<const Member> together) : members(together.begin(), together.end()) {
    Parameters& p = parameters;
    p.runs = count();
    drawn = members.front().spec.mode == DrawMode::stochastic;
    p.places = std::size_t(world().place_count());
    p.groups = std::size_t(world().group_count());
    p.mobile = std::size_t(world().mobile_groups);
    p.dt = world().dt;
    p.departures_given = world().departures.size() > 0;
    p.mode_of_group = world().mode_of_group;
    p.abroad_behind = world().abroad_behind;
    for (const auto& place : world().places) {
        const bool is_crossing = p.abroad_behind[p.is_abroad.size()] >= 0;
        p.is_abroad.push_back(place.type == PlaceType::abroad);
        p.is_gated.push_back(is_crossing || place.admission == Admission::hard);
    }
    interleave(*this, p.per_start, p.places, [](const World& w) { return w.households_at_start.data(); });
    interleave(*this, p.capacity, p.places, [](const World& w) { return w.capacity.data(); });
    interleave(*this, p.onward, p.places, [](const World& w) { return w.onward.data(); });
    if (p.departures_given) p.onward.assign(p.places, Batch{});
    p.per_capacity = p.capacity;
    for (Batches* inverses : {&p.per_start, &p.per_capacity}) {
        for (Batch& value : *inverses) {
            for (double& n : value.of) n = rules::inverse(n);
        }
    }
    p.persons.resize(p.groups);
    for (std::size_t run = 0; run < count(); ++run) {
        const World& w = world(run);
        sizes.emplace_back(w);
        asked |= members[run].spec.fields;
        count_routes = count_routes || members[run].spec.count_routes;
        for (std::size_t k = 0; k < p.groups; ++k) p.persons[k].of[run] = w.groups[k].household_size;
        const auto& leave = w.settings.behaviour.leave;
        const auto& choose = w.settings.behaviour.choose;
        if (!p.departures_given)
            rules::for_each_rate(p.leave, leave_rates(leave),
                                 [run](Batch& batch, double rate) { batch.of[run] = rate; });
        p.choose.network_pull.of[run] = choose.network_pull;
        p.choose.network_softening.of[run] = choose.network_softening;
        if (choose.network_memory_days > 0)
            p.choose.network_fading.of[run] = rules::memory_left(p.dt, choose.network_memory_days);
        p.choose.outside_buffer.of[run] = 1 - choose.capacity_buffer;
        p.choose.capacity_floor.of[run] = choose.capacity_floor;
        p.return_rate.of[run] = w.return_rate;
    }
    const auto asks_for = [&](PlaceField field) { return asked[std::size_t(field)]; };
    p.counts_first = asks_for(PlaceField::first_departures);
    p.counts_stuck = asks_for(PlaceField::could_not_leave);
    p.counts_causes = (asked & fields_by_cause).any();
    for (auto field : {PlaceField::at_home, PlaceField::waiting, PlaceField::on_the_road,
                       PlaceField::without_shelter, PlaceField::remaining})
        takes_stock = takes_stock || asks_for(field);
}

Scratch::Scratch(const Runs& runs, State& state) {
    const std::size_t places = runs.parameters.places, modes = runs.world().modes.size();
    const Batches by_place(places), by_group(runs.parameters.mobile * places);
    context.immobile = context.at_home = context.settled = context.displaced = context.pull = by_place;
    context.overdispersion.assign(places, Batch{{1, 1, 1, 1, 1, 1, 1, 1}});
    context.back = context.open = by_group;
    context.per_head.resize(runs.parameters.mobile);
    context.anyone.resize(places);
    context.total.assign(modes, by_place);
    attraction.resize(modes);
    matrices.resize(modes);
    network_state.fill(-1);
    made_journeys.resize(modes);
    made_attraction.resize(modes);
    if (runs.drawn) made_columns.assign(modes, std::vector<Column>(batch_runs * places));
    leaving = {by_group, by_group, by_group, by_group, {}};
    if (runs.parameters.counts_causes) leaving.by_cause.resize(by_group.size());
    fields.of.fill(by_place);
    if (runs.count_routes) {
        const auto none = Eigen::ArrayXXd::Zero(Eigen::Index(places), Eigen::Index(places));
        setting_out.assign(runs.count(), {modes, none});
    }
    pull_of = ones = Batches((places + batch_runs - 1) / batch_runs);
    for (std::size_t j = 0; j < places; ++j) ones[j / batch_runs].of[j % batch_runs] = 1;
    away.resize(places);
    taken.resize(places);
    return_weight.resize(places);
    pooled::count(runs, state, *this);
}

void count(const Runs& runs, State& state, Scratch& scratch) {
    const Parameters& parameters = runs.parameters;
    scratch.anyone_waits = is_anyone(state.waiting);
    scratch.context.may_wait.assign(parameters.places, scratch.anyone_waits);
    for (std::size_t i = 0; i < parameters.places; ++i) {
        Batch& immobile = scratch.context.immobile[i] = {};
        for (std::size_t k = parameters.mobile; k < parameters.groups; ++k) {
            for (std::size_t run = 0; run < batch_runs; ++run)
                immobile.of[run] += state.home[parameters.at(k, i)].of[run];
        }
    }
    for (std::size_t run = 0; run < runs.count(); ++run) take_overdispersion(state, run, scratch.context);
    kernels().count(parameters, false, state, scratch.context);
}

void take_overdispersion(const State& state, std::size_t run, DecisionContext& context) {
    const Eigen::ArrayXd& factor = state.overdispersions[run].factor();
    for (std::size_t j = 0; j < context.overdispersion.size(); ++j)
        context.overdispersion[j].of[run] = factor(Eigen::Index(j));
}

void write(const Runs& runs, int step, std::size_t run, Scratch& scratch, StepRecord& record) {
    const World& world = runs.world(run);
    const EngineSpec& spec = runs.members[run].spec;
    if (record.place.rows() != world.place_count() || step == 0)
        record.reset(world.place_count(), int(world.roads.size()), false);
    const auto& context = scratch.context;
    for (std::size_t f = 0; f < place_field_count; ++f) {
        const auto field = PlaceField(f);
        if (!spec.fields[f]) continue;
        const Batches& values = field == PlaceField::displaced              ? context.displaced
                                : field == PlaceField::households_displaced ? context.settled
                                : field == PlaceField::households_at_home   ? context.at_home
                                                                            : scratch.fields[field];
        for (std::size_t i = 0; i < values.size(); ++i) record.at(int(i), field) = values[i].of[run];
    }
    if (spec.fields[std::size_t(PlaceField::without_shelter)] ||
        spec.fields[std::size_t(PlaceField::remaining)])
        derive_stocks(world, step, record);
    if (!spec.count_routes) return;
    record.route.setZero();
    for (std::size_t m = 0; m < world.modes.size(); ++m) {
        auto& setting_out = scratch.setting_out[run][m];
        load_roads(world.ways(step, int(m)), setting_out, record.route);
    }
}

void save(const Runs& runs, const State& state, std::size_t run, Saver& to) {
    // As many slots as the run has a use for, whoever stands beside it.
    const auto is_used = [&](const ArrivalRing<Batches>& ring, std::size_t n) {
        const auto is_there = [&](const Batch& batch) { return batch.of[run] != 0; };
        return std::any_of(ring.at(state.step, n).begin(), ring.at(state.step, n).end(), is_there);
    };
    std::size_t slots = state.road.size();
    while (slots > std::size_t(runs.world(run).network->longest_journey) && !is_used(state.road, slots) &&
           !is_used(state.homeward, slots))
        --slots;
    to(state.step, std::uint64_t(slots));
    state.overdispersions[run].save(to);
    state.under_way[run].save(state.step, to);
    for_each_array(state, slots, [&](const Batches& array) {
        std::vector<double> own;
        for (const Batch& value : array) own.push_back(value.of[run]);
        to(own);
    });
}

void restore(State& state, std::size_t run, int steps, Loader& from) {
    std::uint64_t slots = 0;
    from(state.step, slots);
    require_saved(state.step == steps && slots >= 1 && slots <= from.left());
    state.overdispersions[run].restore(from);
    state.under_way[run].restore(state.step, from);
    // Every run of the batch is restored in turn: what is there of the others stays.
    for (auto* ring : {&state.road, &state.homeward})
        ring->grow(state.step, std::size_t(slots), Batches(state.settled.size()));
    for_each_array(state, state.road.size(), [&](Batches& array) {
        for (Batch& value : array) value.of[run] = 0;
    });
    for_each_array(state, std::size_t(slots), [&](Batches& array) {
        std::vector<double> own(array.size());
        from.fixed(own);
        for (std::size_t c = 0; c < array.size(); ++c) {
            require_saved(own[c] > -1e-6);  // what is carried over may round to less than nobody
            array[c].of[run] = own[c];
        }
    });
}

}  // namespace nuzuh::pooled
