#include "sim/study/evidence.hpp"

#include <gmock/gmock.h>

#include "tests/uncertainty/cases.hpp"

namespace nuzuh {
namespace {

using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty;

/// Eleven towns of 10,000, and what so many runs come to day by day.
struct Case {
    World world = [] {
        auto settings = test::settings_of();
        for (int t = 0; t < 9; ++t) {
            auto town = settings.network.places[0];
            town.place = "town" + std::to_string(t);
            town.name = town.place;
            town.lat += 0.01 * (t + 1);
            settings.network.places.push_back(town);
            RouteSettings road;
            road.route = "r" + std::to_string(t);
            road.from = "east";
            road.to = town.place;
            road.km = 5;
            settings.network.routes.push_back(road);
        }
        for (auto& place : settings.network.places.own())
            place.population = place.type == PlaceType::town ? 10000 : 0;
        return test::world_of(settings);
    }();
    EnsembleResult result;

    Case(std::vector<float> people, double movements_a_person) {
        RunResult run;
        for (std::size_t t = 0; t < people.size(); ++t) result.days.push_back(double(t));
        auto& movements = run.total[std::size_t(TotalField::movements)];
        for (float n : people) movements.push_back(float(n * movements_a_person));
        run.total[std::size_t(TotalField::people_displaced)] = std::move(people);
        result.members.push_back(std::move(run));
    }
};

std::vector<float> by_day(float a_day, int days) {
    std::vector<float> people;
    for (int t = 1; t <= days; ++t) people.push_back(a_day * float(t));
    return people;
}

TEST(OutsideEvidence, says_nothing_of_what_has_been_seen) {
    const Case one(by_day(2000, 30), 1.4);
    EXPECT_THAT(outside_evidence(one.world, one.result), IsEmpty());
}

TEST(OutsideEvidence, is_more_movements_a_person_than_anywhere) {
    const Case one(by_day(2000, 30), 3.5);
    EXPECT_THAT(outside_evidence(one.world, one.result), ElementsAre(HasSubstr("3.5 movements")));
}

TEST(OutsideEvidence, is_a_region_that_empties_in_a_week) {
    const Case one(by_day(8000, 10), 1);
    EXPECT_THAT(outside_evidence(one.world, one.result), ElementsAre(HasSubstr("51 % of all people")));
}

}  // namespace
}  // namespace nuzuh
