#include "sim/study/recorder.hpp"

namespace nuzuh {
namespace {

void append(std::vector<float>& to, const Eigen::ArrayXd& values) {
    for (double value : values) to.push_back(float(value));
}

std::vector<float> flat(const Eigen::ArrayXXd& values) {
    const Eigen::ArrayXXf single = values.cast<float>();
    return {single.data(), single.data() + single.size()};
}

}  // namespace

Recorder::Recorder(const World& world, int every_steps) : world_(world), every_steps_(every_steps) {
    sum_.reset(world.place_count(), int(world.roads.size()));
    arrivals_ = Eigen::ArrayXXd::Zero(world.place_count(), world.place_count());
}

bool Recorder::add(const StepRecord& step) {
    for (int f = 0; f < place_field_count; ++f) {
        if (place_fields[std::size_t(f)].kind == Kind::flow) sum_.place.col(f) += step.place.col(f);
    }
    sum_.route += step.route;
    arrivals_ += step.arrivals_from;
    ++steps_;
    if (steps_ % every_steps_ != 0 && steps_ != world_.steps) return false;
    close(step);
    return true;
}

void Recorder::close(const StepRecord& step) {
    for (int f = 0; f < place_field_count; ++f) {
        if (place_fields[std::size_t(f)].kind == Kind::stock) sum_.place.col(f) = step.place.col(f);
        append(result_.place[std::size_t(f)], sum_.place.col(f));
    }
    append(result_.route, sum_.route);

    const auto everywhere = [&](PlaceField field) { return sum_.place.col(int(field)).sum(); };
    double displaced = 0, abroad = 0;
    for (int i = 0; i < world_.place_count(); ++i) {
        (world_.places[i].type == PlaceType::abroad ? abroad : displaced) +=
            sum_.at(i, PlaceField::displaced);
    }
    const auto keep = [&](TotalField field, double value) {
        result_.total[std::size_t(field)].push_back(float(value));
    };
    const auto keep_sum = [&](TotalField field, PlaceField flow) {
        keep(field, since_start_[std::size_t(field)] += everywhere(flow));
    };
    keep_sum(TotalField::movements, PlaceField::departures);
    keep_sum(TotalField::people_displaced, PlaceField::first_departures);
    keep_sum(TotalField::returned, PlaceField::returns);
    keep(TotalField::displaced, displaced);
    keep(TotalField::abroad, abroad);
    keep(TotalField::without_shelter, everywhere(PlaceField::without_shelter));
    keep(TotalField::on_the_road, everywhere(PlaceField::on_the_road));
    keep(TotalField::waiting, everywhere(PlaceField::waiting));
    keep(TotalField::remaining, everywhere(PlaceField::remaining));
    keep(TotalField::could_not_leave, everywhere(PlaceField::could_not_leave));

    sum_.reset(world_.place_count(), int(world_.roads.size()));
    result_.arrivals_from = flat(arrivals_);
    result_.displaced_from = flat(step.displaced_from);
}

}  // namespace nuzuh
