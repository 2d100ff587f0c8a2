#pragma once

#include <QObject>
#include <functional>
#include <vector>

#include "pages/page_context.h"

namespace wizard {

/// Asks for what logging in needs and nobody has entered yet, one server after the other, before
/// servers are worked on. The answers are kept in memory for the session.
class LoginAsker : public QObject {
    Q_OBJECT
public:
    explicit LoginAsker(const PageContext& context, QObject* parent = nullptr);

    /// `then` runs when all of these servers, and the jump hosts before them, can be logged in to;
    /// at once where nothing is missing, and in practice. It does not run when a person gives up.
    void collect(const std::vector<deploy::HostId>& hosts, const std::function<void()>& then);
    /// As collect(), for all servers of the plan.
    void collectFor(const deploy::Plan& plan, const std::function<void()>& then);
    /// Asks for this server's password even if one was entered.
    void ask(const deploy::Host& host, const std::function<void()>& then);
    /// A refused password is tried once only: it is forgotten, so that it is asked for anew.
    void forgetRefused(const deploy::HostId& host, const deploy::Error& error);

private:
    const deploy::Host* firstMissing(const std::vector<deploy::HostId>& hosts) const;

    PageContext context_;
};

}  // namespace wizard
