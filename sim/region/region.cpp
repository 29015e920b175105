#include "sim/region/region.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/region/abroad.hpp"
#include "sim/region/population.hpp"
#include "sim/region/reports.hpp"
#include "sim/region/strikes.hpp"

namespace nuzuh {

namespace {

using region::Gazetteer, region::GazetteerPlace;

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

/// Routes between places, and forks as waypoints. Whether each route crosses a border is returned.
std::vector<bool> add_routes(const RoadMap& roads, const RoadSpec& spec, Network& network, Findings& report) {
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
    std::vector<bool> crosses_border;
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
        crosses_border.push_back(line.notes.find("border") != std::string::npos);
    }
    return crosses_border;
}

/// Takes the places that lie in no unit out of those that are counted.
std::vector<GazetteerPlace> take_out(const std::vector<bool>& lies_in_any, Gazetteer& gazetteer) {
    std::vector<GazetteerPlace> within, beyond;
    for (std::size_t p = 0; p < lies_in_any.size(); ++p)
        (lies_in_any[p] ? within : beyond).push_back(std::move(gazetteer.places[p]));
    gazetteer.places = std::move(within);
    return beyond;
}

class RegionReader {
public:
    explicit RegionReader(const RegionFiles& files) : files_(files) {}

    Result<Region> read() {
        const auto roads =
            files_.roads.empty() ? Result<RoadMap>(RoadMap{}) : read_roads(files_.roads, files_.road_spec);
        append(found_, roads.findings());
        const auto boundaries = region::read_boundaries(files_.boundaries, files_.level);
        append(found_, boundaries ? boundaries->notes : boundaries.findings());
        auto gazetteer = region::read_gazetteer(
            files_.places,
            {files_.level, files_.places.empty() && roads ? roads->places : none_, files_.kinds});
        append(found_, gazetteer.findings());
        if (!gazetteer || !roads || !boundaries) return found_;
        append(found_, gazetteer->notes);
        std::vector<GazetteerPlace> beyond;
        if (!files_.boundaries.empty()) {
            beyond = take_out(region::put_into_units(*boundaries, *gazetteer, found_), *gazetteer);
            if (gazetteer->places.empty()) {
                fail("every place lies outside of the boundaries",
                     "boundaries and places of one region, in degrees");
                return found_;
            }
        }
        append(found_, region::add_population(files_.population, *boundaries, *gazetteer));
        auto& settings = region_.settings;
        settings.title = files_.title;
        settings.network = network_of(*gazetteer);
        add_roads(*roads, beyond, *gazetteer);
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

    void fail(std::string what, std::string hint) {
        found_.push_back(finding_at(Severity::error, {}, std::move(what), std::move(hint)));
    }

    /// @param beyond  places outside of the boundaries
    void add_roads(const RoadMap& roads, const std::vector<GazetteerPlace>& beyond, Gazetteer& gazetteer) {
        auto& network = region_.settings.network;
        std::set<std::string> abroad;
        for (const auto& [place, units, row] : beyond) {
            network.places.push_back(place);
            abroad.insert(place.place);
        }
        if (files_.roads.empty()) {
            say("no roads were given: nobody can leave for another place, and the region cannot be run");
        } else {
            const auto crosses_border = add_routes(roads, files_.road_spec, network, found_);
            if (beyond.empty()) abroad = region::beyond_border_routes(network, crosses_border);
        }
        region::put_abroad(abroad, network, found_);
        std::erase_if(gazetteer.places, [&](const auto& one) { return abroad.contains(one.place.place); });
    }

    void take_strikes(const Gazetteer& gazetteer) {
        auto& settings = region_.settings;
        Period period{files_.from.value_or(Date{}), files_.to.value_or(Date{}), 1};
        const Period any_day{*parse_date("1900-01-01"), *parse_date("2200-01-01"), 1};
        const auto strikes =
            region::read_strikes(files_.bombardment, gazetteer, settings.network,
                                 files_.from && files_.to ? period : any_day, files_.reach_km);
        append(found_, strikes ? strikes->notes : strikes.findings());
        if (!strikes) return;
        for (const auto& entry : strikes->by_day.entries(settings.network)) {
            settings.bombardment.push_back(entry);
            const Date last = entry.to.value_or(entry.from);
            if (!files_.from && (period.from.days == 0 || entry.from < period.from)) period.from = entry.from;
            if (!files_.to && last > period.to) period.to = last;
        }
        if (strikes->by_day.not_sure() > 0) {
            settings.uncertainty.strikes = region::uncertainty_of(strikes->by_day);
            say(fmt::format(
                "of {:.0f} of {:.0f} strikes it is not known where they fell, or whether they were strikes: "
                "uncertainty.strikes is {} (judgement)",
                strikes->by_day.not_sure(), strikes->by_day.strikes(), settings.uncertainty.strikes));
        }
        if (period.from.days == 0 || period.to < period.from)
            fail("the days of the scenario are not known", "give --from and --to");
        settings.period = period;
    }

    void take_reports(const Gazetteer& gazetteer) {
        region::Abroad who{files_.country, {}};
        for (const auto& place : region_.settings.network.places) {
            if (place.type == PlaceType::abroad) who.abroad.push_back(place.place);
        }
        const auto reports = region::read_reports(files_.reported, gazetteer, region_.settings.period, who);
        append(found_, reports ? reports->notes : reports.findings());
        if (!reports) return;
        for (const auto& figure : reports->figures) region_.settings.reported.push_back(figure);
        for (const auto& row : reports->displaced) region_.settings.displaced.push_back(row);
    }

    const RegionFiles& files_;
    const std::vector<PlaceNode> none_;
    Region region_;
    Findings found_;
};

}  // namespace

Result<Region> read_region(const RegionFiles& files) { return RegionReader(files).read(); }

std::vector<std::filesystem::path> files_of(const RegionFiles& files) {
    std::vector<std::filesystem::path> all;
    for (const auto* some : {&files.places, &files.population, &files.boundaries, &files.roads,
                             &files.bombardment, &files.reported})
        all.insert(all.end(), some->begin(), some->end());
    return all;
}

}  // namespace nuzuh
