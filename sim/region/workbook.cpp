#include "sim/region/workbook.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/date.hpp"

#ifdef NUZUH_SPREADSHEETS
#include <expat.h>

#include "sim/region/zip.hpp"
#endif

namespace nuzuh::region {

#ifndef NUZUH_SPREADSHEETS

Result<std::vector<Sheet>> read_workbook(const std::filesystem::path& file, const SheetScore&) {
    return Findings{Sheet{file.string(), {}, {}}.error(
        "this program was built without zlib and expat, which XLSX needs", "save the sheet as CSV")};
}

#else

namespace {

using Attributes = std::map<std::string, std::string>;

/// Reads XML, telling of the start, text and end of every element; prefixes of names are left out.
class Xml {
public:
    std::function<void(const std::string& name, const Attributes&)> start = [](auto&, auto&) {};
    std::function<void(const std::string& text)> text = [](auto&) {};
    std::function<void(const std::string& name)> end = [](auto&) {};

    /// @return  whether it is well-formed
    bool read(const std::string& xml) {
        XML_Parser parser = XML_ParserCreate(nullptr);
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, on_start, on_end);
        XML_SetCharacterDataHandler(parser, on_text);
        // A workbook declares no entities of its own; what would expand is not read.
        XML_SetEntityDeclHandler(
            parser,
            [](void* self, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
               const XML_Char*, const XML_Char*) { static_cast<Xml*>(self)->has_entities_ = true; });
        const bool well_formed = XML_Parse(parser, xml.data(), int(xml.size()), 1) != XML_STATUS_ERROR;
        XML_ParserFree(parser);
        return well_formed && !has_entities_;
    }

private:
    static std::string bare(const char* name) {
        const std::string_view all = name;
        return std::string(all.substr(all.find(':') == std::string_view::npos ? 0 : all.find(':') + 1));
    }
    static void on_start(void* self, const char* name, const char** given) {
        Attributes attributes;
        for (; *given; given += 2) attributes[bare(given[0])] = given[1];
        static_cast<Xml*>(self)->start(bare(name), attributes);
    }
    static void on_text(void* self, const char* text, int size) {
        static_cast<Xml*>(self)->text(std::string(text, std::size_t(size)));
    }
    static void on_end(void* self, const char* name) { static_cast<Xml*>(self)->end(bare(name)); }

    bool has_entities_ = false;
};

std::string value_of(const Attributes& attributes, const std::string& name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? "" : found->second;
}

/// Column of a reference such as AB12, from 0.
std::size_t column_of(const std::string& reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z' || column > 16384) break;
        column = column * 26 + std::size_t(c - 'A' + 1);
    }
    return column > 0 ? column - 1 : 0;
}

/// What a format's code says without its literal text: "...", \x, _x, *x and [...].
std::string without_literals(std::string_view code) {
    std::string said;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '"' || code[i] == '[') {
            i = std::min(code.find(code[i] == '"' ? '"' : ']', i + 1), code.size());
        } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
            ++i;
        } else {
            said += code[i];
        }
    }
    return said;
}

/// Whether a format's number shows a date: one that is built in (ECMA-376 part 1, 18.8.30, those of East Asian languages
/// included), or one whose code has a year or a day.
bool shows_date(int format, const std::map<int, std::string>& own) {
    if (const auto found = own.find(format); found != own.end())
        return without_literals(found->second).find_first_of("yYdD") != std::string::npos;
    return (format >= 14 && format <= 17) || format == 22 || (format >= 27 && format <= 31) || format == 36 ||
           (format >= 50 && format <= 54) || format == 57 || format == 58;
}

class Workbook {
public:
    explicit Workbook(const ZipArchive& zip) : zip_(zip) {}

    bool read_parts() { return read_strings() && read_styles() && read_names(); }
    const std::vector<std::pair<std::string, std::string>>& sheets() const { return sheets_; }  // name, part

    /// Rows by number; nothing if the part is damaged.
    std::optional<std::vector<SheetRow>> rows(const std::string& part) const {
        const auto xml = zip_.read(part);
        if (!xml) return {};
        std::vector<SheetRow> rows;
        std::string text, type;
        std::size_t column = 0;
        int style = 0;
        bool in_value = false;
        Xml reader;
        reader.start = [&](const std::string& name, const Attributes& given) {
            if (name == "row") {
                const auto number = value_of(given, "r");
                rows.push_back({number.empty() ? int(rows.size()) + 1 : std::atoi(number.c_str()), {}});
                column = 0;
            } else if (name == "c" && !rows.empty()) {
                if (const auto reference = value_of(given, "r"); !reference.empty())
                    column = column_of(reference);
                type = value_of(given, "t");
                style = std::atoi(value_of(given, "s").c_str());
                text.clear();
            }
            in_value |= name == "v" || name == "t";
        };
        reader.text = [&](const std::string& more) {
            if (in_value) text += more;
        };
        reader.end = [&](const std::string& name) {
            if (name == "v" || name == "t") in_value = false;
            if (name != "c" || rows.empty() || column > 16384) return;
            auto& cells = rows.back().cells;
            cells.resize(std::max(cells.size(), column + 1));
            cells[column++] = shown(text, type, style);
        };
        if (!reader.read(*xml)) return {};
        return rows;
    }

private:
    std::string shown(const std::string& text, const std::string& type, int style) const {
        if (type == "s") {
            const auto number = std::size_t(std::atoll(text.c_str()));
            return number < strings_.size() ? strings_[number] : "";
        }
        if (type.empty() && !text.empty() && dates_.contains(style)) {
            return iso(Date{std::atoi(text.c_str()) - day_0_to_1970_});
        }
        return text;
    }

    bool read_strings() {
        if (!zip_.has("xl/sharedStrings.xml")) return true;
        const auto xml = zip_.read("xl/sharedStrings.xml");
        Xml reader;
        bool in_text = false, in_reading_aid = false;
        reader.start = [&](const std::string& name, const Attributes&) {
            if (name == "si") strings_.emplace_back();
            in_text |= name == "t";
            in_reading_aid |= name == "rPh";
        };
        reader.text = [&](const std::string& more) {
            if (in_text && !in_reading_aid && !strings_.empty()) strings_.back() += more;
        };
        reader.end = [&](const std::string& name) {
            if (name == "t") in_text = false;
            if (name == "rPh") in_reading_aid = false;
        };
        return xml && reader.read(*xml);
    }

    bool read_styles() {
        if (!zip_.has("xl/styles.xml")) return true;
        const auto xml = zip_.read("xl/styles.xml");
        Xml reader;
        std::map<int, std::string> own;
        bool in_cell_formats = false;
        int style = 0;
        reader.start = [&](const std::string& name, const Attributes& given) {
            if (name == "numFmt")
                own[std::atoi(value_of(given, "numFmtId").c_str())] = value_of(given, "formatCode");
            if (name == "cellXfs") in_cell_formats = true;
            if (name != "xf" || !in_cell_formats) return;
            if (shows_date(std::atoi(value_of(given, "numFmtId").c_str()), own)) dates_.insert(style);
            ++style;
        };
        reader.end = [&](const std::string& name) {
            if (name == "cellXfs") in_cell_formats = false;
        };
        return xml && reader.read(*xml);
    }

    bool read_names() {
        const auto book = zip_.read("xl/workbook.xml"), links = zip_.read("xl/_rels/workbook.xml.rels");
        if (!book || !links) return false;
        std::map<std::string, std::string> target;
        Xml of_links, of_book;
        of_links.start = [&](const std::string& name, const Attributes& given) {
            if (name == "Relationship") target[value_of(given, "Id")] = value_of(given, "Target");
        };
        of_book.start = [&](const std::string& name, const Attributes& given) {
            if (const auto from_1904 = value_of(given, "date1904");
                name == "workbookPr" && (from_1904 == "1" || from_1904 == "true"))
                day_0_to_1970_ = 24107;
            if (name != "sheet") return;
            const std::string part = target[value_of(given, "id")];
            sheets_.emplace_back(value_of(given, "name"),
                                 part.starts_with("/") ? part.substr(1) : "xl/" + part);
        };
        return of_links.read(*links) && of_book.read(*book);
    }

    const ZipArchive& zip_;
    std::vector<std::string> strings_;
    std::set<int> dates_;  ///< styles
    int day_0_to_1970_ =
        25569;  ///< days; those of the system that counts from 1900, unless the workbook says 1904
    std::vector<std::pair<std::string, std::string>> sheets_;
};

}  // namespace

Result<std::vector<Sheet>> read_workbook(const std::filesystem::path& file, const SheetScore& suits) {
    const Sheet none{file.string(), {}, {}};
    const auto zip = ZipArchive::open(file);
    if (!zip) return Findings{none.error("this file can't be opened, or is no XLSX workbook")};
    Workbook book(*zip);
    if (!book.read_parts()) return Findings{none.error("a workbook that is damaged")};
    std::vector<Sheet> sheets;
    for (const auto& [name, part] : book.sheets()) {
        auto rows = book.rows(part);
        if (!rows) return Findings{none.error(fmt::format("the sheet '{}' is damaged", name))};
        std::erase_if(*rows, [](const SheetRow& row) {
            return std::all_of(row.cells.begin(), row.cells.end(),
                               [](const auto& cell) { return cell.empty(); });
        });
        sheets.push_back(with_header(fmt::format("{} ({})", file.string(), name), std::move(*rows)));
    }
    return best_of(std::move(sheets), suits, file);
}

#endif

}  // namespace nuzuh::region
