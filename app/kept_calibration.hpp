// A calibration that is broken off and gone on with.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/resume.hpp"

namespace nuzuh::app {

/// The file `TABLE.state`, in which a calibration keeps how far it has come.
class KeptCalibration {
public:
    /// @param table     that the calibration will write
    /// @param identity  everything that the state depends on, as text
    /// @param every     how long what was taken may wait to be written
    KeptCalibration(const std::filesystem::path& table, const std::string& identity,
                    std::chrono::duration<double> every);

    /// Whether what an earlier launch has left is in the way. When a calibration is begun anew, it is taken away; one
    /// that is damaged is set aside, said, and begun anew.
    Refusal why_not_begun(bool resume, bool force);

    /// What an earlier launch has left and this one goes on from, or what was taken since; nothing if there is neither.
    std::optional<std::vector<std::byte>> state() const;

    /// Takes a state, and writes it when it is time.
    void take(std::vector<std::byte> state);

    /// Writes the last state. Says whether there is one.
    bool write();

    void remove() const;

private:
    std::filesystem::path file_;
    std::string identity_;  ///< SHA-256
    std::chrono::duration<double> every_;
    std::vector<std::byte> last_;
    std::chrono::steady_clock::time_point written_ = std::chrono::steady_clock::now();
};

}  // namespace nuzuh::app
