#include "sim/region/region.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/region/gazetteer.hpp"
#include "sim/region/reports.hpp"

namespace nuzuh {

namespace {

using region::Gazetteer;

void append(Findings& to, const Findings& more) { to.insert(to.end(), more.begin(), more.end()); }

RouteClass class_of(const std::string& word) {
    for (const auto& [name, value] : {std::pair{"highway", RouteClass::highway},
                                      {"primary", RouteClass::primary},
                                      {"track", RouteClass::track}}) {
        if (word == name) return value;
    }
    return RouteClass::secondary;
}

GroupSettings one_group() {
    GroupSettings group;
    group.name = "residents";
    return group;
}

Network network_of(const Gazetteer& gazetteer) {
    Network network;
    std::set<std::pair<std::string, std::string>> members;
    for (const auto& [place, units, row] : gazetteer.places) {
        network.places.push_back(place);
        for (std::size_t level = 1; level < region::admin_levels; ++level) {
            if (!units.code[level].empty() &&
                members.emplace(region::area_of(units.code[level]), place.place).second)
                network.areas.push_back({region::area_of(units.code[level]), place.place});
        }
    }
    return network;
}

/// Routes between places, and forks as waypoints.
void add_routes(const RoadMap& roads, const RoadSpec& spec, Network& network, Findings& report) {
    std::vector<Town> towns;
    for (const auto& place : network.places) towns.push_back({place.place, place.name, place.lat, place.lon});
    const RoadNetwork contracted = contract_roads(roads, towns, spec);
    append(report, contracted.notes);
    for (const auto& fork : contracted.forks) {
        PlaceSettings place;
        place.place = place.name = fork.id;
        place.type = PlaceType::waypoint;
        place.lat = fork.lat;
        place.lon = fork.lon;
        place.source = "where roads part";
        network.places.push_back(std::move(place));
    }
    int number = 0;
    for (const auto& line : contracted.routes) {
        RouteSettings route;
        route.route = fmt::format("r{:03}", ++number);
        route.from = line.from;
        route.to = line.to;
        route.km = std::max(0.01, line.km);
        route.road_class = class_of(line.road_class);
        route.status = line.status == "closed" ? RouteStatus::closed : RouteStatus::open;
        route.source = "OpenStreetMap contributors, ODbL 1.0" + (line.notes.empty() ? "" : "; " + line.notes);
        network.routes.push_back(std::move(route));
    }
}

class RegionReader {
public:
    explicit RegionReader(const RegionFiles& files) : files_(files) {}

    Result<Region> read() {
        const auto roads =
            files_.roads.empty() ? Result<RoadMap>(RoadMap{}) : read_roads(files_.roads, files_.road_spec);
        append(found_, roads.findings());
        auto gazetteer = region::read_gazetteer(
            files_.places, {files_.level, files_.places.empty() && roads ? roads->places : none_});
        append(found_, gazetteer.findings());
        if (!gazetteer || !roads) return found_;
        append(found_, gazetteer->notes);
        for (const auto& file : files_.population) append(found_, region::add_population(file, *gazetteer));
        auto& settings = region_.settings;
        settings.title = files_.title;
        settings.network = network_of(*gazetteer);
        if (!files_.roads.empty())
            add_routes(*roads, files_.road_spec, settings.network, found_);
        else
            say("no roads were given: nobody can leave for another place, and the region cannot be run");
        settings.groups = {one_group()};
        say("one group, residents, with the default thresholds: none was fitted to this region");
        take_strikes(*gazetteer);
        take_reports(*gazetteer);
        if (has_errors(found_)) return found_;
        region_.people = gazetteer->people;
        for (const auto& place : settings.network.places) region_.people_placed += place.population;
        region_.report = std::move(found_);
        return std::move(region_);
    }

private:
    void say(std::string what) { found_.push_back(finding_at(Severity::warning, {}, std::move(what))); }

    void take_strikes(const Gazetteer& gazetteer) {
        auto& settings = region_.settings;
        Period period{files_.from.value_or(Date{}), files_.to.value_or(Date{}), 1};
        const Period any_day{*parse_date("1900-01-01"), *parse_date("2200-01-01"), 1};
        const auto strikes =
            region::read_strikes(files_.bombardment, gazetteer, settings.network,
                                 files_.from && files_.to ? period : any_day, files_.reach_km);
        append(found_, strikes ? strikes->notes : strikes.findings());
        if (!strikes) return;
        for (const auto& entry : strikes->bombardment) {
            settings.bombardment.push_back(entry);
            const Date last = entry.to.value_or(entry.from);
            if (!files_.from && (period.from.days == 0 || entry.from < period.from)) period.from = entry.from;
            if (!files_.to && last > period.to) period.to = last;
        }
        if (strikes->monthly) {
            settings.uncertainty.strikes = monthly_uncertainty;
            say(fmt::format("monthly counts say neither day nor kind: uncertainty.strikes is {} (judgement)",
                            monthly_uncertainty));
        }
        if (period.from.days == 0 || period.to < period.from)
            found_.push_back(finding_at(Severity::error, {}, "the days of the scenario are not known",
                                        "give --from and --to"));
        settings.period = period;
    }

    void take_reports(const Gazetteer& gazetteer) {
        const auto reports = region::read_reports(files_.reported, gazetteer, region_.settings.period);
        append(found_, reports ? reports->notes : reports.findings());
        if (!reports) return;
        for (const auto& figure : reports->figures) region_.settings.reported.push_back(figure);
        for (const auto& row : reports->displaced) region_.settings.displaced.push_back(row);
    }

    /// Standard deviation of the logarithm: a factor of e either way. Judgement.
    static constexpr double monthly_uncertainty = 1;

    const RegionFiles& files_;
    const std::vector<PlaceNode> none_;
    Region region_;
    Findings found_;
};

}  // namespace

Result<Region> read_region(const RegionFiles& files) { return RegionReader(files).read(); }

}  // namespace nuzuh
