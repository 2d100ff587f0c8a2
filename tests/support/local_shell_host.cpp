#include "support/local_shell_host.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/digest.h"
#include "base/file.h"

namespace deploy {

namespace fs = std::filesystem;

namespace {

struct Child {
    pid_t pid = -1;
    int in = -1, out = -1, err = -1;
};

Child spawn(const std::vector<std::string>& argv, const std::vector<std::string>& environment) {
    std::array<int, 2> in{}, out{}, err{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0 ||
        ::pipe2(err.data(), O_CLOEXEC) != 0)
        return {};
    std::vector<char*> args, variables;
    for (const std::string& word : argv)
        args.push_back(const_cast<char*>(word.c_str()));
    for (const std::string& variable : environment)
        variables.push_back(const_cast<char*>(variable.c_str()));
    args.push_back(nullptr);
    variables.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(in[0], 0);
        ::dup2(out[1], 1);
        ::dup2(err[1], 2);
        ::signal(SIGPIPE, SIG_DFL);
        ::execve(args[0], args.data(), variables.data());
        ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    ::close(err[1]);
    ::fcntl(in[1], F_SETFL, O_NONBLOCK);
    return {pid, in[1], out[0], err[0]};
}

void closeAll(Child& child) {
    for (int* fd : {&child.in, &child.out, &child.err}) {
        if (*fd >= 0)
            ::close(*fd);
        *fd = -1;
    }
}

tl::unexpected<Error> lost() {
    return fail(ErrorCode::SshConnectionLost);
}

}  // namespace

class LocalShellHost final : public RemoteHost {
public:
    LocalShellHost(LocalShellConnector& server, HostId host)
        : server_(server), host_(std::move(host)) {}

    Result<CommandResult> run(const Command& command, const OutputSink& sink,
                              const std::stop_token& stop) override {
        if (cut_)
            return lost();
        const std::string firstLine = command.script.substr(0, command.script.find('\n'));
        const std::string secondLine = command.script.substr(
            firstLine.size() + 1,
            command.script.find('\n', firstLine.size() + 1) - firstLine.size() - 1);
        std::string what = host_.str() + " " + firstLine;
        if (secondLine.starts_with("#: "))
            what += " " + secondLine.substr(3);
        for (size_t i = 2; i < std::min<size_t>(command.args.size(), 4); ++i)
            what += " " + command.args[i];
        const auto cut = server_.countCall(what);
        if (cut && cut->when == Cut::When::BeforeSend) {
            cut_ = true;
            return lost();
        }
        return execute(command, sink, stop, cut);
    }

    Result<UploadResult> put(const Upload& upload, const ByteProgress& progress,
                             const std::stop_token& stop) override {
        if (cut_)
            return lost();
        const auto cut = server_.countCall(host_.str() + " put " + upload.destination);
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (cut && cut->when != Cut::When::AfterAnswer) {
            cut_ = true;
            return lost();
        }
        const fs::path target = server_.pathOf(host_, upload.destination);
        UploadResult result;
        if (sha256OfFile(target).value_or("") == upload.sha256) {
            result.alreadyThere = true;
        } else {
            const auto content = readFile(upload.source, 1U << 30U);
            if (!content)
                return tl::unexpected(content.error());
            if (sha256Hex(*content) != upload.sha256)
                return fail(ErrorCode::UploadDigestMismatch, upload.destination);
            fs::create_directories(target.parent_path());
            if (auto written = writeFileAtomically(target, *content); !written)
                return tl::unexpected(written.error());
            result.sentBytes = content->size();
        }
        if (progress)
            progress(upload.size, upload.size);
        if (cut) {
            cut_ = true;
            return lost();
        }
        return result;
    }

    Result<std::string> get(const std::string& path, uint64_t limitBytes, Privilege,
                            const std::stop_token&) override {
        return readFile(server_.pathOf(host_, path), limitBytes);
    }

private:
    Result<CommandResult> execute(const Command& command, const OutputSink& sink,
                                  const std::stop_token& stop, const std::optional<Cut>& cut) {
        static std::atomic<int> scripts = 0;
        const fs::path file = server_.root_ / ("script-" + std::to_string(::getpid()) + "-" +
                                               std::to_string(++scripts));
        if (auto written = writeFileAtomically(file, command.script); !written)
            return tl::unexpected(written.error());
        std::vector<std::string> argv = server_.shell_;
        argv.push_back(file.string());
        argv.insert(argv.end(), command.args.begin(), command.args.end());
        std::vector<std::string> environment = server_.environment;
        environment.push_back("FINCLIP_STATE=" + server_.stateOf(host_).string());
        environment.push_back("FINCLIP_SERVER=" + (server_.root_ / host_.str()).string());
        environment.emplace_back("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
        Child child = spawn(argv, environment);
        auto result = converse(child, command, sink, stop, cut);
        closeAll(child);
        if (!result) {
            // Like a server behind a cut line: what runs goes on until it writes to nobody.
            cut_ = true;
            ::waitpid(child.pid, nullptr, WNOHANG);
            return result;
        }
        fs::remove(file);
        int status = 0;
        ::waitpid(child.pid, &status, 0);
        if (!WIFEXITED(status))
            return lost();
        if (cut && cut->when == Cut::When::AfterAnswer) {
            cut_ = true;
            return lost();
        }
        result->exitStatus = WEXITSTATUS(status);
        return result;
    }

    Result<CommandResult> converse(Child& child, const Command& command, const OutputSink& sink,
                                   const std::stop_token& stop, const std::optional<Cut>& cut) {
        CommandResult result;
        std::string_view input = command.input;
        if (cut && cut->when == Cut::When::DuringInput)
            input = input.substr(0, input.size() / 2);
        const bool cutInput = cut && cut->when == Cut::When::DuringInput;
        const auto begin = std::chrono::steady_clock::now();
        size_t received = 0;
        while (child.out >= 0 || child.err >= 0) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled);
            if (command.deadline.count() > 0 &&
                std::chrono::steady_clock::now() - begin > command.deadline)
                return fail(ErrorCode::DeadlinePassed);
            std::array<pollfd, 3> polled{pollfd{child.out, POLLIN, 0}, pollfd{child.err, POLLIN, 0},
                                         pollfd{input.empty() ? -1 : child.in, POLLOUT, 0}};
            if (input.empty() && child.in >= 0) {
                ::close(child.in);
                child.in = -1;
                if (cutInput)
                    return lost();
            }
            ::poll(polled.data(), polled.size(), 20);
            if ((polled[2].revents & (POLLOUT | POLLERR)) != 0) {
                const ssize_t n = ::write(child.in, input.data(), input.size());
                if (n > 0)
                    input.remove_prefix(static_cast<size_t>(n));
                else
                    input = {};
            }
            for (const auto& [fd, events, stream] :
                 {std::tuple(&child.out, polled[0].revents, Stream::Out),
                  std::tuple(&child.err, polled[1].revents, Stream::Err)}) {
                if (*fd < 0 || (events & (POLLIN | POLLHUP)) == 0)
                    continue;
                std::array<char, 16384> block{};
                const ssize_t n = ::read(*fd, block.data(), block.size());
                if (n <= 0) {
                    ::close(*fd);
                    *fd = -1;
                    continue;
                }
                std::string_view bytes(block.data(), static_cast<size_t>(n));
                const bool end = cut && cut->when == Cut::When::AfterBytes &&
                                 received + bytes.size() >= cut->bytes;
                if (end)
                    bytes = bytes.substr(0, cut->bytes - received);
                received += bytes.size();
                std::string& kept = stream == Stream::Out ? result.out : result.err;
                const size_t room = command.keepBytes - std::min(command.keepBytes, kept.size());
                result.truncated = result.truncated || bytes.size() > room;
                kept += bytes.substr(0, room);
                if (sink && !bytes.empty())
                    sink(stream, bytes);
                if (end)
                    return lost();
            }
        }
        return result;
    }

    LocalShellConnector& server_;
    HostId host_;
    bool cut_ = false;
};

LocalShellConnector::LocalShellConnector(fs::path root, std::vector<std::string> shell)
    : root_(std::move(root)), shell_(std::move(shell)) {
    ::signal(SIGPIPE, SIG_IGN);
}

Result<std::unique_ptr<RemoteHost>> LocalShellConnector::connect(const Host& host,
                                                                 const std::stop_token& stop) {
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (refuse)
        if (auto error = refuse(host.name))
            return tl::unexpected(*error);
    if (countCall(host.name.str() + " connect"))
        return fail(ErrorCode::SshUnreachable);
    fs::create_directories(root_ / host.name.str());
    return std::make_unique<LocalShellHost>(*this, host.name);
}

fs::path LocalShellConnector::stateOf(const HostId& host) const {
    return root_ / host.str() / "state";
}

fs::path LocalShellConnector::pathOf(const HostId& host, const std::string& path) const {
    return root_ / host.str() / fs::path(path).relative_path();
}

std::vector<std::string> LocalShellConnector::sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
}

std::optional<Cut> LocalShellConnector::countCall(const std::string& what) {
    const int call = ++calls_;
    {
        const std::lock_guard lock(mutex_);
        sent_.push_back(what);
    }
    return cut ? cut(call) : std::nullopt;
}

}  // namespace deploy
