#include "frame/top_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>

#include "frame/remembered_look.h"

namespace wizard {

PracticeStrip::PracticeStrip(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PracticeStrip::setText(const QString& text) {
    text_ = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize PracticeStrip::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text_) + 24, 24};
}

void PracticeStrip::paintEvent(QPaintEvent*) {
    const Colors& c = theme_.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect(), 4, 4);
    painter.setClipPath(shape);
    painter.fillRect(rect(), c.stripLight);
    painter.setPen(QPen(c.stripDark, 9));
    for (int x = -height(); x < width(); x += 26)
        painter.drawLine(x, height() + 4, x + height() + 8, -4);
    painter.setPen(c.stripInk);
    painter.drawText(rect(), Qt::AlignCenter, text_);
}

TopBar::TopBar(Theme& theme, Texts& texts, QWidget* parent)
    : QFrame(parent),
      theme_(theme),
      texts_(texts),
      product_(new QLabel),
      project_(new QLabel),
      strip_(new PracticeStrip(theme)),
      language_(new QPushButton),
      appearance_(new QPushButton) {
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(46);
    product_->setObjectName(QStringLiteral("productName"));
    project_->setObjectName(QStringLiteral("projectName"));
    project_->setTextFormat(Qt::PlainText);
    language_->setObjectName(QStringLiteral("languageSwitch"));
    appearance_->setObjectName(QStringLiteral("appearanceSwitch"));
    for (QPushButton* button : {language_, appearance_})
        button->setProperty("role", QStringLiteral("flat"));
    strip_->hide();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 12, 0);
    row->setSpacing(14);
    row->addWidget(product_);
    row->addWidget(project_);
    row->addWidget(strip_);
    row->addStretch();
    row->addWidget(language_);
    row->addWidget(appearance_);

    connect(language_, &QPushButton::clicked, this, [this] {
        const bool chinese = texts_.language() == QLatin1String("zh_CN");
        const auto set =
            texts_.setLanguage(chinese ? QStringLiteral("en") : QStringLiteral("zh_CN"));
        if (!set)
            Q_EMIT languageFailed(set.error());
        else
            rememberLanguage(texts_.language());
    });
    connect(appearance_, &QPushButton::clicked, this, [this] {
        theme_.setAppearance(theme_.appearance() == Appearance::Dark ? Appearance::Light
                                                                     : Appearance::Dark);
        rememberAppearance(theme_.appearance());
    });
    connect(&theme_, &Theme::changed, this, &TopBar::retranslate);
    retranslate();
}

void TopBar::setProject(const QString& name, deploy::ProjectKind kind) {
    project_->setText(name);
    kind_ = kind;
    strip_->setVisible(kind != deploy::ProjectKind::Deploy);
    retranslate();
}

void TopBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QFrame::changeEvent(event);
}

void TopBar::retranslate() {
    product_->setText(tr("FinClip Deploy"));
    strip_->setText(kind_ == deploy::ProjectKind::Explore ? tr("Exploration · no servers")
                                                          : tr("Practice · simulated servers"));
    const QColor muted = theme_.colors().muted;
    language_->setIcon(themedIcon(QStringLiteral("language"), muted));
    // Each language is named in itself, so that a person who reads only one finds it.
    language_->setText(QStringLiteral("中文 / EN"));
    language_->setToolTip(tr("Switch between Chinese and English"));
    language_->setAccessibleName(tr("Language"));
    appearance_->setIcon(themedIcon(QStringLiteral("appearance"), muted));
    appearance_->setText(theme_.appearance() == Appearance::Dark ? tr("Light") : tr("Dark"));
    appearance_->setToolTip(tr("Switch between light and dark"));
    appearance_->setAccessibleName(tr("Appearance"));
}

}  // namespace wizard
