#pragma once

class QWidget;

namespace wizard {

/// Takes a picture of what the widget shows now and lets it fade, so that what is shown next seems
/// to grow out of it. The widget can be used at once.
void fadeFrom(QWidget& widget);

}  // namespace wizard
