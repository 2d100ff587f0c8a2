#include "project/project.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/file.h"
#include "inventory/readers.h"
#include "project/project_files.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kTextLimitBytes = 4U << 20U;
constexpr const char* kProjectFile = "project.yaml";
constexpr const char* kInventoryFile = "inventory.yaml";
constexpr const char* kTopologyFile = "topology.yaml";
constexpr const char* kWaiversFile = "waivers.yaml";
constexpr const char* kLockFile = ".lock";

/// The lock of one writer: a kernel flock, so that a dead process never keeps it. -1 if not taken.
Result<int> lockFolder(const fs::path& folder) {
    const fs::path file = folder / kLockFile;
    const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(ErrorCode::FileUnwritable, file.string(), std::strerror(errno));
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const bool taken = errno == EWOULDBLOCK;
        const std::string reason = std::strerror(errno);
        ::close(fd);
        return fail(taken ? ErrorCode::ProjectLocked : ErrorCode::FileUnwritable, folder.string(),
                    reason);
    }
    return fd;
}

/// Reads a part of the project; a part that was never written is its default.
template <class Value, class Read>
Result<Value> readPart(const fs::path& file, const Read& read) {
    const auto text = readFile(file, kTextLimitBytes);
    if (!text && text.error().code == ErrorCode::FileNotFound)
        return Value{};
    if (!text)
        return tl::unexpected(text.error());
    return read(*text, file.string());
}

Result<ProjectContent> readContent(const fs::path& folder) {
    const fs::path main = folder / kProjectFile;
    const auto text = readFile(main, kTextLimitBytes);
    if (!text) {
        const bool absent = text.error().code == ErrorCode::FileNotFound;
        return absent ? fail(ErrorCode::ProjectNotFound, folder.string())
                      : tl::unexpected(text.error());
    }
    auto content = readProjectYaml(*text, main.string());
    if (!content)
        return content;
    auto inventory = readPart<Inventory>(folder / kInventoryFile, readInventoryYaml);
    if (!inventory)
        return tl::unexpected(inventory.error());
    auto drawing = readPart<DrawingFile>(folder / kTopologyFile, readTopologyYaml);
    if (!drawing)
        return tl::unexpected(drawing.error());
    auto waivers = readPart<std::vector<Waiver>>(folder / kWaiversFile, readWaiversYaml);
    if (!waivers)
        return tl::unexpected(waivers.error());
    content->inventory = std::move(*inventory);
    content->topology = std::move(drawing->topology);
    content->order = std::move(drawing->order);
    content->waivers = std::move(*waivers);
    return content;
}

}  // namespace

void forgetUnlisted(ProjectContent& content) {
    const auto unlisted = [&](const HostId& host) {
        return !host.empty() && content.inventory.find(host) == nullptr;
    };
    for (const HostId& host : content.topology.hosts())
        if (unlisted(host))
            content.topology = content.topology.withoutHost(host);
    std::erase_if(content.order, unlisted);
    std::erase_if(content.waivers, [&](const Waiver& waiver) { return unlisted(waiver.host); });
}

struct ProjectFolder::State {
    fs::path folder;
    ProjectContent content;
    int lock = -1;

    ~State() {
        if (lock >= 0)
            ::close(lock);
    }
};

ProjectFolder::ProjectFolder() : state_(std::make_unique<State>()) {}
ProjectFolder::~ProjectFolder() = default;
ProjectFolder::ProjectFolder(ProjectFolder&&) noexcept = default;
ProjectFolder& ProjectFolder::operator=(ProjectFolder&&) noexcept = default;

Result<ProjectFolder> ProjectFolder::create(const fs::path& folder, const ProjectContent& content) {
    std::error_code error;
    if (fs::exists(folder / kProjectFile, error))
        return fail(ErrorCode::ProjectExists, folder.string());
    if (auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    auto lock = lockFolder(folder);
    if (!lock)
        return tl::unexpected(lock.error());
    ProjectFolder project;
    project.state_->folder = fs::absolute(folder).lexically_normal();
    project.state_->lock = *lock;
    // save() writes the main file last: a folder that was cut in the middle is not a project yet.
    if (auto saved = project.save(content); !saved)
        return tl::unexpected(saved.error());
    return project;
}

Result<ProjectFolder> ProjectFolder::open(const fs::path& folder, OpenMode mode) {
    std::error_code error;
    if (!fs::exists(folder / kProjectFile, error))
        return fail(ErrorCode::ProjectNotFound, folder.string());
    ProjectFolder project;
    project.state_->folder = fs::absolute(folder).lexically_normal();
    if (mode == OpenMode::Write) {
        auto lock = lockFolder(folder);
        if (!lock)
            return tl::unexpected(lock.error());
        project.state_->lock = *lock;
    }
    auto content = readContent(folder);
    if (!content)
        return tl::unexpected(content.error());
    project.state_->content = std::move(*content);
    return project;
}

const fs::path& ProjectFolder::folder() const {
    return state_->folder;
}
const ProjectContent& ProjectFolder::content() const {
    return state_->content;
}
fs::path ProjectFolder::knownHostsFile() const {
    return state_->folder / "known_hosts";
}
fs::path ProjectFolder::vaultFile() const {
    return state_->folder / "vault";
}
fs::path ProjectFolder::reportFolder() const {
    return state_->folder / "reports";
}

Result<void> ProjectFolder::save(const ProjectContent& content) {
    if (state_->lock < 0)
        return fail(ErrorCode::ProjectLocked, state_->folder.string());
    const ProjectContent& old = state_->content;
    const auto write = [&](const char* file, const std::string& text) {
        return writeFileAtomically(state_->folder / file, text, 0600);
    };
    const std::string mainText = writeProjectYaml(content);
    Result<void> done;
    if (content.inventory != old.inventory)
        done = write(kInventoryFile, writeInventoryYaml(content.inventory));
    if (done && (content.topology != old.topology || content.order != old.order))
        done = write(kTopologyFile, writeTopologyYaml({content.topology, content.order}));
    if (done && content.waivers != old.waivers)
        done = write(kWaiversFile, writeWaiversYaml(content.waivers));
    if (done && mainText != writeProjectYaml(old))
        done = write(kProjectFile, mainText);
    if (done)
        state_->content = content;
    return done;
}

}  // namespace deploy
