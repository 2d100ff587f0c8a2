#include "base/result.h"

#include <array>
#include <utility>

namespace deploy {

namespace {

struct CodeRow {
    std::string_view name;
    ExitClass exit;
};

constexpr std::array kCodes = {
#define ERROR_CODE(name, text, exit) CodeRow{text, ExitClass::exit},
#include "base/error_codes.def"
#undef ERROR_CODE
};

}  // namespace

std::string_view codeName(ErrorCode code) {
    return kCodes.at(static_cast<size_t>(code)).name;
}

ExitClass exitClass(ErrorCode code) {
    return kCodes.at(static_cast<size_t>(code)).exit;
}

}  // namespace deploy
