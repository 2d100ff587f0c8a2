#include "bundle/manifest.h"

#include <algorithm>
#include <set>

#include "base/yaml.h"
#include "bundle/names.h"
#include "bundle/sums.h"

namespace deploy {

namespace {

constexpr int64_t kFormat = 1;
constexpr int64_t kMaximumFileBytes = 1LL << 40;
constexpr std::string_view kIdPrefix = "sha256:";

/// Letters, digits and . _ + - : what a folder, a file name and a version may be made of.
bool isName(const std::string& text) {
    return checkBundlePath(text, {}).has_value() && text.find('/') == std::string::npos &&
           text.size() <= 64;
}

/// "0.1.0": one to four decimal numbers.
bool isNumericVersion(const std::string& text) {
    size_t digits = 0;
    size_t parts = 1;
    for (const char c : text) {
        if (c == '.' ? digits == 0 : (c < '0' || c > '9' || digits == 6))
            return false;
        parts += c == '.' ? 1 : 0;
        digits = c == '.' ? 0 : digits + 1;
    }
    return digits > 0 && parts <= 4;
}

std::string readChecked(YamlMap& map, const std::string& key, bool (*allowed)(const std::string&)) {
    std::string value = map.requiredString(key);
    if (!value.empty() && !allowed(value))
        map.reject(key, ErrorCode::ValueInvalid, value);
    return value;
}

/// Reads each entry of a sequence with `read`, which leaves its errors in the entry's map.
template <class T, class Read>
std::vector<T> readEntries(YamlMap& map, const std::string& key, const Read& read) {
    std::vector<T> entries;
    for (const YamlValue& value : map.requiredSequence(key)) {
        YamlMap entry(value);
        entries.push_back(read(entry));
        if (auto finished = entry.finish(); !finished)
            map.reject(finished.error());
    }
    return entries;
}

OsRelease readOs(YamlMap& map) {
    OsRelease os{readChecked(map, "id", isName), map.optionalStrings("versions")};
    if (os.versions.empty())
        map.reject("versions", ErrorCode::YamlMissingKey, "versions");
    return os;
}

BundleComponent readComponent(YamlMap& map) {
    return {readChecked(map, "id", isName), map.requiredString("version"),
            map.requiredString("licence")};
}

BundleImage readImage(YamlMap& map) {
    BundleImage image{map.requiredString("reference"),
                      map.requiredString("id"),
                      RoleId(readChecked(map, "role", isName)),
                      map.requiredString("file"),
                      {}};
    for (const std::string& mode : map.optionalStrings("modes"))
        image.modes.emplace_back(mode);
    const bool known = image.id.starts_with(kIdPrefix) &&
                       isSha256Hex(std::string_view(image.id).substr(kIdPrefix.size()));
    if (!image.id.empty() && !known)
        map.reject("id", ErrorCode::ValueInvalid, image.id);
    const bool printable = std::all_of(image.reference.begin(), image.reference.end(),
                                       [](unsigned char c) { return c > 0x20 && c < 0x7f; });
    if (!printable || image.reference.size() > 255)
        map.reject("reference", ErrorCode::ValueInvalid, image.reference);
    return image;
}

BundleFile readFileEntry(YamlMap& map, BundleNames& names) {
    BundleFile file;
    file.path = map.requiredString("path");
    file.size = static_cast<uint64_t>(map.requiredInteger("size", 0, kMaximumFileBytes));
    file.sha256 = map.requiredString("sha256");
    file.kind = map.requiredWord<BundleFileKind>(
        "kind", {"docker_engine", "docker_compose", "image", "compose", "kubernetes", "licence",
                 "other", "kubernetes_binary", "kubernetes_images", "kubernetes_install"});
    if (!file.sha256.empty() && !isSha256Hex(file.sha256))
        map.reject("sha256", ErrorCode::ValueInvalid, file.sha256);
    if (file.path == kManifestName || file.path == kSumsName || file.path == kSignatureName)
        map.reject("path", ErrorCode::ValueInvalid, file.path);
    if (auto named = names.addFile(file.path, map.where("path")); !named && !file.path.empty())
        map.reject(named.error());
    return file;
}

/// What one entry cannot know: an image's file is listed as one; no image is named twice.
void checkImages(YamlMap& map, const BundleManifest& manifest) {
    std::set<std::string> references;
    for (const BundleImage& image : manifest.images) {
        const BundleFile* file = manifest.file(image.file);
        if (file == nullptr || file->kind != BundleFileKind::Image)
            map.reject("images", ErrorCode::BundleInvalid, image.file);
        if (!references.insert(image.reference).second)
            map.reject("images", ErrorCode::BundleInvalid, image.reference);
    }
}

}  // namespace

bool BundleImage::isFor(const ModeId& mode) const {
    return modes.empty() || std::find(modes.begin(), modes.end(), mode) != modes.end();
}

const BundleFile* BundleManifest::file(const std::string& path) const {
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const BundleFile& file) { return file.path == path; });
    return found == files.end() ? nullptr : &*found;
}

std::vector<BundleFile> BundleManifest::ofKind(BundleFileKind kind) const {
    std::vector<BundleFile> found;
    for (const BundleFile& file : files)
        if (file.kind == kind)
            found.push_back(file);
    return found;
}

uint64_t BundleManifest::totalBytes() const {
    uint64_t bytes = 0;
    for (const BundleFile& file : files)
        bytes += file.size;
    return bytes;
}

Result<BundleManifest> readManifest(std::string_view yaml, const std::string& name) {
    const auto root = parseYaml(yaml, name);
    if (!root)
        return tl::unexpected(root.error());
    YamlMap map(*root);
    const int64_t format = map.requiredInteger("format", 0, 1000000);
    if (format > kFormat)
        return fail(ErrorCode::FormatTooNew, map.where("format"), {},
                    {{"format", std::to_string(format)}, {"known", std::to_string(kFormat)}});
    if (format < kFormat)
        map.reject("format", ErrorCode::ValueInvalid, std::to_string(format));
    BundleManifest manifest;
    manifest.product = readChecked(map, "product", isName);
    manifest.version = readChecked(map, "version", isName);
    manifest.arch = readChecked(map, "arch", isName);
    manifest.minimumWizard = readChecked(map, "minimum_wizard", isNumericVersion);
    manifest.kernelMinimum = readChecked(map, "kernel_minimum", isNumericVersion);
    manifest.systems = readEntries<OsRelease>(map, "os", readOs);
    for (const std::string& mode : map.optionalStrings("modes"))
        manifest.modes.emplace_back(mode);
    if (manifest.modes.empty())
        map.reject("modes", ErrorCode::YamlMissingKey, "modes");
    manifest.components = readEntries<BundleComponent>(map, "components", readComponent);
    manifest.images = readEntries<BundleImage>(map, "images", readImage);
    BundleNames names;
    manifest.files = readEntries<BundleFile>(
        map, "files", [&](YamlMap& entry) { return readFileEntry(entry, names); });
    checkImages(map, manifest);
    if (auto finished = map.finish(); !finished)
        return tl::unexpected(finished.error());
    return manifest;
}

}  // namespace deploy
