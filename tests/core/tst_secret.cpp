#include <sys/wait.h>
#include <unistd.h>

#include <QTest>
#include <csignal>
#include <set>
#include <type_traits>

#include "base/secret.h"
#include "support/sanitizer.h"

using namespace deploy;

template <class T>
concept Comparable = requires(T a, T b) {
    a == b;
};

static_assert(!Comparable<Secret>, "comparing secrets by accident leaks their length and timing");
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<std::string, Secret>);

class TestSecret : public QObject {
    Q_OBJECT
private slots:
    void keepsItsBytes() {
        const std::string value("p\0w\n密", 7);
        const Secret secret(value);
        QCOMPARE(std::string(secret.reveal()), value.substr(0, 7));
        Secret copy = secret;
        QCOMPARE(copy.reveal().data(), secret.reveal().data());
        copy = Secret();
        QVERIFY(copy.empty());
        QVERIFY(!secret.empty());
        QVERIFY(Secret("").empty());
        QVERIFY(Secret().reveal().empty());
    }

    void memoryCannotBeWritten() {
        if (kSanitized)
            QSKIP("the sanitizer turns the fault into its own report");
        const pid_t child = fork();
        if (child == 0) {
            std::signal(SIGSEGV, SIG_DFL);
            const Secret secret("abc");
            *const_cast<volatile char*>(secret.reveal().data()) = 'x';
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
    }

    void passwordsDifferAndUseTheWholeAlphabet() {
        std::set<std::string> seen;
        std::set<char> letters;
        for (int i = 0; i < 200; ++i) {
            const std::string password(generatePassword().reveal());
            QCOMPARE(password.size(), size_t(24));
            seen.insert(password);
            letters.insert(password.begin(), password.end());
        }
        QCOMPARE(seen.size(), size_t(200));
        QCOMPARE(letters.size(), size_t(62));
        QCOMPARE(generatePassword(40).reveal().size(), size_t(40));
    }
};

QTEST_GUILESS_MAIN(TestSecret)
#include "tst_secret.moc"
