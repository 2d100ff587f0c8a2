#include <QTest>
#include <algorithm>
#include <thread>

#include "remote/ssh_connector.h"
#include "support/fake_ssh_server.h"

using namespace deploy;

namespace {

/// Servers that are logged in to at once, each with the password "right".
class Batch {
public:
    Batch(int count, const std::string& password) {
        for (int i = 1; i <= count; ++i) {
            const std::string name = "s" + std::to_string(i);
            auto& server =
                servers_.emplace_back(std::make_unique<FakeSshServer>(FakeSshServer::Conduct()));
            inventory_.hosts.push_back(server->host(name));
            known_.add("127.0.0.1", inventory_.hosts.back().port, server->hostKey());
            give(name, password);
        }
    }

    void give(const std::string& name, const std::string& password) {
        credentials_.servers[HostId(name)].password = Secret(password);
    }

    /// At once. Internal stands for a login that went well.
    const std::map<std::string, ErrorCode>& connectAll() { return connect(inventory_.hosts); }
    const std::map<std::string, ErrorCode>& connectFirst() {
        return connect({inventory_.hosts.front()});
    }

    const std::map<std::string, ErrorCode>& connect(const std::vector<Host>& hosts) {
        if (!connector_)
            connector_ = makeSshConnector(inventory_, credentials_, known_);
        std::mutex mutex;
        std::vector<std::jthread> threads;
        for (const Host& host : hosts)
            threads.emplace_back([&] {
                const auto result = connector_->connect(host, {});
                const std::lock_guard lock(mutex);
                codes_[host.name.str()] = result ? ErrorCode::Internal : result.error().code;
                if (!result && result.error().code == ErrorCode::PasswordNotTried)
                    named_ = result.error().args.at("servers");
            });
        threads.clear();
        return codes_;
    }

    const std::map<std::string, ErrorCode>& codes() const { return codes_; }
    const std::string& namedByTheOthers() const { return named_; }
    int count(ErrorCode code) const {
        return static_cast<int>(std::count_if(
            codes_.begin(), codes_.end(), [&](const auto& each) { return each.second == code; }));
    }
    size_t secrets() const {
        size_t all = 0;
        for (const auto& server : servers_)
            all += server->secrets().size();
        return all;
    }

private:
    std::vector<std::unique_ptr<FakeSshServer>> servers_;
    Inventory inventory_;
    Credentials credentials_;
    KnownHosts known_;
    std::unique_ptr<Connector> connector_;
    std::map<std::string, ErrorCode> codes_;
    std::string named_;
};

}  // namespace

/// One wrong password must not lock the accounts of all servers.
class TestPasswordBatch : public QObject {
    Q_OBJECT

private slots:
    void batchPausesAfterTwoRefusals() {
        Batch batch(8, "wrong");
        batch.connectAll();
        QCOMPARE(batch.count(ErrorCode::SshAuthFailed), 2);
        QCOMPARE(batch.count(ErrorCode::PasswordNotTried), 6);
        QCOMPARE(batch.secrets(), size_t(2));
        // Whoever refused is named to those who wait, and another try sends nothing either.
        const auto again = batch.connectAll();
        QCOMPARE(batch.secrets(), size_t(2));
        std::string refused;
        for (const auto& [name, code] : again)
            if (code == ErrorCode::SshAuthFailed)
                refused += (refused.empty() ? "" : ", ") + name;
        QCOMPARE(batch.namedByTheOthers(), refused);
    }

    void rightPasswordOpensForAll() {
        Batch batch(8, "right");
        batch.connectAll();
        QCOMPARE(batch.count(ErrorCode::Internal), 8);
    }

    void serverThatTookItsPasswordIsNotPaused() {
        Batch batch(3, "right");
        batch.give("s2", "wrong");
        batch.give("s3", "wrong");
        batch.connectFirst();
        batch.connectAll();
        QCOMPARE(batch.codes().at("s1"), ErrorCode::Internal);
        QCOMPARE(batch.count(ErrorCode::SshAuthFailed), 2);
        batch.connectAll();
        QCOMPARE(batch.codes().at("s1"), ErrorCode::Internal);
    }
};

QTEST_GUILESS_MAIN(TestPasswordBatch)
#include "tst_password_batch.moc"
