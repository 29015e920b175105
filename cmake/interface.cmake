# The stable interface: the headers that `cmake --install` puts out, and no others. What they declare keeps its name and
# meaning from one patch version to the next (CONTRIBUTING.md). A header that one of these includes stands here too;
# tests/package compiles each of them alone against what was installed.
set(NUZUH_INTERFACE
  # a scenario from its files, and what is wrong with it
  sim/base/count.hpp sim/base/date.hpp sim/base/finding.hpp sim/base/list.hpp sim/base/made_when_asked.hpp sim/base/shared.hpp
  sim/scenario/echo.hpp sim/scenario/load.hpp sim/scenario/report.hpp
  # the world that it describes
  sim/check/make_world.hpp
  sim/model/attraction.hpp sim/model/conflicts.hpp sim/model/network.hpp sim/model/reach.hpp sim/model/registrations.hpp
  sim/model/setting_access.hpp sim/model/settings.hpp sim/model/study_settings.hpp sim/model/world.hpp sim/rules/cause.hpp
  sim/rules/danger.hpp
  # runs, step by step
  sim/base/archive.hpp sim/engine/engine.hpp sim/engine/fields.hpp sim/engine/record.hpp
  # ensembles and what is made from them
  sim/study/checkpoint.hpp sim/study/collect.hpp sim/study/compare.hpp sim/study/ensemble.hpp
  sim/study/kept_places.hpp sim/study/needs.hpp sim/study/quantile.hpp sim/study/score.hpp sim/study/shelf.hpp sim/study/unknowns.hpp
  # results files
  output/csv.hpp output/hdf5.hpp output/measure.hpp output/reader.hpp output/results.hpp output/writer.hpp
  # a study, from its file to its results, and what the headers above include
  output/parts.hpp output/seal.hpp output/segment_file.hpp output/study.hpp sim/scenario/study.hpp sim/study/design.hpp
  sim/study/ranks.hpp sim/study/run_counts.hpp sim/study/schedule.hpp sim/study/shard.hpp sim/study/sweep.hpp
  sim/study/tally.hpp)
