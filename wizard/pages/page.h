#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

namespace wizard {

/// The steps of the rail, in order.
enum class WizardStep { Start, Servers, Probe, Topology, Settings, Review, Install, HandOver };
constexpr int kStepCount = 8;

/// Has nothing to show where no servers were given: in an exploration.
bool needsServers(WizardStep step);

/// How a step looks in the rail; each has a shape and a word of its own.
enum class StepState { NotPossible, Open, Done, Attention, Stale };

/// Why the wizard cannot go on from a page.
struct Reason {
    enum class Place { Here, OtherPage };

    QString text;
    std::function<void()> go;  ///< brings the person to the place; may be empty
    Place place = Place::Here;
};

/// One step's page. It reads the draft and edits only through it; the frame asks it for its state
/// and moves between pages. Lives in the GUI thread.
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(WizardStep step, QWidget* parent = nullptr);
    /// Catches up before it is seen.
    void setVisible(bool visible) override;

    WizardStep step() const { return step_; }
    virtual QString title() const = 0;
    /// The rail's small line; may be empty.
    virtual QString subtitle() const { return {}; }
    /// What stands in the way of Next; empty: nothing does.
    virtual std::vector<Reason> reasons() const = 0;
    /// The footer's calm line, shown where no reason is listed.
    virtual QString note() const { return {}; }
    /// Needs attention although nothing blocks (warnings).
    virtual bool wantsAttention() const { return false; }
    /// The words on the Next button; empty: "Next". The last page has no Next.
    virtual QString nextLabel() const { return {}; }
    /// Next was pressed and nothing blocks. False: the page stays and goes on by itself
    /// (advance()).
    virtual bool commit() { return true; }
    virtual void enter() {}
    virtual void leave() {}

Q_SIGNALS:
    /// Title, subtitle, reasons or state may differ now.
    void changed();
    /// Asks the frame to go to a step.
    void goTo(wizard::WizardStep step);

protected:
    /// Shows what the draft and what follows from it say now.
    virtual void refresh() {}
    /// refresh() now where the page is seen, else when it is seen next: a page that nobody sees
    /// costs nothing.
    void refreshWhenSeen();
    /// Sets every text anew; called at first and whenever the language changes.
    virtual void retranslate() = 0;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void catchUp();

    WizardStep step_;
    bool behind_ = false;  ///< the draft changed since the last refresh()
};

}  // namespace wizard
