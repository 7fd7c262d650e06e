// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/icon.h"

#include "ui/widgets/theme/tokens.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QLoggingCategory>
#include <QPainter>
#include <QPixmapCache>
#include <QRegularExpression>
#include <QSvgRenderer>

// Outside the namespace: the macro declares a global function. A static library's resources are not linked in by
// themselves.
static void initIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace fieldfare::ui {

namespace {

const QString kPrefix = QStringLiteral("ff-");

struct Sprite {
    QStringList names;
    QHash<QString, QString> documents; ///< a whole SVG per symbol, still with currentColor
};

Sprite loadSprite()
{
    initIconResources();
    Sprite sprite;
    QFile file(QStringLiteral(":/fieldfare/icons.svg"));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("icons.svg is not in the resources");
        return sprite;
    }
    const QString all = QString::fromUtf8(file.readAll());
    static const QRegularExpression symbol(
        QStringLiteral("<symbol id=\"([^\"]+)\"([^>]*)>(.*?)</symbol>"), QRegularExpression::DotMatchesEverythingOption);
    for (auto it = symbol.globalMatch(all); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        sprite.names.append(match.captured(1));
        // QSvgRenderer passes presentation attributes down from a group, not from the root element.
        QString attributes = match.captured(2);
        static const QRegularExpression viewBox(QStringLiteral("viewBox=\"[^\"]*\""));
        const QString box = viewBox.match(attributes).captured(0);
        attributes.remove(viewBox);
        sprite.documents.insert(match.captured(1),
                                QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" %1><g %2>%3</g></svg>")
                                    .arg(box, attributes, match.captured(3)));
    }
    return sprite;
}

/// Parsed once: the resource is constant data of the program.
const Sprite &sprite()
{
    static const Sprite loaded = loadSprite();
    return loaded;
}

QColor colourFor(QIcon::Mode mode)
{
    const Tokens &t = Tokens::of(nullptr);
    switch (mode) {
    case QIcon::Disabled: return t.disabled;
    case QIcon::Selected: return t.onAccent;
    case QIcon::Active: return t.text;
    case QIcon::Normal: break;
    }
    return t.text2;
}

/// Draws a symbol in the colour of the moment.
class SymbolEngine final : public QIconEngine {
public:
    explicit SymbolEngine(QString name) : m_name(std::move(name)) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(painter, rect, m_name, std::min(rect.width(), rect.height()), colourFor(mode));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return iconPixmap(m_name, std::min(size.width(), size.height()), 1.0, colourFor(mode));
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // `size` is in device pixels already; `scale` says how many of them make one pixel of the layout.
        const int side = qRound(std::min(size.width(), size.height()) / scale);
        return iconPixmap(m_name, side, scale, colourFor(mode));
    }
    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override { return size; }
    QString iconName() override { return kPrefix + m_name; }
    QString key() const override { return QStringLiteral("fieldfare"); }
    bool isNull() override { return !sprite().documents.contains(m_name); }
    QIconEngine *clone() const override { return new SymbolEngine(m_name); }

private:
    QString m_name;
};

} // namespace

QIcon icon(const QString &name)
{
    if (!sprite().documents.contains(name))
        qWarning("no icon named %s", qUtf8Printable(name));
    return QIcon(new SymbolEngine(name));
}

QStringList iconNames()
{
    return sprite().names;
}

QPixmap iconPixmap(const QString &name, int size, qreal ratio, const QColor &colour, const QColor &knockout)
{
    const QString key = QStringLiteral("fieldfare/%1/%2/%3/%4/%5")
                            .arg(name)
                            .arg(size)
                            .arg(ratio)
                            .arg(colour.rgba(), 0, 16)
                            .arg(knockout.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const auto found = sprite().documents.constFind(name);
    const int pixels = std::max(1, qRound(size * ratio));
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    if (found != sprite().documents.constEnd()) {
        QString document = *found;
        // Small icons need a little more ink (stroke 1.9 at 16 px).
        if (size <= icon_size::kChrome)
            document.replace(QStringLiteral("stroke-width=\"1.75\""), QStringLiteral("stroke-width=\"1.9\""));
        document.replace(QStringLiteral("#FFFFFF"), knockout.name());
        document.replace(QStringLiteral("currentColor"), colour.name());
        QSvgRenderer renderer(document.toUtf8());
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    }
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, int size, const QColor &colour)
{
    const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
    const QPointF corner(rect.x() + qRound((rect.width() - size) / 2.0), rect.y() + qRound((rect.height() - size) / 2.0));
    painter->drawPixmap(corner, iconPixmap(name, size, ratio, colour, Tokens::of(nullptr).base));
}

void paintIcon(QPainter *painter, const QRectF &rect, const QIcon &any, int size, const QColor &colour, bool enabled)
{
    const QString name = any.name();
    if (name.startsWith(kPrefix)) {
        paintIcon(painter, rect, name.mid(kPrefix.size()), size, colour);
        return;
    }
    const QPointF corner(rect.x() + (rect.width() - size) / 2.0, rect.y() + (rect.height() - size) / 2.0);
    any.paint(painter, QRectF(corner, QSizeF(size, size)).toRect(), Qt::AlignCenter,
              enabled ? QIcon::Normal : QIcon::Disabled);
}

} // namespace fieldfare::ui
