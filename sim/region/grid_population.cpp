#include "sim/region/grid_population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/model/network.hpp"
#include "sim/region/gdal.hpp"

namespace nuzuh::region {
namespace {

/// The nearest of some places, looked for among those of about the same latitude first.
class NearestPlace {
public:
    /// @param chosen  numbers of places, of which camps are left out: who lives there is no resident
    NearestPlace(const Gazetteer& gazetteer, const std::vector<std::size_t>& chosen) {
        for (const auto p : chosen) {
            const auto& place = gazetteer.places[p].place;
            if (!is_camp(place.type)) spots_.push_back({place.lat, place.lon, p});
        }
        std::sort(spots_.begin(), spots_.end(), [](const Spot& a, const Spot& b) { return a.lat < b.lat; });
    }

    bool empty() const { return spots_.empty(); }

    /// Its number.
    std::size_t of(double lat, double lon) const {
        // On a sphere nothing is nearer than its difference in latitude. Squares of chords order points as distances do.
        const auto begin = std::lower_bound(spots_.begin(), spots_.end(), lat,
                                            [](const Spot& s, double at) { return s.lat < at; });
        double least = std::numeric_limits<double>::infinity();
        std::size_t nearest = spots_.front().place;
        const auto look = [&](const Spot& spot) {
            const double up = std::sin((lat - spot.lat) / 2 * radian);
            if (up * up >= least) return false;
            const double across = std::sin((lon - spot.lon) / 2 * radian);
            const double chord =
                up * up + std::cos(lat * radian) * std::cos(spot.lat * radian) * across * across;
            if (chord < least) least = chord, nearest = spot.place;
            return true;
        };
        for (auto spot = begin; spot != spots_.end() && look(*spot); ++spot) {}
        for (auto spot = begin; spot != spots_.begin() && look(*(spot - 1)); --spot) {}
        return nearest;
    }

private:
    static constexpr double radian = std::numbers::pi / 180;
    struct Spot {
        double lat, lon;
        std::size_t place;
    };
    std::vector<Spot> spots_;
};

/// Adds up the people of cells at places.
class CellPeople {
public:
    CellPeople(const Boundaries& boundaries, const Gazetteer& gazetteer)
        : boundaries_(boundaries),
          gazetteer_(gazetteer),
          people_(gazetteer.places.size(), 0),
          anywhere_(gazetteer, all_places()) {
        for (const auto& unit : boundaries.units)
            in_unit_.emplace_back(gazetteer, places_in(gazetteer, deepest_code(unit)));
    }

    void add(double lat, double lon, double people) {
        total_ += people;
        if (anywhere_.empty()) return;
        const NearestPlace* places = &anywhere_;
        if (boundaries_.have_areas()) {
            const auto unit = boundaries_.areas.find(lat, lon, last_unit_);
            if (!unit) {
                outside_ += people;
                return;
            }
            last_unit_ = *unit;
            if (in_unit_[*unit].empty())
                in_empty_units_ += people;
            else
                places = &in_unit_[*unit];
        }
        const auto p = places->of(lat, lon);
        people_[p] += people;
        const auto& place = gazetteer_.places[p].place;
        const double km = great_circle_km(lat, lon, place.lat, place.lon);
        far_ += km > far_km ? people : 0;
        elsewhere_ += km > elsewhere_km ? people : 0;
    }

    void finish(const std::string& file, PeopleCount& people, Findings& found) const {
        const Sheet sheet{file, {}, {}};
        for (std::size_t p = 0; p < people_.size(); ++p) people.at[p] += people_[p];
        people.total += total_;
        std::string said = fmt::format(
            "{:.0f} people on the grid, each cell's with the nearest place{}; {:.0f} of them live farther "
            "than {:.0f} km "
            "from it",
            total_, boundaries_.have_areas() ? " of its unit" : "", far_, far_km);
        if (in_empty_units_ > 0)
            said += fmt::format(", {:.0f} in units without a place, which go to the nearest of all",
                                in_empty_units_);
        if (outside_ > 0) said += fmt::format("; {:.0f} outside of every boundary are left out", outside_);
        found.push_back(sheet.warning({}, said));
        if (anywhere_.empty())
            found.push_back(sheet.error("there is no town whose people the grid could count"));
        else if (total_ == 0)
            found.push_back(
                sheet.error("a grid without people", "values are people a cell, such as WorldPop's ppp"));
        else if (elsewhere_ > total_ / 2)
            found.push_back(sheet.error(
                fmt::format("{:.0f} of {:.0f} people live farther than {:.0f} km from every place",
                            elsewhere_, total_, elsewhere_km),
                "a grid of this region, whose x is the longitude and y the latitude"));
        else if (outside_ == total_)
            found.push_back(sheet.error("every cell with people lies outside of the boundaries"));
    }

private:
    static constexpr double far_km = 5;  // as far as a town reaches; judgement
    static constexpr double elsewhere_km =
        300;  // no town is so far from the next where many people live; judgement

    std::vector<std::size_t> all_places() const {
        std::vector<std::size_t> all(gazetteer_.places.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    }

    const Boundaries& boundaries_;
    const Gazetteer& gazetteer_;
    std::vector<double> people_;  ///< [place]
    NearestPlace anywhere_;
    std::vector<NearestPlace> in_unit_;  ///< [unit of the boundaries]
    std::size_t last_unit_ = 0;
    double total_ = 0, far_ = 0, elsewhere_ = 0, outside_ = 0, in_empty_units_ = 0;
};

/// The column of people of points: by its name, else the only one beside those of coordinates.
std::optional<std::size_t> value_of(const Sheet& sheet) {
    if (const auto named =
            people_column(sheet, {"value", "z", "population", "people", "pop", "ttl", "band1"}).at)
        return named;
    return sheet.columns.size() == 3 ? std::optional(3 - *sheet.column({"x", "lon", "longitude"}) -
                                                     *sheet.column({"y", "lat", "latitude"}))
                                     : std::nullopt;
}

/// Whether a file's name says that its values are people per square kilometre, such as WorldPop's sdn_pd_2020_1km.tif.
bool is_of_densities(const std::filesystem::path& file) {
    const std::string name = in_small_letters(file.filename().string());
    return name.find("_pd_") != name.npos || name.find("density") != name.npos;
}

}  // namespace

Findings add_grid(const std::filesystem::path& file, const Boundaries& boundaries, const Gazetteer& gazetteer,
                  PeopleCount& people) {
    if (is_of_densities(file))
        return {Sheet{file.string(), {}, {}}.error(
            "a grid of people per square kilometre by its name: they can't be added up",
            "the grid of people a cell, such as WorldPop's ppp; or another name, where it is one")};
    CellPeople cells(boundaries, gazetteer);
    bool on_earth = true;
    auto found = read_grid(file, [&](double lat, double lon, double persons) {
        on_earth &= std::abs(lat) <= 90 && std::abs(lon) <= 180;
        cells.add(lat, lon, persons);
    });
    if (!on_earth)
        found.push_back(Sheet{file.string(), {}, {}}.error("cells that lie nowhere on the earth",
                                                           "gdal_edit.py -a_srs EPSG:CODE FILE"));
    if (!has_errors(found)) cells.finish(file.string(), people, found);
    return found;
}

void add_points(const Sheet& sheet, const Boundaries& boundaries, const Gazetteer& gazetteer,
                PeopleCount& people, Findings& found) {
    const auto x = sheet.column({"x", "lon", "longitude"}), y = sheet.column({"y", "lat", "latitude"}),
               value = value_of(sheet);
    if (!value) {
        found.push_back(
            sheet.error("no column of people beside x and y",
                        "a column value or population, or no other column than x, y and the people"));
        return;
    }
    CellPeople cells(boundaries, gazetteer);
    for (const auto& row : sheet.rows) {
        const auto lon = sheet.number(row, x), lat = sheet.number(row, y), persons = sheet.number(row, value);
        if (!lon || !lat || !persons || std::abs(*lat) > 90 || std::abs(*lon) > 180) {
            found.push_back(sheet.error(row, "a point needs x, y in degrees and a value"));
            continue;
        }
        if (*persons > 0) cells.add(*lat, *lon, *persons);  // below 0: no data
    }
    if (!has_errors(found)) cells.finish(sheet.name, people, found);
}

}  // namespace nuzuh::region
