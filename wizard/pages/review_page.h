#pragma once

#include "pages/page.h"
#include "pages/page_context.h"
#include "plan/plan_text.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace wizard {

class FirewallCard;
class NoteBox;
class StepCard;

/// Step 6: all that will be done, before anything is. Its Next is the one button that begins.
class ReviewPage : public Page {
    Q_OBJECT
public:
    explicit ReviewPage(const PageContext& context);

    QString title() const override;
    QString subtitle() const override;
    std::vector<Reason> reasons() const override;
    QString note() const override;
    QString nextLabel() const override;
    bool commit() override;
    void enter() override;

Q_SIGNALS:
    /// A person wants this plan to be done.
    void beginRequested(const deploy::Plan& plan);

protected:
    void refresh() override;
    void retranslate() override;

private:
    void fillTree(const deploy::Plan& plan);
    void showStep();
    void exportText();

    PageContext context_;
    deploy::PlanOrder order_ = deploy::PlanOrder::ByStage;
    std::string shown_;  ///< plan and differences that the tree stands for
    QLabel* headline_;
    QLabel* summary_;
    QLabel* digest_;
    QPushButton* byStage_;
    QPushButton* byServer_;
    QPushButton* export_;
    QPushButton* firewall_;
    QTreeWidget* tree_;
    StepCard* step_;
    FirewallCard* sheet_;
    QStackedWidget* stack_;
    NoteBox* problem_;
};

}  // namespace wizard
