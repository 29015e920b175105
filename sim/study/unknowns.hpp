// What is not known of a scenario, drawn anew by every member of an ensemble.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/setting_access.hpp"

namespace nuzuh {

/// A setting and what is believed of it before figures are looked at: log-normal around the scenario's own value, or any
/// value of a range as likely; cut off at what the setting takes.
struct PriorParameter {
    std::string key;               ///< dotted
    double own = 0;                ///< of the scenario
    std::optional<double> spread;  ///< [-] standard deviation of the logarithm; none: a range
    double from = 0, to = 0;       ///< of the range

    /// The value at a point of the standard normal distribution.
    double at(double z) const;
};

/// The scenario's prior, or the default prior where it has none.
///
/// @param settings  whose `parameters` are right, see `Unknowns::of`
std::vector<PriorParameter> prior_of(const ScenarioSettings& settings, const SettingAccess& access);

/// What is laid over a scenario so that members draw nothing but chance.
constexpr std::array<std::string_view, 5> all_known{"parameters.drawn=false", "uncertainty.strikes=0",
                                                    "uncertainty.front_days=0", "uncertainty.population=0",
                                                    "uncertainty.capacity=0"};

/// Which draws of behaviour and of inputs a member has. Members come in blocks of four: the second differs from the first
/// in its behaviour and in chance, the third in its inputs and in chance, the fourth in chance alone. Every member's own
/// draw has the same distribution, and differences within blocks tell the sources of a band apart.
struct MemberBlock {
    static constexpr int size = 4, behaviour_differs = 1, inputs_differ = 2, chance_differs = 3;
    int behaviour;
    int inputs;

    static MemberBlock of(int member) {
        const int block = member / size, within = member % size;
        return {2 * block + (within == behaviour_differs), 2 * block + (within == inputs_differ)};
    }
    /// Different draws of behaviour among the first members.
    static int draws(int members) { return 2 * (members / size) + std::min(2, members % size); }
};

/// The unknowns of a scenario: parameters of behaviour by its `parameters`, or by the default prior, and what was given
/// by its `uncertainty`.
///
/// Draws    keyed by the seed and by what is drawn: a scenario laid over another draws the same for what both have.
class Unknowns {
public:
    /// The unknowns of settings. Parameters of which `known` holds the key are not drawn, such as axes of a study.
    ///
    /// @return  the unknowns, or what is wrong with `parameters`, with paths such as `parameters.prior[2].setting`
    static Result<Unknowns> of(const ScenarioSettings& settings, SettingAccess access,
                               const std::vector<std::string>& known = {});

    bool any() const { return !names_.empty(); }
    /// Dotted keys of all parameters; then of the inputs that are drawn, `uncertainty.strikes` and the like.
    const std::vector<std::string>& names() const { return names_; }
    std::size_t parameter_count() const { return parameters_.size() + posterior_keys_.size(); }

    /// Digest of how everything is drawn, but for what is drawn by place, front or entry of bombardment.
    const std::string& fingerprint() const { return fingerprint_; }

    /// What a member runs with.
    struct Member {
        ScenarioSettings settings;
        /// [names] of a parameter its value; of strikes, population and capacity the factor on their sum; of fronts the
        /// mean days by which they are moved
        std::vector<double> values;
    };
    /// What a member draws.
    ///
    /// @param base    the scenario that the unknowns are of, or a set of a study of it: inputs are drawn about its own
    /// @param member  counted from 0
    Member draw(const ScenarioSettings& base, int member) const;

private:
    void read_posterior(const ScenarioSettings& settings, Findings& findings);
    void leave_out(const ScenarioSettings& settings, const std::vector<std::string>& known);
    void check_prior(const ScenarioSettings& settings, Findings& findings) const;
    double draw_parameter(ScenarioSettings& settings, const PriorParameter& parameter, int draw) const;
    void draw_posterior(ScenarioSettings& settings, std::vector<double>& values, int draw) const;

    void take_fingerprint(const ScenarioSettings& settings);

    SettingAccess access_;
    std::string fingerprint_;
    std::uint64_t seed_ = 1;
    std::vector<std::string> names_;
    std::vector<std::string> posterior_keys_;
    std::vector<std::vector<double>> posterior_;  ///< [draw][key]
    std::vector<std::size_t> order_;              ///< [draw] in which they are handed out
    std::vector<PriorParameter> parameters_;
};

/// What the bands of an ensemble hold and what its parameters rest on: for the headline, the page and the results file.
///
/// @param unknowns  that members drew, see `Unknowns::names`
std::string band_text(const ScenarioSettings& settings, const std::vector<std::string>& unknowns);

}  // namespace nuzuh
