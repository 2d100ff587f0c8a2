#include "pages/settings_page.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "pages/parts.h"
#include "text/convert.h"

namespace wizard {

namespace {
constexpr int kGap = 8;  ///< between one field's hint and the next field
}

SettingsPage::SettingsPage(const PageContext& context)
    : Page(WizardStep::Settings),
      context_(context),
      heading_(makeLabel("title")),
      portLabel_(makeLabel("heading")),
      port_(new QSpinBox),
      portHint_(makeLabel("small")),
      reuseDocker_(new QCheckBox),
      reuseHint_(makeLabel("small")),
      problem_(makeLabel("error")),
      passwords_(makeLabel("muted")) {
    auto* card = makeCard();
    auto* grid = new QGridLayout(card);
    grid->setContentsMargins(22, 18, 22, 18);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(0, 190);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(2, 1);
    grid->addWidget(heading_, 0, 0, 1, 3);
    grid->setRowMinimumHeight(1, kGap);
    addField(*grid, "entry_address", &deploy::Settings::entryAddress);
    port_->setObjectName(QStringLiteral("entry_port"));
    port_->setRange(1, 65535);
    port_->setMaximumWidth(140);
    port_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    portLabel_->setBuddy(port_);
    int row = grid->rowCount();
    grid->addWidget(portLabel_, row, 0);
    grid->addWidget(port_, row, 1);
    grid->addWidget(portHint_, row + 1, 1);
    grid->setRowMinimumHeight(row + 2, kGap);
    addField(*grid, "admin_account", &deploy::Settings::adminAccount);
    addField(*grid, "data_directory", &deploy::Settings::dataDirectory);
    addField(*grid, "install_directory", &deploy::Settings::installDirectory);
    reuseDocker_->setObjectName(QStringLiteral("existing_docker"));
    row = grid->rowCount();
    grid->addWidget(reuseDocker_, row, 1);
    grid->addWidget(reuseHint_, row + 1, 1);
    grid->addWidget(problem_, row + 2, 1);
    grid->setRowMinimumHeight(row + 3, kGap);
    grid->addWidget(passwords_, row + 4, 1);
    grid->setRowStretch(row + 5, 1);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(card);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);

    connect(port_, &QSpinBox::valueChanged, this, [this](int value) {
        change(QStringLiteral("entry_port"),
               [value](deploy::Settings& settings) { settings.entryPort = uint16_t(value); });
    });
    connect(reuseDocker_, &QCheckBox::toggled, this, [this](bool reuse) {
        change({}, [reuse](deploy::Settings& settings) {
            settings.existingDocker =
                reuse ? deploy::ExistingDocker::Reuse : deploy::ExistingDocker::Refuse;
        });
    });
    for (const auto signal :
         {&Draft::projectChanged, &Draft::settingsChanged, &Draft::readOnlyChanged})
        connect(&context_.draft, signal, this, &SettingsPage::refresh);
    retranslate();
}

void SettingsPage::addField(QGridLayout& grid, const char* name,
                            std::string deploy::Settings::*value) {
    Field field{QLatin1String(name), makeLabel("heading"), new QLineEdit, makeLabel("small"),
                value};
    field.edit->setObjectName(field.name);
    field.label->setBuddy(field.edit);
    const int row = grid.rowCount();
    grid.addWidget(field.label, row, 0);
    grid.addWidget(field.edit, row, 1);
    grid.addWidget(field.hint, row + 1, 1);
    grid.setRowMinimumHeight(row + 2, kGap);
    connect(field.edit, &QLineEdit::textEdited, this,
            [this, key = field.name, value](const QString& text) {
                change(key, [&](deploy::Settings& settings) {
                    settings.*value = fromQt(text.trimmed());
                });
            });
    fields_.push_back(field);
}

void SettingsPage::change(const QString& key, const std::function<void(deploy::Settings&)>& edit) {
    context_.draft.change(
        tr("Change a setting"), [&](deploy::ProjectContent& content) { edit(content.settings); },
        key);
}

QString SettingsPage::title() const {
    return tr("Settings");
}

QString SettingsPage::note() const {
    return tr("Every setting has a default that works. Passwords are generated for you.");
}

std::vector<Reason> SettingsPage::reasons() const {
    if (!context_.draft.isOpen())
        return {};
    const auto valid = deploy::validateSettings(context_.draft.content().settings);
    if (valid)
        return {};
    const QString where = toQt(valid.error().where);
    QString name = where;
    QLineEdit* place = nullptr;
    for (const Field& field : fields_)
        if (field.name == where) {
            name = field.label->text();
            place = field.edit;
        }
    const QString what = toQt(deploy::describe(valid.error(), context_.texts.table()).what);
    return {{name + QStringLiteral(": ") + what, [this, place] {
                 if (place)
                     place->setFocus();
                 else
                     port_->setFocus();
             }}};
}

void SettingsPage::refresh() {
    const bool open = context_.draft.isOpen();
    const deploy::Settings settings = open ? context_.draft.content().settings : deploy::Settings{};
    const bool editable = open && !context_.draft.readOnly();
    QString wrong;
    if (const auto valid = deploy::validateSettings(settings); !valid)
        wrong = toQt(valid.error().where);
    for (const Field& field : fields_) {
        const QString value = toQt(settings.*field.value);
        // The cursor stays where a person types.
        if (field.edit->text().trimmed() != value)
            field.edit->setText(value);
        field.edit->setReadOnly(!editable);
        setLook(*field.edit, "wrong", field.name == wrong);
    }
    {
        const QSignalBlocker quiet(port_);
        port_->setValue(settings.entryPort);
    }
    {
        const QSignalBlocker quiet(reuseDocker_);
        reuseDocker_->setChecked(settings.existingDocker == deploy::ExistingDocker::Reuse);
    }
    port_->setEnabled(editable);
    reuseDocker_->setEnabled(editable);
    const auto found = reasons();
    problem_->setText(found.empty() ? QString() : found.front().text);
    problem_->setVisible(!found.empty());
    Q_EMIT changed();
}

void SettingsPage::retranslate() {
    heading_->setText(tr("How the platform is reached, and where it lies"));
    const auto set = [this](const char* name, const QString& label, const QString& hint,
                            const QString& placeholder) {
        for (const Field& field : fields_)
            if (field.name == QLatin1String(name)) {
                field.label->setText(label);
                field.hint->setText(hint);
                field.edit->setPlaceholderText(placeholder);
                field.edit->setAccessibleName(label);
                field.edit->setAccessibleDescription(hint);
            }
    };
    set("entry_address", tr("Entry address"),
        tr("The domain or address by which people and devices come. Empty: the server's own "
           "address."),
        tr("the server's own address"));
    set("admin_account", tr("Administrator"),
        tr("The first account. Its password is generated and kept in the project's vault."), {});
    set("data_directory", tr("Data directory"),
        tr("Where database, cache and files of the platform lie on the server. Needs the space."),
        {});
    set("install_directory", tr("Installation directory"),
        tr("Where the platform's own files lie on the server."), {});
    portLabel_->setText(tr("Entry port"));
    portHint_->setText(tr("The one port that must be reachable from outside."));
    port_->setAccessibleName(tr("Entry port"));
    reuseDocker_->setText(tr("Use a Docker engine that is already on the server"));
    reuseHint_->setText(
        tr("Otherwise a server with an engine of its own is refused. Its other settings are kept "
           "either way; nothing is removed."));
    passwords_->setText(
        tr("Passwords of the database, the cache and the administrator are generated when the "
           "installation begins, and kept in the project's vault."));
    refresh();
}

}  // namespace wizard
