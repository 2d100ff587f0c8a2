#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "inventory/bounded_xml.h"
#include "inventory/import_parts.h"
#include "inventory/xlsx.h"
#include "inventory/zip_parts.h"

namespace deploy {

namespace {

constexpr size_t kLongestCell = 4 * size_t{32767};
constexpr size_t kMostSharedBytes = size_t{16} << 20U;

Result<bool> readPart(const ZipParts& zip, const std::string& part, XmlHandlers handlers) {
    BoundedXml xml(zip.place(part), std::move(handlers));
    bool ended = false;
    auto found = zip.read(part, [&](std::string_view bytes) {
        auto more = xml.feed(bytes);
        ended = more && !*more;
        return more;
    });
    if (!found || !*found || ended)
        return found;
    return xml.finish().map([](bool) { return true; });
}

/// Spreadsheets write characters that XML cannot hold as _x000D_.
std::string decoded(const std::string& text) {
    std::string result;
    for (size_t at = 0; at < text.size();) {
        unsigned code = 0;
        const bool escaped =
            text.size() - at >= 7 && text[at] == '_' && text[at + 1] == 'x' &&
            text[at + 6] == '_' &&
            std::from_chars(&text[at + 2], &text[at + 6], code, 16).ptr == &text[at + 6] &&
            code < 0x80;
        result += escaped ? static_cast<char>(code) : text[at];
        at += escaped ? 7 : 1;
    }
    return result;
}

struct Sheet {
    std::string title;
    std::string part;
};

/// The first sheet that is shown, and where its content lies.
Result<Sheet> findSheet(const ZipParts& zip) {
    Sheet sheet;
    std::string relation;
    const auto ignore = [](std::string_view) { return true; };
    const auto readSheet = [&](std::string_view name, const XmlAttributes& attributes) {
        const auto state = attributes.get("state");
        if (name == "sheet" && relation.empty() && (state.empty() || state == "visible")) {
            sheet.title = attributes.get("name");
            relation = attributes.get("id");
        }
        return true;
    };
    auto found = readPart(zip, "xl/workbook.xml", {readSheet, ignore, ignore});
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return badForm(zip.name(), "no_workbook");
    const auto readRelation = [&](std::string_view name, const XmlAttributes& attributes) {
        if (name == "Relationship" && attributes.get("Id") == relation) {
            const std::string target(attributes.get("Target"));
            sheet.part = target.starts_with('/') ? target.substr(1) : "xl/" + target;
        }
        return true;
    };
    found = readPart(zip, "xl/_rels/workbook.xml.rels", {readRelation, ignore, ignore});
    if (!found)
        return tl::unexpected(found.error());
    if (relation.empty() || sheet.part.empty())
        return badForm(zip.name(), "no_sheet");
    return sheet;
}

/// Texts that cells refer to by number.
Result<std::vector<std::string>> readSharedTexts(const ZipParts& zip) {
    std::vector<std::string> texts;
    size_t bytes = 0;
    bool inText = false;
    int phonetic = 0;
    const std::string part = "xl/sharedStrings.xml";
    const auto open = [&](std::string_view name, const XmlAttributes&) {
        if (name == "si")
            texts.emplace_back();
        phonetic += name == "rPh" ? 1 : 0;
        inText = name == "t" && phonetic == 0 && !texts.empty();
        bytes += 40;
        return bytes <= kMostSharedBytes;
    };
    const auto close = [&](std::string_view name) {
        phonetic -= name == "rPh" ? 1 : 0;
        inText = false;
        return true;
    };
    const auto text = [&](std::string_view piece) {
        if (inText)
            texts.back() += piece;
        bytes += inText ? piece.size() : 0;
        return bytes <= kMostSharedBytes;
    };
    const auto found = readPart(zip, part, {open, close, text});
    if (!found)
        return tl::unexpected(found.error());
    if (bytes > kMostSharedBytes)
        return badForm(zip.place(part), "part_too_large", std::to_string(kMostSharedBytes));
    for (std::string& one : texts)
        one = decoded(one);
    return texts;
}

std::string columnLetters(size_t column) {
    std::string letters;
    for (size_t n = column + 1; n > 0; n = (n - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
    return letters;
}

/// Reads the rows of a sheet; the first thing that is wrong ends it.
class SheetReader {
public:
    SheetReader(const ZipParts& zip, const Sheet& sheet, const std::vector<std::string>& shared)
        : zip_(zip), sheet_(sheet), shared_(shared) {}

    Result<Table> read() {
        const auto found = readPart(
            zip_, sheet_.part,
            {[this](std::string_view name, const XmlAttributes& at) { return open(name, at); },
             [this](std::string_view name) { return close(name); },
             [this](std::string_view text) { return takeText(text); }});
        if (!found)
            return tl::unexpected(found.error());
        if (!*found)
            return badForm(zip_.place(sheet_.part), "no_sheet");
        if (error_)
            return tl::unexpected(*error_);
        return std::move(table_);
    }

private:
    std::string place() const {
        return zip_.name() + ":" + sheet_.title + "!" + columnLetters(column_) +
               std::to_string(row_);
    }

    bool refuse(ErrorCode code, const char* problem, const std::string& value = {}) {
        error_ = Error{code, place(), {}, {{"problem", problem}, {"value", value}}};
        return false;
    }

    bool open(std::string_view name, const XmlAttributes& attributes) {
        if (name == "row")
            return openRow(attributes.get("r"));
        if (name == "c")
            return openCell(attributes);
        inValue_ = inCell_ && (name == "v" || (name == "t" && kind_ == "inlineStr"));
        isFormula_ = isFormula_ || (inCell_ && name == "f");
        return true;
    }

    bool openRow(std::string_view number) {
        size_t given = row_ + 1;
        std::from_chars(number.data(), number.data() + number.size(), given);
        column_ = 0;
        next_ = 0;
        // Rows stand in their order; one that does not would write into what was read.
        if (given <= row_)
            return refuse(ErrorCode::InventoryFormInvalid, "row_order");
        row_ = given;
        if (row_ > kMostTableRows)
            return refuse(ErrorCode::CsvInvalid, "too_many_rows");
        table_.resize(row_);
        return true;
    }

    bool openCell(const XmlAttributes& attributes) {
        const std::string_view reference = attributes.get("r");
        size_t column = 0;
        for (const char c : reference)
            if (c >= 'A' && c <= 'Z' && column <= kMostTableColumns)
                column = column * 26 + static_cast<size_t>(c - 'A') + 1;
        column_ = column == 0 ? next_ : column - 1;
        if (table_.empty() || column_ < next_)
            return refuse(ErrorCode::InventoryFormInvalid, "row_order");
        if (column_ >= kMostTableColumns)
            return refuse(ErrorCode::CsvInvalid, "too_many_cells");
        next_ = column_ + 1;
        kind_ = attributes.get("t");
        inCell_ = true;
        isFormula_ = false;
        text_.clear();
        return true;
    }

    bool takeText(std::string_view text) {
        if (!inValue_)
            return true;
        text_ += text;
        return text_.size() <= kLongestCell ||
               refuse(ErrorCode::InventoryFormInvalid, "cell_too_long");
    }

    bool close(std::string_view name) {
        inValue_ = false;
        if (name != "c")
            return true;
        inCell_ = false;
        if (kind_ == "s") {
            size_t index = 0;
            const auto parsed = std::from_chars(text_.data(), text_.data() + text_.size(), index);
            if (parsed.ec != std::errc() || index >= shared_.size())
                return refuse(ErrorCode::InventoryFormInvalid, "text_missing", text_);
            text_ = shared_[index];
        } else {
            text_ = decoded(text_);
        }
        bytes_ += text_.size() + 100;
        if (bytes_ > kMostSharedBytes)
            return refuse(ErrorCode::InventoryFormInvalid, "part_too_large",
                          std::to_string(kMostSharedBytes));
        if (text_.empty() && !isFormula_)
            return true;
        std::vector<TableCell>& cells = table_.back();
        while (cells.size() <= column_) {
            const size_t column = std::exchange(column_, cells.size());
            cells.push_back({{}, place(), {}});
            column_ = column;
        }
        cells.back().text = std::move(text_);
        cells.back().problem = isFormula_ ? "formula" : "";
        return true;
    }

    const ZipParts& zip_;
    const Sheet& sheet_;
    const std::vector<std::string>& shared_;
    Table table_;
    std::optional<Error> error_;
    size_t row_ = 0;     ///< from 1
    size_t column_ = 0;  ///< of the cell
    size_t next_ = 0;    ///< column of a cell that does not say its own
    size_t bytes_ = 0;
    std::string kind_;
    std::string text_;
    bool inCell_ = false;
    bool inValue_ = false;
    bool isFormula_ = false;
};

}  // namespace

Result<Table> readXlsx(std::string_view bytes, const std::string& name) {
    const ZipParts zip(bytes, name);
    const auto sheet = findSheet(zip);
    if (!sheet)
        return tl::unexpected(sheet.error());
    const auto shared = readSharedTexts(zip);
    if (!shared)
        return tl::unexpected(shared.error());
    return SheetReader(zip, *sheet, *shared).read();
}

Result<InventoryImport> importInventoryXlsx(std::string_view bytes, const std::string& name) {
    const auto table = readXlsx(bytes, name);
    if (!table)
        return tl::unexpected(table.error());
    auto import = importTable(*table, name);
    if (import)
        import->format = InventoryFormat::Xlsx;
    return import;
}

}  // namespace deploy
