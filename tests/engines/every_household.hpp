// The agent engine as one would write it first: a list of households, every one of them visited in every step.
//
// The oracle of sim/engine/agent: same draws, same results, no cells, heaps or cumulative hazards.
#pragma once

#include <map>
#include <set>
#include <tuple>

#include "sim/engine/admission.hpp"
#include "sim/engine/conditions.hpp"
#include "sim/engine/destinations.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/engine/noise.hpp"
#include "sim/engine/start.hpp"

namespace nuzuh::test {

class EveryHousehold {
public:
    EveryHousehold(const World& world, std::uint64_t seed)
        : w_(world),
          policy_{Draws(seed, 0)},
          sizes_(world),
          pull_(policy_, world, Homes(world, Homes::every_place), true),
          noise_(policy_, world),
          unused_quota_(std::size_t(world.place_count())),
          carry_(unused_quota_) {
        for (int i = 0; i < w_.place_count(); ++i) {
            for (int k = 0; k < w_.group_count(); ++k) {
                double threshold = 0;  // numbered in the order of their thresholds
                for (Count n = w_.households(k, i); n > 0; --n) {
                    threshold += policy_.threshold({Purpose::threshold, 0, all_.size()}) / n;
                    all_.push_back({k, i, home, i, threshold});
                }
            }
        }
        const auto displaced = displaced_at_start(policy_, w_);
        for (std::size_t r = 0; r < displaced.size(); ++r) {
            const auto& row = w_.displaced[r];
            for (Count n = displaced[r]; n > 0; --n) {
                all_.push_back({row.group, row.home, settled, row.place, 0});
                settle(all_.size() - 1, settled);
            }
        }
    }

    void step(StepRecord& record) {
        record.reset(w_.place_count(), int(w_.roads.size()));
        leave(record);
        for (int j = 0; j < w_.place_count(); ++j) arrive_at(j, record);
        for (int c = 0; c < w_.place_count(); ++c) {
            if (w_.abroad_behind[c] >= 0) cross(c, record);
        }
        write(record);
        ++step_;
    }

    Histories histories() const {
        const Eigen::ArrayXXd none = Eigen::ArrayXXd::Zero(w_.place_count(), Histories::bins);
        Histories result{none, none, none, none, {}};
        const auto count = [](Eigen::ArrayXXd& table, int o, double value) {
            table(o, std::min(int(value), Histories::bins - 1)) += 1;
        };
        for (const auto& one : all_) {
            count(result.times_displaced, one.o, one.times_displaced);
            count(result.places_visited, one.o, one.places_visited);
            count(result.days_on_road, one.o, one.steps * w_.dt);
            count(result.distance, one.o, std::ceil(one.hectometres / 10.0 / Histories::km_a_bin));
        }
        return result;
    }

private:
    enum Where { home, back, settled, waiting, road };

    struct Household {
        int k, o;
        Where where;
        int place;         ///< on the road: destination
        double threshold;  ///< what is left of it
        int arrives = 0;
        std::uint64_t settlements = 0;
        int times_displaced = 0, places_visited = 0, steps = 0, hectometres = 0;
    };

    const StepInputs& in() const { return w_.inputs[std::size_t(step_)]; }
    double persons(const Household& one) const { return w_.groups[one.k].household_size; }

    void settle(std::size_t id, Where where) {
        Household& one = all_[id];
        one.where = where;
        one.threshold = policy_.threshold({Purpose::threshold, ++one.settlements, id});
    }

    void leave(StepRecord& record) {
        Headcount now(w_.place_count(), w_.place_count());
        std::map<std::pair<int, int>, double> displaced;  // by home and place
        for (const auto& one : all_) {
            if (one.where == home || one.where == back) now.at_home(one.place) += 1;
            if (one.where != settled) continue;
            now.displaced_persons(one.place) += persons(one);
            displaced[{one.o, one.place}] += 1;
        }
        for (const auto& [where, households] : displaced)
            now.from[std::size_t(where.first)].add(where.second, households);
        const Hazards hazards = nuzuh::hazards(w_, step_, now, noise_.draw(policy_, w_, step_));
        pull_.update(now, step_);
        setting_out_.assign(w_.modes.size(), Eigen::ArrayXXd::Zero(w_.place_count(), w_.place_count()));
        std::map<std::tuple<Where, int, int, int>, std::pair<Count, double>> stayed;  // households, hazard
        for (const std::size_t id : given(record)) set_out(id, record);
        for (std::size_t id = 0; id < all_.size(); ++id) {
            Household& one = all_[id];
            if (one.where == road || one.k >= w_.mobile_groups) continue;
            if (w_.places[one.place].type == PlaceType::abroad) continue;
            const double hazard = hazard_of(one, hazards), leave = in().access(one.place) * hazard;
            const bool away = one.where == settled || one.where == waiting;
            const bool open = away && w_.home_in_reach(step_, one.place, one.o);
            const double both = leave + (open ? w_.return_rate * hazards.returning(one.o) : 0);
            one.threshold -= both * w_.dt;
            if (one.threshold >= 0) {
                auto& cell = stayed[{one.where, one.k, one.place, one.o}];
                cell = {cell.first + 1, hazard};
            } else if (open &&
                       policy_.happens({Purpose::leave_or_return, one.settlements, id}, 1 - leave / both)) {
                travel(id, one.o);
            } else {
                set_out(id, record);
            }
        }
        for (const auto& [cell, households] : stayed) count_stuck(cell, households, record);
        for (std::size_t m = 0; m < setting_out_.size(); ++m) {
            load_roads(w_.ways(step_, int(m)), setting_out_[m], record.route);
        }
    }

    double hazard_of(const Household& one, const Hazards& hazards) const {
        if (one.where == settled) return hazards.away(one.k, one.place);
        if (one.where != waiting) return hazards.home(one.k, one.place);
        return hazards.waiting(one.k, one.place);
    }

    void count_stuck(const std::tuple<Where, int, int, int>& cell, std::pair<Count, double> households,
                     StepRecord& record) {
        const auto& [where, k, i, o] = cell;
        const auto& [stayed, hazard] = households;
        if (in().access(i) >= 1) return;
        const double left = 1 - std::exp(-in().access(i) * hazard * w_.dt),
                     wanted = 1 - std::exp(-hazard * w_.dt);
        const auto number = std::uint64_t((k * w_.place_count() + i) * w_.place_count() + o);
        record.at(i, PlaceField::could_not_leave) +=
            w_.groups[k].household_size *
            policy_.part_of({Purpose::could_not, std::uint64_t(step_), number, where}, stayed,
                            (wanted - left) / (1 - left));
    }

    /// Those who leave home because the scenario gives departures: the readiest of each cell.
    std::vector<std::size_t> given(StepRecord& record) {
        std::vector<std::size_t> leave;
        if (w_.departures.size() == 0) return leave;
        for (int i = 0; i < w_.place_count(); ++i) {
            std::vector<std::vector<std::tuple<bool, double, std::size_t>>> cells(
                std::size_t(2 * w_.mobile_groups));
            for (std::size_t id = 0; id < all_.size(); ++id) {
                const Household& one = all_[id];
                if (one.where > back || one.place != i || one.k >= w_.mobile_groups) continue;
                cells[std::size_t(2 * one.k + one.where)].emplace_back(one.settlements > 0, one.threshold,
                                                                       id);
            }
            std::vector<Count> there, out(cells.size());
            for (const auto& cell : cells) there.push_back(Count(cell.size()));
            record.at(i, PlaceField::could_not_leave) +=
                take_given<RandomPolicy, Count>(policy_, w_, step_, i, there, out, carry_[std::size_t(i)]);
            for (std::size_t c = 0; c < cells.size(); ++c) {
                std::sort(cells[c].begin(), cells[c].end());
                for (Count n = 0; n < out[c]; ++n) leave.push_back(std::get<2>(cells[c][std::size_t(n)]));
            }
        }
        return leave;
    }

    void set_out(std::size_t id, StepRecord& record) {
        Household& one = all_[id];
        Destinations destinations;
        destinations.start_from(w_, step_, w_.mode_of_group[one.k], one.place, pull_, 1);
        destinations.of_home(one.o);
        if (!destinations.any()) {
            record.at(one.place, PlaceField::could_not_leave) += persons(one);
            return settle(id, one.where);
        }
        record.at(one.place, PlaceField::departures) += persons(one);
        if (one.where == home) record.at(one.place, PlaceField::first_departures) += persons(one);
        ++one.times_displaced;
        travel(id, policy_.pick_on({Purpose::choose, one.settlements, id}, destinations));
    }

    void travel(std::size_t id, int to) {
        Household& one = all_[id];
        const int mode = w_.mode_of_group[one.k];
        const int steps = w_.journey_steps(step_, mode, one.place, to);
        setting_out_[std::size_t(mode)](to, one.place) += persons(one);
        one.steps += steps;
        if (const auto leg = w_.ways(step_, mode).leg(one.place, to)) one.hectometres += leg->hectometres;
        one.arrives = step_ + steps - 1;
        one.place = to;
        one.where = road;
    }

    void arrive_at(int j, StepRecord& record) {
        std::vector<std::size_t> at_gate;
        double there = 0;
        for (const auto& one : all_) {
            if (one.where == settled && one.place == j) there += persons(one);
        }
        for (std::size_t id = 0; id < all_.size(); ++id) {
            Household& one = all_[id];
            if (one.where != road || one.place != j || one.arrives != step_) continue;
            if (one.o == j && !in().fallen(j)) {
                record.at(j, PlaceField::returns) += persons(one);
                settle(id, back);
                continue;
            }
            ++one.places_visited;
            record.at(j, PlaceField::arrivals) += persons(one);
            record.arrivals_from.push_back({j, one.o, persons(one)});
            at_gate.push_back(id);
        }
        const bool crossing = w_.abroad_behind[j] >= 0;
        const bool hard = w_.places[j].admission == Admission::hard;
        const double room = in().fallen(j) || crossing ? 0 : hard ? w_.capacity[j] - there : no_limit;
        const auto in = drawn_in(at_gate, std::uint64_t(2 * j), room);
        for (const std::size_t id : at_gate) {
            settle(id, in.contains(id) ? settled : waiting);
            if (!in.contains(id) && !crossing) record.at(j, PlaceField::turned_away) += persons(all_[id]);
        }
    }

    std::set<std::size_t> drawn_in(const std::vector<std::size_t>& many, std::uint64_t gate,
                                   double room) const {
        std::vector<std::vector<std::uint32_t>> of_size(sizes_.persons.size());
        for (const std::size_t id : many) {
            of_size[std::size_t(sizes_.class_of_group[all_[id].k])].push_back(std::uint32_t(id));
        }
        std::vector<Count> counts;
        for (const auto& some : of_size) counts.push_back(Count(some.size()));
        const auto when = std::uint64_t(step_);
        const auto admitted = let_in(policy_, {Purpose::admit, when, gate}, sizes_, counts, room);
        std::set<std::size_t> in;
        for (std::size_t s = 0; s < of_size.size(); ++s) {
            if (admitted[s] == 0) continue;
            for (int at : policy_.some_of({Purpose::who_admitted, when, gate}, admitted[s], of_size[s])) {
                in.insert(of_size[s][std::size_t(at)]);
            }
        }
        return in;
    }

    void cross(int c, StepRecord& record) {
        std::vector<std::size_t> queue;
        for (std::size_t id = 0; id < all_.size(); ++id) {
            if (all_[id].where == waiting && all_[id].place == c) queue.push_back(id);
        }
        const double quota = in().quota(c);
        double& unused_quota = unused_quota_[std::size_t(c)];
        const double room = quota > 0 ? quota * w_.dt + unused_quota : 0;
        double passed = 0;
        const auto in = drawn_in(queue, std::uint64_t(2 * c + 1), room);
        for (const std::size_t id : in) {
            passed += persons(all_[id]);
            all_[id].place = w_.abroad_behind[c];
            settle(id, settled);
        }
        unused_quota = in.size() == queue.size() || quota <= 0 ? 0 : room - passed;
        record.at(c, PlaceField::admitted) = passed;
    }

    void write(StepRecord& record) const {
        std::map<std::pair<int, int>, double> displaced;  // by place and home
        for (const auto& one : all_) {
            const auto add = [&](PlaceField field, double n) { record.at(one.place, field) += n; };
            if (one.where == home || one.where == back) {
                add(PlaceField::households_at_home, 1);
                add(PlaceField::at_home, persons(one));
            } else if (one.where == settled) {
                add(PlaceField::households_displaced, 1);
                displaced[{one.place, one.o}] += persons(one);
            } else {
                add(one.where == road ? PlaceField::on_the_road : PlaceField::waiting, persons(one));
            }
        }
        for (const auto& [where, people] : displaced) {
            record.displaced_from.push_back({where.first, where.second, people});
            record.at(where.first, PlaceField::displaced) += people;
        }
        derive_stocks(w_, step_, record);
    }

    const World& w_;
    RandomPolicy policy_;
    SizeClasses sizes_;
    Pull pull_;
    EnvironmentalNoise noise_;
    std::vector<Household> all_;
    std::vector<double> unused_quota_, carry_;
    std::vector<Eigen::ArrayXXd> setting_out_;
    int step_ = 0;
};

}  // namespace nuzuh::test
