#include <algorithm>
#include <numeric>

#include "output/brief/parts.hpp"
#include "output/ensemble_summary.hpp"
#include "output/over_run.hpp"

namespace nuzuh::brief {

namespace {

constexpr std::size_t shown_places = 8;
constexpr std::size_t shown_homes = 12;
constexpr std::size_t shown_journeys = 12;

using Spans = std::vector<std::pair<std::size_t, std::size_t>>;  ///< first record and the one after the last

/// Records that make each week; a last week cut short is left out, unless it is the only one.
Spans weeks_of(const Axes& axes) {
    const std::size_t length = axes.records_a_week();
    Spans weeks;
    for (std::size_t t = 0; t + length <= axes.records(); t += length) weeks.push_back({t, t + length});
    if (weeks.empty()) weeks.push_back({0, axes.records()});
    return weeks;
}

/// Sums of a flow over spans of records, at every place and in every member.
class Sums {
public:
    Sums(const ResultsFile& file, const std::string& path, const Axes& axes, const Spans& spans)
        : places_(axes.places) {
        for (std::size_t m = 0; m < axes.members; ++m) {
            const auto flow = file.slice(path, m);
            auto& sum = of_member_.emplace_back(spans.size() * places_, 0.0);
            for (std::size_t s = 0; s < spans.size(); ++s) {
                for (std::size_t k = spans[s].first * places_; k < spans[s].second * places_; ++k)
                    sum[s * places_ + k % places_] += flow[k];
            }
        }
    }

    /// Over the whole run, as the only span.
    Sums(const ResultsFile& file, PlaceField flow, const Axes& axes)
        : places_(axes.places), of_member_(places_over_run(file, flow, Over::sum)) {}

    /// Persons at one place, or at all, in every member.
    std::vector<double> sample(std::size_t span, std::size_t place) const {
        std::vector<double> out;
        for (const auto& sum : of_member_) out.push_back(sum[span * places_ + place]);
        return out;
    }
    std::vector<double> sample(std::size_t span) const {
        std::vector<double> out;
        for (const auto& sum : of_member_) {
            const auto first = sum.begin() + std::ptrdiff_t(span * places_);
            out.push_back(std::accumulate(first, first + std::ptrdiff_t(places_), 0.0));
        }
        return out;
    }

    /// Places by their mean over members, most first; those below ten are left out.
    std::vector<std::size_t> largest(std::size_t span, std::size_t most) const {
        std::vector<double> mean;
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < places_; ++i) {
            mean.push_back(mean_of(sample(span, i)));
            if (mean[i] >= 10) order.push_back(i);
        }
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return mean[a] > mean[b]; });
        order.resize(std::min(order.size(), most));
        return order;
    }

    static double mean_of(const std::vector<double>& sample) {
        return std::accumulate(sample.begin(), sample.end(), 0.0) / double(sample.size());
    }

private:
    std::size_t places_;
    std::vector<std::vector<double>> of_member_;  ///< [member][span * places + place]
};

/// Quantiles over members in the first spans: one row a quantile.
template <class Sample>
Json bands(std::size_t spans, Sample sample) {
    Json out = Json::array({Json::array(), Json::array(), Json::array(), Json::array(), Json::array()});
    for (std::size_t s = 0; s < spans; ++s) {
        const auto five = sample(s);
        for (std::size_t q = 0; q < five.size(); ++q) out[q].push_back(five[q]);
    }
    return out;
}

/// Covariance of two samples, times the number of members.
double covariation(const std::vector<double>& a, const std::vector<double>& b) {
    const double mean_a = Sums::mean_of(a), mean_b = Sums::mean_of(b);
    double sum = 0;
    for (std::size_t m = 0; m < a.size(); ++m) sum += (a[m] - mean_a) * (b[m] - mean_b);
    return sum;
}

}  // namespace

/// Without series of members: of places what they come to over the run, and weeks only where each is a record.
Json weekly_arrivals_of_places(const ResultsFile& file, const Axes& axes, const Spans& weeks) {
    const Sums sums(file, PlaceField::arrivals, axes);
    Json out = Json::array();
    for (const auto i : sums.largest(0, shown_places)) {
        Json one{{"place", i}, {"in_all", rounded(five_quantiles(sums.sample(0, i)), in_tens)}};
        for (std::size_t q = 0; axes.records_a_week() == 1 && q < quantile_levels.size(); ++q) {
            const auto by_record = file.slice("/arrivals_quantile", q);
            std::vector<double> persons;
            for (std::size_t w = 0; w < weeks.size(); ++w) persons.push_back(by_record[w * axes.places + i]);
            one["persons"].push_back(rounded(persons, in_tens));
        }
        out.push_back(std::move(one));
    }
    return out;
}

Json weekly_arrivals(const ResultsFile& file, const Axes& axes) {
    Spans spans = weeks_of(axes);
    const std::size_t weeks = spans.size(), whole_run = weeks;
    Json out;
    for (std::size_t w = 0; w < weeks; ++w) out["week_ends"].push_back(spans[w].second - 1);
    if (!keeps_series(file)) {
        out["places"] = weekly_arrivals_of_places(file, axes, spans);
        return out;
    }
    spans.push_back({0, axes.records()});
    const Sums sums(file, "/arrivals", axes, spans);
    if (axes.tells_all_places)
        out["all"] =
            bands(weeks, [&](std::size_t w) { return rounded(five_quantiles(sums.sample(w)), whole); });
    out["places"] = Json::array();
    for (const auto i : sums.largest(whole_run, shown_places)) {
        auto of_place = [&](std::size_t s) { return rounded(five_quantiles(sums.sample(s, i)), in_tens); };
        out["places"].push_back(
            {{"place", i}, {"in_all", of_place(whole_run)}, {"persons", bands(weeks, of_place)}});
    }
    return out;
}

Json homes(const ResultsFile& file, const Axes& axes) {
    if (!axes.tells_all_places) return Json::array();
    const Sums left(file, PlaceField::first_departures, axes);
    const auto everywhere = left.sample(0);
    const double spread = covariation(everywhere, everywhere);
    Json out = Json::array();
    for (const auto i : left.largest(0, shown_homes)) {
        const auto sample = left.sample(0, i);
        const double share = spread > 0 ? covariation(sample, everywhere) / spread : 0;
        out.push_back({{"place", i},
                       {"persons", rounded(five_quantiles(sample), in_tens)},
                       {"share_of_spread", std::round(1000 * share) / 1000}});
    }
    return out;
}

Json journeys(const ResultsFile& file, const Axes& axes) {
    std::vector<std::vector<float>> five;  // [quantile][home * places + place]
    for (std::size_t q = 0; q < quantile_levels.size(); ++q)
        five.push_back(file.slice("/arrivals_from_quantile", q));
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < five[2].size(); ++k) {
        if (five[2][k] >= 10 && !axes.is_at_home(k)) order.push_back(k);
    }
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return five[2][a] > five[2][b]; });
    order.resize(std::min(order.size(), shown_journeys));
    Json out = Json::array();
    for (const auto k : order) {
        std::vector<double> persons;
        for (const auto& values : five) persons.push_back(values[k]);
        out.push_back(
            {{"from", k / axes.places}, {"to", k % axes.places}, {"persons", rounded(persons, in_tens)}});
    }
    return out;
}

}  // namespace nuzuh::brief
