#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/model/fields.hpp"
#include "sim/region/days.hpp"
#include "sim/region/reports.hpp"

namespace nuzuh::region {
namespace {

/// Reads figures that were gathered by hand.
class FigureTable {
public:
    FigureTable(const Sheet& sheet, const Gazetteer& gazetteer, const Period& period, const Abroad& who,
                Findings& wrong)
        : sheet_(sheet),
          wrong_(wrong),
          days_(sheet, {sheet.column("from"), sheet.column("to"), sheet.column("published")}, period, wrong),
          places_(who.abroad.begin(), who.abroad.end()) {
        areas_.insert("all");
        for (const auto& one : gazetteer.places) {
            places_.insert(one.place.place);
            for (const auto& code : one.units.code) {
                if (!code.empty()) areas_.insert(area_of(code));
            }
        }
    }

    ReportedFigure figure_of(const SheetRow& row) {
        ReportedFigure figure;
        figure.quantity = word_of(row, "quantity", quantity_names, Quantity::displaced);
        figure.bound = word_of(row, "bound", bound_names, Bound::about);
        figure.persons = number(row, "persons").value_or(-1);
        figure.persons_high = number(row, "personshigh");
        if (figure.persons < 0) complain(row, "persons", "is no number of people", "0 or more");
        figure.uncertainty = number(row, "uncertainty").value_or(figure.uncertainty);
        figure.to = day(row, "to").value_or(Date{});
        if (text(row, "to").empty())
            complain(row, "to", "is no day", "the last day counted, or the day of a stock");
        figure.from = day(row, "from");
        if (figure.from && is_stock(figure.quantity))
            complain(row, "from", "says nothing of people who are there on a day", "leave it empty");
        figure.published = day(row, "published");
        figure.place = known(row, "place", places_);
        figure.area = known(row, "area", areas_);
        if (figure.area == "all") figure.area.clear();
        figure.source = text(row, "source");
        figure.figure = text(row, "figure");
        if (figure.figure.empty())
            figure.figure =
                fmt::format("{} {} on {}", text(row, "quantity"), figure.place + figure.area, iso(figure.to));
        return figure;
    }

private:
    const std::string& text(const SheetRow& row, std::string_view column) const {
        return sheet_.text(row, sheet_.column(column));
    }
    std::optional<double> number(const SheetRow& row, std::string_view column) const {
        return sheet_.number(row, sheet_.column(column));
    }
    void complain(const SheetRow& row, std::string_view column, std::string_view what, std::string hint) {
        wrong_.push_back(
            sheet_.error(row, fmt::format("{} '{}' {}", column, text(row, column), what), std::move(hint)));
    }
    std::optional<Date> day(const SheetRow& row, std::string_view column) {
        const auto& written = text(row, column);
        const auto read = days_.of(row, sheet_.column(column));
        if (!read && !written.empty()) complain(row, column, "is no day", "2024-10-09");
        return read;
    }
    template <class Word, class Names>
    Word word_of(const SheetRow& row, std::string_view column, const Names& names, Word other) {
        const auto& written = text(row, column);
        std::vector<std::string> all;
        for (const auto& [name, value] : names) {
            if (name == written) return value;
            all.emplace_back(name);
        }
        if (!written.empty() || column == "quantity")
            complain(row, column, "is none", fmt::format("{}", fmt::join(all, ", ")));
        return other;
    }
    std::string known(const SheetRow& row, std::string_view column, const std::set<std::string>& names) {
        const auto& written = text(row, column);
        if (written.empty() || names.contains(written)) return written;
        const auto near = nearest_word(written, {names.begin(), names.end()});
        complain(row, column, "is none that is known",
                 near.empty() ? "an identifier" : fmt::format("did you mean '{}'?", near));
        return written;
    }

    const Sheet& sheet_;
    Findings& wrong_;
    const Days days_;
    std::set<std::string> places_, areas_;
};

}  // namespace

void add_figures(const Sheet& sheet, const Gazetteer& gazetteer, const Period& period, const Abroad& who,
                 RegionReports& reports, Findings& wrong) {
    FigureTable table(sheet, gazetteer, period, who, wrong);
    int taken = 0, outside = 0;
    for (const auto& row : sheet.rows) {
        const auto figure = table.figure_of(row);
        const bool inside = is_in(period, figure.to) && (!figure.from || *figure.from >= period.from);
        ++(inside ? taken : outside);
        if (inside) reports.figures.push_back(figure);
    }
    reports.notes.push_back(sheet.warning(
        {}, fmt::format("{} figures taken as they are; set aside: {} outside the period", taken, outside)));
}

}  // namespace nuzuh::region
