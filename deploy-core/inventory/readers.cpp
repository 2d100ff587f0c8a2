#include "inventory/readers.h"

#include <algorithm>
#include <array>

#include "base/file.h"
#include "base/utf8.h"
#include "base/yaml_positions.h"
#include "inventory/ansible.h"
#include "inventory/format.h"
#include "inventory/lines.h"
#include "inventory/ssh_config.h"
#include "inventory/xlsx.h"

namespace deploy {

namespace {

constexpr uint64_t kMostTextBytes = uint64_t{2} << 20U;
constexpr uint64_t kMostBytes = uint64_t{8} << 20U;

Result<std::string> decodedText(std::string_view bytes, const std::string& name,
                                TextEncoding encoding) {
    auto text =
        encoding == TextEncoding::Utf8 ? utf8FromUtf8WithBom(bytes) : utf8FromGb18030(bytes);
    if (!text) {
        const size_t offset = std::stoul(text.error().args.at("offset"));
        text.error().where = yamlPlace(name, YamlPositions(bytes).at(offset));
        return text;
    }
    // A list with a NUL is no text: half of what reads it would stop there.
    if (const size_t nul = text->find('\0'); nul != std::string::npos)
        return fail(ErrorCode::EncodingInvalid, yamlPlace(name, YamlPositions(*text).at(nul)), {},
                    {{"offset", std::to_string(nul)},
                     {"encoding", encoding == TextEncoding::Utf8 ? "UTF-8" : "GB18030"}});
    return text;
}

Result<InventoryImport> ansible(const Result<AnsibleInventory>& read, InventoryFormat format) {
    if (!read)
        return tl::unexpected(read.error());
    auto import = importAnsible(*read);
    if (import)
        import->format = format;
    return import;
}

Result<InventoryImport> importText(const std::string& text, const std::string& name,
                                   const Inventory& present) {
    switch (formatOfText(text, name)) {
        case InventoryFormat::Yaml:
            return importInventoryYaml(text, name);
        case InventoryFormat::AnsibleYaml:
            return ansible(readAnsibleYaml(text, name), InventoryFormat::AnsibleYaml);
        case InventoryFormat::AnsibleIni:
            return ansible(readAnsibleIni(text, name), InventoryFormat::AnsibleIni);
        case InventoryFormat::SshConfig:
            return importSshConfig(text, name);
        case InventoryFormat::Lines:
            return importInventoryLines(text, name, present);
        default:
            return importInventoryCsv(text, name);
    }
}

}  // namespace

std::string_view formatWord(InventoryFormat format) {
    static constexpr std::array<std::string_view, 7> kWords = {
        "yaml", "csv", "xlsx", "ansible_ini", "ansible_yaml", "ssh_config", "lines"};
    return kWords.at(static_cast<size_t>(format));
}

Result<InventoryImport> importInventory(std::string_view bytes, const std::string& name,
                                        TextEncoding encoding, const Inventory& present) {
    const bool isZip = bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
    const uint64_t most = isZip ? kMostBytes : kMostTextBytes;
    if (bytes.size() > most)
        return fail(ErrorCode::FileTooLarge, name, {}, {{"limit_bytes", std::to_string(most)}});
    if (isZip)
        return importInventoryXlsx(bytes, name);
    if (name.ends_with(".xlsx") || bytes.starts_with("\xD0\xCF\x11\xE0"))
        return badForm(name, "not_zip");
    const auto text = decodedText(bytes, name, encoding);
    if (!text)
        return tl::unexpected(text.error());
    return importText(*text, name, present);
}

Result<InventoryImport> importInventoryFile(const std::string& path, TextEncoding encoding,
                                            const Inventory& present) {
    const auto bytes = readFile(path, kMostBytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return importInventory(*bytes, path, encoding, present);
}

std::vector<CellError> importErrors(const InventoryImport& import) {
    std::vector<CellError> errors = import.unreadable;
    for (CellError& error : validate(import.inventory)) {
        const auto isSame = [&](const CellError& other) {
            return other.row == error.row && other.column == error.column;
        };
        if (std::any_of(import.unreadable.begin(), import.unreadable.end(), isSame))
            continue;
        if (error.row < import.places.size()) {
            const ImportPlace& place = import.places[error.row];
            const auto cell = place.cells.find(error.column);
            error.where = cell == place.cells.end() ? place.where : cell->second;
        }
        errors.push_back(std::move(error));
    }
    std::stable_sort(errors.begin(), errors.end(),
                     [](const CellError& a, const CellError& b) { return a.row < b.row; });
    return errors;
}

Result<Inventory> wholeInventory(const InventoryImport& import) {
    if (import.unreadable.empty())
        return import.inventory;
    const CellError& first = import.unreadable.front();
    Args args = first.args;
    args.emplace("column", first.column);
    args.emplace("reason", first.code);
    args.emplace("count", std::to_string(import.unreadable.size()));
    return fail(ErrorCode::InventoryInvalid, first.where, {}, std::move(args));
}

Result<Inventory> readInventoryYaml(std::string_view text, const std::string& name) {
    return importInventoryYaml(text, name).and_then(wholeInventory);
}

Result<void> exportInventoryFile(const Inventory& inventory, const std::string& path) {
    if (path.ends_with(".xlsx"))
        return writeInventoryXlsx(inventory).and_then(
            [&](const std::string& bytes) { return writeFileAtomically(path, bytes); });
    if (path.ends_with(".csv"))
        return writeFileAtomically(path, writeInventoryCsv(inventory));
    if (path.ends_with(".yaml") || path.ends_with(".yml"))
        return writeFileAtomically(path, writeInventoryYaml(inventory));
    return fail(ErrorCode::UsageInvalid, path, ".csv, .xlsx, .yaml");
}

}  // namespace deploy
