#include "base/secret.h"

#include <sodium.h>

#include <cstring>
#include <new>

namespace deploy {

/// Guarded, locked, read-only once filled, wiped when freed.
struct Secret::Memory {
    void* bytes = nullptr;
    size_t size;

    explicit Memory(std::string_view value) : size(value.size()) {
        if (sodium_init() < 0 || (bytes = sodium_malloc(size)) == nullptr)
            throw std::bad_alloc();
        std::memcpy(bytes, value.data(), size);
        sodium_mprotect_readonly(bytes);
    }
    ~Memory() { sodium_free(bytes); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
};

Secret::Secret(std::string_view value)
    : memory_(value.empty() ? nullptr : std::make_shared<const Memory>(value)) {}

bool Secret::empty() const {
    return memory_ == nullptr;
}

std::string_view Secret::reveal() const {
    if (memory_ == nullptr)
        return {};
    return {static_cast<const char*>(memory_->bytes), memory_->size};
}

Secret generatePassword(size_t length) {
    static constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    if (sodium_init() < 0)
        throw std::bad_alloc();
    std::string text(length, '\0');
    for (char& c : text)
        c = kLetters[randombytes_uniform(static_cast<uint32_t>(kLetters.size()))];
    Secret secret(text);
    sodium_memzero(text.data(), text.size());
    return secret;
}

}  // namespace deploy
