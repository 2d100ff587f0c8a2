#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <random>

#include "base/digest.h"
#include "base/file.h"
#include "remote/ssh_connector.h"
#include "remote/upload_scripts.h"
#include "support/sshd.h"

using namespace deploy;

/// Uploads to a real sshd of this machine's own.
class TestSshPut : public QObject {
    Q_OBJECT

    std::unique_ptr<TestSshd> sshd_;
    std::unique_ptr<Connector> connector_;
    std::unique_ptr<RemoteHost> host_;
    std::string folder_;

    std::string content(const std::string& path) { return *readFile(path, 1U << 30U); }

    Upload makeUpload(size_t size, const std::string& name = "file") {
        std::mt19937_64 random(size);
        std::string bytes(size, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random());
        Upload upload;
        upload.source = folder_ + "/source-" + name;
        Q_UNUSED(writeFileAtomically(upload.source, bytes));
        upload.destination = folder_ + "/there/" + name;
        upload.sha256 = sha256Hex(bytes);
        upload.size = size;
        upload.privilege = Privilege::User;
        return upload;
    }

    std::string partOf(const Upload& upload) {
        return upload.destination + ".part-" + upload.sha256.substr(0, 16);
    }

    QStringList filesThere() {
        return QDir(QString::fromStdString(folder_ + "/there"))
            .entryList(QDir::Files | QDir::Hidden | QDir::System);
    }

private slots:
    void initTestCase() {
        if (const QString missing = TestSshd::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
    }

    void init() {
        sshd_ = std::make_unique<TestSshd>();
        folder_ = sshd_->folder().toStdString();
        QDir().mkpath(QString::fromStdString(folder_ + "/there"));
        connector_ = makeSshConnector({{sshd_->host()}}, {}, sshd_->known());
        host_ = std::move(*connector_->connect(sshd_->host(), {}));
    }

    void cleanup() {
        host_.reset();
        connector_.reset();
        sshd_.reset();
    }

    void sizes_data() {
        QTest::addColumn<int>("size");
        for (const int size :
             {0, 1, 65535, 65536, 65537, 1'000'000, 5'000'000, 16 << 20, 33'600'000})
            QTest::newRow(qPrintable(QString::number(size))) << size;
    }

    void sizes() {
        QFETCH(int, size);
        Upload upload = makeUpload(size);
        upload.mode = 0640;
        uint64_t done = 0;
        const auto progress = [&](uint64_t bytes, uint64_t total) {
            QVERIFY(bytes >= done && bytes <= total);
            done = bytes;
        };
        const auto result = host_->put(upload, progress, {});
        if (!result)
            qWarning() << codeName(result.error().code).data() << result.error().detail.c_str();
        QVERIFY(result.has_value());
        QCOMPARE(result->sentBytes, uint64_t(size));
        QVERIFY(!result->alreadyThere);
        QCOMPARE(done, uint64_t(size));
        QVERIFY(content(upload.destination) == content(upload.source));
        QCOMPARE(filesThere(), QStringList{"file"});
        struct stat status {};
        QCOMPARE(::stat(upload.destination.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0640U);
    }

    void nothingIsSentTwice() {
        Upload upload = makeUpload(300'000);
        QVERIFY(host_->put(upload, {}, {}).has_value());
        upload.mode = 0755;
        const auto again = host_->put(upload, {}, {});
        QVERIFY(again.has_value());
        QVERIFY(again->alreadyThere);
        QCOMPARE(again->sentBytes, uint64_t(0));
        struct stat status {};
        QCOMPARE(::stat(upload.destination.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0755U);
    }

    void otherContentIsReplaced() {
        const Upload upload = makeUpload(300'000);
        Q_UNUSED(writeFileAtomically(upload.destination, std::string(300'000, 'x')));
        const auto result = host_->put(upload, {}, {});
        QCOMPARE(result->sentBytes, uint64_t(300'000));
        QVERIFY(content(upload.destination) == content(upload.source));
    }

    void goesOnWhereItWasCut() {
        const Upload upload = makeUpload(5'000'000);
        const std::string bytes = content(upload.source);
        Q_UNUSED(writeFileAtomically(partOf(upload), bytes.substr(0, 3'000'000)));
        const auto result = host_->put(upload, {}, {});
        QVERIFY(result.has_value());
        QVERIFY(result->sentBytes < 2'000'000 + kResumeBytes);
        QVERIFY(content(upload.destination) == bytes);
        QCOMPARE(filesThere(), QStringList{"file"});
    }

    void partThatIsNotOursIsNotBuiltUpon() {
        const Upload upload = makeUpload(1'000'000);
        std::string bytes = content(upload.source).substr(0, 500'000);
        bytes[1000] ^= 1;
        Q_UNUSED(writeFileAtomically(partOf(upload), bytes));
        const auto result = host_->put(upload, {}, {});
        QVERIFY(result.has_value());
        QCOMPARE(result->sentBytes, uint64_t(1'000'000));
        QVERIFY(content(upload.destination) == content(upload.source));
    }

    void partThatIsTooLongOrALink() {
        const Upload upload = makeUpload(200'000);
        Q_UNUSED(writeFileAtomically(partOf(upload), std::string(900'000, 'x')));
        QVERIFY(host_->put(upload, {}, {}).has_value());
        QVERIFY(content(upload.destination) == content(upload.source));

        const Upload other = makeUpload(200'001, "other");
        const std::string victim = folder_ + "/victim";
        Q_UNUSED(writeFileAtomically(victim, "mine"));
        std::filesystem::create_symlink(victim, partOf(other));
        QVERIFY(host_->put(other, {}, {}).has_value());
        QCOMPARE(content(victim), std::string("mine"));
        QVERIFY(content(other.destination) == content(other.source));
    }

    void wrongDigestLeavesNothing() {
        Upload upload = makeUpload(500'000);
        const std::string before = "before";
        Q_UNUSED(writeFileAtomically(upload.destination, before));
        upload.sha256 = std::string(64, 'a');
        const auto result = host_->put(upload, {}, {});
        QCOMPARE(result.error().code, ErrorCode::UploadDigestMismatch);
        QCOMPARE(result.error().args.at("file"), upload.source.string());
        QCOMPARE(content(upload.destination), before);
        QCOMPARE(filesThere(), QStringList{"file"});
    }

    void wrongSizeIsFoundBeforeSending() {
        Upload upload = makeUpload(1000);
        upload.size = 1001;
        QCOMPARE(host_->put(upload, {}, {}).error().code, ErrorCode::UploadDigestMismatch);
        QCOMPARE(filesThere(), QStringList());
    }

    void missingSourceFolderAndFolderAsDestination() {
        Upload upload = makeUpload(1000);
        upload.source += "x";
        QCOMPARE(host_->put(upload, {}, {}).error().code, ErrorCode::FileNotFound);
        upload = makeUpload(1000);
        upload.destination = folder_ + "/nowhere/file";
        QCOMPARE(host_->put(upload, {}, {}).error().code, ErrorCode::RemoteCommandFailed);
        upload.destination = folder_ + "/there";
        QCOMPARE(host_->put(upload, {}, {}).error().code, ErrorCode::RemoteCommandFailed);
    }

    void stopInTheMiddleAndGoOn() {
        const Upload upload = makeUpload(40'000'000);
        std::stop_source source;
        const auto progress = [&](uint64_t bytes, uint64_t) {
            if (bytes > 20'000'000)
                source.request_stop();
        };
        QCOMPARE(host_->put(upload, progress, source.get_token()).error().code,
                 ErrorCode::Cancelled);
        QVERIFY(!QFile::exists(QString::fromStdString(upload.destination)));
        const auto result = host_->put(upload, {}, {});
        QVERIFY(result.has_value());
        QVERIFY2(result->sentBytes < 24'000'000, qPrintable(QString::number(result->sentBytes)));
        QVERIFY(content(upload.destination) == content(upload.source));
    }

    void serverWithoutWholeBlocks() {
        // An old dd: the digest is made afterwards, and the upload goes on all the same.
        QDir().mkpath(QString::fromStdString(folder_ + "/bin"));
        Q_UNUSED(writeFileAtomically(folder_ + "/bin/dd",
                                     "#!/bin/sh\ncase \"$*\" in *fullblock*) exit 1;; esac\n"
                                     "exec /bin/dd \"$@\"\n",
                                     0755));
        sshd_->addConfig(QString("ForceCommand PATH=%1/bin:$PATH; exec /bin/sh -c "
                                 "\"$SSH_ORIGINAL_COMMAND\"")
                             .arg(QString::fromStdString(folder_)));
        host_ = std::move(*connector_->connect(sshd_->host(), {}));
        const Upload upload = makeUpload(5'000'000);
        Q_UNUSED(writeFileAtomically(partOf(upload), content(upload.source).substr(0, 3'000'000)));
        const auto result = host_->put(upload, {}, {});
        QVERIFY2(result.has_value(), result ? "" : result.error().detail.c_str());
        QVERIFY(result->sentBytes < 2'000'000 + kResumeBytes);
        QVERIFY(content(upload.destination) == content(upload.source));
        Upload wrong = makeUpload(100'000, "wrong");
        wrong.sha256 = std::string(64, 'b');
        QCOMPARE(host_->put(wrong, {}, {}).error().code, ErrorCode::UploadDigestMismatch);
        QCOMPARE(filesThere(), QStringList{"file"});
    }

    void diskThatIsFull() {
        if (currentUser() != "root")
            QSKIP("needs root, to mount a small file system");
        const QString small = QString::fromStdString(folder_ + "/small");
        QDir().mkpath(small);
        QCOMPARE(QProcess::execute("mount", {"-t", "tmpfs", "-o", "size=8m", "none", small}), 0);
        Upload upload = makeUpload(20'000'000);
        upload.destination = small.toStdString() + "/file";
        const auto before = host_->put(upload, {}, {});
        // Another program takes the room after it was looked for.
        Upload late = makeUpload(6'000'000, "late");
        late.destination = small.toStdString() + "/late";
        const auto fill = [&](uint64_t, uint64_t) {
            QProcess::execute("sh", {"-c", "head -c 6000000 /dev/zero >'" + small + "/filler'"});
        };
        const auto middle = host_->put(late, fill, {});
        const QStringList there = QDir(small).entryList(QDir::Files | QDir::Hidden);
        QFile::remove(small + "/filler");
        const auto after = host_->put(late, {}, {});
        QProcess::execute("umount", {small});
        QCOMPARE(before.error().code, ErrorCode::RemoteDiskFull);
        QCOMPARE(before.error().where, std::string("s1"));
        QVERIFY(std::stoull(before.error().args.at("free_bytes")) <= 8U << 20U);
        QCOMPARE(middle.error().code, ErrorCode::RemoteDiskFull);
        QCOMPARE(there, QStringList{"filler"});
        QVERIFY(after.has_value());
    }

    void stateIsReadStrictly() {
        const auto state = parseUploadState("part 65536 abc\nfree 10\nblocks\n");
        QCOMPARE(*state, (UploadState{false, 65536, "abc", 10240, true}));
        QVERIFY(parseUploadState("same\n")->same);
        for (const char* text : {"", "part\nfree 1\n", "free\n", "free x\n", "hello\nfree 1\n"})
            QCOMPARE(parseUploadState(text).error().code, ErrorCode::RemoteCommandFailed);
    }

    void scriptsPassShellcheck() {
        if (QStandardPaths::findExecutable("shellcheck").isEmpty())
            QSKIP("needs shellcheck");
        for (const char* script :
             {kUploadPrepareScript, kUploadReceiveScript, kUploadStreamScript}) {
            QProcess process;
            process.start("shellcheck", {"-s", "sh", "-"});
            process.write(script);
            process.closeWriteChannel();
            QVERIFY(process.waitForFinished());
            QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput());
        }
    }
};

QTEST_GUILESS_MAIN(TestSshPut)
#include "tst_ssh_put.moc"
