#pragma once

#include <QCheckBox>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "pages/vault_opener.h"
#include "text/convert.h"

/// A new project with all that a VaultOpener works with; a person answers through the panel.
class VaultScene {
public:
    explicit VaultScene(const deploy::Product& product) : draft(product) {
        deploy::ProjectContent content;
        content.id = deploy::newProjectId();
        content.name = "vault";
        made = draft.create(folder.filePath(QStringLiteral("p")), content).has_value() &&
               texts.setLanguage(QStringLiteral("en")).has_value();
    }

    /// Begins to open the vault as a fresh start of the program would.
    void open() {
        draft.credentials() = {};
        vault.reset();
        opener = std::make_unique<wizard::VaultOpener>(context);
        opener->open([this](std::shared_ptr<deploy::Vault> opened) { vault = std::move(opened); });
    }
    template <class T>
    T* find(const char* name) {
        return panel.findChild<T*>(QLatin1String(name));
    }
    QString question() { return panel.empty() ? QString() : panel.accessibleName(); }
    void answer(const QString& passphrase, bool twice, bool keep) {
        find<QLineEdit>("questionSecret")->setText(passphrase);
        if (twice)
            find<QLineEdit>("questionSecretAgain")->setText(passphrase);
        panel.findChild<QCheckBox*>()->setChecked(keep);
        click();
    }
    void click() { find<QPushButton>("questionChoice0")->click(); }

    QTemporaryDir folder;
    wizard::Texts texts;
    wizard::Theme theme;
    wizard::Draft draft;
    wizard::Assessment assessment{draft};
    wizard::QuestionPanel panel{theme};
    wizard::Clocks clocks{deploy::systemClock()};
    wizard::PageContext context{draft, assessment, theme, texts, panel, clocks};
    std::unique_ptr<wizard::VaultOpener> opener;
    std::shared_ptr<deploy::Vault> vault;
    bool made = false;
};

/// Files below the folder that hold these bytes.
inline QStringList filesWith(const QString& folder, const QByteArray& bytes) {
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(bytes))
            found << file.fileName();
    }
    return found;
}
