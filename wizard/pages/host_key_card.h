#pragma once

#include <QFrame>

#include "models/host_key_model.h"
#include "pages/page_context.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace wizard {

/// The fingerprints of servers that are new, confirmed in one table.
class HostKeyCard : public QFrame {
    Q_OBJECT
public:
    explicit HostKeyCard(const PageContext& context, QWidget* parent = nullptr);

    void retranslate();
    void add(const deploy::Host& host, const deploy::Error& question);
    void remove(const deploy::HostId& host);
    void clear();
    void focusFirst();
    /// Of the keys at most so many are seen at once.
    void fitRows(int most);
    /// Some are not confirmed yet.
    bool waiting() const;

Q_SIGNALS:
    /// Their keys are in the project's known hosts now.
    void confirmed(const std::vector<deploy::HostId>& hosts);

private:
    void confirm();
    void refresh();

    PageContext context_;
    HostKeyModel* model_;
    int rows_ = 5;
    QLabel* title_;
    QLabel* hint_;
    QTableView* table_;
    QLineEdit* paste_;
    QPushButton* all_;
    QPushButton* confirm_;
    QLabel* problem_;
};

}  // namespace wizard
