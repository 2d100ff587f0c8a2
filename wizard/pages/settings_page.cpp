#include "pages/settings_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "pages/parts.h"
#include "text/convert.h"
#include "text/words.h"

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
      vrrpLabel_(makeLabel("heading")),
      vrrp_(new QSpinBox),
      vrrpHint_(makeLabel("small")),
      distributionLabel_(makeLabel("heading")),
      distribution_(new QComboBox),
      distributionHint_(makeLabel("small")),
      reuseDocker_(new QCheckBox),
      reuseHint_(makeLabel("small")),
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
    addClusterFields(*grid);
    addField(*grid, "admin_account", &deploy::Settings::adminAccount);
    addField(*grid, "data_directory", &deploy::Settings::dataDirectory);
    addField(*grid, "install_directory", &deploy::Settings::installDirectory);
    reuseDocker_->setObjectName(QStringLiteral("existing_docker"));
    row = grid->rowCount();
    grid->addWidget(reuseDocker_, row, 1);
    grid->addWidget(reuseHint_, row + 1, 1);
    grid->setRowMinimumHeight(row + 2, kGap);
    grid->addWidget(passwords_, row + 3, 1);
    grid->setRowStretch(row + 4, 1);
    auto* scroll = makeScroll(card);
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

void SettingsPage::addClusterFields(QGridLayout& grid) {
    addField(grid, "virtual_address", &deploy::Settings::virtualAddress, Scope::Cluster);
    const auto place = [&grid](QLabel* label, QWidget* control, QLabel* hint) {
        label->setBuddy(control);
        const int row = grid.rowCount();
        grid.addWidget(label, row, 0);
        grid.addWidget(control, row, 1);
        grid.addWidget(hint, row + 1, 1);
        grid.setRowMinimumHeight(row + 2, kGap);
        control->setMaximumWidth(140);
    };
    vrrp_->setObjectName(QStringLiteral("vrrp_id"));
    vrrp_->setRange(1, 255);
    vrrp_->setButtonSymbols(QAbstractSpinBox::NoButtons);
    place(vrrpLabel_, vrrp_, vrrpHint_);
    addField(grid, "external_load_balancer", &deploy::Settings::externalLoadBalancer,
             Scope::Cluster);
    distribution_->setObjectName(QStringLiteral("kubernetes_distribution"));
    for (const auto each :
         {deploy::KubernetesDistribution::K3s, deploy::KubernetesDistribution::Rke2})
        distribution_->addItem(toQt(deploy::distributionName(each)));
    place(distributionLabel_, distribution_, distributionHint_);
    addField(grid, "pod_cidr", &deploy::Settings::podCidr, Scope::Cluster);
    addField(grid, "service_cidr", &deploy::Settings::serviceCidr, Scope::Cluster);
    connect(vrrp_, &QSpinBox::valueChanged, this, [this](int value) {
        change(QStringLiteral("vrrp_id"),
               [value](deploy::Settings& settings) { settings.vrrpId = uint8_t(value); });
    });
    connect(distribution_, &QComboBox::activated, this, [this](int index) {
        change({}, [index](deploy::Settings& settings) {
            settings.distribution = deploy::KubernetesDistribution(index);
        });
    });
}

void SettingsPage::addField(QGridLayout& grid, const char* name,
                            std::string deploy::Settings::*value, Scope scope) {
    Field field{QLatin1String(name),
                makeLabel("heading"),
                new QLineEdit,
                makeLabel("error"),
                makeLabel("small"),
                value,
                scope};
    field.edit->setObjectName(field.name);
    field.label->setBuddy(field.edit);
    const int row = grid.rowCount();
    grid.addWidget(field.label, row, 0);
    grid.addWidget(field.edit, row, 1);
    grid.addWidget(field.problem, row + 1, 1);
    grid.addWidget(field.hint, row + 2, 1);
    grid.setRowMinimumHeight(row + 3, kGap);
    field.problem->hide();
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

/// Without the setting's own name, which stands beside it.
QString SettingsPage::whatIsWrong(deploy::Error error) const {
    error.where.clear();
    return toQt(deploy::describe(error, context_.texts.table()).what);
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
    return {{labelled(name, whatIsWrong(valid.error())), [this, place] {
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
    QString what;
    if (const auto valid = deploy::validateSettings(settings); !valid) {
        wrong = toQt(valid.error().where);
        what = whatIsWrong(valid.error());
    }
    for (const Field& field : fields_) {
        const QString value = toQt(settings.*field.value);
        // The cursor stays where a person types.
        if (field.edit->text().trimmed() != value)
            field.edit->setText(value);
        field.edit->setReadOnly(!editable);
        const bool bad = field.name == wrong;
        setLook(*field.edit, "wrong", bad);
        field.problem->setText(bad ? what : QString());
        field.problem->setVisible(bad);
    }
    {
        const QSignalBlocker quiet(port_);
        port_->setValue(settings.entryPort);
    }
    {
        const QSignalBlocker quiet(reuseDocker_);
        reuseDocker_->setChecked(settings.existingDocker == deploy::ExistingDocker::Reuse);
    }
    {
        const QSignalBlocker quiet(vrrp_);
        vrrp_->setValue(settings.vrrpId);
    }
    distribution_->setCurrentIndex(int(settings.distribution));
    vrrp_->setEnabled(editable);
    distribution_->setEnabled(editable);
    showScope();
    port_->setEnabled(editable);
    reuseDocker_->setEnabled(editable);
    Q_EMIT changed();
}

void SettingsPage::showScope() {
    const deploy::Mode* mode = context_.draft.isOpen() ? context_.draft.mode() : nullptr;
    const bool cluster = mode != nullptr && mode->kubernetes;
    for (const Field& field : fields_)
        for (QWidget* part : {static_cast<QWidget*>(field.label), static_cast<QWidget*>(field.edit),
                              static_cast<QWidget*>(field.hint)})
            part->setVisible(cluster || field.scope == Scope::Every);
    for (QWidget* part : std::initializer_list<QWidget*>{
             vrrpLabel_, vrrp_, vrrpHint_, distributionLabel_, distribution_, distributionHint_})
        part->setVisible(cluster);
    for (QWidget* part : std::initializer_list<QWidget*>{portLabel_, port_, portHint_})
        part->setVisible(!cluster);
    for (const Field& field : fields_)
        if (field.name == QLatin1String("entry_address")) {
            field.hint->setText(
                cluster ? tr("The domain or address by which people and devices come. Empty: the "
                             "virtual address.")
                        : tr("The domain or address by which people and devices come. Empty: the "
                             "server's own address."));
            field.edit->setPlaceholderText(cluster ? tr("the virtual address")
                                                   : tr("the server's own address"));
            field.edit->setAccessibleDescription(field.hint->text());
        }
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
    set("entry_address", tr("Entry address"), {}, {});  // the rest differs from mode to mode
    set("admin_account", tr("Administrator"),
        tr("The first account. Its password is generated and kept in the project's vault."), {});
    set("data_directory", tr("Data directory"),
        tr("Where database, cache and files of the platform lie on the server: a full path, such "
           "as "
           "/data/finclip. Needs the space."),
        {});
    set("install_directory", tr("Installation directory"),
        tr("Where the platform's own files lie on the server: a full path, apart from the data."),
        {});
    set("virtual_address", tr("Virtual address"),
        tr("A free IPv4 address in the servers' network. One of the two load balancers holds it; "
           "people, devices and services come by it."),
        tr("such as 10.0.0.100"));
    set("external_load_balancer", tr("Your own load balancer"),
        tr("Its address, where one of yours stands in place of the platform's two."),
        tr("the platform's two"));
    set("pod_cidr", tr("Network of the pods"),
        tr("Addresses inside Kubernetes; apart from every network that the servers talk to."), {});
    set("service_cidr", tr("Network of the services"),
        tr("Addresses inside Kubernetes; apart from the network of the pods, too."), {});
    vrrpLabel_->setText(tr("VRRP number"));
    vrrpHint_->setText(tr("No other pair in the same network may have it."));
    vrrp_->setAccessibleName(vrrpLabel_->text());
    distributionLabel_->setText(tr("Kubernetes distribution"));
    distributionHint_->setText(tr("The one that the bundle brings."));
    distribution_->setAccessibleName(distributionLabel_->text());
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
