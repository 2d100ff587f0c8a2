#include "support/run_fixture.h"

#include "base/resources.h"

namespace deploy {

void RecordingObserver::onEvent(const Event& event) {
    events.push_back(event);
    if (then)
        then(event);
}

std::string RecordingObserver::story(const HostId& host) const {
    std::string text;
    for (const Event& event : events) {
        if (event.host != host)
            continue;
        text += eventName(event.kind);
        if (!event.step.empty())
            text += " " + event.step.str() + " " + std::to_string(event.attempt);
        for (const char* key : {"decision", "reason", "outcome", "strength"})
            if (const auto found = event.args.find(key); found != event.args.end())
                text += " " + found->second;
        if (event.error)
            text += " " + std::string(codeName(event.error->code));
        text += "\n";
    }
    return text;
}

RunFixture::RunFixture(const std::vector<std::string>& names) {
    for (const char* name :
         {"main", "agent/common", "agent/keeper", "agent/detached", "agent/launch", "agent/follow",
          "agent/end", "agent/lock", "agent/file"})
        scripts.texts[name] = readResource("roles/" + std::string(name) + ".sh").value_or("");
    scripts.texts["lib"] = "";
    for (const std::string& name : names)
        scripts.texts["t/" + name] = "";
}

ScriptCall RunFixture::call(const std::string& name) const {
    return {"t/" + name, scripts.digest("t/" + name).value_or(""), {}, {}};
}

Step& RunFixture::add(const std::string& host, const std::string& name,
                      const std::vector<std::string>& needs) {
    return addStep(host, name, RunScript{call(name), RunScript::Action::Apply}, needs);
}

Step& RunFixture::addStep(const std::string& host, const std::string& name, StepAction action,
                          const std::vector<std::string>& needs) {
    if (inventory.find(HostId(host)) == nullptr) {
        Host described;
        described.name = HostId(host);
        described.address = host;
        inventory.hosts.push_back(described);
    }
    Step step;
    step.id = StepId(host + "/" + name);
    step.host = HostId(host);
    step.title = "file";
    for (const std::string& need : needs)
        step.needs.emplace_back(need);
    step.action = std::move(action);
    plan.steps.push_back(step);
    return plan.steps.back();
}

Result<RunState> RunFixture::go(Connector& connector, const Clock& clock,
                                RunObserver& observer) const {
    std::vector<Event> before;
    if (std::filesystem::exists(journalFile())) {
        auto content = readJournal(journalFile());
        if (!content)
            return tl::unexpected(content.error());
        before = std::move(content->events);
    }
    auto journal = Journal::open(journalFile());
    if (!journal)
        return tl::unexpected(journal.error());
    RunContext context{.connector = connector,
                       .clock = clock,
                       .scripts = scripts,
                       .secret = [](const std::string& name) -> Result<Secret> {
                           return Secret("secret of " + name);
                       },
                       .bundleFolder = path(),
                       .runFolder = path(),
                       .run = RunId(run),
                       .purpose = purpose,
                       .owner = "eng@laptop",
                       .done = done,
                       .brokenLock = brokenLock,
                       .only = only,
                       .betweenSigns = betweenSigns};
    return runPlan(plan, inventory, context, *journal, before, observer, stop);
}

}  // namespace deploy
