// Places that nobody can leave or reach, figures that nothing can come to.
#include <algorithm>

#include <fmt/format.h>

#include "sim/check/doubts.hpp"

namespace nuzuh {
namespace {

class WaysChecker {
public:
    explicit WaysChecker(const World& world) : w_(world), s_(world.settings) {
        for (int i = 0; i < w_.place_count(); ++i) people_.push_back(w_.households_from(i) > 0);
        for (int i = 0; i < w_.place_count(); ++i) is_open_.push_back(ever_open(i));
        for (int i = 0; i < w_.place_count(); ++i) all_people_ += w_.people_simulated(i);
        for (const auto& row : w_.displaced)
            all_people_ += double(row.households) * w_.groups[std::size_t(row.group)].household_size;
    }

    Findings run() {
        leaving();
        reaching();
        besieged();
        for (std::size_t f = 0; f < s_.planning.figures.size(); ++f) planned(f);
        for (std::size_t f = 0; f < s_.reported.size(); ++f) reported(f);
        return std::move(doubts_.findings);
    }

private:
    const PlaceSettings& place(int i) const { return w_.places[std::size_t(i)]; }

    bool ever_open(int i) const {
        if (place(i).type != PlaceType::crossing) return true;
        return std::any_of(w_.inputs->begin(), w_.inputs->end(),
                           [&](const StepInputs& inputs) { return inputs.quota(i) > 0; });
    }
    /// Whether people stop there.
    bool is_goal(int i) const {
        const auto type = place(i).type;
        return type == PlaceType::town || is_camp(type) ||
               (type == PlaceType::crossing && is_open_[std::size_t(i)]);
    }
    bool is_connected(int i) const {
        return std::any_of(w_.roads.begin(), w_.roads.end(),
                           [&](const Road& road) { return road.from == i || road.to == i; });
    }
    /// Whether a way leads from one place to the other on any day.
    bool way(int from, int to) const {
        return std::any_of(w_.network->reach.begin(), w_.network->reach.end(),
                           [&](const Reach& reach) { return reach.leads(from, to); });
    }

    template <class Is>
    void tell(Is is, const char* key, const char* message, const char* hint) {
        std::vector<std::string> names;
        int first = -1;
        for (int i = 0; i < w_.place_count(); ++i) {
            if (!is(i)) continue;
            if (names.empty()) first = i;
            names.push_back(place(i).place);
        }
        if (names.empty()) return;
        doubts_.warn(fmt::format("network.places[{}].{}", first, key),
                     fmt::format("{}: {}", message, few_of(names)), hint);
    }

    void leaving() {
        tell(
            [&](int i) {
                if (!people_[std::size_t(i)] || !is_connected(i)) return false;
                for (int j = 0; j < w_.place_count(); ++j)
                    if (j != i && is_goal(j) && way(i, j)) return false;
                return true;
            },
            "place", "nobody can ever leave, for no way leads to a town, a camp or an open crossing",
            "open a road with 'routes', or give the place another");
    }

    void reaching() {
        tell(
            [&](int j) {
                const bool is_meant = is_camp(place(j).type) || place(j).capacity.value_or(0) > 0;
                if (!is_meant || !is_connected(j)) return false;
                bool others = false;
                for (int i = 0; i < w_.place_count(); ++i) {
                    if (i == j || !people_[std::size_t(i)]) continue;
                    others = true;
                    if (way(i, j)) return false;
                }
                return others;
            },
            "place", "nobody can ever reach, for no way leads there from where people live",
            "open a road with 'routes', or take the place out");
    }

    void besieged() {
        if (s_.access.empty()) return;
        const bool anywhere =
            std::any_of(w_.inputs->begin(), w_.inputs->end(), [&](const StepInputs& inputs) {
                for (int i = 0; i < w_.place_count(); ++i)
                    if (people_[std::size_t(i)] && inputs.access(i) > 0) return true;
                return false;
            });
        if (!anywhere)
            doubts_.warn("access[0].access", "nobody can leave: access is 0 everywhere, the whole time");
    }

    /// Why a quantity stays at 0; "" if nothing is known against it.
    std::string never(Quantity quantity) const {
        if (quantity == Quantity::returns && w_.return_rate == 0)
            return "nobody returns: behaviour.return.rate is 0";
        if (quantity != Quantity::abroad) return "";
        const bool starts_there = std::any_of(w_.displaced.begin(), w_.displaced.end(), [&](const auto& row) {
            return place(row.place).type == PlaceType::abroad;
        });
        if (starts_there) return "";
        for (int i = 0; i < w_.place_count(); ++i)
            if (place(i).type == PlaceType::crossing && is_open_[std::size_t(i)]) return "";
        return "nobody gets abroad: no crossing is ever open";
    }

    static bool is_of_people(Quantity quantity) {
        return quantity == Quantity::people_displaced || is_stock(quantity);
    }

    /// Why so many are never counted; "" if nothing is known against it.
    template <class Figure>
    std::string too_many(const Figure& figure) const {
        if (is_of_people(figure.quantity) && figure.persons > all_people_)
            return fmt::format("there are only {} people in all", short_number(all_people_));
        if (figure.quantity != Quantity::at_home) return "";
        const auto places = figure.place.empty() ? w_.places_of(figure.area.empty() ? "all" : figure.area)
                                                 : std::vector{w_.place_index(figure.place)};
        double residents = 0;
        for (const int i : places) residents += w_.people_simulated(i);
        return figure.persons > residents ? fmt::format("only {} people live there", short_number(residents))
                                          : "";
    }

    void planned(std::size_t f) {
        const auto& figure = s_.planning.figures[f];
        const auto path = fmt::format("planning.figures[{}]", f);
        const auto why = never(figure.quantity), more = too_many(figure);
        if (!why.empty()) {
            doubts_.warn(path + ".quantity", fmt::format("'{}' is never passed: {}", figure.name, why));
        } else if (figure.persons == 0) {
            doubts_.warn(path + ".persons", fmt::format("'{}' is 0, and passed from the start", figure.name));
        } else if (!more.empty()) {
            doubts_.warn(path + ".persons", fmt::format("'{}' is never passed: {}", figure.name, more));
        } else if (figure.within_days > s_.period.to - s_.period.from + 1) {
            doubts_.warn(path + ".within",
                         fmt::format("'{}' counts the whole run, which is shorter than {} days", figure.name,
                                     figure.within_days),
                         "leave it out, or give fewer days");
        }
    }

    void reported(std::size_t f) {
        const auto& figure = s_.reported[f];
        const auto path = fmt::format("reported[{}]", f);
        const auto why = never(figure.quantity), more = too_many(figure);
        if (!why.empty() && figure.persons > 0)
            doubts_.warn(path + ".quantity", fmt::format("'{}' is never reached: {}", figure.figure, why));
        else if (!more.empty())
            doubts_.warn(path + ".persons", fmt::format("'{}' is never reached: {}", figure.figure, more));
    }

    const World& w_;
    const ScenarioSettings& s_;
    std::vector<bool> people_, is_open_;
    double all_people_ = 0;
    Doubts doubts_;
};

}  // namespace

Findings doubts_about_ways(const World& world) { return WaysChecker(world).run(); }

}  // namespace nuzuh
