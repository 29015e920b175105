#include "sim/scenario/load.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/model/asks_for_draws.hpp"
#include "sim/model/setting_access.hpp"
#include "sim/scenario/axes.hpp"
#include "sim/scenario/dated.hpp"
#include "sim/scenario/flee/case.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/merge.hpp"
#include "sim/scenario/old_names.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/renamed.hpp"
#include "sim/scenario/study.hpp"
#include "sim/scenario/tables.hpp"
#include "sim/scenario/yaml.hpp"

namespace nuzuh {

namespace fs = std::filesystem;
using scenario::Entry, scenario::Node, scenario::Notes, scenario::Sources, scenario::Spot;

/// The files and the merged tree that the settings were read from.
class ScenarioText {
public:
    Sources sources;
    Node tree;
};

namespace {

constexpr std::size_t longest_chain = 16;

/// Takes the entry with this key out of a map; nothing if it is not there.
std::optional<Node> taken(Node& map, std::string_view key) {
    const auto found =
        std::find_if(map.entries.begin(), map.entries.end(), [&](const Entry& e) { return e.key == key; });
    if (found == map.entries.end()) return {};
    Node value = std::move(found->value);
    map.entries.erase(found);
    return value;
}

/// A scenario by itself, before it is laid over the one that it extends.
struct Layer {
    Node root;
    std::optional<Node> extends, replaces;
};

void lay_over_base(Node& base, Layer layer, Notes& notes) {
    if (layer.replaces) scenario::empty_replaced(base, *layer.replaces, notes);
    const Spot spot = layer.root.spot;
    scenario::lay_over(base, std::move(layer.root), "", notes);
    base.spot = spot;
}

/// Reads a scenario and, below it, those that it extends.
class Layers {
public:
    Layers(Sources& sources, Notes& notes, fs::path flee_settings)
        : sources_(sources), notes_(notes), flee_settings_(std::move(flee_settings)) {}

    std::optional<Node> read(const fs::path& path, const Spot& asked_at) {
        const fs::path identity = fs::weakly_canonical(path);
        if (!may_read(identity, path, asked_at)) return {};
        sources_.begin_layer(int(chain_.size()));
        chain_.push_back(identity);
        if (fs::is_directory(path)) return read_case(path, asked_at);

        const int source = scenario::read_text(sources_, notes_, path, asked_at);
        if (source < 0) return {};
        auto layer = parsed(source, path.parent_path());
        if (!layer) return {};
        if (!layer->extends) {
            if (layer->replaces)
                notes_.warning(layer->replaces->spot, "replaces",
                               "'replaces' does nothing without 'extends'");
            return std::move(layer->root);
        }
        auto base = base_of(*layer->extends, path);
        if (!base) return {};
        lay_over_base(*base, std::move(*layer), notes_);
        return base;
    }

    /// A source by itself, the tables that it names put in.
    ///
    /// @param folder  in which those stand
    std::optional<Layer> parsed(int source, const fs::path& folder) {
        auto root = scenario::parse_yaml(sources_, source, sources_[source].text, 0, notes_);
        if (!root || !is_scenario(*root, source)) return {};
        Layer layer;
        layer.extends = taken(*root, "extends");
        if (layer.extends && layer.extends->is_null()) layer.extends.reset();
        layer.replaces = taken(*root, "replaces");
        scenario::rename_former_keys(*root, notes_);
        scenario::put_tables_in(*root, folder, sources_, notes_);
        scenario::rename_former_keys(*root, notes_);  // columns of the tables
        scenario::note_twins(*root, sources_, notes_);
        layer.root = std::move(*root);
        return layer;
    }

private:
    std::optional<Node> read_case(const fs::path& path, const Spot& asked_at) {
        if (scenario::is_flee_case(path))
            return scenario::read_flee_case(path, flee_settings_, sources_, notes_);
        notes_.error(asked_at, "",
                     fmt::format("{} is a folder, and no case of Flee: it has no folder 'input_csv'",
                                 scenario::in_quotes(path.generic_string())));
        return {};
    }

    bool may_read(const fs::path& identity, const fs::path& path, const Spot& asked_at) {
        const auto before = std::find(chain_.begin(), chain_.end(), identity);
        if (before != chain_.end()) {
            std::vector<std::string> names;
            for (auto at = before; at != chain_.end(); ++at) names.push_back(at->filename().string());
            names.push_back(path.filename().string());
            notes_.error(asked_at, "extends",
                         fmt::format("'extends' goes in a circle: {}", fmt::join(names, " -> ")),
                         "let one of them stand alone");
            return false;
        }
        if (chain_.size() >= longest_chain) {
            notes_.error(asked_at, "extends",
                         fmt::format("more than {} scenarios extend each other", longest_chain));
            return false;
        }
        return true;
    }

    bool is_scenario(const Node& root, int source) {
        if (root.is_map()) return true;
        if (root.is_null())
            notes_.error({source}, "", "the file is empty", "a scenario begins with 'title: ...'");
        else
            notes_.error(root.spot, "", fmt::format("a scenario is made of keys, found {}", in_words(root)),
                         "it begins with 'title: ...'");
        return false;
    }

    std::optional<Node> base_of(const Node& extends, const fs::path& path) {
        if (!extends.is_scalar() || extends.text.empty()) {
            notes_.error(
                extends.spot, "extends",
                fmt::format("'extends' expects the name of a scenario file, found {}", in_words(extends)));
            return {};
        }
        return read((path.parent_path() / extends.text).lexically_normal(), extends.spot);
    }

    Sources& sources_;
    Notes& notes_;
    fs::path flee_settings_;
    std::vector<fs::path> chain_;
};

std::vector<InputFile> inputs_of(const Sources& sources, const fs::path& scenario) {
    const fs::path folder = fs::weakly_canonical(fs::absolute(scenario)).parent_path();
    std::vector<InputFile> inputs;
    for (int i = 0; i < sources.size(); ++i) {
        if (sources[i].path.empty()) continue;
        const auto path =
            fs::weakly_canonical(fs::absolute(sources[i].path)).lexically_relative(folder).generic_string();
        const auto same = [&](const InputFile& input) { return input.path == path; };
        if (std::none_of(inputs.begin(), inputs.end(), same)) inputs.push_back({path, sources[i].sha256});
    }
    return inputs;
}

/// What is known when the file itself cannot be opened: only its name.
Findings named(Findings findings, const std::string& path) {
    for (auto& finding : findings) {
        if (finding.location.file.empty()) finding.location.file = path;
    }
    return findings;
}

}  // namespace

namespace {

/// The merged tree of a file, the scenarios it extends and the overrides; nothing after findings.
std::optional<Node> merged_tree(const std::string& path, const std::vector<std::string>& overrides,
                                Sources& sources, Notes& notes, const std::string& flee_settings = {}) {
    auto tree = Layers(sources, notes, flee_settings).read(fs::path(path), Spot{});
    if (!tree) return {};
    sources.begin_layer(-1);
    scenario::set_keys(*tree, overrides, sources, notes);
    scenario::take_old_names(*tree, notes);
    return tree;
}

/// A study is not a scenario that can be run once.
void note_study_keys(const Node& tree, Notes& notes) {
    for (const Entry& entry : tree.entries) {
        if (!scenario::is_study_key(entry.key)) continue;
        notes.error(entry.spot, entry.key, fmt::format("'{}' makes this a study, not a scenario", entry.key),
                    "run it with 'nuzuh sweep'");
        return;
    }
}

/// Replicates that differ in nothing, and axes of what only replicates draw.
void note_idle_replicates(const LoadedStudy& loaded, const Node& tree, Notes& notes) {
    const auto& settings = loaded.scenario.settings;
    const auto& axes = loaded.study.design.axes;
    const auto is_drawn = [](const Axis& axis) { return is_within(axis.key, "uncertainty"); };
    const auto drawn_axis = std::find_if(axes.begin(), axes.end(), is_drawn);
    if (loaded.study.replicates > 1 && settings.engine.mode == DrawMode::expected &&
        !asks_for_draws(settings))
        notes.error(scenario::spot_of_path(tree, "replicates"), "replicates",
                    "in expected mode every replicate is the same where nothing is drawn",
                    "use replicates: 1");
    if (loaded.study.replicates == 1 && drawn_axis != axes.end())
        notes.error(scenario::spot_of_path(tree, "axes." + drawn_axis->key), "axes." + drawn_axis->key,
                    fmt::format("'{}' does nothing: one replicate draws nothing", drawn_axis->key),
                    "use two replicates or more");
}

/// A study collects what it keeps, and has no results of members.
void note_idle_members(const LoadedStudy& loaded, const Node& tree, Notes& notes) {
    if (loaded.scenario.settings.output.members == MembersKept::all) return;
    notes.error(scenario::spot_of_path(tree, "output.members"), "output.members",
                "'output.members' does nothing in a study: 'collect' says what is kept of its runs",
                "leave it out; of a scenario that is extended, write output: {members: all} over it");
}

}  // namespace

Result<LoadedScenario> load_scenario(const std::string& path, const std::vector<std::string>& overrides,
                                     const std::string& flee_settings) {
    auto text = std::make_shared<ScenarioText>();
    Notes notes(text->sources);
    auto tree = merged_tree(path, overrides, text->sources, notes, flee_settings);
    if (!tree) return named(notes.sorted(), path);
    text->tree = std::move(*tree);
    note_study_keys(text->tree, notes);
    auto settings = scenario::read_settings(text->tree, notes);
    if (notes.has_errors()) return named(notes.sorted(), path);
    scenario::note_doubtful_entries(settings, text->tree, text->sources, notes);
    auto inputs = inputs_of(text->sources, fs::path(path));
    return {LoadedScenario{std::move(settings), std::move(inputs), std::move(text)}, notes.sorted()};
}

Result<ScenarioSettings> read_scenario_text(std::string yaml) {
    Sources sources;
    Notes notes(sources);
    const int source = sources.add("scenario", "", std::move(yaml));
    auto tree = scenario::parse_yaml(sources, source, sources[source].text, 0, notes);
    if (!tree) return notes.sorted();
    scenario::rename_former_keys(*tree, notes);
    scenario::take_old_names(*tree, notes);
    auto settings = scenario::read_settings(*tree, notes);
    if (notes.has_errors()) return notes.sorted();
    return {std::move(settings), notes.sorted()};
}

Result<ScenarioBase> ScenarioBase::of(std::string yaml) {
    auto text = std::make_shared<ScenarioText>();
    Notes notes(text->sources);
    text->sources.begin_layer(1);
    const int source = text->sources.add("the scenario of the results", "", std::move(yaml));
    auto tree = scenario::parse_yaml(text->sources, source, text->sources[source].text, 0, notes);
    if (!tree) return notes.sorted();
    scenario::rename_former_keys(*tree, notes);
    text->tree = std::move(*tree);
    ScenarioBase base;
    base.text_ = std::move(text);
    return base;
}

Result<LoadedScenario> ScenarioBase::with(std::string what_if) const {
    auto text = std::make_shared<ScenarioText>(*text_);
    Notes notes(text->sources);
    text->sources.begin_layer(0);
    const int source = text->sources.add(what_if_name, "", std::move(what_if));
    if (!text->sources[source].text.empty()) {
        auto over = Layers(text->sources, notes, {}).parsed(source, {});
        if (!over) return notes.sorted();
        lay_over_base(text->tree, std::move(*over), notes);
    }
    scenario::take_old_names(text->tree, notes);
    note_study_keys(text->tree, notes);
    auto settings = scenario::read_settings(text->tree, notes);
    if (notes.has_errors()) return notes.sorted();
    scenario::note_doubtful_entries(settings, text->tree, text->sources, notes);
    return {LoadedScenario{std::move(settings), {}, std::move(text)}, notes.sorted()};
}

Result<LoadedStudy> load_study(const std::string& path, const std::vector<std::string>& overrides) {
    auto text = std::make_shared<ScenarioText>();
    Notes notes(text->sources);
    auto tree = merged_tree(path, overrides, text->sources, notes);
    if (!tree) return named(notes.sorted(), path);
    text->tree = std::move(*tree);
    LoadedStudy loaded;
    loaded.scenario.settings = scenario::read_settings(text->tree, notes);
    loaded.study = scenario::read_study(scenario::with_axes_as_list(text->tree, notes), notes);
    scenario::check_axes(text->tree, loaded.study, loaded.scenario.settings, notes);
    note_idle_replicates(loaded, text->tree, notes);
    note_idle_members(loaded, text->tree, notes);
    if (notes.has_errors()) return named(notes.sorted(), path);
    scenario::note_doubtful_entries(loaded.scenario.settings, text->tree, text->sources, notes);
    loaded.scenario.settings.engine.members = loaded.study.replicates;
    loaded.scenario.inputs = inputs_of(text->sources, fs::path(path));
    loaded.scenario.text = std::move(text);
    return {std::move(loaded), notes.sorted()};
}

std::vector<std::filesystem::path> files_of(const std::string& path, const LoadedScenario& loaded) {
    const fs::path folder = fs::weakly_canonical(fs::absolute(path)).parent_path();
    std::vector<fs::path> files;
    for (const auto& input : loaded.inputs) files.push_back(fs::proximate(folder / input.path));
    return files;
}

bool is_study(const std::string& path) {
    Sources sources;
    Notes notes(sources);
    const auto tree = merged_tree(path, {}, sources, notes);
    return tree && std::any_of(tree->entries.begin(), tree->entries.end(),
                               [](const Entry& entry) { return scenario::is_study_key(entry.key); });
}

Findings located(const LoadedScenario& scenario, Findings findings) {
    const auto& text = *scenario.text;
    struct Placed {
        Spot spot;
        Finding finding;
    };
    std::vector<Placed> placed;
    for (auto& finding : findings) {
        const Spot spot = scenario::spot_of_path(text.tree, finding.path);
        scenario::place(finding, spot, text.sources);
        placed.push_back({spot, std::move(finding)});
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::tie(a.spot.source, a.spot.line, a.spot.column) <
               std::tie(b.spot.source, b.spot.line, b.spot.column);
    });
    Findings out;
    for (auto& p : placed) out.push_back(std::move(p.finding));
    return out;
}

}  // namespace nuzuh
