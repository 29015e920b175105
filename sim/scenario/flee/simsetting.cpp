// simsetting.yml: every key of Flee 3 is followed, has no effect in Flee either, or is named as not simulated.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/base/text.hpp"
#include "sim/scenario/flee/parts.hpp"
#include "sim/scenario/hints.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/yaml.hpp"

namespace nuzuh::scenario::flee {
namespace {

enum class Use {
    followed,  ///< goes to `flee3` under the same name
    special,   ///< read by a function of its own
    inert,     ///< changes nothing in Flee itself; off, 0 and empty are values like others
    idle,      ///< a switch that changes nothing in Flee itself
    log,       ///< only writes text files
    missing    ///< acts in Flee and is not simulated: a warning, since Flee runs such a case
};

struct Known {
    std::string_view section, key;
    Use use;
};

constexpr Known known_keys[] = {
    {"", "number_of_steps", Use::inert},
    {"", "conflict_input_file", Use::inert},
    {"log_levels", "agent", Use::log},
    {"log_levels", "link", Use::log},
    {"log_levels", "camp", Use::log},
    {"log_levels", "conflict", Use::log},
    {"log_levels", "init", Use::log},
    {"log_levels", "idp_totals", Use::log},
    {"log_levels", "granularity", Use::log},
    {"spawn_rules", "sum_from_camps", Use::followed},
    {"spawn_rules", "insert_day0", Use::followed},
    {"spawn_rules", "empty_camps_on_day0", Use::followed},
    {"spawn_rules", "take_from_population", Use::followed},
    {"spawn_rules", "conflict_spawn_decay", Use::special},
    {"spawn_rules", "conflict_spawn_decay_interval", Use::special},
    {"spawn_rules", "conflict_driven_spawning", Use::special},
    {"spawn_rules", "conflict_zone_spawning_only", Use::inert},
    {"spawn_rules", "default_conflict_intensity", Use::inert},
    {"spawn_rules", "average_social_connectivity", Use::inert},
    {"spawn_rules", "camps_are_sinks", Use::idle},
    {"spawn_rules", "camps_are_sicks", Use::missing},
    {"spawn_rules", "flood_zone_spawning_only", Use::missing},
    {"spawn_rules", "flood_driven_spawning", Use::missing},
    {"spawn_rules", "flood_driven_spawn_mode", Use::missing},
    {"spawn_rules", "starvation_driven_spawning", Use::missing},
    {"spawn_rules", "read_from_agents_csv_file", Use::missing},
    {"move_rules", "max_move_speed", Use::followed},
    {"move_rules", "max_walk_speed", Use::followed},
    {"move_rules", "max_crossing_speed", Use::inert},
    {"move_rules", "start_on_foot", Use::followed},
    {"move_rules", "avoid_short_stints", Use::followed},
    {"move_rules", "conflict_movechance", Use::followed},
    {"move_rules", "camp_movechance", Use::followed},
    {"move_rules", "idpcamp_movechance", Use::followed},
    {"move_rules", "default_movechance", Use::followed},
    {"move_rules", "movechance_pop_base", Use::followed},
    {"move_rules", "movechance_pop_scale_factor", Use::followed},
    {"move_rules", "awareness_level", Use::followed},
    {"move_rules", "camp_weight", Use::followed},
    {"move_rules", "foreign_weight", Use::followed},
    {"move_rules", "conflict_weight", Use::followed},
    {"move_rules", "softening", Use::followed},
    {"move_rules", "weight_softening", Use::followed},
    {"move_rules", "distance_power", Use::followed},
    {"move_rules", "weight_power", Use::followed},
    {"move_rules", "pruning_threshold", Use::followed},
    {"move_rules", "capacity_scaling", Use::followed},
    {"move_rules", "capacity_buffer", Use::followed},
    {"move_rules", "use_pop_for_loc_weight", Use::followed},
    {"move_rules", "pop_power_for_loc_weight", Use::followed},
    {"move_rules", "fixed_routes", Use::followed},
    {"move_rules", "use_v1_rules", Use::special},
    {"move_rules", "two_system_decision_making", Use::idle},
    {"move_rules", "home_distance_power", Use::inert},
    {"move_rules", "avg_religion_fraction", Use::inert},
    {"move_rules", "stay_close_to_home", Use::missing},
    {"move_rules", "ChildrenAvoidHazards", Use::missing},
    {"move_rules", "BoysTakeRisk", Use::missing},
    {"move_rules", "WomenAvoidHazards", Use::missing},
    {"move_rules", "ElderlyAvoidHazards", Use::missing},
    {"move_rules", "MatchCampEthnicity", Use::missing},
    {"move_rules", "MatchTownEthnicity", Use::missing},
    {"move_rules", "MatchConflictEthnicity", Use::missing},
    {"move_rules", "MatchCampReligion", Use::missing},
    {"move_rules", "flee_when_starving", Use::missing},
    {"move_rules", "avoid_food_deprived_locations", Use::missing},
    {"move_rules", "use_economic_pull", Use::missing},
    {"move_rules", "harvest_months", Use::missing},
    {"move_rules", "flood_rules", Use::missing},
    {"optimisations", "hasten", Use::followed},
};

/// YAML 1.1's words for true and false, as Python reads them.
std::optional<bool> truth(const Node& node) {
    const auto word = in_small_letters(node.text);
    if (!node.is_scalar() || node.quoted) return {};
    if (word == "true" || word == "yes" || word == "on") return true;
    if (word == "false" || word == "no" || word == "off") return false;
    if (const auto number = decimal(word)) return *number != 0;
    return {};
}

/// Whether a value says the same as leaving it out: off, zero or empty.
bool says_nothing(const Node& node) {
    return node.is_null() || truth(node) == false || (node.is_list() && node.items.empty()) ||
           (node.is_scalar() && node.text == "0");
}

class Simsetting {
public:
    explicit Simsetting(Notes& notes) : notes_(notes) {}

    void read(const Node& root) {
        for (const Entry& section : root.entries) {
            if (section.value.is_null() || (section.value.is_list() && section.value.items.empty())) continue;
            if (is_alone(section.key)) {
                use("", section);
            } else if (!is_section(section.key)) {
                unknown(section, {"log_levels", "spawn_rules", "move_rules", "optimisations"});
            } else if (!section.value.is_map()) {
                notes_.error(section.spot, "", fmt::format("'{}' expects keys below it", section.key));
            } else {
                for (const Entry& entry : section.value.entries) use(section.key, entry);
            }
        }
    }

    void put_into(Node& scenario) {
        const double length = interval_ ? *interval_ : 30;
        if (decay_) {
            Node list = list_at(decay_->spot);
            for (std::size_t i = 0; i < decay_->items.size(); ++i) {
                const Node& item = decay_->items[i];
                if (i > 0 && item.text == decay_->items[i - 1].text) continue;
                Node node = map_at(item.spot);
                put(node, "after_days", plain(length * double(i)), item.spot);
                put(node, "factor", item.text, item.spot);
                list.items.push_back(std::move(node));
            }
            put(scenario, "conflict_decay", std::move(list));
        }
        if (!flee3_.entries.empty()) put(scenario, "flee3", std::move(flee3_));
    }

private:
    static bool is_alone(const std::string& key) {
        return std::any_of(std::begin(known_keys), std::end(known_keys),
                           [&](const Known& known) { return known.section.empty() && known.key == key; });
    }

    static bool is_section(const std::string& name) {
        return std::any_of(std::begin(known_keys), std::end(known_keys),
                           [&](const Known& known) { return known.section == name; });
    }

    void unknown(const Entry& entry, const std::vector<std::string>& words) {
        const auto near = nearest_word(entry.key, words);
        notes_.warning(
            entry.spot, "",
            fmt::format("Flee has no key {} here and ignores it, and so is it here", in_quotes(entry.key)),
            near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    }

    void use(const std::string& section, const Entry& entry) {
        std::vector<std::string> words;
        for (const Known& known : known_keys) {
            if (known.section == section) words.emplace_back(known.key);
            if (known.section != section || known.key != entry.key) continue;
            if (known.use == Use::followed) return follow(entry);
            if (known.use == Use::special) return take_special(entry);
            if (entry.value.is_null() || (known.use != Use::inert && says_nothing(entry.value))) return;
            if (known.use == Use::log)
                return notes_.warning(entry.spot, "", fmt::format("'{}' writes no log here", entry.key));
            if (known.use != Use::missing)
                return notes_.warning(entry.spot, "",
                                      fmt::format("'{}' has no effect, in Flee neither", entry.key));
            return notes_.warning(
                entry.spot, "",
                fmt::format("'{}' acts in Flee and is not simulated: people do as if it were off", entry.key),
                section == "spawn_rules" ? "who is displaced differs from Flee" : "");
        }
        unknown(entry, words);
    }

    void follow(const Entry& entry) {
        if (entry.value.is_null()) return;
        const auto* key = find_key(fmt::format("flee3.{}", entry.key));
        if (key->kind != ValueKind::flag) return put(flee3_, entry.key, number_as_flee_takes_it(entry));
        const auto value = truth(entry.value);
        if (!value)
            notes_.warning(entry.value.spot, "",
                           fmt::format("'{}' expects True or False, found {}: Flee takes it for True",
                                       entry.key, in_words(entry.value)));
        put(flee3_, entry.key, value.value_or(true) ? "true" : "false", entry.value.spot);
    }

    /// The value of a key as a node; where Flee takes a number outside the range of the setting for one within, that one.
    Node number_as_flee_takes_it(const Entry& entry) {
        Node value = entry.value;
        const auto number = decimal(value.text);
        if (!value.is_scalar() || !number) return value;
        value.quoted = false;
        const auto take = [&](const char* other, const char* why) {
            notes_.warning(
                entry.value.spot, "",
                fmt::format("'{}' of {} is taken as {}: {}", entry.key, entry.value.text, other, why));
            value.text = other;
        };
        if (entry.key == "capacity_buffer" && *number == 1)
            value.text = "0.999999";
        else if (entry.key.ends_with("_movechance") && *number > 1)
            take("1", "no chance is larger");
        else if (entry.key == "awareness_level" && *number < 0)
            take("1", "Flee does");
        else if (entry.key == "conflict_weight" && *number == 0)
            take("1e-9", "the nearest that is simulated");
        return value;
    }

    void take_special(const Entry& entry) {
        if (says_nothing(entry.value)) return;
        if (entry.key == "conflict_spawn_decay") return take_decay(entry);
        if (entry.key == "conflict_driven_spawning") return take_spawning(entry);
        if (entry.key == "conflict_spawn_decay_interval") {
            double days = 0;
            const auto misread = read_number(entry.value, "day", {1, 1e5}, days);
            if (misread) notes_.error(entry.value.spot, "", misread->message, misread->hint);
            interval_ = misread ? 30 : days;
            return;
        }
        for (const auto& [key, value] : {std::pair{"max_move_speed", "200"},
                                         {"camp_weight", "2"},
                                         {"conflict_weight", "0.25"},
                                         {"avoid_short_stints", "false"},
                                         {"start_on_foot", "false"}}) {
            put(flee3_, key, value, entry.spot);
        }
    }

    void take_decay(const Entry& entry) {
        if (!entry.value.is_list())
            notes_.error(
                entry.value.spot, "",
                fmt::format("'{}' expects a list of factors, found {}", entry.key, in_words(entry.value)));
        else
            decay_ = entry.value;
    }

    void take_spawning(const Entry& entry) {
        if (!entry.value.is_map())
            return notes_.error(entry.value.spot, "", fmt::format("'{}' expects keys below it", entry.key));
        std::string mode = "constant";
        for (const Entry& below : entry.value.entries) {
            if (below.key == "spawn_mode") {
                mode = in_small_letters(below.value.text) == "poisson" ? "poisson" : below.value.text;
            } else if (below.key == "displaced_per_conflict_day") {
                put(flee3_, below.key, number_as_flee_takes_it(below));
            } else {
                unknown(below, {"spawn_mode", "displaced_per_conflict_day"});
            }
        }
        if (mode == "pop_ratio" && !flee3_.find("displaced_per_conflict_day"))
            put(flee3_, "displaced_per_conflict_day", "0.01", entry.spot);
        if (mode != "pop_ratio") whole_people();
        put(flee3_, "spawn", "conflict_" + mode, entry.spot);
    }

    /// A number of people a day that is not whole: Flee cuts it off.
    void whole_people() {
        Entry* each = flee3_.find("displaced_per_conflict_day");
        const auto number = each ? decimal(each->value.text) : std::nullopt;
        if (!number || *number == std::trunc(*number)) return;
        notes_.warning(each->value.spot, "",
                       fmt::format("{} people a day are {}: Flee cuts off what is not whole",
                                   each->value.text, std::trunc(*number)),
                       "spawn_mode: pop_ratio takes a share of the population");
        each->value.text = plain(std::trunc(*number));
    }

    Notes& notes_;
    Node flee3_ = map_at({});
    std::optional<Node> decay_;
    std::optional<double> interval_;
};

}  // namespace

void read_simsetting(Reading& reading, const std::filesystem::path& file, Node& scenario) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        reading.notes.warning(
            {}, "", fmt::format("there is no {}: Flee's defaults hold", in_quotes(file.generic_string())));
        return;
    }
    const int source = read_text(reading.sources, reading.notes, file, Spot{});
    if (source < 0) return;
    const auto root = parse_yaml(reading.sources, source, reading.sources[source].text, 0, reading.notes,
                                 KeyTwice::last_counts);
    if (!root || root->is_null()) return;
    Simsetting simsetting(reading.notes);
    simsetting.read(*root);
    simsetting.put_into(scenario);
}

}  // namespace nuzuh::scenario::flee
