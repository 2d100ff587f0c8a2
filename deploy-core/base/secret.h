#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace deploy {

/// A secret text. It has no printing, no comparison by accident and no JSON form; its memory is
/// locked and wiped (libsodium). Copies share the memory.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view value);

    bool empty() const;
    /// The bytes, valid while this Secret lives. Only for authentication and standard input.
    std::string_view reveal() const;

private:
    struct Memory;
    std::shared_ptr<const Memory> memory_;
};

/// A new password of `length` characters from [A-Za-z0-9] (about 5.95 bits each).
Secret generatePassword(size_t length = 24);

}  // namespace deploy
