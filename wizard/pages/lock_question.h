#pragma once

#include <functional>

#include "pages/page_context.h"

namespace wizard {

/// Another run holds a server: says who, since when and which run, and asks whether its lock is to
/// be broken. `breakIt` gets the lock's id; it is not called when the person leaves that run alone.
/// False, and nothing is asked, for another error.
bool askAboutLock(const PageContext& context, const deploy::Error& error,
                  const std::function<void(const std::string& lock)>& breakIt);

}  // namespace wizard
