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
#include <QStandardPaths>
#include <QVBoxLayout>

#include "pages/parts.h"
#include "remote/simulated.h"
#include "text/convert.h"

namespace wizard {

namespace {
constexpr int kRecentLimit = 12;
const QLatin1String kRecentKey("recent");
}  // namespace

ProjectChooser::ProjectChooser(const PageContext& context, QWidget* parent)
    : QWidget(parent),
      context_(context),
      newTitle_(makeLabel("title")),
      deploy_(new QRadioButton),
      deployHint_(makeLabel("small")),
      practice_(new QRadioButton),
      practiceHint_(makeLabel("small")),
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

    connect(deploy_, &QRadioButton::toggled, this, &ProjectChooser::refreshScenario);
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
    if (const auto names = deploy::Scenario::names())
        for (const std::string& one : *names)
            scenario_->addItem(QString(), toQt(one));
    // A newcomer begins with one in which all goes well.
    for (int i = 0; i < scenario_->count(); ++i)
        if (scenario_->itemData(i).toString().endsWith(QLatin1String("-ok"))) {
            scenario_->setCurrentIndex(i);
            break;
        }
    deploy_->setChecked(true);
    retranslate();
}

QWidget* ProjectChooser::makeNewCard() {
    auto* card = makeCard();
    deploy_->setObjectName(QStringLiteral("kindDeploy"));
    practice_->setObjectName(QStringLiteral("kindPractice"));
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
    grid->addWidget(deploy_, row++, 0, 1, 3);
    grid->addWidget(deployHint_, row++, 0, 1, 3);
    grid->addWidget(practice_, row++, 0, 1, 3);
    grid->addWidget(practiceHint_, row++, 0, 1, 3);
    for (QLabel* hint : {deployHint_, practiceHint_})
        hint->setIndent(26);
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
            i, context_.texts.text("scenario." + fromQt(scenario_->itemData(i).toString()) +
                                   ".title"));
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
    goal_->setText(
        context_.texts.text("scenario." + fromQt(scenario_->currentData().toString()) + ".goal"));
}

void ProjectChooser::refreshFolder() {
    static const QRegularExpression unfit(QStringLiteral("[\\\\/:*?\"<>|\\x00-\\x1f]+"));
    QString leaf = name_->text().trimmed();
    leaf.replace(unfit, QStringLiteral("-"));
    folder_->setText(leaf.isEmpty() ? QString()
                                    : QDir::toNativeSeparators(QDir(parentFolder_).filePath(leaf)));
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
    content.name = fromQt(name);
    if (practice_->isChecked()) {
        const auto scenario = deploy::Scenario::load(fromQt(scenario_->currentData().toString()));
        if (!scenario) {
            tell(context_.texts.describe(scenario.error()));
            return;
        }
        content.kind = deploy::ProjectKind::Practice;
        content.scenario = scenario->name;
        content.mode = scenario->mode;
        content.inventory = scenario->inventory;
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
