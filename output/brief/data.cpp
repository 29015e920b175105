#include "output/brief/data.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "output/brief/parts.hpp"
#include "output/ensemble_summary.hpp"
#include "output/measure.hpp"
#include "output/over_run.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {

namespace brief {

Axes::Axes(const ResultsFile& file)
    : days(file.doubles("/time")),
      members(file.doubles("/member").size()),
      places(file.doubles("/lat").size()),
      tells_all_places(nuzuh::tells_all_places(file)) {
    const auto ids = file.texts("/place_id");
    const auto all = file.has("/origin_id") ? file.texts("/origin_id") : ids;
    homes = all.size();
    for (const auto& id : ids)
        home_of_place.push_back(std::size_t(std::find(all.begin(), all.end(), id) - all.begin()));
}

std::size_t Axes::records_a_week() const {
    const double step = days.size() > 1 ? days[1] - days[0] : 1;
    return std::size_t(std::max(1L, std::lround(7 / step)));
}

double Axes::week_days() const {
    if (days.size() < 2) return std::max(7.0, days[0] + 1);
    return double(records_a_week()) * (days[1] - days[0]);
}

std::vector<double> five_quantiles(const std::vector<double>& sample) {
    std::vector<double> out;
    for (const double p : quantile_levels) out.push_back(quantile(sample, p));
    return out;
}

namespace {

Json about(const ResultsFile& file, const Axes& axes) {
    Json out;
    for (const char* name :
         {"title", "summary", "source", "compiler", "nuzuh_format", "engine", "mode", "time_coverage_start",
          "time_coverage_end", "bands", "variance", "outside_evidence"})
        out[name] = file.text_attribute("/", name).value_or("");
    out["seed"] = rounded_value(file.number_attribute("/", "seed").value_or(0), whole);
    out["members"] = axes.members;
    out["keeps_series"] = keeps_series(file);
    out["places_simulated"] = places_simulated(file);
    out["days"] = axes.days;
    out["week_days"] = int(axes.week_days());
    for (const char* name : {"scenario", "input_files"})
        out[name] = file.text_attribute("/provenance", name).value_or("");
    return out;
}

/// First record in which each place has fallen; null where it never does.
Json first_fallen(const ResultsFile& file, const Axes& axes) {
    const auto fallen = file.floats("/fallen");
    Json out = Json::array();
    for (std::size_t i = 0; i < axes.places; ++i) {
        std::size_t t = 0;
        while (t < axes.records() && fallen[t * axes.places + i] == 0) ++t;
        out.push_back(t < axes.records() ? Json(t) : Json(nullptr));
    }
    return out;
}

Json places(const ResultsFile& file, const Axes& axes) {
    Json out;
    out["id"] = file.texts("/place_id");
    out["name"] = file.texts("/place_name");
    out["arabic"] = file.texts("/place_name_ar");
    out["pcode"] = file.texts("/place_pcode");
    out["type"] = file.texts("/place_type");
    out["lat"] = file.doubles("/lat");
    out["lon"] = file.doubles("/lon");
    out["population"] = rounded(file.floats("/population"), whole);
    out["capacity"] = rounded(file.floats("/capacity"), whole);
    out["fallen"] = first_fallen(file, axes);
    return out;
}

/// Homes, where they are not the places of the page.
Json origins(const ResultsFile& file) {
    Json out;
    for (const char* name : {"id", "name"}) out[name] = file.texts(fmt::format("/origin_{}", name));
    out["arabic"] = file.texts("/origin_name_ar");
    for (const char* name : {"lat", "lon"}) out[name] = file.doubles(fmt::format("/origin_{}", name));
    return out;
}

Json routes(const ResultsFile& file) {
    return file.has("/edge_nodes") ? Json(file.doubles("/edge_nodes")) : Json::array();
}

Json border(const ResultsFile& file) {
    const auto part = file.doubles("/border/part");
    const auto lat = file.doubles("/border/lat"), lon = file.doubles("/border/lon");
    Json lines = Json::array();
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (i == 0 || part[i] != part[i - 1]) lines.push_back(Json::array());
        lines.back().push_back({lon[i], lat[i]});
    }
    return lines;
}

/// A dataset [5 quantiles, ...] as one row a quantile.
template <class Rounding>
Json bands(const ResultsFile& file, const std::string& path, Rounding rounding) {
    Json out = Json::array();
    for (std::size_t q = 0; q < quantile_levels.size(); ++q)
        out.push_back(rounded(file.slice(path, q), rounding));
    return out;
}

Json totals(const ResultsFile& file) {
    Json out;
    for (const auto& field : total_fields) {
        const auto path = "/" + std::string(field.name) + "_quantile";
        if (file.has(path)) out[std::string(field.name.substr(6))] = bands(file, path, whole);
    }
    return out;
}

/// Quantiles over members of something made of each member's slice [time, ...] for one index of the last axis.
template <class Made>
std::vector<double> of_members(const std::vector<float>& values, const Axes& axes, std::size_t length,
                               std::size_t index, Made made) {
    std::vector<double> sample;
    for (std::size_t m = 0; m < axes.members; ++m) {
        std::vector<double> series;
        for (std::size_t t = 0; t < axes.records(); ++t)
            series.push_back(values[(m * axes.records() + t) * length + index]);
        sample.push_back(made(series));
    }
    return five_quantiles(sample);
}

double most_of(const std::vector<double>& series) { return *std::max_element(series.begin(), series.end()); }
double sum_of(const std::vector<double>& series) {
    return std::accumulate(series.begin(), series.end(), 0.0);
}

/// Quantiles over members of the most there is at any time.
Json peaks(const ResultsFile& file, const Axes& axes) {
    Json out;
    for (const char* name : {"without_shelter", "households_in_tents", "waiting", "remaining"}) {
        const auto path = fmt::format("/total_{}", name);
        if (file.has(path)) out[name] = rounded(of_members(file.floats(path), axes, 1, 0, most_of), whole);
    }
    return out;
}

/// The single runs that stand for the best, the likely and the worst case: what each comes to by the end, or at the most and
/// on which day.
Json cases(const ResultsFile& file, const Axes& axes) {
    const auto members = file.doubles("/case_member");
    const std::size_t records = axes.records();
    Json out = Json::array();
    for (const auto& [name_of_case, q] : cases_by_rank) {
        const auto m = std::size_t(members[q]);
        Json one{{"member", m}};
        for (const char* name : {"people_displaced", "movements", "abroad", "returned"})
            one["end"][name] = rounded_value(file.slice(fmt::format("/total_{}", name), m).back(), whole);
        for (const char* name : {"displaced", "without_shelter", "households_in_tents", "waiting"}) {
            const auto series = file.slice(fmt::format("/total_{}", name), m);
            const auto most = std::max_element(series.begin(), series.end());
            one["most"][name] = {{"persons", rounded_value(*most, whole)}, {"record", most - series.begin()}};
        }
        const auto needed = file.slice("/needed", m);
        const std::size_t needs = needed.size() / records;
        std::vector<double> largest(needs, 0);
        for (std::size_t k = 0; k < needed.size(); ++k)
            largest[k % needs] = std::max<double>(largest[k % needs], needed[k]);
        one["needs"] = largest;
        out.push_back(one);
    }
    return out;
}

/// First flights, later movements and returns in each week, [quantile][week]; nothing in formats that do not tell them apart.
Json pieces(const ResultsFile& file, const Axes& axes, const Json& week_ends) {
    Json out;
    for (const char* name : {"people_displaced", "moved_on", "returned"}) {
        const auto since_start = file.floats(fmt::format("/total_{}", name));
        out[name] = Json::array({Json::array(), Json::array(), Json::array(), Json::array(), Json::array()});
        std::optional<std::size_t> before;
        for (const auto& end : week_ends) {
            std::vector<double> sample;
            for (std::size_t m = 0; m < axes.members; ++m) {
                const float* series = since_start.data() + m * axes.records();
                sample.push_back(series[end.get<std::size_t>()] - (before ? series[*before] : 0));
            }
            const auto five = rounded(five_quantiles(sample), whole);
            for (std::size_t q = 0; q < five.size(); ++q) out[name][q].push_back(five[q]);
            before = end.get<std::size_t>();
        }
    }
    return out;
}

/// On the day on which most people wanted to leave and could not: how many, and which day, over members. Of a record of
/// several days the mean of a day.
Json worst_day_to_leave(const ResultsFile& file, const Axes& axes) {
    const auto values = file.floats("/total_could_not_leave");
    const auto lengths = days_of_records(axes.days);
    std::vector<double> persons, days;
    for (std::size_t m = 0; m < axes.members; ++m) {
        double most = 0, day = 0;
        for (std::size_t t = 0; t < axes.records(); ++t) {
            const double here = values[m * axes.records() + t] / lengths[t];
            if (here > most) {
                most = here;
                day = axes.days[t];
            }
        }
        persons.push_back(most);
        if (most > 0) days.push_back(day);
    }
    Json out{{"persons", rounded(five_quantiles(persons), whole)}};
    if (!days.empty()) out["day"] = rounded(five_quantiles(days), whole);
    return out;
}

/// Person-days by danger, and people who could not leave, over the whole run: [band][quantile].
Json danger(const ResultsFile& file, const Axes& axes) {
    Json out;
    out["band"] = file.texts("/band_name");
    for (const char* name : {"person_days_at_home", "person_days_displaced", "could_not_leave"}) {
        const auto values = file.floats(fmt::format("/{}_by_danger", name));
        for (std::size_t band = 0; band < out["band"].size(); ++band)
            out[name].push_back(rounded(of_members(values, axes, out["band"].size(), band, sum_of), whole));
    }
    return out;
}

/// The last row of a dataset [time, ...].
std::vector<float> on_the_last_day(const ResultsFile& file, const std::string& path, const Axes& axes) {
    return file.slice(path, axes.records() - 1);
}

/// Days by which quantiles of members reach 80, 100 and 120 % of each place's capacity, [quantile][level][place]; the
/// share of members that does, [level][place]; and that for 100 % at the start of each week, [week][place].
Json full(const ResultsFile& file, const Axes& axes) {
    auto by_level = [&](const std::vector<float>& values, auto rounding) {
        Json out = Json::array();
        for (std::size_t k = 0; k < values.size(); k += axes.places)
            out.push_back(rounded(std::span(values).subspan(k, axes.places), rounding));
        return out;
    };
    Json out;
    for (std::size_t q = 0; q < quantile_levels.size(); ++q)
        out["day"].push_back(by_level(file.slice("/first_day_full_quantile", q), whole));
    auto shares = [&](std::size_t t) {
        Json levels = Json::array();
        const auto chance = file.slice("/chance_full", t);
        for (std::size_t k = 0; k < chance.size(); k += axes.places) {
            levels.push_back(Json::array());
            for (std::size_t i = 0; i < axes.places; ++i)
                levels.back().push_back(std::round(1000 * chance[k + i]) / 1000);
        }
        return levels;
    };
    out["chance"] = shares(axes.records() - 1);
    out["by_week"] = Json::array();
    for (std::size_t t = 0; t < axes.records(); t += axes.records_a_week())
        out["by_week"].push_back(shares(t)[1]);
    return out;
}

/// Needs by the minimum standards at the end and at the most, [need][quantile], beside what is on hand and comes in.
Json needs(const ResultsFile& file, const Axes& axes) {
    Json out;
    out["name"] = file.texts("/need_name");
    out["unit"] = file.texts("/need_unit");
    for (const char* name : {"per_person", "on_hand", "supply"})
        out[name] = file.doubles(fmt::format("/need_{}", name));
    out["tonnes_a_million_kcal"] = tonnes_a_million_kcal;
    out["m2_a_tent"] = m2_a_tent;
    const auto needed = file.floats("/needed");
    for (std::size_t k = 0; k < out["name"].size(); ++k) {
        out["end"].push_back(of_members(needed, axes, out["name"].size(), k,
                                        [](const auto& series) { return series.back(); }));
        out["most"].push_back(of_members(needed, axes, out["name"].size(), k, most_of));
    }
    for (std::size_t q = 0; q < quantile_levels.size(); ++q)
        out["short"].push_back(rounded(file.slice("/first_day_short_quantile", q), whole));
    out["chance_short"] = on_the_last_day(file, "/chance_short", axes);
    return out;
}

/// A group of datasets that share one axis, as columns.
Json columns(const ResultsFile& file, const std::string& group, const std::vector<const char*>& texts,
             const std::vector<const char*>& numbers) {
    Json out;
    for (const char* name : texts) out[name] = file.texts(group + name);
    for (const char* name : numbers) out[name] = file.doubles(group + name);
    return out;
}

/// Stock at each place on the last day, and the most there is on any day, by the median.
Json stays(const ResultsFile& file, const Axes& axes) {
    const std::size_t last = (axes.records() - 1) * axes.places;
    Json end = Json::array();
    for (std::size_t q = 0; q < quantile_levels.size(); ++q) {
        const auto values = file.slice("/displaced_quantile", q);
        end.push_back(rounded(std::span(values).subspan(last), in_tens));
    }
    auto most = [&](const char* path) {
        const auto median = file.slice(path, 2);
        std::vector<double> peak(axes.places, 0);
        for (std::size_t k = 0; k < median.size(); ++k)
            peak[k % axes.places] = std::max<double>(peak[k % axes.places], median[k]);
        return rounded(peak, in_tens);
    };
    return {{"end", end},
            {"most", most("/displaced_quantile")},
            {"most_without_shelter", most("/without_shelter_quantile")}};
}

}  // namespace

}  // namespace brief

Json brief_data(const ResultsFile& file, const ResultsFile* against) {
    using namespace brief;
    const Axes axes(file);
    Json out;
    out["about"] = about(file, axes);
    out["places"] = places(file, axes);
    if (!axes.tells_all_places && file.has("/origin_id")) out["origins"] = origins(file);
    out["routes"] = routes(file);
    if (file.has("/border/part")) out["border"] = border(file);
    out["totals"] = totals(file);
    out["peaks"] = peaks(file, axes);
    out["motion"] = motion(file, axes);
    out["arrivals"] = weekly_arrivals(file, axes);
    out["stays"] = stays(file, axes);
    out["sheets"] = sheets(file, axes);
    if (file.has("/arrivals_from_quantile")) out["journeys"] = journeys(file, axes);
    if (file.has("/chance_full")) out["full"] = full(file, axes);
    if (file.has("/band_name")) {
        out["danger"] = danger(file, axes);
        out["danger"]["worst_day_to_leave"] = worst_day_to_leave(file, axes);
    }
    if (file.has("/case_member")) out["cases"] = cases(file, axes);
    if (file.has("/total_moved_on")) out["pieces"] = pieces(file, axes, out["arrivals"]["week_ends"]);
    if (file.has("/need_name")) out["needs"] = needs(file, axes);
    out["homes"] = homes(file, axes);
    if (file.has("/reported/name")) {
        out["reported"] =
            columns(file, "/reported/", {"name", "quantity", "place_or_area", "bound", "source"},
                    {"persons", "reported_low", "reported_high", "simulated_median", "simulated_low",
                     "simulated_high", "inside", "fitted"});
        out["reported"]["from"] = file.texts(reported_day(file, "first_day"));
        out["reported"]["to"] = file.texts(reported_day(file, "last_day"));
    }
    if (file.has("/planning/name")) {
        out["planning"] = columns(file, "/planning/", {"name", "quantity", "median_date"},
                                  {"persons", "chance", "median", "low", "high"});
        if (file.has("/planning/passed_on_quantile"))
            out["planning"]["passed_on"] = bands(file, "/planning/passed_on_quantile", whole);
        if (file.has("/planning/most_quantile")) {
            out["planning"].update(
                columns(file, "/planning/", {"place_or_area"}, {"within", "trigger", "chance_of_warning"}));
            out["planning"]["most"] = bands(file, "/planning/most_quantile", in_tens);
            out["planning"]["lead"] = bands(file, "/planning/lead_days_quantile", whole);
        }
    }
    if (against) out["comparison"] = comparison(file, *against);
    const auto scenario = file.text_attribute("/provenance", "scenario").value_or("");
    out["assumptions"] = assumptions(scenario);
    // The page's engine tells of all places.
    if (auto moved = levers(scenario); axes.tells_all_places && !moved.is_null())
        out["levers"] = std::move(moved);
    return out;
}

}  // namespace nuzuh
