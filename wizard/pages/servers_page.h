#pragma once

#include "inventory/merge.h"
#include "models/server_table_model.h"
#include "pages/page.h"
#include "pages/page_context.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace wizard {

class ImportCard;
class NoteBox;
class SecretsCard;

/// Step 2: which servers, and how they are reached.
class ServersPage : public Page {
    Q_OBJECT
public:
    explicit ServersPage(const PageContext& context);

    QString title() const override;
    QString subtitle() const override;
    QString note() const override;
    std::vector<Reason> reasons() const override;
    void leave() override;
    /// Shows what a list of servers says, before anything of it is taken.
    void importList(const QString& file);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void retranslate() override;

private:
    QWidget* makeTools();
    void adopt();
    void refreshNote();
    void addServer();
    /// For a new server; never that of one that is lost, whose place it may take.
    deploy::HostId freeName() const;
    void removeSelected();
    /// Asks first where parts of the installation are on servers that leave the list.
    void change(const QString& what, const std::function<void(deploy::ProjectContent&)>& edit);
    void importFile();
    void takeImport(const deploy::Inventory& servers, deploy::ImportMode mode);
    void exportFile();
    void copyRows();
    void paste();
    bool editable() const;
    void takeEdit(int row, const deploy::Host& host);
    void select(const QModelIndex& index);
    std::vector<size_t> selectedRows() const;

    PageContext context_;
    QStackedWidget* stack_;
    QTableView* table_;
    ServerTableModel* model_;
    NoteBox* note_;
    QLabel* empty_;
    SecretsCard* secrets_;
    ImportCard* import_;
    QPushButton* add_;
    QPushButton* remove_;
    QPushButton* paste_;
    QPushButton* importButton_;
    QPushButton* exportButton_;
    QPushButton* undo_;
    QPushButton* redo_;
};

}  // namespace wizard
