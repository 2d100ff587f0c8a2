#pragma once

#include <filesystem>
#include <map>
#include <string>

/// A small bundle for tests: right in every respect unless a test spoils it.
struct SampleBundle {
    std::map<std::string, std::string> files = {
        {"docker/docker-26.1.4.tgz", "engine"},
        {"docker/docker-compose", "compose plugin"},
        {"images/business.tar", std::string(300000, 'b')},
        {"app/compose/compose.yaml", "services: {}\n"},
    };
    std::string arch = "x86_64";
    std::string minimumWizard = "0.1.0";
    std::string extraManifestLines;

    std::string manifest() const;
    std::string sums() const;
    /// Everything, by path: the files, bundle.yaml and SHA256SUMS.
    std::map<std::string, std::string> all() const;
    void writeTo(const std::filesystem::path& folder) const;
};

void writeTestFile(const std::filesystem::path& path, const std::string& content);
std::string readTestFile(const std::filesystem::path& path);
