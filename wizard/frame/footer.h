#pragma once

#include <QFrame>
#include <vector>

#include "frame/theme.h"
#include "pages/page.h"

class QLabel;
class QPushButton;

namespace wizard {

/// Back and Next, and beside them why Next does not go on.
class Footer : public QFrame {
    Q_OBJECT
public:
    explicit Footer(const Theme& theme, QWidget* parent = nullptr);

    /// Lists the reasons, each a link that jumps to its place; none takes the list away.
    void showReasons(std::vector<Reason> reasons);
    bool showsReasons() const { return !reasons_.empty(); }
    void showNote(const QString& note);
    /// To where the first of the reasons can be settled, if that is on the page that is shown.
    void goToFirst();
    void focusNext();
    void setButtons(bool back, bool next, const QString& nextLabel);

Q_SIGNALS:
    void backPressed();
    void nextPressed();

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    const Theme& theme_;
    QLabel* icon_;
    QLabel* text_;
    QPushButton* back_;
    QPushButton* next_;
    std::vector<Reason> reasons_;
    QString note_;
    QString nextLabel_;
};

}  // namespace wizard
