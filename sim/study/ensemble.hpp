// Runs that differ in chance and in what is not known.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/engine/engine.hpp"
#include "sim/study/checkpoint.hpp"
#include "sim/study/collect.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh {

/// Steps in a record of the results: `output.every` of the scenario.
int steps_a_record(const World& world);

/// Days since the start of the period at the end of each record.
std::vector<double> record_days(const World& world, int every_steps);

/// Where a run goes on from, and where its state is left.
struct ResumePoint {
    const std::vector<std::byte>* from =
        nullptr;  ///< recorder and engine after `first_step` steps; none: the start
    int first_step = 0;
    std::vector<std::byte>* state = nullptr;  ///< set after the last step
};

/// Asked between two steps of runs that move together: whether to go on.
///
/// @param first   number of the first of these runs
/// @param steps   done
/// @param states  gives recorder and engine of each
using GoOn = std::function<bool(std::size_t first, int steps,
                                const std::function<std::vector<std::vector<std::byte>>()>& states)>;

/// Simulates some runs in turn, as many side by side as `best_together` says, and keeps what is asked for.
///
/// @param members    of one kind; a run does not depend on which others there are
/// @param at_record  called with the number of the run, of the record, and the step that closes it
/// @param resume_points  [runs], or none; runs that move together go on from the same step
/// @param go_on      none: always
/// @return           [runs], or those that were done when `go_on` said no
/// @throws  ModelFault
std::vector<RunResult> run_members(
    std::span<const Member> members, int every_steps, const Selection& selection,
    const std::function<void(std::size_t run, int record, const StepRecord&)>& at_record = {},
    std::span<const ResumePoint> resume_points = {}, const GoOn& go_on = {});

class Shelf;

/// What is asked of an ensemble.
struct EnsembleSpec {
    EngineKind engine = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;
    int members = 1;
    std::uint64_t seed = 1;
    int threads = 0;      ///< 0: all cores
    int every_steps = 1;  ///< steps between records
    int traces = 0;       ///< households to trace in each member; agents only
    OriginsKept origins = OriginsKept::every_record;
    bool causes = false;                                       ///< whether arrivals are kept by cause
    std::function<void(int done, int members)> progress = {};  ///< called as members finish, from any thread
    const Checkpoint* from = nullptr;  ///< where to go on from; nowhere: the start. See why_not_continued
    const Unknowns* unknowns =
        nullptr;  ///< what every member draws; none: all share the settings of the world
    std::shared_ptr<Shelf> shelf = {};  ///< takes the large series of members; none: they stay in memory
    bool keep_state = false;            ///< whether the result holds a checkpoint, to go on from later

    CheckpointTerms terms() const;
};

/// The ensemble that the scenario asks for, from the start.
///
/// @param threads  0: all cores
EnsembleSpec ensemble_spec(const World& world, int threads = 0);

/// All members of an ensemble, in order.
///
/// Shape    T records, P places.
struct EnsembleResult {
    std::vector<double> days;        ///< [T] days since the start of the period, at the end of each record
    std::vector<RunResult> members;  ///< without their large series where these lie on a shelf
    std::shared_ptr<const Shelf> shelf;  ///< of the large series; none: members have them
    std::vector<float>
        mean_displaced_from;               ///< [T, home P, place P] persons, mean over members; empty without
                                           ///< origins
    std::optional<Checkpoint> checkpoint;  ///< if the state was to be kept
    std::string unknowns_fingerprint;      ///< see `Unknowns::fingerprint`
    std::vector<std::string> unknowns;     ///< [K] what members drew, see `Unknowns::names`
    std::vector<std::vector<double>> drawn;  ///< [M][K] what each drew
    std::string failure;                     ///< why a member failed; empty if none did

    /// A large series of a member, wherever it lies.
    ///
    /// @param fetched  holds it where it lies on a shelf
    std::span<const float> series(std::size_t member, std::size_t series, std::vector<float>& fetched) const;

    /// A member with at least these place fields: itself, or with what is fetched from the shelf.
    ///
    /// @param fetched  holds it where its series lie on a shelf
    const RunResult& with_places(std::size_t member, PlaceFields fields, RunResult& fetched) const;
};

/// Runs every member, handed out to OpenMP threads one by one; threads that are more than the members divide the
/// steps of each.
///
/// The result does not depend on the number of threads: members draw by address, and sums over members are
/// integer (thousandths of a person).
///
/// @throws  std::invalid_argument if no engine does what is asked; see `why_no_engine`
EnsembleResult run_ensemble(const World& world, const EnsembleSpec& spec);

}  // namespace nuzuh
