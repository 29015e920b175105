#include "sim/study/recorder.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh {
namespace {

void append(std::vector<float>& to, const Eigen::Ref<const Eigen::ArrayXd>& values) {
    to.insert(to.end(), values.data(), values.data() + values.size());
}

std::vector<float> flat(const Eigen::ArrayXXd& values) {
    const Eigen::ArrayXXf single = values.cast<float>();
    return {single.data(), single.data() + single.size()};
}

}  // namespace

Recorder::Recorder(const World& world, int every_steps, const Selection& selection)
    : world_(world), every_steps_(every_steps), selection_(selection) {
    const PlaceFields fields = fields_behind(selection);
    for (int f = 0; f < place_field_count; ++f) {
        if (!fields[std::size_t(f)]) continue;
        (place_fields[std::size_t(f)].kind == Kind::flow ? flows_ : stocks_).push_back(f);
    }
    for (bool total : selection_.total) any_total_ = any_total_ || total;
    sum_.reset(world.place_count(), int(world.roads.size()), false);
    const std::size_t records = std::size_t((world.steps + every_steps - 1) / every_steps);
    for (std::size_t f = 0; f < result_.place.size(); ++f) {
        if (selection_.place[f]) result_.place[f].reserve(records * world.places.size());
    }
    if (selection_.routes) result_.route.reserve(records * world.roads.size());
    by_danger_.setZero(danger_band_count, band_field_count);
    if (selection_.first_day_full)
        result_.first_day_full.assign(full_levels.size() * world.places.size(), NAN);
    double persons = 0;
    for (int k = 0; k < world.group_count(); ++k) {
        persons += world.groups[k].household_size * double(world.households.row(k).sum());
    }
    const double households = world.households_at_start.sum();
    if (households > 0) mean_household_ = persons / households;
}

bool Recorder::add(const StepRecord& step) {
    for (int f : flows_) sum_.place.col(f) += step.place.col(f);
    if (selection_.routes) sum_.route += step.route;
    if (selection_.arrivals_from && step.tells_origins) {
        if (arrivals_.size() == 0) arrivals_.setZero(world_.place_count(), world_.place_count());
        for (const auto& [place, home, persons] : step.arrivals_from) arrivals_(place, home) += persons;
    }
    if (selection_.bands || selection_.total[std::size_t(TotalField::person_days_displaced)])
        add_by_danger(step);
    if (selection_.first_day_full) note_full_places(step);
    ++steps_;
    if (steps_ % every_steps_ != 0) return false;
    close(step);
    return true;
}

void Recorder::add_by_danger(const StepRecord& step) {
    const auto field = [&](BandField f) { return by_danger_.col(int(f)); };
    field(BandField::at_home).setZero();
    field(BandField::displaced).setZero();
    for (int i = 0; i < world_.place_count(); ++i) {
        person_days_displaced_ += world_.dt * step.at(i, PlaceField::on_the_road);
        if (world_.places[i].type == PlaceType::abroad) continue;
        const int band = int(world_.inputs[steps_].band[std::size_t(i)]);
        const double away = step.at(i, PlaceField::displaced) + step.at(i, PlaceField::waiting);
        field(BandField::at_home)(band) += step.at(i, PlaceField::at_home);
        field(BandField::displaced)(band) += away;
        field(BandField::could_not_leave)(band) += step.at(i, PlaceField::could_not_leave);
        person_days_displaced_ += world_.dt * away;
    }
    field(BandField::person_days_at_home) += world_.dt * field(BandField::at_home);
    field(BandField::person_days_displaced) += world_.dt * field(BandField::displaced);
}

void Recorder::note_full_places(const StepRecord& step) {
    const auto places = world_.places.size();
    for (std::size_t i = 0; i < places; ++i) {
        const double capacity = world_.capacity[i];
        if (!(capacity > 0) || capacity >= no_limit) continue;
        for (std::size_t level = 0; level < full_levels.size(); ++level) {
            float& day = result_.first_day_full[level * places + i];
            if (std::isnan(day) && step.at(int(i), PlaceField::displaced) >= full_levels[level] * capacity) {
                day = float(std::floor(steps_ * world_.dt));
            }
        }
    }
}

void Recorder::restore(int steps, Loader& from) {
    archive(*this, from);
    const auto places = world_.places.size(), roads = world_.roads.size();
    require_saved(steps_ == steps);
    const auto records = std::size_t(steps_ / every_steps_);
    const auto has = [](const auto& values, std::size_t size) { require_saved(values.size() == size); };
    for (std::size_t f = 0; f < result_.place.size(); ++f)
        has(result_.place[f], selection_.place[f] ? records * places : 0);
    for (std::size_t f = 0; f < result_.total.size(); ++f)
        has(result_.total[f], selection_.total[f] ? records : 0);
    for (const auto& band : result_.band) has(band, selection_.bands ? records * danger_band_count : 0);
    has(result_.route, selection_.routes ? records * roads : 0);
    has(result_.first_day_full, selection_.first_day_full ? full_levels.size() * places : 0);
    for (const auto* pairs : {&result_.arrivals_from, &result_.displaced_from})  // written where a run ended
        require_saved(pairs->empty() || pairs->size() == places * places);
    require_saved(sum_.place.rows() == Eigen::Index(places) && sum_.place.cols() == place_field_count &&
                  sum_.route.size() == Eigen::Index(roads) && by_danger_.rows() == danger_band_count &&
                  by_danger_.cols() == band_field_count);
    require_saved(arrivals_.size() == 0 ||
                  (arrivals_.rows() == Eigen::Index(places) && arrivals_.cols() == Eigen::Index(places)));
}

bool Recorder::finish(const StepRecord& last) {
    if (steps_ % every_steps_ == 0) return false;
    close(last);
    return true;
}

void Recorder::close(const StepRecord& step) {
    for (int f : stocks_) sum_.place.col(f) = step.place.col(f);
    for (int f = 0; f < place_field_count; ++f) {
        if (selection_.place[std::size_t(f)]) append(result_.place[std::size_t(f)], sum_.place.col(f));
    }
    if (selection_.routes) append(result_.route, sum_.route);
    for (int f = 0; selection_.bands && f < band_field_count; ++f)
        append(result_.band[std::size_t(f)], by_danger_.col(f));
    if (any_total_) close_totals();
    for (int f : flows_) sum_.place.col(f).setZero();
    if (selection_.routes) sum_.route.setZero();
    by_danger_.setZero();
    person_days_displaced_ = 0;
    if (steps_ < world_.steps) return;
    if (selection_.arrivals_from) result_.arrivals_from = flat(arrivals_);
    if (!selection_.displaced_from || !step.tells_origins) return;
    Eigen::ArrayXXd displaced = Eigen::ArrayXXd::Zero(world_.place_count(), world_.place_count());
    for (const auto& [place, home, persons] : step.displaced_from) displaced(place, home) = persons;
    result_.displaced_from = flat(displaced);
}

void Recorder::keep(TotalField field, double value) {
    if (selection_.total[std::size_t(field)]) result_.total[std::size_t(field)].push_back(float(value));
}

void Recorder::close_totals() {
    const auto is_selected = [&](TotalField field) { return selection_.total[std::size_t(field)]; };
    const auto everywhere = [&](PlaceField field) { return sum_.place.col(int(field)).sum(); };
    const auto keep_stock = [&](TotalField field, PlaceField stock) {
        if (is_selected(field)) keep(field, everywhere(stock));
    };
    const auto keep_sum = [&](TotalField field, PlaceField flow) {
        if (is_selected(field)) keep(field, since_start_[std::size_t(field)] += everywhere(flow));
    };
    keep_sum(TotalField::movements, PlaceField::departures);
    keep_sum(TotalField::people_displaced, PlaceField::first_departures);
    keep_sum(TotalField::returned, PlaceField::returns);
    if (is_selected(TotalField::moved_on))
        keep(TotalField::moved_on,
             since_start_[std::size_t(TotalField::moved_on)] +=
             everywhere(PlaceField::departures) - everywhere(PlaceField::first_departures));
    keep_stock(TotalField::without_shelter, PlaceField::without_shelter);
    keep_stock(TotalField::on_the_road, PlaceField::on_the_road);
    keep_stock(TotalField::waiting, PlaceField::waiting);
    keep_stock(TotalField::remaining, PlaceField::remaining);
    keep_stock(TotalField::could_not_leave, PlaceField::could_not_leave);
    keep(TotalField::person_days_displaced, person_days_displaced_);
    if (is_selected(TotalField::displaced) || is_selected(TotalField::abroad) ||
        is_selected(TotalField::with_shelter) || is_selected(TotalField::households_in_tents))
        close_shelter();
}

/// Totals that tell places inside the country from those abroad, or houses from tents.
void Recorder::close_shelter() {
    double displaced = 0, abroad = 0, with_shelter = 0;
    double in_tents = sum_.place.col(int(PlaceField::waiting)).sum() / mean_household_;
    for (int i = 0; i < world_.place_count(); ++i) {
        const double here = sum_.at(i, PlaceField::displaced);
        if (world_.places[i].type == PlaceType::abroad) {
            abroad += here;
            continue;
        }
        const double sheltered = std::min(here, world_.capacity[i]);
        const double in_houses = is_camp(world_.places[i].type) ? 0 : sheltered;
        displaced += here;
        with_shelter += sheltered;
        if (here > 0) in_tents += sum_.at(i, PlaceField::households_displaced) * (1 - in_houses / here);
    }
    keep(TotalField::displaced, displaced);
    keep(TotalField::abroad, abroad);
    keep(TotalField::with_shelter, with_shelter);
    keep(TotalField::households_in_tents, in_tents);
}

}  // namespace nuzuh
