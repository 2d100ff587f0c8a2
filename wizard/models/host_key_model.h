#pragma once

#include <vector>

#include "base/result.h"
#include "frame/theme.h"
#include "inventory/host.h"
#include "models/titled_table_model.h"

namespace wizard {

/// Host keys that wait for a person: one row for each server, ticked when confirmed. Fingerprints
/// that the customer sent can be pasted; rows that they name tick themselves. A key other than the
/// one that was confirmed before can be ticked in no other way.
class HostKeyModel : public TitledTableModel {
    Q_OBJECT
public:
    enum Column { Server, Address, KeyType, Fingerprint, Compared };
    static constexpr int kColumns = 5;

    struct Row {
        deploy::Host host;
        deploy::Error question;  ///< SshHostKeyUnknown, ...Changed or ...OtherType
        bool confirmed = false;
    };

    HostKeyModel(const Theme& theme, QObject* parent = nullptr);

    void clear();
    /// Replaces the row of the same server.
    void add(const deploy::Host& host, const deploy::Error& question);
    void remove(const deploy::HostId& host);
    const std::vector<Row>& rows() const { return rows_; }
    std::vector<Row> confirmed() const;
    /// Whether any server shows another key than the one that was confirmed.
    bool anyChanged() const;
    /// Compares every "SHA256:..." in the text; other words are passed over.
    void compareWith(const QString& text);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

protected:
    QString columnTitle(int column) const override;

private:
    enum class Match { NotCompared, Same, Absent };
    Match matchOf(const Row& row) const;
    bool mayBeTicked(const Row& row) const;

    const Theme& theme_;
    std::vector<Row> rows_;
    QStringList pasted_;
};

}  // namespace wizard
