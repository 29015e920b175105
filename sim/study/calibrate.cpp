#include "sim/study/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <optional>
#include <span>

#include <fmt/format.h>
#include <Eigen/Cholesky>

#include "sim/base/archive.hpp"
#include "sim/base/samplers.hpp"
#include "sim/check/make_world.hpp"
#include "sim/study/observation.hpp"
#include "sim/study/schedule.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

constexpr double impossible = -1e300;
constexpr double discrepancy_spread = 0.5;  ///< [-] of the logarithm, judgement
constexpr int point_members = 96;           ///< stochastic runs that tell variance and bias of each figure
constexpr int most_temperatures = 100;

/// A point of the prior, as standard normal numbers, and what it simulates.
struct Particle {
    std::vector<double> z;          ///< [parameter], then the discrepancy
    std::vector<double> simulated;  ///< [figure] logarithms; empty: it cannot be run
    double log_likelihood = impossible;
};

/// How far a calibration has come.
struct Progress {
    double temperature = 0;
    double size = 0;         ///< of steps of the random walk, in spreads of the particles
    std::int32_t steps = 0;  ///< temperatures that are done
    std::int32_t moves = 0;  ///< rounds of proposals at this one
    std::int64_t resamplings = 0;
    double acceptance = 0;  ///< [-] in the last round
    double log_evidence = 0;
    std::int64_t runs = 0;
};

class Calibrator {
public:
    Calibrator(const World& world, const SettingAccess& access, const CalibrationSpec& spec)
        : world_(world),
          access_(access),
          spec_(spec),
          draws_(spec.seed, 0),
          days_(record_days(world, steps_a_record(world))),
          prior_(prior_of(world.settings, access)) {
        for (auto& parameter : prior_) {
            if (world.settings.parameters.prior.empty() && parameter.spread)
                *parameter.spread *= spec.prior_width;
        }
    }

    Result<Calibration> run() {
        for (const auto& figure : figures_within(world_, days_)) {
            if (figure.to > spec_.until || (spec_.left_out && spec_.left_out(figure))) continue;
            observations_.push_back(observation_of(figure));
        }
        if (auto why = refusal(); !why.empty()) return why;
        weigh_series(observations_);
        if (spec_.from) {
            restore();
        } else {
            learn_chance();
            start();
        }
        if (from_prior_.size() < particles_.size() / 2)
            return one_error("parameters.prior",
                             fmt::format("{} of {} draws from the prior cannot be run",
                                         particles_.size() - from_prior_.size(), particles_.size()),
                             "give narrower spreads, or ranges within what the settings take");
        if (!spec_.from) keep();  // what was restored is kept already
        while ((at_.temperature < 1 || at_.moves > 0) && at_.steps < most_temperatures) {
            if (at_.moves == 0) {
                const double next = next_temperature(at_.temperature);
                at_.log_evidence += log_mean_weight(next - at_.temperature);
                resample(next - at_.temperature);
                at_.temperature = next;
                at_.size = first_size();
            }
            while (at_.moves < spec_.moves) {
                move();
                ++at_.moves;
                keep();
            }
            at_.moves = 0;
            ++at_.steps;
            if (spec_.progress) spec_.progress(at_.temperature);
        }
        return outcome();
    }

private:
    Findings refusal() const {
        if (world_.settings.behaviour.rules != Rules::hazard_choice)
            return one_error("behaviour.rules", "only rules: hazard_choice can be calibrated", "");
        if (world_.settings.behaviour.leave.departures != DeparturesBy::hazard)
            return one_error("behaviour.leave.departures",
                             "departures that follow registrations leave nothing to calibrate here",
                             "nuzuh score holds such a case against its registrations");
        if (observations_.empty())
            return one_error("reported", fmt::format("no reported figure ends by {}", iso(spec_.until)),
                             "list figures under 'reported', or give a later day with --until");
        if (prior_.empty()) return one_error("parameters.prior", "there is no parameter to calibrate", "");
        return {};
    }

    std::size_t dimensions() const { return prior_.size() + 1; }
    static double discrepancy_at(double z) { return typical_discrepancy * std::exp(discrepancy_spread * z); }

    Selection selection() const {
        Selection selection;
        for (const auto& o : observations_) selection.add(fields_of(o.figure.quantity));
        return selection;
    }

    std::vector<double> figures_of(const RunResult& run) const {
        std::vector<double> values;
        for (const auto& o : observations_) values.push_back(log_of(simulated(world_, days_, run, o.figure)));
        return values;
    }

    Member member(const World& world, EngineKind kind, DrawMode mode, int number) const {
        return {&world,
                {.kind = kind,
                 .mode = mode,
                 .seed = spec_.seed,
                 .run = std::uint64_t(number),
                 .fields = fields_behind(selection()),
                 .count_routes = false,
                 .count_origins = false}};
    }

    template <class Archive>
    static void archive(Archive& archive, std::vector<Particle>& particles) {
        for (auto& [z, simulated, log_likelihood] : particles) archive(z, simulated, log_likelihood);
    }

    void keep() {
        if (!spec_.keep) return;
        Saver to;
        to(at_, from_prior_.size());
        for (const auto& o : observations_) to(o.chance, o.bias);
        archive(to, particles_);
        archive(to, from_prior_);
        spec_.keep(to.bytes());
    }

    void restore() {
        Loader from(*spec_.from);
        std::size_t of_prior = 0;
        from(at_, of_prior);
        particles_.resize(std::size_t(spec_.particles));
        require_saved(of_prior <= particles_.size());
        from_prior_.resize(of_prior);
        for (auto& o : observations_) from(o.chance, o.bias);
        archive(from, particles_);
        archive(from, from_prior_);
        const auto fits = [&](const Particle& particle) {
            return particle.z.size() == dimensions() &&
                   (particle.simulated.empty() || particle.simulated.size() == observations_.size());
        };
        require_saved(from.at_end() && std::all_of(particles_.begin(), particles_.end(), fits) &&
                      std::all_of(from_prior_.begin(), from_prior_.end(), fits));
    }

    /// Logarithms of all figures in a run of the scenario's own parameters; nothing if what it draws makes no sense.
    std::optional<std::vector<double>> stochastic_figures(const ScenarioSettings& own,
                                                          const Unknowns& unknowns, int number) const {
        // The first of each block, so that no two have the same inputs.
        auto world = make_world(unknowns.draw(own, MemberBlock::size * number).settings, {&world_});
        if (!world) return {};
        const Member one = member(*world, world_.settings.engine.kind, DrawMode::stochastic, number);
        const auto watch = [&](std::size_t, int, const StepRecord&) {
            if (spec_.watch) spec_.watch();
        };
        return figures_of(run_members({&one, 1}, steps_a_record(world_), selection(), watch).front());
    }

    /// Variance and bias of every figure at the scenario's own parameters.
    void learn_chance() {
        ScenarioSettings own = world_.settings;
        own.parameters = {};
        own.parameters.drawn = false;
        const auto unknowns = Unknowns::of(own, access_);
        const Member by_means = member(world_, EngineKind::pooled, DrawMode::expected, 0);
        const auto expected =
            figures_of(run_members({&by_means, 1}, steps_a_record(world_), selection()).front());
        std::vector<std::optional<std::vector<double>>> drawn(point_members);
        LocalWorkQueue queue(missing_runs({0, point_members}, {}, 1));
        work_through(queue, thread_count(spec_.threads), [&](RunRange range, int) {
            drawn[std::size_t(range.first)] = stochastic_figures(own, *unknowns, int(range.first));
        });
        std::erase_if(drawn, [](const auto& run) { return !run; });
        at_.runs += std::int64_t(drawn.size()) + 1;
        for (std::size_t f = 0; f < observations_.size(); ++f) {
            double sum = 0, squares = 0, persons = 0;
            for (const auto& run : drawn)
                sum += (*run)[f], squares += (*run)[f] * (*run)[f], persons += std::exp((*run)[f]);
            const double n = double(drawn.size());
            observations_[f].chance = std::sqrt(std::max(0.0, (squares - sum * sum / n) / (n - 1)));
            observations_[f].bias = std::log(persons / n) - expected[f];
        }
    }

    void start() {
        particles_.resize(std::size_t(spec_.particles));
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            Stream stream = draws_.at(Purpose::calibration, 0, p);
            particles_[p].z.resize(dimensions());
            for (double& z : particles_[p].z) z = standard_normal(stream);
        }
        simulate(particles_);
        for (const auto& particle : particles_) {
            if (!particle.simulated.empty()) from_prior_.push_back(particle);
        }
    }

    /// Simulates particles and weighs what they come to.
    void simulate(std::vector<Particle>& particles) {
        constexpr std::int64_t together = 8;
        LocalWorkQueue queue(missing_runs({0, std::int64_t(particles.size())}, {}, together),
                             [&](std::int64_t) {
                                 if (spec_.watch) spec_.watch();
                             });
        work_through(queue, thread_count(spec_.threads), [&](RunRange range, int) {
            simulate(std::span(particles).subspan(std::size_t(range.first), std::size_t(range.size())));
            queue.done(range.size());
        });
        at_.runs += std::int64_t(particles.size());
    }

    void simulate(std::span<Particle> particles) const {
        std::vector<std::unique_ptr<World>> worlds;
        std::vector<Member> members;
        std::vector<Particle*> of_member;
        for (Particle& particle : particles) {
            particle.simulated.clear();
            particle.log_likelihood = impossible;
            auto world = world_of(particle.z);
            if (!world) continue;
            worlds.push_back(std::move(world));
            members.push_back(member(*worlds.back(), EngineKind::pooled, DrawMode::expected, 0));
            of_member.push_back(&particle);
        }
        if (members.empty()) return;
        const auto results = run_members(members, steps_a_record(world_), selection());
        for (std::size_t m = 0; m < results.size(); ++m) {
            of_member[m]->simulated = figures_of(results[m]);
            of_member[m]->log_likelihood = likelihood_of(*of_member[m]);
        }
    }

    double likelihood_of(const Particle& particle) const {
        double sum = 0;
        for (std::size_t f = 0; f < observations_.size(); ++f)
            sum += log_likelihood(observations_[f], particle.simulated[f], discrepancy_at(particle.z.back()));
        return std::isfinite(sum) ? sum : impossible;
    }

    /// None where a value lies outside what its setting takes.
    std::unique_ptr<World> world_of(const std::vector<double>& z) const {
        ScenarioSettings settings = world_.settings;
        for (std::size_t k = 0; k < prior_.size(); ++k) {
            if (!access_.set(settings, prior_[k].key, fmt::format("{}", prior_[k].at(z[k]))).empty())
                return nullptr;
        }
        auto world = make_world(std::move(settings), {&world_});
        return world ? std::make_unique<World>(std::move(*world)) : nullptr;
    }

    double largest_log_weight(double step) const {
        double most = impossible;
        for (const auto& particle : particles_) most = std::max(most, step * particle.log_likelihood);
        return most;
    }

    /// Relative to the largest.
    std::vector<double> weights(double step) const {
        const double most = largest_log_weight(step);
        std::vector<double> weights;
        for (const auto& particle : particles_)
            weights.push_back(std::exp(step * particle.log_likelihood - most));
        return weights;
    }

    /// What a rise of the temperature adds to the logarithm of the evidence.
    double log_mean_weight(double step) const {
        const auto w = weights(step);
        return largest_log_weight(step) +
               std::log(std::accumulate(w.begin(), w.end(), 0.0) / double(w.size()));
    }

    /// The temperature at which half of the particles count.
    double next_temperature(double now) const {
        const auto counting = [&](double next) {
            double sum = 0, squares = 0;
            for (double w : weights(next - now)) sum += w, squares += w * w;
            return sum * sum / squares;
        };
        const double half = double(particles_.size()) / 2;
        if (counting(1) >= half) return 1;
        double low = now, high = 1;
        constexpr int halvings = 40;
        for (int h = 0; h < halvings; ++h) {
            const double middle = (low + high) / 2;
            (counting(middle) >= half ? low : high) = middle;
        }
        return high;
    }

    /// Systematic resampling.
    void resample(double step) {
        const auto w = weights(step);
        const double all = std::accumulate(w.begin(), w.end(), 0.0), each = all / double(w.size());
        Stream stream = draws_.at(Purpose::calibration, std::uint64_t(++at_.resamplings), 1u << 20);
        double point = stream.uniform() * each, sum = 0;
        std::vector<Particle> next;
        for (std::size_t p = 0; p < w.size(); ++p) {
            sum += w[p];
            for (; point < sum && next.size() < w.size(); point += each) next.push_back(particles_[p]);
        }
        while (next.size() < w.size()) next.push_back(next.back());
        particles_ = std::move(next);
    }

    /// Lower triangle by which standard normal numbers become steps that fit the particles.
    Eigen::MatrixXd step_scale() const {
        const auto d = Eigen::Index(dimensions()), n = Eigen::Index(particles_.size());
        Eigen::MatrixXd z(n, d);
        for (Eigen::Index p = 0; p < n; ++p)
            z.row(p) = Eigen::Map<const Eigen::RowVectorXd>(particles_[std::size_t(p)].z.data(), d);
        const Eigen::MatrixXd centred = z.rowwise() - z.colwise().mean();
        Eigen::MatrixXd covariance = centred.transpose() * centred / double(n - 1);
        covariance.diagonal().array() += 1e-6;
        return covariance.llt().matrixL();
    }

    double first_size() const { return 2.38 / std::sqrt(double(dimensions())); }

    /// A proposal to each particle.
    void move() {
        const Eigen::MatrixXd scale = step_scale();
        std::vector<Particle> proposals = particles_;
        std::vector<double> uniform(proposals.size());
        const auto round = std::uint64_t(at_.steps * spec_.moves + at_.moves) + 1;
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            Stream stream = draws_.at(Purpose::calibration, round, p);
            Eigen::VectorXd by = Eigen::VectorXd::Zero(Eigen::Index(dimensions()));
            for (double& one : by) one = standard_normal(stream);
            by = at_.size * (scale * by);
            for (std::size_t k = 0; k < dimensions(); ++k) proposals[p].z[k] += by[Eigen::Index(k)];
            uniform[p] = stream.uniform();
        }
        simulate(proposals);
        int accepted = 0;
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            const double gain =
                at_.temperature * (proposals[p].log_likelihood - particles_[p].log_likelihood) +
                log_prior(proposals[p]) - log_prior(particles_[p]);
            if (!(std::log(uniform[p] + 0x1.0p-54) < gain)) continue;
            particles_[p] = std::move(proposals[p]);
            ++accepted;
        }
        at_.acceptance = double(accepted) / double(particles_.size());
        at_.size = std::clamp(at_.size * std::exp(at_.acceptance - 0.25), first_size() / 8, first_size() * 2);
    }

    static double log_prior(const Particle& particle) {
        double sum = 0;
        for (double z : particle.z) sum -= z * z / 2;
        return sum;
    }

    Calibration outcome() const {
        Calibration result;
        for (std::size_t k = 0; k < prior_.size(); ++k) {
            const auto values = [&](const std::vector<Particle>& particles) {
                std::vector<double> sample;
                for (const auto& particle : particles) sample.push_back(prior_[k].at(particle.z[k]));
                return band_of(std::move(sample));
            };
            result.parameters.push_back({prior_[k], values(from_prior_), values(particles_)});
        }
        for (std::size_t f = 0; f < observations_.size(); ++f) {
            const auto values = [&](const std::vector<Particle>& particles) {
                std::vector<double> sample;
                for (const auto& particle : particles)
                    sample.push_back(std::exp(particle.simulated[f] + observations_[f].bias));
                return band_of(std::move(sample));
            };
            result.figures.push_back({observations_[f].figure, values(from_prior_), values(particles_)});
        }
        std::vector<double> discrepancies;
        for (const auto& particle : particles_) {
            discrepancies.push_back(discrepancy_at(particle.z.back()));
            std::vector<double> line;
            for (std::size_t k = 0; k < prior_.size(); ++k) line.push_back(prior_[k].at(particle.z[k]));
            result.particles.push_back(std::move(line));
        }
        result.discrepancy = quantile(discrepancies, 0.5);
        result.temperatures = at_.steps;
        result.acceptance = at_.acceptance;
        result.log_evidence = at_.log_evidence;
        result.runs = at_.runs;
        result.draws = spec_.draws;
        return result;
    }

    const World& world_;
    const SettingAccess& access_;
    const CalibrationSpec& spec_;
    Draws draws_;
    std::vector<double> days_;
    std::vector<PriorParameter> prior_;
    std::vector<Observation> observations_;
    std::vector<Particle> particles_, from_prior_;
    Progress at_;
};

}  // namespace

Result<Calibration> calibrate(const World& world, const SettingAccess& access, const CalibrationSpec& spec) {
    return Calibrator(world, access, spec).run();
}

Findings complete_spec(CalibrationSpec& spec, const World& world, const std::string& until,
                       const std::string& left_out) {
    const std::optional<Date> last = until.empty() ? world.settings.period.to : parse_date(until);
    if (!last)
        return one_error("--until", fmt::format("--until: '{}' is no date", until), "write it as 2019-11-30");
    if (!left_out.empty() && !parse_date(left_out + "-01"))
        return one_error("--leave-out", fmt::format("--leave-out: '{}' is no month", left_out),
                         "write it as 2019-08");
    if (spec.particles < 50 || spec.draws < 2)
        return one_error("--particles", "expected at least 50 --particles, and at least 2 --draws of them",
                         "");
    if (spec.draws > spec.particles)
        return one_error("--draws", fmt::format("--draws: {} of {} particles", spec.draws, spec.particles),
                         "give more --particles, or fewer draws");
    spec.until = *last;
    if (!left_out.empty())
        spec.left_out = [left_out](const ReportedFigure& figure) {
            return iso(figure.to).starts_with(left_out);
        };
    return {};
}

std::string fitted_on(const World& world, const CalibrationSpec& spec) {
    const Period& period = world.settings.period;
    return fmt::format("{}, {} to {}", world.settings.title, iso(period.from),
                       iso(std::min(spec.until, period.to)));
}

std::vector<std::vector<double>> draws_of(const Calibration& calibration) {
    const std::size_t all = calibration.particles.size();
    const std::size_t wanted = std::min(std::size_t(calibration.draws), all);
    std::vector<std::vector<double>> draws;
    for (std::size_t d = 0; d < wanted; ++d) draws.push_back(calibration.particles[d * all / wanted]);
    return draws;
}

}  // namespace nuzuh
