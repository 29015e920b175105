#include "output/shelf_folder.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <span>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "output/chunks.hpp"
#include "output/files.hpp"
#include "output/hdf5.hpp"
#include "output/pending_file.hpp"
#include "sim/study/sealed.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view series_heading = "nuzuh series 1\n";

/// At the beginning of the content: of each series how many bytes and values it has.
using Sizes = std::array<std::array<std::uint64_t, 2>, series_count>;

}  // namespace

ShelfFolder::ShelfFolder(fs::path folder, std::function<void()> make_folder)
    : folder_(std::move(folder)), make_folder_(std::move(make_folder)) {}

fs::path ShelfFolder::file_of(int member) const {
    return folder_ / fmt::format("{:07}{}", member, series_ending);
}

void ShelfFolder::put(int member, RunResult& run) {
    try {
        write(member, run);
    } catch (const h5::Error& error) {
        const std::lock_guard lock(guard_);
        failure_ = error.what();
        throw;
    }
    for (Series series = 0; series < series_count; ++series)
        series_of(run, series) = std::vector<float>();  // {} would keep the memory
}

void ShelfFolder::write(int member, const RunResult& run) {
    {
        const std::lock_guard lock(guard_);
        if (make_folder_) std::exchange(make_folder_, {})();
    }
    Sizes sizes{};
    std::vector<std::uint8_t> content(sizeof sizes);
    for (Series series = 0; series < series_count; ++series) {
        const auto& values = series_of(run, series);
        const std::size_t before = content.size();
        if (!values.empty()) append_packed(values, content);
        sizes[series] = {content.size() - before, values.size()};
    }
    std::memcpy(content.data(), sizes.data(), sizeof sizes);
    const auto bytes = std::as_bytes(std::span(content));
    const auto file = sealed(series_heading, bytes);
    write_whole(file_of(member), file, true);  // one that is there is of a launch that was killed
    forget_cached(file_of(member));
    note_places(member, bytes, file.size() - bytes.size());
}

/// @param heading  bytes of the file before its content
bool ShelfFolder::note_places(int member, std::span<const std::byte> content, std::size_t heading) {
    Sizes sizes;
    if (content.size() < sizeof sizes) return false;
    std::memcpy(sizes.data(), content.data(), sizeof sizes);
    Places places;
    std::uint64_t first = heading + sizeof sizes;
    for (Series series = 0; series < series_count; ++series) {
        const auto [bytes, values] = sizes[series];
        places[series] = {first, bytes, values};
        first += bytes;
    }
    if (first != heading + content.size()) return false;
    const std::lock_guard lock(guard_);
    places_.insert_or_assign(member, places);
    return true;
}

bool ShelfFolder::take_up(int member) {
    if (!fs::exists(file_of(member))) return false;
    const auto file = bytes_of(file_of(member));
    const auto content = unsealed(series_heading, file);
    return content && note_places(member, *content, file.size() - content->size());
}

ShelfFolder::Place ShelfFolder::place_of(int member, Series series) const {
    const std::lock_guard lock(guard_);
    return places_.at(member)[series];
}

std::vector<std::uint8_t> ShelfFolder::packed(int member, Series series) const {
    const Place place = place_of(member, series);
    std::vector<std::uint8_t> bytes(place.bytes);
    std::ifstream in(file_of(member), std::ios::binary);
    in.seekg(std::streamoff(place.first));
    if (!in.read(reinterpret_cast<char*>(bytes.data()), std::streamsize(bytes.size())))
        throw h5::Error(fmt::format("cannot read {}: {}", file_of(member).string(), std::strerror(errno)));
    return bytes;
}

std::vector<float> ShelfFolder::series(int member, Series series) const {
    std::vector<float> values(place_of(member, series).values);
    if (!values.empty()) unpack(packed(member, series), values);
    return values;
}

std::string ShelfFolder::failure() const {
    const std::lock_guard lock(guard_);
    return failure_;
}

}  // namespace nuzuh
