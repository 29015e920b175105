#include "sim/region/region.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/region/abroad.hpp"
#include "sim/region/days.hpp"
#include "sim/region/links.hpp"
#include "sim/region/place_list.hpp"
#include "sim/region/population.hpp"
#include "sim/region/region_network.hpp"
#include "sim/region/reports.hpp"
#include "sim/region/strikes.hpp"

namespace nuzuh::region {

namespace {

GroupSettings one_group() {
    GroupSettings group;
    group.name = "residents";
    return group;
}

bool is_at_the_border(PlaceType type) { return type == PlaceType::abroad || type == PlaceType::crossing; }

/// Takes the places abroad, crossings, and those that lie in no unit, out of those that are counted.
///
/// @param lies_in_any  [place]; none: where no boundaries are given
std::vector<GazetteerPlace> take_out(const std::vector<bool>& lies_in_any, Gazetteer& gazetteer) {
    std::vector<GazetteerPlace> within, beyond;
    for (std::size_t p = 0; p < gazetteer.places.size(); ++p) {
        const bool out =
            is_at_the_border(gazetteer.places[p].place.type) || (!lies_in_any.empty() && !lies_in_any[p]);
        (out ? beyond : within).push_back(std::move(gazetteer.places[p]));
    }
    gazetteer.places = std::move(within);
    return beyond;
}

class RegionReader {
public:
    explicit RegionReader(const RegionFiles& files) : files_(files) {}

    Result<Region> read() {
        for (const auto& kind : files_.kinds) {
            const auto why = why_no_kind(kind);
            if (!why.empty()) fail(fmt::format("--kinds '{}' is no kind of place", kind), why);
        }
        if (has_errors(found_)) return found_;
        auto roads = files_.roads.empty() || has_links() ? Result<RoadMap>(RoadMap{})
                                                         : read_roads(files_.roads, files_.road_spec);
        append(found_, roads.findings());
        const auto boundaries = read_boundaries(files_.boundaries, files_.level);
        append(found_, boundaries ? boundaries->notes : boundaries.findings());
        auto gazetteer = read_gazetteer(
            files_.places,
            {files_.level, files_.places.empty() && roads ? roads->places : none_, files_.kinds});
        append(found_, gazetteer.findings());
        if (!gazetteer || !roads || !boundaries) return found_;
        append(found_, gazetteer->notes);
        std::vector<bool> lies_in_any;
        if (!files_.boundaries.empty()) lies_in_any = put_into_units(*boundaries, *gazetteer, found_);
        const auto beyond = take_out(lies_in_any, *gazetteer);
        if (gazetteer->places.empty()) {
            const bool exchanged = std::any_of(beyond.begin(), beyond.end(), [&](const auto& one) {
                return boundaries->areas.find(one.place.lon, one.place.lat).has_value();
            });
            fail("every place lies outside of the boundaries",
                 exchanged ? "with latitude and longitude exchanged they lie within: exchange both columns"
                           : "boundaries and places of one region, in degrees");
            return found_;
        }
        append(found_, add_population(files_.population, *boundaries, *gazetteer, last_year()));
        auto& settings = region_.settings;
        settings.title = files_.title;
        settings.network = network_of(*gazetteer);
        add_roads(*roads, *boundaries, beyond, *gazetteer);
        settings.groups = {one_group()};
        settings.engine.members = 50;  // one run has no band
        say("one group, residents, with the default thresholds: none was fitted to this region");
        take_strikes(*gazetteer);
        take_closures();
        take_reports(*gazetteer);
        if (has_errors(found_)) return found_;
        region_.people = gazetteer->people;
        for (const auto& place : settings.network.places) region_.people_placed += place.population;
        if (region_.people_placed == 0)
            say("nobody lives anywhere: no file says how many people there are, in --population or in a "
                "column "
                "'population' of the places");
        region_.report = std::move(found_);
        return std::move(region_);
    }

private:
    void say(std::string what) { found_.push_back(finding_at(Severity::warning, {}, std::move(what))); }

    void fail(std::string what, std::string hint) {
        found_.push_back(finding_at(Severity::error, {}, std::move(what), std::move(hint)));
    }

    bool has_links() const {
        return std::any_of(files_.roads.begin(), files_.roads.end(), is_table_of_links);
    }

    /// Of the days that are asked for; 9999 where none are.
    int last_year() const {
        const auto day = files_.to ? files_.to : files_.from;
        return day ? std::stoi(iso(*day)) : 9999;
    }

    static std::set<std::string> ids_of(const std::map<std::string, BorderPost>& posts) {
        std::set<std::string> ids;
        for (const auto& [id, post] : posts) ids.insert(id);
        return ids;
    }

    /// @param outside  places outside of the country, and crossings
    void add_roads(RoadMap& roads, const Boundaries& boundaries, const std::vector<GazetteerPlace>& outside,
                   Gazetteer& gazetteer) {
        auto& network = region_.settings.network;
        std::set<std::string> abroad;
        std::map<std::string, BorderPost> posts;
        for (const auto& [place, units, row] : outside) {
            network.places.push_back(place);
            if (place.type == PlaceType::crossing)
                posts[place.place] = {{place.lat, place.lon}, place.name, place.source, row};
            else
                abroad.insert(place.place);
        }
        Beyond beyond{abroad, {}};
        if (files_.roads.empty()) {
            say("no roads were given: nobody can leave for another place, and the region cannot be run");
        } else if (has_links()) {
            auto links = read_links(files_.roads, network);
            append(found_, links.findings());
            if (!links) return;
            network.routes.own() = std::move(links->routes);
            closures_ = std::move(links->closures);
            beyond = beyond_posts(network, ids_of(posts), std::vector<bool>(network.routes.size()), abroad);
        } else {
            // Where it is known what lies within, and nothing lies beyond, a road over the border is a way round.
            const bool nothing_beyond = boundaries.have_areas() && abroad.empty();
            std::vector<BorderPost> given;
            for (const auto& [id, post] : posts) given.push_back(post);
            if (!nothing_beyond) {
                for (auto& post : posts_of(roads, boundaries, given))
                    posts.emplace(fmt::format("border_{}", posts.size() + 1), std::move(post));
            }
            beyond = contracted(roads, posts, abroad);
            if (nothing_beyond) beyond = {};
        }
        put_abroad(beyond, posts, region_.settings, found_);
        std::erase_if(gazetteer.places,
                      [&](const auto& one) { return beyond.places.contains(one.place.place); });
    }

    /// A network with posts as places, its routes, and what lies beyond.
    struct Contracted {
        Network network;
        Beyond beyond;
        Findings said;
    };

    Contracted with_posts(const RoadMap& roads, const std::map<std::string, BorderPost>& posts,
                          const std::set<std::string>& given, const std::set<std::string>& abroad) const {
        Contracted made{region_.settings.network, {}, {}};
        for (const auto& [id, post] : posts) {
            if (!given.contains(id)) made.network.places.push_back(place_of_post(id, post));
        }
        const auto crosses_border = add_routes(roads, files_.road_spec, made.network, made.said);
        made.beyond = beyond_posts(made.network, ids_of(posts), crosses_border, abroad);
        return made;
    }

    /// Routes to towns and to the posts that lead out of the country; the others are no places, and taken out of `posts`.
    Beyond contracted(const RoadMap& roads, std::map<std::string, BorderPost>& posts,
                      const std::set<std::string>& abroad) {
        std::set<std::string> given;
        for (const auto& place : region_.settings.network.places) given.insert(place.place);
        auto made = with_posts(roads, posts, given, abroad);
        const auto leads_nowhere = [&](const auto& post) {
            return !made.beyond.leads_to.contains(post.first) && !given.contains(post.first);
        };
        if (std::any_of(posts.begin(), posts.end(), leads_nowhere)) {
            for (const auto& post : posts) {
                if (leads_nowhere(post) && !made.beyond.places.contains(post.first) &&
                    !post.second.row.file.empty())
                    found_.push_back(finding_at(
                        Severity::warning, post.second.row,
                        fmt::format("border control '{}' leads to no place abroad: it is no crossing",
                                    post.second.name),
                        "name a place behind it as --places, with type abroad"));
            }
            std::erase_if(posts, leads_nowhere);
            made = with_posts(roads, posts, given, abroad);
        }
        append(found_, made.said);
        region_.settings.network = std::move(made.network);
        return made.beyond;
    }

    void take_strikes(const Gazetteer& gazetteer) {
        auto& settings = region_.settings;
        Period period{files_.from.value_or(Date{}), files_.to.value_or(Date{}), 1};
        const auto strikes = read_strikes(files_.bombardment, gazetteer, settings.network,
                                          files_.from && files_.to ? period : any_day, files_.reach_km);
        append(found_, strikes ? strikes->notes : strikes.findings());
        if (!strikes) return;
        for (const auto& member : strikes->areas) settings.network.areas.push_back(member);
        auto entries = strikes->by_day.entries(settings.network);
        entries.insert(entries.end(), strikes->rates.begin(), strikes->rates.end());

        for (const auto& entry : entries) {
            settings.bombardment.push_back(entry);
            const Date last = entry.to.value_or(entry.from);
            if (!files_.from && (period.from.days == 0 || entry.from < period.from)) period.from = entry.from;
            if (!files_.to && last > period.to) period.to = last;
        }
        if (strikes->by_day.not_sure() > 0) {
            settings.uncertainty.strikes = uncertainty_of(strikes->by_day);
            say(fmt::format(
                "of {:.0f} of {:.0f} strikes it is not known where they fell, or whether they were strikes: "
                "uncertainty.strikes is {} (judgement)",
                strikes->by_day.not_sure(), strikes->by_day.strikes(), settings.uncertainty.strikes));
        }
        if (period.from.days == 0 || period.to < period.from)
            fail("the days of the scenario are not known", "give --from and --to");
        settings.period = period;
    }

    /// Days on which links are closed: those that lie outside the period, or of links that a crossing stands for, are left out and said.
    void take_closures() {
        const auto& settings = region_.settings;
        std::set<std::string> routes;
        for (const auto& route : settings.network.routes) routes.insert(route.route);
        for (const auto& closure : closures_) {
            RouteChange change;
            change.route = closure.route;
            change.from = std::max(closure.from.value_or(settings.period.from), settings.period.from);
            change.to = closure.to;
            change.source = closure.source;
            const bool outside = change.from > settings.period.to || (change.to && *change.to < change.from);
            if (!outside && routes.contains(change.route)) {
                region_.settings.routes.push_back(change);
                continue;
            }
            found_.push_back(finding_at(
                Severity::warning, closure.row,
                outside ? fmt::format("the closure of '{}' lies outside the period {} to {}: left "
                                      "out",
                                      closure.route, iso(settings.period.from), iso(settings.period.to))
                        : fmt::format("the closure of '{}' is left out: a crossing stands for the link",
                                      closure.route),
                outside ? "" : "give it as `crossings` of the scenario"));
        }
    }

    void take_reports(const Gazetteer& gazetteer) {
        Abroad who{files_.country, {}};
        for (const auto& place : region_.settings.network.places) {
            if (place.type == PlaceType::abroad) who.abroad.push_back(place.place);
        }
        const auto reports = read_reports(files_.reported, gazetteer, region_.settings.period, who);
        append(found_, reports ? reports->notes : reports.findings());
        if (!reports) return;
        for (const auto& figure : reports->figures) region_.settings.reported.push_back(figure);
        for (const auto& row : reports->displaced) region_.settings.displaced.push_back(row);
    }

    const RegionFiles& files_;
    const std::vector<PlaceNode> none_;
    Region region_;
    std::vector<LinkClosure> closures_;
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

}  // namespace nuzuh::region
