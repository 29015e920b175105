#include "app/study_input.hpp"

#include "app/input.hpp"

namespace nuzuh::app {

std::optional<Study> checked_study(const std::string& path, const std::vector<std::string>& overrides,
                                   const Session& session, bool says) {
    const auto loaded = load_study(path, overrides);
    Findings findings = loaded.findings();
    std::optional<Study> study;
    if (loaded) {
        auto made = make_study(*loaded);
        findings.insert(findings.end(), made.findings().begin(), made.findings().end());
        if (made) study.emplace(std::move(*made));
        if (study) study->files = files_of(path, loaded->scenario);
    }
    if (says) print_findings(std::move(findings), session);
    return study;
}

}  // namespace nuzuh::app
