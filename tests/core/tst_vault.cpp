#include <sodium.h>
#include <sys/stat.h>

#include <QTemporaryDir>
#include <QTest>

#include "base/file.h"
#include "inventory/vault.h"

using namespace deploy;

namespace {

constexpr size_t kHashBytes = 32;
constexpr uint64_t kLimit = 1U << 20U;

std::string describe(const Result<Vault>& vault) {
    if (vault)
        return "open";
    const auto problem = vault.error().args.find("problem");
    return std::string(codeName(vault.error().code)) +
           (problem == vault.error().args.end() ? "" : " " + problem->second);
}

/// The file as somebody would leave it who alters it and knows the format.
std::string resealed(std::string bytes) {
    bytes.resize(bytes.size() - kHashBytes);
    std::string sum(kHashBytes, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(sum.data()), sum.size(),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                       0);
    return bytes + sum;
}

}  // namespace

class TestVault : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::filesystem::path file_;
    std::string bytes_;
    const Secret passphrase_{"a long passphrase 密"};

    std::string openAltered(const std::string& bytes) {
        const std::filesystem::path altered = folder_.path().toStdString() + "/altered";
        if (!writeFileAtomically(altered, bytes))
            return "not written";
        return describe(Vault::open(altered, "project-1", passphrase_));
    }

private slots:
    void initTestCase() {
        file_ = folder_.path().toStdString() + "/vault";
        auto vault = Vault::open(file_, "project-1", passphrase_);
        QVERIFY(vault.has_value());
        QVERIFY(!std::filesystem::exists(file_));
        vault->set("db.root", Secret("canary-password"));
        vault->set("token", Secret(std::string("a\0b", 3)));
        vault->set("gone", Secret("x"));
        vault->erase("gone");
        QVERIFY(vault->save().has_value());
        bytes_ = readFile(file_, kLimit).value();
        QVERIFY(vault->save().has_value());
        // A nonce is never used twice.
        QVERIFY(readFile(file_, kLimit).value() != bytes_);
        bytes_ = readFile(file_, kLimit).value();
    }

    void opensAgain() {
        auto vault = Vault::open(file_, "project-1", passphrase_);
        QVERIFY(vault.has_value());
        QVERIFY((vault->names() == std::vector<std::string>{"db.root", "token"}));
        QCOMPARE(std::string(vault->get("db.root").reveal()), std::string("canary-password"));
        QCOMPARE(std::string(vault->get("token").reveal()), std::string("a\0b", 3));
        QVERIFY(vault->get("gone").empty());
    }

    void fileIsPrivateAndTellsNothing() {
        struct stat status {};
        QCOMPARE(::stat(file_.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        for (const char* word : {"canary", "db.root", "token", "project-1", "passphrase"})
            QVERIFY2(bytes_.find(word) == std::string::npos, word);
    }

    void everyFlippedByteIsFound() {
        for (size_t i = 0; i < bytes_.size(); ++i) {
            std::string altered = bytes_;
            altered[i] = static_cast<char>(altered[i] ^ (1 << (i % 8)));
            QCOMPARE(openAltered(altered), std::string("vault.corrupt damaged"));
        }
    }

    void everyCutIsFound() {
        for (size_t size = 0; size < bytes_.size(); ++size)
            QCOMPARE(openAltered(bytes_.substr(0, size)), std::string("vault.corrupt damaged"));
        QCOMPARE(openAltered(bytes_ + "x"), std::string("vault.corrupt damaged"));
    }

    void alteredOnPurposeIsFound() {
        std::string altered = bytes_;
        altered[100] = static_cast<char>(altered[100] ^ 1);
        QCOMPARE(openAltered(resealed(altered)), std::string("vault.corrupt other_project"));
        altered = bytes_;
        altered[8] = 9;
        QCOMPARE(openAltered(resealed(altered)), std::string("format.too_new"));
        QCOMPARE(openAltered(resealed(bytes_.substr(0, 90) + std::string(kHashBytes, 'x'))),
                 std::string("vault.corrupt damaged"));
    }

    void wrongPassphraseAndWrongProject() {
        QCOMPARE(describe(Vault::open(file_, "project-1", Secret("other"))),
                 std::string("vault.passphrase_wrong"));
        QCOMPARE(describe(Vault::open(file_, "project-2", passphrase_)),
                 std::string("vault.corrupt other_project"));
        QCOMPARE(describe(Vault::open(file_, "project-1", Secret())),
                 std::string("credential.missing"));
        QCOMPARE(describe(Vault::open(folder_.path().toStdString(), "p", passphrase_)),
                 std::string("file.unreadable"));
        QCOMPARE(readFile(file_, kLimit).value(), bytes_);
    }
};

QTEST_GUILESS_MAIN(TestVault)
#include "tst_vault.moc"
