#include "pages/step_card.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include "base/utf8.h"
#include "pages/parts.h"
#include "plan/plan_text.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

StepCard::StepCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      title_(makeLabel("heading")),
      about_(makeLabel("muted")),
      facts_(makeLabel("small")),
      text_(new QPlainTextEdit) {
    setProperty("role", QStringLiteral("card"));
    text_->setObjectName(QStringLiteral("stepText"));
    text_->setReadOnly(true);
    text_->setProperty("role", QStringLiteral("raw"));
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setTabChangesFocus(true);
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    column->addWidget(title_);
    column->addWidget(about_);
    column->addWidget(facts_);
    column->addWidget(text_, 1);
    retranslate();
}

void StepCard::retranslate() {
    text_->setAccessibleName(tr("Commands of the step; secrets stand as their names"));
}

void StepCard::show(const deploy::Step* step) {
    if (step == nullptr) {
        title_->setText(tr("Choose a step to see its commands"));
        about_->clear();
        facts_->clear();
        text_->clear();
        return;
    }
    title_->setText(joined({toQt(step->host), stepTitle(*step, context_.texts)}));
    const std::string about = "step." + step->title + ".about";
    about_->setText(context_.texts.table().has(about) ? context_.texts.text(about, step->args)
                                                      : QString());
    QStringList needs;
    for (const deploy::StepId& need : step->needs)
        needs << toQt(need);
    QStringList facts;
    if (const auto* put = std::get_if<deploy::PutFile>(&step->action))
        facts << tr("%1, %2, to %3")
                     .arg(toQt(put->source), bytesText(put->size), toQt(put->destination))
              << QStringLiteral("SHA-256 ") + toQt(put->sha256);
    if (!needs.isEmpty())
        facts << tr("after %1").arg(listed(needs));
    facts << tr("about %1, estimated; ended after %2")
                 .arg(durationText(step->estimate.count()),
                      durationText(step->hardDeadline.count()));
    facts_->setText(facts.join(QLatin1Char('\n')));
    text_->setPlainText(toQt(
        deploy::escapeForDisplay(deploy::stepScriptText(*step, context_.draft.product().scripts))));
    text_->setVisible(!text_->toPlainText().isEmpty());
}

}  // namespace wizard
