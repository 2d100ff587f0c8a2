#include "run/attempt.h"

#include <charconv>

#include "base/digest.h"

namespace deploy {

namespace {

using std::chrono::seconds;

constexpr seconds kNoDeadline{1'000'000'000};
constexpr seconds kTimeToEnd{10};  // between being asked to end and being ended

int numberIn(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Follows the lines of standard error of the agent.
class Words {
public:
    /// The line was ended and says so; calls `line` for each.
    template <class Line>
    void add(std::string_view bytes, const Line& line) {
        constexpr size_t kLongestLine = 4096;
        for (const char c : bytes) {
            if (c != '\n') {
                if (rest_.size() < kLongestLine)
                    rest_ += c;
                continue;
            }
            line(rest_);
            rest_.clear();
        }
    }

private:
    std::string rest_;
};

struct Heard {
    std::string last;
    Words words;
};

}  // namespace

Attempt::Attempt(ServerLink& link, const Step& step, int number)
    : link_(link), step_(step), number_(std::to_string(number)) {}

Result<void> Attempt::launch(const std::string& text, const SecretInput& secrets) {
    const auto arguments = [&] {
        return std::vector<std::string>{step_.id.str(), number_, sha256Hex(text),
                                        std::to_string(secrets.lines)};
    };
    return link_.agent("launch", arguments, secrets.text + text).map([](const CommandResult&) {});
}

Result<void> Attempt::end() {
    const auto arguments = [&] {
        return std::vector<std::string>{step_.id.str(), number_,
                                        std::to_string(kTimeToEnd.count())};
    };
    return link_.agent("end", arguments).map([](const CommandResult&) {});
}

Result<Fate> Attempt::followToWord(StepLog& log, bool& seen, seconds hard, const FollowSink& sink) {
    Heard heard;
    const auto onLine = [&](const std::string& line) {
        heard.last = line;
        if (!line.starts_with("running "))
            return;
        if (!seen)
            sink.attached();
        seen = true;
        sink.runs(seconds(numberIn(std::string_view(line).substr(8))));
    };
    bool again = false;
    const auto arguments = [&] {
        // A further try sees a step that this one has lost from sight.
        seen = seen && !again;
        again = true;
        heard = {};
        return std::vector<std::string>{step_.id.str(), number_, std::to_string(log.size()),
                                        std::to_string(hard.count())};
    };
    const auto result = link_.agent("follow", arguments, {}, [&](Stream stream, auto bytes) {
        if (stream == Stream::Err)
            return heard.words.add(bytes, onLine);
        log.add(bytes);
        sink.log(bytes);
    });
    if (!result)
        return tl::unexpected(result.error());
    if (heard.last.starts_with("exit "))
        return Fate{Fate::Kind::Exited, numberIn(std::string_view(heard.last).substr(5))};
    if (heard.last.starts_with("deadline "))
        return Fate{Fate::Kind::Ended, 0};
    if (heard.last == "lost")
        return Fate{Fate::Kind::Lost, 0};
    if (heard.last == "rebooted")
        return Fate{Fate::Kind::Rebooted, 0};
    if (heard.last == "never_started")
        return Fate{Fate::Kind::NeverStarted, 0};
    return fail(ErrorCode::RemoteCommandFailed, step_.id.str(), heard.last, {{"agent", "follow"}});
}

Result<Fate> Attempt::follow(StepLog& log, bool seenStarting, const FollowSink& sink) {
    bool seen = seenStarting;
    auto fate = followToWord(log, seen, step_.hardDeadline, sink);
    if (!fate || fate->kind != Fate::Kind::Ended)
        return fate;
    if (auto ended = end(); !ended)
        return tl::unexpected(ended.error());
    // Its last words, and whether it ended by itself just then.
    seen = true;
    auto last = followToWord(log, seen, kNoDeadline, sink);
    if (!last)
        return last;
    const bool byItself = last->kind == Fate::Kind::Exited && last->status == 0;
    return byItself ? *last : *fate;
}

}  // namespace deploy
