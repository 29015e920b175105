#include "sim/engine/flee3/flee3.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace nuzuh::flee3 {
namespace {

/// [-] a day; people at places that fewer leave than this are not looked at one by one.
constexpr double hardly = 0.05;

/// Recent travel moves half-way to today's. Only those who avoid short stints ask for it.
double recent_after(double recent_km, double km_today) { return (recent_km + km_today) / 2; }

}  // namespace

Flee3::Flee3(const World& world, Draws draws)
    : world_(world),
      draws_(draws),
      network_(world),
      people_(world),
      spawning_(network_, people_),
      choice_(network_, people_),
      counters_(network_),
      settled_(people_.present.size()),
      leaving_(people_.present.size()) {}

/// Who is in a camp that hardly anyone leaves is counted, and followed one by one from when they leave.
void Flee3::fill_camps() {
    find_leave_chances();
    for (std::size_t camp = 0; camp < settled_.size(); ++camp) {
        const Count people = spawning_.at_start()[camp];
        counters_.were_in_camp_at_start(int(camp), people);
        if (leaving_[camp].chance < hardly) {
            settled_[camp].begin_with(people);
            people_.present[camp] += people;
            spawned_ += people;
        } else {
            for (Count p = 0; p < people; ++p) add(int(camp));
        }
    }
}

void Flee3::step(std::span<StepRecord> records) {
    StepRecord& record = records.front();
    record.reset(world_.place_count(), int(world_.roads.size()));
    Stream stream = draws_.at(Purpose::flee3, std::uint64_t(day_));
    counters_.begin_day();
    network_.begin_day(day_);
    if (day_ == 0) fill_camps();
    for (std::int16_t home : spawning_.homes_left(day_, stream)) add(home);
    cut_off_travellers();
    choice_.begin_day();
    find_leave_chances();
    Generator generator(stream);
    depart(stream, generator);
    travel(generator);
    counters_.report(active_, record);
    check_nobody_is_lost();
    ++day_;
}

void Flee3::add(int home) {
    Person person;
    person.place = person.home = std::int16_t(home);
    active_.push_back(person);
    ++people_.present[std::size_t(home)];
    ++spawned_;
}

/// Whoever is on a link when it closes goes back to its start at its end.
void Flee3::cut_off_travellers() {
    if (!network_.closed_today()) return;
    for (Person& person : active_) {
        if (person.link >= 0 && !network_.is_open(person.link)) person.cut_off = true;
    }
}

void Flee3::find_leave_chances() {
    const auto& rules = network_.rules();
    for (std::size_t i = 0; i < leaving_.size(); ++i) {
        double chance = network_.place(int(i)).leave_chance;
        if (rules.movechance_pop_scale_factor != 0) {
            const double people = std::max(people_.population[i], people_.capacity[i]);
            chance *= std::pow(people / rules.movechance_pop_base, rules.movechance_pop_scale_factor);
        }
        chance = std::min(chance, 1.0);
        leaving_[i] = {chance, chance > 0 ? 1 / chance : 0};
    }
}

/// The morning: those who stayed decide whether to leave, and where to.
void Flee3::depart(Stream& stream, Generator& generator) {
    const std::size_t awake = active_.size();
    for (std::size_t i = 0; i < settled_.size(); ++i) {
        settled_[i].each_leaving(stream, leaving_[i].chance, int(i), day_, [&](Person& person) {
            const bool leaves = set_out(person, generator.uniform());
            if (leaves) active_.push_back(person);
            return leaves;
        });
    }
    for (std::size_t p = 0; p < awake; ++p) {
        Person& person = active_[p];
        if (person.link >= 0) continue;
        if (person.route != 0) {
            follow_route(person);
            continue;
        }
        leave_or_stay(person, generator.uniform());
    }
}

/// Decides by a uniform number, of which what is left chooses the route.
void Flee3::leave_or_stay(Person& person, double u) {
    const LeaveChance& leaving = leaving_[std::size_t(person.place)];
    if (u < leaving.chance) set_out(person, u * leaving.inverse);
}

/// Chooses a route by a uniform number and takes its first step.
///
/// @return  false if they stay: no link leads away, or the camp at the end of the route refuses
bool Flee3::set_out(Person& person, double u) {
    if (const int link = network_.redirection(person.place); link >= 0) {
        choice_.add_coming(network_.links()[std::size_t(link)].to, 1);
        return take(person, link, 0);
    }
    const Way* way = choice_.choose(person.place, u);
    if (!way || choice_.refuses(way->end)) return drop_route(person);
    choice_.add_coming(way->end, 1);
    return take(person, way->link, way->rest);
}

bool Flee3::follow_route(Person& person) {
    const Route& steps = network_.route(person.route);
    const int link = network_.link_between(person.place, steps.next);
    return link < 0 || choice_.refuses(steps.last) ? drop_route(person) : take(person, link, steps.rest);
}

bool Flee3::take(Person& person, int link, int rest) {
    counters_.set_out(person, link);
    person.link = link;
    person.route = rest;
    person.km = 0;
    count_at(person.place, -1);
    return true;
}

/// They stay for today.
bool Flee3::drop_route(Person& person) {
    if (person.route != 0) choice_.add_coming(network_.route(person.route).last, -1);
    person.route = 0;
    counters_.could_not_leave(person.place);
    return false;
}

/// The day's travel, each as far as the day lets them come.
void Flee3::travel(Generator& generator) {
    std::size_t kept = 0;
    for (std::size_t p = 0; p < active_.size(); ++p) {
        Person& person = active_[p];
        spend_day(person, generator);
        if (hardly_leaves(person)) {
            settled_[std::size_t(person.place)].add(person, day_);
        } else {
            if (kept != p) active_[kept] = person;
            ++kept;
        }
    }
    active_.resize(kept);
}

void Flee3::spend_day(Person& person, Generator& generator) {
    const auto& quirks = network_.quirks();
    double km_today = 0;
    while (person.link >= 0) {
        const Link& link = network_.links()[std::size_t(person.link)];
        const double speed = km_per_day(person, link, generator);
        const double km = quirks.full_day_on_next_link ? speed : std::max(0.0, speed - km_today);
        person.km += km;
        km_today += km;
        if (quirks.strict_arrival ? person.km <= link.km : person.km < link.km) break;
        km_today -= person.km - link.km;
        const bool time_left = km_today < speed && !person.cut_off;
        arrive(person, link);
        if (!time_left) break;
        decide_again(person, km_today, generator);
    }
    person.recent_km = recent_after(person.recent_km, km_today);
}

/// By vehicle or on foot.
double Flee3::km_per_day(const Person& person, const Link& link, Generator& generator) const {
    const auto& rules = network_.rules();
    if (person.fresh && rules.start_on_foot) return rules.max_walk_speed;
    const bool walks = link.walk_probability > 0 && generator.uniform() < link.walk_probability;
    return walks ? rules.max_walk_speed : link.km_per_day;
}

void Flee3::arrive(Person& person, const Link& link) {
    person.fresh = false;
    person.link = -1;
    if (person.route == 0) choice_.add_coming(link.to, -1);
    if (person.cut_off) {
        counters_.came_back(person);
    } else {
        person.place = std::int16_t(link.to);
        counters_.arrived(person);
    }
    person.cut_off = false;
    count_at(person.place, 1);
}

/// With time left, people decide again today. Those who have travelled less than half a day of late leave a
/// town.
void Flee3::decide_again(Person& person, double km_today, Generator& generator) {
    if (person.route != 0) {
        follow_route(person);
        return;
    }
    const auto& rules = network_.rules();
    const bool goes_on = rules.avoid_short_stints && network_.place(person.place).town &&
                         recent_after(person.recent_km, km_today) < rules.max_move_speed / 2;
    const double u = generator.uniform();
    if (goes_on)
        set_out(person, u);
    else
        leave_or_stay(person, u);
}

bool Flee3::hardly_leaves(const Person& person) const {
    return person.link < 0 && person.route == 0 && leaving_[std::size_t(person.place)].chance < hardly;
}

void Flee3::check_nobody_is_lost() const {
    std::vector<Count> here;
    for (const Settled& settled : settled_) here.push_back(settled.count());
    std::int64_t people = 0;
    for (const Person& person : active_) {
        const auto travels = Count(person.link >= 0);  // a number: as a branch it would be guessed wrongly
        here[std::size_t(person.place)] += 1 - travels;
        people += travels;
    }
    for (std::size_t i = 0; i < here.size(); ++i) {
        if (here[i] != people_.present[i])
            throw ModelFault(fmt::format("flee3: {} people counted at place {}, {} are there",
                                         people_.present[i], i, here[i]));
        people += here[i];
    }
    if (people != spawned_)
        throw ModelFault(fmt::format("flee3: {} people of {} on day {}", people, spawned_, day_));
}

}  // namespace nuzuh::flee3
