#include "sim/scenario/empty_cells.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/scenario/merge.hpp"

namespace nuzuh::scenario {
namespace {

class EmptyCells {
public:
    EmptyCells(const ScenarioSettings& settings, const Node& tree, Notes& notes)
        : s_(settings), tree_(tree), notes_(notes) {}

    void note() {
        for (const char* list :
             {"bombardment", "access", "orders", "ceasefires", "crossings", "routes", "camps", "conflicts"})
            empty_ends(list);
        empty_cells(
            "population", [](const PlaceSettings& place) { return place.type == PlaceType::town; },
            "towns without a number of people, which count as nobody", "write 0 where nobody lives");
        empty_cells(
            "capacity", [](const PlaceSettings& place) { return is_camp(place.type); },
            "camps without a capacity, which count as without limit", "give its capacity [persons]");
    }

private:
    const Node* written(const char* list) const {
        const Node* node = at_path(const_cast<Node&>(tree_), list);
        return node && node->is_list() ? node : nullptr;
    }

    /// A last day may be left out; in a table a cell was perhaps forgotten, or the column.
    void empty_ends(const char* name) {
        const Node* list = written(name);
        if (!list) return;
        std::size_t count = 0;
        const Node* first = nullptr;
        for (const Node& item : list->items) {
            const Entry* to = item.find("to");
            const bool is_forgotten = to ? to->value.empty_cell : item.header && item.find("from");
            if (is_forgotten && count++ == 0) first = to ? &to->value : &item;
        }
        if (count == 0) return;
        notes_.warning(first->spot, name,
                       fmt::format("{} of {} entries of '{}' have no last day, and go on to the end of "
                                   "the run, {}",
                                   count, list->items.size(), name, iso(s_.period.to)),
                       "write the last day into the column 'to'");
    }

    /// Cells of a table of places that are empty in a column that others fill, and keys with nothing behind them.
    template <class Needs>
    void empty_cells(const char* key, Needs needs, const char* message, const char* hint) {
        const Node* list = written("network.places");
        if (!list || list->items.size() != s_.network.places.size()) return;
        std::vector<std::string> names;
        const Entry* first = nullptr;
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            const Entry* cell = list->items[i].find(key);
            if (!cell || !cell->value.is_null() || !needs(s_.network.places[i])) continue;
            if (!first) first = cell;
            names.push_back(s_.network.places[i].place);
        }
        if (!first) return;
        const std::size_t shown = std::min<std::size_t>(names.size(), 4);
        auto text = fmt::format("{}", fmt::join(names.begin(), names.begin() + std::ptrdiff_t(shown), ", "));
        if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
        const Spot& at = first->value.spot.source >= 0 ? first->value.spot : first->spot;
        notes_.warning(at, fmt::format("network.places.{}", key), fmt::format("{}: {}", message, text), hint);
    }

    const ScenarioSettings& s_;
    const Node& tree_;
    Notes& notes_;
};

}  // namespace

void note_empty_cells(const ScenarioSettings& settings, const Node& tree, Notes& notes) {
    EmptyCells(settings, tree, notes).note();
}

}  // namespace nuzuh::scenario
