#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "base/file.h"
#include "driver.h"
#include "inventory/readers.h"
#include "pages/servers_page.h"
#include "support/processor_time.h"
#include "text/convert.h"

using namespace wizard;

class ServersPageTest : public QObject {
    Q_OBJECT
    std::optional<deploy::Product> product_;
    Theme theme_;
    Texts texts_;
    QTemporaryDir folder_;
    std::unique_ptr<WizardWindow> window_;
    std::unique_ptr<Driver> person_;

    const deploy::Inventory& servers() { return window_->draft().content().inventory; }
    ServersPage& page() { return *qobject_cast<ServersPage*>(person_->page(WizardStep::Servers)); }
    QString file(const char* name, const std::string& content) {
        const QString path = folder_.filePath(QLatin1String(name));
        return deploy::writeFileAtomically(fromQt(path), content) ? path : QString();
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(texts_.setLanguage(QStringLiteral("en")).has_value());
        auto product = deploy::Product::load();
        QVERIFY(product.has_value());
        product_ = std::move(*product);
    }
    void init() {
        window_ = std::make_unique<WizardWindow>(*product_, theme_, texts_, deploy::systemClock());
        person_ = std::make_unique<Driver>(*window_);
        deploy::ProjectContent content;
        content.name = "test";
        content.mode = product_->catalog.modes.front().id;
        content.inventory =
            deploy::importInventory("name,address\ns1,10.0.0.1\ns2,10.0.0.2\n", "t")->inventory;
        static int number = 0;
        QVERIFY(window_->draft()
                    .create(folder_.filePath(QString::number(++number)), content)
                    .has_value());
        window_->resize(1280, 800);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        window_->frame().show(WizardStep::Servers);
        QCOMPARE(person_->current(), WizardStep::Servers);
    }

    void anImportIsSeenBeforeItIsTaken() {
        page().importList(file("a.csv", "name,address,port\ns2,10.0.0.2,2222\ndb,10.0.0.9,\n"));
        QVERIFY(person_->sees("importTable"));
        QCOMPARE(servers().hosts.size(), size_t(2));
        QVERIFY(person_->click("importTake"));
        QCOMPARE(servers().hosts.size(), size_t(3));
        QCOMPARE(servers().hosts[1].port, uint16_t(2222));
        QCOMPARE(servers().hosts[2].name.str(), std::string("db"));
        QVERIFY(person_->sees("serverTable"));
        QVERIFY(person_->click("undo"));
        QCOMPARE(servers().hosts.size(), size_t(2));
        QCOMPARE(servers().hosts[1].port, uint16_t(22));
    }

    void theWholeListCanBeReplaced() {
        page().importList(file("b.ini", "[web]\ns2 ansible_host=10.0.0.2\nw[1:3]\n"));
        QTest::mouseClick(person_->find<QRadioButton>("importReplace"), Qt::LeftButton, {}, {8, 8});
        QVERIFY(person_->click("importTake"));
        QCOMPARE(servers().hosts.size(), size_t(4));
        QVERIFY(servers().find(deploy::HostId("s1")) == nullptr);
    }

    void anotherEncodingIsOffered() {
        page().importList(file("g.csv",
                               "\xC3\xFB\xB3\xC6,\xB5\xD8\xD6\xB7,\xBB\xFA\xB7\xBF\n"
                               "g1,10.0.0.7,\xC9\xCF\xBA\xA3\n"));
        QVERIFY(!person_->sees("importTable"));
        QVERIFY(person_->click("importGb18030"));
        QVERIFY(person_->click("importTake"));
        QCOMPARE(servers().hosts.back().datacenter, std::string("上海"));
    }

    void aListIsPastedIntoTheTable() {
        auto* table = person_->find<QTableView>("serverTable");
        table->setFocus();
        QGuiApplication::clipboard()->setText(QStringLiteral("10.0.0.[11-14]\n10.0.0.1\n"));
        QTest::keyClick(table, Qt::Key_V, Qt::ControlModifier);
        QVERIFY(person_->sees("importTable"));
        QCOMPARE(person_->find<QTableView>("importTable")->model()->rowCount(), 5);
        QVERIFY(person_->click("importCancel"));
        QCOMPARE(servers().hosts.size(), size_t(2));
    }

    void oneWordIsPastedIntoTheCell() {
        auto* table = person_->find<QTableView>("serverTable");
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, ServerTableModel::Address));
        QGuiApplication::clipboard()->setText(QStringLiteral(" 10.9.9.9\n"));
        QTest::keyClick(table, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(servers().hosts[0].address, std::string("10.9.9.9"));
    }

    void copiedRowsArePastedAsTheyWere() {
        auto* table = person_->find<QTableView>("serverTable");
        table->setFocus();
        table->selectAll();
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const auto read =
            deploy::importInventory(fromQt(QGuiApplication::clipboard()->text()), "paste");
        QVERIFY(read.has_value());
        QVERIFY(read->inventory == servers());
    }

    void aFileIsDropped() {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file("d.txt", "10.0.0.30\n"))});
        QDragEnterEvent enter({50, 50}, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&page(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({50, 50}, Qt::CopyAction, &mime, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&page(), &drop);
        QVERIFY(person_->click("importTake"));
        QCOMPARE(servers().hosts.back().address, std::string("10.0.0.30"));
    }

    void passwordsAreGivenToAGroup() {
        page().importList(
            file("p.csv", "name,address,datacenter\ns2,10.0.0.2,dc1\ns3,10.0.0.3,dc1\n"));
        QVERIFY(person_->click("importTake"));
        auto* group = person_->find<QComboBox>("secretGroup");
        const int index = group->findData(QStringLiteral("datacenter:dc1"));
        QVERIFY(index > 0);
        group->setCurrentIndex(index);
        person_->type("secretPassword", QStringLiteral("pass"));
        QVERIFY(person_->click("useSecrets"));
        const auto& kept = window_->draft().credentials().servers;
        QVERIFY(!kept.contains(deploy::HostId("s1")));
        QCOMPARE(std::string(kept.at(deploy::HostId("s2")).password.reveal()), std::string("pass"));
        QCOMPARE(std::string(kept.at(deploy::HostId("s3")).password.reveal()), std::string("pass"));
        group->setCurrentIndex(group->findData(QStringLiteral("missing")));
        person_->type("secretPassword", QStringLiteral("other"));
        QVERIFY(person_->click("useSecrets"));
        QCOMPARE(std::string(kept.at(deploy::HostId("s1")).password.reveal()),
                 std::string("other"));
        QCOMPARE(std::string(kept.at(deploy::HostId("s2")).password.reveal()), std::string("pass"));
    }

    /// The table itself, where every row has an error; what the other pages do is theirs.
    void aTableOfFiveHundredServersStaysFluent() {
        deploy::Inventory many = deploy::importInventory("10.0.[0-1].[1-250]\n", "t")->inventory;
        QCOMPARE(many.hosts.size(), size_t(500));
        for (deploy::Host& host : many.hosts)
            host.user = "a b";
        ServerTableModel model(theme_, texts_, ServerTableModel::Access::Edit);
        QTableView view;
        view.setModel(&model);
        view.resize(1200, 700);
        const double began = processorSeconds();
        constexpr int kEdits = 10;
        for (int i = 0; i < kEdits; ++i) {
            many.hosts[size_t(i)].notes = "edited";
            model.setInventory(many);
            view.grab();
        }
        qInfo("an edit and a repaint of 500 servers: %lld ms",
              qRound64((processorSeconds() - began) * 1000 / kEdits));
        QVERIFY(processorSeconds() - began < 10);
    }
};

QTEST_MAIN(ServersPageTest)
#include "tst_servers_page.moc"
