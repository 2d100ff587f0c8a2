#pragma once

#include <QButtonGroup>
#include <QWidget>
#include <optional>
#include <vector>

#include "mode_fit.h"
#include "pages/mode_card.h"
#include "pages/page_context.h"
#include "topology/mode_change.h"

class QLabel;
class QPushButton;

namespace wizard {

class AdvisorCard;

/// The modes above the drawing: choosing one switches the drawing, keeps what can be kept, and says
/// what was moved. The advisor opens below the cards.
class ModeBar : public QWidget {
    Q_OBJECT
public:
    explicit ModeBar(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void refresh();
    /// How much the cards tell.
    void setDetail(ModeCard::Detail detail);
    void focusFirst();

Q_SIGNALS:
    /// The drawing is about to become another mode's.
    void aboutToSwitch();
    /// The advisor was opened (it takes the room of the drawing) or closed.
    void advising(bool open);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// In an exploration with these servers, else with the project's own.
    void choose(const deploy::ModeId& mode, const deploy::Inventory& generic);
    bool explores() const;
    void tell(const std::vector<deploy::RoleMove>& moves, const deploy::Topology& after);
    void refreshFits();
    void refreshCard(size_t index);
    void refreshMoved();
    void evenOut();

    PageContext context_;
    std::vector<ModeCard*> cards_;
    std::vector<ModeFit> fits_;  ///< by mode; none without a project
    FitInput judged_;            ///< what fits_ were worked out from
    QButtonGroup group_;
    QPushButton* advise_;
    AdvisorCard* advisor_;
    QWidget* moved_;
    QLabel* movedText_;
    QPushButton* movedClose_;
    /// What the last switch did, told until it is closed or the drawing is edited otherwise.
    std::optional<deploy::ModeChange> told_;
};

/// What a switch of the mode did, in words: a line for each role that has other servers now.
QStringList moveTexts(const std::vector<deploy::RoleMove>& moves, const Texts& texts);

}  // namespace wizard
