#include "remote/upload_job.h"

#include <array>
#include <cstdio>

namespace deploy {

std::string partFor(const Upload& upload) {
    constexpr size_t kShaPrefix = 16;
    return upload.destination + ".part-" + upload.sha256.substr(0, kShaPrefix);
}

std::string octal(mode_t mode) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%o", static_cast<unsigned>(mode));
    return text.data();
}

UploadJob::UploadJob(const UploadSource& source, const Upload& upload, std::string part,
                     uint64_t offset, MakeOrder makeOrder, ByteProgress progress)
    : source_(source),
      upload_(upload),
      part_(std::move(part)),
      offset_(offset),
      makeOrder_(std::move(makeOrder)),
      progress_(std::move(progress)) {}

InputSource UploadJob::afterAllAreOpen(InputSource rest) {
    return [this, rest = std::move(rest), begun = false]() mutable -> Result<InputPiece> {
        if (begun)
            return rest();
        if (!ready_ || waiting_ > 0)
            return InputPiece{InputPiece::State::Later, {}};
        begun = true;
        return InputPiece{InputPiece::State::More, "\n"};
    };
}

Result<CommandResult> UploadJob::run(SshSession& session, std::vector<SshConnection> more,
                                     Receiver receiver, const std::stop_token& stop) {
    const auto streams = static_cast<unsigned>(more.size()) + 1;
    waiting_ = streams - 1;
    auto order = makeOrder_(
        kUploadReceiveScript,
        {upload_.destination, part_, std::to_string(upload_.size), upload_.sha256,
         octal(upload_.mode), std::to_string(offset_ / kResumeBytes),
         std::to_string(receiver == Receiver::Plain ? 0 : streams)},
        [this](Stream stream, std::string_view) { ready_ = ready_ || stream == Stream::Out; });
    if (!order)
        return tl::unexpected(order.error());
    auto inputs = source_.streams(offset_, streams, sent_);
    order->input = std::move(inputs.front());
    if (streams > 1)
        order->input = afterAllAreOpen(std::move(order->input));
    std::vector<std::unique_ptr<RemoteExec>> execs;
    execs.push_back(std::make_unique<RemoteExec>(session, std::move(*order)));
    RemoteExec& main = *execs.front();

    std::vector<RemoteExec*> driven = {&main};
    uint64_t reported = 0;
    const auto round = [&] {
        if (progress_ && sent_ != reported)
            progress_(offset_ + (reported = sent_), upload_.size);
        return main.ended() || (ready_ && driven.size() < streams);
    };
    if (auto ended = drive(driven, round, stop); !ended)
        return tl::unexpected(ended.error());
    for (unsigned i = 1; i < streams && !main.ended(); ++i) {
        auto side = makeOrder_(kUploadStreamScript, {part_ + ".in" + std::to_string(i)},
                               [this, open = false](Stream stream, std::string_view) mutable {
                                   if (stream == Stream::Out && !std::exchange(open, true))
                                       --waiting_;
                               });
        if (!side)
            return tl::unexpected(side.error());
        side->input = std::move(inputs[i]);
        execs.push_back(std::make_unique<RemoteExec>(*more[i - 1].session, std::move(*side)));
        driven.push_back(execs.back().get());
    }
    if (auto ended = drive(driven, round, stop); !ended)
        return tl::unexpected(ended.error());
    return main.finish();
}

}  // namespace deploy
