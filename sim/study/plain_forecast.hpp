// What a forecast of registrations has to beat: two lines of thought, with bands from their own past errors.
#pragma once

#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace nuzuh {

/// Plain rules of how the people registered divide among camps.
enum class PlainRule {
    persistence,   ///< every camp keeps its share
    recent_split,  ///< new arrivals divide as those of the last fortnight that had any
};

constexpr int plain_rule_count = 2;
constexpr std::array<std::string_view, plain_rule_count> plain_rule_names{"persistence", "recent_split"};

/// [days, C] persons registered up to the day on which something is said.
using CountsUpTo = Eigen::Ref<const Eigen::ArrayXXd>;

/// What a plain rule says of a day ahead.
///
/// @param total  [persons] registered on the day ahead, all camps together
/// @return       [C] persons
Eigen::ArrayXd plain_forecast(PlainRule rule, const CountsUpTo& known, double total);

/// How many people come to camps on a day, by the last 28 days up to the last on which the sum changed: at least 0.
///
/// @param total  [days] persons registered up to the day on which it is said
double recent_rate(const Eigen::Ref<const Eigen::ArrayXd>& total);

/// A band is given as 201 quantiles, half a percent apart, so that every level that is scored is one of them.
constexpr int steps_in_band = 200;

/// Errors as likely as each other, sorted once for all camps of a day ahead.
struct ErrorQuantiles {
    std::vector<double> where_somebody, where_nobody;  ///< [M]

    /// @return  [M] persons as likely as each other
    std::vector<double> band(double said) const;
};

/// How wrong a plain rule has been, pooled over camps and origins: log(1 + counted) - log(1 + said).
///
/// Camps of which it said nobody are kept apart: most stay empty, and some open.
struct PastErrors {
    std::vector<double> where_somebody, where_nobody;

    /// Judgement: of fewer errors no band is made.
    static constexpr std::size_t fewest = 20;
    /// Standard deviation of the logarithm 14 days ahead while fewer are known; it grows with the root of the days.
    /// Judgement.
    static constexpr double default_spread = 0.3;

    /// @param scale  [-] of the error: the root of the ratio of days ahead, where it is of another horizon
    void add(double said, double counted, double scale = 1);
    ErrorQuantiles quantiles(int days_ahead) const;
};

/// How wrong a rule has been by a day: of forecasts from every week before it, those whose day has come.
///
/// @param counted  [days, C] persons registered, as known on each of the days
/// @param least    [persons] that must be registered for a forecast to be made
/// @param total    [persons] at all camps together that is said on a day of so many days ahead
PastErrors past_errors(PlainRule rule, const Eigen::ArrayXXd& counted, int day, int days_ahead, double least,
                       const std::function<double(int day, int days_ahead)>& total);

}  // namespace nuzuh
