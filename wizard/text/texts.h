#pragma once

#include <QObject>
#include <QString>
#include <QTranslator>

#include "text/message_table.h"

namespace wizard {

/// The language that the wizard speaks: its own strings by QTranslator, the core's by the message
/// table. Lives in the GUI thread.
class Texts : public QObject {
    Q_OBJECT
public:
    explicit Texts(QObject* parent = nullptr);

    /// "en" or "zh_CN"; every widget gets a LanguageChange event. On an error the language stays.
    deploy::Result<void> setLanguage(const QString& language);
    const QString& language() const { return language_; }

    const deploy::MessageTable& table() const { return table_; }
    QString text(const std::string& key, const deploy::Args& args = {}) const;
    /// "what" and, on a new line, what to do; server words escaped.
    QString describe(const deploy::Error& error) const;

Q_SIGNALS:
    void changed();

private:
    QString language_;
    QTranslator translator_;
    QTranslator qtTranslator_;
    deploy::MessageTable table_;
};

}  // namespace wizard
