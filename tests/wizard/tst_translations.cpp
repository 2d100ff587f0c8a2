#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>
#include <QXmlStreamReader>

namespace {

struct Message {
    QString context;
    QString source;
    QString translation;
    bool finished = true;
};

QList<Message> readMessages(const QString& path) {
    QFile file(path);
    QList<Message> all;
    if (!file.open(QIODevice::ReadOnly))
        return all;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("source"))
            all.append({context, xml.readElementText(), {}, true});
        else if (xml.name() == QLatin1String("translation") && !all.isEmpty()) {
            all.last().finished = !xml.attributes().hasAttribute(QLatin1String("type"));
            all.last().translation = xml.readElementText();
        }
    }
    return all;
}

QSet<QString> placeholders(const QString& text) {
    static const QRegularExpression form(QStringLiteral("%L?(\\d)"));
    QSet<QString> found;
    for (auto it = form.globalMatch(text); it.hasNext();)
        found.insert(it.next().captured(1));
    return found;
}

const QString kFile = QStringLiteral(SOURCE_ROOT "/resources/i18n/finclip_zh_CN.ts");

}  // namespace

class TranslationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMessageIsTranslated() {
        const auto messages = readMessages(kFile);
        QVERIFY(messages.size() > 300);
        for (const Message& message : messages) {
            QVERIFY2(message.finished && !message.translation.isEmpty(),
                     qPrintable(message.context + QStringLiteral(": ") + message.source));
            QVERIFY2(placeholders(message.source) == placeholders(message.translation),
                     qPrintable(message.source + QStringLiteral(" / ") + message.translation));
        }
    }

    /// What the sources say now is what the file translates.
    void noSourceIsForgotten() {
        const QString lupdate = QStandardPaths::findExecutable(
            QStringLiteral("lupdate"), {QLibraryInfo::path(QLibraryInfo::BinariesPath),
                                        QLibraryInfo::path(QLibraryInfo::LibraryExecutablesPath)});
        if (lupdate.isEmpty())
            QSKIP("needs lupdate (qt6-l10n-tools)");
        QTemporaryDir folder;
        const QString fresh = folder.filePath(QStringLiteral("fresh.ts"));
        QProcess process;
        process.start(lupdate, {QStringLiteral(SOURCE_ROOT "/wizard"),
                                QStringLiteral(SOURCE_ROOT "/app/gui_main.cpp"),
                                QStringLiteral("-ts"), fresh});
        QVERIFY(process.waitForFinished(60000));
        QSet<QString> known;
        for (const Message& message : readMessages(kFile))
            known.insert(message.context + QLatin1Char('\n') + message.source);
        const auto messages = readMessages(fresh);
        QVERIFY(messages.size() > 300);
        for (const Message& message : messages)
            QVERIFY2(known.contains(message.context + QLatin1Char('\n') + message.source),
                     qPrintable(message.context + QStringLiteral(": ") + message.source));
    }

    void theCompiledTranslationIsInTheProgram() {
        QTranslator translator;
        QVERIFY(translator.load(QStringLiteral(":/i18n/finclip_zh_CN.qm")));
        QCOMPARE(translator.translate("wizard::Footer", "Next"), QStringLiteral("下一步"));
    }
};

QTEST_MAIN(TranslationsTest)
#include "tst_translations.moc"
