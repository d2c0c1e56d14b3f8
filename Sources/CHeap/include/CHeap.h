#pragma once

// The memory of a process that lives for months and mostly waits. Both do nothing where the C library is not that of GNU.

/// Bounds the arenas that threads allocate from (mallopt(3), M_ARENA_MAX); else each thread may get one of its own, and each keeps
/// what was ever needed there.
void heap_bound_arenas(int most);

/// Gives memory that is free back to the system (malloc_trim(3)).
void heap_give_back(void);
