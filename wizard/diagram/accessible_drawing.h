#pragma once

namespace wizard {

/// Screen readers hear of the drawing as a drawing, with its name; its content stands in the table
/// beside it. A second call does nothing.
void makeDrawingsAccessible();

}  // namespace wizard
