#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "bundle/bundle.h"
#include "support/sample_bundle.h"

using namespace deploy;
namespace fs = std::filesystem;

namespace {

struct TarEntry {
    std::string name;
    char type = '0';  ///< ustar: '0' file, '1' hard link, '2' symbolic link, '3' device, '5' folder
    std::string content;
    std::string link;
    std::string size;  ///< octal; the content's if empty
};

std::string octal(uint64_t value, size_t digits) {
    std::string text;
    for (size_t i = 0; i < digits; ++i, value /= 8)
        text.insert(text.begin(), static_cast<char>('0' + value % 8));
    return text;
}

/// A ustar archive made by hand, so that it can hold what no good tool writes.
std::string tarOf(const std::vector<TarEntry>& entries) {
    std::string tar;
    for (const TarEntry& entry : entries) {
        std::string header(512, '\0');
        const auto put = [&](size_t at, const std::string& text) {
            std::copy(text.begin(), text.end(), header.begin() + static_cast<ptrdiff_t>(at));
        };
        put(0, entry.name.substr(0, 100));
        put(100, "0000777");
        put(108, "0000000");
        put(116, "0000000");
        put(124, entry.size.empty() ? octal(entry.content.size(), 11) : entry.size);
        put(136, octal(0, 11));
        put(148, "        ");
        header[156] = entry.type;
        put(157, entry.link);
        put(257, std::string("ustar\00000", 8));
        unsigned sum = 0;
        for (const char c : header)
            sum += static_cast<unsigned char>(c);
        put(148, octal(sum, 6) + '\0' + ' ');
        tar += header + entry.content;
        tar.resize((tar.size() + 511) / 512 * 512, '\0');
    }
    return tar + std::string(1024, '\0');
}

std::vector<TarEntry> goodEntries(const std::string& top) {
    std::vector<TarEntry> entries;
    for (const auto& [path, content] : SampleBundle().all())
        entries.push_back({top + path, '0', content, {}, {}});
    return entries;
}

}  // namespace

/// An archive is refused before anything is written, or gives exactly the bundle.
class TestBundleArchive : public QObject {
    Q_OBJECT
private slots:
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        base_ = dir_->path().toStdString();
        options_ = {};
        options_.cache = base_ / "cache";
    }

    void goodArchives_data() {
        QTest::addColumn<QString>("top");
        QTest::newRow("in one folder") << "sample-1.2.3/";
        QTest::newRow("at the top") << "";
        QTest::newRow("as tar -C folder . makes it") << "./";
    }
    void goodArchives() {
        QFETCH(QString, top);
        const auto bundle = verify(tarOf(goodEntries(top.toStdString())));
        QVERIFY2(bundle.has_value(), bundle ? "" : bundle.error().where.c_str());
        QCOMPARE(bundle->digest, sha256Hex(SampleBundle().sums()));
        for (const auto& [path, content] : SampleBundle().all())
            QVERIFY(readTestFile(bundle->folder / path) == content);
    }

    void hostileEntries_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<char>("type");
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* title, const char* name, char type, const char* link,
                            const char* code) {
            QTest::newRow(title) << name << type << link << code;
        };
        row("dot dot", "sample/../../escaped", '0', "", "bundle.unsafe_path");
        row("only dot dot", "..", '5', "", "bundle.unsafe_path");
        row("absolute", "/tmp/escaped", '0', "", "bundle.unsafe_path");
        row("absolute folder", "/tmp/escaped/", '5', "", "bundle.unsafe_path");
        row("empty part", "sample//x", '0', "", "bundle.unsafe_path");
        row("option", "-x", '0', "", "bundle.unsafe_path");
        row("option below", "sample/--checkpoint-action=exec", '0', "", "bundle.unsafe_path");
        row("backslash", "sample\\..\\x", '0', "", "bundle.unsafe_path");
        row("newline", "sample/a\nb", '0', "", "bundle.unsafe_path");
        row("escape", "sample/\x1b[2J", '0', "", "bundle.unsafe_path");
        row("link to a file", "sample/a", '2', "/etc/passwd", "bundle.unsafe_kind");
        row("link inside", "sample/a", '2', "bundle.yaml", "bundle.unsafe_kind");
        row("hard link", "sample/a", '1', "/etc/passwd", "bundle.unsafe_kind");
        row("character device", "sample/a", '3', "", "bundle.unsafe_kind");
        row("block device", "sample/a", '4', "", "bundle.unsafe_kind");
        row("fifo", "sample/a", '6', "", "bundle.unsafe_kind");
        row("differs in case", "sample/Bundle.yaml", '0', "", "bundle.name_clash");
        row("folder differs in case", "sample/IMAGES/x", '0', "", "bundle.name_clash");
        row("twice", "sample/bundle.yaml", '0', "", "bundle.name_clash");
        row("file over a folder", "sample/images", '0', "", "bundle.name_clash");
        row("folder over a file", "sample/bundle.yaml/x", '0', "", "bundle.name_clash");
        row("unlisted", "sample/extra", '0', "", "bundle.unexpected_file");
    }
    void hostileEntries() {
        QFETCH(QString, name);
        QFETCH(char, type);
        QFETCH(QString, link);
        QFETCH(QString, code);
        auto entries = goodEntries("sample/");
        entries.push_back({name.toStdString(), type, {}, link.toStdString(), {}});
        refused(tarOf(entries), code);
        std::rotate(entries.begin(), entries.end() - 1, entries.end());
        refused(tarOf(entries), code);
    }

    void bombs() {
        auto entries = goodEntries("sample/");
        entries.push_back({"sample/huge", '0', {}, {}, "77777777777"});
        refused(tarOf(entries), "bundle.too_large");

        options_.limits.allowance = 100000;
        options_.limits.ratio = 5;
        SampleBundle zeros;
        zeros.files["images/zeros.tar"] = std::string(8 << 20, '\0');
        std::vector<TarEntry> packed;
        for (const auto& [path, content] : zeros.all())
            packed.push_back({path, '0', content, {}, {}});
        refused(zstd(tarOf(packed)), "bundle.too_large");

        options_.limits = {};
        options_.limits.entries = 100;
        std::vector<TarEntry> folders;
        for (int i = 0; i < 200; ++i)
            folders.push_back({"sample/d" + std::to_string(i) + "/", '5', {}, {}, {}});
        refused(tarOf(folders), "bundle.too_large");
    }

    void noArchive() {
        refused("", "bundle.invalid");
        refused("this is no archive at all", "bundle.invalid");
        refused(std::string(1 << 20, '\0'), "bundle.file_missing");
        refused(zstd("zstd, but no tar in it"), "bundle.invalid");
        refused(tarOf({{"sample/x", '0', "x", {}, {}}}), "bundle.file_missing");
    }

    void cutShortAnywhere() {
        const std::string tar = tarOf(goodEntries("sample/"));
        const std::string packed = zstd(tar);
        for (size_t i = 1; i < 12; ++i) {
            QVERIFY(!verify(tar.substr(0, (tar.size() - 1024) * i / 12)));
            QVERIFY(!verify(packed.substr(0, packed.size() * i / 12)));
        }
        QVERIFY(!fs::exists(options_.cache) || fs::is_empty(options_.cache));
    }

    void flippedBits() {
        const std::string tar = tarOf(goodEntries("sample/"));
        for (size_t i = 0; i < 40; ++i) {
            std::string bad = tar;
            const size_t at = (tar.size() - 1024) * i / 40;
            bad[at] = static_cast<char>(bad[at] ^ 1);
            const auto result = verify(bad);
            // A header's padding says nothing; everything else must be noticed.
            if (result)
                QCOMPARE(result->digest, sha256Hex(SampleBundle().sums()));
            std::error_code none;
            for (const auto& entry : fs::directory_iterator(options_.cache, none))
                QVERIFY(result && entry.path() == result->folder);
            fs::remove_all(options_.cache);
        }
    }

    void isUnpackedOnceAndMendedWhenSpoilt() {
        const std::string tar = tarOf(goodEntries("sample/"));
        const auto first = verify(tar);
        QVERIFY(first.has_value());
        const auto marker = fs::last_write_time(first->folder / "images/business.tar");
        const auto second = verify(tar);
        QVERIFY(second.has_value());
        QCOMPARE(second->folder, first->folder);
        QVERIFY(fs::last_write_time(first->folder / "images/business.tar") == marker);

        writeTestFile(first->folder / "images/business.tar", "spoilt");
        const auto third = verify(tar);
        QVERIFY(third.has_value());
        QCOMPARE(readTestFile(third->folder / "images/business.tar").size(), size_t(300000));
        QCOMPARE(std::distance(fs::directory_iterator(options_.cache), {}), 1);
    }

    void wrongHashInsideIsNamedInTheArchive() {
        auto entries = goodEntries("sample/");
        for (TarEntry& entry : entries)
            if (entry.name == "sample/images/business.tar")
                entry.content[7] = 'x';
        const auto result = verify(tarOf(entries));
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::BundleDigestMismatch);
        QCOMPARE(result.error().where, (base_ / "b.tar").string() + ": images/business.tar");
        QVERIFY(fs::is_empty(options_.cache));
    }

    void packIsReproducible() {
        for (const std::string ending : {".tar", ".tar.zst"}) {
            std::vector<std::string> made;
            for (const char* name : {"first", "second"}) {
                const fs::path folder = base_ / name / ("sample" + ending);
                SampleBundle().writeTo(folder);
                fs::remove(folder / "SHA256SUMS");
                const fs::path archive = base_ / name / ("out" + ending);
                const auto packed = packBundle(folder, archive, {}, {});
                QVERIFY2(packed.has_value(), packed ? "" : packed.error().detail.c_str());
                QCOMPARE(readTestFile(folder / "SHA256SUMS"), SampleBundle().sums());
                made.push_back(readTestFile(archive));
                const auto bundle = verifyBundle(archive, options_, {}, {});
                QVERIFY(bundle.has_value());
                QVERIFY(packBundle(folder, std::nullopt, {}, {}).has_value());
            }
            QVERIFY(made[0] == made[1]);
        }
    }

    void packRefusesWhatDiffers() {
        const fs::path folder = base_ / "sample";
        SampleBundle().writeTo(folder);
        writeTestFile(folder / "images/business.tar", std::string(300000, 'c'));
        QCOMPARE(packBundle(folder, std::nullopt, {}, {}).error().code,
                 ErrorCode::BundleDigestMismatch);
        SampleBundle().writeTo(folder);
        QCOMPARE(packBundle(folder, base_ / "x.zip", {}, {}).error().code, ErrorCode::UsageInvalid);
        writeTestFile(folder / "SHA256SUMS.sig", "of other sums");
        writeTestFile(folder / "SHA256SUMS", "old\n");
        QCOMPARE(packBundle(folder, std::nullopt, {}, {}).error().code,
                 ErrorCode::SignatureInvalid);
    }

    void swappedBetweenScanAndUnpacking() {
        const std::string tar = tarOf(goodEntries("sample/"));
        const fs::path file = base_ / "b.tar";
        const auto swapping = [&](const std::function<void()>& swap) {
            writeTestFile(file, tar);
            bool swapped = false;
            return verifyBundle(file, options_,
                                [&](uint64_t done, uint64_t) {
                                    if (done >= tar.size() && !std::exchange(swapped, true))
                                        swap();
                                },
                                {});
        };
        // Another file under the name: what was scanned is what is unpacked.
        const auto replaced = swapping([&] {
            fs::remove(file);
            writeTestFile(file, "something else");
        });
        QVERIFY(replaced.has_value());
        fs::remove_all(options_.cache);

        auto others = goodEntries("sample/");
        others.push_back({"sample/../../escaped", '0', "x", {}, {}});
        for (const std::string& bytes : {tarOf(others), std::string(tar.size(), 'x')}) {
            const auto overwritten = swapping([&] { writeTestFile(file, bytes); });
            QVERIFY(!overwritten);
            QVERIFY(!fs::exists(base_ / "escaped") && !fs::exists(options_.cache / "escaped"));
            std::error_code none;
            QVERIFY(fs::directory_iterator(options_.cache, none) == fs::directory_iterator());
        }
    }

    void stopLeavesNothing() {
        std::stop_source stop;
        writeTestFile(base_ / "b.tar", tarOf(goodEntries("sample/")));
        const auto result = verifyBundle(
            base_ / "b.tar", options_,
            [&](uint64_t done, uint64_t) {
                if (done > 0)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Cancelled);
        QVERIFY(!fs::exists(options_.cache) || fs::is_empty(options_.cache));
    }

private:
    Result<Bundle> verify(const std::string& bytes) {
        writeTestFile(base_ / "b.tar", bytes);
        return verifyBundle(base_ / "b.tar", options_, {}, {});
    }
    void refused(const std::string& bytes, const QString& code) {
        const auto result = verify(bytes);
        QVERIFY(!result);
        QCOMPARE(QString::fromStdString(std::string(codeName(result.error().code))), code);
        QVERIFY(result.error().where.starts_with((base_ / "b.tar").string()));
        QVERIFY2(!fs::exists(options_.cache), "something was written");
    }
    static std::string zstd(const std::string& bytes) {
        QProcess process;
        process.start("zstd", {"-q", "-c"});
        process.write(bytes.data(), static_cast<qint64>(bytes.size()));
        process.closeWriteChannel();
        process.waitForFinished();
        return process.readAllStandardOutput().toStdString();
    }

    std::unique_ptr<QTemporaryDir> dir_;
    fs::path base_;
    VerifyOptions options_;
};

QTEST_GUILESS_MAIN(TestBundleArchive)
#include "tst_bundle_archive.moc"
