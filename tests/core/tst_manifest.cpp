#include <QDir>
#include <QTest>

#include "bundle/manifest.h"
#include "support/sample_bundle.h"

using namespace deploy;

/// tests/data/bundles/manifests: each file's first line says what reading it must give: "good", or
/// an error's code and, behind it, line and column.
class TestManifest : public QObject {
    Q_OBJECT
private slots:
    void golden_data() {
        QTest::addColumn<QString>("path");
        const QDir folder(TEST_DATA "/bundles/manifests");
        for (const QString& name : folder.entryList({"*.yaml"}))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
    void golden() {
        QFETCH(QString, path);
        const std::string text = readTestFile(path.toStdString());
        const auto first = QString::fromStdString(text.substr(0, text.find('\n')));
        const QStringList expected = first.mid(QString("# expect: ").size()).split(' ');
        const auto manifest = readManifest(text, "bundle.yaml");
        if (expected[0] == "good") {
            QVERIFY2(manifest.has_value(), manifest ? "" : manifest.error().where.c_str());
            return;
        }
        QVERIFY(!manifest);
        QCOMPARE(QString::fromStdString(std::string(codeName(manifest.error().code))), expected[0]);
        const QString where = QString::fromStdString(manifest.error().where);
        if (expected.size() > 1)
            QCOMPARE(where, "bundle.yaml:" + expected[1]);
        else
            QVERIFY(where.startsWith("bundle.yaml"));
    }

    void readsAllFields() {
        const auto manifest =
            readManifest(readTestFile(TEST_DATA "/bundles/manifests/good.yaml"), "bundle.yaml");
        QVERIFY(manifest.has_value());
        QCOMPARE(manifest->product, std::string("sample"));
        QCOMPARE(manifest->kernelMinimum, std::string("3.10"));
        QCOMPARE(manifest->modes, std::vector<ModeId>{ModeId("single")});
        QCOMPARE(manifest->systems.at(0), (OsRelease{"debian", {"12"}}));
        QCOMPARE(manifest->components.at(0).licence, std::string("Apache-2.0"));
        QCOMPARE(manifest->images.at(0).role, RoleId("business"));
        QCOMPARE(manifest->files.size(), size_t(2));
        QCOMPARE(manifest->totalBytes(), uint64_t(15));
        QCOMPARE(manifest->ofKind(BundleFileKind::Image).at(0),
                 *manifest->file("images/business.tar"));
        QVERIFY(manifest->file("nothing") == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "tst_manifest.moc"
