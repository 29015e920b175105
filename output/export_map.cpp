#include "output/export_map.hpp"

#include <array>
#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "output/export_share.hpp"
#include "output/longitude.hpp"
#include "output/over_run.hpp"
#include "output/share.hpp"
#include "output/weekly.hpp"

namespace nuzuh {
namespace {

using Json = nlohmann::ordered_json;

/// To one decimal by default; NaN becomes null.
Json number(double value, int decimals = 1) {
    if (!std::isfinite(value)) return nullptr;
    const double shift = std::pow(10.0, decimals);
    const double rounded = std::round(value * shift) / shift;
    if (rounded == std::floor(rounded)) return std::int64_t(rounded);
    return rounded;
}

Json position(double lat, double lon) { return Json::array({number(lon, 5), number(lat, 5)}); }
Json point(double lat, double lon) { return {{"type", "Point"}, {"coordinates", position(lat, lon)}}; }
Json line(const PlaceEntry& a, const PlaceEntry& b) {
    Json parts = Json::array();
    for (const auto& [from, to] : cut_at_date_line({a.lat, a.lon}, {b.lat, b.lon}))
        parts.push_back({position(from.lat, from.lon), position(to.lat, to.lon)});
    if (parts.size() == 1) return {{"type", "LineString"}, {"coordinates", parts[0]}};
    return {{"type", "MultiLineString"}, {"coordinates", parts}};
}

/// Names that are not UTF-8, as files from elsewhere may hold, get marks in place of what cannot be read.
std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// A collection, a feature a line.
class Features {
public:
    explicit Features(std::string_view about = "") : content_("{\"type\": \"FeatureCollection\"") {
        if (!about.empty()) content_ += ", \"sensitivity\": " + text_of(about);
        content_ += ", \"features\": [\n";
    }
    void add(const Json& geometry, const Json& properties) {
        content_ += first_ ? "" : ",\n";
        content_ += text_of({{"type", "Feature"}, {"geometry", geometry}, {"properties", properties}});
        first_ = false;
    }
    std::string finished() { return content_ + "\n]}\n"; }

private:
    std::string content_;
    bool first_ = true;
};

/// Names, codes and fixed numbers of a place, as properties.
Json place_properties(const PlaceEntry& p) {
    return {{"place", p.id},
            {"name", p.name},
            {"name_ar", p.name_ar},
            {"type", p.type},
            {"pcode", p.pcode},
            {"adm1_pcode", p.adm1_pcode},
            {"adm2_pcode", p.adm2_pcode},
            {"adm3", p.adm3},
            {"adm3_pcode", p.adm3_pcode},
            {"population", number(p.population)},
            {"capacity", number(p.capacity)}};
}

constexpr std::array<std::pair<double, std::string_view>, 3> shown{
    {{0.05, "q05"}, {0.5, "median"}, {0.95, "q95"}}};

/// Median and 90 % band over members of a quantity by week, under the names of its properties.
struct WeeklyBand {
    PlaceField field;
    std::array<std::vector<float>, shown.size()> by_week;   ///< [W, P]
    std::array<std::vector<float>, shown.size()> over_run;  ///< [P] sum of a flow, stock at the end
};

WeeklyBand weekly_band(const ResultsFile& file, const Gazetteer& g, PlaceField field) {
    const auto whole = places_over_run(file, field, over_of(info(field).kind));
    const auto weekly = keeps_series(file) ? by_week(file, g, field) : std::vector<std::vector<float>>();
    WeeklyBand band{field, {}, {}};
    for (std::size_t q = 0; q < shown.size(); ++q) {
        constexpr std::array<std::size_t, shown.size()> level{0, 2, 4};  // of quantile_levels
        band.by_week[q] = weekly.empty() ? quantile_by_week(file, g, field, level[q])
                                         : quantile_of_members(weekly, shown[q].first);
        band.over_run[q] = quantile_of_members(whole, shown[q].first);
    }
    return band;
}

template <class Values>
void add_band(Json& properties, PlaceField field, const Values& values, std::size_t at) {
    for (std::size_t q = 0; q < shown.size(); ++q)
        properties[fmt::format("{}_{}", info(field).name, shown[q].second)] = number(values[q][at]);
}

/// When places are full, by the median member, and how likely that is.
class FullPlaces {
public:
    FullPlaces(const ResultsFile& file, const Gazetteer& g)
        : g_(g), chance_(file.floats("/chance_full")), day_(file.floats("/first_day_full_quantile")) {}

    void add(Json& properties, std::size_t place) const {
        const std::size_t places = g_.places.size(), a_record = full_levels.size() * places;
        const std::size_t at = full_level * places + place;
        properties["chance_full"] = number(chance_[chance_.size() - a_record + at], 3);
        const float day = day_[median * a_record + at];
        properties["full_by"] = std::isnan(day) ? Json(nullptr) : Json(iso(g_.start + int(day)));
    }

private:
    static constexpr std::size_t full_level = 1, median = 2;  // of full_levels, of quantile_levels
    const Gazetteer& g_;
    std::vector<float> chance_, day_;
};

ExportedFile places_map(const ResultsFile& file, const Gazetteer& g, const std::vector<WeeklyBand>& bands) {
    Features features;
    const FullPlaces full(file, g);
    for (std::size_t i = 0; i < g.places.size(); ++i) {
        Json properties = place_properties(g.places[i]);
        for (const auto& band : bands) add_band(properties, band.field, band.over_run, i);
        full.add(properties, i);
        features.add(point(g.places[i].lat, g.places[i].lon), properties);
    }
    return {"places.geojson", features.finished()};
}

void add_week(Json& properties, const Week& week) {
    properties["week"] = week.label;
    properties["first_day"] = iso(week.from);
    properties["last_day"] = iso(week.to);
}

ExportedFile places_by_week_map(const Gazetteer& g, const std::vector<WeeklyBand>& bands) {
    Features features;
    for (std::size_t w = 0; w < g.weeks.size(); ++w) {
        for (std::size_t i = 0; i < g.places.size(); ++i) {
            Json properties = place_properties(g.places[i]);
            add_week(properties, g.weeks[w]);
            for (const auto& band : bands)
                add_band(properties, band.field, band.by_week, w * g.places.size() + i);
            features.add(point(g.places[i].lat, g.places[i].lon), properties);
        }
    }
    return {"places_by_week.geojson", features.finished()};
}

/// Routes with the mean number of people on them, over the run and by week.
std::vector<ExportedFile> route_maps(const ResultsFile& file, const Gazetteer& g) {
    const auto persons = file.floats("/route_persons_mean");
    const auto sum = [&](std::size_t route, std::size_t first, std::size_t last) {
        double total = 0;
        for (std::size_t t = first; t <= last; ++t) total += persons[t * g.routes.size() + route];
        return number(total);
    };
    Features whole, weekly;
    for (std::size_t r = 0; r < g.routes.size(); ++r) {
        const auto& route = g.routes[r];
        const auto &from = g.places[route.from], &to = g.places[route.to];
        Json properties{
            {"route", route.id}, {"from_place", from.id}, {"to_place", to.id}, {"km", number(route.km)}};
        for (const auto& week : g.weeks) {
            Json of_week = properties;
            add_week(of_week, week);
            of_week["persons_mean"] = sum(r, week.first, week.last);
            weekly.add(line(from, to), of_week);
        }
        properties["persons_mean"] = sum(r, 0, g.days.size() - 1);
        whole.add(line(from, to), properties);
    }
    return {{"routes.geojson", whole.finished()}, {"routes_by_week.geojson", weekly.finished()}};
}

}  // namespace

std::vector<ExportedFile> map_files(const ResultsFile& file) {
    const Gazetteer g = read_gazetteer(file);
    std::vector<WeeklyBand> bands;
    for (PlaceField field :
         {PlaceField::displaced, PlaceField::without_shelter, PlaceField::waiting, PlaceField::remaining,
          PlaceField::arrivals, PlaceField::departures, PlaceField::returns})
        bands.push_back(weekly_band(file, g, field));
    std::vector<ExportedFile> files{places_map(file, g, bands), places_by_week_map(g, bands)};
    if (g.routes.empty()) return files;
    for (auto& map : route_maps(file, g)) files.push_back(std::move(map));
    return files;
}

std::vector<ExportedFile> shared_map_files(const ResultsFile& file) {
    const Gazetteer g = read_gazetteer(file);
    const SharedCounts counts = shared_counts(file, g);
    const std::size_t groups = counts.sub_districts.size();
    Features features(sensitivity);
    std::vector<double> sample(g.members);
    for (std::size_t w = 0; w < g.weeks.size(); ++w) {
        for (std::size_t s = 0; s < groups; ++s) {
            const auto& sub_district = counts.sub_districts[s];
            const bool elsewhere = sub_district.name.empty() && sub_district.pcode.empty();
            Json properties{{"adm3", elsewhere ? "elsewhere" : sub_district.name},
                            {"adm3_pcode", sub_district.pcode},
                            {"adm1_pcode", sub_district.adm1_pcode},
                            {"adm2_pcode", sub_district.adm2_pcode}};
            add_week(properties, g.weeks[w]);
            for (std::size_t f = 0; f < shared_fields.size(); ++f) {
                for (const auto& [p, name] : shown) {
                    for (std::size_t m = 0; m < g.members; ++m)
                        sample[m] = counts.members[f][m][w * groups + s];
                    const double persons = member_at(sample, p);
                    properties[fmt::format("{}_{}", shared_fields[f].name, name)] =
                        number(persons > 0 ? persons : NAN);
                }
            }
            features.add(point(sub_district.lat, sub_district.lon), properties);
        }
    }
    auto files = with_columns_and_notes(file, {}, sharing_notes());
    std::erase_if(files, [](const ExportedFile& f) { return f.name == "columns.csv"; });
    files.push_back({"sub_districts_by_week.geojson", features.finished()});
    return files;
}

}  // namespace nuzuh
