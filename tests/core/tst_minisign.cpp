#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "bundle/minisign.h"
#include "bundle/minisign_format.h"

using namespace deploy;

/// Signatures of ours and of Debian's minisign must be good for each other.
class TestMinisign : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        // minisign's own cost takes seconds; this key was made with the least that scrypt allows.
        cheap_ = {read(TEST_DATA "/bundles/minisign.pub"), read(TEST_DATA "/bundles/minisign.key")};
        QVERIFY(!cheap_.publicKeyFile.empty() && !cheap_.secretKeyFile.empty());
    }

    void signsAndVerifies() {
        const auto signature = minisign("hello", cheap_.secretKeyFile, test_, "bundle 1.0");
        QVERIFY(signature.has_value());
        const auto signer = verifyMinisign("hello", *signature, cheap_.publicKeyFile);
        QVERIFY(signer.has_value());
        QCOMPARE(signer->size(), size_t(16));
        QVERIFY(cheap_.publicKeyFile.find(*signer) != std::string::npos);
        const std::string line = cheap_.publicKeyFile.substr(cheap_.publicKeyFile.find('\n') + 1);
        QCOMPARE(verifyMinisign("hello", *signature, line), signer);

        QCOMPARE(codeOf(verifyMinisign("hellp", *signature, line)), ErrorCode::SignatureInvalid);
    }

    void anyChangeOfTheSignatureIsFound() {
        const auto made = minisign("hello", cheap_.secretKeyFile, test_, "bundle 1.0");
        QVERIFY(made.has_value());
        const size_t comment = made->find('\n');
        for (size_t i = comment + 1; i < made->size() - 1; ++i) {
            std::string bad = *made;
            bad[i] = bad[i] == 'A' ? 'B' : 'A';
            QVERIFY2(!verifyMinisign("hello", bad, cheap_.publicKeyFile),
                     qPrintable(QString::number(i)));
        }
        for (size_t length = 0; length < made->size() - 1; ++length)
            QVERIFY(!verifyMinisign("hello", made->substr(0, length), cheap_.publicKeyFile));
    }

    void refusesWhatIsNoKey() {
        const auto signature = minisign("x", cheap_.secretKeyFile, test_, "");
        QVERIFY(signature.has_value());
        for (const char* key :
             {"", "x", "untrusted comment: x\n", "RWQ=", "untrusted comment: x\nRWQ=\n", "\n\n\n"})
            QCOMPARE(codeOf(verifyMinisign("x", *signature, key)), ErrorCode::SignatureInvalid);
        QCOMPARE(codeOf(minisign("x", "no key", test_, "")), ErrorCode::SignatureInvalid);
        QCOMPARE(codeOf(minisign("x", cheap_.secretKeyFile, test_, "two\nlines")),
                 ErrorCode::ValueInvalid);
        QCOMPARE(codeOf(generateMinisignKey(Secret())), ErrorCode::ValueInvalid);
        std::string costly = cheap_.secretKeyFile;
        costly.replace(costly.find('\n') + 1 + (6 + 32) / 3 * 4, 8, "////////");
        QCOMPARE(codeOf(minisign("x", costly, test_, "")), ErrorCode::SignatureInvalid);
    }

    void wrongPassphrase() {
        QCOMPARE(codeOf(minisign("x", cheap_.secretKeyFile, Secret("other"), "")),
                 ErrorCode::VaultPassphraseWrong);
    }

    void anotherKeyIsRefused() {
        MinisignPublicKey other;
        other.id.fill(7);
        const auto signature = minisign("x", cheap_.secretKeyFile, test_, "");
        QVERIFY(signature.has_value());
        QCOMPARE(codeOf(verifyMinisign("x", *signature, writeMinisignPublicKey(other))),
                 ErrorCode::SignatureInvalid);
        // The same id is not enough.
        other.id = readMinisignPublicKey(cheap_.publicKeyFile)->id;
        QCOMPARE(codeOf(verifyMinisign("x", *signature, writeMinisignPublicKey(other))),
                 ErrorCode::SignatureInvalid);
    }

    void theirsVerifiesWithOurs_data() {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("prehashed") << QStringList();
        QTest::newRow("legacy") << QStringList{"-l"};
    }

    void theirsVerifiesWithOurs() {
        QFETCH(QStringList, options);
        if (QStandardPaths::findExecutable("minisign").isEmpty())
            QSKIP("needs Debian's minisign (apt-get install minisign)");
        const QTemporaryDir folder;
        write(folder.filePath("message"), "hello from the real tool");
        write(folder.filePath("pub"), cheap_.publicKeyFile);
        write(folder.filePath("key"), cheap_.secretKeyFile);
        QVERIFY(run(options + QStringList{"-S", "-s", folder.filePath("key"), "-m",
                                          folder.filePath("message"), "-t", "comment 数据"},
                    "test\n"));
        const std::string signature = read(folder.filePath("message.minisig"));
        const auto signer =
            verifyMinisign("hello from the real tool", signature, read(folder.filePath("pub")));
        QVERIFY(signer.has_value());
    }

    void theirUnprotectedKeyOpens() {
        if (QStandardPaths::findExecutable("minisign").isEmpty())
            QSKIP("needs Debian's minisign (apt-get install minisign)");
        const QTemporaryDir folder;
        QVERIFY(run({"-G", "-f", "-W", "-p", folder.filePath("pub"), "-s", folder.filePath("key")},
                    ""));
        const auto made = minisign("x", read(folder.filePath("key")), Secret(), "");
        QVERIFY(made.has_value());
        QVERIFY(verifyMinisign("x", *made, read(folder.filePath("pub"))).has_value());
    }

    void oursVerifiesWithTheirs() {
        if (QStandardPaths::findExecutable("minisign").isEmpty())
            QSKIP("needs Debian's minisign (apt-get install minisign)");
        const Secret passphrase("correct horse");
        const auto ours = generateMinisignKey(passphrase);
        QVERIFY(ours.has_value());
        const QTemporaryDir folder;
        const QStringList verify{"-V", "-p", folder.filePath("pub"), "-m",
                                 folder.filePath("message")};
        write(folder.filePath("message"), "hello from ours");
        write(folder.filePath("pub"), ours->publicKeyFile);
        write(folder.filePath("key"), ours->secretKeyFile);
        const auto signature =
            minisign("hello from ours", ours->secretKeyFile, passphrase, "made by ours");
        QVERIFY(signature.has_value());
        write(folder.filePath("message.minisig"), *signature);
        QVERIFY(run(verify, ""));
        write(folder.filePath("message"), "hello from ourz");
        QVERIFY(!run(verify, ""));
        QVERIFY2(run({"-S", "-s", folder.filePath("key"), "-m", folder.filePath("message")},
                     "correct horse\n"),
                 "their tool must open our secret key file");
        QVERIFY(run(verify, ""));
    }

private:
    template <class T>
    static ErrorCode codeOf(const Result<T>& result) {
        return result ? ErrorCode::Internal : result.error().code;
    }
    static void write(const QString& path, const std::string& content) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(content));
    }
    static std::string read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    static bool run(const QStringList& arguments, const char* input) {
        QProcess process;
        process.start("minisign", arguments);
        process.write(input);
        process.closeWriteChannel();
        return process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit &&
               process.exitCode() == 0;
    }

    const Secret test_{"test"};
    MinisignKeyPair cheap_;
};

QTEST_GUILESS_MAIN(TestMinisign)
#include "tst_minisign.moc"
