// Large series of runs on the disk, packed as results files store them.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "sim/study/shelf.hpp"

namespace nuzuh {

inline constexpr const char* series_ending = ".series";  ///< of the names of files on shelves

/// A file for each member in the folder of an ensemble's parts, with a SHA-256.
class ShelfFolder final : public Shelf {
public:
    /// @param make_folder  called before the first member is put
    ShelfFolder(std::filesystem::path folder, std::function<void()> make_folder);

    /// @throws  h5::Error if there is no room
    void put(int member, RunResult& run) override;
    std::vector<float> series(int member, Series series) const override;
    std::vector<std::uint8_t> packed(int member, Series series) const override;

    /// Takes up what an earlier launch put. @return whether it is there and whole
    bool take_up(int member);

    /// Why a member could not be put; "" if all could.
    std::string failure() const;

private:
    /// Where a series lies in the file of its member.
    struct Place {
        std::uint64_t first, bytes, values;
    };
    using Places = std::array<Place, series_count>;

    std::filesystem::path file_of(int member) const;
    Place place_of(int member, Series series) const;
    void write(int member, const RunResult& run);
    bool note_places(int member, std::span<const std::byte> content, std::size_t heading);

    std::filesystem::path folder_;
    std::function<void()> make_folder_;
    mutable std::mutex guard_;
    std::map<int, Places> places_;
    std::string failure_;
};

}  // namespace nuzuh
