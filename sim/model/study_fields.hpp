// The settings of a study, in the manner of fields.hpp.
#pragma once

#include "sim/model/fields.hpp"
#include "sim/model/study_settings.hpp"

namespace nuzuh {

// Sentences, each with its unit, default and source, laid out by hand.
// clang-format off

template <class V>
void describe(V& v, Axis& s) {
    v.text({"key", "", "Setting that is varied, by its dotted key: behaviour.leave.h_max.", "", true}, s.key);
    v.number({"from", "", "Low end of the range, in the setting's own unit.", ""}, s.from, {});
    v.number({"to", "", "High end of the range.", ""}, s.to, {});
    v.choice({"scale", "", "How the range is filled: evenly, evenly in the logarithm, or by whole numbers.", ""},
             s.scale, {{"linear", AxisScale::linear}, {"log", AxisScale::log}, {"whole", AxisScale::whole}});
    v.integer({"levels", "-", "Numbers that a grid takes from the range, ends included.", ""}, s.levels,
              {0, 1e6});
    v.words({"values", "", "Instead of a range: what the setting is set to, one after the other.", ""},
            s.values);
}

template <class V>
void describe(V& v, CollectSettings& s) {
    v.text({"output", "", "Dataset of the results file: displaced, total_movements, ...", "", true}, s.output);
    v.choice({"keep", "", "runs: every run's own values. quantiles: mean and quantiles over the runs, whose size "
              "does not grow with their number.", ""}, s.keep,
             {{"runs", Keep::runs}, {"quantiles", Keep::quantiles}});
}

template <class V>
void describe(V& v, StudySettings& s) {
    v.list({"axes", "", "Settings that are varied; written axes: {KEY: {from: A, to: B}, KEY: [A, B, C]}.", ""},
           s.design.axes, "key");
    v.choice({"design", "", "Which sets of values are run: every combination, the axes' values side by side, "
              "or points spread over the ranges.", ""}, s.design.kind,
             {{"grid", DesignKind::grid}, {"list", DesignKind::list},
              {"latin_hypercube", DesignKind::latin_hypercube}, {"sobol", DesignKind::sobol},
              {"saltelli", DesignKind::saltelli}, {"morris", DesignKind::morris}});
    v.integer({"size", "-", "Points of latin_hypercube and sobol; blocks of (axes + 2) points of saltelli; "
               "trajectories of (axes + 1) points of morris.", ""}, s.design.size, {0, 1e7});
    v.integer({"morris_levels", "-", "Levels of an axis in a Morris design; even.", "Morris 1991"},
              s.design.morris_levels, {2, 1000});
    v.flag({"scramble", "", "Whether sobol and saltelli are randomised by the design's seed.", "Matousek 1998"},
           s.design.scramble);
    v.integer({"design_seed", "-", "Seed of the design's own random numbers.", ""}, s.design.seed, {0, 9e15});
    v.integer({"replicates", "-", "Runs of each point, which differ in chance and in what is not known, but for what "
               "is an axis; replicate r draws the same at every point. One alone draws nothing.", ""}, s.replicates, {1, 1e7});
    v.list({"collect", "", "What is kept of the runs; default: all totals of every run. How often: output.every.",
            ""}, s.collect, "output");
    v.choice({"on_failure", "", "Whether a run that fails ends the study, or is a row that says so.", ""},
             s.on_failure, {{"stop", OnFailure::stop}, {"continue", OnFailure::go_on}});
}

// clang-format on

}  // namespace nuzuh
