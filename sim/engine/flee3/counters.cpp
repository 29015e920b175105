#include "sim/engine/flee3/counters.hpp"

#include <algorithm>

namespace nuzuh::flee3 {
namespace {

double mean_household_size(const World& world) {
    double sum = 0;
    for (const auto& group : world.groups) sum += group.household_size;
    return sum / double(world.groups.size());
}

}  // namespace

Counters::Counters(const DailyNetwork& network)
    : network_(network),
      places_(std::size_t(network.place_count())),
      persons_each_(network.rules().hasten),
      household_size_(mean_household_size(network.world())) {
    displaced_.assign(places_ * places_, 0);
    left_home_.assign(places_, 0);
    begin_day();
}

void Counters::begin_day() {
    users_.assign(network_.links().size(), 0);
    first_users_.assign(network_.links().size(), 0);
    could_not_leave_.assign(places_, 0);
    arrived_.assign(places_ * places_, 0);
}

void Counters::report(const std::vector<Person>& active, StepRecord& record) const {
    const auto list = [&](const std::vector<Count>& counts, std::vector<FromHome>& from, PlaceField sum) {
        for (std::size_t c = 0; c < counts.size(); ++c) {
            if (counts[c] == 0) continue;
            from.push_back({int(c % places_), int(c / places_), double(counts[c]) * persons_each_});
            record.at(from.back().place, sum) += from.back().persons;
        }
    };
    list(arrived_, record.arrivals_from, PlaceField::arrivals);
    list(displaced_, record.displaced_from, PlaceField::displaced);
    for (std::size_t l = 0; l < users_.size(); ++l) {
        const Link& link = network_.links()[l];
        record.route(link.road) += double(users_[l]) * persons_each_;
        record.at(link.from, PlaceField::departures) += double(users_[l]) * persons_each_;
        record.at(link.from, PlaceField::first_departures) += double(first_users_[l]) * persons_each_;
    }
    std::vector<Count> on_link(users_.size() + 1, 0);  // the first stands for no link
    for (const Person& person : active) ++on_link[std::size_t(person.link) + 1];
    for (std::size_t l = 0; l < users_.size(); ++l)
        record.at(network_.links()[l].to, PlaceField::on_the_road) += double(on_link[l + 1]) * persons_each_;
    report_stocks(record);
}

void Counters::report_stocks(StepRecord& record) const {
    const World& world = network_.world();
    for (int i = 0; i < world.place_count(); ++i) {
        const auto at = std::size_t(i);
        const double displaced = record.at(i, PlaceField::displaced);
        const double left = double(left_home_[at]) * persons_each_;
        const double home = std::max(0.0, world.places[at].population - left);
        record.at(i, PlaceField::could_not_leave) = double(could_not_leave_[at]) * persons_each_;
        record.at(i, PlaceField::at_home) = home;
        record.at(i, PlaceField::households_at_home) = home / household_size_;
        record.at(i, PlaceField::households_displaced) = displaced / household_size_;
        record.at(i, PlaceField::without_shelter) = std::max(0.0, displaced - world.capacity[at]);
        record.at(i, PlaceField::remaining) = network_.place(i).conflict > 0 ? home : 0;
    }
}

}  // namespace nuzuh::flee3
