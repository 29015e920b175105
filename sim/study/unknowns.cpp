#include "sim/study/unknowns.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "sim/base/samplers.hpp"
#include "sim/base/sha256.hpp"
#include "sim/model/default_prior.hpp"

namespace nuzuh {
namespace {

/// Beyond this many draws outside what a setting takes, it stays as the scenario has it.
constexpr int most_tries = 1000;

constexpr int few_members = 40;  ///< judgement: a band of 20 draws is rough

std::uint64_t address_of(std::string_view name) {
    return std::stoull(sha256(name).substr(0, 16), nullptr, 16);
}

/// A factor of mean 1.
double log_normal_factor(Stream& stream, double spread) {
    return std::exp(spread * standard_normal(stream) - spread * spread / 2);
}

/// A sum before and after its terms were drawn.
struct ScaledSum {
    double before = 0, after = 0;
    void add(double was, double is) {
        before += was;
        after += is;
    }
    double factor() const { return before > 0 ? after / before : 1; }
};

/// Draws what was given to the model.
class InputDraws {
public:
    InputDraws(ScenarioSettings& settings, std::uint64_t seed, int draw)
        : s_(settings), draws_(seed, 0), draw_(draw) {}

    /// @return  factor on all strikes
    double strikes() {
        ScaledSum sum;
        std::map<std::string, int> seen;  // entries so far of an area or a place
        for (auto& entry : s_.bombardment.own()) {
            if (!entry.strikes_per_day) continue;
            const std::string where = entry.area + " " + entry.place;
            const Date last = std::min(entry.to.value_or(s_.period.to), s_.period.to);
            const double days = std::max(0, last - std::max(entry.from, s_.period.from) + 1);
            const double was = *entry.strikes_per_day;
            *entry.strikes_per_day *=
                factor(fmt::format("strikes {} {}", where, seen[where]++), s_.uncertainty.strikes);
            sum.add(days * was, days * *entry.strikes_per_day);
        }
        return sum.factor();
    }

    /// @return  mean days by which fronts are moved
    double front_days() {
        double sum = 0;
        for (auto& front : s_.fronts.own()) {
            Stream stream = at("front " + front.place);
            const int days =
                shift_inside(front, int(std::lround(s_.uncertainty.front_days * standard_normal(stream))));
            for (auto* date : {&front.assault_from, &front.assault_to, &front.falls}) {
                if (*date) *date = **date + days;
            }
            sum += days;
        }
        return s_.fronts.empty() ? 0 : sum / double(s_.fronts.size());
    }

    /// @return  factor on all people
    double population() {
        ScaledSum sum;
        for (auto& place : s_.network.places.own()) {
            const double was = place.population;
            place.population *= factor("population " + place.place, s_.uncertainty.population);
            sum.add(was, place.population);
        }
        return sum.factor();
    }

    /// @return  factor on all room
    double capacity() {
        ScaledSum sum;
        for (auto& place : s_.network.places.own()) {
            if (!place.capacity) continue;
            const double was = *place.capacity;
            *place.capacity *= factor("capacity " + place.place, s_.uncertainty.capacity);
            sum.add(was, *place.capacity);
        }
        return sum.factor();
    }

private:
    Stream at(std::string_view what) {
        return draws_.at(Purpose::unknown_input, std::uint64_t(draw_), address_of(what));
    }
    double factor(const std::string& what, double spread) {
        Stream stream = at(what);
        return log_normal_factor(stream, spread);
    }

    /// The number of days, nearer to 0, that leaves no date before the period that was in it. Its end does not matter:
    /// `--until` moves that.
    int shift_inside(const FrontSettings& front, int days) const {
        for (const auto& date : {front.assault_from, front.assault_to, front.falls}) {
            if (date && *date >= s_.period.from) days = std::max(days, s_.period.from - *date);
        }
        return days;
    }

    ScenarioSettings& s_;
    Draws draws_;
    int draw_;
};

bool has_strikes(const ScenarioSettings& s) {
    return std::any_of(s.bombardment.begin(), s.bombardment.end(),
                       [](const auto& entry) { return entry.strikes_per_day.value_or(0) > 0; });
}

bool has_capacity(const ScenarioSettings& s) {
    return std::any_of(s.network.places.begin(), s.network.places.end(),
                       [](const auto& place) { return place.capacity.value_or(0) > 0; });
}

/// An input that members draw.
struct Input {
    const char* name;
    const char* words;
    bool (*acts)(const ScenarioSettings&);
    double (InputDraws::*draw)();
};

constexpr Input inputs[] = {
    {"uncertainty.strikes", "strikes",
     [](const ScenarioSettings& s) { return s.uncertainty.strikes > 0 && has_strikes(s); },
     &InputDraws::strikes},
    {"uncertainty.front_days", "fronts",
     [](const ScenarioSettings& s) { return s.uncertainty.front_days > 0 && !s.fronts.empty(); },
     &InputDraws::front_days},
    {"uncertainty.population", "populations",
     [](const ScenarioSettings& s) { return s.uncertainty.population > 0 && s.registrations.empty(); },
     &InputDraws::population},
    {"uncertainty.capacity", "capacities",
     [](const ScenarioSettings& s) { return s.uncertainty.capacity > 0 && has_capacity(s); },
     &InputDraws::capacity},
};

/// The rules of Flee 3 are there to do what Flee does.
bool is_drawn(const Input& input, const ScenarioSettings& settings) {
    return settings.behaviour.rules == Rules::hazard_choice && input.acts(settings);
}

/// Settings that fix the shape of the results, or that runs do not read.
bool may_be_drawn(std::string_view key) {
    for (const char* fixed : {"title", "summary", "period", "unit", "output", "planning", "reported",
                              "engine", "parameters", "uncertainty"}) {
        if (is_within(key, fixed)) return false;
    }
    return !(key.starts_with("groups.") && key.ends_with(".share"));  // shares add to 1
}

Finding misgiven(std::string path, std::string message, std::string hint = "") {
    return {Severity::error, std::move(path), std::move(message), std::move(hint), {}, {}};
}

/// Rows of a posterior by draw.
class PosteriorTable {
public:
    PosteriorTable(const ScenarioSettings& settings, const SettingAccess& access, Findings& findings)
        : settings_(settings), access_(access), findings_(findings), scratch_(settings) {
        const auto& rows = settings.parameters.posterior;
        for (std::size_t r = 0; r < rows.size(); ++r) take(rows[r], r);
        if (!rows.empty() && draws_.size() - draws_.count(0) < 2)
            findings_.push_back(
                misgiven("parameters.posterior[0].draw", "a posterior has two draws or more beside draw 0"));
        if (rows.empty() || draws_.contains(0)) return;
        findings_.push_back(
            misgiven("parameters.posterior[0].draw", "the posterior lacks draw 0",
                     "draw 0 holds the values of the scenario that was calibrated; where a scenario has "
                     "others, all draws move in proportion"));
    }

    const std::vector<std::string>& keys() const { return keys_; }

    /// [draw][key] as this scenario has them.
    std::vector<std::vector<double>> lines() {
        std::vector<std::vector<double>> lines;
        for (const auto& [draw, one] : draws_) {
            std::vector<double> line;
            for (const auto& key : keys_) {
                const auto value = value_of(draw, one, key);
                if (!value) break;
                line.push_back(*value);
            }
            if (draw > 0) lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    struct Cell {
        std::size_t row;
        double value;
    };
    struct Draw {
        std::size_t first_row;
        std::map<std::string, Cell> cells;
    };

    void wrong(std::size_t row, const char* key, std::string message, std::string hint = "") {
        findings_.push_back(misgiven(fmt::format("parameters.posterior[{}].{}", row, key), std::move(message),
                                     std::move(hint)));
    }

    void take(const PosteriorValue& row, std::size_t r) {
        const auto& [draw, key, value] = row;
        if (!may_be_drawn(key) || !own(key))
            return wrong(r, "setting", fmt::format("'{}' is no number that can be drawn", key),
                         access_.hint(key));
        auto& cells = draws_.try_emplace(draw, Draw{r, {}}).first->second.cells;
        if (!cells.emplace(key, Cell{r, value}).second)
            wrong(r, "setting", fmt::format("draw {} has '{}' twice", draw, key),
                  "a scenario that extends another and has a posterior of its own needs replaces: "
                  "[parameters.posterior]");
        if (std::find(keys_.begin(), keys_.end(), key) == keys_.end()) keys_.push_back(key);
    }

    /// Nothing where the draw lacks the setting, which is said.
    std::optional<double> value_of(int draw, const Draw& one, const std::string& key) {
        const auto found = one.cells.find(key);
        if (found == one.cells.end()) {
            wrong(one.first_row, "draw", fmt::format("draw {} lacks '{}'", draw, key),
                  "every draw has a value of every setting");
            return {};
        }
        const auto& [row, value] = found->second;
        const double now = *own(key), reference = reference_of(key);
        if (now != reference && reference == 0) {
            if (draw == 0)
                wrong(row, "value",
                      fmt::format("'{}' was 0 when it was calibrated, and is {} here", key, now));
            return value;
        }
        const double here = now == reference ? value : value * now / reference;
        if (auto no = access_.set(scratch_, key, fmt::format("{}", here)); !no.empty())
            wrong(row, "value", no,
                  now == reference
                      ? ""
                      : fmt::format("'{}' is {} here and was {} when it was calibrated: every draw is "
                                    "multiplied by {:.4g}",
                                    key, now, reference, now / reference));
        return here;
    }

    double reference_of(const std::string& key) const {
        const auto zero = draws_.find(0);
        if (zero == draws_.end()) return *own(key);
        const auto found = zero->second.cells.find(key);
        return found == zero->second.cells.end() ? *own(key) : found->second.value;
    }

    /// The number that the scenario has: looked up once, for all draws have it.
    const std::optional<double>& own(const std::string& key) const {
        const auto known = own_.find(key);
        return known != own_.end() ? known->second
                                   : own_.emplace(key, access_.number(settings_, key)).first->second;
    }

    const ScenarioSettings& settings_;
    const SettingAccess& access_;
    Findings& findings_;
    ScenarioSettings scratch_;
    std::map<int, Draw> draws_;
    std::vector<std::string> keys_;
    mutable std::map<std::string, std::optional<double>> own_;
};

}  // namespace

void Unknowns::read_posterior(const ScenarioSettings& settings, Findings& findings) {
    PosteriorTable table(settings, access_, findings);
    posterior_ = table.lines();
    posterior_keys_ = table.keys();
    std::vector<double> keys;
    const Draws random(seed_, 0);
    for (std::size_t d = 0; d < posterior_.size(); ++d)
        keys.push_back(random.at(Purpose::unknown_behaviour, 0, d).uniform());
    order_.resize(posterior_.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
}

void Unknowns::check_prior(const ScenarioSettings& settings, Findings& findings) const {
    const auto& rows = settings.parameters.prior;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& row = rows[r];
        const auto wrong = [&](const char* key, std::string message, std::string hint = "") {
            findings.push_back(misgiven(fmt::format("parameters.prior[{}].{}", r, key), std::move(message),
                                        std::move(hint)));
        };
        const auto own = access_.number(settings, row.setting);
        if (!may_be_drawn(row.setting) || !own) {
            wrong("setting", fmt::format("'{}' is no number that can be drawn", row.setting),
                  access_.hint(row.setting));
            continue;
        }
        if (std::find(posterior_keys_.begin(), posterior_keys_.end(), row.setting) != posterior_keys_.end())
            wrong("setting", fmt::format("'{}' is drawn by the posterior already", row.setting));
        if (bool(row.spread) == (row.from || row.to))
            wrong("setting", fmt::format("'{}' needs either a spread, or both from and to", row.setting));
        else if (!row.spread && !(row.from && row.to))
            wrong(row.from ? "from" : "to", "a range has both ends, from and to");
        else if (!row.spread && *row.from >= *row.to)
            wrong("from", fmt::format("'from' {} lies not below 'to' {}", *row.from, *row.to));
        else if (!row.spread && (*own < *row.from || *own > *row.to))
            wrong("setting", fmt::format("'{}' is {} in the scenario, outside of {} to {} that members draw",
                                         row.setting, *own, *row.from, *row.to));
        else if (row.spread && *own <= 0)
            wrong("spread", fmt::format("'{}' is {}: a spread around it does nothing", row.setting, *own),
                  "give from and to");
        for (const auto& [key, end] : {std::pair{"from", row.from}, {"to", row.to}}) {
            ScenarioSettings scratch = settings;
            if (!end) continue;
            if (auto no = access_.set(scratch, row.setting, fmt::format("{}", *end)); !no.empty())
                wrong(key, no);
        }
    }
}

double PriorParameter::at(double z) const {
    if (spread) return own * std::exp(*spread * z);
    return from + (to - from) * std::erfc(-z / std::sqrt(2.0)) / 2;
}

namespace {

/// Whether the scenario has what a setting of the default prior acts on.
bool has_subject(const ScenarioSettings& settings, std::string_view key) {
    if (key.starts_with("behaviour.leave.order_")) return !settings.orders.empty();
    if (key == "behaviour.return.after_ceasefire") return !settings.ceasefires.empty();
    return true;
}

}  // namespace

std::vector<PriorParameter> prior_of(const ScenarioSettings& settings, const SettingAccess& access) {
    std::vector<PriorParameter> parameters;
    for (const auto& row : settings.parameters.prior)
        parameters.push_back({row.setting, access.number(settings, row.setting).value_or(0), row.spread,
                              row.from.value_or(0), row.to.value_or(0)});
    if (!parameters.empty() || settings.behaviour.rules != Rules::hazard_choice) return parameters;
    const auto take = [&](std::string key, double spread) {
        const auto own = access.number(settings, key);
        if (own && *own > 0 && has_subject(settings, key))
            parameters.push_back({std::move(key), *own, spread, 0, 0});
    };
    const bool leaves = settings.behaviour.leave.departures == DeparturesBy::hazard;
    constexpr std::string_view of_groups = "groups.*.";
    for (const auto& [setting, spread] : default_prior) {
        const bool is_of_groups = setting.starts_with(of_groups);
        if (!leaves && (is_of_groups || setting.starts_with("behaviour.leave."))) continue;
        if (!is_of_groups) take(std::string(setting), spread);
        for (std::size_t g = 0; is_of_groups && g < settings.groups.size(); ++g) {
            const auto& group = settings.groups[g];
            const auto key = setting.substr(of_groups.size());
            if (key != "draw" || !group.drawn_to.empty())
                take(fmt::format("groups.{}.{}", group.name, key), spread);
        }
    }
    return parameters;
}

namespace {

/// Whether two keys are of one setting, which may be named by its entry's name or its position.
bool is_same_setting(const ScenarioSettings& settings, const SettingAccess& access, const std::string& one,
                     const std::string& other) {
    const auto own = access.number(settings, one);
    if (one == other || !own || access.number(settings, other) != own) return one == other;
    for (const double away : {0.999, 1.001}) {
        ScenarioSettings scratch = settings;
        const double moved = *own == 0 ? away - 0.998 : *own * away;
        if (access.set(scratch, one, fmt::format("{}", moved)).empty())
            return access.number(scratch, other) != own;
    }
    return false;
}

}  // namespace

void Unknowns::leave_out(const ScenarioSettings& settings, const std::vector<std::string>& known) {
    const auto is_known = [&](const std::string& key) {
        return std::any_of(known.begin(), known.end(), [&](const std::string& other) {
            return is_same_setting(settings, access_, key, other);
        });
    };
    std::erase_if(parameters_, [&](const PriorParameter& parameter) { return is_known(parameter.key); });
    for (std::size_t k = posterior_keys_.size(); k-- > 0;) {
        if (!is_known(posterior_keys_[k])) continue;
        posterior_keys_.erase(posterior_keys_.begin() + std::ptrdiff_t(k));
        for (auto& line : posterior_) line.erase(line.begin() + std::ptrdiff_t(k));
    }
}

Result<Unknowns> Unknowns::of(const ScenarioSettings& settings, SettingAccess access,
                              const std::vector<std::string>& known) {
    Unknowns unknowns;
    Findings findings;
    unknowns.access_ = std::move(access);
    unknowns.seed_ = std::uint64_t(settings.engine.seed);
    unknowns.read_posterior(settings, findings);
    unknowns.check_prior(settings, findings);
    if (has_errors(findings)) return findings;
    const auto& given = settings.parameters;
    if (!given.drawn) {
        unknowns.posterior_keys_.clear();
        unknowns.posterior_.clear();
    } else if (given.posterior.empty() || !given.prior.empty()) {
        unknowns.parameters_ = prior_of(settings, unknowns.access_);
    }
    unknowns.leave_out(settings, known);
    unknowns.names_ = unknowns.posterior_keys_;
    for (const auto& parameter : unknowns.parameters_) unknowns.names_.push_back(parameter.key);
    for (const auto& input : inputs) {
        if (is_drawn(input, settings)) unknowns.names_.push_back(input.name);
    }
    unknowns.take_fingerprint(settings);
    return {std::move(unknowns), std::move(findings)};
}

void Unknowns::take_fingerprint(const ScenarioSettings& settings) {
    if (!any()) return;
    const auto& given = settings.uncertainty;
    std::string text =
        fmt::format("{} {} {} {}\n", given.strikes, given.front_days, given.population, given.capacity);
    for (const auto& p : parameters_)
        text += fmt::format("{} {} {} {}\n", p.key, p.spread.value_or(-1), p.from, p.to);
    for (const auto& [draw, key, value] : settings.parameters.posterior)
        if (settings.parameters.drawn) text += fmt::format("{} {} {}\n", draw, key, value);
    fingerprint_ = sha256(text);
}

void Unknowns::draw_posterior(ScenarioSettings& settings, std::vector<double>& values, int draw) const {
    if (posterior_.empty()) return;
    const auto& line = posterior_[order_[std::size_t(draw) % order_.size()]];
    for (std::size_t k = 0; k < line.size(); ++k) {
        access_.set(settings, posterior_keys_[k], fmt::format("{}", line[k]));
        values.push_back(line[k]);
    }
}

/// Values that the setting does not take are drawn anew: the distribution is cut off at its range.
double Unknowns::draw_parameter(ScenarioSettings& settings, const PriorParameter& parameter, int draw) const {
    Stream stream =
        Draws(seed_, 0).at(Purpose::unknown_behaviour, std::uint64_t(draw) + 1, address_of(parameter.key));
    for (int tries = 0; tries < most_tries; ++tries) {
        const double value = parameter.at(standard_normal(stream));
        if (access_.set(settings, parameter.key, fmt::format("{}", value)).empty()) return value;
    }
    return parameter.own;
}

Unknowns::Member Unknowns::draw(const ScenarioSettings& base, int member) const {
    Member drawn{base, {}};
    const MemberBlock block = MemberBlock::of(member);
    draw_posterior(drawn.settings, drawn.values, block.behaviour);
    for (const auto& parameter : parameters_)
        drawn.values.push_back(draw_parameter(drawn.settings, parameter, block.behaviour));
    InputDraws given(drawn.settings, seed_, block.inputs);
    for (const auto& input : inputs) {
        if (is_drawn(input, base)) drawn.values.push_back((given.*input.draw)());
    }
    return drawn;
}

std::string band_text(const ScenarioSettings& settings, const std::vector<std::string>& unknowns) {
    if (settings.engine.mode == DrawMode::expected && unknowns.empty())
        return "Expected values take every draw at its mean. They are not the mean of runs: with the noise "
               "of northwest Syria in 2019 they lie up to 3 % above it in people displaced, and 7 % in "
               "departures.";
    std::vector<std::string> holds, inputs_drawn;
    if (settings.engine.mode == DrawMode::stochastic) holds.push_back("chance");
    for (const auto& input : inputs) {
        if (std::find(unknowns.begin(), unknowns.end(), input.name) != unknowns.end())
            inputs_drawn.push_back(input.words);
    }
    const auto counted = [](std::size_t n, const char* one) {
        return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s");
    };
    if (const auto parameters = unknowns.size() - inputs_drawn.size(); parameters > 0)
        holds.push_back(counted(parameters, "parameter"));
    if (!inputs_drawn.empty()) holds.push_back(fmt::format("inputs ({})", fmt::join(inputs_drawn, ", ")));
    std::string text = unknowns.empty() ? "Bands hold chance alone; parameters and inputs are taken as known."
                                        : fmt::format("Bands hold {}.", fmt::join(holds, ", "));
    const int members = settings.engine.members;
    if (!unknowns.empty() && members < few_members)
        text += fmt::format(" {} members hold only {} of what is not known.", members,
                            counted(std::size_t(MemberBlock::draws(members)), "draw"));
    const auto& figures = settings.reported;
    const auto fitted = std::count_if(figures.begin(), figures.end(), [](const auto& f) { return f.fitted; });
    if (!settings.parameters.fitted_on.empty())
        text += fmt::format(" Parameters: fitted on {}.", settings.parameters.fitted_on);
    else if (fitted == 0)
        text += " Parameters: the scenario's own, fitted on nothing that it names.";
    if (!figures.empty())
        text +=
            fmt::format(" Of {} reported here {} marked as used for that.", counted(figures.size(), "figure"),
                        fitted == 0 ? "none is" : fmt::format("{} {}", fitted, fitted == 1 ? "is" : "are"));
    return text;
}

}  // namespace nuzuh
