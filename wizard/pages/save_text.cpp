#include "pages/save_text.h"

#include <QCoreApplication>
#include <QSaveFile>

namespace wizard {

void askNotSaved(QuestionPanel& questions, const QString& file, const QString& problem) {
    const auto make = [file, problem] {
        Question question;
        question.key = QStringLiteral("save:") + file;
        question.title = QCoreApplication::translate("SaveText", "The file could not be saved");
        question.body = file + QLatin1Char('\n') + problem;
        question.choices = {QCoreApplication::translate("SaveText", "Understood")};
        return question;
    };
    questions.ask(make, {});
}

bool saveText(QuestionPanel& questions, const QString& file, const std::string& text) {
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) &&
        out.write(text.data(), qint64(text.size())) == qint64(text.size()) && out.commit())
        return true;
    askNotSaved(questions, file, out.errorString());
    return false;
}

}  // namespace wizard
