#include <cstdlib>

#include "base/byte_count.h"
#include "base/file.h"
#include "bundle/bundle.h"
#include "bundle/minisign.h"
#include "cli_commands.h"
#include "cli_secrets.h"

namespace deploy::cli {

namespace {

constexpr uint64_t kSumsLimitBytes = 64U << 20U;
constexpr uint64_t kKeyLimitBytes = 64U << 10U;

/// A key given as its base64 line or as the file that holds it.
Result<std::string> publicKey(const std::string& given) {
    std::error_code error;
    if (given.empty() || !std::filesystem::exists(given, error))
        return given;
    return readFile(given, kKeyLimitBytes);
}

std::filesystem::path cacheFolder(const std::string& given) {
    if (!given.empty())
        return given;
    const char* cache = std::getenv("XDG_CACHE_HOME");
    const char* home = std::getenv("HOME");
    const std::filesystem::path base = cache != nullptr  ? std::filesystem::path(cache)
                                       : home != nullptr ? std::filesystem::path(home) / ".cache"
                                                         : std::filesystem::temp_directory_path();
    return base / "finclip-deploy" / "bundles";
}

}  // namespace

Result<Answer> bundleVerifyCommand(const Cli& cli, const BundleArgs& args,
                                   const std::stop_token& stop) {
    const auto key = publicKey(args.key);
    if (!key)
        return tl::unexpected(key.error());
    const auto bundle =
        verifyBundle(args.path, {*key, cacheFolder(args.cache)}, bundleProgress(cli), stop);
    if (!bundle)
        return tl::unexpected(bundle.error());
    const BundleManifest& manifest = bundle->manifest;
    cli.say(cli.text("cli.bundle.verified", {{"product", manifest.product},
                                             {"version", manifest.version},
                                             {"files", std::to_string(manifest.files.size())},
                                             {"bytes", bytesText(manifest.totalBytes())},
                                             {"digest", bundle->digest}}));
    cli.say(bundle->signedBy.empty()
                ? cli.text("cli.bundle.unsigned")
                : cli.text("cli.bundle.signed_by", {{"key", bundle->signedBy}}));
    Answer answer;
    answer.result = {{"product", manifest.product},    {"version", manifest.version},
                     {"digest", bundle->digest},       {"signed_by", bundle->signedBy},
                     {"files", manifest.files.size()}, {"bytes", manifest.totalBytes()}};
    return answer;
}

Result<Answer> bundlePackCommand(const Cli& cli, const BundleArgs& args,
                                 const std::stop_token& stop) {
    std::optional<std::filesystem::path> archive;
    if (!args.archive.empty())
        archive = args.archive;
    if (auto packed = packBundle(args.path, archive, bundleProgress(cli), stop); !packed)
        return tl::unexpected(packed.error());
    const std::string written = archive ? archive->string() : args.path;
    cli.say(cli.text("cli.bundle.packed", {{"path", written}}));
    return Answer{0, {{"path", written}}};
}

Result<Answer> bundleSignCommand(const Cli& cli, const BundleArgs& args) {
    const std::filesystem::path folder = args.path;
    const auto sums = readFile(folder / "SHA256SUMS", kSumsLimitBytes);
    if (!sums)
        return tl::unexpected(sums.error());
    const auto key = readFile(args.key, kKeyLimitBytes);
    if (!key)
        return tl::unexpected(key.error());
    const auto passphrase = readPassphrase(cli, cli.text("cli.ask.signing_key"));
    if (!passphrase)
        return tl::unexpected(passphrase.error());
    const auto signature =
        minisign(*sums, *key, *passphrase, "SHA256SUMS of " + folder.filename().string());
    if (!signature)
        return tl::unexpected(signature.error());
    const std::filesystem::path file = folder / "SHA256SUMS.sig";
    if (auto written = writeFileAtomically(file, *signature); !written)
        return tl::unexpected(written.error());
    cli.say(cli.text("cli.bundle.signed", {{"path", file.string()}}));
    return Answer{0, {{"signature", file.string()}}};
}

Result<Answer> bundleKeygenCommand(const Cli& cli, const BundleArgs& args) {
    const std::filesystem::path base = args.path;
    std::error_code error;
    for (const char* ending : {".key", ".pub"})
        if (std::filesystem::exists(base.string() + ending, error))
            return fail(ErrorCode::FileExists, base.string() + ending);
    const auto passphrase = readPassphrase(cli, cli.text("cli.ask.signing_key_new"));
    if (!passphrase)
        return tl::unexpected(passphrase.error());
    const auto pair = generateMinisignKey(*passphrase);
    if (!pair)
        return tl::unexpected(pair.error());
    if (auto written = writeFileAtomically(base.string() + ".key", pair->secretKeyFile, 0600);
        !written)
        return tl::unexpected(written.error());
    if (auto written = writeFileAtomically(base.string() + ".pub", pair->publicKeyFile); !written)
        return tl::unexpected(written.error());
    cli.say(cli.text("cli.bundle.keys",
                     {{"secret", base.string() + ".key"}, {"public", base.string() + ".pub"}}));
    return Answer{0, {{"secret", base.string() + ".key"}, {"public", base.string() + ".pub"}}};
}

}  // namespace deploy::cli
