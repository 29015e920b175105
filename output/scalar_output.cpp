#include "output/scalar_output.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/rules/danger.hpp"

namespace nuzuh {
namespace {

/// Every quantity that is recorded over time.
std::vector<FieldInfo> recorded_fields() {
    std::vector<FieldInfo> fields(total_fields.begin(), total_fields.end());
    fields.insert(fields.end(), place_fields.begin(), place_fields.end());
    fields.insert(fields.end(), band_fields.begin(), band_fields.end());
    return fields;
}

std::string nearest_field(const std::string& name) {
    std::vector<std::string> names;
    for (const auto& field : recorded_fields()) names.emplace_back(field.name);
    const auto near = nearest_word(name, names);
    return near.empty() ? "total_movements, total_displaced, arrivals/PLACE, at_home_by_danger/BAND, ..."
                        : fmt::format("did you mean '{}'?", near);
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find('+'), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

/// Whether the part behind '@' could be read.
bool read_when(std::string_view text, ScalarOutput& output) {
    using When = ScalarOutput::When;
    output.when = text.empty() || text == "end" ? When::end : text == "peak" ? When::peak : When::date;
    if (output.when != When::date) return true;
    const auto dots = text.find("..");
    if (dots != text.npos) {
        output.when = When::between;
        const auto from = parse_date(text.substr(0, dots));
        if (!from) return false;
        output.from = *from;
        text.remove_prefix(dots + 2);
    }
    const auto to = parse_date(text);
    if (to) output.to = *to;
    return to.has_value() && (output.when == When::date || output.from < output.to);
}

/// Records that end by a date.
std::size_t records_by(std::span<const Date> days, Date date) {
    return std::size_t(std::upper_bound(days.begin(), days.end(), date) - days.begin());
}

}  // namespace

Result<ScalarOutput> parse_scalar_output(std::string_view text) {
    ScalarOutput output;
    output.text = text;
    const auto at = std::min(text.find('@'), text.size());
    const auto slash = std::min(text.find('/'), at);
    output.name = text.substr(0, slash);
    if (slash < at) output.parts = split(text.substr(slash + 1, at - slash - 1));
    const auto fields = recorded_fields();
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const FieldInfo& each) { return each.name == output.name; });
    if (field == fields.end())
        return one_error(std::string(text), fmt::format("no output '{}'", output.name),
                         nearest_field(output.name));
    output.kind = field->kind;
    output.by_danger = output.name.ends_with("_by_danger");
    const bool is_total = output.name.starts_with("total_");
    if (is_total && !output.is_total())
        return one_error(std::string(text), fmt::format("'{}' is a total over all places", output.name),
                         "leave out the place");
    if (!is_total && output.is_total())
        return output.by_danger
                   ? one_error(std::string(text), fmt::format("'{}' is by danger", output.name),
                               fmt::format("name a band: {}/{}", output.name, danger_bands.back().first))
                   : one_error(std::string(text), fmt::format("'{}' is by place", output.name),
                               fmt::format("name one: {}/dana", output.name));
    if (!read_when(at < text.size() ? text.substr(at + 1) : "", output))
        return one_error(std::string(text), fmt::format("'{}' is no time", text.substr(at + 1)),
                         "end, peak, 2019-08-31, or 2019-08-17..2019-08-21");
    return output;
}

double scalar_value(const ScalarOutput& output, std::span<const Date> days, std::span<const float> series) {
    using When = ScalarOutput::When;
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    if (series.empty()) return unknown;
    if (output.when == When::peak) return *std::max_element(series.begin(), series.end());
    const std::size_t first = output.when == When::between ? records_by(days, output.from) : 0;
    const std::size_t last = output.when == When::end ? series.size() : records_by(days, output.to);
    if (last == 0 || (output.when == When::between && output.kind == Kind::stock && first == 0))
        return unknown;
    if (output.kind == Kind::flow)
        return std::accumulate(series.begin() + std::ptrdiff_t(first), series.begin() + std::ptrdiff_t(last),
                               0.0);
    return series[last - 1] - (output.when == When::between ? double(series[first - 1]) : 0.0);
}

}  // namespace nuzuh
