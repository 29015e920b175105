// The command `nuzuh`.
#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/shell.hpp"
#include "app/streams.hpp"
#include "output/pending_file.hpp"
#include "output/writer.hpp"
#include "sim/base/work_folder.hpp"

namespace nuzuh::app {

namespace {

/// The version; and how the program was built, for reports of faults.
std::string version_text(const Provenance& build) {
    const std::string revision = build.revision.empty() ? "" : fmt::format(" ({})", build.revision);
    return fmt::format("nuzuh {}{}\nbuilt with {}", build.version, revision, NUZUH_BUILT_WITH);
}

/// Runs what the command line asks for. CLI11 reports usage mistakes with codes of its own: they become 2.
int run_command_line(int count, char** words) {
    Session session;
    CLI::App app{"Humanitarian displacement flows under bombardment, from scenario to HDF5", "nuzuh"};
    const Provenance build = build_provenance();
    app.set_version_flag("--version", version_text(build));
    app.add_flag("-q,--quiet", session.quiet, "Print only results and errors");
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Examples:\n"
        "  nuzuh check scenarios/idlib-2019.yaml\n"
        "  nuzuh run scenarios/idlib-2019.yaml\n"
        "  nuzuh brief idlib-2019.h5\n"
        "  nuzuh sweep scenarios/studies/border-quota.yaml\n"
        "  nuzuh explain idlib-2019.h5\n\n"
        "nuzuh COMMAND --help says more. Exit code: 0 done, 1 failed, 2 bad input or usage, 75 stopped by a "
        "signal\n"
        "with what is done kept.");
    add_check(app, session);
    add_run(app, session);
    add_brief(app, session);
    add_new(app, session);
    add_import(app, session);
    add_why(app, session);
    add_compare(app, session);
    add_export(app, session);
    add_sweep(app, session);
    add_merge(app, session);
    add_sensitivity(app, session);
    add_score(app, session);
    add_calibrate(app, session);
    add_forecast(app, session);
    add_explain(app, session);
    add_schema(app, session);
    add_completion(app, session);
    add_manual(app, session, "nuzuh " + build.version);
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_done : exit_bad_input;
    }
    return session.exit_code;
}

/// A full disk behind stdout is a failure too.
int with_output_checked(int code) {
    if (std::fflush(stdout) == 0 && !std::ferror(stdout)) return code;
    print_error("cannot write to standard output");
    return code == exit_done ? exit_failed : code;
}

}  // namespace

}  // namespace nuzuh::app

int main(int count, char** words) {
    using namespace nuzuh::app;
    hold_standard_streams();
    nuzuh::remove_temporaries_on_signals();
    nuzuh::h5::leave_open_at_exit();
    try {
        return with_output_checked(run_command_line(count, words));
    } catch (const nuzuh::h5::Error& error) {
        print_error(error.what());
    } catch (const nuzuh::NoWorkFolder& error) {
        print_error(error.what(), "set TMPDIR to a folder that can be written in");
    } catch (const std::bad_alloc&) {
        print_error("not enough memory");
    } catch (const std::exception& error) {
        print_error(fmt::format("a fault of this program: {}", error.what()));
    }
    return exit_failed;
}
