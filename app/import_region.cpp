// nuzuh import region DIR
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "output/imports.hpp"
#include "sim/region/region.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct RegionOptions {
    std::string folder;
    std::vector<std::string> places, population, boundaries, roads, bombardment, reported;
    std::vector<std::string> kinds;
    std::string from, to;
    int level = 0;
    bool force = false;
    region::RegionFiles files;
};

std::vector<fs::path> paths_of(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

std::string summary_text(const region::Region& region) {
    const auto& network = region.settings.network;
    const auto count = [&](PlaceType type) {
        return std::count_if(network.places.begin(), network.places.end(),
                             [&](const auto& place) { return place.type == type; });
    };
    return fmt::format(
        "Places: {} towns, {} camps, {} forks; people: {} (the source counts {}); routes: {}; entries of "
        "bombardment: {}; reported "
        "figures: {}; {} to {}\n",
        count(PlaceType::town), count(PlaceType::idp_camp), count(PlaceType::waypoint),
        grouped(region.people_placed), grouped(region.people), network.routes.size(),
        region.settings.bombardment.size(), region.settings.reported.size(), iso(region.settings.period.from),
        iso(region.settings.period.to));
}

/// Whether a day was given as one; prints why not.
bool read_day(const std::string& text, const char* option, std::optional<Date>& day) {
    if (text.empty()) return true;
    day = parse_date(text);
    if (!day) print_error(fmt::format("{} '{}' is no date", option, text), "YYYY-MM-DD");
    return day.has_value();
}

int import_region(RegionOptions& options, const Session& session) {
    auto& files = options.files;
    files.places = paths_of(options.places);
    files.population = paths_of(options.population);
    files.boundaries = paths_of(options.boundaries);
    files.roads = paths_of(options.roads);
    files.bombardment = paths_of(options.bombardment);
    files.reported = paths_of(options.reported);
    if (options.level > 0) files.level = options.level;
    files.kinds = {options.kinds.begin(), options.kinds.end()};
    if (files.title.empty()) files.title = fs::weakly_canonical(options.folder).filename().string();
    if (!(read_day(options.from, "--from", files.from) & read_day(options.to, "--to", files.to)))
        return exit_bad_input;
    const auto region = region::read_region(files);
    if (!region) {
        print_findings(region.findings(), session);
        return exit_bad_input;
    }
    print(summary_text(*region));
    print(fmt::format("Guesses and things left out: {}, in {}\n", region->report.size(),
                      (fs::path(options.folder) / "report.csv").string()));
    const auto written =
        write_region(region->settings, region->report, options.folder, options.force, files_of(files));
    if (!written) return refuse(written.findings());
    if (!session.quiet)
        print_note(fmt::format("written: {} and {} tables", written->front().string(), written->size() - 1));
    return exit_done;
}

/// Files of every kind.
void add_files_of_region(CLI::App& command, RegionOptions& options) {
    const auto add_files = [&](const char* name, std::vector<std::string>& files, const char* meaning) {
        command.add_option(name, files, meaning)
            ->type_name("FILE")
            ->allow_extra_args(false)
            ->check(CLI::ExistingFile);
    };
    add_files("--places", options.places,
              "GeoNames dump, COD-AB with P-codes and centres (CSV, XLSX, GeoJSON, .gpkg, .shp, .zip), or "
              "any table "
              "with name, lat, lon; "
              "left out: the towns of an OpenStreetMap file given as --roads");
    add_files("--population", options.population,
              "COD-PS, any table of people by P-code, or a grid of people a cell such as WorldPop (.tif, or "
              "points x, y, "
              "value)");
    add_files("--boundaries", options.boundaries,
              "COD-AB as areas (GeoJSON, .gpkg, .shp, .zip): places get the P-codes of the units they lie "
              "in, and what lies "
              "outside is abroad");
    add_files(
        "--roads", options.roads,
        "OpenStreetMap (.osm.pbf, .osm), lines (.geojson, .gpkg, .shp, .zip) or a table of links: from, to, "
        "km");
    add_files("--bombardment", options.bombardment,
              "Events of ACLED or UCDP, weekly or monthly counts of ACLED or HDX HAPI, or a table of rates");
    add_files("--reported", options.reported,
              "Displaced people: DTM, HDX HAPI, IDMC IDU, UNHCR, or a table of figures");
}

}  // namespace

void add_import_region(CLI::App& import, Session& session) {
    auto options = std::make_shared<RegionOptions>();
    auto* command = import.add_subcommand("region", "A scenario of any region from open data");
    command->add_option("folder", options->folder, "Folder to write: scenario.yaml, its tables, report.csv")
        ->required();
    add_files_of_region(*command, *options);
    command->add_option("--level", options->level, "Of administrative units; default: the deepest")
        ->check(CLI::Range(1, 4));
    command
        ->add_option("--kinds", options->kinds,
                     "Of places that are taken: of OpenStreetMap, such as city,town,hamlet (default: "
                     "city,town,village), or codes "
                     "of GeoNames, such as PPLC,PPLA,PPLA2 (default: all)")
        ->delimiter(',')
        ->type_name("WORD");
    command->add_option("--from", options->from, "First day; default: the first of bombardment")
        ->type_name("DATE");
    command->add_option("--to", options->to, "Last day; default: the last of bombardment")->type_name("DATE");
    command->add_option(
        "--country", options->files.country,
        "Whose people abroad are taken from UNHCR's stocks: code of three letters, such as SDN");
    command->add_option("--title", options->files.title, "Title of the scenario; default: the folder's name");
    command->add_option("--reach", options->files.reach_km, "Farthest an event may lie from its place [km]")
        ->capture_default_str()
        ->check(CLI::Range(0.1, 500.0));
    command->add_flag("--tracks", options->files.road_spec.tracks, "Take tracks and service roads too");
    command->add_flag("--no-forks{false}", options->files.road_spec.forks,
                      "Let routes share a road, in place of a place where they part");
    command->add_flag("--force", options->force, "Replace files that exist");
    command->footer(
        "Each option may be given again for another file. Every guess stands in report.csv with file and "
        "row.\n\n"
        "Example:\n"
        "  nuzuh import region djibouti --places DJ.txt --roads djibouti-latest.osm.pbf --from 2024-01-01 "
        "--to 2024-03-31\n"
        "  nuzuh check djibouti/scenario.yaml\n"
        "  nuzuh run djibouti/scenario.yaml\n"
        "Exit code: 0 done, 2 mistakes in a file or on the command line.");
    command->callback([options, &session] { session.exit_code = import_region(*options, session); });
}

}  // namespace nuzuh::app
