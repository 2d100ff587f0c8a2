#include "inventory/readers.h"

#include "base/file.h"
#include "base/utf8.h"

namespace deploy {

namespace {

constexpr uint64_t kLimitBytes = 2U << 20U;

Result<Inventory> whole(const InventoryImport& import) {
    if (import.unreadable.empty())
        return import.inventory;
    const CellError& first = import.unreadable.front();
    Args args = first.args;
    args.emplace("column", first.column);
    args.emplace("reason", first.code);
    args.emplace("count", std::to_string(import.unreadable.size()));
    return fail(ErrorCode::InventoryInvalid, first.where, {}, std::move(args));
}

}  // namespace

Result<InventoryImport> importInventoryFile(const std::string& path, TextEncoding encoding) {
    const auto bytes = readFile(path, kLimitBytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    if (path.ends_with(".yaml") || path.ends_with(".yml"))
        return importInventoryYaml(*bytes, path);
    if (!path.ends_with(".csv"))
        return fail(ErrorCode::ValueInvalid, path, {}, {{"allowed", ".yaml, .yml, .csv"}});
    auto text =
        encoding == TextEncoding::Utf8 ? utf8FromUtf8WithBom(*bytes) : utf8FromGb18030(*bytes);
    if (!text) {
        text.error().where = path;
        return tl::unexpected(text.error());
    }
    return importInventoryCsv(*text, path);
}

Result<Inventory> readInventoryYaml(std::string_view text, const std::string& name) {
    return importInventoryYaml(text, name).and_then(whole);
}

Result<Inventory> readInventoryCsv(std::string_view text, const std::string& name) {
    return importInventoryCsv(text, name).and_then(whole);
}

Result<Inventory> readInventoryFile(const std::string& path, TextEncoding encoding) {
    return importInventoryFile(path, encoding).and_then(whole);
}

}  // namespace deploy
