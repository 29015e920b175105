// The subcommands: each adds itself to the command line and leaves its exit code behind.
#pragma once

namespace CLI {
class App;
}

namespace nuzuh::app {

constexpr int exit_done = 0;
constexpr int exit_failed = 1;     ///< the run failed, or was stopped before anything was saved
constexpr int exit_bad_input = 2;  ///< a mistake in the scenario or on the command line
constexpr int exit_stopped = 75;   ///< stopped by a signal; what is done is kept and can be gone on with

/// What all subcommands share.
struct Session {
    bool quiet = false;  ///< only results and errors
    int exit_code = exit_done;
};

void add_check(CLI::App& app, Session& session);
void add_import(CLI::App& app, Session& session);
void add_new(CLI::App& app, Session& session);
void add_import_acled(CLI::App& import, Session& session);  ///< a form of import
void add_import_region(CLI::App& import, Session& session);
void add_run(CLI::App& app, Session& session);
void add_calibrate(CLI::App& app, Session& session);
void add_brief(CLI::App& app, Session& session);
void add_compare(CLI::App& app, Session& session);
void add_export(CLI::App& app, Session& session);
void add_forecast(CLI::App& app, Session& session);
void add_score(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_sweep(CLI::App& app, Session& session);
void add_merge(CLI::App& app, Session& session);
void add_schema(CLI::App& app, Session& session);
void add_sensitivity(CLI::App& app, Session& session);
void add_why(CLI::App& app, Session& session);

}  // namespace nuzuh::app
