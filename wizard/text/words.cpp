#include "text/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

#include "text/convert.h"

namespace wizard {

namespace {
QString word(const char* text) {
    return QCoreApplication::translate("Words", text);
}
}  // namespace

QString wordOf(deploy::CheckStatus status) {
    switch (status) {
        case deploy::CheckStatus::Pass:
            return word(QT_TRANSLATE_NOOP("Words", "passed"));
        case deploy::CheckStatus::Warning:
            return word(QT_TRANSLATE_NOOP("Words", "warning"));
        case deploy::CheckStatus::Failed:
            return word(QT_TRANSLATE_NOOP("Words", "failed"));
        case deploy::CheckStatus::CouldNotCheck:
            return word(QT_TRANSLATE_NOOP("Words", "could not check"));
        case deploy::CheckStatus::NotApplicable:
            return word(QT_TRANSLATE_NOOP("Words", "does not apply"));
        case deploy::CheckStatus::Waived:
            return word(QT_TRANSLATE_NOOP("Words", "waived"));
    }
    return {};
}

QString shapeOf(deploy::CheckStatus status) {
    switch (status) {
        case deploy::CheckStatus::Pass:
            return QStringLiteral("check");
        case deploy::CheckStatus::Warning:
            return QStringLiteral("triangle");
        case deploy::CheckStatus::Failed:
            return QStringLiteral("cross");
        case deploy::CheckStatus::CouldNotCheck:
            return QStringLiteral("question");
        case deploy::CheckStatus::NotApplicable:
            return QStringLiteral("dash");
        case deploy::CheckStatus::Waived:
            return QStringLiteral("shield");
    }
    return {};
}

QString wordOf(deploy::StepStatus status) {
    switch (status) {
        case deploy::StepStatus::Waiting:
            return word(QT_TRANSLATE_NOOP("Words", "waiting"));
        case deploy::StepStatus::Running:
            return word(QT_TRANSLATE_NOOP("Words", "running"));
        case deploy::StepStatus::Unknown:
            return word(QT_TRANSLATE_NOOP("Words", "end unknown"));
        case deploy::StepStatus::Succeeded:
            return word(QT_TRANSLATE_NOOP("Words", "done"));
        case deploy::StepStatus::Skipped:
            return word(QT_TRANSLATE_NOOP("Words", "was there already"));
        case deploy::StepStatus::Failed:
            return QCoreApplication::translate("Words", "failed", "step");
    }
    return {};
}

QString shapeOf(deploy::StepStatus status) {
    switch (status) {
        case deploy::StepStatus::Waiting:
            return QStringLiteral("dot");
        case deploy::StepStatus::Running:
            return QStringLiteral("play");
        case deploy::StepStatus::Unknown:
            return QStringLiteral("question");
        case deploy::StepStatus::Succeeded:
        case deploy::StepStatus::Skipped:
            return QStringLiteral("check");
        case deploy::StepStatus::Failed:
            return QStringLiteral("cross");
    }
    return {};
}

QString wordOf(deploy::CheckCategory category) {
    switch (category) {
        case deploy::CheckCategory::Access:
            return word(QT_TRANSLATE_NOOP("Words", "Login, sudo"));
        case deploy::CheckCategory::System:
            return word(QT_TRANSLATE_NOOP("Words", "System"));
        case deploy::CheckCategory::Compute:
            return word(QT_TRANSLATE_NOOP("Words", "CPU, memory"));
        case deploy::CheckCategory::Disk:
            return word(QT_TRANSLATE_NOOP("Words", "Disk"));
        case deploy::CheckCategory::Clock:
            return word(QT_TRANSLATE_NOOP("Words", "Clock"));
        case deploy::CheckCategory::Network:
            return word(QT_TRANSLATE_NOOP("Words", "Network, ports"));
        case deploy::CheckCategory::Settings:
            return word(QT_TRANSLATE_NOOP("Words", "Settings"));
        case deploy::CheckCategory::Existing:
            return word(QT_TRANSLATE_NOOP("Words", "Already there"));
    }
    return {};
}

QString bytesText(uint64_t bytes) {
    // Whole figures read better: "8 GB" rather than "8.0 GB".
    int decimals = 0;
    auto value = double(bytes);
    while (value >= 1024)
        value /= 1024;
    if (value < 100 && std::abs(value - std::round(value)) > 0.05)
        decimals = 1;
    return QLocale().formattedDataSize(qint64(bytes), decimals, QLocale::DataSizeTraditionalFormat);
}

QString durationText(qint64 seconds) {
    if (seconds >= 90)
        return QCoreApplication::translate("Words", "%1 min").arg((seconds + 30) / 60);
    return QCoreApplication::translate("Words", "%1 s").arg(seconds);
}

QString joined(const QStringList& parts) {
    QStringList full;
    for (const QString& part : parts)
        if (!part.isEmpty())
            full << part;
    return full.join(QStringLiteral(" · "));
}

QString listed(const QStringList& parts) {
    return parts.join(QCoreApplication::translate("Words", ", "));
}

QString labelled(const QString& name, const QString& text) {
    return QCoreApplication::translate("Words", "%1: %2").arg(name, text);
}

QString stepTitle(const deploy::Step& step, const Texts& texts) {
    deploy::Args args = step.args;
    args.try_emplace("host", step.host.str());
    args.try_emplace("server", step.host.str());
    return texts.text("step." + step.title, args);
}

}  // namespace wizard
