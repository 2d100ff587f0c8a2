#pragma once

#include <QFrame>
#include <optional>

#include "inventory/merge.h"
#include "inventory/readers.h"
#include "pages/page_context.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;
class QTableView;

namespace wizard {

class ImportModel;
class NoteBox;

/// Import and paste: shows what was understood, cell by cell, what it changes and what is not
/// taken, before anything is.
class ImportCard : public QFrame {
    Q_OBJECT
public:
    explicit ImportCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void beginPaste(const QString& text = {});
    void beginFile(const QString& path);

Q_SIGNALS:
    void taken(const deploy::Inventory& servers, deploy::ImportMode mode);
    void cancelled();

private:
    void readText();
    void readFile(deploy::TextEncoding encoding);
    void show(deploy::Result<deploy::InventoryImport> read);
    void refresh();
    void tellSummary();
    QStringList problemLines() const;

    PageContext context_;
    QString file_;
    std::optional<deploy::Result<deploy::InventoryImport>> read_;
    QLabel* title_;
    QLabel* hint_;
    QPlainTextEdit* text_;
    NoteBox* note_;
    NoteBox* left_;
    QPushButton* encoding_;
    QTableView* table_;
    QWidget* blank_;  ///< keeps the rest together where there is no table
    ImportModel* model_;
    QRadioButton* merge_;
    QRadioButton* replace_;
    QPushButton* take_;
    QPushButton* cancel_;
};

}  // namespace wizard
