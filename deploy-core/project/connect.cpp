#include <pwd.h>
#include <sodium.h>
#include <unistd.h>

#include <array>

#include "base/digest.h"
#include "base/resources.h"
#include "project/work.h"
#include "remote/simulated.h"
#include "remote/ssh_connector.h"
#include "topology/generic.h"
#include "topology/suggest.h"

namespace deploy {

namespace {

/// The manifest that practice shows without a bundle; it has no files, and simulated servers read
/// none.
Result<Bundle> practiceBundle() {
    const std::filesystem::path file = "examples/practice-bundle/bundle.yaml";
    const auto text = readResource(file);
    if (!text)
        return tl::unexpected(text.error());
    auto manifest = readManifest(*text, file.string());
    if (!manifest)
        return tl::unexpected(manifest.error());
    return Bundle{
        resourceFolder() / file.parent_path(), std::move(*manifest), sha256Hex(*text), {}};
}

}  // namespace

std::string newProjectId() {
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return hex.data();
}

Result<ProjectContent> practiceContent(const std::string& scenario) {
    const auto loaded = Scenario::load(scenario);
    if (!loaded)
        return tl::unexpected(loaded.error());
    ProjectContent content;
    content.id = newProjectId();
    content.name = scenario;
    content.kind = ProjectKind::Practice;
    content.scenario = scenario;
    content.mode = loaded->mode;
    content.inventory = loaded->inventory;
    content.settings.virtualAddress = loaded->virtualAddress;
    return content;
}

Error noServers(const ProjectContent& content) {
    return {ErrorCode::PlanImpossible,
            content.name,
            {},
            {{"needed", std::to_string(content.inventory.hosts.size())}, {"given", "0"}}};
}

ProjectContent exploreContent(const Catalog& catalog, const ModeId& mode) {
    ProjectContent content;
    content.id = newProjectId();
    content.kind = ProjectKind::Explore;
    content.mode = mode;
    if (const Mode* one = catalog.mode(mode)) {
        content.inventory = genericServers(*one);
        content.topology = suggestTopology(catalog, *one, content.inventory).value_or(Topology());
    }
    return content;
}

Result<std::unique_ptr<Connector>> connectorFor(const ProjectFolder& project,
                                                const Credentials& credentials,
                                                const Clock& clock) {
    const ProjectContent& content = project.content();
    auto known = KnownHosts::load(project.knownHostsFile());
    if (!known)
        return tl::unexpected(known.error());
    if (content.kind == ProjectKind::Explore)
        return tl::unexpected(noServers(content));
    if (content.kind == ProjectKind::Practice) {
        auto scenario = Scenario::load(content.scenario);
        if (!scenario)
            return tl::unexpected(scenario.error());
        return makeSimulatedConnector(*scenario, clock, practiceStateFile(project.folder()),
                                      *known);
    }
    return makeSshConnector(content.inventory, credentials, std::move(*known));
}

Result<void> confirmHostKey(const ProjectFolder& project, const Host& host, const Error& question) {
    auto known = KnownHosts::load(project.knownHostsFile());
    if (!known)
        return tl::unexpected(known.error());
    const std::string& line =
        question.args.contains("public_key") ? question.args.at("public_key") : question.detail;
    const size_t space = line.find(' ');
    if (space == std::string::npos)
        return fail(ErrorCode::ValueInvalid, host.name.str(), line);
    known->remove(host.address, host.port);
    known->add(host.address, host.port, HostKey{line.substr(0, space), line.substr(space + 1)});
    return known->save(project.knownHostsFile());
}

Result<Bundle> openBundle(const ProjectFolder& project, const VerifyProgress& progress,
                          const std::stop_token& stop) {
    const ProjectContent& content = project.content();
    if (content.bundlePath.empty() && content.kind == ProjectKind::Practice)
        return practiceBundle();
    if (content.bundlePath.empty())
        return fail(ErrorCode::BundleInvalid, "bundle");
    VerifyOptions options;
    options.publicKey = content.bundleKey;
    options.cache = project.folder() / "bundle";
    return verifyBundle(content.bundlePath, options, progress, stop);
}

std::string ownerOfThisComputer() {
    std::array<char, 256> host{};
    if (gethostname(host.data(), host.size() - 1) != 0)
        host.front() = '\0';
    const passwd* user = getpwuid(geteuid());
    return std::string(user != nullptr ? user->pw_name : "?") + "@" + host.data();
}

}  // namespace deploy
