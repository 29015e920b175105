#include "sim/region/unpacked.hpp"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/region/finding_at.hpp"
#ifdef NUZUH_SPREADSHEETS
#include "sim/region/zip.hpp"
#endif

namespace nuzuh::region {

namespace fs = std::filesystem;

std::string ending_of(const fs::path& file) { return in_small_letters(file.extension().string()); }

#ifdef NUZUH_SPREADSHEETS

namespace {

std::vector<std::string> names_in(const ZipArchive& zip, const std::vector<std::string>& endings) {
    std::vector<std::string> names;
    for (const auto& name : zip.names()) {
        const bool suits = std::find(endings.begin(), endings.end(), ending_of(name)) != endings.end();
        if (suits && !name.starts_with("__MACOSX")) names.push_back(name);
    }
    return names;
}

}  // namespace

std::vector<std::string> names_in_zip(const fs::path& file, const std::vector<std::string>& endings) {
    const auto zip = ending_of(file) == ".zip" ? ZipArchive::open(file) : std::nullopt;
    return zip ? names_in(*zip, endings) : std::vector<std::string>();
}

Unpacked::Unpacked(const fs::path& zip, const std::vector<std::string>& endings) : zip_(zip) {
    const auto archive = ZipArchive::open(zip);
    for (const auto& name : archive ? names_in(*archive, endings) : std::vector<std::string>()) {
        const auto text = archive->read(name);
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
