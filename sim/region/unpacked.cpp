#include "sim/region/unpacked.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/region/finding_at.hpp"
#ifdef NUZUH_SPREADSHEETS
#include "sim/region/zip.hpp"
#endif

namespace nuzuh::region {

namespace fs = std::filesystem;

WorkFolder::WorkFolder() {
    std::string name = (fs::temp_directory_path() / "nuzuh-XXXXXX").string();
    if (mkdtemp(name.data())) path_ = name;
}

WorkFolder::~WorkFolder() {
    std::error_code left_to_the_system;
    if (!path_.empty()) fs::remove_all(path_, left_to_the_system);
}

std::string ending_of(const fs::path& file) { return in_small_letters(file.extension().string()); }

#ifdef NUZUH_SPREADSHEETS

std::vector<std::string> names_in_zip(const fs::path& file, const std::vector<std::string>& endings) {
    std::vector<std::string> names;
    const auto zip = ending_of(file) == ".zip" ? ZipArchive::open(file) : std::nullopt;
    if (!zip) return names;
    for (const auto& name : zip->names()) {
        const bool suits = std::find(endings.begin(), endings.end(), ending_of(name)) != endings.end();
        if (suits && !name.starts_with("__MACOSX")) names.push_back(name);
    }
    return names;
}

Unpacked::Unpacked(const fs::path& zip, const std::vector<std::string>& endings) : zip_(zip) {
    const auto archive = ZipArchive::open(zip);
    for (const auto& name : names_in_zip(zip, endings)) {
        const auto text = archive ? archive->read(name) : std::nullopt;
        const auto folder = folder_.path() / std::to_string(files_.size());
        std::error_code failed;
        fs::create_directory(folder, failed);
        const auto file = folder / fs::path(name).filename();
        if (!text || failed ||
            !std::ofstream(file, std::ios::binary).write(text->data(), std::streamsize(text->size()))) {
            found_.push_back(finding_at(
                Severity::error, {zip.string(), 0, 0, 1}, fmt::format("'{}' can't be taken out", name),
                "a copy that broke off, or larger than 256 MiB: unzip it, and give it by itself"));
            continue;
        }
        files_.push_back(file);
    }
}

#else

std::vector<std::string> names_in_zip(const fs::path&, const std::vector<std::string>&) { return {}; }

Unpacked::Unpacked(const fs::path& zip, const std::vector<std::string>&) : zip_(zip) {
    found_.push_back(finding_at(Severity::error, {zip.string(), 0, 0, 1},
                                "this program was built without zlib, which ZIP needs", "unzip it"));
}

#endif

std::string Unpacked::name_of(const fs::path& file) const {
    return fmt::format("{} ({})", zip_.string(), file.filename().string());
}

void Unpacked::rename(std::string& text) const {
    for (const auto& file : files_) {
        if (const auto at = text.find(file.string()); at != std::string::npos)
            text.replace(at, file.string().size(), name_of(file));
    }
}

Findings Unpacked::rename(Findings findings) const {
    for (auto& one : findings) {
        rename(one.location.file);
        rename(one.message);
    }
    return findings;
}

}  // namespace nuzuh::region
