#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "base/file.h"
#include "inventory/ssh_config.h"
#include "inventory/ssh_config_file.h"

using namespace deploy;

class TestImportSshConfig : public QObject {
    Q_OBJECT

    static QStringList lines(const InventoryImport& import) {
        QStringList all;
        for (const Host& host : import.inventory.hosts)
            all << QString::fromStdString(host.name.str() + " " + host.user + "@" + host.address +
                                          ":" + std::to_string(host.port) +
                                          (host.jump.empty() ? "" : " by " + host.jump.str()));
        return all;
    }
    static QStringList notes(const InventoryImport& import) {
        QStringList all;
        for (const ImportNote& note : import.notes)
            all << QString::fromStdString(note.where + " " + note.code + " " +
                                          note.args.at("name"));
        return all;
    }

private slots:
    void agreesWithSsh_data() {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(TEST_DATA "/inventory/ssh"));
        for (const QString& file : folder.entryList(QDir::Files))
            QTest::newRow(qPrintable(file)) << folder.absoluteFilePath(file);
    }
    void agreesWithSsh() {
        QFETCH(QString, path);
        const QString ssh = QStandardPaths::findExecutable("ssh");
        if (ssh.isEmpty())
            QSKIP("needs ssh (package openssh-client)");
        const auto file = readSshConfigFile(*readFile(path.toStdString(), 1 << 20), "f");
        const auto import = importInventoryFile(path.toStdString());
        QVERIFY(file.has_value() && import.has_value());
        QCOMPARE(import->format, InventoryFormat::SshConfig);
        for (const SshConfigBlock& block : file->blocks)
            for (const SshConfigWord& word : block.patterns) {
                if (word.text.find_first_of("*?!") != std::string::npos)
                    continue;
                QProcess process;
                process.start(ssh, {"-G", "-F", path, QString::fromStdString(word.text)});
                QVERIFY(process.waitForFinished());
                std::map<QString, QString> wanted;
                for (const QByteArray& said : process.readAllStandardOutput().split('\n')) {
                    const QString text = QString::fromUtf8(said);
                    wanted.emplace(text.section(' ', 0, 0), text.section(' ', 1));
                }
                const auto values = file->valuesOf(word.text);
                const auto ours = [&](const char* keyword, const char* absent) {
                    const auto found = values.find(keyword);
                    return QString::fromStdString(found == values.end() ? absent
                                                                        : found->second.text);
                };
                QString address = ours("hostname", word.text.c_str());
                address.replace("%h", QString::fromStdString(word.text)).replace("%%", "%");
                QCOMPARE(address, wanted["hostname"]);
                QCOMPARE(ours("port", "22"), wanted["port"]);
                if (values.contains("user"))
                    QCOMPARE(ours("user", ""), wanted["user"]);
                if (values.contains("identityfile"))
                    QCOMPARE(ours("identityfile", ""), wanted["identityfile"]);
                const QString jump = ours("proxyjump", "none");
                QCOMPARE(jump == "none" ? QString() : jump, wanted["proxyjump"]);
            }
    }

    void makesServersOfNames() {
        const auto import = importInventoryFile(TEST_DATA "/inventory/ssh/first_match.ssh_config");
        QVERIFY(import.has_value());
        QCOMPARE(lines(*import),
                 QStringList({"web1 early@10.0.0.1:2201", "db1 early@db1.internal:2300 by gate",
                              "db2 early@db2.internal:2300 by gate", "db3 early@db3.internal:2300",
                              "gate early@fd00::1:22022", "far early@10.9.0.1:2999 by gate"}));
        QCOMPARE(import->inventory.hosts[1].keyFile, std::string("~/.ssh/db"));
        QVERIFY(import->inventory.hosts[1].auth == AuthMethod::Key);
        QVERIFY(import->inventory.hosts[1].sudo == SudoMode::Password);
        QVERIFY(notes(*import).join(' ').contains("other_name web2.example"));
        QVERIFY(importErrors(*import).empty());
    }

    void followsJumps() {
        const auto import = importInventoryFile(TEST_DATA "/inventory/ssh/jumps.ssh_config");
        QCOMPARE(lines(*import),
                 QStringList({"inner ops@10.8.0.3:22 by middle", "middle ops@10.8.0.2:22 by edge",
                              "edge ops@edge.example:2222", "direct ops@10.8.0.9:22 by edge"}));
        const auto chain = importInventory(
            "Host a\n ProxyJump eng@far.example:2200,near\nHost near\n HostName 10.0.0.2\n", "c");
        QCOMPARE(lines(*chain), QStringList({"a root@a:22 by near", "near root@10.0.0.2:22 by far",
                                             "far eng@far.example:2200"}));
        QCOMPARE(notes(*chain), QStringList({"c:2:12 jump_added far.example"}));
        const auto self = importInventory("Host *\n ProxyJump g\nHost g\nHost a\n", "c");
        QCOMPARE(lines(*self), QStringList({"g root@g:22", "a root@a:22 by g"}));
        const auto command =
            importInventory("Host a\n ProxyCommand nc %h\n ProxyJump g\nHost g\n", "c");
        QCOMPARE(lines(*command), QStringList({"a root@a:22", "g root@g:22"}));
        QCOMPARE(notes(*command), QStringList({"c:2:2 not_read ProxyCommand"}));
    }

    void runsAndOpensNothing() {
        const std::string witness = QDir::tempPath().toStdString() + "/finclip-witness";
        const auto import = importInventory("Include ~/x\nMatch exec \"touch " + witness +
                                                "\"\n User evil\nHost a\n User good\n"
                                                " LocalCommand touch " +
                                                witness +
                                                "\n"
                                                " IdentityFile ${HOME}/k\n",
                                            "c");
        QVERIFY(import.has_value());
        QCOMPARE(lines(*import), QStringList({"a good@a:22"}));
        QCOMPARE(notes(*import), QStringList({"c:1:1 not_read Include", "c:2:1 not_read Match"}));
        QCOMPARE(import->unreadable.at(0).code, std::string("token_not_read"));
        QVERIFY(!QFile::exists(QString::fromStdString(witness)));
    }

    void matchesPatternsAsOpenSshDoes() {
        for (const auto& [name, pattern, matches] :
             std::vector<std::tuple<const char*, const char*, bool>>{{"", "", true},
                                                                     {"", "*", true},
                                                                     {"a", "?", true},
                                                                     {"", "?", false},
                                                                     {"abc", "a*c", true},
                                                                     {"abcd", "a*c", false},
                                                                     {"aXbXc", "*b*", true},
                                                                     {"web1", "Web1", false},
                                                                     {"ab", "*a?b", false},
                                                                     {"aaab", "*a?b", true}})
            QVERIFY2(matchesSshPattern(name, pattern) == matches, pattern);
    }
};

QTEST_GUILESS_MAIN(TestImportSshConfig)
#include "tst_import_ssh_config.moc"
