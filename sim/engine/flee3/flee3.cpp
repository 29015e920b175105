#include "sim/engine/flee3/flee3.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace nuzuh::flee3 {
namespace {

/// Flee moves one person after the other, and each sees how full camps are by then. Where people could fill a camp,
/// crowds go in so many turns, a part of each at a time.
constexpr Count many_turns = 16;

/// The index of recent travel is kept in steps of a thousandth of a day's travel, in camps, where hardly anyone leaves
/// before it is gone, in coarser ones: crowds then join.
constexpr double steps_of_recent = 1024, steps_in_camps = 32;

/// The index moves half-way to today's travel, in days of full speed. Only those who avoid short stints use it.
double recent_after(const Crowd& crowd, double km_today, const Flee3Settings& rules) {
    if (!rules.avoid_short_stints) return 0;
    const double recent = (crowd.recent + km_today / rules.max_move_speed) / 2;
    return std::floor(recent * steps_of_recent) / steps_of_recent;
}

/// How many of a few leave; of more, the binomial draw.
Count how_many(Stream& stream, Count people, double chance) {
    constexpr Count few = 4;
    if (people > few || chance >= 1) return binomial(stream, people, chance);
    Count n = 0;
    for (Count p = 0; p < people; ++p) n += stream.uniform() < chance ? 1 : 0;
    return n;
}

/// Visits what goes in this turn: small crowds each in one of the turns, large ones a part in every turn.
template <class C, class Visit>
void each_in_turn(const std::vector<C>& crowds, Count turn, Count turns, Visit visit) {
    for (std::size_t c = 0; c < crowds.size(); ++c) {
        const Count people = crowds[c].people;
        if (turns == 1) {
            visit(crowds[c]);
        } else if (people >= turns) {
            C part = crowds[c];
            part.people = people / turns + (turn < people % turns ? 1 : 0);
            visit(part);
        } else if (Count(c % std::size_t(turns)) == turn) {
            visit(crowds[c]);
        }
    }
}

Count poisson(Stream& stream, double mean) {
    Count n = 0;
    for (double sum = stream.exponential(); sum < mean; sum += stream.exponential()) ++n;
    return n;
}

}  // namespace

Flee3::Flee3(const World& world, Draws draws) : world_(world), draws_(draws), ground_(world) {
    const auto places = std::size_t(world.place_count());
    const int hasten = world.settings.flee3.hasten;
    for (const auto& place : world.places) {
        capacity_.push_back(is_camp(place.type) ? std::floor(place.capacity.value_or(0) / hasten) : -1);
        population_.push_back(std::floor(place.population / hasten));
    }
    present_.assign(places, 0);
    first_departures_.assign(places, 0);
    staying_.resize(places);
    settled_.resize(places);
    lay_out_spawning();
    choice_ = std::make_unique<Choice>(ground_, present_, capacity_, population_);
}

/// People by day, and those who are in camps when the run starts.
void Flee3::lay_out_spawning() {
    const auto& rules = ground_.rules();
    if (rules.spawn != SpawnBy::registrations) return;
    auto series = daily_registrations(world_.settings, rules.hasten);
    const int days = int(world_.conflicts.intensity.cols());
    if (rules.empty_camps_on_day0) {
        for (auto& s : series) s.persons -= Eigen::ArrayXd::Constant(days, s.persons(0));
    }
    double at_start = 0, total_at_start = 0;
    for (const auto& s : series) (s.place == everywhere ? total_at_start : at_start) += s.persons(0);
    if (!rules.sum_from_camps) {
        std::erase_if(series, [](const auto& s) { return s.place != everywhere; });
        for (auto& s : series) s.place = "the total, as one camp";
    }
    const Eigen::ArrayXd spawned = departures_behind(series, days);
    to_spawn_.assign(spawned.begin(), spawned.end());
    if (rules.insert_day0) return fill_camps();
    if (!rules.sum_from_camps) at_start = 0;
    to_spawn_[0] = at_start + (!rules.sum_from_camps || ground_.quirks().day0_double_sum ? total_at_start : 0);
}

void Flee3::fill_camps() {
    for (const auto& s : daily_registrations(world_.settings, ground_.rules().hasten)) {
        const int place = s.place == everywhere ? -1 : world_.place_index(s.place);
        if (place < 0 || !is_camp(world_.places[std::size_t(place)].type)) continue;
        if (ground_.rules().empty_camps_on_day0) continue;
        const auto at = std::size_t(place);
        const auto people = Count(s.persons(0));
        if (ground_.quirks().capacity_double_count && capacity_[at] > 0) capacity_[at] -= people;
        spawn_at(place, people);
    }
}

void Flee3::spawn_at(int place, Count people) {
    if (people <= 0) return;
    staying_[std::size_t(place)].push_back({people, 0, 0, std::int16_t(place), true});
    present_[std::size_t(place)] += people;
    spawned_ += people;
    if (ground_.rules().take_from_population) {
        auto& left = population_[std::size_t(place)];
        left = std::max(0.0, left - double(people));
    }
}

void Flee3::spawn(int day, Stream& stream) {
    const auto& rules = ground_.rules();
    const int places = ground_.place_count();
    std::vector<double> weights(std::size_t(places), 0.0);
    for (int i = 0; i < places; ++i) {
        const PlaceOfDay& place = ground_.place(i);
        const double population = population_[std::size_t(i)];
        if (place.conflict <= 0) continue;
        const double each = rules.displaced_per_conflict_day * place.conflict;
        if (rules.spawn == SpawnBy::registrations) weights[std::size_t(i)] = population * place.conflict * place.decay;
        if (rules.spawn == SpawnBy::conflict_constant) spawn_at(i, Count(each));
        if (rules.spawn == SpawnBy::conflict_pop_ratio) spawn_at(i, Count(each * population));
        if (rules.spawn == SpawnBy::conflict_poisson) spawn_at(i, poisson(stream, each));
    }
    if (rules.spawn != SpawnBy::registrations) return;
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const auto people = Count(to_spawn_[std::size_t(day)]);
    if (people <= 0 || total <= 0) return;
    std::vector<Count> drawn(weights.size(), 0);
    multinomial(stream, people, weights, total, drawn);
    for (int i = 0; i < places; ++i) spawn_at(i, drawn[std::size_t(i)]);
}

void Flee3::step(StepRecord& record) {
    record_ = &record;
    record.reset(world_.place_count(), int(world_.roads.size()));
    Stream stream = draws_.at(Purpose::flee3, std::uint64_t(day_));
    ground_.begin_day(day_);
    spawn(day_, stream);
    cut_off_travellers();
    choice_->begin_day();
    depart(stream);
    travel(stream);
    report();
    check_nobody_is_lost();
    ++day_;
}

/// Whoever is on a link when it closes goes back to its start at its end.
void Flee3::cut_off_travellers() {
    if (!ground_.closed_today()) return;
    for (Travellers& crowd : on_links_) crowd.cut_off = crowd.cut_off || !ground_.is_open(crowd.link);
}

double Flee3::leave_chance(int at) const {
    const auto& rules = ground_.rules();
    const double chance = ground_.place(at).leave_chance;
    if (rules.movechance_pop_scale_factor == 0) return chance;
    const double people = std::max(population_[std::size_t(at)], capacity_[std::size_t(at)]);
    return chance * std::pow(people / rules.movechance_pop_base, rules.movechance_pop_scale_factor);
}

/// The morning: those who stayed decide whether to leave, and where to.
void Flee3::depart(Stream& stream) {
    const auto morning = std::exchange(staying_, std::vector<std::vector<Crowd>>(staying_.size()));
    double people = 0;
    for (int i = 0; i < ground_.place_count(); ++i) {
        if (!ground_.place(i).camp) people += present_[std::size_t(i)];
    }
    const Count turns = choice_->could_fill_up(people) ? many_turns : 1;
    for (Count turn = 0; turn < turns; ++turn) {
        for (int from = 0; from < ground_.place_count(); ++from) {
            const double chance = leave_chance(from);
            each_in_turn(morning[std::size_t(from)], turn, turns, [&](const Crowd& part) {
                Crowd leaving = part, left = part;
                leaving.people = part.route != 0 ? part.people : how_many(stream, part.people, chance);
                left.people -= leaving.people;
                if (left.people > 0) settle(from, left, 0);
                if (leaving.people > 0) depart_from(from, leaving, 0, stream);
            });
        }
    }
}

/// People who leave a place: along their route, or along one that they choose now.
void Flee3::depart_from(int from, const Crowd& crowd, double km_today, Stream& stream) {
    if (crowd.route != 0) {
        if (!set_out(from, crowd, crowd.route, km_today)) refuse(from, crowd, km_today);
        return;
    }
    Crowd part = crowd;
    if (const int link = ground_.redirection(from); link >= 0) {
        count_at(from, -crowd.people);
        choice_->add_coming(ground_.links()[std::size_t(link)].to, crowd.people);
        pending_.push_back({crowd, link, 0, km_today, false});
        return;
    }
    choice_->choose(stream, from, crowd.people, picked_);
    if (picked_.empty()) return refuse(from, crowd, km_today);
    for (const auto& [route, people] : picked_) {
        part.people = people;
        if (set_out(from, part, route, km_today))
            choice_->add_coming(ground_.route(route).last, people);
        else
            refuse(from, part, km_today);
    }
}

/// First step of a route.
///
/// @return  false if the link is closed or the camp at the end of the route refuses
bool Flee3::set_out(int from, Crowd crowd, int route, double km_today) {
    const Route& steps = ground_.route(route);
    if (choice_->refuses(steps.last)) return false;
    const int link = ground_.link_between(from, steps.next);
    if (link < 0) return false;
    crowd.route = steps.rest;
    count_at(from, -crowd.people);
    pending_.push_back({crowd, link, 0, km_today, false});
    return true;
}

/// Their route is dropped, and they stay for today.
void Flee3::refuse(int at, Crowd crowd, double km_today) {
    if (crowd.route != 0) choice_->add_coming(ground_.route(crowd.route).last, -crowd.people);
    crowd.route = 0;
    record_->at(at, PlaceField::could_not_leave) += persons(crowd.people);
    settle(at, crowd, km_today);
}

void Flee3::settle(int at, Crowd crowd, double km_today) {
    crowd.recent = recent_after(crowd, km_today, ground_.rules());
    if (ground_.place(at).camp) crowd.recent = std::floor(crowd.recent * steps_in_camps) / steps_in_camps;
    settled_[std::size_t(at)].push_back(crowd);
}

/// The day's travel: people who were on links already, then those who set out this morning, each as far as the
/// day lets them come.
void Flee3::travel(Stream& stream) {
    std::vector<Travellers> all = std::move(on_links_);
    all.insert(all.end(), pending_.begin(), pending_.end());
    pending_.clear();
    still_on_links_.clear();
    double people = 0;
    for (const Travellers& crowd : all) people += double(crowd.people);
    const Count turns = choice_->could_fill_up(people) ? many_turns : 1;
    for (Count turn = 0; turn < turns; ++turn) {
        each_in_turn(all, turn, turns, [&](const Travellers& part) {
            move(part, stream);
            move_pending(0, stream);
        });
    }
    merger_.merge(still_on_links_);
    on_links_ = std::move(still_on_links_);
    for (int i = 0; i < ground_.place_count(); ++i) {
        const auto at = std::size_t(i);
        merger_.merge(settled_[at]);
        std::swap(staying_[at], settled_[at]);
        settled_[at].clear();
    }
}

void Flee3::move_pending(std::size_t down_to, Stream& stream) {
    while (pending_.size() > down_to) {
        const Travellers next = pending_.back();
        pending_.pop_back();
        move(next, stream);
    }
}

/// A day on a link, by vehicle or on foot.
void Flee3::move(Travellers crowd, Stream& stream) {
    const auto& rules = ground_.rules();
    const Link& link = ground_.links()[std::size_t(crowd.link)];
    if (crowd.km == 0) {
        record_->route(link.road) += persons(crowd.people);
        record_->at(link.from, PlaceField::departures) += persons(crowd.people);
        if (crowd.fresh) record_->at(link.from, PlaceField::first_departures) += persons(crowd.people);
        if (crowd.fresh) first_departures_[std::size_t(crowd.home)] += persons(crowd.people);
    }
    const bool starts_on_foot = crowd.fresh && rules.start_on_foot;
    if (!starts_on_foot && link.walk_probability > 0) {
        Travellers walking = crowd;
        walking.people = how_many(stream, crowd.people, link.walk_probability);
        crowd.people -= walking.people;
        if (walking.people > 0) go(walking, rules.max_walk_speed, stream);
    }
    if (crowd.people > 0) go(crowd, starts_on_foot ? rules.max_walk_speed : link.km_per_day, stream);
}

void Flee3::go(Travellers crowd, double km_per_day, Stream& stream) {
    const Link& link = ground_.links()[std::size_t(crowd.link)];
    const auto& quirks = ground_.quirks();
    const double km = quirks.full_day_on_next_link ? km_per_day : std::max(0.0, km_per_day - crowd.km_today);
    crowd.km += km;
    crowd.km_today += km;
    const bool on_the_way = quirks.strict_arrival ? crowd.km <= link.km : crowd.km < link.km;
    if (!on_the_way) return arrive(crowd, km_per_day, stream);
    crowd.recent = recent_after(crowd, crowd.km_today, ground_.rules());
    crowd.km_today = 0;
    still_on_links_.push_back(crowd);
}

/// At the end of a link; with time left, people decide again today.
void Flee3::arrive(Travellers crowd, double km_per_day, Stream& stream) {
    const Link& link = ground_.links()[std::size_t(crowd.link)];
    crowd.km_today -= crowd.km - link.km;
    crowd.fresh = false;
    if (crowd.route == 0) choice_->add_coming(link.to, -crowd.people);
    const int at = crowd.cut_off ? link.from : link.to;
    count_at(at, crowd.people);
    if (crowd.cut_off) return settle(at, crowd, crowd.km_today);
    record_->at(at, PlaceField::arrivals) += persons(crowd.people);
    record_->arrivals_from(at, crowd.home) += persons(crowd.people);
    if (!(crowd.km_today < km_per_day)) return settle(at, crowd, crowd.km_today);

    const auto& rules = ground_.rules();
    const double index = (crowd.recent + crowd.km_today / rules.max_move_speed) / 2;
    const bool forced = rules.avoid_short_stints && index < 0.5 && ground_.place(at).town;
    const Count limit = crowd.route == 0 ? choice_->at_once(at) : crowd.people;
    while (crowd.people > 0) {
        Crowd part = crowd;
        part.people = std::min(crowd.people, limit);
        crowd.people -= part.people;
        Crowd leaving = part;
        if (!forced && part.route == 0) leaving.people = how_many(stream, part.people, leave_chance(at));
        part.people -= leaving.people;
        if (part.people > 0) settle(at, part, crowd.km_today);
        if (leaving.people == 0) continue;
        const std::size_t before = pending_.size();
        depart_from(at, leaving, crowd.km_today, stream);
        if (crowd.people == 0) break;
        move_pending(before, stream);  // the rest decides when these have arrived
    }
}

/// Stocks at the end of the day. People at a conflict zone who have not set out yet are at home.
void Flee3::report() {
    const auto size = std::accumulate(world_.groups.begin(), world_.groups.end(), 0.0,
                                      [](double sum, const Group& g) { return sum + g.household_size; }) /
                      double(world_.groups.size());
    for (int i = 0; i < world_.place_count(); ++i) {
        const auto& place = world_.places[std::size_t(i)];
        for (const Crowd& crowd : staying_[std::size_t(i)]) {
            if (!crowd.fresh || ground_.was_camp(i)) record_->displaced_from(i, crowd.home) += persons(crowd.people);
        }
        const double displaced = record_->displaced_from.row(i).sum();
        const double home = std::max(0.0, place.population - first_departures_[std::size_t(i)]);
        record_->at(i, PlaceField::at_home) = home;
        record_->at(i, PlaceField::households_at_home) = home / size;
        record_->at(i, PlaceField::displaced) = displaced;
        record_->at(i, PlaceField::households_displaced) = displaced / size;
        record_->at(i, PlaceField::without_shelter) = std::max(0.0, displaced - world_.capacity[std::size_t(i)]);
        record_->at(i, PlaceField::remaining) = ground_.place(i).conflict > 0 ? home : 0;
    }
    for (const Travellers& crowd : on_links_) {
        const Link& link = ground_.links()[std::size_t(crowd.link)];
        record_->at(link.to, PlaceField::on_the_road) += persons(crowd.people);
    }
}

void Flee3::check_nobody_is_lost() const {
    std::int64_t people = 0;
    for (std::size_t i = 0; i < staying_.size(); ++i) {
        std::int64_t here = 0;
        for (const Crowd& crowd : staying_[i]) here += crowd.people;
        if (here != present_[i]) throw ModelFault(fmt::format("flee3: {} people counted at place {}, {} are there",
                                                              present_[i], i, here));
        people += here;
    }
    for (const Travellers& crowd : on_links_) people += crowd.people;
    if (people != spawned_) throw ModelFault(fmt::format("flee3: {} people of {} on day {}", people, spawned_, day_));
}

}  // namespace nuzuh::flee3
