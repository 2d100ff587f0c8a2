#include <algorithm>

#include "probe/check_sheet.h"
#include "probe/numbers.h"

namespace deploy {

namespace {

void checkReachable(CheckSheet& sheet) {
    if (sheet.outcome == nullptr)
        return sheet.judge("access.reachable", std::nullopt, {}, {});
    if (sheet.probed())
        return sheet.judge("access.reachable", true, {}, {});
    const Error& error = sheet.outcome->error();
    const std::string code(codeName(error.code));
    // A stop says nothing about the server.
    if (error.code == ErrorCode::Cancelled)
        return sheet.judge("access.reachable", std::nullopt, {}, {});
    sheet.judge("access.reachable", false, code, {}, {{"code", code}, {"detail", error.detail}});
}

void checkSessions(CheckSheet& sheet) {
    constexpr uint64_t kMostSessions = 1000000;
    const auto needed = sheet.limit("access.sessions");
    const std::string startups = sheet.facts.sshdMaxStartups.value_or("");
    // "10:30:100": from the first number on, logins are turned away at random.
    const auto first = unsignedIn(startups.substr(0, startups.find(':')), 0, kMostSessions);
    if (!needed || !first || !sheet.facts.sshdMaxSessions)
        return sheet.judge("access.sessions", std::nullopt, {}, {});
    const int sessions = *sheet.facts.sshdMaxSessions;
    const bool enough = sessions >= *needed && static_cast<double>(*first) >= *needed;
    sheet.judge("access.sessions", enough,
                "MaxSessions " + std::to_string(sessions) + ", MaxStartups " + startups,
                "≥ " + numberText(*needed));
}

void checkLoginShell(CheckSheet& sheet) {
    const auto most = sheet.limit("access.login_shell");
    const auto& took = sheet.facts.loginShellMs;
    if (!most || !took)
        return sheet.judge("access.login_shell", std::nullopt, {}, {});
    sheet.judge("access.login_shell", *took <= *most, numberText(*took) + " ms",
                "≤ " + numberText(*most) + " ms");
}

}  // namespace

void checkAccess(CheckSheet& sheet) {
    checkReachable(sheet);
    const auto& root = sheet.facts.root;
    sheet.judge("access.root", root, root.value_or(false) ? "root" : sheet.host.user, "root");
    const auto& included = sheet.facts.sudoersIncluded;
    sheet.judge("access.sudoers", included, included.value_or(false) ? "yes" : "no", "yes");
    checkSessions(sheet);
    checkLoginShell(sheet);
}

}  // namespace deploy
