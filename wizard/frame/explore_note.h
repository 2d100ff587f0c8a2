#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace wizard {

/// Stands where a page needs servers that an exploration does not have.
class ExploreNote : public QWidget {
    Q_OBJECT
public:
    explicit ExploreNote(QWidget* parent = nullptr);

    void setPage(const QString& title);

Q_SIGNALS:
    void drawingWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QString page_;
    QLabel* title_;
    QLabel* text_;
    QPushButton* back_;
};

}  // namespace wizard
