#pragma once

#include <QFrame>
#include <optional>
#include <set>

#include "diagram/drawing.h"
#include "pages/page_context.h"
#include "topology/failure_matrix.h"

class QButtonGroup;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QTableWidget;
class QVBoxLayout;

namespace wizard {

/// Servers are switched off in thought: what each service does then, what one more loss would cost,
/// and every single loss and every pair at once.
class WhatIfCard : public QFrame {
    Q_OBJECT
public:
    explicit WhatIfCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    /// The project's content differs.
    void refresh();
    void toggle(const deploy::HostId& host);
    /// Off, unless all of its servers are off already.
    void toggleDatacenter(const std::string& datacenter);
    FailureShown shown() const;

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setDown(std::set<deploy::HostId> down);
    void refreshServers();
    void fitServers();
    void refreshOutcome();
    void refreshMatrix();
    void addNote(deploy::Health health, const QString& title, const QString& body);
    const std::vector<deploy::FailureCase>& cases() const;

    PageContext context_;
    std::set<deploy::HostId> down_;
    deploy::FailureOutcome outcome_;
    deploy::FailureMatrix matrix_;
    deploy::ProjectContent matrixOf_;  ///< the content that the matrix was made from
    bool filling_ = false;
    QLabel* title_;
    QPushButton* allOn_;
    QListWidget* servers_;
    QLabel* platform_;
    QVBoxLayout* services_;
    QPushButton* singles_;
    QPushButton* pairs_;
    QButtonGroup* tried_;
    QLabel* summary_;
    QTableWidget* table_;
};

}  // namespace wizard
