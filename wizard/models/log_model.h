#pragma once

#include <QAbstractListModel>
#include <QByteArray>
#include <deque>
#include <string>
#include <vector>

namespace wizard {

/// Output of a server as lines: cut at newlines and at 8 kB, escaped for display, kept in blocks so
/// that a million lines cost little more than their bytes and appending never copies what is there.
class LogModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    /// Raw bytes, cut anywhere; a line appears when its end does, or at finish().
    void append(const QByteArray& bytes);
    /// Shows what has no newline yet.
    void finish();
    void clear();

    QString line(int row) const;
    /// Bytes of the longest line, as it is shown.
    int longest() const { return longest_; }
    /// So many rows are searched in a part of a frame.
    static constexpr int kSearchRows = 50000;
    /// The first of `rows` rows from `from` on that holds the text; -1 if none.
    int find(const QString& text, int from, int rows = kSearchRows) const;
    QString text(int first, int last) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Place {
        uint32_t block = 0;
        uint32_t offset = 0;
        uint32_t length = 0;
    };
    void take(std::string_view raw);

    std::deque<std::string> blocks_;
    std::vector<Place> lines_;
    std::vector<Place> fresh_;  ///< of this append(), told in one go
    std::string tail_;
    int longest_ = 0;
};

}  // namespace wizard
