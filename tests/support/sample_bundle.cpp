#include "support/sample_bundle.h"

#include <fstream>
#include <iterator>

#include "base/digest.h"

using deploy::sha256Hex;

std::string SampleBundle::manifest() const {
    std::string text = "format: 1\nproduct: sample\nversion: 1.2.3\narch: " + arch +
                       "\nminimum_wizard: " + minimumWizard +
                       "\nkernel_minimum: \"3.10\"\n"
                       "os: [{id: debian, versions: [\"12\"]}]\nmodes: [single]\n"
                       "components: [{id: business, version: \"1.2.3\", licence: Apache-2.0}]\n"
                       "images: [{reference: \"sample/business:1.2.3\", id: \"sha256:" +
                       std::string(64, 'a') + "\", role: business, file: images/business.tar}]\n" +
                       extraManifestLines + "files:\n";
    for (const auto& [path, content] : files) {
        std::string kind = "other";
        if (path.starts_with("images/"))
            kind = "image";
        else if (path.starts_with("app/"))
            kind = "compose";
        text += "  - {path: " + path + ", size: " + std::to_string(content.size()) +
                ", sha256: \"" + sha256Hex(content) + "\", kind: " + kind + "}\n";
    }
    return text;
}

std::string SampleBundle::sums() const {
    std::map<std::string, std::string> listed = files;
    listed["bundle.yaml"] = manifest();
    std::string text;
    for (const auto& [path, content] : listed)
        text += sha256Hex(content) + "  " + path + "\n";
    return text;
}

std::map<std::string, std::string> SampleBundle::all() const {
    std::map<std::string, std::string> everything = files;
    everything["bundle.yaml"] = manifest();
    everything["SHA256SUMS"] = sums();
    return everything;
}

void SampleBundle::writeTo(const std::filesystem::path& folder) const {
    for (const auto& [path, content] : all())
        writeTestFile(folder / path, content);
}

void writeTestFile(const std::filesystem::path& path, const std::string& content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

std::string readTestFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
