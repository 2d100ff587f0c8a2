#pragma once

#include <QFrame>
#include <optional>

#include "pages/page_context.h"
#include "pages/parts.h"

class QLabel;
class QVBoxLayout;

namespace wizard {

/// What the rules say about the drawing, what the last edit brought first; a press on one selects
/// the servers it is about.
class FindingsCard : public QFrame {
    Q_OBJECT
public:
    explicit FindingsCard(const PageContext& context, QWidget* parent = nullptr);
    void refresh();
    /// The findings follow this one by Tab.
    void setTabAfter(QWidget* before) { before_ = before; }
    Tone worst() const;
    int count() const { return int(shown_.size()); }
    /// "Errors: 0, warnings: 2", in the language of now.
    QString summary() const;

Q_SIGNALS:
    void picked(const std::vector<deploy::HostId>& hosts);

private:
    struct Row {
        Tone tone;
        QString title;
        QString body;
        std::vector<deploy::HostId> hosts;
        bool operator==(const Row&) const = default;
    };
    /// All that decides what the list looks like.
    struct Drawn {
        Appearance appearance;
        std::string language;
        std::vector<Row> rows;
        bool operator==(const Drawn&) const = default;
    };
    /// Sorts `shown_` anew: what is new stands before what was there.
    void remember(const std::vector<deploy::Finding>& findings);
    Row rowOf(const deploy::Finding& finding) const;
    void draw();

    PageContext context_;
    std::vector<deploy::Finding> shown_;
    std::optional<Drawn> drawn_;
    QLabel* title_;
    QVBoxLayout* list_;
    QWidget* before_ = nullptr;
};

/// "what" of a finding in the language of now, with servers and roles named.
QString findingText(const deploy::Finding& finding, const Texts& texts, const char* part);

}  // namespace wizard
