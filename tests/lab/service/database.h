#pragma once

#include <mysql.h>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "config.h"
#include "result.h"

namespace business {

using Value = std::variant<int64_t, std::string>;
using Row = std::vector<std::string>;

struct Answer {
    std::vector<Row> rows;
    uint64_t affected = 0;
    uint64_t insertedId = 0;
};

/// One connection to MariaDB. Not thread-safe. A statement takes at most some seconds: then it is
/// an error.
class Database {
public:
    static Result<std::unique_ptr<Database>> open(const Config& config);

    bool alive();
    /// Runs one statement, prepared, with `values` for its question marks. Columns come back as
    /// text.
    Result<Answer> run(const std::string& sql, const std::vector<Value>& values = {});

private:
    struct Close {
        void operator()(MYSQL* handle) const { mysql_close(handle); }
    };
    std::unique_ptr<MYSQL, Close> handle_;
};

}  // namespace business
