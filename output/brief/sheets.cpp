#include <algorithm>
#include <array>
#include <map>

#include "output/brief/parts.hpp"
#include "output/over_run.hpp"
#include "sim/engine/fields.hpp"

namespace nuzuh::brief {

namespace {

constexpr std::size_t most_values_of_sheets = 400'000;  ///< to keep the page small

/// What a sheet is about: a place, or places that are added up.
struct Subject {
    Json about;
    std::vector<std::size_t> places;
};

/// Sub-districts and camps are added up only where the file tells of all places.
std::vector<Subject> subjects(const ResultsFile& file) {
    std::vector<Subject> all;
    std::map<std::string, std::size_t> at;
    std::vector<std::size_t> camps;
    const auto types = file.texts("/place_type"), names = file.texts("/place_adm3"),
               codes = file.texts("/place_adm3_pcode");
    for (std::size_t i = 0; i < types.size(); ++i) {
        all.push_back({{{"place", i}}, {i}});
        if (types[i].ends_with("camp")) camps.push_back(i);
    }
    if (!tells_all_places(file)) return all;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const std::string& key = codes[i].empty() ? names[i] : codes[i];
        if (key.empty()) continue;
        if (!at.contains(key)) {
            at[key] = all.size();
            all.push_back({{{"district", names[i].empty() ? key : names[i]}, {"pcode", codes[i]}}, {}});
        }
        all[at[key]].places.push_back(i);
    }
    if (camps.size() > 1) all.push_back({{{"camps", camps.size()}}, camps});
    return all;
}

/// Records on which sheets have a point: the last of each week, or fewer where there is too much to show.
std::vector<std::size_t> points_of(const Axes& axes, std::size_t subjects) {
    const std::size_t week = axes.records_a_week(), values = 9 * subjects * axes.records() / week;
    const std::size_t stride = week * (1 + values / most_values_of_sheets);
    std::vector<std::size_t> points;
    for (std::size_t t = std::min(stride, axes.records()) - 1; t < axes.records(); t += stride)
        points.push_back(t);
    return points;
}

/// The three series of a sheet, in every member: [subject * points + point].
struct Series {
    std::vector<std::vector<double>> arrivals, stay, in_tents;
};

/// Arrivals of a place by cause, mean over members, for every point and, last, over the whole run; causes for which hardly
/// anybody came are left out.
Json causes_at(const std::vector<std::vector<float>>& means, const Axes& axes,
               const std::vector<std::size_t>& points, std::size_t place) {
    Json out = Json::object();
    for (std::size_t c = 0; c < means.size(); ++c) {
        std::vector<double> persons(points.size() + 1, 0);
        for (std::size_t t = 0, p = 0; t < axes.records(); ++t) {
            if (p < points.size()) persons[p] += means[c][t * axes.places + place];
            persons.back() += means[c][t * axes.places + place];
            if (p < points.size() && t == points[p]) ++p;
        }
        if (in_tens(persons.back()) == 0) continue;
        const std::string_view name = info(arrivals_by(Cause(c))).name;
        out[std::string(name.substr(std::string_view("arrivals_by_").size()))] = rounded(persons, in_tens);
    }
    return out;
}

/// [causes][T P] arrivals, mean over members; empty where a file does not tell them.
std::vector<std::vector<float>> arrivals_by_cause(const ResultsFile& file) {
    std::vector<std::vector<float>> means;
    for (std::size_t c = 0; c < cause_count; ++c) {
        const std::string path = "/" + std::string(info(arrivals_by(Cause(c))).name) + "_mean";
        if (file.has(path)) means.push_back(file.floats(path));
    }
    return means;
}

/// Adds a member's series up over the places of every subject.
void add_member(Series& series, const ResultsFile& file, const Axes& axes,
                const std::vector<Subject>& subjects, const std::vector<std::size_t>& points,
                const std::vector<std::string>& types, std::size_t m) {
    const auto arrivals = file.slice("/arrivals", m), stay = file.slice("/displaced", m),
               without = file.slice("/without_shelter", m);
    std::array<std::vector<double>, 3> sums;
    for (auto& sum : sums) sum.assign(subjects.size() * points.size(), 0);
    for (std::size_t s = 0; s < subjects.size(); ++s) {
        for (const auto i : subjects[s].places) {
            const auto& open = types[i].ends_with("camp") ? stay : without;
            for (std::size_t p = 0; p < points.size(); ++p) {
                const std::size_t at = s * points.size() + p;
                for (std::size_t t = p == 0 ? 0 : points[p - 1] + 1; t <= points[p]; ++t)
                    sums[0][at] += arrivals[t * axes.places + i];
                sums[1][at] += stay[points[p] * axes.places + i];
                sums[2][at] += open[points[p] * axes.places + i];
            }
        }
    }
    series.arrivals.push_back(std::move(sums[0]));
    series.stay.push_back(std::move(sums[1]));
    series.in_tents.push_back(std::move(sums[2]));
}

/// 5, 50 and 95 % of members at the points of a subject: a row each.
Json three_rows(const std::vector<std::vector<double>>& members, std::size_t first, std::size_t points) {
    Json rows = Json::array({Json::array(), Json::array(), Json::array()});
    for (std::size_t p = 0; p < points; ++p) {
        std::vector<double> sample;
        for (const auto& member : members) sample.push_back(member[first + p]);
        const auto five = five_quantiles(sample);
        for (const auto& [row, q] : {std::pair{0, 0}, {1, 2}, {2, 4}})
            rows[std::size_t(row)].push_back(rounded_value(five[std::size_t(q)], in_tens));
    }
    return rows;
}

/// Sheets of places alone, from quantiles by record: without series of members nothing can be added up, neither sub-districts
/// nor arrivals of several records.
Json sheets_of_places(const ResultsFile& file, const Axes& axes) {
    const auto types = file.texts("/place_type");
    const auto points = points_of(axes, types.size());
    const bool has_arrivals = points.size() == axes.records();
    Json out{{"ends", points}, {"of", Json::array()}};
    const auto causes = arrivals_by_cause(file);
    for (std::size_t i = 0; i < types.size(); ++i) {
        out["of"].push_back({{"place", i}});
        if (!causes.empty()) out["of"][i]["causes"] = causes_at(causes, axes, points, i);
    }
    for (const std::size_t q : {0, 2, 4}) {
        const auto add = [&](const char* name, const auto& values_at) {
            for (std::size_t i = 0; i < types.size(); ++i) {
                std::vector<double> row;
                for (const auto t : points) row.push_back(values_at(i)[t * axes.places + i]);
                out["of"][i][name].push_back(rounded(row, in_tens));
            }
        };
        const auto stay = file.slice("/displaced_quantile", q),
                   open = file.slice("/without_shelter_quantile", q);
        if (has_arrivals) {
            const auto arrivals = file.slice("/arrivals_quantile", q);
            add(
                "arrivals", [&](std::size_t) -> const auto& { return arrivals; });
        }
        add(
            "stay", [&](std::size_t) -> const auto& { return stay; });
        add(
            "in_tents", [&](std::size_t i) -> const auto& {
                return types[i].ends_with("camp") ? stay : open;
            });
    }
    return out;
}

}  // namespace

Json sheets(const ResultsFile& file, const Axes& axes) {
    if (!keeps_series(file)) return sheets_of_places(file, axes);
    const auto all = subjects(file);
    const auto points = points_of(axes, all.size());
    const auto types = file.texts("/place_type");
    Series series;
    const auto causes = arrivals_by_cause(file);
    for (std::size_t m = 0; m < axes.members; ++m) add_member(series, file, axes, all, points, types, m);
    Json out{{"ends", points}, {"of", Json::array()}};
    for (std::size_t s = 0; s < all.size(); ++s) {
        Json one = all[s].about;
        const std::size_t first = s * points.size();
        if (all[s].places.size() > 1 || !one.contains("place")) one["places"] = all[s].places;
        one["arrivals"] = three_rows(series.arrivals, first, points.size());
        one["stay"] = three_rows(series.stay, first, points.size());
        if (!causes.empty() && one.contains("place"))
            one["causes"] = causes_at(causes, axes, points, all[s].places.front());
        one["in_tents"] = three_rows(series.in_tents, first, points.size());
        out["of"].push_back(std::move(one));
    }
    return out;
}

}  // namespace nuzuh::brief
