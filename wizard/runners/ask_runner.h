#pragma once

#include <memory>
#include <vector>

#include "project/recover.h"
#include "runners/runner.h"

namespace wizard {

/// Questions to servers; the project is lent to the runner's thread until finished().
struct AskJob {
    const deploy::Product& product;
    deploy::ProjectFolder& project;
    std::shared_ptr<deploy::Connector> connector;
    const deploy::Clock& clock;
    deploy::Plan questions;
};

/// Of each question, in their order; or why none was asked.
struct Answers {
    deploy::Result<std::vector<deploy::StepAnswer>> value;
};

/// Asks servers what they say of themselves; changes nothing.
class AskRunner : public Runner {
    Q_OBJECT
public:
    using Runner::Runner;
    void ask(const AskJob& job);

Q_SIGNALS:
    void answered(const wizard::Answers& answers);
};

}  // namespace wizard
