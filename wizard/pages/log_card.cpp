#include "pages/log_card.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>

#include "pages/log_view.h"
#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"

namespace wizard {

namespace {
/// Of a log file of an earlier run its end is shown.
constexpr qint64 kFileTailBytes = 4 << 20;
}  // namespace

LogCard::LogCard(const PageContext& context, QWidget* parent)
    : QFrame(parent),
      context_(context),
      steps_(new QComboBox),
      follow_(new QCheckBox),
      search_(new QLineEdit),
      searchNext_(makeButton(QStringLiteral("searchLog"))),
      copy_(makeButton(QStringLiteral("copyLog"))),
      count_(makeLabel("small")),
      view_(new LogView) {
    setProperty("role", QStringLiteral("card"));
    steps_->setObjectName(QStringLiteral("logSteps"));
    steps_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    steps_->setMinimumContentsLength(34);
    steps_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    steps_->setMaximumWidth(520);
    follow_->setChecked(true);
    search_->setObjectName(QStringLiteral("logSearch"));
    search_->setMaximumWidth(220);
    view_->setObjectName(QStringLiteral("log"));
    count_->setWordWrap(false);
    auto* row = new QHBoxLayout;
    row->addWidget(steps_, 2);
    row->addWidget(follow_);
    row->addWidget(search_);
    row->addWidget(searchNext_);
    row->addWidget(copy_);
    row->addStretch(1);
    row->addWidget(count_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 12);
    column->addLayout(row);
    column->addWidget(view_, 1);

    connect(steps_, &QComboBox::activated, this, [this] {
        follow_->setChecked(false);
        show(deploy::StepId(fromQt(steps_->currentData().toString())));
    });
    connect(follow_, &QCheckBox::toggled, view_, &LogView::setFollowing);
    searchSoon_.setSingleShot(true);
    connect(&searchSoon_, &QTimer::timeout, this, &LogCard::searchOn);
    connect(search_, &QLineEdit::textChanged, &searchSoon_, &QTimer::stop);
    connect(search_, &QLineEdit::returnPressed, this, &LogCard::search);
    connect(searchNext_, &QPushButton::clicked, this, &LogCard::search);
    connect(copy_, &QPushButton::clicked, this, &LogCard::copy);
    auto* keys = new QShortcut(QKeySequence::Copy, view_);
    keys->setContext(Qt::WidgetShortcut);
    connect(keys, &QShortcut::activated, this, &LogCard::copy);
    retranslate();
}

void LogCard::retranslate() {
    follow_->setText(tr("Follow"));
    search_->setPlaceholderText(tr("Search"));
    search_->setAccessibleName(tr("Search in the log"));
    searchNext_->setText(tr("Find next"));
    copy_->setText(tr("Copy"));
    copy_->setToolTip(tr("Copies the selected lines, or all"));
    steps_->setAccessibleName(tr("Step whose log is shown"));
    view_->setAccessibleName(tr("Log"));
    view_->setPlaceholder(tr("This step has written nothing so far."));
    for (int i = 0; i < steps_->count(); ++i)
        if (const auto* step = plan_.find(deploy::StepId(fromQt(steps_->itemData(i).toString()))))
            steps_->setItemText(i, joined({toQt(step->host), stepTitle(*step, context_.texts)}));
    refreshCount();
}

void LogCard::setRun(const deploy::Plan& plan, const std::filesystem::path& runFolder) {
    view_->setLog(nullptr);
    logs_.clear();
    plan_ = plan;
    shown_ = {};
    steps_->clear();
    for (const deploy::Step& step : plan_.steps)
        steps_->addItem(joined({toQt(step.host), stepTitle(step, context_.texts)}), toQt(step.id));
    follow_->setChecked(true);
    if (plan_.steps.empty())
        return;
    deploy::StepId last = plan_.steps.front().id;
    QDateTime written;
    // Read before the run goes on, so that nothing is shown twice.
    for (const deploy::Step& step : plan_.steps) {
        QFile file(toQt((runFolder / "logs" / (step.id.str() + ".log")).string()));
        if (runFolder.empty() || !file.open(QIODevice::ReadOnly))
            continue;
        if (file.size() > kFileTailBytes)
            file.seek(file.size() - kFileTailBytes);
        logOf(step.id).append(file.readAll());
        logOf(step.id).finish();
        // The run is found again where it was left.
        if (const QDateTime at = QFileInfo(file).lastModified();
            !written.isValid() || at >= written) {
            last = step.id;
            written = at;
        }
    }
    show(last);
}

LogModel& LogCard::logOf(const deploy::StepId& step) {
    auto& log = logs_[step];
    if (log)
        return *log;
    log = std::make_unique<LogModel>();
    connect(log.get(), &QAbstractItemModel::rowsInserted, this, [this, step] {
        if (step != shown_)
            return;
        refreshCount();
    });
    return *log;
}

void LogCard::append(const deploy::StepId& step, const QByteArray& bytes) {
    logOf(step).append(bytes);
}

void LogCard::pick(const deploy::StepId& step) {
    follow_->setChecked(false);
    show(step);
}

void LogCard::stepBegan(const deploy::StepId& step) {
    if (follow_->isChecked())
        show(step);
}

void LogCard::show(const deploy::StepId& step) {
    searchSoon_.stop();
    shown_ = step;
    steps_->setCurrentIndex(steps_->findData(toQt(step)));
    view_->setLog(&logOf(step));
    refreshCount();
    Q_EMIT shown(step);
}

void LogCard::search() {
    if (shown_.empty())
        return;
    searchFrom_ = view_->currentIndex().isValid() ? view_->currentIndex().row() + 1 : 0;
    searched_ = 0;
    searchOn();
}

void LogCard::searchOn() {
    LogModel& log = logOf(shown_);
    const int rows = log.rowCount();
    const int first = rows > 0 ? (searchFrom_ + searched_) % rows : 0;
    const int most = std::min({LogModel::kSearchRows, rows - first, rows - searched_});
    const int row = log.find(search_->text(), first, most);
    searched_ += most;
    if (row < 0 && searched_ < rows) {
        searchSoon_.start();
        return;
    }
    setLook(*search_, "wrong", row < 0 && !search_->text().isEmpty());
    if (row < 0)
        return;
    follow_->setChecked(false);
    view_->setCurrentIndex(log.index(row));
    view_->scrollTo(log.index(row), QAbstractItemView::PositionAtCenter);
}

void LogCard::copy() {
    if (shown_.empty() || view_->selectionModel() == nullptr)
        return;
    const LogModel& log = logOf(shown_);
    auto rows = view_->selectionModel()->selectedRows();
    if (rows.isEmpty()) {
        QGuiApplication::clipboard()->setText(log.text(0, log.rowCount() - 1));
        return;
    }
    std::sort(rows.begin(), rows.end());
    QString text;
    for (const QModelIndex& row : rows)
        text += log.line(row.row()) + QLatin1Char('\n');
    QGuiApplication::clipboard()->setText(text);
}

void LogCard::refreshCount() {
    const auto it = logs_.find(shown_);
    count_->setText(it == logs_.end() ? QString() : tr("Lines: %L1").arg(it->second->rowCount()));
}

}  // namespace wizard
