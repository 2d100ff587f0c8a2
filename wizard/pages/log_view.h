#pragma once

#include <QTableView>

#include "models/log_model.h"

namespace wizard {

/// Lines of a log. A table with rows of one height: unlike a list it lays out only what is seen, so
/// a million lines cost no more than ten.
class LogView : public QTableView {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    /// Not owned; null shows nothing.
    void setLog(LogModel* log);
    /// Scrolls to the last line whenever one comes.
    void setFollowing(bool following);
    /// Stands where a log has no line.
    void setPlaceholder(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void widen();

    LogModel* log_ = nullptr;
    bool following_ = true;
    QString placeholder_;
};

}  // namespace wizard
