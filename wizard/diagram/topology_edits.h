#pragma once

#include <QObject>
#include <QString>
#include <optional>
#include <set>
#include <vector>

#include "diagram/carried.h"
#include "draft.h"
#include "text/texts.h"

namespace wizard {

/// What putting a load down at a place would do, in words of the language of now.
struct Verdict {
    enum class Kind { Nothing, Legal, Illegal };
    Kind kind = Kind::Nothing;
    QString text;  ///< what is done, or why it cannot be
};

enum class SuggestScope { Missing, All };

/// Every edit of the drawing, however it is asked for (mouse, keys, menu, table): one undo step
/// each, and the same judgement. Lives in the GUI thread.
class TopologyEdits : public QObject {
    Q_OBJECT
public:
    /// Both outlive it.
    TopologyEdits(Draft& draft, Texts& texts, QObject* parent = nullptr);

    Draft& draft() const { return draft_; }
    bool editable() const;
    /// Asks about the drawing as it is now; only while a mode is chosen.
    const deploy::Placement& placement() const;
    /// The servers in their hand-placed order.
    deploy::Inventory drawn() const;
    /// The roles of a server that are carried, in the order of the bands.
    std::vector<deploy::Chip> chipsOf(const deploy::HostId& host) const;

    Verdict judge(const Load& load, const DropPlace& place, deploy::Carry carry) const;
    /// The servers onto which the load can be put.
    std::set<deploy::HostId> targets(const Load& load, deploy::Carry carry) const;

    /// Does what judge() called legal; false: nothing was done.
    bool drop(const Load& load, const DropPlace& place, deploy::Carry carry);
    bool remove(const Load& load);
    /// Places what is missing, or all anew. The error says what is too few.
    deploy::Result<void> suggest(SuggestScope scope);

private:
    struct Edit {
        Verdict verdict;
        std::optional<deploy::Topology> topology;
        std::optional<std::vector<deploy::HostId>> order;
    };
    /// Verdict and outcome; the outcome only where it was asked for.
    enum class Ask { Verdict, Outcome };
    Edit work(const Load& load, const DropPlace& place, deploy::Carry carry, Ask ask) const;
    Edit chipsTo(const std::vector<deploy::Chip>& chips, const deploy::HostId& host,
                 deploy::Carry carry, Ask ask) const;
    Edit chipsAway(const std::vector<deploy::Chip>& chips, Ask ask) const;
    Edit serversTo(const std::vector<deploy::HostId>& servers, const DropPlace& place,
                   Ask ask) const;
    Edit serversGet(const std::vector<deploy::HostId>& servers,
                    const std::vector<deploy::RoleId>& roles, Ask ask) const;
    Edit reorder(const std::vector<deploy::HostId>& servers, const deploy::HostId& before,
                 Ask ask) const;
    Edit illegal(const deploy::Refusal& refusal) const;
    bool idle(const deploy::HostId& host) const;
    QString namesOf(const std::vector<deploy::Chip>& chips) const;

    Draft& draft_;
    Texts& texts_;
    /// Of the content `placed_`: who hears first of an edit asks for it already.
    mutable std::optional<deploy::Placement> placement_;
    mutable std::shared_ptr<const deploy::ProjectContent> placed_;
};

}  // namespace wizard
