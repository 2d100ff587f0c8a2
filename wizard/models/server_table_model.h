#pragma once

#include <map>
#include <vector>

#include "frame/theme.h"
#include "inventory/validate.h"
#include "models/titled_table_model.h"
#include "secret_state.h"
#include "text/texts.h"

namespace wizard {

/// The servers as a table, with the reason in each cell that cannot be used. Holds a copy; edits
/// are told and come back through setInventory().
class ServerTableModel : public TitledTableModel {
    Q_OBJECT
public:
    enum Column {
        Name,
        Address,
        Port,
        User,
        Auth,
        KeyFile,
        Sudo,
        Secrets,
        Jump,
        Datacenter,
        Notes
    };
    static constexpr int kColumns = 11;
    enum class Access { Edit, View };
    /// A QStringList for cells whose value is one of a few; they are edited by a combo box.
    static constexpr int kChoicesRole = Qt::UserRole + 1;

    ServerTableModel(const Theme& theme, const Texts& texts, Access access,
                     QObject* parent = nullptr);

    void setInventory(const deploy::Inventory& inventory);
    /// What is known of each server's passwords; shown, never edited in the table.
    void setSecrets(const std::map<deploy::HostId, SecretState>& secrets);
    void setAccess(Access access) { access_ = access; }
    const deploy::Inventory& inventory() const { return inventory_; }
    const std::vector<deploy::CellError>& errors() const { return errors_; }
    /// Where an error stands; invalid for an unknown column.
    QModelIndex indexOf(const deploy::CellError& error) const;
    QString textOf(const deploy::CellError& error) const;
    /// Words or theme changed.
    void repaintAll();
    /// In the order of the enums.
    static QStringList authWords();
    static QStringList sudoWords();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    /// A person changed a cell; the model shows it once the draft has it.
    void edited(int row, const deploy::Host& host);

protected:
    QString columnTitle(int column) const override;

private:
    QString shown(const deploy::Host& host, int column) const;
    QStringList choices(const deploy::Host& host, int column) const;
    const deploy::CellError* errorAt(const QModelIndex& index) const;

    const Theme& theme_;
    const Texts& texts_;
    Access access_;
    deploy::Inventory inventory_;
    std::vector<deploy::CellError> errors_;
    std::map<std::pair<int, int>, size_t> errorAt_;  ///< by row and column
    std::map<deploy::HostId, SecretState> secrets_;
};

}  // namespace wizard
