#include <algorithm>

#include <fmt/format.h>

#include "sim/region/abroad.hpp"
#include "sim/region/finding_at.hpp"

namespace nuzuh::region {
namespace {

PlaceSettings crossing_at(PlaceSettings crossing, const BorderPost& post, const std::string& id,
                          const PlaceSettings& behind) {
    crossing.place = id;
    crossing.name = post.name.empty() ? behind.name + ", border" : post.name;
    crossing.spellings = behind.name;  // reports name a crossing by the town behind it
    crossing.type = PlaceType::crossing;
    crossing.lat = post.at.lat;
    crossing.lon = post.at.lon;
    crossing.leads_to = behind.place;
    crossing.source = post.source;
    return crossing;
}

/// Puts crossings and places abroad into the network of a scenario.
class Border {
public:
    Border(const Beyond& beyond, const std::map<std::string, BorderPost>& posts, ScenarioSettings& settings,
           Findings& report)
        : beyond_(beyond), posts_(posts), settings_(settings), network_(settings.network), report_(report) {}

    void put() {
        for (const auto& place : network_.places) {
            by_id_[place.place] = place;
            if (place.type == PlaceType::crossing) given_.insert(place.place);
        }
        for (const auto& [post, behind] : beyond_.leads_to) add(post, posts_.at(post), behind);
        std::erase_if(network_.routes.own(), [&](const RouteSettings& route) {
            return (is_beyond(route.from) || is_crossing(route.from)) &&
                   (is_beyond(route.to) || is_crossing(route.to));
        });
        for (auto& route : network_.routes.own()) {
            for (auto* end : {&route.from, &route.to}) {
                if (is_beyond(*end)) *end = crossing_without_post(*end);
                if (const auto renamed = crossing_.find(*end); renamed != crossing_.end())
                    *end = renamed->second;
            }
        }
        put_places();
    }

private:
    bool is_beyond(const std::string& id) const { return beyond_.places.contains(id); }
    bool is_crossing(const std::string& id) const { return crossing_.contains(id); }

    /// Makes a crossing, with an identifier of its own.
    void add(const std::string& post, const BorderPost& at, const std::string& behind) {
        const bool given = given_.contains(post);
        const std::string own = identifier_of(at.name);
        std::string id = given ? post : (own.empty() ? behind : own) + "_border";
        const std::string first = id;
        for (int n = 2; !given && by_id_.contains(id); ++n) id = fmt::format("{}_{}", first, n);
        by_id_[id] = crossing_at(given ? by_id_.at(post) : PlaceSettings{}, at, id, by_id_.at(behind));
        crossings_.push_back(by_id_[id]);
        crossing_[post] = id;
        reached_.insert(behind);
        settings_.crossings.push_back({});
        auto& policy = settings_.crossings.own().back();
        policy.place = id;
        policy.policy = CrossingPolicy::open;
        policy.source = "a guess: no file says who gets across";
        report_.push_back(finding_at(Severity::warning, at.row,
                                     fmt::format("'{}' is a crossing to '{}' ({}), open: a guess",
                                                 crossings_.back().name, by_id_.at(behind).name, at.source)));
    }

    std::string crossing_without_post(const std::string& place) {
        const auto& there = by_id_.at(place);
        if (!is_crossing(place))
            add(place,
                {{there.lat, there.lon}, "", "the first town beyond the border stands for the crossing", {}},
                place);
        return crossing_.at(place);
    }

    void put_places() {
        double people = 0;
        std::size_t left_out = 0, beyond = 0;
        std::vector<PlaceSettings> kept;
        for (const auto& was : network_.places) {
            PlaceSettings place = was;
            if (place.type == PlaceType::crossing && !is_crossing(place.place) && !is_beyond(place.place)) {
                report_.push_back(finding_at(
                    Severity::error, {},
                    fmt::format("no road leads over the crossing '{}' to a place abroad", place.place),
                    "name a place behind it as --places, with type abroad, and a road that joins them"));
                continue;
            }
            if (is_crossing(place.place) && posts_.contains(place.place)) continue;
            if (is_beyond(place.place)) {
                people += place.population;
                const bool town = place.type != PlaceType::waypoint && !posts_.contains(place.place);
                beyond += town;
                if (!reached_.contains(place.place)) {
                    left_out += town;
                    continue;
                }
                place.population = 0;
                place.capacity.reset();
                place.type = PlaceType::abroad;
            }
            kept.push_back(std::move(place));
        }
        kept.insert(kept.end(), crossings_.begin(), crossings_.end());
        network_.places.own() = std::move(kept);
        std::erase_if(network_.areas.own(),
                      [&](const AreaMember& member) { return is_beyond(member.place); });
        if (beyond > 0)
            report_.push_back(
                finding_at(Severity::warning, {},
                           fmt::format("{} places lie beyond the border, with {:.0f} people who are not "
                                       "counted: {} are abroad, behind "
                                       "{} crossings that are open until `crossings` says otherwise, {} "
                                       "without a road from here are "
                                       "left out",
                                       beyond, people, reached_.size(), crossings_.size(), left_out)));
    }

    const Beyond& beyond_;
    const std::map<std::string, BorderPost>& posts_;
    ScenarioSettings& settings_;
    Network& network_;
    Findings& report_;
    std::map<std::string, PlaceSettings> by_id_;
    std::map<std::string, std::string> crossing_;  ///< by post
    std::vector<PlaceSettings> crossings_;
    std::set<std::string> reached_, given_;
};

}  // namespace

void put_abroad(const Beyond& beyond, const std::map<std::string, BorderPost>& posts,
                ScenarioSettings& settings, Findings& report) {
    Border(beyond, posts, settings, report).put();
}

}  // namespace nuzuh::region
