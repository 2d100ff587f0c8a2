#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <thread>

/// A TCP line on 127.0.0.1 that can be as bad as a real one. The setters act at once, on all
/// connections; any thread may call them.
class TcpProxy {
public:
    /// Forwards to the port on 127.0.0.1.
    explicit TcpProxy(uint16_t target);
    ~TcpProxy();

    uint16_t port() const { return port_; }

    /// Resets every connection once so many more bytes went to the server; later ones work.
    void cutAfter(uint64_t bytes);
    /// Resets every connection now.
    void cut() { cutNow_ = true; }
    /// Every byte arrives so much later, in each direction.
    void setDelay(std::chrono::milliseconds delay) { delay_ = delay; }
    /// Bytes a second for each connection and direction; zero is no limit.
    void setRate(uint64_t bytesPerSecond) { rate_ = bytesPerSecond; }
    /// Nothing passes and nothing is closed: a half-open connection.
    void freeze(bool frozen) { frozen_ = frozen; }

    /// Bytes that went to the server so far.
    uint64_t bytesToServer() const { return toServer_; }
    int connections() const { return connections_; }

private:
    struct Flow;
    struct Line;
    void run(const std::stop_token& stop);
    void accept(std::list<Line>& lines);
    bool carry(Flow& flow);

    uint16_t target_;
    uint16_t port_ = 0;
    int listener_ = -1;
    std::atomic<bool> cutNow_ = false;
    std::atomic<uint64_t> cutAt_ = UINT64_MAX;
    std::atomic<std::chrono::milliseconds> delay_{};
    std::atomic<uint64_t> rate_ = 0;
    std::atomic<bool> frozen_ = false;
    std::atomic<uint64_t> toServer_ = 0;
    std::atomic<int> connections_ = 0;
    std::jthread thread_;
};
