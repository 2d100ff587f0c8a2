#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace deploy {

/// SHA-256 of a stream of bytes; hex, lower case. Used by one thread at a time.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);
    /// Ends the stream; call once.
    std::string hex();

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string sha256Hex(std::string_view bytes);
/// Reads the file in pieces. FileNotFound, FileUnreadable.
Result<std::string> sha256OfFile(const std::filesystem::path& path);

}  // namespace deploy
