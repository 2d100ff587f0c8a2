#pragma once

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "inventory/credentials.h"
#include "pages/page.h"
#include "project/work.h"
#include "step_record.h"

namespace wizard {

/// The one document of the wizard: a project's content with undo, saved at every edit. Widgets read
/// it, edit only through it, and repaint from its signals. Lives in the GUI thread.
class Draft : public QObject {
    Q_OBJECT
public:
    explicit Draft(const deploy::Product& product, QObject* parent = nullptr);
    ~Draft() override;

    const deploy::Product& product() const { return product_; }

    /// Makes the folder's project and opens it.
    deploy::Result<void> create(const QString& folder, const deploy::ProjectContent& content);
    /// Opens for writing; where another program writes it, read-only (readOnly()).
    deploy::Result<void> open(const QString& folder);
    void close();
    bool isOpen() const { return folder_.has_value(); }
    /// Nothing can be edited: opened read-only, or a run is under way.
    bool readOnly() const { return readOnly_ || lent_; }
    /// Only while isOpen().
    deploy::ProjectFolder& folder() { return *folder_; }
    const deploy::ProjectFolder& folder() const { return *folder_; }

    const deploy::ProjectContent& content() const { return *content_; }
    /// The content as it is now, to be kept while it is edited on.
    std::shared_ptr<const deploy::ProjectContent> snapshot() const { return content_; }
    const deploy::Mode* mode() const { return product_.catalog.mode(content_->mode); }
    QUndoStack& undoStack() { return undo_; }

    /// One step that can be undone: `edit` changes a copy of the content, which is saved at once.
    /// Edits with the same `mergeKey` that follow each other are undone together.
    void change(const QString& what, const std::function<void(deploy::ProjectContent&)>& edit,
                const QString& mergeKey = {});
    /// As change(), for what undo leaves alone: the choice of the bundle.
    void set(const std::function<void(deploy::ProjectContent&)>& edit);

    /// The folder is used by a runner's thread until it is given back; nothing can be edited.
    void lend();
    void giveBack();
    bool lent() const { return lent_; }

    deploy::Credentials& credentials() { return credentials_; }
    /// To be called after a change of credentials().
    void tellCredentialsChanged() { Q_EMIT credentialsChanged(); }

    StepRecord& steps() { return steps_; }
    const StepRecord& steps() const { return steps_; }
    void pass(WizardStep step);
    void setCurrent(WizardStep step);
    /// Passed before, and what earlier steps said has changed since.
    bool stale(WizardStep step) const;
    /// Remembers with which values the server was probed.
    void markProbed(const deploy::Host& host);
    /// Its way of being reached was changed after its probe.
    bool changedSinceProbe(const deploy::Host& host) const;

Q_SIGNALS:
    /// Another project, or none.
    void projectChanged();
    void inventoryChanged();
    void topologyChanged();  ///< placement, order or mode
    void settingsChanged();
    void waiversChanged();
    void bundleChanged();
    void credentialsChanged();
    void readOnlyChanged();
    void saveFailed(const deploy::Error& error);

private:
    class ChangeCommand;
    void adopt(deploy::ProjectFolder folder);
    void restore(const deploy::ProjectContent& value);
    void show(std::shared_ptr<const deploy::ProjectContent> next);

    const deploy::Product& product_;
    std::optional<deploy::ProjectFolder> folder_;
    std::shared_ptr<const deploy::ProjectContent> content_;
    bool readOnly_ = false;
    bool lent_ = false;
    QUndoStack undo_;
    deploy::Credentials credentials_;
    StepRecord steps_;
};

/// A server gets another name everywhere in the project.
void renameHost(deploy::ProjectContent& content, const deploy::HostId& from,
                const deploy::HostId& to);
/// Rows of the inventory go, with the roles and waivers of their servers.
void removeHosts(deploy::ProjectContent& content, std::vector<size_t> rows);

}  // namespace wizard
