#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <utility>

#include "base/digest.h"
#include "bundle/bundle.h"
#include "bundle/minisign.h"
#include "support/sample_bundle.h"

using namespace deploy;
namespace fs = std::filesystem;

/// A folder that is not exactly what it says is refused, and the error names the file.
class TestBundleFolder : public QObject {
    Q_OBJECT
private slots:
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        folder_ = fs::path(dir_->path().toStdString()) / "sample";
        SampleBundle().writeTo(folder_);
    }

    void goodFolder() {
        uint64_t done = 0;
        uint64_t total = 0;
        const auto bundle = verify({}, [&](uint64_t d, uint64_t t) {
            QVERIFY(d >= done);
            done = d;
            total = t;
        });
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->manifest.product, std::string("sample"));
        QCOMPARE(bundle->digest, sha256Hex(SampleBundle().sums()));
        QCOMPARE(bundle->folder, folder_);
        QCOMPARE(bundle->signedBy, std::string());
        QCOMPARE(done, bundle->manifest.totalBytes());
        QCOMPARE(total, done);
    }

    void flippedBitInEachFile() {
        for (const auto& [path, content] : SampleBundle().all())
            for (const size_t at : {size_t{0}, content.size() / 2, content.size() - 1}) {
                std::string bad = content;
                bad[at] = static_cast<char>(bad[at] ^ 1);
                writeTestFile(folder_ / path, bad);
                const auto result = verify();
                QVERIFY2(!result, path.c_str());
                if (path != "SHA256SUMS")
                    QCOMPARE(result.error().where, (folder_ / path).string());
                writeTestFile(folder_ / path, content);
            }
        QVERIFY(verify().has_value());
    }

    void cutShort() {
        for (const auto& [path, content] : SampleBundle().all()) {
            writeTestFile(folder_ / path, content.substr(0, content.size() - 1));
            const auto result = verify();
            QVERIFY2(!result, path.c_str());
            writeTestFile(folder_ / path, content);
        }
        writeTestFile(folder_ / "images/business.tar", "short");
        expect(ErrorCode::BundleSizeMismatch, "images/business.tar");
    }

    void missingAndUnlisted() {
        fs::remove(folder_ / "images/business.tar");
        expect(ErrorCode::BundleFileMissing, "images/business.tar");
        SampleBundle().writeTo(folder_);
        writeTestFile(folder_ / "images/extra.tar", "x");
        expect(ErrorCode::BundleUnexpectedFile, "images/extra.tar");
        fs::remove(folder_ / "images/extra.tar");
        fs::remove(folder_ / "SHA256SUMS");
        expect(ErrorCode::BundleFileMissing, "SHA256SUMS");
        fs::remove(folder_ / "bundle.yaml");
        expect(ErrorCode::BundleFileMissing, "bundle.yaml");
    }

    void sumsAndManifestMustAgree() {
        writeTestFile(folder_ / "SHA256SUMS",
                      SampleBundle().sums() + std::string(64, '0') + "  images/other.tar\n");
        expect(ErrorCode::BundleInvalid, "bundle.yaml");
        std::string fewer = SampleBundle().sums();
        fewer.erase(0, fewer.find('\n') + 1);
        writeTestFile(folder_ / "SHA256SUMS", fewer);
        expect(ErrorCode::BundleInvalid, "SHA256SUMS");
        writeTestFile(folder_ / "SHA256SUMS", "nonsense\n");
        expect(ErrorCode::BundleInvalid, "SHA256SUMS:1");
        writeTestFile(folder_ / "SHA256SUMS", std::string(64, '0') + "  ../x\n");
        expect(ErrorCode::BundleUnsafePath, "SHA256SUMS:1");
    }

    void linksAndOtherKindsAreRefused() {
        const fs::path image = folder_ / "images/business.tar";
        fs::rename(image, folder_.parent_path() / "elsewhere.tar");
        fs::create_symlink("../../elsewhere.tar", image);
        expect(ErrorCode::BundleUnsafeKind, "images/business.tar");
        fs::remove(image);
        QCOMPARE(::mkfifo(image.c_str(), 0600), 0);
        expect(ErrorCode::BundleUnsafeKind, "images/business.tar");
        fs::remove(image);
        fs::rename(folder_.parent_path() / "elsewhere.tar", image);
        fs::rename(folder_ / "images", folder_.parent_path() / "real-images");
        fs::create_directory_symlink("../real-images", folder_ / "images");
        expect(ErrorCode::BundleUnsafeKind, "images");
    }

    void unsafeNames() {
        for (const char* name : {"-rf", "a b", "a\nb", "数据", "a\\b", "a:b", "\x1b[31m"}) {
            writeTestFile(folder_ / name, "x");
            expect(ErrorCode::BundleUnsafePath, name);
            fs::remove(folder_ / name);
        }
        writeTestFile(folder_ / "Images", "x");
        const auto clash = verify();
        QVERIFY(!clash);
        QCOMPARE(clash.error().code, ErrorCode::BundleNameClash);
    }

    void tooManyFiles() {
        VerifyOptions options;
        options.limits.entries = 5;
        const auto result = verify(options);
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::BundleTooLarge);
    }

    void otherArchitectureAndNewerProgram() {
        SampleBundle other;
        other.arch = "aarch64";
        other.writeTo(folder_);
        expect(ErrorCode::BundleArchitecture, "bundle.yaml");
        SampleBundle newer;
        newer.minimumWizard = "0.10.0";
        newer.writeTo(folder_);
        expect(ErrorCode::BundleNeedsNewer, "bundle.yaml");
        SampleBundle older;
        older.minimumWizard = "0.0.99";
        older.writeTo(folder_);
        QVERIFY(verify().has_value());
    }

    void signatureIsAskedForByAKey() {
        VerifyOptions options;
        options.publicKey = readTestFile(TEST_DATA "/bundles/minisign.pub");
        expect(ErrorCode::SignatureMissing, "SHA256SUMS.sig", options);
        const auto signature =
            minisign(SampleBundle().sums(), readTestFile(TEST_DATA "/bundles/minisign.key"),
                     Secret("test"), "sample 1.2.3");
        QVERIFY(signature.has_value());
        writeTestFile(folder_ / "SHA256SUMS.sig", *signature);
        const auto bundle = verify(options);
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->signedBy.size(), size_t(16));
        QVERIFY(verify().has_value());

        // Everything agrees with itself, but the signer did not see it.
        SampleBundle swapped;
        swapped.files["images/business.tar"] = "swapped";
        swapped.writeTo(folder_);
        expect(ErrorCode::SignatureInvalid, "SHA256SUMS.sig", options);
    }

    void swappedWhileItIsVerified() {
        // The first report comes when all is listed and nothing is hashed.
        const auto swapping = [&](const std::function<void()>& swap) {
            bool swapped = false;
            return verify({}, [&, swap](uint64_t, uint64_t) {
                if (!std::exchange(swapped, true))
                    swap();
            });
        };
        const fs::path file = folder_ / "docker/docker-compose";
        auto result = swapping([&] { writeTestFile(file, "COMPOSE PLUGIN"); });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::BundleDigestMismatch);
        QCOMPARE(result.error().where, file.string());
        SampleBundle().writeTo(folder_);

        const fs::path outside = folder_.parent_path() / "outside";
        writeTestFile(outside, "compose plugin");
        result = swapping([&] {
            fs::remove(file);
            fs::create_symlink(outside, file);
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::BundleUnsafeKind);
        fs::remove(file);
        SampleBundle().writeTo(folder_);

        result = swapping([&] {
            fs::rename(folder_ / "docker", folder_.parent_path() / "docker");
            fs::create_directory_symlink("../docker", folder_ / "docker");
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::BundleUnsafeKind);
    }

    void stopsWhenAsked() {
        std::stop_source stop;
        stop.request_stop();
        const auto result = verifyBundle(folder_, {}, {}, stop.get_token());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
    }

    void notThere() {
        const auto result = verifyBundle(folder_ / "nothing", {}, {}, {});
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::FileNotFound);
        QCOMPARE(result.error().where, (folder_ / "nothing").string());
    }

private:
    Result<Bundle> verify(const VerifyOptions& options = {}, const VerifyProgress& progress = {}) {
        return verifyBundle(folder_, options, progress, {});
    }
    void expect(ErrorCode code, const std::string& where, const VerifyOptions& options = {}) {
        const auto result = verify(options);
        QVERIFY(!result);
        QCOMPARE(codeName(result.error().code), codeName(code));
        QCOMPARE(result.error().where, (folder_ / where).string());
    }

    std::unique_ptr<QTemporaryDir> dir_;
    fs::path folder_;
};

QTEST_GUILESS_MAIN(TestBundleFolder)
#include "tst_bundle_folder.moc"
