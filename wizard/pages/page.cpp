#include "pages/page.h"

#include <QEvent>

namespace wizard {

bool needsServers(WizardStep step) {
    return step != WizardStep::Start && step != WizardStep::Topology &&
           step != WizardStep::Settings;
}

Page::Page(WizardStep step, QWidget* parent) : QWidget(parent), step_(step) {
    setObjectName(QStringLiteral("page"));
    setAttribute(Qt::WA_StyledBackground);
}

void Page::refreshWhenSeen() {
    behind_ = !isVisible();
    if (!behind_)
        refresh();
}

void Page::catchUp() {
    if (!behind_)
        return;
    behind_ = false;
    refresh();
}

void Page::setVisible(bool visible) {
    if (visible)
        catchUp();
    QWidget::setVisible(visible);
}

void Page::showEvent(QShowEvent* event) {
    catchUp();
    QWidget::showEvent(event);
}

void Page::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT changed();
    }
    QWidget::changeEvent(event);
}

}  // namespace wizard
