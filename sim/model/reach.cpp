#include "sim/model/reach.hpp"

#include <algorithm>
#include <map>

#include "sim/base/disjoint_sets.hpp"

namespace nuzuh {
namespace {

bool have_common(const std::vector<int>& a, const std::vector<int>& b) {
    return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

void find_parts(Reach& reach, const std::vector<Road>& roads, const Passable& now) {
    const int places = int(reach.parts.size());
    const auto passed = [&](int i) { return bool(now.through[std::size_t(i)]); };
    DisjointSets joined(places);
    for (std::size_t r = 0; r < roads.size(); ++r) {
        if (now.open[r] && passed(roads[r].from) && passed(roads[r].to))
            joined.join(roads[r].from, roads[r].to);
    }
    std::vector<Road> ends;  // roads between two places that nobody passes
    std::vector<int> part_of_root(reach.parts.size(), -1);
    const auto add = [&](int i, int part) { reach.parts[std::size_t(i)].push_back(part); };
    for (int i = 0; i < places; ++i) {
        int& part = part_of_root[std::size_t(joined.root(i))];
        if (!passed(i)) continue;
        if (part < 0) part = reach.part_count++;
        add(i, part);
    }
    for (std::size_t r = 0; r < roads.size(); ++r) {
        const auto [from, to] = std::pair(roads[r].from, roads[r].to);
        if (!now.open[r] || (passed(from) && passed(to))) continue;
        if (passed(from)) add(to, reach.parts[std::size_t(from)].front());
        if (passed(to)) add(from, reach.parts[std::size_t(to)].front());
        if (!passed(from) && !passed(to)) ends.push_back(roads[r]);
    }
    for (const Road& road : ends) {
        if (have_common(reach.parts[std::size_t(road.from)], reach.parts[std::size_t(road.to)])) continue;
        add(road.from, reach.part_count);
        add(road.to, reach.part_count++);
    }
    for (auto& parts : reach.parts) {
        if (parts.empty()) parts.push_back(reach.part_count++);
        std::sort(parts.begin(), parts.end());
        parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    }
}

}  // namespace

bool Reach::leads(int from, int to) const {
    const auto &a = parts[std::size_t(from)], &b = parts[std::size_t(to)];
    if (a.size() == 1 && b.size() == 1) return a.front() == b.front();
    return have_common(a, b);
}

Reach reach_of(int places, const std::vector<Road>& roads, const Passable& now) {
    Reach reach;
    reach.parts.resize(std::size_t(places));
    find_parts(reach, roads, now);
    reach.members.resize(reach.parts.size());
    reach.of.resize(reach.parts.size());
    std::map<std::vector<int>, int> first;
    for (int i = 0; i < places; ++i) {
        const auto [known, is_new] = first.try_emplace(reach.parts[std::size_t(i)], i);
        reach.same.push_back(known->second);
        reach.members[std::size_t(known->second)].push_back(i);
        if (!is_new) continue;
        for (int o = 0; o < places; ++o) {
            if (reach.leads(i, o)) reach.of[std::size_t(i)].push_back(o);
        }
    }
    return reach;
}

}  // namespace nuzuh
