#include "pages/run_head.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

RunHead::RunHead(const RunModel& model, const Theme& theme, const Texts& texts, QWidget* parent)
    : QFrame(parent),
      model_(model),
      theme_(theme),
      texts_(texts),
      headline_(makeLabel("title")),
      progress_(makeLabel("muted")),
      bar_(new QProgressBar),
      stopAfter_(makeButton(QStringLiteral("stopAfterStep"))),
      stopNow_(makeButton(QStringLiteral("stopNow"))),
      resume_(makeButton(QStringLiteral("resume"))),
      retry_(makeButton(QStringLiteral("retryServer"))) {
    setProperty("role", QStringLiteral("card"));
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    resume_->setProperty("role", QStringLiteral("primary"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 10, 14, 10);
    auto* words = new QVBoxLayout;
    words->addWidget(headline_);
    words->addWidget(progress_);
    words->addWidget(bar_);
    row->addLayout(words, 1);
    row->addSpacing(12);
    row->addWidget(stopAfter_);
    row->addWidget(stopNow_);
    row->addWidget(retry_);
    row->addWidget(resume_);
    connect(stopAfter_, &QPushButton::clicked, this, &RunHead::stopAfterStep);
    connect(stopNow_, &QPushButton::clicked, this, &RunHead::stopNow);
    connect(resume_, &QPushButton::clicked, this, &RunHead::resume);
    connect(retry_, &QPushButton::clicked, this, [this] { Q_EMIT retry(state_.retry); });
}

void RunHead::retranslate() {
    stopAfter_->setText(tr("Stop after this step"));
    stopNow_->setText(tr("Stop now"));
    stopNow_->setToolTip(
        tr("Ends waiting at once; what runs on a server goes on there and is found again."));
    resume_->setText(tr("Go on"));
    bar_->setAccessibleName(tr("Progress of the run"));
    show(state_);
}

void RunHead::show(const State& state) {
    state_ = state;
    const size_t total = model_.plan().steps.size();
    headline_->setText(nowText());
    progress_->setText(progressText());
    bar_->setValue(total > 0 ? int(size_t(model_.doneSteps()) * 1000 / total) : 0);
    bar_->setVisible(total > 0);
    stopAfter_->setVisible(state.busy);
    stopNow_->setVisible(state.busy);
    stopAfter_->setEnabled(!state.stopping);
    resume_->setVisible(state.resume != State::Resume::Hidden);
    resume_->setEnabled(state.resume == State::Resume::Offered);
    retry_->setVisible(state.resume != State::Resume::Hidden && !state.retry.empty());
    retry_->setEnabled(state.resume == State::Resume::Offered);
    retry_->setText(tr("Try %1 again, alone").arg(toQt(state.retry)));
    resume_->setIcon(themedIcon(QStringLiteral("play"), theme_.colors().accentInk));
}

QString RunHead::nowText() {
    if (model_.plan().steps.empty())
        return tr("Nothing has been installed yet");
    if (state_.busy) {
        const auto now = model_.runningSteps();
        if (now.empty() && state_.stopping)
            return tr("Stopping…");
        // Between two steps the one before is still what a person has in mind.
        if (!now.empty())
            latest_ = now.front()->id;
        const deploy::Step* step = model_.plan().find(latest_);
        if (step == nullptr)
            return tr("Connecting to the servers…");
        QString text = joined({toQt(step->host), stepTitle(*step, texts_)});
        if (now.size() > 1)
            text += tr(" – and %1 more").arg(now.size() - 1);
        return state_.stopping ? tr("Stopping after: %1").arg(text) : text;
    }
    latest_ = {};
    switch (model_.state().outcome) {
        case deploy::RunOutcome::Succeeded:
            return tr("Everything is installed");
        case deploy::RunOutcome::Failed:
            return tr("The installation met a failure and can go on from there");
        case deploy::RunOutcome::Stopped:
            return tr("Stopped; it goes on from where it is");
        case deploy::RunOutcome::Running:
            return tr("The installation was interrupted and can go on from there");
    }
    return {};
}

QString RunHead::progressText() const {
    const size_t total = model_.plan().steps.size();
    const uint64_t bytes = model_.plan().uploadBytes();
    QStringList parts;
    if (total > 0)
        parts << tr("Step %1 of %2").arg(model_.doneSteps()).arg(total);
    if (state_.busy)
        parts << tr("about %1 left").arg(durationText(model_.remainingSeconds()));
    if (bytes > 0)
        parts << tr("%1 of %2 sent").arg(bytesText(model_.doneBytes()), bytesText(bytes));
    return joined(parts);
}

void RunHead::focusResume() {
    resume_->setFocus();
}

}  // namespace wizard
