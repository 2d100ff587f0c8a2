#include "run/distribution.h"

#include <algorithm>

namespace deploy {

namespace {
/// So far behind the first, in bytes, is a source that holds up those behind it.
constexpr uint64_t kFarBehind = 64U << 20U;
/// From so many servers that failed, the file is taken from the laptop.
constexpr size_t kMostSources = 2;
}  // namespace

Distribution::Holder& Distribution::of(Holders& holders, const HostId& host) {
    const auto found = std::find_if(holders.begin(), holders.end(),
                                    [&](const Holder& holder) { return holder.host == host; });
    if (found != holders.end())
        return *found;
    Holder holder;
    holder.host = host;
    return holders.emplace_back(std::move(holder));
}

/// Does the file come to `to` from `from`, over whatever others?
bool Distribution::feeds(const Holders& holders, const HostId& from, const HostId& to) {
    std::optional<HostId> each = to;
    for (size_t hops = 0; each && hops <= holders.size(); ++hops) {
        if (*each == from)
            return true;
        const auto found = std::find_if(holders.begin(), holders.end(),
                                        [&](const Holder& holder) { return holder.host == *each; });
        each = found == holders.end() ? std::nullopt : found->source;
    }
    return false;
}

std::optional<HostId> Distribution::sourceFor(const std::string& sha256, const HostId& host) {
    const std::lock_guard lock(mutex_);
    Holders& holders = files_[sha256];
    Holder& own = of(holders, host);
    own.active = true;
    own.whole = false;
    own.source.reset();
    if (own.avoids.size() >= kMostSources)
        return std::nullopt;
    const Holder* best = nullptr;
    int fewest = 0;
    for (const Holder& holder : holders) {
        if (!holder.active || holder.host == host || own.avoids.contains(holder.host) ||
            closed_.contains({holder.host, host}) || feeds(holders, host, holder.host))
            continue;
        const auto fed = static_cast<int>(
            std::count_if(holders.begin(), holders.end(), [&](const Holder& other) {
                return other.active && !other.whole && other.source == holder.host;
            }));
        if (best != nullptr && (fed > fewest || (fed == fewest && holder.bytes <= best->bytes)))
            continue;
        best = &holder;
        fewest = fed;
    }
    if (best != nullptr)
        own.source = best->host;
    return own.source;
}

void Distribution::progress(const std::string& sha256, const HostId& host, uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    of(files_[sha256], host).bytes = bytes;
}

void Distribution::has(const std::string& sha256, const HostId& host) {
    const std::lock_guard lock(mutex_);
    Holder& own = of(files_[sha256], host);
    own.whole = own.active = true;
    own.bytes = UINT64_MAX;
    own.source.reset();
}

void Distribution::gaveUp(const std::string& sha256, const HostId& host) {
    const std::lock_guard lock(mutex_);
    Holder& own = of(files_[sha256], host);
    own.active = own.whole = false;
    own.source.reset();
}

bool Distribution::hadAll(const std::string& sha256, const HostId& host) const {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(sha256);
    return found != files_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const Holder& holder) { return holder.host == host && holder.whole; });
}

void Distribution::noWay(const HostId& source, const HostId& host) {
    const std::lock_guard lock(mutex_);
    closed_.insert({source, host});
}

void Distribution::notFrom(const std::string& sha256, const HostId& source, const HostId& host) {
    const std::lock_guard lock(mutex_);
    of(files_[sha256], host).avoids.insert(source);
}

bool Distribution::heldUp(const std::string& sha256, const HostId& host) const {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(sha256);
    if (found == files_.end())
        return false;
    uint64_t first = 0;
    uint64_t source = UINT64_MAX;
    std::optional<HostId> from;
    for (const Holder& holder : found->second)
        if (holder.host == host)
            from = holder.source;
    for (const Holder& holder : found->second) {
        if (holder.active && !holder.whole)
            first = std::max(first, holder.bytes);
        if (from && holder.host == *from)
            source = holder.bytes;
    }
    return first > kFarBehind && source < first - kFarBehind;
}

}  // namespace deploy
