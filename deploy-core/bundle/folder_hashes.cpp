#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include "bundle/folder.h"

namespace deploy {

namespace {

constexpr size_t kThreads = 2;

}  // namespace

Result<void> BundleFolder::checkHashes(const std::vector<BundleFile>& files,
                                       ByteMeter& meter) const {
    // The biggest first, so that both threads end at about the same time.
    std::vector<size_t> order(files.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return files[a].size > files[b].size; });
    std::atomic<size_t> next = 0;
    std::atomic<bool> failed = false;
    std::vector<Result<void>> results(files.size());
    const auto work = [&] {
        for (size_t i = next++; i < order.size() && !failed; i = next++) {
            const BundleFile& file = files[order[i]];
            const auto actual = hash(file.path, file.size, meter);
            if (!actual)
                results[order[i]] = tl::unexpected(actual.error());
            else if (*actual != file.sha256)
                results[order[i]] = fail(ErrorCode::BundleDigestMismatch, place_ + file.path, {},
                                         {{"expected", file.sha256}, {"actual", *actual}});
            if (!results[order[i]])
                failed = true;
        }
    };
    {
        std::vector<std::jthread> threads;
        for (size_t i = 1; i < kThreads; ++i)
            threads.emplace_back(work);
        work();
    }
    for (const auto& result : results)
        if (!result)
            return result;
    return {};
}

}  // namespace deploy
