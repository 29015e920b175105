// ARD of Flee 3 on the cases of FabFlee, which are no part of this project.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sim/engine/flee3/flee3.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/registrations.hpp"
#include "sim/study/skill.hpp"
#include "tests/flee/cases.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using testing::built;

/// ARD of Flee itself, one run each. At 1:100 (modern125aw2dm75) single runs differ by a standard deviation of up
/// to 0.013 here, so that one of them tells the mean to about 0.02.
struct Published {
    const char* name;
    double plain, rescaled, modern_plain, modern_rescaled;
};
constexpr Published published[] = {
    {"burundi2015", 0.588, 0.537, 0.479, 0.417}, {"car2013", 0.374, 0.435, 0.346, 0.377},
    {"mali2012", 0.397, 0.362, 0.351, 0.322},    {"nigeria2016", 0.280, 0.212, 0.318, 0.316},
    {"ssudan2013", 0.503, 0.538, 0.506, 0.521},  {"syria2013", 0.362, 0.372, 0.295, 0.303}};

struct Difference {
    double plain = 0, rescaled = 0;
};

/// Registrations as Flee scores them: counted in simulated people, each camp cut to whole ones.
Registrations counted_by_flee(const World& world) {
    const int hasten = world.settings.flee3.hasten;
    auto counted = registrations_on(world, record_days(world, 1));
    for (const auto& series : daily_registrations(world.settings, hasten)) {
        for (std::size_t c = 0; c < counted.places.size(); ++c) {
            if (world.places[std::size_t(counted.places[c])].place == series.place)
                counted.persons.col(Eigen::Index(c)) = series.persons * hasten;
        }
    }
    return counted;
}

Difference mean_difference(const std::string& folder, const std::string& settings, int hasten, int runs) {
    auto loaded = load_scenario(folder, {fmt::format("flee3.hasten={}", hasten)}, settings);
    if (!loaded) throw std::runtime_error(report(loaded.findings()));
    const World world = built(loaded->settings);
    const auto [camps, registered] = counted_by_flee(world);
    Difference mean;
    for (int run = 0; run < runs; ++run) {
        flee3::Flee3 engine(world, Draws(1, std::uint64_t(run)));
        StepRecord record;
        Eigen::ArrayXXd present(registered.rows(), registered.cols());
        for (int day = 0; day < world.steps; ++day) {
            engine.step(record);
            for (std::size_t c = 0; c < camps.size(); ++c)
                present(day, Eigen::Index(c)) = record.at(camps[c], PlaceField::displaced);
        }
        mean.plain += averaged_relative_difference(present, registered) / runs;
        mean.rescaled += averaged_relative_difference(present, registered, true) / runs;
    }
    return mean;
}

TEST(Flee3, reproduces_the_published_differences) {
    const auto cases = testing::flee_cases();
    if (!cases) GTEST_SKIP() << testing::no_flee_cases;
    for (const auto& p : published) {
        const auto folder = (*cases / p.name).string();
        const bool in_tens = std::string(p.name) == "nigeria2016" || std::string(p.name) == "syria2013";
        const auto settings = *cases / "_settings";
        const auto own = mean_difference(folder, (settings / "simsetting.yml").string(), in_tens ? 10 : 1, 5);
        EXPECT_NEAR(own.plain, p.plain, 0.02) << p.name;
        EXPECT_NEAR(own.rescaled, p.rescaled, 0.02) << p.name;
        const auto modern = mean_difference(folder, (settings / "modern125aw2dm75.yml").string(), 100, 60);
        EXPECT_NEAR(modern.plain, p.modern_plain, 0.02) << p.name << " modern";
        EXPECT_NEAR(modern.rescaled, p.modern_rescaled, 0.02) << p.name << " modern";
    }
}

}  // namespace
}  // namespace nuzuh
