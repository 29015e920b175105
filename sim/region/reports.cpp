#include "sim/region/reports.hpp"

#include "sim/base/text.hpp"
#include "sim/region/displacement_events.hpp"
#include "sim/region/refugees.hpp"
#include "sim/region/stocks.hpp"

namespace nuzuh::region {

std::string area_of(const std::string& code) { return in_small_letters(code); }

namespace {

/// Sheets of reports in a workbook that has others, such as one about the data.
double suits_reports(const Sheet& sheet) {
    return has_columns({"numpresentidpind", "reportinground", "displacementtype", "individuals",
                        "asylumlocationcode", "countryofasylumiso", "quantity", "persons"})(sheet);
}

}  // namespace

Result<RegionReports> read_reports(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Period& period, const Abroad& who) {
    RegionReports reports;
    Findings wrong;
    DisplacedStocks stocks(gazetteer, period);
    DisplacementEvents events(gazetteer, period);
    for (const auto& file : files) {
        const auto sheet = read_sheet(file, suits_reports);
        append(wrong, sheet.findings());
        if (!sheet) continue;
        if (const auto persons = sheet->column("numpresentidpind"))
            stocks.read(*sheet, *persons, wrong);
        else if (const auto people = sheet->column("population"); people && sheet->column("reportinground"))
            stocks.read(*sheet, *people, wrong);
        else if (sheet->column("displacementtype"))
            events.read(*sheet, wrong);
        else if (sheet->column("asylumlocationcode") ||
                 (sheet->column("countryofasylumiso") && sheet->column("refugeesunderunhcrsmandate")))
            add_refugees(*sheet, who.country, who.abroad, period, reports, wrong);
        else if (sheet->column("individuals") && sheet->column({"iso3oforigin", "countryoforigin"}))
            add_refugees(*sheet, who.country, who.abroad, period, reports, wrong);
        else if (sheet->column("quantity") && sheet->column("persons"))
            add_figures(*sheet, gazetteer, period, who, reports, wrong);
        else
            wrong.push_back(sheet->error(
                "no form of reports that is known",
                "DTM (numPresentIdpInd), HDX HAPI (reporting_round), IDMC IDU (displacement_type), UNHCR "
                "(Individuals, ISO3 of Origin), or figures by hand (quantity, persons, to). Of another table "
                "of displaced people by unit: "
                "name its columns admin2Pcode, numPresentIdpInd and reportingDate"));
    }
    if (has_errors(wrong)) return wrong;
    stocks.put(reports);
    events.put(reports);
    reports.notes.insert(reports.notes.begin(), wrong.begin(), wrong.end());
    return reports;
}

}  // namespace nuzuh::region
