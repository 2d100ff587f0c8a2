#include "base/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

namespace deploy {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
}

std::string Sha256::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned length = 0;
    EVP_DigestFinal_ex(state_->context, sum.data(), &length);
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(size_t{length} * 2);
    for (unsigned i = 0; i < length; ++i) {
        text += kDigits[sum.at(i) >> 4U];
        text += kDigits[sum.at(i) & 15U];
    }
    return text;
}

std::string sha256Hex(std::string_view bytes) {
    Sha256 sum;
    sum.add(bytes);
    return sum.hex();
}

Result<std::string> sha256OfFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        const ErrorCode code =
            errno == ENOENT ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable;
        return fail(code, path.string(), std::strerror(errno));
    }
    Sha256 sum;
    std::vector<char> block(size_t{256} * 1024);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        sum.add({block.data(), static_cast<size_t>(file.gcount())});
    }
    if (file.bad())
        return fail(ErrorCode::FileUnreadable, path.string(), std::strerror(errno));
    return sum.hex();
}

}  // namespace deploy
