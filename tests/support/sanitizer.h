#pragma once

/// Whether a sanitizer watches this program: it takes time and memory of its own, and answers
/// faults before the system does.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
