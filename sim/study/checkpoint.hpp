// An ensemble stopped between two steps, to be continued later.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/base/archive.hpp"
#include "sim/base/finding.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// What a run was asked for, as far as a continued run must be asked for the same.
struct CheckpointTerms {
    std::uint64_t seed = 1;
    EngineKind engine = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;
    int members = 1;
    int every_steps = 1;
    int traces = 0;
    bool causes = false;   ///< whether arrivals are kept by cause
    std::string unknowns;  ///< fingerprint of what members draw; "": nothing, see `Unknowns::fingerprint`

    bool operator==(const CheckpointTerms&) const = default;
};

/// The same as a sentence has it: 50 runs by compartments, seed 1, ...
std::string in_words(const CheckpointTerms& terms);

/// All members of an ensemble after the same number of steps.
struct Checkpoint {
    CheckpointTerms terms;
    int steps = 0;                          ///< done
    std::string world;                      ///< fingerprint of what was simulated, see `fingerprint`
    std::vector<std::string> drawn_worlds;  ///< [members] the same of what each drew; none: they drew nothing
    std::vector<std::vector<std::byte>> members;  ///< recorder and engine of each
    std::vector<std::int64_t>
        origin_sums;  ///< of the whole records, [T, place P, home P] thousandths of a person
};

/// Sums by home and place that are kept of the members' records together, in each of them.
std::size_t origin_sums_a_record(const World& world, EngineKind engine, OriginsKept origins);

/// SHA-256 of everything that a world's first steps depend on: two worlds that differ only later have the same.
std::string fingerprint(const World& world, int steps);

/// The content of a checkpoint file: a line that says what it is, a SHA-256 of the rest, the rest.
std::vector<std::byte> checkpoint_bytes(const Checkpoint& checkpoint);

/// Whether a file begins as one that `checkpoint_bytes` made.
bool is_checkpoint(std::span<const std::byte> bytes);

/// Reads a checkpoint file, or says that it is none, is damaged, or was written by another version.
Result<Checkpoint> read_checkpoint(std::span<const std::byte> bytes);

/// Why an ensemble cannot go on from a checkpoint: another scenario, or other terms; empty if it can.
Findings why_not_continued(const Checkpoint& checkpoint, const World& world, const CheckpointTerms& terms);

}  // namespace nuzuh
