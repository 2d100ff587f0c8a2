#include "draft.h"

#include <algorithm>

#include "text/convert.h"

namespace wizard {

/// Undo keeps whole values; neighbours share them, so that an edit costs one copy.
class Draft::ChangeCommand : public QUndoCommand {
public:
    using Value = std::shared_ptr<const deploy::ProjectContent>;
    ChangeCommand(Draft& draft, const QString& what, QString mergeKey, Value before, Value after)
        : QUndoCommand(what),
          draft_(draft),
          mergeKey_(std::move(mergeKey)),
          before_(std::move(before)),
          after_(std::move(after)) {}

    void undo() override { draft_.restore(*before_); }
    void redo() override { draft_.restore(*after_); }
    int id() const override { return mergeKey_.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* next) override {
        const auto* other = static_cast<const ChangeCommand*>(next);
        if (other->mergeKey_ != mergeKey_)
            return false;
        after_ = other->after_;
        return true;
    }

private:
    Draft& draft_;
    QString mergeKey_;
    Value before_;
    Value after_;
};

Draft::Draft(const deploy::Product& product, QObject* parent)
    : QObject(parent),
      product_(product),
      content_(std::make_shared<const deploy::ProjectContent>()) {}

Draft::~Draft() = default;

deploy::Result<void> Draft::create(const QString& folder, const deploy::ProjectContent& content) {
    auto made = deploy::ProjectFolder::create(fromQt(folder), content);
    if (!made)
        return tl::unexpected(made.error());
    readOnly_ = false;
    adopt(std::move(*made));
    return {};
}

deploy::Result<void> Draft::open(const QString& folder) {
    auto opened =
        deploy::ProjectFolder::open(fromQt(folder), deploy::ProjectFolder::OpenMode::Write);
    bool readOnly = false;
    if (!opened && opened.error().code == deploy::ErrorCode::ProjectLocked) {
        opened =
            deploy::ProjectFolder::open(fromQt(folder), deploy::ProjectFolder::OpenMode::ReadOnly);
        readOnly = true;
    }
    if (!opened)
        return tl::unexpected(opened.error());
    readOnly_ = readOnly;
    adopt(std::move(*opened));
    return {};
}

void Draft::adopt(deploy::ProjectFolder folder) {
    undo_.clear();
    credentials_ = {};
    folder_ = std::move(folder);
    content_ = std::make_shared<const deploy::ProjectContent>(folder_->content());
    steps_ = loadStepRecord(toQt(folder_->folder().string()));
    Q_EMIT projectChanged();
    Q_EMIT readOnlyChanged();
}

void Draft::close() {
    undo_.clear();
    credentials_ = {};
    folder_.reset();
    content_ = std::make_shared<const deploy::ProjectContent>();
    steps_ = {};
    readOnly_ = false;
    Q_EMIT projectChanged();
    Q_EMIT readOnlyChanged();
}

void Draft::change(const QString& what, const std::function<void(deploy::ProjectContent&)>& edit,
                   const QString& mergeKey) {
    if (!isOpen() || readOnly())
        return;
    auto next = std::make_shared<deploy::ProjectContent>(*content_);
    edit(*next);
    if (*next == *content_)
        return;
    undo_.push(new ChangeCommand(*this, what, mergeKey, content_, std::move(next)));
}

void Draft::set(const std::function<void(deploy::ProjectContent&)>& edit) {
    if (!isOpen() || readOnly())
        return;
    auto next = std::make_shared<deploy::ProjectContent>(*content_);
    edit(*next);
    show(std::move(next));
}

void Draft::restore(const deploy::ProjectContent& value) {
    auto next = std::make_shared<deploy::ProjectContent>(value);
    // A bundle is what lies on the disk, not an edit: undo leaves it.
    next->bundlePath = content_->bundlePath;
    next->bundleKey = content_->bundleKey;
    next->bundleDigest = content_->bundleDigest;
    show(std::move(next));
}

void Draft::show(std::shared_ptr<const deploy::ProjectContent> next) {
    const auto before = content_;
    content_ = std::move(next);
    if (auto saved = folder_->save(*content_); !saved)
        Q_EMIT saveFailed(saved.error());
    const deploy::ProjectContent& a = *before;
    const deploy::ProjectContent& b = *content_;
    if (a.name != b.name || a.kind != b.kind || a.scenario != b.scenario)
        Q_EMIT projectChanged();
    if (a.inventory != b.inventory)
        Q_EMIT inventoryChanged();
    if (a.topology != b.topology || a.order != b.order || a.mode != b.mode)
        Q_EMIT topologyChanged();
    if (a.settings != b.settings)
        Q_EMIT settingsChanged();
    if (a.waivers != b.waivers)
        Q_EMIT waiversChanged();
    if (a.bundlePath != b.bundlePath || a.bundleKey != b.bundleKey ||
        a.bundleDigest != b.bundleDigest)
        Q_EMIT bundleChanged();
}

void Draft::lend() {
    lent_ = true;
    Q_EMIT readOnlyChanged();
}

void Draft::giveBack() {
    lent_ = false;
    Q_EMIT readOnlyChanged();
}

void Draft::pass(WizardStep step) {
    steps_.passed[step] = inputsOf(step, *content_);
    setCurrent(steps_.current);
}

void Draft::setCurrent(WizardStep step) {
    steps_.current = step;
    if (isOpen() && !readOnly_)
        saveStepRecord(toQt(folder_->folder().string()), steps_);
}

bool Draft::stale(WizardStep step) const {
    const auto it = steps_.passed.find(step);
    return it != steps_.passed.end() && it->second != inputsOf(step, *content_);
}

void Draft::markProbed(const deploy::Host& host) {
    steps_.probed[toQt(host.name)] = reachOf(host);
    setCurrent(steps_.current);
}

bool Draft::changedSinceProbe(const deploy::Host& host) const {
    const auto it = steps_.probed.find(toQt(host.name));
    return it != steps_.probed.end() && it->second != reachOf(host);
}

void renameHost(deploy::ProjectContent& content, const deploy::HostId& from,
                const deploy::HostId& to) {
    for (deploy::Host& host : content.inventory.hosts) {
        if (host.name == from)
            host.name = to;
        if (host.jump == from && !from.empty())
            host.jump = to;
    }
    content.topology = content.topology.renamed(from, to);
    std::replace(content.order.begin(), content.order.end(), from, to);
    for (deploy::Waiver& waiver : content.waivers)
        if (waiver.host == from)
            waiver.host = to;
}

void removeHosts(deploy::ProjectContent& content, std::vector<size_t> rows) {
    std::sort(rows.rbegin(), rows.rend());
    auto& hosts = content.inventory.hosts;
    for (const size_t row : rows)
        if (row < hosts.size())
            hosts.erase(hosts.begin() + std::ptrdiff_t(row));
    deploy::forgetUnlisted(content);
}

}  // namespace wizard
