#pragma once

#include <functional>
#include <vector>

#include "pages/page.h"
#include "pages/page_context.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace wizard {

/// Step 5: addresses, folders, accounts; every field says what it is for and has a default.
class SettingsPage : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(const PageContext& context);

    QString title() const override;
    std::vector<Reason> reasons() const override;
    QString note() const override;

protected:
    void refresh() override;
    void retranslate() override;

private:
    /// In which modes a setting means something.
    enum class Scope { Every, Cluster };
    struct Field {
        QString name;  ///< as validateSettings() names it
        QLabel* label;
        QLineEdit* edit;
        QLabel* problem;
        QLabel* hint;
        std::string deploy::Settings::*value;
        Scope scope;
    };
    void addField(QGridLayout& grid, const char* name, std::string deploy::Settings::*value,
                  Scope scope = Scope::Every);
    QString whatIsWrong(deploy::Error error) const;
    void addClusterFields(QGridLayout& grid);
    /// What this mode does not ask for is not shown.
    void showScope();
    void change(const QString& key, const std::function<void(deploy::Settings&)>& edit);

    PageContext context_;
    std::vector<Field> fields_;
    QLabel* heading_;
    QLabel* portLabel_;
    QSpinBox* port_;
    QLabel* portHint_;
    QLabel* vrrpLabel_;
    QSpinBox* vrrp_;
    QLabel* vrrpHint_;
    QLabel* distributionLabel_;
    QComboBox* distribution_;
    QLabel* distributionHint_;
    QCheckBox* reuseDocker_;
    QLabel* reuseHint_;
    QLabel* passwords_;
};

}  // namespace wizard
