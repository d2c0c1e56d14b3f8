#pragma once
/// Placeholder of the reader's interface.
#ifdef __cplusplus
extern "C"
#endif
int csimdjson_version(void);
