#include "models/log_model.h"

#include <algorithm>

#include "base/utf8.h"

namespace wizard {

namespace {
constexpr size_t kLineLimitBytes = 8U << 10U;
constexpr size_t kBlockBytes = 1U << 20U;

/// Where a line of the limit's length may be cut without splitting a UTF-8 character.
size_t cutAt(std::string_view text) {
    size_t cut = kLineLimitBytes;
    for (int back = 0; back < 3 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U; ++back)
        --cut;
    return cut;
}
}  // namespace

void LogModel::append(const QByteArray& bytes) {
    tail_.append(bytes.constData(), size_t(bytes.size()));
    std::string_view rest = tail_;
    while (!rest.empty()) {
        const size_t end = rest.substr(0, kLineLimitBytes + 1).find('\n');
        if (end != std::string_view::npos) {
            take(rest.substr(0, end));
            rest.remove_prefix(end + 1);
        } else if (rest.size() > kLineLimitBytes) {
            const size_t cut = cutAt(rest);
            take(rest.substr(0, cut));
            rest.remove_prefix(cut);
        } else {
            break;
        }
    }
    tail_ = std::string(rest);
    if (fresh_.empty())
        return;
    beginInsertRows({}, int(lines_.size()), int(lines_.size() + fresh_.size()) - 1);
    lines_.insert(lines_.end(), fresh_.begin(), fresh_.end());
    fresh_.clear();
    endInsertRows();
}

void LogModel::finish() {
    if (!tail_.empty())
        append("\n");
}

void LogModel::clear() {
    beginResetModel();
    blocks_.clear();
    lines_.clear();
    tail_.clear();
    longest_ = 0;
    endResetModel();
}

void LogModel::take(std::string_view raw) {
    if (!raw.empty() && raw.back() == '\r')
        raw.remove_suffix(1);
    const std::string shown = deploy::escapeForDisplay(raw);
    if (blocks_.empty() || blocks_.back().size() + shown.size() > kBlockBytes) {
        blocks_.emplace_back();
        blocks_.back().reserve(std::max(kBlockBytes, shown.size()));
    }
    std::string& block = blocks_.back();
    fresh_.push_back(
        {uint32_t(blocks_.size() - 1), uint32_t(block.size()), uint32_t(shown.size())});
    block += shown;
    longest_ = std::max(longest_, int(shown.size()));
}

QString LogModel::line(int row) const {
    const Place& place = lines_[size_t(row)];
    return QString::fromUtf8(blocks_[place.block].data() + place.offset, place.length);
}

int LogModel::find(const QString& text, int from, int rows) const {
    if (text.isEmpty())
        return -1;
    const int end = std::min(rowCount(), from + rows);
    for (int row = from; row < end; ++row)
        if (line(row).contains(text, Qt::CaseInsensitive))
            return row;
    return -1;
}

QString LogModel::text(int first, int last) const {
    QString all;
    for (int row = first; row <= last && row < rowCount(); ++row)
        all += line(row) + QLatin1Char('\n');
    return all;
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(lines_.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (role != Qt::DisplayRole || !index.isValid() || index.row() >= rowCount())
        return {};
    return line(index.row());
}

}  // namespace wizard
