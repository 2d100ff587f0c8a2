#include <utility>

#include "base/utf8.h"
#include "cli_commands.h"
#include "inventory/columns.h"
#include "inventory/readers.h"

namespace deploy::cli {

namespace {

Result<InventoryImport> import(const std::string& path, const std::string& encoding) {
    return importInventoryFile(path,
                               encoding == "gb18030" ? TextEncoding::Gb18030 : TextEncoding::Utf8);
}

/// What a list says may be anything: nothing of it acts on the terminal.
Args harmless(Args args) {
    for (auto& [name, value] : args)
        value = escapeForDisplay(value);
    return args;
}

void showNotes(const Cli& cli, const InventoryImport& list) {
    for (const ImportNote& note : list.notes)
        cli.warn(cli.text("cli.inventory.note",
                          {{"where", note.where},
                           {"what", cli.text("import_note." + note.code, harmless(note.args))}}));
}

/// Prints every cell that cannot be used.
void showCellErrors(const Cli& cli, const Inventory& inventory,
                    const std::vector<CellError>& errors) {
    for (const CellError& error : errors) {
        Args args = error.args;
        args["where"] = error.where;
        args["row"] = std::to_string(error.row + 1);
        args["server"] = inventory.hosts.at(error.row).name.str();
        args["column"] = error.column;
        args["what"] = cli.text("inventory." + error.code, harmless(error.args));
        cli.warn(cli.text("cli.cell_error", harmless(std::move(args))));
    }
}

nlohmann::json serversJson(const Inventory& inventory) {
    nlohmann::json servers = nlohmann::json::array();
    for (const Host& host : inventory.hosts) {
        nlohmann::json server = nlohmann::json::object();
        for (const std::string& column : inventoryColumns())
            server[column] = cellText(host, column);
        servers.push_back(std::move(server));
    }
    return servers;
}

std::vector<std::string> newcomers(const Inventory& before, const Inventory& after) {
    std::vector<std::string> names;
    for (const Host& host : after.hosts)
        if (before.find(host.name) == nullptr)
            names.push_back(host.name.str());
    return names;
}

}  // namespace

Result<Inventory> readServerList(const Cli& cli, const std::string& path,
                                 const std::string& encoding) {
    const auto list = import(path, encoding);
    if (!list)
        return tl::unexpected(list.error());
    showNotes(cli, *list);
    const auto errors = importErrors(*list);
    if (errors.empty())
        return list->inventory;
    showCellErrors(cli, list->inventory, errors);
    const CellError& first = errors.front();
    Args args = first.args;
    args.emplace("column", first.column);
    args.emplace("reason", first.code);
    args.emplace("count", std::to_string(errors.size()));
    return fail(ErrorCode::InventoryInvalid, first.where, {}, std::move(args));
}

Result<Answer> inventoryShowCommand(const Cli& cli, const InventoryArgs& args) {
    const auto list = import(args.path, args.encoding);
    if (!list)
        return tl::unexpected(list.error());
    const auto errors = importErrors(*list);
    const std::string format(formatWord(list->format));
    cli.say(cli.text("cli.inventory.found",
                     {{"path", args.path},
                      {"format", format},
                      {"servers", std::to_string(list->inventory.hosts.size())}}));
    for (const Host& host : list->inventory.hosts) {
        Args cells;
        for (const std::string& column : inventoryColumns())
            cells.emplace(column, cellText(host, column));
        cli.say(cli.text("cli.inventory.server", harmless(std::move(cells))));
    }
    showNotes(cli, *list);
    showCellErrors(cli, list->inventory, errors);
    Answer answer;
    answer.exit = errors.empty() ? 0 : 1;
    answer.result = {{"format", format},
                     {"servers", serversJson(list->inventory)},
                     {"errors", nlohmann::json::array()},
                     {"notes", nlohmann::json::array()}};
    for (const CellError& error : errors)
        answer.result["errors"].push_back({{"row", error.row + 1},
                                           {"column", error.column},
                                           {"code", error.code},
                                           {"where", error.where}});
    for (const ImportNote& note : list->notes)
        answer.result["notes"].push_back(
            {{"code", note.code}, {"where", note.where}, {"args", note.args}});
    return answer;
}

Result<Answer> inventoryReplaceCommand(const Cli& cli, const InventoryArgs& args) {
    const auto list = readServerList(cli, args.list, args.encoding);
    if (!list)
        return tl::unexpected(list.error());
    auto project = ProjectFolder::open(args.path, ProjectFolder::OpenMode::Write);
    if (!project)
        return tl::unexpected(project.error());
    ProjectContent content = project->content();
    const Inventory before = std::exchange(content.inventory, *list);
    forgetUnlisted(content);
    if (auto saved = project->save(content); !saved)
        return tl::unexpected(saved.error());
    Answer answer;
    answer.result = {{"servers", content.inventory.hosts.size()},
                     {"new", newcomers(before, content.inventory)},
                     {"gone", newcomers(content.inventory, before)}};
    for (const char* which : {"new", "gone"})
        for (const auto& server : answer.result[which])
            cli.say(cli.text("cli.inventory." + std::string(which),
                             {{"server", server.get<std::string>()}}));
    cli.say(cli.text("cli.inventory.replaced",
                     {{"servers", std::to_string(content.inventory.hosts.size())}}));
    return answer;
}

Result<Answer> inventoryExportCommand(const Cli& cli, const InventoryArgs& args) {
    const auto project = ProjectFolder::open(args.path, ProjectFolder::OpenMode::ReadOnly);
    if (!project)
        return tl::unexpected(project.error());
    const Inventory& inventory = project->content().inventory;
    if (auto written = exportInventoryFile(inventory, args.output); !written)
        return tl::unexpected(written.error());
    const std::string count = std::to_string(inventory.hosts.size());
    cli.say(cli.text("cli.inventory.exported", {{"servers", count}, {"path", args.output}}));
    Answer answer;
    answer.result = {{"path", args.output}, {"servers", inventory.hosts.size()}};
    return answer;
}

}  // namespace deploy::cli
