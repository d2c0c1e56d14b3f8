#include "CSimdjson.h"
#include <simdjson.h>
extern "C" int csimdjson_version(void) { return simdjson::SIMDJSON_VERSION_MAJOR; }
