#include "frame/explore_note.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "pages/parts.h"

namespace wizard {

ExploreNote::ExploreNote(QWidget* parent)
    : QWidget(parent),
      title_(makeLabel("title")),
      text_(makeLabel("body")),
      back_(makeButton(QStringLiteral("backToDrawing"))) {
    auto* card = makeCard();
    auto* inner = new QVBoxLayout(card);
    inner->setContentsMargins(22, 18, 22, 18);
    inner->setSpacing(12);
    inner->addWidget(title_);
    inner->addWidget(text_);
    inner->addWidget(back_, 0, Qt::AlignLeft);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(card);
    column->addStretch();
    connect(back_, &QPushButton::clicked, this, &ExploreNote::drawingWanted);
    retranslate();
}

void ExploreNote::setPage(const QString& title) {
    page_ = title;
    retranslate();
}

void ExploreNote::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void ExploreNote::retranslate() {
    title_->setText(page_.isEmpty() ? QString() : tr("%1: not in an exploration").arg(page_));
    text_->setText(
        tr("This page works on servers, and an exploration has none: its servers are made up, and "
           "nothing can be installed. To see the whole job, practise it on simulated servers; to "
           "do it, begin a project on real ones. Both begin on the start page."));
    back_->setText(tr("To the drawing"));
}

}  // namespace wizard
