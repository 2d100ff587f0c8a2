#pragma once

#include <QStringList>
#include <QWidget>
#include <functional>

#include "pages/page_context.h"
#include "project/recover.h"

class QLabel;
class QPushButton;

namespace wizard {

/// What people do to an installed database and cache: bring the database back, let its other server
/// take the writes, put the cache's masters back. Each is asked for before it is done; the first
/// two ask the servers before that.
class DatabaseBar : public QWidget {
    Q_OBJECT
public:
    explicit DatabaseBar(const PageContext& context);

    /// Whether anything may begin now, and what is installed; null: nothing.
    void setReady(bool ready, const deploy::Plan* installed);
    /// Stands before the bar, in the column of such titles; shown and hidden with it.
    QLabel* title() const { return title_; }
    /// What the servers said to the plan of asks().
    void answered(const deploy::Result<std::vector<deploy::StepAnswer>>& answers);
    void retranslate();

Q_SIGNALS:
    void asks(const deploy::Plan& questions);
    void confirmed(const deploy::Plan& plan);
    void refused(const deploy::Error& error);

private:
    enum class Deed { Recover, SwitchOver };

    void begin(Deed deed);
    void rebalance();
    deploy::Result<deploy::Plan> planFor(const std::vector<deploy::StepAnswer>& answers);
    QString wordsFor(const deploy::Plan& plan) const;
    /// Words: title and text, in the language of the moment.
    void confirm(const std::function<QStringList()>& words, const deploy::Plan& plan);
    QString text(const char* key, const deploy::HostId& server = {}) const;

    PageContext context_;
    QLabel* title_;
    QPushButton* recover_;
    QPushButton* switchOver_;
    QPushButton* rebalance_;
    QLabel* said_;
    deploy::Plan installed_;
    deploy::Plan questions_;
    Deed deed_ = Deed::Recover;
    deploy::Promotion promotion_ = deploy::Promotion::Guided;
};

}  // namespace wizard
