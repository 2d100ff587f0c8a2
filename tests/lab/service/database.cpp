#include "database.h"

#include <array>

namespace business {
namespace {

constexpr unsigned kConnectSeconds = 3;
constexpr unsigned kAnswerSeconds = 5;
constexpr std::size_t kLongestColumn = 1024;

struct CloseStatement {
    void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
using Statement = std::unique_ptr<MYSQL_STMT, CloseStatement>;

std::string reason(MYSQL_STMT* statement) {
    return std::string("database: ") + mysql_stmt_error(statement);
}

/// The bindings point into `values`, which must outlive them.
std::vector<MYSQL_BIND> bindings(const std::vector<Value>& values) {
    std::vector<MYSQL_BIND> binds(values.size(), MYSQL_BIND{});
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (const auto* number = std::get_if<int64_t>(&values[i])) {
            binds[i].buffer_type = MYSQL_TYPE_LONGLONG;
            binds[i].buffer = const_cast<int64_t*>(number);
        } else {
            const auto& text = std::get<std::string>(values[i]);
            binds[i].buffer_type = MYSQL_TYPE_STRING;
            binds[i].buffer = const_cast<char*>(text.data());
            binds[i].buffer_length = text.size();
        }
    }
    return binds;
}

Result<std::vector<Row>> fetch(MYSQL_STMT* statement) {
    struct Column {
        std::array<char, kLongestColumn> text;
        unsigned long length = 0;
    };
    std::vector<Column> columns(mysql_stmt_field_count(statement));
    std::vector<MYSQL_BIND> binds(columns.size(), MYSQL_BIND{});
    for (std::size_t i = 0; i < columns.size(); ++i) {
        binds[i].buffer_type = MYSQL_TYPE_STRING;
        binds[i].buffer = columns[i].text.data();
        binds[i].buffer_length = columns[i].text.size();
        binds[i].length = &columns[i].length;
    }
    if (mysql_stmt_bind_result(statement, binds.data()) != 0)
        return fail(reason(statement));
    std::vector<Row> rows;
    for (;;) {
        const int status = mysql_stmt_fetch(statement);
        if (status == MYSQL_NO_DATA)
            return rows;
        if (status == MYSQL_DATA_TRUNCATED)
            return fail("database: a column is longer than expected");
        if (status != 0)
            return fail(reason(statement));
        Row row;
        for (const auto& column : columns)
            row.emplace_back(column.text.data(), column.length);
        rows.push_back(std::move(row));
    }
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const Config& config) {
    auto database = std::make_unique<Database>();
    database->handle_.reset(mysql_init(nullptr));
    MYSQL* handle = database->handle_.get();
    if (!handle)
        return fail("database: out of memory");
    mysql_options(handle, MYSQL_OPT_CONNECT_TIMEOUT, &kConnectSeconds);
    mysql_options(handle, MYSQL_OPT_READ_TIMEOUT, &kAnswerSeconds);
    mysql_options(handle, MYSQL_OPT_WRITE_TIMEOUT, &kAnswerSeconds);
    mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (!mysql_real_connect(handle, config.database.host.c_str(), config.databaseUser.c_str(),
                            config.databasePassword.c_str(), config.databaseName.c_str(),
                            config.database.port, nullptr, 0))
        return fail(std::string("database: ") + mysql_error(handle));
    return database;
}

bool Database::alive() {
    return mysql_ping(handle_.get()) == 0;
}

Result<Answer> Database::run(const std::string& sql, const std::vector<Value>& values) {
    const Statement statement(mysql_stmt_init(handle_.get()));
    if (!statement)
        return fail("database: out of memory");
    auto binds = bindings(values);
    if (mysql_stmt_prepare(statement.get(), sql.data(), sql.size()) != 0 ||
        mysql_stmt_param_count(statement.get()) != values.size() ||
        (!binds.empty() && mysql_stmt_bind_param(statement.get(), binds.data()) != 0) ||
        mysql_stmt_execute(statement.get()) != 0)
        return fail(reason(statement.get()));
    Answer answer;
    if (mysql_stmt_field_count(statement.get()) > 0) {
        auto rows = fetch(statement.get());
        if (!rows)
            return fail(rows.error());
        answer.rows = std::move(*rows);
    }
    answer.affected = mysql_stmt_affected_rows(statement.get());
    answer.insertedId = mysql_stmt_insert_id(statement.get());
    return answer;
}

}  // namespace business
