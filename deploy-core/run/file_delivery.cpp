#include "run/file_delivery.h"

#include <filesystem>

namespace deploy {

namespace {

/// A smaller file is sent sooner than a way for it is made.
constexpr uint64_t kWorthwhileBytes = 1U << 20U;
/// For what is taken back at the end, at each server.
constexpr std::chrono::seconds kGoodbye{10};

RunOn on(ServerLink& link) {
    return
        [&link](const Command& command, const OutputSink& sink) { return link.run(command, sink); };
}

RunOn on(RemoteHost& remote, const std::stop_token& stop) {
    return [&remote, stop](const Command& command, const OutputSink& sink) {
        return remote.run(command, sink, stop);
    };
}

/// Not stopped by anything but its deadline.
RunOn atTheEnd(RemoteHost& remote) {
    return [&remote](Command command, const OutputSink& sink) {
        command.deadline = kGoodbye;
        return remote.run(command, sink, {});
    };
}

RunOn atTheEnd(ServerLink& link) {
    return [&link](const Command& command, const OutputSink&) { return link.lastCall(command); };
}

/// Does the error tell that the two servers cannot be brought together, whatever the file?
bool isNoWay(const Error& error) {
    if (error.code != ErrorCode::RemoteCommandFailed)
        return false;
    const auto status = error.args.find("exit_status");
    return status == error.args.end() || status->second == "70" || status->second == "71" ||
           status->second == "73";
}

}  // namespace

FileDelivery::FileDelivery(ServerLink& link, Connector& connector, const Inventory& inventory,
                           Distribution* distribution, std::stop_token stop)
    : link_(link),
      connector_(connector),
      inventory_(inventory),
      distribution_(distribution),
      stop_(std::move(stop)) {}

void FileDelivery::clean() {
    if (distribution_ != nullptr)
        (void)Relay::forgetAll(on(link_));
}

Result<FileDelivery::Source*> FileDelivery::sourceTo(const HostId& name,
                                                     const std::string& folder) {
    const Host& sender = *inventory_.find(name);
    // Noted before it is tried: what is left half made is taken back as well.
    Source& source = sources_[name];
    if (!source.remote) {
        auto remote = connector_.connect(sender, stop_);
        if (!remote)
            return tl::unexpected(remote.error());
        source.remote = std::move(*remote);
    }
    if (!source.relay) {
        auto relay =
            Relay::open(on(*source.remote, stop_), sender, on(link_), link_.host(), folder);
        if (!relay)
            return tl::unexpected(relay.error());
        source.relay = std::move(*relay);
    }
    return &source;
}

Result<UploadResult> FileDelivery::fromServer(const HostId& name, const Upload& upload,
                                              const ByteProgress& progress) {
    const auto folder = std::filesystem::path(upload.destination).parent_path().string();
    const auto source = sourceTo(name, folder);
    if (!source)
        return tl::unexpected(source.error());
    // Left early where it holds this server up.
    std::stop_source leave;
    const std::stop_callback forward(stop_, [&] { leave.request_stop(); });
    const auto counted = [&](uint64_t done, uint64_t total) {
        distribution_->progress(upload.sha256, link_.host().name, done);
        if (done < total && distribution_->heldUp(upload.sha256, link_.host().name))
            leave.request_stop();
        if (progress)
            progress(done, total);
    };
    Upload passed = upload;
    passed.source = upload.destination;
    const auto held =
        distribution_->hadAll(upload.sha256, name) ? Relay::Held::Whole : Relay::Held::Growing;
    auto result = (*source)->relay->send(on(*(*source)->remote, leave.get_token()), on(link_),
                                         passed, held, counted);
    if (!result && (result.error().code == ErrorCode::SshConnectionLost ||
                    result.error().code == ErrorCode::SshStalled))
        (*source)->remote.reset();
    return result;
}

Result<UploadResult> FileDelivery::deliver(const Upload& upload, const ByteProgress& progress) {
    if (distribution_ == nullptr || upload.size < kWorthwhileBytes)
        return link_.put(upload, progress);
    const HostId& name = link_.host().name;
    while (const auto source = distribution_->sourceFor(upload.sha256, name)) {
        auto result = fromServer(*source, upload, progress);
        if (result) {
            distribution_->has(upload.sha256, name);
            return result;
        }
        distribution_->gaveUp(upload.sha256, name);
        if (stop_.stop_requested())
            return fail(ErrorCode::Cancelled, name.str());
        if (isNoWay(result.error()))
            distribution_->noWay(*source, name);
        distribution_->notFrom(upload.sha256, *source, name);
    }
    auto result = link_.put(upload, [&](uint64_t done, uint64_t total) {
        distribution_->progress(upload.sha256, name, done);
        if (progress)
            progress(done, total);
    });
    if (result)
        distribution_->has(upload.sha256, name);
    else
        distribution_->gaveUp(upload.sha256, name);
    return result;
}

void FileDelivery::close() {
    if (sources_.empty())
        return;
    for (auto& [name, source] : sources_) {
        if (!source.remote)
            if (auto again = connector_.connect(*inventory_.find(name), stop_))
                source.remote = std::move(*again);
        if (source.remote)
            (void)Relay::forgetAtSender(atTheEnd(*source.remote), link_.host());
    }
    sources_.clear();
    (void)Relay::forgetAtReceiver(atTheEnd(link_));
}

}  // namespace deploy
