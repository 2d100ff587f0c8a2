#include <nlohmann/json.hpp>
#include <set>

#include "probe/facts.h"

namespace deploy {

namespace {

using Json = nlohmann::ordered_json;

constexpr int64_t kFormat = 1;

template <class F, class T>
concept Is = std::is_same_v<std::remove_const_t<F>, T>;

template <class T>
concept Described = Is<T, FileSystemFacts> || Is<T, ListeningPort> || Is<T, InterfaceFacts> ||
    Is<T, ExistingSoftware> || Is<T, PeerAnswer> || Is<T, PeerFacts> ||
    Is<T, VirtualAddressFacts> || Is<T, Facts>;

/// The one list of stored fields; written and read by the same line. Names are part of the format.
void fields(auto& a, Is<FileSystemFacts> auto& f) {
    a("type", f.type), a("total_bytes", f.totalBytes), a("free_bytes", f.freeBytes);
    a("total_inodes", f.totalInodes), a("free_inodes", f.freeInodes);
    a("rotational", f.rotational), a("ftype", f.ftype), a("options", f.options);
    a("symlink", f.symlink);
}

void fields(auto& a, Is<ListeningPort> auto& f) {
    a("protocol", f.protocol), a("port", f.port), a("process", f.process);
}

void fields(auto& a, Is<InterfaceFacts> auto& f) {
    a("name", f.name), a("mac", f.mac), a("addresses", f.addresses), a("mtu", f.mtu);
}

void fields(auto& a, Is<ExistingSoftware> auto& f) {
    a("id", f.id), a("version", f.version), a("running", f.running), a("detail", f.detail);
}

void fields(auto& a, Is<PeerAnswer> auto& f) {
    a("protocol", f.protocol), a("port", f.port), a("answer", f.answer);
}

void fields(auto& a, Is<PeerFacts> auto& f) {
    a("from", f.from), a("ports", f.ports), a("rtt_ms", f.rttMs), a("loss_percent", f.lossPercent);
    a("mtu", f.mtu), a("own_mtu", f.ownMtu);
}

void fields(auto& a, Is<VirtualAddressFacts> auto& f) {
    a("address", f.address), a("state", f.state), a("mac", f.mac);
}

void fields(auto& a, Is<Facts> auto& f) {
    a("host", f.host), a("probed_at_ms", f.probedAt), a("architecture", f.architecture);
    a("cpu_flags", f.cpuFlags), a("os_id", f.osId), a("os_version", f.osVersion);
    a("os_name", f.osName), a("kernel", f.kernel), a("hostname", f.hostname);
    a("machine_id", f.machineId), a("boot_id", f.bootId), a("cores", f.cores);
    a("memory_bytes", f.memoryBytes), a("swap_bytes", f.swapBytes);
    a("data_directory", f.dataDirectory), a("clock_offset_seconds", f.clockOffsetSeconds);
    a("time_service_runs", f.timeServiceRuns), a("time_zone", f.timeZone), a("root", f.root);
    a("sudoers_included", f.sudoersIncluded), a("interfaces", f.interfaces);
    a("default_route", f.defaultRoute), a("nameservers", f.nameservers);
    a("dns_wildcard", f.dnsWildcard), a("routes", f.routes), a("listening", f.listening);
    a("selinux", f.selinux), a("firewalld_runs", f.firewalldRuns);
    a("transparent_huge_pages", f.transparentHugePages), a("modules", f.modules);
    a("cgroup_controllers", f.cgroupControllers), a("cgroup_version", f.cgroupVersion);
    a("sysctl", f.sysctl), a("iptables_version", f.iptablesVersion), a("tools", f.tools);
    a("systemd", f.systemd), a("existing", f.existing);
    a("docker_daemon_json", f.dockerDaemonJson), a("sshd_max_sessions", f.sshdMaxSessions);
    a("sshd_max_startups", f.sshdMaxStartups), a("fdatasync_p99_ms", f.fdatasyncP99Ms);
    a("login_shell_ms", f.loginShellMs), a("finclip_version", f.finclipVersion),
        a("finclip_parts", f.finclipParts), a("peers", f.peers);
    a("virtual_address", f.virtualAddress), a("raw", f.raw);
}

struct Writer {
    Json json = Json::object();

    template <class T>
    static Json form(const T& value) {
        if constexpr (Described<T>) {
            Writer writer;
            fields(writer, value);
            return writer.json;
        } else if constexpr (std::is_same_v<T, HostId>) {
            return value.str();
        } else if constexpr (std::is_same_v<T, WallTime>) {
            return static_cast<int64_t>(value.time_since_epoch().count());
        } else {
            return value;
        }
    }
    template <class T>
    static Json form(const std::vector<T>& values) {
        Json list = Json::array();
        for (const T& value : values)
            list.push_back(form(value));
        return list;
    }

    template <class T>
    void operator()(const char* key, const T& value) {
        json[key] = form(value);
    }
    /// What is not known has no key.
    template <class T>
    void operator()(const char* key, const std::optional<T>& value) {
        if (value)
            json[key] = form(*value);
    }
};

/// Reads one object; the first thing that is not as it should be is named by its path.
struct Reader {
    const Json& json;
    std::string path;
    std::string problem;
    std::set<std::string> asked;

    Reader(const Json& object, std::string where) : json(object), path(std::move(where)) {
        if (!json.is_object())
            reject(path);
    }

    void reject(const std::string& what) {
        if (problem.empty())
            problem = what;
    }

    template <class T>
    void read(const Json& from, T& value, const std::string& where) {
        if constexpr (Described<T>) {
            Reader reader(from, where);
            fields(reader, value);
            reader.finish();
            if (!reader.problem.empty())
                reject(reader.problem);
        } else if constexpr (std::is_same_v<T, HostId>) {
            from.is_string() ? void(value = HostId(from.get<std::string>())) : reject(where);
        } else if constexpr (std::is_same_v<T, WallTime>) {
            from.is_number_integer()
                ? void(value = WallTime(std::chrono::milliseconds(from.get<int64_t>())))
                : reject(where);
        } else if constexpr (std::is_same_v<T, bool>) {
            from.is_boolean() ? void(value = from.get<bool>()) : reject(where);
        } else if constexpr (std::is_same_v<T, std::string>) {
            from.is_string() ? void(value = from.get<std::string>()) : reject(where);
        } else if constexpr (std::is_floating_point_v<T>) {
            from.is_number() ? void(value = from.get<T>()) : reject(where);
        } else {
            readInteger(from, value, where);
        }
    }
    template <class T>
    void readInteger(const Json& from, T& value, const std::string& where) {
        const bool fits = from.is_number_unsigned()
                              ? std::in_range<T>(from.get<uint64_t>())
                              : from.is_number_integer() && std::in_range<T>(from.get<int64_t>());
        if (!fits)
            return reject(where);
        value = from.get<T>();
    }
    template <class T>
    void read(const Json& from, std::vector<T>& values, const std::string& where) {
        if (!from.is_array())
            return reject(where);
        for (size_t i = 0; i < from.size(); ++i)
            read(from[i], values.emplace_back(), where + "[" + std::to_string(i) + "]");
    }
    void read(const Json& from, std::map<std::string, int64_t>& values, const std::string& where) {
        if (!from.is_object())
            return reject(where);
        for (const auto& [key, each] : from.items()) {
            std::string place = where;
            read(each, values[key], place.append(".").append(key));
        }
    }

    template <class T>
    void operator()(const char* key, T& value) {
        asked.insert(key);
        if (!json.is_object())
            return;
        const auto found = json.find(key);
        const std::string where = path.empty() ? key : path + "." + key;
        found == json.end() ? reject(where) : read(*found, value, where);
    }
    template <class T>
    void operator()(const char* key, std::optional<T>& value) {
        asked.insert(key);
        if (json.is_object() && json.contains(key))
            read(json[key], value.emplace(), path.empty() ? key : path + "." + key);
    }

    void finish() {
        if (json.is_object())
            for (const auto& [key, each] : json.items())
                if (!asked.contains(key))
                    reject(path.empty() ? key : path + "." + key);
    }
};

}  // namespace

std::string factsToJson(const Facts& facts) {
    Json json = {{"format", kFormat}};
    json.update(Writer::form(facts));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Facts> factsFromJson(const std::string& text, const std::string& name) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return fail(ErrorCode::ValueInvalid, name, "JSON");
    int64_t format = 0;
    Facts facts;
    Reader reader(json, "");
    reader("format", format);
    if (reader.problem.empty() && format > kFormat)
        return fail(ErrorCode::FormatTooNew, name, std::to_string(format));
    fields(reader, facts);
    reader.finish();
    if (!reader.problem.empty() || format != kFormat)
        return fail(ErrorCode::ValueInvalid, name,
                    reader.problem.empty() ? "format" : reader.problem);
    return facts;
}

}  // namespace deploy
