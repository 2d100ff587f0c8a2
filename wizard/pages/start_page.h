#pragma once

#include "pages/page.h"
#include "pages/page_context.h"

class QFrame;
class QLabel;
class QPushButton;

namespace wizard {

class BundleCard;
class ProjectChooser;

/// Step 1: a project, and the offline bundle that it installs.
class StartPage : public Page {
    Q_OBJECT
public:
    explicit StartPage(const PageContext& context);

    QString title() const override;
    QString subtitle() const override;
    std::vector<Reason> reasons() const override;
    QString note() const override;
    void enter() override;

Q_SIGNALS:
    void openRequested(const QString& folder);

protected:
    void retranslate() override;

private:
    QFrame* makeProjectCard();
    void adoptProject();

    PageContext context_;
    ProjectChooser* chooser_;
    QFrame* project_ = nullptr;
    QLabel* projectTitle_;
    QLabel* projectText_;
    QPushButton* close_;
    BundleCard* bundle_;
};

}  // namespace wizard
