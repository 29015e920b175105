#include <fmt/format.h>

#include "output/layout.hpp"
#include "output/study_layout.hpp"

namespace nuzuh {

namespace {

const char* stored_as(Stored stored) {
    switch (stored) {
        case Stored::float32:
            return "float32";
        case Stored::float64:
            return "float64";
        case Stored::int32:
            return "int32";
        case Stored::int8:
            return "int8";
        case Stored::text:
            return "text";
    }
    return "";
}

const char* stands_in(When when) {
    switch (when) {
        case When::always:
            return "every file";
        case When::figures:
            return "scenarios with reported figures in the period of the run";
        case When::planning:
            return "scenarios with planning figures";
        case When::origins:
            return "runs that track origins";
        case When::origins_by_record:
            return "runs that track origins, unless output.origins says otherwise";
        case When::causes:
            return "runs with output.causes";
        case When::agents:
            return "runs of the agent engine";
        case When::unknowns:
            return "members drew what is not known";
        case When::traces:
            return "runs of the agent engine with traces asked for";
        case When::totals_alone:
            return "runs with output.members: totals";
    }
    return "";
}

std::string axes_text(const DatasetInfo& info) {
    return info.dimensions.empty() ? "scalar" : fmt::format("{}", fmt::join(info.dimensions, ", "));
}

/// In which files a dataset of the root stands, behind its meaning.
std::string only_where(const DatasetInfo& info) {
    std::string text;
    if (info.when == When::origins || info.when == When::origins_by_record)
        text += "; only where origins are tracked";
    if (info.when == When::totals_alone) text += "; only with `output.members: totals`";
    if (info.when == When::causes) text += "; only with `output.causes`";
    if (is_series_of_members(info)) text += "; not with `output.members: totals`";
    return text;
}

std::string table_of(const std::vector<DatasetInfo>& datasets) {
    std::string text =
        "| name | axes | type | unit | meaning | cell methods | since |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n";
    for (const auto& info : datasets) {
        text += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} |\n", info.name, axes_text(info),
                            stored_as(info.stored), info.unit, info.meaning + only_where(info),
                            info.cell_methods, info.since);
    }
    return text;
}

std::string group_table(std::string_view group) {
    std::vector<DatasetInfo> datasets;
    for (const auto& info : layout()) {
        if (info.group == group) datasets.push_back(info);
    }
    return table_of(datasets);
}

constexpr std::string_view of_studies =
    R"(`nuzuh sweep` writes one file of the same form: `time`, places, routes and the border as above; for every run what the table
below says; for every axis a variable over `run`, named by the setting's key in letters, digits and `_` (`behaviour_leave_h_max`), with the
key itself as attribute `setting` and marked by the attribute `varied_by`; with two replicates or more what each draws,
`unknown_value` over `run` and `unknown_name`; and what the study collects: an output of every run has `run` as its first axis and is NaN where the
run was not done, one of which quantiles are kept has `_mean` and `_quantile` over all runs that were done.

`collect` takes every total and every quantity by place of the tables above, people by danger (`at_home_by_danger`, ...; the
bands are in `band_name`), `route_persons`, `arrivals_from`, `displaced_from_final`, and `first_day_full`, which is NaN as well
where a place never fills and therefore is kept of every run or not at all.

Root attributes `design`, `design_block` (sets that belong together, such as a block of a Saltelli design), `replicates`
and `runs_done`, the number of runs that means and quantiles rest on; `/provenance` holds the whole `study` as YAML, which `nuzuh sweep` takes back.

)";

When when_of(std::string_view group) {
    for (const auto& info : layout()) {
        if (info.group == group) return info.when;
    }
    return When::always;
}

constexpr std::string_view opening = R"(# The results file

Written from the table in `layout.cpp` by the test `Layout.reference_matches_the_table`; edit the table, not this page.

One file holds one ensemble. It is HDF5 that is also valid netCDF-4 with CF and UGRID attributes: xarray, pandas, R
(ncdf4), ncdump, GDAL and every HDF5 library read it without code of ours. Its usual name ends in `.h5`; written with
`-o results.nc` the same bytes are recognised by programs that go by the ending.

## Open it

On a file system without locks, as clusters have them, Python and R need `HDF5_USE_FILE_LOCKING=FALSE` in their environment;
nuzuh needs nothing. Every block is run by a test where the program is installed. **Python**, with xarray:

```python
import xarray as xr
run = xr.open_dataset("results/idlib-2019.h5", engine="netcdf4")
print(run.total_people_displaced_quantile.isel(time=-1).to_series())      # 5, 25, 50, 75, 95 % of the runs
stays = run.displaced_quantile.sel(quantile=0.5).isel(time=-1)
print(stays.to_series().nlargest(5))                                      # persons, by identifier of the place
print(float(stays.sel(place="azaz")), run.place_name.sel(place="azaz").item())
figures = xr.open_dataset("results/idlib-2019.h5", group="reported", engine="netcdf4").to_dataframe()
```

**R**, with ncdf4, where the axes of this page stand in reverse order:

```r
library(ncdf4)
run <- nc_open("results/idlib-2019.h5")
stays <- ncvar_get(run, "displaced_quantile")[, run$dim$time$len, 3]      # [place, time, quantile]; the third: 50 %
names(stays) <- ncvar_get(run, "place_name")
print(head(sort(stays, decreasing = TRUE), 5))
```

**QGIS** draws the places and routes, styled, and plays the weeks ([how](../scripts/README.md#in-qgis)):

```sh
nuzuh export results/idlib-2019.h5 --to geojson
cp scripts/qgis/*.qml results/idlib-2019-geojson   # a layer takes the style that has its name
qgis results/idlib-2019-geojson/routes.geojson results/idlib-2019-geojson/places.geojson
```

A copy of the network and of what is wanted on it opens as mesh layer, day by day. The whole file does not: text in it turns QGIS
away, and one that ends in `.nc` then opens as a mesh that is **valid and wrong**, of rows and columns:

```sh
nccopy -V time,lat,lon,routes,edge_nodes,wgs84,displaced_mean,route_persons_mean results/idlib-2019.h5 results/mesh.nc
```

A **spreadsheet** opens the workbook: a sheet a table, days as days, numbers as numbers, and blank where a value is missing. It needs a
program built with libxlsxwriter:

```sh
nuzuh export results/idlib-2019.h5 --to xlsx --wide        # with a column a place besides: people, water, food, tents, latrines
libreoffice --calc results/idlib-2019.xlsx                 # filter the column `statistic` for median
```

Tables for programs that take CSV alone come by `--to csv`: `--bom` puts the mark before them by which Excel knows UTF-8, and `--separator
semicolon` is for spreadsheets whose decimal mark is a comma.

## Which program, which command

Tried with the versions of Debian 12; tests run those that are installed. `run.nc` and `run.h5` are the same bytes.

| program | the way that works | the way that misleads or fails |
| --- | --- | --- |
| xarray 2023.1 to 2024 (netCDF4, h5netcdf) | `xr.open_dataset("run.h5", engine="netcdf4")`, `.sel(place="azaz")` | groups are not opened unasked: `group="reported"` |
| pandas | `pd.read_csv("totals_by_day.csv", skiprows=[1])`, or tables of `export --no-hxl` | with the row of hashtags every column is text |
| ncdf4 (R) 1.21 | `ncvar_get(nc_open("run.h5"), "displaced_mean")` | axes stand in reverse order |
| terra (R) 1.7 | `rast("run.nc", "displaced_mean")`: a table, days from above | its extent and coordinates number rows and columns; in files before format 2.0 **the last day comes first** |
| stars (R) 0.6 | `read_stars("NETCDF:run.nc:displaced_mean")` | the same |
| GDAL 3.6.2 | `gdalmdiminfo -array /displaced_mean run.h5`; `NETCDF:run.nc:displaced_mean` as a table | as raster it has no place on earth; before format 2.0 **the last day comes first** without `GDAL_NETCDF_BOTTOMUP=NO` |
| QGIS 3.22 | GeoJSON, or the copy by `nccopy` above | the whole `.nc` as mesh: valid and wrong |
| GRASS 8.2 | `v.in.ogr input=places_by_week.geojson output=weeks` | exports before format 2.0 have fields `from` and `to`, which it refuses |
| Ferret 7.6 | `use "run.nc"`, `list/l=1 displaced_mean` | it says that the axis of text is none; files before format 2.0 are refused |
| cdo 2.1 | `cdo infon -selname,displaced_mean run.nc`: means, whose first axis is time | what is by member or quantile is skipped, or taken for time steps that it is not; **percentiles over more than 50 records are off by up to a hundredth of the largest number** without `CDO_PCTL_NBINS=10001` |
| NCO 5.1 | `ncks -v displaced_mean run.h5`; `ncwa -a member -v displaced run.h5 mean.nc` | `ncra` finds no record axis (`ncks --mk_rec_dmn time` first); classic files (`-3`) hold no text |
| nccopy, ncdump 4.9 | `nccopy -V time,displaced_mean run.h5 part.nc` | `-k classic` fails: text and groups need netCDF-4 |
| GMT 6.4 | `gmt convert "run.nc?lon/lat/population"` | arrays as grids (`run.nc?displaced_mean`): places are no axis of a map |
| Octave 7.3 | `load("-hdf5", "run.h5", "displaced_mean")`: axes in reverse order | `load` of the whole file stops |
| jsfive 0.3, 0.4 (JavaScript) | `new hdf5.File(buffer).get("displaced_mean").value` | values are one list, last axis fastest; axes without values (`route`, `origin`) are lists of `undefined` |
| DuckDB 1.5.6 | tables of `export --no-hxl` | with the row of hashtags, columns of more than 2,045 rows are text |
| NCL 6.6.2 | `f = addfile("run.h5", "r")`, `f->displaced_mean`, `f=>/reported` | the same bytes called `run.nc` never finish opening where there are reported figures; a copy by `nccopy` opens |
| ParaView | not tried | not tried |

## What its numbers are

A **stock** (cell method `time: point`) is the number at the end of the record's last day; a **flow** (`time: sum`) is
the sum over the days since the record before. `time` is the record's last day, counted from the first day of the
period. Every number of persons is single precision, exact to 16.7 million.

A file is written under another name beside its own, brought to the disk, and then given its name: it is whole or
absent. The same scenario, seed and program give the same bytes, whatever the number of threads.

Its last line, behind the end of what HDF5 reads, is the SHA-256 of all before it (from format 2.2 on). nuzuh reads no file of which
that does not hold: one that was damaged, or one to which a program added something. The others read either. By hand:

```sh
head -c -89 results/idlib-2019.h5 | sha256sum; tail -n 1 results/idlib-2019.h5
```

)";

}  // namespace

std::string format_reference() {
    std::string text(opening);
    text += fmt::format("Version of the format: {} (root attribute `nuzuh_format`).\n\n## Axes\n\n",
                        results_format);
    text += "| axis | group | runs over |\n| --- | --- | --- |\n";
    for (const auto& axis : dimensions())
        text += fmt::format("| `{}` | /{} | {} |\n", axis.name, axis.group, axis.meaning);
    text +=
        "\nAn axis of length 0 is left out, and every dataset on it. `output.members: totals` leaves out the "
        "series of each member by "
        "place and route,\nor by home and place, which are most of a large file; chances of being full, "
        "planning figures and needs are those "
        "of all members in either.\n`output.places: [azaz, atma]` shortens the axes of places and of routes "
        "to "
        "those places and the routes between two of them, in the scenario's order.\nTotals, people by "
        "danger, "
        "needs, reported and planning figures stay those of everyone, and along `origin` stand all homes, so "
        "that places do not add up to\ntotals. Attribute `places_simulated` says how many places there "
        "were.\n\n## Datasets\n\n" +
        group_table("");
    for (std::string_view group : {"reported", "planning", "histories", "traces"}) {
        text += fmt::format("\n## Group /{}\n\nIn {}.\n\n{}", group, stands_in(when_of(group)),
                            group_table(group));
    }
    text += "\n## Files of studies\n\n" + std::string(of_studies) + table_of(run_table());
    return text + R"(
## Attributes

| of | name | holds |
| --- | --- | --- |
| / | `Conventions` | CF-1.10 UGRID-1.0 ACDD-1.3 |
| / | `title`, `summary` | what the scenario says of itself |
| / | `source` | this program's version and the revision of its source |
| / | `nuzuh_format` | version of this layout |
| / | `engine`, `mode`, `seed` | how the run was computed |
| / | `compiler` | what the program was compiled with |
| / | `time_coverage_start`, `time_coverage_end` | first and last day simulated |
| /provenance | `scenario` | the effective scenario, every default written out: `nuzuh run` takes it back |
| /provenance | `input_files` | SHA-256 and name of every file that was read |

Every dataset has `long_name`, those with a unit have `units`, those at places `coordinates`, tables of numbers `grid_mapping`.
Data on the network carry UGRID's `mesh` and `location`; the topology stands in `routes`. No threads, host, day or duration is
stored.

## How it is laid out

| choice | because |
| --- | --- |
| every axis is a dimension scale with netCDF's numbering; links and attributes keep the order of creation | names and order of axes reach every reader, and netCDF can append |
| nothing newer than HDF5 1.8; no object times | old and small readers manage; the same run gives the same bytes |
| names in letters, digits and `_`; `coordinates` names numbers alone | cdo, Ferret and R's formulas take no other |
| `wgs84` has `spatial_ref` and a `GeoTransform` that counts rows and columns | without them GDAL, and R's terra and stars with it, turn arrays upside down |
| the ends of a route are an axis `two` along Y | Ferret refuses a file with data on routes beside their index table otherwise |
| text attributes are scalars of fixed length in UTF-8 | QGIS and Octave stop at other forms |
| names and codes are variable-length UTF-8 | Arabic names survive, and netCDF-C 4.9.0 reads them |
| large data are float32 in chunks of one member, shuffled and deflated at level 1 | one member is read at a time; higher levels cost six times the time for 8 % |
| where the low bytes of the numbers are noise, as the low three of means are, they lie in stored blocks of the same stream | they take most of the time; deflated, the file would be a fifth smaller. What inflates the one inflates the other |
| `_FillValue` only where the meaning says "missing": no capacity, no threshold, a day that never comes | nowhere else is a value missing |
)";
}

}  // namespace nuzuh
