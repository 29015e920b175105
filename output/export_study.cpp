#include "output/export_study.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include <fmt/format.h>

namespace nuzuh {
namespace {

/// A column of the table, with its value in every run.
struct RunColumn {
    Column column;
    std::function<void(CsvTable&, std::size_t run)> add;
};

RunColumn texts_column(const ResultsFile& file, const StoredDataset& dataset, const std::string& hxl) {
    return {
        {dataset.path.substr(1), hxl, dataset.unit, dataset.meaning},
        [values = file.texts(dataset.path)](CsvTable& table, std::size_t run) { table.text(values[run]); }};
}

RunColumn numbers_column(Column column, std::vector<double> values, int decimals) {
    return {std::move(column), [values = std::move(values), decimals](CsvTable& table, std::size_t run) {
                table.number(values[run], decimals);
            }};
}

/// Of a series: the sum of a flow, the last of a stock.
double over_run(const std::vector<float>& values, std::size_t width, std::size_t column, bool is_flow) {
    double sum = 0;
    for (std::size_t k = is_flow ? column : values.size() - width + column; k < values.size(); k += width)
        sum += values[k];
    return sum;
}

double most(const std::vector<float>& values) {
    return std::isnan(values.front()) ? double(values.front())
                                      : double(*std::max_element(values.begin(), values.end()));
}

/// Names of the parts of an axis, as columns are called by them.
std::vector<std::string> parts_of(const ResultsFile& file, const std::string& axis) {
    if (axis == "place") return file.texts("/place_id");
    if (axis == "route") return file.texts("/route_id");
    if (axis == "band") return file.texts("/band_name");
    if (axis != "level") return {};
    std::vector<std::string> percent;
    for (double level : file.doubles("/level")) percent.push_back(fmt::format("{:.0f}_percent", 100 * level));
    return percent;
}

/// Reads an output [run, ...] run by run and makes a number of each.
std::vector<double> of_runs(const ResultsFile& file, const StoredDataset& output,
                            const std::function<double(const std::vector<float>&)>& number) {
    std::vector<double> values;
    for (std::size_t run = 0; run < output.shape[0]; ++run)
        values.push_back(number(file.slice(output.path, run)));
    return values;
}

/// Columns of an output by run and time, and perhaps by place, route or band.
void add_series(std::vector<RunColumn>& columns, const ResultsFile& file, const StoredDataset& output) {
    const std::string name = output.path.substr(1);
    const bool is_flow = file.text_attribute(output.path, "cell_methods").value_or("") == "time: sum";
    const std::string over = is_flow ? "over the whole run: " : "at the end of the run: ";
    const auto add = [&](const std::string& column, const std::string& meaning, const auto& number) {
        columns.push_back(numbers_column({column, "#indicator+num", output.unit, meaning + output.meaning},
                                         of_runs(file, output, number), 1));
    };
    if (output.dimensions.size() == 2) {
        add(name, over, [&](const auto& values) { return over_run(values, 1, 0, is_flow); });
        add("most_" + name, "most in any record: ", most);
        return;
    }
    const auto parts = parts_of(file, output.dimensions[2]);
    for (std::size_t i = 0; i < parts.size(); ++i)
        add(fmt::format("{}_{}", name, parts[i]), over,
            [&](const auto& values) { return over_run(values, parts.size(), i, is_flow); });
}

/// Columns of the first day on which each place reaches each level.
void add_first_days(std::vector<RunColumn>& columns, const ResultsFile& file, const StoredDataset& output) {
    const auto levels = parts_of(file, "level"), places = parts_of(file, "place");
    for (std::size_t k = 0; k < levels.size() * places.size(); ++k) {
        const std::string name = fmt::format("{}_{}_{}", output.path.substr(1), levels[k / places.size()],
                                             places[k % places.size()]);
        columns.push_back(
            numbers_column({name, "#indicator+num", output.unit, output.meaning},
                           of_runs(file, output, [&](const auto& values) { return double(values[k]); }), 0));
    }
}

}  // namespace

std::vector<ExportedFile> study_tables(const ResultsFile& file) {
    std::vector<RunColumn> columns;
    std::string left_out;
    for (const auto& dataset : file.datasets()) {
        const auto& axes = dataset.dimensions;
        const std::string name = dataset.path.substr(1);
        const bool is_setting = file.text_attribute(dataset.path, "varied_by").has_value();
        if (axes.empty() || axes[0] != "run") {
            if (name.ends_with("_quantile")) left_out += (left_out.empty() ? "" : ", ") + name;
        } else if (axes.size() == 1 && dataset.is_text) {
            columns.push_back(texts_column(file, dataset, is_setting ? "#meta+setting" : "#meta+message"));
        } else if (axes.size() == 1) {
            columns.push_back(
                numbers_column({name, is_setting ? "#meta+setting+num" : "#meta+run", dataset.unit,
                                dataset.meaning + (name == "status" ? ": 0 done, 1 refused, 2 failed" : "")},
                               file.doubles(dataset.path), 6));
        } else if (axes[1] == "time") {
            add_series(columns, file, dataset);
        } else if (axes[1] == "level") {
            add_first_days(columns, file, dataset);
        } else {
            left_out += (left_out.empty() ? "" : ", ") + name;
        }
    }
    std::vector<Column> heads;
    for (const auto& column : columns) heads.push_back(column.column);
    CsvTable table(heads);
    for (std::size_t run = 0; run < file.doubles("/run").size(); ++run) {
        for (const auto& column : columns) column.add(table, run);
        table.end_row();
    }
    std::vector<std::string> notes{
        "A row is a run; runs of one set have the same settings and differ by chance. Cells of runs "
        "that were not done are empty."};
    if (!left_out.empty())
        notes.push_back("Not in the table, because it has more than a number a run: " + left_out + ".");
    return with_columns_and_notes(file, {{"runs.csv", table}}, notes);
}

}  // namespace nuzuh
