#pragma once

#include <QSet>
#include <QWidget>

#include "pages/page_context.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QRadioButton;

namespace wizard {

/// New project, or one of before: what the start page shows while none is open.
class ProjectChooser : public QWidget {
    Q_OBJECT
public:
    explicit ProjectChooser(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void focusFirst();
    /// Puts the folder first among the recent ones.
    static void remember(const QString& folder);

Q_SIGNALS:
    /// The person wants this project; the start page opens it.
    void openRequested(const QString& folder);

private:
    QWidget* makeNewCard();
    QWidget* makeOpenCard();
    void refreshRecent();
    void refreshScenario();
    /// The lessons that there are for the mode.
    void fillScenarios();
    void suggestName();
    QString folderOf(const QString& name) const;
    void refreshFolder();
    void create();
    void tell(const QString& problem);

    PageContext context_;
    QLabel* newTitle_;
    QRadioButton* deploy_;
    QLabel* deployHint_;
    QRadioButton* practice_;
    QLabel* practiceHint_;
    QRadioButton* explore_;
    QLabel* exploreHint_;
    QLabel* modeLabel_;
    QComboBox* mode_;
    QLabel* nameLabel_;
    QLineEdit* name_;
    QLabel* folderLabel_;
    QLineEdit* folder_;
    QPushButton* chooseFolder_;
    QLabel* scenarioLabel_;
    QComboBox* scenario_;
    QLabel* goal_;
    QPushButton* create_;
    QLabel* problem_;
    QLabel* openTitle_;
    QListWidget* recent_;
    QLabel* noRecent_;
    QPushButton* openOther_;
    QString parentFolder_;
    QString suggested_;        ///< name; as long as no other was typed
    QSet<QString> practised_;  ///< modes that have scenarios
};

}  // namespace wizard
