#include "pages/project_chooser.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "pages/parts.h"
#include "remote/simulated.h"
#include "text/convert.h"

namespace wizard {

namespace {
constexpr int kRecentLimit = 12;
const QLatin1String kRecentKey("recent");

std::string lessonOf(const QComboBox& scenarios, int index) {
    return deploy::Scenario::lessonOf(fromQt(scenarios.itemData(index).toString()));
}
}  // namespace

ProjectChooser::ProjectChooser(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      newTitle_(makeLabel("title")),
      deploy_(new QRadioButton),
      deployHint_(makeLabel("small")),
      practice_(new QRadioButton),
      practiceHint_(makeLabel("small")),
      explore_(new QRadioButton),
      exploreHint_(makeLabel("small")),
      modeLabel_(makeLabel("muted")),
      mode_(new QComboBox),
      nameLabel_(makeLabel("muted")),
      name_(new QLineEdit),
      folderLabel_(makeLabel("muted")),
      folder_(new QLineEdit),
      chooseFolder_(makeButton(QStringLiteral("chooseFolder"))),
      scenarioLabel_(makeLabel("muted")),
      scenario_(new QComboBox),
      goal_(makeLabel("small")),
      create_(makeButton(QStringLiteral("createProject"))),
      problem_(makeLabel("error")),
      openTitle_(makeLabel("title")),
      recent_(new QListWidget),
      noRecent_(makeLabel("muted")),
      openOther_(makeButton(QStringLiteral("openOther"))),
      parentFolder_(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)) {
    if (parentFolder_.isEmpty())
        parentFolder_ = QDir::homePath();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(makeNewCard(), 3);
    row->addWidget(makeOpenCard(), 2);

    for (QRadioButton* kind : {deploy_, practice_, explore_})
        connect(kind, &QRadioButton::toggled, this, &ProjectChooser::refreshScenario);
    for (const deploy::Mode& mode : context_.draft.product().catalog.modes)
        mode_->addItem(QString(), toQt(mode.id));
    connect(scenario_, &QComboBox::currentIndexChanged, this, &ProjectChooser::refreshScenario);
    connect(name_, &QLineEdit::textEdited, this, &ProjectChooser::refreshFolder);
    connect(create_, &QPushButton::clicked, this, &ProjectChooser::create);
    connect(name_, &QLineEdit::returnPressed, this, &ProjectChooser::create);
    connect(folder_, &QLineEdit::returnPressed, this, &ProjectChooser::create);
    connect(chooseFolder_, &QPushButton::clicked, this, [this] {
        const QString chosen =
            QFileDialog::getExistingDirectory(this, tr("Folder for the project"), parentFolder_);
        if (!chosen.isEmpty()) {
            parentFolder_ = chosen;
            refreshFolder();
        }
    });
    connect(recent_, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        Q_EMIT openRequested(item->data(Qt::UserRole).toString());
    });
    connect(openOther_, &QPushButton::clicked, this, [this] {
        const QString chosen =
            QFileDialog::getExistingDirectory(this, tr("Open a project"), parentFolder_);
        if (!chosen.isEmpty())
            Q_EMIT openRequested(chosen);
    });
    connect(mode_, &QComboBox::currentIndexChanged, this, &ProjectChooser::fillScenarios);
    fillScenarios();
    deploy_->setChecked(true);
    retranslate();
}

QWidget* ProjectChooser::makeNewCard() {
    auto* card = makeCard();
    deploy_->setObjectName(QStringLiteral("kindDeploy"));
    practice_->setObjectName(QStringLiteral("kindPractice"));
    explore_->setObjectName(QStringLiteral("kindExplore"));
    mode_->setObjectName(QStringLiteral("exploreMode"));
    name_->setObjectName(QStringLiteral("projectNameEdit"));
    folder_->setObjectName(QStringLiteral("projectFolderEdit"));
    scenario_->setObjectName(QStringLiteral("scenario"));
    create_->setProperty("role", QStringLiteral("primary"));
    auto* grid = new QGridLayout(card);
    grid->setContentsMargins(22, 18, 22, 18);
    grid->setVerticalSpacing(10);
    grid->setHorizontalSpacing(12);
    int row = 0;
    grid->addWidget(newTitle_, row++, 0, 1, 3);
    // What a kind is stands close to it, so that it does not seem to belong to the next one.
    for (const auto& [button, hint] : {std::pair<QRadioButton*, QLabel*>{deploy_, deployHint_},
                                       {practice_, practiceHint_},
                                       {explore_, exploreHint_}}) {
        hint->setIndent(26);
        auto* kind = new QVBoxLayout;
        kind->setSpacing(0);
        kind->addWidget(button);
        kind->addWidget(hint);
        grid->addLayout(kind, row++, 0, 1, 3);
    }
    grid->addWidget(modeLabel_, row, 0);
    grid->addWidget(mode_, row++, 1, 1, 2);
    grid->addWidget(scenarioLabel_, row, 0);
    grid->addWidget(scenario_, row++, 1, 1, 2);
    grid->addWidget(goal_, row++, 1, 1, 2);
    grid->addWidget(nameLabel_, row, 0);
    grid->addWidget(name_, row++, 1, 1, 2);
    grid->addWidget(folderLabel_, row, 0);
    grid->addWidget(folder_, row, 1);
    grid->addWidget(chooseFolder_, row++, 2);
    grid->addWidget(problem_, row++, 1, 1, 2);
    grid->addWidget(create_, row++, 1, Qt::AlignLeft);
    grid->setRowStretch(row, 1);
    grid->setColumnStretch(1, 1);
    nameLabel_->setBuddy(name_);
    folderLabel_->setBuddy(folder_);
    scenarioLabel_->setBuddy(scenario_);
    modeLabel_->setBuddy(mode_);
    problem_->hide();
    return card;
}

QWidget* ProjectChooser::makeOpenCard() {
    auto* card = makeCard();
    recent_->setObjectName(QStringLiteral("recent"));
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(22, 18, 22, 18);
    column->addWidget(openTitle_);
    column->addWidget(noRecent_);
    column->addWidget(recent_, 100);
    column->addWidget(openOther_, 0, Qt::AlignLeft);
    column->addStretch();
    return card;
}

void ProjectChooser::retranslate() {
    newTitle_->setText(tr("Begin something new"));
    deploy_->setText(tr("Deploy on real servers"));
    deployHint_->setText(
        tr("Works over SSH, without internet. Nothing is changed before you have reviewed it."));
    practice_->setText(tr("Practice on simulated servers"));
    practiceHint_->setText(tr("The same wizard and the same steps; no server and no network."));
    explore_->setText(tr("Explore the modes"));
    exploreHint_->setText(
        tr("No server is asked: pick a mode, move roles about, switch servers off in thought."));
    modeLabel_->setText(tr("Mode"));
    mode_->setAccessibleName(tr("Mode to begin with"));
    for (int i = 0; i < mode_->count(); ++i)
        mode_->setItemText(
            i, context_.texts.text("mode." + fromQt(mode_->itemData(i).toString()) + ".name"));
    nameLabel_->setText(tr("Name"));
    name_->setPlaceholderText(tr("for example: Example Bank, production"));
    name_->setAccessibleName(tr("Project name"));
    folderLabel_->setText(tr("Folder"));
    folder_->setAccessibleName(tr("Project folder"));
    chooseFolder_->setText(tr("Choose…"));
    chooseFolder_->setAccessibleName(tr("Choose the project folder"));
    scenarioLabel_->setText(tr("Scenario"));
    scenario_->setAccessibleName(tr("Practice scenario"));
    create_->setText(tr("Create project"));
    openTitle_->setText(tr("Go on with a project"));
    openOther_->setText(tr("Open another folder…"));
    noRecent_->setText(tr("Projects that you open are listed here."));
    recent_->setAccessibleName(tr("Recent projects"));
    for (int i = 0; i < scenario_->count(); ++i)
        scenario_->setItemText(
            i, context_.texts.text("scenario." + lessonOf(*scenario_, i) + ".title"));
    refreshRecent();
    refreshScenario();
    if (folder_->text().isEmpty())
        refreshFolder();
}

void ProjectChooser::focusFirst() {
    name_->setFocus();
}

void ProjectChooser::refreshRecent() {
    recent_->clear();
    const QStringList all = QSettings().value(kRecentKey).toStringList();
    for (const QString& folder : all) {
        if (!QFileInfo::exists(QDir(folder).filePath(QStringLiteral("project.yaml"))))
            continue;
        auto* item = new QListWidgetItem(QDir(folder).dirName() + QLatin1Char('\n') +
                                         QDir::toNativeSeparators(folder));
        item->setData(Qt::UserRole, folder);
        recent_->addItem(item);
    }
    noRecent_->setVisible(recent_->count() == 0);
    recent_->setVisible(recent_->count() > 0);
}

void ProjectChooser::refreshScenario() {
    const bool practice = practice_->isChecked();
    for (QWidget* widget : std::initializer_list<QWidget*>{scenarioLabel_, scenario_, goal_})
        widget->setVisible(practice);
    for (QWidget* widget : std::initializer_list<QWidget*>{modeLabel_, mode_})
        widget->setVisible(practice || explore_->isChecked());
    // What cannot be practised is not offered.
    const auto* modes = qobject_cast<const QStandardItemModel*>(mode_->model());
    for (int i = 0; modes != nullptr && i < mode_->count(); ++i)
        modes->item(i)->setEnabled(!practice || practised_.contains(mode_->itemData(i).toString()));
    if (practice && !practised_.contains(mode_->currentData().toString()))
        mode_->setCurrentIndex(0);
    goal_->setText(context_.texts.text("scenario." +
                                       lessonOf(*scenario_, scenario_->currentIndex()) + ".goal"));
    suggestName();
}

/// Only real work needs a name of its own; what a person typed stays.
void ProjectChooser::suggestName() {
    if (name_->text() != suggested_)
        return;
    suggested_.clear();
    if (!deploy_->isChecked()) {
        const QString kind = practice_->isChecked() ? tr("Practice") : tr("Exploration");
        const QString name = kind + QStringLiteral(" – ") + mode_->currentText();
        suggested_ = name;
        for (int i = 2; QFileInfo::exists(folderOf(suggested_)); ++i)
            suggested_ = name + QStringLiteral(" %1").arg(i);
    }
    name_->setText(suggested_);
    refreshFolder();
}

void ProjectChooser::fillScenarios() {
    const auto names = deploy::Scenario::names();
    if (!names)
        return;
    for (const std::string& name : *names)
        practised_ << toQt(name.substr(0, name.find('-')));
    const QString prefix = mode_->currentData().toString() + QLatin1Char('-');
    scenario_->clear();
    for (const std::string& name : *names) {
        if (!toQt(name).startsWith(prefix))
            continue;
        const std::string lesson = deploy::Scenario::lessonOf(name);
        const QString title = context_.texts.text("scenario." + lesson + ".title");
        // A newcomer begins with the one in which all goes well.
        if (lesson == "ok")
            scenario_->insertItem(0, title, toQt(name));
        else
            scenario_->addItem(title, toQt(name));
    }
    scenario_->setCurrentIndex(0);
}

QString ProjectChooser::folderOf(const QString& name) const {
    static const QRegularExpression unfit(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]+"));
    QString leaf = name.trimmed();
    leaf.replace(unfit, QStringLiteral("-"));
    return leaf.isEmpty() ? QString() : QDir(parentFolder_).filePath(leaf);
}

void ProjectChooser::refreshFolder() {
    folder_->setText(QDir::toNativeSeparators(folderOf(name_->text())));
}

void ProjectChooser::create() {
    problem_->hide();
    const QString name = name_->text().trimmed();
    const QString folder = folder_->text().trimmed();
    if (name.isEmpty() || folder.isEmpty()) {
        tell(name.isEmpty() ? tr("Give the project a name.") : tr("Choose a folder."));
        (name.isEmpty() ? name_ : folder_)->setFocus();
        return;
    }
    deploy::ProjectContent content;
    if (explore_->isChecked())
        content = deploy::exploreContent(context_.draft.product().catalog,
                                         deploy::ModeId(fromQt(mode_->currentData().toString())));
    content.name = fromQt(name);
    if (practice_->isChecked()) {
        const auto practice = deploy::practiceContent(fromQt(scenario_->currentData().toString()));
        if (!practice) {
            tell(context_.texts.describe(practice.error()));
            return;
        }
        content = *practice;
        content.name = fromQt(name);
    }
    if (const auto made = context_.draft.create(QDir::fromNativeSeparators(folder), content); !made)
        tell(context_.texts.describe(made.error()));
    else
        remember(QDir::fromNativeSeparators(folder));
}

void ProjectChooser::tell(const QString& problem) {
    problem_->setText(problem);
    problem_->show();
}

void ProjectChooser::remember(const QString& folder) {
    QSettings settings;
    QStringList all = settings.value(kRecentKey).toStringList();
    const QString path = QFileInfo(folder).absoluteFilePath();
    all.removeAll(path);
    all.prepend(path);
    settings.setValue(kRecentKey, QVariant(all.mid(0, kRecentLimit)));
}

}  // namespace wizard
