#include "sim/study/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include <fmt/format.h>
#include <Eigen/Cholesky>

#include "sim/base/samplers.hpp"
#include "sim/study/calibrated_region.hpp"
#include "sim/study/regional_prior.hpp"
#include "sim/study/schedule.hpp"

namespace nuzuh {
namespace {

constexpr int most_temperatures = 100;
constexpr int draws_a_particle = 5,
              most_draws = 2000;  ///< of the prior, among which particles are chosen; judgement
constexpr int moves_between = 8;  ///< proposals to how far regions differ, for one to each region

/// Where streams of particles begin that are of something else than the first region.
constexpr std::uint64_t apart = std::uint64_t{1} << 32;

/// A point of the prior of every region.
struct Particle {
    std::vector<PriorPoint> regions;
    double between = 0;  ///< standard normal number of the part of spreads between regions

    bool can_be_run() const {
        return std::none_of(regions.begin(), regions.end(),
                            [](const auto& point) { return point.simulated.empty(); });
    }
    double log_likelihood() const {
        double sum = 0;
        for (const auto& point : regions) sum += point.log_likelihood;
        return sum;
    }
    std::vector<const double*> z() const {
        std::vector<const double*> all;
        for (const auto& point : regions) all.push_back(point.z.data());
        return all;
    }
};

std::vector<const PriorPoint*> of_region(const std::vector<Particle>& particles, std::size_t region) {
    std::vector<const PriorPoint*> points;
    for (const auto& particle : particles) points.push_back(&particle.regions[region]);
    return points;
}

/// How far a calibration has come.
struct Progress {
    double temperature = 0;
    std::int32_t steps = 0;  ///< temperatures that are done
    std::int32_t moves = 0;  ///< rounds of proposals at this one
    std::int64_t resamplings = 0;
    double acceptance = 0;  ///< [-] in the last round
    double log_evidence = 0;
    std::int64_t runs = 0;
};

/// Lower triangle by which independent standard normal numbers become steps that fit a sample.
///
/// @param sample  [particle, dimension]
Eigen::MatrixXd step_scale(const Eigen::MatrixXd& sample) {
    const Eigen::MatrixXd centred = sample.rowwise() - sample.colwise().mean();
    Eigen::MatrixXd covariance = centred.transpose() * centred / double(sample.rows() - 1);
    covariance.diagonal().array() += 1e-6;
    return covariance.llt().matrixL();
}

double first_size(std::size_t dimensions) { return 2.38 / std::sqrt(double(dimensions)); }

class Calibrator {
public:
    Calibrator(std::span<const CalibratedScenario> scenarios, const SettingAccess& access,
               const CalibrationSpec& spec)
        : spec_(spec), draws_(spec.seed, 0) {
        for (const auto& scenario : scenarios) regions_.emplace_back(scenario, access, spec);
    }

    Result<JointCalibration> run() {
        for (const auto& region : regions_) {
            auto why = region.refusal();
            if (why.empty()) continue;
            if (regions_.size() > 1) why.front().message = region.title() + ": " + why.front().message;
            return why;
        }
        if (auto why = share(); !why.empty()) return why;
        if (spec_.from) {
            restore();
        } else {
            for (auto& region : regions_) at_.runs += region.learn_chance();
            start();
        }
        if (from_prior_.size() < draw_count() / 2)
            return one_error("parameters.prior",
                             fmt::format("{} of {} draws from the prior cannot be run",
                                         draw_count() - from_prior_.size(), draw_count()),
                             "give narrower spreads, or ranges within what the settings take");
        if (spec_.looked) {
            std::vector<WideDesign> designs;
            for (std::size_t r = 0; r < regions_.size(); ++r)
                designs.push_back(regions_[r].look(of_region(from_prior_, r)));
            spec_.looked(designs);
        }
        if (!spec_.from) keep();  // what was restored is kept already
        while ((at_.temperature < 1 || at_.moves > 0) && at_.steps < most_temperatures) {
            if (at_.moves == 0) heat();
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
    /// What regions have in common; nothing of one alone.
    Findings share() {
        if (regions_.size() == 1) return {};
        std::vector<std::vector<PriorParameter>> priors;
        for (const auto& region : regions_) priors.push_back(region.prior());
        auto shared = RegionalPrior::of(priors);
        if (!shared) return shared.findings();
        shared_ = std::move(*shared);
        return {};
    }

    template <class Archive>
    static void archive(Archive& archive, std::vector<Particle>& particles) {
        for (auto& particle : particles) {
            archive(particle.between);
            for (auto& [z, simulated, log_likelihood] : particle.regions)
                archive(z, simulated, log_likelihood);
        }
    }

    void keep() {
        if (!spec_.keep) return;
        Saver to;
        to(at_, sizes_, from_prior_.size());
        for (const auto& region : regions_) region.save(to);
        archive(to, particles_);
        archive(to, from_prior_);
        spec_.keep(to.bytes());
    }

    void restore() {
        Loader from(*spec_.from);
        std::size_t of_prior = 0;
        from(at_, sizes_, of_prior);
        const bool is_begun = at_.steps > 0 || at_.moves > 0;
        require_saved(sizes_.size() == (is_begun ? block_count() : 0));
        Particle empty;
        empty.regions.resize(regions_.size());
        particles_.assign(is_begun ? std::size_t(spec_.particles) : draw_count(), empty);
        require_saved(of_prior <= draw_count());
        from_prior_.assign(of_prior, empty);
        for (auto& region : regions_) region.restore(from);
        archive(from, particles_);
        archive(from, from_prior_);
        const auto fits = [&](const Particle& particle) {
            for (std::size_t r = 0; r < regions_.size(); ++r)
                if (!regions_[r].fits(particle.regions[r])) return false;
            return true;
        };
        require_saved(from.at_end() && std::all_of(particles_.begin(), particles_.end(), fits) &&
                      std::all_of(from_prior_.begin(), from_prior_.end(), fits));
    }

    /// Blocks of numbers that are moved at a time: each region, and what all share.
    std::size_t block_count() const { return regions_.size() + (shared_ ? 1 : 0); }
    std::size_t dimensions(std::size_t block) const {
        return block < regions_.size() ? regions_[block].dimensions() : shared_->shared();
    }

    /// Draws from the prior: more than particles, so that those chosen of them are farther on.
    std::size_t draw_count() const {
        return std::size_t(
            std::max(spec_.particles, std::min(draws_a_particle * spec_.particles, most_draws)));
    }

    void start() {
        particles_.resize(draw_count());
        for (std::size_t p = 0; p < particles_.size(); ++p) particles_[p] = drawn(p);
        for (std::size_t r = 0; r < regions_.size(); ++r) simulate(particles_, r);
        for (const auto& particle : particles_) {
            if (particle.can_be_run()) from_prior_.push_back(particle);
        }
    }

    /// A draw from the prior, not yet simulated.
    Particle drawn(std::size_t p) const {
        Particle particle;
        std::vector<double*> all;
        for (std::size_t r = 0; r < regions_.size(); ++r) {
            Stream stream = draws_.at(Purpose::calibration, 0, r * apart + p);
            auto& point = particle.regions.emplace_back();
            point.z.resize(regions_[r].dimensions());
            for (double& z : point.z) z = standard_normal(stream);
            all.push_back(point.z.data());
        }
        if (!shared_) return particle;
        Stream stream = draws_.at(Purpose::calibration, 0, regions_.size() * apart + p);
        particle.between = standard_normal(stream);
        shared_->mix(all, RegionalPrior::between(particle.between), stream);
        return particle;
    }

    /// Simulates what particles hold of a region.
    void simulate(std::vector<Particle>& particles, std::size_t region) {
        std::vector<PriorPoint*> points;
        for (auto& particle : particles) points.push_back(&particle.regions[region]);
        constexpr std::int64_t together = 8;
        LocalWorkQueue queue(missing_runs({0, std::int64_t(points.size())}, {}, together), [&](std::int64_t) {
            if (spec_.watch) spec_.watch();
        });
        work_through(queue, thread_count(spec_.threads), [&](RunRange range, int) {
            regions_[region].simulate(
                std::span(points).subspan(std::size_t(range.first), std::size_t(range.size())));
            queue.done(range.size());
        });
        at_.runs += std::int64_t(points.size());
    }

    double largest_log_weight(double step) const {
        double most = impossible;
        for (const auto& particle : particles_) most = std::max(most, step * particle.log_likelihood());
        return most;
    }

    /// Relative to the largest.
    std::vector<double> weights(double step) const {
        const double most = largest_log_weight(step);
        std::vector<double> weights;
        for (const auto& particle : particles_)
            weights.push_back(std::exp(step * particle.log_likelihood() - most));
        return weights;
    }

    /// What a rise of the temperature adds to the logarithm of the evidence.
    double log_mean_weight(double step) const {
        const auto w = weights(step);
        return largest_log_weight(step) +
               std::log(std::accumulate(w.begin(), w.end(), 0.0) / double(w.size()));
    }

    /// The temperature at which half as many count as there are particles.
    double next_temperature(double now) const {
        const auto counting = [&](double next) {
            double sum = 0, squares = 0;
            for (double w : weights(next - now)) sum += w, squares += w * w;
            return sum * sum / squares;
        };
        const double half = double(spec_.particles) / 2;
        if (counting(1) >= half) return 1;
        double low = now, high = 1;
        constexpr int halvings = 40;
        for (int h = 0; h < halvings; ++h) {
            const double middle = (low + high) / 2;
            (counting(middle) >= half ? low : high) = middle;
        }
        return high;
    }

    /// On to the next temperature.
    void heat() {
        const double next = next_temperature(at_.temperature);
        at_.log_evidence += log_mean_weight(next - at_.temperature);
        resample(next - at_.temperature);
        at_.temperature = next;
        sizes_.clear();
        for (std::size_t block = 0; block < block_count(); ++block)
            sizes_.push_back(first_size(dimensions(block)));
    }

    /// Systematic resampling.
    void resample(double step) {
        const auto w = weights(step);
        const auto wanted = std::size_t(spec_.particles);
        const double each = std::accumulate(w.begin(), w.end(), 0.0) / double(wanted);
        Stream stream = draws_.at(Purpose::calibration, std::uint64_t(++at_.resamplings), 1u << 20);
        double point = stream.uniform() * each, sum = 0;
        std::vector<Particle> next;
        for (std::size_t p = 0; p < w.size(); ++p) {
            sum += w[p];
            for (; point < sum && next.size() < wanted; point += each) next.push_back(particles_[p]);
        }
        while (next.size() < wanted) next.push_back(next.back());
        particles_ = std::move(next);
    }

    /// A proposal to each particle of another point in each region; where regions share parameters, of all regions
    /// together, and of how far they differ.
    void move() {
        double accepted = 0;
        for (std::size_t r = 0; r < regions_.size(); ++r) accepted += move_region(r);
        at_.acceptance = accepted / double(regions_.size());
        if (!shared_) return;
        move_all();
        for (int m = 0; m < moves_between; ++m) move_between(m);
    }

    /// Numbers for a particle in this round of proposals.
    Stream stream_of(std::size_t p, std::size_t what) const {
        const auto round = std::uint64_t(at_.steps * spec_.moves + at_.moves) + 1;
        return draws_.at(Purpose::calibration, round, what * apart + p);
    }

    /// Steps of a block for a particle, from the next numbers of its stream.
    Eigen::VectorXd step_of(Stream& stream, const Eigen::MatrixXd& scale, std::size_t block) const {
        Eigen::VectorXd by = Eigen::VectorXd::Zero(Eigen::Index(dimensions(block)));
        for (double& one : by) one = standard_normal(stream);
        return sizes_[block] * (scale * by);
    }

    double move_region(std::size_t r) {
        const auto d = Eigen::Index(dimensions(r)), n = Eigen::Index(particles_.size());
        Eigen::MatrixXd sample(n, d);
        for (Eigen::Index p = 0; p < n; ++p)
            sample.row(p) =
                Eigen::Map<const Eigen::RowVectorXd>(particles_[std::size_t(p)].regions[r].z.data(), d);
        const Eigen::MatrixXd scale = step_scale(sample);
        std::vector<Particle> proposals = particles_;
        std::vector<double> uniform(proposals.size());
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            Stream stream = stream_of(p, r);
            const Eigen::VectorXd by = step_of(stream, scale, r);
            for (Eigen::Index k = 0; k < d; ++k) proposals[p].regions[r].z[std::size_t(k)] += by[k];
            uniform[p] = stream.uniform();
        }
        simulate(proposals, r);
        return take(proposals, uniform, r);
    }

    /// Moves what all share, by the same in all regions.
    void move_all() {
        const std::size_t block = regions_.size(), shared = shared_->shared();
        Eigen::MatrixXd sample = Eigen::MatrixXd::Zero(Eigen::Index(particles_.size()), Eigen::Index(shared));
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            for (std::size_t s = 0; s < shared; ++s)
                for (std::size_t r = 0; r < regions_.size(); ++r)
                    sample(Eigen::Index(p), Eigen::Index(s)) +=
                        particles_[p].regions[r].z[shared_->column(r, s)] / double(regions_.size());
        }
        const Eigen::MatrixXd scale = step_scale(sample);
        std::vector<Particle> proposals = particles_;
        std::vector<double> uniform(proposals.size());
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            Stream stream = stream_of(p, block);
            const Eigen::VectorXd by = step_of(stream, scale, block);
            for (std::size_t r = 0; r < regions_.size(); ++r)
                for (std::size_t s = 0; s < shared; ++s)
                    proposals[p].regions[r].z[shared_->column(r, s)] += by[Eigen::Index(s)];
            uniform[p] = stream.uniform();
        }
        for (std::size_t r = 0; r < regions_.size(); ++r) simulate(proposals, r);
        take(proposals, uniform, block);
    }

    /// Proposes another part of spreads between regions, which no run depends on.
    void move_between(int number) {
        const std::size_t what = regions_.size() + 1 + std::size_t(number);
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            Stream stream = stream_of(p, what);
            Particle& particle = particles_[p];
            const double before = particle.between, prior = log_prior(particle);
            particle.between += standard_normal(stream);
            if (!(std::log(stream.uniform() + 0x1.0p-54) < log_prior(particle) - prior))
                particle.between = before;
        }
    }

    /// Takes the proposals that may be taken, and finds the next size of such steps.
    ///
    /// @return  the part of them [-]
    double take(std::vector<Particle>& proposals, const std::vector<double>& uniform, std::size_t block) {
        int accepted = 0;
        for (std::size_t p = 0; p < particles_.size(); ++p) {
            const double gain =
                at_.temperature * (proposals[p].log_likelihood() - particles_[p].log_likelihood()) +
                log_prior(proposals[p]) - log_prior(particles_[p]);
            if (!(std::log(uniform[p] + 0x1.0p-54) < gain)) continue;
            particles_[p] = std::move(proposals[p]);
            ++accepted;
        }
        const double acceptance = double(accepted) / double(particles_.size());
        const double first = first_size(dimensions(block));
        double& size = sizes_[block];
        size = std::clamp(size * std::exp(acceptance - 0.25), first / 8, first * 2);
        return acceptance;
    }

    double log_prior(const Particle& particle) const {
        double sum = 0;
        for (std::size_t r = 0; r < regions_.size(); ++r) {
            const auto& all = particle.regions[r].z;
            for (std::size_t k = 0; k < all.size(); ++k) {
                if (!shared_ || !shared_->is_shared(r, k)) sum -= all[k] * all[k] / 2;
            }
        }
        if (!shared_) return sum;
        return sum - particle.between * particle.between / 2 +
               shared_->log_density(particle.z(), RegionalPrior::between(particle.between));
    }

    JointCalibration outcome() const {
        JointCalibration result;
        for (std::size_t r = 0; r < regions_.size(); ++r) {
            auto& region = result.regions.emplace_back(
                regions_[r].outcome(of_region(from_prior_, r), of_region(particles_, r)));
            region.temperatures = at_.steps;
            region.acceptance = at_.acceptance;
            region.log_evidence = at_.log_evidence;
            region.runs = at_.runs;
        }
        if (!shared_) return result;
        const auto between = [](const std::vector<Particle>& particles) {
            std::vector<double> sample;
            for (const auto& particle : particles) sample.push_back(RegionalPrior::between(particle.between));
            return band_of(std::move(sample));
        };
        result.between_before = between(from_prior_);
        result.between = between(particles_);
        result.elsewhere = elsewhere();
        return result;
    }

    /// What is known of a region that is none of these.
    Calibration elsewhere() const {
        Calibration result;
        result.draws = spec_.draws;
        const auto before = values_elsewhere(from_prior_, 0);
        result.particles = values_elsewhere(particles_, 1);
        for (std::size_t s = 0; s < shared_->shared(); ++s) {
            const auto band = [s](const std::vector<std::vector<double>>& all) {
                std::vector<double> sample;
                for (const auto& line : all) sample.push_back(line[s]);
                return band_of(std::move(sample));
            };
            result.parameters.push_back({shared_parameter(s), band(before), band(result.particles)});
        }
        return result;
    }

    /// Shared parameters of a region that is none of these, a draw for each particle.
    ///
    /// @param of  0: particles of the prior, 1: of the posterior
    std::vector<std::vector<double>> values_elsewhere(const std::vector<Particle>& particles,
                                                      std::uint64_t of) const {
        std::vector<std::vector<double>> values;
        const std::size_t what = regions_.size() + 1 + moves_between;
        for (std::size_t p = 0; p < particles.size(); ++p) {
            Stream stream = draws_.at(Purpose::calibration, of, what * apart + p);
            const auto z =
                shared_->elsewhere(particles[p].z(), RegionalPrior::between(particles[p].between), stream);
            auto& line = values.emplace_back();
            for (std::size_t s = 0; s < z.size(); ++s) line.push_back(shared_parameter(s).at(z[s]));
        }
        return values;
    }

    /// As the first scenario has it.
    const PriorParameter& shared_parameter(std::size_t s) const {
        return regions_.front().prior()[shared_->column(0, s)];
    }

    const CalibrationSpec& spec_;
    Draws draws_;
    std::vector<CalibratedRegion> regions_;
    std::optional<RegionalPrior> shared_;  ///< none of one region
    std::vector<Particle> particles_, from_prior_;
    std::vector<double> sizes_;  ///< [block] of steps of the random walk, in spreads of the particles
    Progress at_;
};

}  // namespace

Result<JointCalibration> calibrate_together(std::span<const CalibratedScenario> scenarios,
                                            const SettingAccess& access, const CalibrationSpec& spec) {
    return Calibrator(scenarios, access, spec).run();
}

Result<Calibration> calibrate(const World& world, const SettingAccess& access, const CalibrationSpec& spec) {
    const CalibratedScenario one{&world, spec.until, spec.left_out};
    auto found = calibrate_together({&one, 1}, access, spec);
    if (!found) return found.findings();
    return std::move(found->regions.front());
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
