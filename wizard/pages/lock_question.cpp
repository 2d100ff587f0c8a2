#include "pages/lock_question.h"

#include <QCoreApplication>

#include "text/convert.h"

namespace wizard {

bool askAboutLock(const PageContext& context, const deploy::Error& error,
                  const std::function<void(const std::string&)>& breakIt) {
    const auto lock = error.args.find("lock_id");
    if (error.code != deploy::ErrorCode::ServerLocked || lock == error.args.end())
        return false;
    const auto make = [error] {
        const auto arg = [&error](const char* name) {
            const auto it = error.args.find(name);
            return it == error.args.end() ? QString() : toQt(it->second);
        };
        Question question;
        question.key = QStringLiteral("lock");
        question.title = QCoreApplication::translate("LockQuestion", "Another run works on %1")
                             .arg(toQt(error.where));
        question.body =
            QCoreApplication::translate(
                "LockQuestion",
                "%1 began it at %2 (run %3, lock %4). You have changed nothing. Talk to that "
                "person first; a run that is dead lets go by itself within two minutes. If you "
                "break its lock, its present step is ended and it stops on all its servers.")
                .arg(arg("owner"), arg("since"), arg("run"), arg("lock_id"));
        question.choices = {
            QCoreApplication::translate("LockQuestion", "Leave it alone"),
            QCoreApplication::translate("LockQuestion", "Break its lock and go on")};
        return question;
    };
    context.questions.ask(make, [breakIt, id = lock->second](const Answer& answer) {
        if (answer.choice == 1)
            breakIt(id);
    });
    return true;
}

}  // namespace wizard
