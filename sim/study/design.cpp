#include "sim/study/design.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "sim/base/random.hpp"
#include "sim/study/sobol_points.hpp"

namespace nuzuh {
namespace {

constexpr double most_sets = 1e7;

using Table = Eigen::ArrayXXd;

/// Says what keeps a design from being made.
class Checks {
public:
    explicit Checks(const DesignSpec& spec) : spec_(spec) {}

    Findings findings() {
        if (spec_.axes.empty()) error("axes", "no axes", "name at least one setting to vary");
        std::set<std::string> seen;
        for (const Axis& axis : spec_.axes) {
            if (!seen.insert(axis.key).second) error("axes." + axis.key, "an axis that is given twice");
            check(axis);
        }
        if (!has_errors(found_)) check_size();
        return std::move(found_);
    }

private:
    void error(std::string path, std::string message, std::string hint = "") {
        found_.push_back({Severity::error, std::move(path), std::move(message), std::move(hint), {}, ""});
    }

    void check(const Axis& axis) {
        const std::string path = "axes." + axis.key;
        const bool compares = spec_.kind == DesignKind::saltelli || spec_.kind == DesignKind::morris;
        if (compares && axis.values.size() == 1)
            error(path, "one value alone, expected at least two to compare");
        if (axis.is_list()) return;
        if (spec_.kind == DesignKind::list) return error(path, "an axis of a list needs 'values'");
        if (!std::isfinite(axis.from) || !std::isfinite(axis.to) || !(axis.from < axis.to))
            return error(path + ".to",
                         fmt::format("a range from {} to {}, expected from < to", axis.from, axis.to));
        if (axis.scale == AxisScale::log && axis.from <= 0)
            error(path + ".from",
                  fmt::format("a logarithmic range from {}, expected more than 0", axis.from));
        if (axis.scale == AxisScale::whole)
            for (const auto& [end, number] : {std::pair{".from", axis.from}, std::pair{".to", axis.to}})
                if (number != std::round(number))
                    error(path + end, fmt::format("{}, expected a whole number", number));
        if (spec_.kind == DesignKind::grid && axis.scale != AxisScale::whole && axis.levels < 2)
            error(path, "a range in a grid needs to know how many numbers to take from it",
                  "add 'levels: 5', or write the 'values'");
    }

    void check_size() {
        const auto axes = double(spec_.axes.size());
        switch (spec_.kind) {
            case DesignKind::grid:
                return check_grid();
            case DesignKind::list:
                return check_list();
            case DesignKind::latin_hypercube:
                return check_size(1);
            case DesignKind::sobol:
                return check_sobol(axes, 1);
            case DesignKind::saltelli:
                return check_sobol(2 * axes, axes + 2);
            case DesignKind::morris:
                if (spec_.morris_levels < 2 || spec_.morris_levels % 2 != 0)
                    error("morris_levels",
                          fmt::format("{} levels, expected 2, 4, 6 or 8", spec_.morris_levels));
                return check_size(axes + 1);
        }
    }

    void check_size(double sets_each) {
        if (spec_.size < 1)
            error("size", fmt::format("a size of {}, expected at least 1", spec_.size));
        else
            check_count(spec_.size * sets_each);
    }

    void check_count(double sets) {
        if (sets > most_sets)
            error("size", fmt::format("{:.0f} parameter sets, expected at most {:.0f}", sets, most_sets));
    }

    void check_sobol(double dimensions, double sets_each) {
        if (dimensions > most_sobol_dimensions)
            error("axes", fmt::format("too many axes for Sobol's sequence, expected at most {}",
                                      spec_.kind == DesignKind::sobol ? most_sobol_dimensions
                                                                      : most_sobol_dimensions / 2));
        check_size(sets_each);
        if (spec_.size < 1 || std::has_single_bit(unsigned(spec_.size))) return;
        const unsigned below = std::bit_floor(unsigned(spec_.size));
        found_.push_back(
            {Severity::warning,
             "size",
             fmt::format("a size of {}: Sobol's sequence is balanced only at powers of two", spec_.size),
             fmt::format("take {} or {}", below, 2 * std::uint64_t(below)),
             {},
             ""});
    }

    void check_grid() {
        double sets = 1;
        for (const Axis& axis : spec_.axes)
            sets *= axis.is_list()    ? double(axis.values.size())
                    : axis.levels > 0 ? axis.levels
                                      : axis.to - axis.from + 1;
        check_count(sets);
    }

    void check_list() {
        const std::size_t length = spec_.axes.front().values.size();
        for (const Axis& axis : spec_.axes)
            if (axis.values.size() != length)
                error("axes." + axis.key,
                      fmt::format("{} values, but {} of {}", axis.values.size(), length,
                                  spec_.axes.front().key),
                      "set number i of a list takes value i of every axis");
        check_count(double(length));
    }

    const DesignSpec& spec_;
    Findings found_;
};

/// What a grid takes from an axis.
std::vector<double> grid_levels(const Axis& axis) {
    std::vector<double> out;
    const bool each = axis.is_list() || axis.levels == 0;
    const int n = axis.is_list() ? int(axis.values.size())
                  : each         ? int(axis.to - axis.from) + 1
                                 : axis.levels;
    for (int i = 0; i < n; ++i) {
        if (each)
            out.push_back(axis.is_list() ? i : axis.from + i);
        else
            out.push_back(coordinate_at(axis, double(i) / (n - 1)));
    }
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Table grid(const DesignSpec& spec) {
    std::vector<std::vector<double>> levels;
    for (const Axis& axis : spec.axes) levels.push_back(grid_levels(axis));
    Eigen::Index count = 1;
    for (const auto& of_axis : levels) count *= Eigen::Index(of_axis.size());
    Table sets(count, Eigen::Index(levels.size()));
    for (Eigen::Index i = 0; i < count; ++i) {
        std::size_t rest = std::size_t(i);
        for (std::size_t k = levels.size(); k-- > 0; rest /= levels[k].size())
            sets(i, Eigen::Index(k)) = levels[k][rest % levels[k].size()];
    }
    return sets;
}

Table list(const DesignSpec& spec) {
    const auto count = Eigen::Index(spec.axes.front().values.size());
    return Eigen::ArrayXd::LinSpaced(count, 0, double(count - 1))
        .replicate(1, Eigen::Index(spec.axes.size()));
}

/// Uniform on 0..n-1.
int draw_below(Stream& stream, int n) { return std::min(int(stream.uniform() * n), n - 1); }

/// 0..n-1 in random order.
///
/// Source   Fisher and Yates; the standard library's shuffle differs between vendors.
std::vector<int> shuffled(Stream& stream, int n) {
    std::vector<int> order(std::size_t(n), 0);
    std::iota(order.begin(), order.end(), 0);
    for (int i = n - 1; i > 0; --i)
        std::swap(order[std::size_t(i)], order[std::size_t(draw_below(stream, i + 1))]);
    return order;
}

/// Each of the following gives shares of the axes, in [0, 1].
Table latin_hypercube(const DesignSpec& spec) {
    Table shares(spec.size, Eigen::Index(spec.axes.size()));
    for (Eigen::Index k = 0; k < shares.cols(); ++k) {
        Stream stream = Draws(spec.seed, 0).at(Purpose::design, std::uint64_t(k));
        const auto slices = shuffled(stream, spec.size);
        for (int i = 0; i < spec.size; ++i)
            shares(i, k) = (slices[std::size_t(i)] + stream.uniform()) / spec.size;
    }
    return shares;
}

Table sobol(const DesignSpec& spec, int columns) {
    const auto points =
        sobol_points(spec.size, columns, spec.scramble ? std::optional(spec.seed) : std::nullopt);
    using RowMajor = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const RowMajor>(points.data(), spec.size, columns);
}

Table saltelli(const DesignSpec& spec) {
    const auto axes = Eigen::Index(spec.axes.size());
    const Table both = sobol(spec, int(2 * axes));
    Table shares((axes + 2) * spec.size, axes);
    for (Eigen::Index n = 0; n < spec.size; ++n) {
        auto block = shares.middleRows(n * (axes + 2), axes + 2);
        block = both.row(n).head(axes).replicate(axes + 2, 1);
        for (Eigen::Index i = 0; i < axes; ++i) block(i + 1, i) = both(n, axes + i);
        block.row(axes + 1) = both.row(n).tail(axes);
    }
    return shares;
}

/// Trajectories from random corners of the lattice of levels, through all axes in random order. Steps of half
/// the levels take every level alike.
Table morris(const DesignSpec& spec) {
    const auto axes = Eigen::Index(spec.axes.size());
    const int levels = spec.morris_levels;
    Table shares((axes + 1) * spec.size, axes);
    for (int r = 0; r < spec.size; ++r) {
        Stream stream = Draws(spec.seed, 0).at(Purpose::design, std::uint64_t(r));
        auto corners = shares.middleRows(r * (axes + 1), axes + 1);
        std::vector<int> level;
        for (Eigen::Index k = 0; k < axes; ++k) level.push_back(draw_below(stream, levels));
        const auto order = shuffled(stream, int(axes));
        for (Eigen::Index step = 0; step <= axes; ++step) {
            if (step > 0) {
                int& moved = level[std::size_t(order[std::size_t(step - 1)])];
                moved += moved < levels / 2 ? levels / 2 : -levels / 2;
            }
            for (Eigen::Index k = 0; k < axes; ++k)
                corners(step, k) = double(level[std::size_t(k)]) / (levels - 1);
        }
    }
    return shares;
}

Table on_axes(const std::vector<Axis>& axes, Table shares) {
    for (Eigen::Index k = 0; k < shares.cols(); ++k)
        shares.col(k) =
            shares.col(k).unaryExpr([&](double share) { return coordinate_at(axes[std::size_t(k)], share); });
    return shares;
}

Table make_sets(const DesignSpec& spec) {
    switch (spec.kind) {
        case DesignKind::grid:
            return grid(spec);
        case DesignKind::list:
            return list(spec);
        case DesignKind::latin_hypercube:
            return on_axes(spec.axes, latin_hypercube(spec));
        case DesignKind::sobol:
            return on_axes(spec.axes, sobol(spec, int(spec.axes.size())));
        case DesignKind::saltelli:
            return on_axes(spec.axes, saltelli(spec));
        case DesignKind::morris:
            return on_axes(spec.axes, morris(spec));
    }
    return {};
}

int block_size(const DesignSpec& spec) {
    const int axes = int(spec.axes.size());
    if (spec.kind == DesignKind::saltelli) return axes + 2;
    return spec.kind == DesignKind::morris ? axes + 1 : 1;
}

}  // namespace

Result<Design> make_design(const DesignSpec& spec) {
    Findings findings = Checks(spec).findings();
    if (has_errors(findings)) return findings;
    return {Design{spec.kind, spec.axes, make_sets(spec), block_size(spec)}, std::move(findings)};
}

double coordinate_at(const Axis& axis, double share) {
    const auto step = [&](double n) { return std::min(std::floor(share * n), n - 1); };
    if (axis.is_list()) return step(double(axis.values.size()));
    switch (axis.scale) {
        case AxisScale::whole:
            return axis.from + step(axis.to - axis.from + 1);
        case AxisScale::log:
            return std::clamp(axis.from * std::pow(axis.to / axis.from, share), axis.from, axis.to);
        case AxisScale::linear:
            break;
    }
    return std::clamp(axis.from + (axis.to - axis.from) * share, axis.from, axis.to);
}

std::string setting_at(const Axis& axis, double coordinate) {
    if (axis.is_list()) return axis.values.at(std::size_t(coordinate));
    return axis.scale == AxisScale::whole ? fmt::format("{:.0f}", coordinate) : fmt::format("{}", coordinate);
}

double number_at(const Axis& axis, double coordinate) {
    if (!axis.is_list()) return coordinate;
    const std::string& text = axis.values.at(std::size_t(coordinate));
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole_text = error == std::errc{} && end == text.data() + text.size();
    return whole_text ? number : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace nuzuh
