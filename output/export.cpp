#include "output/export.hpp"

#include <memory>

#include <fmt/format.h>

#include "output/export_csv.hpp"
#include "output/export_map.hpp"
#include "output/export_quantiles.hpp"
#include "output/export_share.hpp"
#include "output/gazetteer.hpp"
#include "output/pending_file.hpp"

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
            for (const auto& text : {column.name, column.hxl, column.unit, column.meaning}) list.text(text);
            list.end_row();
        }
    }
    return list.content();
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
                        file.doubles("/member").size(), "members");
    page += "It says what would follow if people behaved as the scenario assumes; it is not a forecast.\n";
    if (const auto note = unknown_codes_note(read_gazetteer(file)); !note.empty()) page += "\n" + note + "\n";
    for (const auto& note : notes) page += "\n" + note + "\n";
    return page;
}

}  // namespace

std::vector<ExportedFile> with_columns_and_notes(const ResultsFile& file,
                                                 const std::vector<NamedTable>& tables,
                                                 const std::vector<std::string>& notes) {
    std::vector<ExportedFile> files;
    for (const auto& [name, table] : tables) files.push_back({name, table.content()});
    files.push_back({"columns.csv", column_list(tables)});
    files.push_back({"READ_ME.txt", read_me(file, notes)});
    return files;
}

std::vector<ExportedFile> exported(const ResultsFile& file, ExportFormat format) {
    const std::string care =
        "Never publish small counts by place: they point at families. `nuzuh export --share` "
        "rounds, leaves out counts below ten and sums to weeks and sub-districts.";
    switch (format) {
        case ExportFormat::csv:
            return with_columns_and_notes(
                file, csv_tables(file),
                {"The second row of each table holds hashtags of the Humanitarian Exchange Language.", care});
        case ExportFormat::geojson:
            return map_files(file);
        case ExportFormat::quantiles:
            return with_columns_and_notes(file, {{"quantiles.csv", hub_table(file)}}, {care});
    }
    return {};
}

void write_export(const std::filesystem::path& folder, const std::vector<ExportedFile>& files, bool force) {
    const bool made = std::filesystem::create_directory(folder);
    try {
        std::vector<std::unique_ptr<PendingFile>> pending;
        for (const auto& file : files) {
            pending.push_back(std::make_unique<PendingFile>(folder / file.name, force));
            pending.back()->write(std::as_bytes(std::span(file.content)));
        }
        for (auto& file : pending) file->commit();
    } catch (...) {
        std::error_code ignored;
        if (made) std::filesystem::remove(folder, ignored);  // only if nothing stands in it
        throw;
    }
}

}  // namespace nuzuh
