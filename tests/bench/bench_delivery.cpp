// Brings one file to several servers as a run does; delivery.sh runs it beside its peers.
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "base/digest.h"
#include "plan/plan.h"
#include "remote/ssh_connector.h"
#include "run/engine.h"
#include "run/journal.h"

using namespace deploy;

namespace {

/// Says what went wrong.
class Complainer final : public RunObserver {
public:
    void onEvent(const Event& event) override {
        if (event.error)
            std::fprintf(
                stderr, "%s %s: %s %s\n", event.host.str().c_str(), eventName(event.kind).c_str(),
                std::string(codeName(event.error->code)).c_str(), event.error->detail.c_str());
    }
    void onProgress(const StepProgress&) override {}
    void onLog(const StepId&, std::string_view) override {}
};

Plan planOf(const Inventory& inventory, const std::filesystem::path& file,
            const std::string& sha256) {
    Plan plan;
    plan.projectId = "bench";
    for (const Host& host : inventory.hosts) {
        Step step;
        step.id = StepId(host.name.str() + "/file");
        step.host = host.name;
        step.title = "file";
        step.action = PutFile{file.filename().string(), sha256, std::filesystem::file_size(file),
                              "/var/lib/finclip-deploy/files/" + sha256, std::nullopt};
        plan.steps.push_back(step);
    }
    return plan;
}

}  // namespace

// Prints wall seconds of the run; exit status 1 if a server did not get its file.
int main(int argc, char** argv) {
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.size() < 6 || (args[0] != "laptop" && args[0] != "servers")) {
        std::fputs(
            "usage: bench_delivery laptop|servers KEY KNOWN_HOSTS FILE RUN_FOLDER ADDRESS...\n",
            stderr);
        return 2;
    }
    const std::filesystem::path file = args[3];
    const auto known = KnownHosts::load(args[2]);
    const auto scripts = RoleScripts::load();
    const auto sha256 = sha256OfFile(file);
    if (!known || !scripts || !sha256) {
        std::fputs("bench_delivery: a file or the role scripts cannot be read\n", stderr);
        return 2;
    }
    Inventory inventory;
    for (size_t i = 5; i < args.size(); ++i) {
        Host host;
        host.name = HostId("s" + std::to_string(i - 4));
        host.address = args[i];
        host.auth = AuthMethod::Key;
        host.keyFile = args[1];
        inventory.hosts.push_back(host);
    }
    const auto connector = makeSshConnector(inventory, {}, *known);
    RunContext context{.connector = *connector,
                       .clock = systemClock(),
                       .scripts = *scripts,
                       .secret = [](const std::string&) -> Result<Secret> { return Secret(); },
                       .bundleFolder = file.parent_path(),
                       .runFolder = args[4],
                       .run = RunId(std::filesystem::path(args[4]).filename().string()),
                       .owner = "bench",
                       .done = {}};
    if (args[0] == "servers")
        context.delivery = Delivery::BetweenServers;
    auto journal = Journal::open(context.runFolder / "journal");
    if (!journal)
        return 2;
    Complainer observer;
    const auto begin = std::chrono::steady_clock::now();
    const auto state =
        runPlan(planOf(inventory, file, *sha256), inventory, context, *journal, {}, observer, {});
    std::printf("%.3f\n",
                std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (!state)
        return 1;
    for (const auto& [id, step] : state->steps)
        if (step.status != StepStatus::Succeeded)
            return 1;
    return 0;
}
