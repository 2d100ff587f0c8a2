#include "bundle/contents.h"

#include <set>

#include "base/digest.h"
#include "base/resources.h"
#include "bundle/minisign.h"
#include "bundle/names.h"
#include "bundle/sums.h"

namespace deploy {

namespace {

/// The programs are built for this one; a server's own architecture is a check of the probe.
constexpr std::string_view kArchitecture = "x86_64";

std::vector<int> numbersOf(const std::string& version) {
    std::vector<int> numbers{0};
    for (const char c : version) {
        if (c == '.')
            numbers.push_back(0);
        else
            numbers.back() = numbers.back() * 10 + (c - '0');
    }
    return numbers;
}

Result<std::string> signerOf(const BundleContents& contents, const std::string& publicKey,
                             const std::string& place) {
    if (publicKey.empty())
        return std::string();
    const std::string where = place + std::string(kSignatureName);
    if (!contents.has(kSignatureName))
        return fail(ErrorCode::SignatureMissing, where);
    auto signer = verifyMinisign(contents.sums, contents.signature, publicKey);
    if (!signer)
        signer.error().where = where;
    return signer;
}

Result<void> checkProgram(const BundleManifest& manifest, const std::string& where) {
    if (manifest.arch != kArchitecture)
        return fail(ErrorCode::BundleArchitecture, where, {},
                    {{"arch", manifest.arch}, {"required", std::string(kArchitecture)}});
    if (numbersOf(programVersion()) < numbersOf(manifest.minimumWizard))
        return fail(ErrorCode::BundleNeedsNewer, where, {},
                    {{"version", programVersion()}, {"required", manifest.minimumWizard}});
    return {};
}

/// bundle.yaml and SHA256SUMS must say the same about the same files.
Result<void> checkSums(const BundleManifest& manifest, FileSums sums, const std::string& place) {
    sums.erase(std::string(kManifestName));
    for (const BundleFile& file : manifest.files) {
        const auto sum = sums.find(file.path);
        if (sum == sums.end())
            return fail(ErrorCode::BundleInvalid, place + std::string(kSumsName), file.path);
        if (sum->second != file.sha256)
            return fail(ErrorCode::BundleDigestMismatch, place + file.path, {},
                        {{"expected", file.sha256}, {"actual", sum->second}});
        sums.erase(sum);
    }
    if (!sums.empty())
        return fail(ErrorCode::BundleInvalid, place + std::string(kManifestName),
                    sums.begin()->first);
    return {};
}

}  // namespace

Result<void> checkFiles(const BundleManifest& manifest, const BundleContents& contents,
                        const std::string& place) {
    std::set<std::string_view> known{kManifestName, kSumsName, kSignatureName};
    for (const BundleFile& file : manifest.files) {
        known.insert(file.path);
        const auto present = contents.sizes.find(file.path);
        if (present == contents.sizes.end())
            return fail(ErrorCode::BundleFileMissing, place + file.path);
        if (present->second != file.size)
            return fail(ErrorCode::BundleSizeMismatch, place + file.path, {},
                        {{"expected", std::to_string(file.size)},
                         {"actual", std::to_string(present->second)}});
    }
    for (const auto& [path, size] : contents.sizes)
        if (!known.contains(path))
            return fail(ErrorCode::BundleUnexpectedFile, place + path);
    return {};
}

Result<Bundle> checkContents(const BundleContents& contents, const std::string& publicKey,
                             const std::string& place) {
    for (const std::string_view name : {kManifestName, kSumsName})
        if (!contents.has(name))
            return fail(ErrorCode::BundleFileMissing, place + std::string(name));
    auto signer = signerOf(contents, publicKey, place);
    if (!signer)
        return tl::unexpected(signer.error());
    const auto sums = readSums(contents.sums, place + std::string(kSumsName));
    if (!sums)
        return tl::unexpected(sums.error());
    const std::string manifestName = place + std::string(kManifestName);
    const auto listed = sums->find(std::string(kManifestName));
    if (listed == sums->end())
        return fail(ErrorCode::BundleInvalid, place + std::string(kSumsName),
                    std::string(kManifestName));
    if (const std::string actual = sha256Hex(contents.manifest); actual != listed->second)
        return fail(ErrorCode::BundleDigestMismatch, manifestName, {},
                    {{"expected", listed->second}, {"actual", actual}});
    auto manifest = readManifest(contents.manifest, manifestName);
    if (!manifest)
        return tl::unexpected(manifest.error());
    for (const auto& checked :
         {checkProgram(*manifest, manifestName), checkSums(*manifest, *sums, place),
          checkFiles(*manifest, contents, place)})
        if (!checked)
            return tl::unexpected(checked.error());
    return Bundle{{}, std::move(*manifest), sha256Hex(contents.sums), std::move(*signer)};
}

}  // namespace deploy
