#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "base/file.h"
#include "inventory/ansible.h"
#include "inventory/columns.h"

using namespace deploy;

namespace {

QString line(const InventoryImport& import) {
    QStringList servers;
    for (const Host& host : import.inventory.hosts) {
        QStringList cells;
        for (const char* column : {"name", "address", "port", "user", "auth", "sudo", "notes"})
            cells << QString::fromStdString(cellText(host, column));
        servers << cells.join(QLatin1Char(' ')).trimmed();
    }
    return servers.join(QLatin1Char('|'));
}

QStringList notesOf(const InventoryImport& import) {
    QStringList notes;
    for (const ImportNote& note : import.notes)
        notes << QString::fromStdString(note.where + " " + note.code + " " + note.args.at("name"));
    return notes;
}

QStringList errorsOf(const InventoryImport& import) {
    QStringList errors;
    for (const CellError& error : import.unreadable)
        errors << QString::fromStdString(error.where + " " + error.column + " " + error.code);
    return errors;
}

}  // namespace

class TestImportAnsible : public QObject {
    Q_OBJECT
private slots:
    void agreesWithAnsible_data() {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(TEST_DATA "/inventory/ansible"));
        for (const QString& file : folder.entryList(QDir::Files))
            QTest::newRow(qPrintable(file)) << folder.absoluteFilePath(file);
    }
    void agreesWithAnsible() {
        QFETCH(QString, path);
        const QString theirs = QStandardPaths::findExecutable("ansible-inventory");
        if (theirs.isEmpty())
            QSKIP("needs ansible-inventory (package ansible-core)");
        QProcess process;
        process.start(theirs, {"-i", path, "--list"});
        QVERIFY(process.waitForFinished(120'000));
        const QJsonObject list = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        const QJsonObject hosts = list["_meta"].toObject()["hostvars"].toObject();

        const auto text = readFile(path.toStdString(), 1 << 20);
        const auto inventory =
            path.endsWith(".ini") ? readAnsibleIni(*text, "f") : readAnsibleYaml(*text, "f");
        QVERIFY(inventory.has_value());
        const auto groupsOf = ansibleGroupsOfHosts(*inventory);
        QVERIFY(groupsOf.has_value());
        QVERIFY(!inventory->hosts.empty());
        for (const AnsibleHost& host : inventory->hosts) {
            const auto known = groupsOf->find(host.name);
            const auto vars = ansibleVarsOf(
                *inventory, host,
                known == groupsOf->end() ? std::vector<std::string>() : known->second);
            QJsonObject ours;
            for (const auto& [name, value] : vars)
                ours[QString::fromStdString(name)] = QString::fromStdString(value.text);
            QJsonObject wanted;
            const QJsonObject all = hosts[QString::fromStdString(host.name)].toObject();
            for (auto it = all.begin(); it != all.end(); ++it)
                if (isAnsibleConnectionVariable(it.key().toStdString()) &&
                    it.key() != "ansible_group_priority")
                    wanted[it.key()] = it->toVariant().toString();
            QCOMPARE(ours, wanted);
        }
        // Ansible names no variables of a host that has none.
        for (const QString& name : hosts.keys())
            QVERIFY2(std::any_of(
                         inventory->hosts.begin(), inventory->hosts.end(),
                         [&](const AnsibleHost& host) { return host.name == name.toStdString(); }),
                     qPrintable(name));
        for (const auto& [name, group] : inventory->groups) {
            QStringList members;
            for (const std::string& host : group.hosts)
                if (!members.contains(QString::fromStdString(host)))
                    members << QString::fromStdString(host);
            QStringList wanted;
            for (const auto& host :
                 list[QString::fromStdString(name)].toObject()["hosts"].toArray().toVariantList())
                wanted << host.toString();
            if (name != "all" && name != "ungrouped")
                QCOMPARE(members, wanted);
        }
    }

    void makesServers() {
        const auto import = importInventory(
            "gate ansible_host=10.0.0.9\n[web]\nWeb_01.example:2222 ansible_user=eng\n10.0.0.7\n"
            "[db]\nweb-01 ansible_ssh_private_key_file=~/k ansible_connection=docker\n"
            "[site:children]\nweb\ndb\n",
            "hosts");
        QVERIFY(import.has_value());
        QCOMPARE(import->format, InventoryFormat::AnsibleIni);
        QCOMPARE(line(*import),
                 QStringLiteral("gate 10.0.0.9 22 root password none|"
                                "web-01 Web_01.example 2222 eng password password site, web|"
                                "s1 10.0.0.7 22 root password none site, web|"
                                "web-01-2 web-01 22 root key none site, db"));
        QCOMPARE(notesOf(*import), QStringList({"hosts:6:41 not_ssh docker"}));
    }

    void namesWhatItDoesNotRead() {
        const auto import = importInventory(
            "[web]\nw1 ansible_host={{ip}} ansible_password=secret ansible_user=a\n"
            "w2 ansible_become_pass=x ansible_user=b\n[web:vars]\nansible_ssh_args=-F x\n",
            "i.ini");
        QVERIFY(import.has_value());
        QCOMPARE(errorsOf(*import), QStringList({"i.ini:2:4 address jinja_not_read"}));
        QCOMPARE(notesOf(*import), QStringList({"i.ini:2:24 secret_not_taken ansible_password",
                                                "i.ini:5:1 not_read ansible_ssh_args",
                                                "i.ini:3:4 secret_not_taken ansible_become_pass"}));
        for (const ImportNote& note : import->notes)
            QVERIFY(note.args.at("value") != "secret" && note.args.at("value") != "x");
        const auto yaml = importInventory(
            "all:\n  hosts:\n    w1:\n      ansible_user: !vault |\n        $ANSIBLE_VAULT;1.1\n"
            "      ansible_host: \"{{ x }}\"\n      ansible_port: [1]\n  more: 1\n",
            "i.yml");
        QVERIFY(yaml.has_value());
        QCOMPARE(yaml->format, InventoryFormat::AnsibleYaml);
        QCOMPARE(errorsOf(*yaml),
                 QStringList({"i.yml:6:21 address jinja_not_read", "i.yml:7:21 port list_not_read",
                              "i.yml:4:21 user vault_not_read"}));
        QCOMPARE(notesOf(*yaml), QStringList({"i.yml:8:3 not_read more"}));
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* text, const char* error) {
            QTest::newRow(name) << text << error;
        };
        row("section", "[web]\nh\n[a b]\n", "section_invalid 3:1");
        row("kind", "[web:things]\n", "section_invalid 1:1");
        row("child", "[a:children]\nb\n", "unknown_group 2:1");
        row("vars", "[a:vars]\nx=1\n", "unknown_group 1:1");
        row("assignment", "[a]\nh x=1 y\n", "no_assignment 2:7");
        row("variable", "[a]\n[a:vars]\nansible_port\n", "no_assignment 3:1");
        row("escape", "[a]\nh x=1\\\n", "quote_not_closed 2:1");
        row("range", "[a]\nh[3:1]\n", "range_invalid 2:1");
    }
    void refuses() {
        QFETCH(QString, text);
        QFETCH(QString, error);
        const auto read = readAnsibleIni(text.toStdString(), "f");
        QVERIFY(!read.has_value());
        QCOMPARE(QString::fromStdString(read.error().args.at("problem") + " " +
                                        read.error().where.substr(2)),
                 error);
    }
};

QTEST_GUILESS_MAIN(TestImportAnsible)
#include "tst_import_ansible.moc"
