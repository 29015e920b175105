#include "output/export.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "output/export_csv.hpp"
#include "output/export_map.hpp"
#include "output/export_quantiles.hpp"
#include "output/export_share.hpp"
#include "output/export_study.hpp"
#include "output/gazetteer.hpp"
#include "output/over_run.hpp"
#include "output/pending_file.hpp"
#include "output/weekly.hpp"
#include "sim/base/text.hpp"

namespace nuzuh {
namespace {

/// Every column of every table: what planners call a data dictionary.
std::string column_list(const std::vector<NamedTable>& tables) {
    CsvTable list({{"file", "#meta+file", "", ""},
                   {"column", "#meta+column", "", ""},
                   {"hashtag", "#meta+hxl", "", ""},
                   {"unit", "#meta+unit", "", ""},
                   {"meaning", "#description", "", ""}});
    for (const auto& [name, table] : tables) {
        for (const auto& column : table.columns()) {
            list.raw(csv_cell(name));
            list.text(column.name);
            list.raw(column.hxl);
            list.text(column.unit);
            list.text(column.meaning);
            list.end_row();
        }
    }
    return list.content();
}

constexpr const char* column_list_file = "columns.csv";

/// A table whose first three columns need no quotes, without the third.
std::string without_third_column(const std::string& table) {
    std::string result;
    for (std::size_t at = 0; at < table.size();) {
        const auto end = table.find('\n', at) + 1;
        const auto third = table.find(',', table.find(',', at) + 1), fourth = table.find(',', third + 1);
        result += table.substr(at, third - at) + table.substr(fourth, end - fourth);
        at = end;
    }
    return result;
}

std::string read_me(const ResultsFile& file, const std::vector<std::string>& notes) {
    std::string page;
    for (const char* attribute : {"title", "summary"}) {
        const auto text = file.text_attribute("/", attribute);
        if (text && !text->empty()) page += *text + "\n\n";
    }
    page += fmt::format("Simulated by {}, {} to {}, {} {}.\n",
                        file.text_attribute("/", "source").value_or("nuzuh"),
                        file.text_attribute("/", "time_coverage_start").value_or(""),
                        file.text_attribute("/", "time_coverage_end").value_or(""),
                        file.is_study() ? file.doubles("/run").size() : file.doubles("/member").size(),
                        file.is_study() ? "runs" : "members");
    page += "It says what would follow if people behaved as the scenario assumes; it is not a forecast.\n";
    const auto unknown = file.is_study() ? "" : unknown_codes_note(read_gazetteer(file));
    if (!unknown.empty()) page += "\n" + unknown + "\n";
    for (const auto& note : notes) {
        if (!note.empty()) page += "\n" + note + "\n";
    }
    return page;
}

}  // namespace

std::vector<ExportedFile> with_columns_and_notes(const ResultsFile& file,
                                                 const std::vector<NamedTable>& tables,
                                                 const std::vector<std::string>& notes) {
    std::vector<ExportedFile> files;
    for (const auto& [name, table] : tables) files.push_back({name, table.content(), table.kinds()});
    files.push_back({column_list_file, column_list(tables)});
    files.push_back({"READ_ME.txt", read_me(file, notes)});
    return files;
}

std::string left_out_places_note(const Results& file) {
    if (tells_all_places(file)) return "";
    return fmt::format(
        "The results tell of {} of {} places, and of the routes between them (output.places). Totals are "
        "those of "
        "everyone: places do not add up to them.",
        file.texts("/place_id").size(), places_simulated(file));
}

std::vector<ExportedFile> exported(const ResultsFile& file, ExportFormat format) {
    const std::string care =
        "Never publish small counts by place: they point at families. `nuzuh export --share` "
        "rounds, leaves out counts below ten and sums to weeks and sub-districts.";
    if (format == ExportFormat::geojson) return map_files(file);
    if (format == ExportFormat::quantiles)
        return with_columns_and_notes(file, {{"quantiles.csv", hub_table(file)}},
                                      {care, left_out_places_note(file), left_out_note(file, format)});
    if (file.is_study()) return study_tables(file);
    return with_columns_and_notes(file, csv_tables(file),
                                  {"Tables have a second row of hashtags of the Humanitarian "
                                   "Exchange Language, unless made with --no-hxl.",
                                   care, left_out_places_note(file), left_out_note(file, format)});
}

std::string left_out_note(const ResultsFile& file, ExportFormat format) {
    if (file.is_study()) return "";
    const Gazetteer g = read_gazetteer(file);
    if (keeps_series(file))
        return format == ExportFormat::quantiles && !tells_weeks(g)
                   ? "Records are of other lengths than a day or seven: arrivals, departures and returns of "
                     "a week "
                     "cannot be told from them and are left out."
                   : "";
    const auto& weeks = g.weeks;
    const auto is_one_record = [](const Week& week) { return week.first == week.last; };
    if (format == ExportFormat::geojson && std::all_of(weeks.begin(), weeks.end(), is_one_record)) return "";
    const char* left_out =
        format == ExportFormat::geojson
            ? "quantiles of arrivals, departures and returns by week are null in weeks of several records "
              "(--set 'output.every=7 days' makes one of each)"
        : format == ExportFormat::quantiles
            ? "quantiles by week and place are left out"
            : "quantiles of water and food by place are empty where people both stay and wait";
    return fmt::format(
        "The run kept totals alone of each member (output.members: totals): {}. With --set "
        "output.members=all they "
        "can be had.",
        left_out);
}

void add_wide_tables(std::vector<ExportedFile>& files, const ResultsFile& file) {
    for (auto& [name, table] : wide_tables(file)) files.push_back({name, table.content(), table.kinds()});
}

void remove_hashtags(std::vector<ExportedFile>& files) {
    for (auto& file : files) {
        if (!file.name.ends_with(".csv")) continue;
        std::string& content = file.content;
        const auto second = content.find('\n') + 1;
        if (content[second] == '#') content.erase(second, content.find('\n', second) + 1 - second);
        if (file.name == column_list_file) content = without_third_column(content);
    }
}

void set_separator(std::vector<ExportedFile>& files, char separator) {
    if (separator == ',') return;
    std::vector<std::string> cells;
    for (auto& file : files) {
        if (!file.name.ends_with(".csv")) continue;
        std::string changed;
        CsvRows rows(file.content);
        for (std::size_t row = 0; rows.next(cells); ++row) {
            for (std::size_t c = 0; c < cells.size(); ++c) {
                const bool is_number = c < file.columns.size() && file.columns[c] == CellKind::number;
                if (row > 0 && is_number && separator == ';' && !cells[c].starts_with('#'))
                    std::replace(cells[c].begin(), cells[c].end(), '.', ',');
                if (c > 0) changed += separator;
                changed += csv_quoted(cells[c], separator);
            }
            changed += '\n';
        }
        file.content = std::move(changed);
    }
}

void write_export(const std::filesystem::path& folder, const std::vector<ExportedFile>& files, bool force) {
    const bool made = std::filesystem::create_directory(folder);
    try {
        std::vector<FileContent> contents;
        for (const auto& file : files)
            contents.push_back({folder / file.name, std::as_bytes(std::span(file.content))});
        write_together(contents, force);
    } catch (...) {
        std::error_code ignored;
        if (made) std::filesystem::remove(folder, ignored);  // only if nothing stands in it
        throw;
    }
}

}  // namespace nuzuh
