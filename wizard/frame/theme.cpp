#include "frame/theme.h"

#include <QApplication>
#include <QFile>
#include <QFont>
#include <QStyle>
#include <array>
#include <utility>

namespace wizard {
namespace {

Colors makeLight() {
    Colors c;
    c.window = QColor(0xf5f6fa);
    c.pane = QColor(0xffffff);
    c.rail = QColor(0xfbfbfd);
    c.field = QColor(0xf7f8fb);
    c.ink = QColor(0x1f2430);
    c.muted = QColor(0x626a7c);
    c.line = QColor(0xdfe3ec);
    c.control = QColor(0xc3c9d6);
    c.accent = QColor(0x3b5fc0);
    c.accentInk = QColor(0xffffff);
    c.accentSoft = QColor(0xe9eefb);
    c.ok = QColor(0x1f7f46);
    c.warn = QColor(0xa86200);
    c.bad = QColor(0xc0352b);
    c.stripLight = QColor(0xf0c24b);
    c.stripDark = QColor(0xe5b437);
    c.stripInk = QColor(0x33280a);
    c.frame = QColor(0x5a6070);
    return c;
}

Colors makeDark() {
    Colors c;
    c.window = QColor(0x16181d);
    c.pane = QColor(0x1f2228);
    c.rail = QColor(0x1b1e23);
    c.field = QColor(0x282c34);
    c.ink = QColor(0xe6e8ee);
    c.muted = QColor(0x9da5b6);
    c.line = QColor(0x343943);
    c.control = QColor(0x4b5260);
    c.accent = QColor(0x6f93f0);
    c.accentInk = QColor(0x10131a);
    c.accentSoft = QColor(0x2a3450);
    c.ok = QColor(0x5cc487);
    c.warn = QColor(0xe3a64a);
    c.bad = QColor(0xf0796f);
    c.stripLight = QColor(0xc79a2c);
    c.stripDark = QColor(0xb0871f);
    c.stripInk = QColor(0x14100a);
    c.frame = QColor(0x8a92a3);
    return c;
}

struct BandPair {
    const char* name;
    QRgb light;
    QRgb dark;
};

constexpr std::array<BandPair, 9> kBands{{{"worker", 0xf3efe4, 0x3b372a},
                                          {"business", 0xf3efe4, 0x3b372a},
                                          {"master", 0xf6e6ec, 0x41303a},
                                          {"database", 0xe6e6f5, 0x32334d},
                                          {"cache", 0xe4efe0, 0x2e3d2b},
                                          {"gateway", 0xe8f1f1, 0x2a3a3b},
                                          {"load_balancer", 0xe0eef5, 0x283a45},
                                          {"registry", 0xf1eaf3, 0x3a3140},
                                          {"ops", 0xeeeef0, 0x33363d}}};

}  // namespace

const Colors& colorsOf(Appearance appearance) {
    static const Colors light = makeLight();
    static const Colors dark = makeDark();
    return appearance == Appearance::Dark ? dark : light;
}

QColor bandColor(Appearance appearance, const QString& name) {
    const bool dark = appearance == Appearance::Dark;
    for (const BandPair& band : kBands)
        if (name == QLatin1String(band.name))
            return QColor(dark ? band.dark : band.light);
    return QColor(dark ? 0x33363d : 0xeeeef0);
}

QPalette paletteOf(const Colors& c) {
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.ink);
    palette.setColor(QPalette::Base, c.pane);
    palette.setColor(QPalette::AlternateBase, c.field);
    palette.setColor(QPalette::Text, c.ink);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.pane);
    palette.setColor(QPalette::ButtonText, c.ink);
    palette.setColor(QPalette::ToolTipBase, c.pane);
    palette.setColor(QPalette::ToolTipText, c.ink);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.accentInk);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Light, c.pane);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.control);
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.muted);
    return palette;
}

QString styleSheetOf(const Colors& c) {
    QFile file(QStringLiteral(":/style/wizard.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    // Longer names first: @accent is the beginning of @accentSoft.
    const std::array<std::pair<const char*, QColor>, 17> names{{{"@accentSoft", c.accentSoft},
                                                                {"@accentInk", c.accentInk},
                                                                {"@accent", c.accent},
                                                                {"@stripInk", c.stripInk},
                                                                {"@window", c.window},
                                                                {"@pane", c.pane},
                                                                {"@rail", c.rail},
                                                                {"@field", c.field},
                                                                {"@ink", c.ink},
                                                                {"@muted", c.muted},
                                                                {"@line", c.line},
                                                                {"@control", c.control},
                                                                {"@ok", c.ok},
                                                                {"@warn", c.warn},
                                                                {"@bad", c.bad},
                                                                {"@stripLight", c.stripLight},
                                                                {"@stripDark", c.stripDark}}};
    for (const auto& [name, color] : names)
        sheet.replace(QLatin1String(name), color.name());
    return sheet;
}

Theme::Theme(QObject* parent) : QObject(parent) {}

void Theme::setAppearance(Appearance appearance) {
    appearance_ = appearance;
    QFont font = QApplication::font();
    font.setFamilies({QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Source Han Sans SC"),
                      QStringLiteral("Microsoft YaHei"), QStringLiteral("WenQuanYi Micro Hei"),
                      QStringLiteral("DejaVu Sans")});
    font.setPixelSize(14);
    QApplication::setStyle(QStringLiteral("Fusion"));
    QApplication::setFont(font);
    QApplication::setPalette(paletteOf(colors()));
    qApp->setStyleSheet(styleSheetOf(colors()));
    Q_EMIT changed();
}

StyleSheetHeld::StyleSheetHeld() : sheet_(qApp->styleSheet()) {
    qApp->setStyleSheet({});
}

StyleSheetHeld::~StyleSheetHeld() {
    qApp->setStyleSheet(sheet_);
}

}  // namespace wizard
