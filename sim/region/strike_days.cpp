#include "sim/region/strike_days.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace nuzuh::region {

void StrikeDays::add(double strikes, Date first, Date last, const PlaceShares& shares, std::string source,
                     bool sure) {
    const int event = int(sources_.size());
    sources_.push_back(std::move(source));
    for (const auto& [place, share] : shares) {
        if (share <= 0) continue;
        for (Date day = first; day <= last; day = day + 1) {
            Cell& cell = cells_[{place, day}];
            cell.strikes += strikes * share / (last - first + 1);
            cell.events.push_back(event);
        }
    }
    strikes_ += strikes;
    if (!sure || shares.size() > 1) not_sure_ += strikes;
}

void StrikeDays::add(const StrikeDays& other) {
    const int before = int(sources_.size());
    sources_.insert(sources_.end(), other.sources_.begin(), other.sources_.end());
    for (const auto& [where, more] : other.cells_) {
        Cell& cell = cells_[where];
        cell.strikes += more.strikes;
        for (const int event : more.events) cell.events.push_back(before + event);
    }
    strikes_ += other.strikes_;
    not_sure_ += other.not_sure_;
}

double StrikeDays::on_days_of(const StrikeDays& other) const {
    double strikes = 0;
    for (const auto& [where, cell] : cells_) strikes += other.cells_.contains(where) ? cell.strikes : 0;
    return strikes;
}

std::string StrikeDays::source_of(const Cell& cell) const {
    constexpr std::size_t most_named = 3;
    std::vector<std::string> named;
    for (const int event : cell.events) {
        const auto& source = sources_[std::size_t(event)];
        if (std::find(named.begin(), named.end(), source) == named.end()) named.push_back(source);
    }
    const auto more = named.size() - std::min(named.size(), most_named);
    named.resize(named.size() - more);
    return fmt::format("{}{}", fmt::join(named, "; "), more > 0 ? fmt::format("; and {} more", more) : "");
}

std::vector<BombardmentSettings> StrikeDays::entries(const Network& network) const {
    std::vector<BombardmentSettings> entries;
    const Cell* before = nullptr;
    std::pair<int, Date> last{};
    for (const auto& [where, cell] : cells_) {
        const auto& [place, day] = where;
        const bool goes_on =
            before && place == last.first && day == last.second + 1 && cell.events == before->events;
        if (goes_on) {
            entries.back().to = day;
        } else {
            entries.push_back(
                {"", network.places[std::size_t(place)].place, day, day, cell.strikes, {}, source_of(cell)});
        }
        before = &cell;
        last = where;
    }
    return entries;
}

double uncertainty_of(const StrikeDays& strikes) {
    constexpr double not_sure = 1;
    const double sure = UncertaintySettings{}.strikes;
    if (strikes.not_sure() <= 0) return sure;
    const double part = std::min(1.0, strikes.not_sure() / strikes.strikes());
    const double sd = std::sqrt(part * not_sure * not_sure + (1 - part) * sure * sure);
    return std::round(100 * sd) / 100;
}

}  // namespace nuzuh::region
