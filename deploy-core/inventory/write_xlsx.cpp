#include <unistd.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <regex>

#include "base/descriptor.h"
#include "base/file.h"
#include "inventory/columns.h"
#include "inventory/readers.h"

namespace deploy {

namespace {

/// A folder that is gone at the end; libxlsxwriter writes to names only.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::error_code error;
        path_ = (std::filesystem::temp_directory_path(error) / "finclip-XXXXXX").string();
        made_ = ::mkdtemp(path_.data()) != nullptr;
    }
    ~TemporaryFolder() {
        std::error_code error;
        if (made_)
            std::filesystem::remove_all(path_, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    bool made() const { return made_; }
    const std::string& path() const { return path_; }

private:
    std::string path_;
    bool made_ = false;
};

constexpr double kColumnWidths[] = {14, 18, 7, 12, 11, 24, 11, 12, 12, 40};

/// Spreadsheets read "_x000D_" as a control character; the underscore of such a text is written in
/// the same way, which the library does only for real control characters.
std::string escaped(const std::string& text) {
    static const std::regex kEscape("_x[0-9A-Fa-f]{4}_");
    std::string result;
    for (auto rest = text.cbegin();;) {
        std::smatch found;
        if (!std::regex_search(rest, text.cend(), found, kEscape))
            return result.append(rest, text.cend());
        result.append(rest, found[0].first).append("_x005F_");
        rest = found[0].first + 1;
    }
}

/// Cells of a column that can only hold one of a few words offer them.
void offerWords(lxw_worksheet* sheet, lxw_col_t column, const char* const* words) {
    lxw_data_validation rule{};
    rule.validate = LXW_VALIDATION_TYPE_LIST;
    rule.value_list = const_cast<char**>(words);  // read only by the library
    worksheet_data_validation_range(sheet, 1, column, kMostServers, column, &rule);
}

void fill(lxw_workbook* book, const Inventory& inventory) {
    static constexpr const char* kAuth[] = {"agent", "key", "password", nullptr};
    static constexpr const char* kSudo[] = {"none", "nopasswd", "password", nullptr};
    lxw_worksheet* sheet = workbook_add_worksheet(book, "servers");
    lxw_format* bold = workbook_add_format(book);
    format_set_bold(bold);
    lxw_format* text = workbook_add_format(book);
    format_set_num_format(text, "@");
    worksheet_freeze_panes(sheet, 1, 1);
    const auto& columns = inventoryColumns();
    for (size_t i = 0; i < columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        // As text, so that a spreadsheet leaves what is typed later as it is.
        worksheet_set_column(sheet, column, column, kColumnWidths[i], text);
        worksheet_write_string(sheet, 0, column, columns[i].c_str(), bold);
        if (columns[i] == "auth")
            offerWords(sheet, column, kAuth);
        if (columns[i] == "sudo")
            offerWords(sheet, column, kSudo);
        for (size_t row = 0; row < inventory.hosts.size(); ++row)
            worksheet_write_string(sheet, static_cast<lxw_row_t>(row + 1), column,
                                   escaped(cellText(inventory.hosts[row], columns[i])).c_str(),
                                   text);
    }
}

}  // namespace

Result<std::string> writeInventoryXlsx(const Inventory& inventory) {
    const TemporaryFolder folder;
    if (!folder.made())
        return fail(ErrorCode::FileUnwritable, folder.path(), std::strerror(errno));
    const std::string file = folder.path() + "/servers.xlsx";
    std::string temporary = folder.path();
    lxw_workbook_options options{};
    options.tmpdir = temporary.data();
    lxw_workbook* book = workbook_new_opt(file.c_str(), &options);
    if (book == nullptr)
        return fail(ErrorCode::FileUnwritable, file);
    fill(book, inventory);
    if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
        return fail(ErrorCode::FileUnwritable, file, lxw_strerror(error));
    constexpr uint64_t kMostBytes = uint64_t{64} << 20U;
    return readFile(file, kMostBytes);
}

}  // namespace deploy
