#pragma once

#include <QWidget>

#include "pages/page_context.h"
#include "project/drill.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace wizard {

/// Chooses a server to stop on purpose, and asks before, with what the failure simulation says.
class DrillBar : public QWidget {
    Q_OBJECT
public:
    explicit DrillBar(const PageContext& context);

    /// Whether a drill may begin now.
    void setReady(bool ready);
    /// Stands before the bar, in the column of such titles; shown and hidden with it.
    QLabel* title() const { return title_; }
    void retranslate();

Q_SIGNALS:
    void confirmed(const deploy::Plan& plan);
    void refused(const deploy::Error& error);

private:
    void fillServers();
    void ask(deploy::LastCopy last);
    void beginByPower(const deploy::HostId& server, deploy::LastCopy last);
    void askAboutLastCopy(const deploy::Error& error);
    deploy::HostId chosen() const;

    PageContext context_;
    QLabel* title_;
    QComboBox* servers_;
    QPushButton* begin_;
};

}  // namespace wizard
