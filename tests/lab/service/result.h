#pragma once

#include <string>
#include <tl/expected.hpp>

namespace business {

/// Why something could not be done, in words for the service's log and its 503 answers. Never a
/// secret.
template <class T>
using Result = tl::expected<T, std::string>;

inline tl::unexpected<std::string> fail(std::string why) {
    return tl::unexpected<std::string>(std::move(why));
}

}  // namespace business
