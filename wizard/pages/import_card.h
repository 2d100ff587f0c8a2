#pragma once

#include <QFrame>
#include <functional>

#include "models/server_table_model.h"
#include "pages/page_context.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace wizard {

class NoteBox;

/// Import and paste: shows what was understood, cell by cell, before it is taken.
class ImportCard : public QFrame {
    Q_OBJECT
public:
    explicit ImportCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void beginPaste();
    void beginFile(const QString& path);

Q_SIGNALS:
    /// Add behind the present servers, or replace them.
    void taken(const deploy::Inventory& servers, bool replace);
    void cancelled();

private:
    void show(const deploy::Result<deploy::Inventory>& read);
    void refresh();

    PageContext context_;
    QString file_;
    QLabel* title_;
    QLabel* hint_;
    QPlainTextEdit* text_;
    NoteBox* note_;
    QPushButton* encoding_;
    QTableView* table_;
    ServerTableModel* model_;
    QPushButton* add_;
    QPushButton* replace_;
    QPushButton* cancel_;
};

}  // namespace wizard
