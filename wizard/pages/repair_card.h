#pragma once

#include <QFrame>
#include <optional>

#include "pages/page_context.h"
#include "plan/repair.h"
#include "runners/run_runner.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace wizard {

class LoginAsker;
class NoteBox;
class StepCard;

/// What the findings offer to put right on the servers themselves: collected, shown as commands,
/// done only when a person presses the button, and taken back in the same way.
class RepairCard : public QFrame {
    Q_OBJECT
public:
    explicit RepairCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// Hides itself where nothing is offered and nothing can be taken back.
    void refresh();
    bool running() const { return runner_.running(); }
    bool showsCommands() const { return work_.has_value(); }
    /// The steps that are begun end, no other begins.
    void stop() { runner_.stopAfterStep(); }

Q_SIGNALS:
    /// The commands are shown, which takes the room of what is below; or no longer.
    void opened(bool open);
    /// The work began or ended.
    void runningChanged();
    /// These servers are others now: probe them again.
    void changedServers(const std::vector<deploy::HostId>& hosts);

private:
    enum class Work { Repair, Undo };
    void open(Work work);
    void close();
    void fillList();
    void showStep();
    std::vector<deploy::Repair> chosen() const;
    void run();
    /// `brokenLock` as in RunWork.
    void begin(const deploy::Plan& plan, const std::string& brokenLock = {});
    void finish();
    deploy::Result<deploy::Plan> planFor(const std::vector<deploy::Repair>& repairs) const;

    PageContext context_;
    LoginAsker* logins_;
    RunRunner runner_;
    std::vector<deploy::Repair> offered_;
    std::vector<deploy::Repair> standing_;
    std::optional<Work> work_;  ///< whose commands are shown
    deploy::Plan plan_;         ///< of all that is listed
    deploy::Plan ran_;          ///< last
    std::optional<deploy::Error> error_;
    QLabel* title_;
    QLabel* hint_;
    QPushButton* show_;
    QPushButton* undo_;
    QWidget* body_;
    QListWidget* list_;
    StepCard* step_;
    QPushButton* run_;
    QPushButton* close_;
    NoteBox* problem_;
};

}  // namespace wizard
