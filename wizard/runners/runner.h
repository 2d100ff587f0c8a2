#pragma once

#include <QObject>
#include <functional>
#include <stop_token>
#include <thread>
#include <utility>

namespace wizard {

/// Runs one blocking function of the core at a time on a thread of its own. Work reaches the GUI
/// only through post(): by value, queued, never waiting. Work uses what it captured, never members
/// of a derived class, which may be gone while it ends.
class Runner : public QObject {
    Q_OBJECT
public:
    explicit Runner(QObject* parent = nullptr) : QObject(parent) {}
    /// Asks the work to stop and waits until it has: core functions return soon after.
    ~Runner() override;

    bool running() const { return running_; }
    /// The work ends by itself soon; finished() tells.
    void stop() { thread_.request_stop(); }

Q_SIGNALS:
    void started();
    void finished();

protected:
    void start(std::function<void(std::stop_token)> work);
    /// From any thread: runs `function` in the GUI thread, in the order of the calls.
    template <class Function>
    void post(Function&& function) {
        QMetaObject::invokeMethod(this, std::forward<Function>(function), Qt::QueuedConnection);
    }

private:
    bool running_ = false;
    std::jthread thread_;
};

}  // namespace wizard
