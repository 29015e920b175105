// Events and regions.
#include <algorithm>

#include "sim/region/acled.hpp"
#include "sim/region/region.hpp"
#include "tests/fuzz/scratch.hpp"
#include "tests/fuzz/targets_of.hpp"

namespace nuzuh::fuzz {

void read_acled(std::string_view sample) {
    const Scratch scratch;
    std::vector<std::string> files;
    for (const auto& [name, content] : files_of(sample, "events.csv"))
        files.push_back(scratch.write(name, content).string());
    Network network;
    for (const auto& [name, lat, lon] : {std::tuple{"Idlib", 35.93, 36.63}, {"Saraqib", 35.86, 36.8}}) {
        PlaceSettings place;
        place.place = place.name = name;
        place.lat = lat;
        place.lon = lon;
        network.places.push_back(place);
    }
    region::AcledOptions options;
    options.period = {*parse_date("2019-04-01"), *parse_date("2019-12-31"), 1};
    const auto imported = region::import_acled(files, network, options);
    if (!imported) return require_reasons(imported.findings());
    double strikes = 0;
    for (const auto& entry : imported->strikes_by_day.entries(network)) {
        require(entry.strikes_per_day.value_or(0) > 0, "a row without strikes");
        strikes += *entry.strikes_per_day * double(entry.to.value_or(entry.from) - entry.from + 1);
    }
    require(strikes <= imported->strikes + 1e-6, "more strikes than events");
}

void read_region_files(std::string_view sample) {
    const Scratch scratch;
    region::RegionFiles files;
    for (const auto& [name, content] : files_of(sample, "places.csv")) {
        const std::string_view ending = std::string_view(name).substr(std::min(name.find('.'), name.size()));
        // Others are read by GDAL's programs.
        if (ending != ".csv" && ending != ".txt" && ending != ".json" && ending != ".geojson" &&
            ending != ".xlsx" && ending != ".osm" && ending != ".osm.pbf")
            continue;
        const auto file = scratch.write(name, content);
        (name.starts_with("population")    ? files.population
         : name.starts_with("boundaries")  ? files.boundaries
         : name.starts_with("roads")       ? files.roads
         : name.starts_with("bombardment") ? files.bombardment
         : name.starts_with("reported")    ? files.reported
                                           : files.places)
            .push_back(file);
    }
    const auto read = region::read_region(files);
    if (!read) return require_reasons(read.findings());
    require(read->people >= 0 && read->people_placed >= 0, "fewer than no people");
    require(read->people_placed <= read->people * (1 + 1e-6) + 1, "more people than the source counts");
    for (const auto& place : read->settings.network.places)
        require(place.lat >= -90 && place.lat <= 90 && place.population >= 0, "a place that cannot be");
}

}  // namespace nuzuh::fuzz
