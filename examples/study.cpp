// A study from its file to its results: example_study STUDY.yaml RESULTS.h5
#include <cstdio>

#include "output/study.hpp"
#include "sim/scenario/report.hpp"

int main(int count, char** words) {
    if (count != 3) return 2;
    const auto study = nuzuh::load_study(words[1]);
    if (!study) {
        std::fputs(nuzuh::report(study.findings(), nuzuh::Colour::off).c_str(), stderr);
        return 2;
    }
    const auto done = nuzuh::run_study(*study, words[2], {.threads = 2, .force = true});
    if (!done.message.empty()) std::fprintf(stderr, "%s\n", done.message.c_str());
    std::printf("%lld of %lld runs done\n", static_cast<long long>(done.runs.done),
                static_cast<long long>(done.runs.all));
    return done.end == nuzuh::StudyEnd::done ? 0 : 1;
}
