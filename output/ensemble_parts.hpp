// The folder beside a results file where an ensemble that may be broken off keeps its members.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "output/parts.hpp"
#include "output/shelf_folder.hpp"
#include "sim/study/kept_members.hpp"

namespace nuzuh {

/// `FILE.h5.parts`, with a head as studies have it. The folder is made when the first members are kept.
class EnsembleParts {
public:
    /// @param run  everything that the members depend on, as text
    EnsembleParts(const std::filesystem::path& target, std::string run);

    /// Whether there is anything but what a kill left unfinished of the first file.
    bool is_there() const;

    /// Whether there is something to go on from.
    bool holds_members() const;

    /// Why what is there cannot be gone on with: another run's, or another version's; "" if it can.
    std::string why_not() const;

    /// A shelf in the folder, which is made when the first member is put there.
    std::shared_ptr<ShelfFolder> shelf() const;

    /// What is kept. Damaged files are set aside, and their members are run again.
    ///
    /// @param members  of the ensemble
    /// @param shelf    where the large series of members lie; none: with the members
    /// @param note     told of every file that is damaged
    std::vector<KeptMembers> read(int members, ShelfFolder* shelf,
                                  const std::function<void(const std::string&)>& note) const;

    /// Writes a file for members that are done. Where some are in hand it is one that is replaced by the next that has
    /// them in hand, and removed when they are done.
    ///
    /// Threads  may be called from any thread
    void keep(const KeptMembers& kept) const;

    /// Something in the folder that no run has put there; "" if there is nothing of the kind.
    std::string foreign() const;

    /// Takes away what runs have put there.
    void remove() const;

    const std::filesystem::path& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
    PartsHead head_;
    std::string identity_;  ///< of the head, which parts carry
};

}  // namespace nuzuh
