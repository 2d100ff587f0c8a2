#pragma once

#include <QFrame>

#include "frame/theme.h"
#include "project/project.h"
#include "text/texts.h"

class QLabel;
class QPushButton;

namespace wizard {

/// The hatched mark of projects without real servers; shape, word and colour.
class PracticeStrip : public QWidget {
    Q_OBJECT
public:
    explicit PracticeStrip(const Theme& theme, QWidget* parent = nullptr);
    void setText(const QString& text);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& theme_;
    QString text_;
};

/// Product, project, practice strip, language and appearance.
class TopBar : public QFrame {
    Q_OBJECT
public:
    TopBar(Theme& theme, Texts& texts, QWidget* parent = nullptr);

    /// `kind` Deploy shows no strip.
    void setProject(const QString& name, deploy::ProjectKind kind);

Q_SIGNALS:
    void languageFailed(const deploy::Error& error);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    Theme& theme_;
    Texts& texts_;
    QLabel* product_;
    QLabel* project_;
    PracticeStrip* strip_;
    deploy::ProjectKind kind_ = deploy::ProjectKind::Deploy;
    QPushButton* language_;
    QPushButton* appearance_;
};

}  // namespace wizard
