// Random numbers addressed by what they are for. There is no generator state to save, share or race on.
#pragma once

#include <cmath>
#include <cstdint>

#include <Random123/philox.h>

namespace nuzuh {

/// What a draw decides. Part of its address: two purposes never share numbers.
enum class Purpose : std::uint32_t {
    daily_noise = 1,    ///< the gamma factor that everyone at a place shares for one step
    run_noise,          ///< the gamma factor that everyone at a place shares for a whole run
    leave,              ///< how many at a place might leave, at the highest chance of any group there
    leave_thinned = 5,  ///< which of them do leave, at the chance of their own group
    leave_or_return,    ///< which of two competing hazards won
    who,                ///< from which homes those who leave come
    choose,             ///< destination
    could_not,          ///< who would have left had the way out been free
    admit,              ///< how many of each household size are let in at a place that is full or has a quota
    who_admitted,       ///< which of them
    threshold,          ///< unit-exponential threshold of a household
    series,             ///< who leaves when departures are given
    bootstrap,          ///< resampling in studies
    design,             ///< which parameter sets a study tries
    attraction,         ///< the gamma factor on a place's attraction for a period
    count,              ///< the gamma factor between people displaced at the start and their count
    flee3,              ///< everything that the rules of Flee 3 draw in a step, in order
    unknown_behaviour,  ///< parameters that a member draws for itself
    calibration,        ///< proposals and their acceptance
    unknown_input,      ///< what was given to the model, as a member draws it
    last_count,         ///< what was true when a forecast's last figure was counted
};

/// What a decision is about; equal addresses draw equal numbers.
struct Address {
    Purpose purpose;
    std::uint64_t when = 0;  ///< step, or settlement number of a household
    std::uint64_t a = 0;
    std::uint64_t b = 0;
};

/// A sequence of random numbers that belongs to one address. Satisfies UniformRandomBitGenerator, so that
/// samplers that need an unknown number of draws can take them.
///
/// Two streams with the same seed, run and address give the same numbers whoever asks, in any order, on any
/// thread: results cannot depend on scheduling.
///
/// Source   Philox4x64-10: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"
///          (the Random123 library).
/// Cost     about 10 ns for four numbers.
class Stream {
public:
    using result_type = std::uint64_t;

    Stream(r123::Philox4x64::key_type key, r123::Philox4x64::ctr_type address)
        : key_(key), counter_(address) {}

    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return ~result_type{0}; }

    result_type operator()() {
        if (next_ == 4) {
            block_ = r123::Philox4x64{}(counter_, key_);
            ++counter_[0];
            next_ = 0;
        }
        return block_[next_++];
    }

    /// Uniform on [0, 1): 53 random bits.
    double uniform() { return double((*this)() >> 11) * 0x1.0p-53; }

    /// Exponential with mean 1; never 0, never infinite.
    double exponential() { return -std::log((double((*this)() >> 11) + 0.5) * 0x1.0p-53); }

private:
    r123::Philox4x64::key_type key_;
    r123::Philox4x64::ctr_type counter_;
    r123::Philox4x64::ctr_type block_{};
    unsigned next_ = 4;
};

/// All random numbers of one run: a pure function of seed, run and address.
class Draws {
public:
    Draws(std::uint64_t seed, std::uint64_t run) : key_{{seed, run}} {}

    /// The numbers for one decision.
    ///
    /// @param purpose  what is decided
    /// @param when     step of the run, or settlement number of a household
    /// @param a,b      who or which cell
    Stream at(Purpose purpose, std::uint64_t when, std::uint64_t a = 0, std::uint64_t b = 0) const {
        return {key_, {{std::uint64_t(purpose) << 32, when, a, b}}};
    }

    std::uint64_t seed() const { return key_[0]; }
    std::uint64_t run() const { return key_[1]; }

private:
    r123::Philox4x64::key_type key_;
};

}  // namespace nuzuh
