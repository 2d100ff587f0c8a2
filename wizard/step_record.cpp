#include "step_record.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include "text/convert.h"

namespace wizard {

namespace {

QString fileOf(const QString& folder) {
    return QDir(folder).filePath(QStringLiteral("wizard.json"));
}

/// Fields are closed by a NUL, so that no two lists of fields read the same.
class Fingerprint {
public:
    Fingerprint& operator<<(const std::string& text) {
        text_.append(text.data(), qsizetype(text.size()));
        text_.append('\0');
        return *this;
    }
    Fingerprint& operator<<(int number) { return *this << std::to_string(number); }
    QByteArray hex() const {
        return QCryptographicHash::hash(text_, QCryptographicHash::Sha256).toHex().left(24);
    }

private:
    QByteArray text_;
};

}  // namespace

StepRecord loadStepRecord(const QString& folder) {
    QFile file(fileOf(folder));
    StepRecord record;
    if (!file.open(QIODevice::ReadOnly))
        return record;
    const QJsonObject root = QJsonDocument::fromJson(file.read(1 << 20)).object();
    const int step = root[QLatin1String("step")].toInt();
    if (step >= 0 && step < kStepCount)
        record.current = WizardStep(step);
    const QJsonObject passed = root[QLatin1String("passed")].toObject();
    for (auto it = passed.begin(); it != passed.end(); ++it) {
        bool number = false;
        const int key = it.key().toInt(&number);
        if (number && key >= 0 && key < kStepCount)
            record.passed[WizardStep(key)] = it.value().toString().toUtf8();
    }
    const QJsonObject probed = root[QLatin1String("probed")].toObject();
    for (auto it = probed.begin(); it != probed.end(); ++it)
        record.probed[it.key()] = it.value().toString().toUtf8();
    return record;
}

bool saveStepRecord(const QString& folder, const StepRecord& record) {
    QJsonObject passed;
    for (const auto& [step, inputs] : record.passed)
        passed[QString::number(int(step))] = QString::fromUtf8(inputs);
    QJsonObject probed;
    for (const auto& [host, reach] : record.probed)
        probed[host] = QString::fromUtf8(reach);
    QJsonObject root;
    root[QLatin1String("step")] = int(record.current);
    root[QLatin1String("passed")] = passed;
    root[QLatin1String("probed")] = probed;
    QSaveFile file(fileOf(folder));
    return file.open(QIODevice::WriteOnly) &&
           file.write(QJsonDocument(root).toJson(QJsonDocument::Compact)) >= 0 && file.commit();
}

QByteArray inputsOf(WizardStep step, const deploy::ProjectContent& content) {
    Fingerprint print;
    print << int(step);
    const bool all = step >= WizardStep::Review;
    if (step >= WizardStep::Probe && step != WizardStep::Settings)
        for (const deploy::Host& host : content.inventory.hosts) {
            print << host.name.str() << host.datacenter;
            if (step != WizardStep::Topology)
                print << reachOf(host).toStdString();
        }
    if (step == WizardStep::Probe || all)
        print << content.settings.dataDirectory;
    if (step == WizardStep::Settings || all)
        print << content.mode.str();
    if (all) {
        print << content.bundleDigest;
        for (const auto& [role, hosts] : content.topology.roles()) {
            print << role.str();
            for (const deploy::HostId& host : hosts)
                print << host.str();
        }
        const deploy::Settings& s = content.settings;
        print << s.entryAddress << s.entryPort << s.installDirectory << s.adminAccount
              << int(s.existingDocker) << s.virtualAddress << s.vrrpId << s.externalLoadBalancer
              << s.podCidr << s.serviceCidr << int(s.distribution);
    }
    return print.hex();
}

QByteArray reachOf(const deploy::Host& host) {
    Fingerprint print;
    print << host.address << host.port << host.user << int(host.auth) << int(host.sudo)
          << host.jump.str();
    return print.hex();
}

}  // namespace wizard
