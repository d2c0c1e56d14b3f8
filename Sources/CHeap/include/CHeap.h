#pragma once

/// Lets all threads of the process share one arena, where the C library is that of GNU; does nothing elsewhere.
///
/// It gives each thread an arena of its own otherwise (mallopt(3), M_ARENA_MAX), and keeps in each what was ever needed there.
void heap_share_one_arena(void);
