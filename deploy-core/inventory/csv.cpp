#include "inventory/csv.h"

#include "base/yaml_positions.h"

namespace deploy {

namespace {

class CsvReader {
public:
    CsvReader(std::string_view text, const std::string& name)
        : text_(text), name_(name), positions_(text), separator_(findSeparator(text)) {}

    Result<Table> read() {
        Table rows;
        while (at_ < text_.size()) {
            const size_t began = at_;
            auto row = readRow();
            if (!row)
                return tl::unexpected(row.error());
            if (rows.size() == kMostTableRows)
                return invalid("too_many_rows", began);
            rows.push_back(std::move(*row));
        }
        return rows;
    }

private:
    static char findSeparator(std::string_view text) {
        bool quoted = false;
        for (const char c : text) {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && (c == ',' || c == ';' || c == '\t'))
                return c;
            else if (!quoted && (c == '\n' || c == '\r'))
                break;
        }
        return ',';
    }

    bool atLineEnd() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

    Result<std::vector<TableCell>> readRow() {
        std::vector<TableCell> row;
        while (true) {
            auto cell = readCell();
            if (!cell)
                return tl::unexpected(cell.error());
            if (row.size() == kMostTableColumns)
                return fail(ErrorCode::CsvInvalid, cell->where, {},
                            {{"problem", "too_many_cells"}});
            row.push_back(std::move(*cell));
            if (at_ == text_.size())
                return row;
            const char end = text_[at_++];
            if (end == separator_)
                continue;
            if (end == '\r' && at_ < text_.size() && text_[at_] == '\n')
                ++at_;
            return row;
        }
    }

    Result<TableCell> readCell() {
        TableCell cell{{}, place(at_), {}};
        if (at_ == text_.size() || text_[at_] != '"') {
            while (at_ < text_.size() && text_[at_] != separator_ && !atLineEnd()) {
                if (text_[at_] == '"')
                    return invalid("quote_inside", at_);
                cell.text += text_[at_++];
            }
            return cell;
        }
        const size_t opened = at_++;
        while (at_ < text_.size()) {
            if (text_[at_] != '"') {
                cell.text += text_[at_++];
                continue;
            }
            ++at_;
            if (at_ < text_.size() && text_[at_] == '"')
                cell.text += text_[at_++];
            else if (at_ == text_.size() || text_[at_] == separator_ || atLineEnd())
                return cell;
            else
                return invalid("text_behind_quote", at_);
        }
        return invalid("quote_not_closed", opened);
    }

    std::string place(size_t offset) const { return yamlPlace(name_, positions_.at(offset)); }

    tl::unexpected<Error> invalid(const char* problem, size_t offset) const {
        return fail(ErrorCode::CsvInvalid, place(offset), {}, {{"problem", problem}});
    }

    std::string_view text_;
    const std::string& name_;
    YamlPositions positions_;
    char separator_;
    size_t at_ = 0;
};

}  // namespace

Result<Table> parseCsv(std::string_view text, const std::string& name) {
    return CsvReader(text, name).read();
}

std::string writeCsvLine(const std::vector<std::string>& cells, char separator) {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
        const std::string& cell = cells[i];
        const bool alone = cells.size() == 1 && cell.empty();
        if (i > 0)
            line += separator;
        if (!alone && cell.find_first_of(",;\t\"\r\n") == std::string::npos) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell)
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

}  // namespace deploy
