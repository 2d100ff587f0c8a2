#pragma once

#include <QFrame>
#include <vector>

#include "pages/page_context.h"

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace wizard {

/// What the checks of one server say: measured, required, where that comes from, what to do; the
/// way to waive one, and the server's own words.
class CheckDetails : public QFrame {
    Q_OBJECT
public:
    explicit CheckDetails(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void show(const deploy::HostId& host, const QString& heading,
              const std::vector<deploy::CheckResult>& checks);

Q_SIGNALS:
    void probeAgain(const deploy::HostId& host);
    /// The password that was tried is wrong: ask for it again.
    void askAgain(const deploy::HostId& host);

private:
    QWidget* makeCheck(const deploy::CheckResult& check);
    void addError(const deploy::Error& error);
    void beginWaiver(const deploy::CheckResult& check);
    void waive();
    void showRaw(bool visible);

    PageContext context_;
    deploy::HostId host_;
    deploy::CheckId waiving_;
    QLabel* heading_;
    QPushButton* again_;
    QPushButton* raw_;
    QVBoxLayout* list_;
    QFrame* waiverForm_;
    QLabel* waiverTitle_;
    QLineEdit* by_;
    QLineEdit* reason_;
    QPushButton* waive_;
    QPlainTextEdit* rawText_;
};

}  // namespace wizard
