#pragma once

#include <stddef.h>
#include <stdint.h>

/// What a caller has to be able to read behind the text, whatever stands there.
#define CSIMDJSON_PADDING 64

#ifdef __cplusplus
extern "C" {
#endif

/// A parser with the memory that it uses again for each document.
typedef struct csimdjson_parser csimdjson_parser;

/// What became of a document.
typedef enum __attribute__((enum_extensibility(closed))) {
    csimdjson_parsed,
    /// There is nothing but white space.
    csimdjson_blank,
    /// It is not JSON.
    csimdjson_malformed,
    /// A string is not UTF-8, or escapes half of a surrogate pair.
    csimdjson_bad_text,
    /// A number does not fit in 64 bits.
    csimdjson_bad_number,
    /// It is nested deeper than the parser allows.
    csimdjson_too_deep,
    /// It is longer than the parser allows, or there is no memory for it.
    csimdjson_too_long,
} csimdjson_outcome;

/// A parsed document as simdjson lays it out, valid until its parser parses the next; of a refused one only the outcome.
///
/// An element of `tape` has its kind in the upper 8 bits and a payload below. `r` begins the tape. `{` and `[` have the
/// index behind their end in the lower 32 bits; members are a string and a value each. `"` has the offset in `strings` of
/// its length, 32 bits, with the UTF-8 behind. `l`, `u` and `d` are followed by an element with the 64 bits of a signed,
/// unsigned or binary64 number. `t`, `f` and `n` stand for themselves.
typedef struct {
    csimdjson_outcome outcome;
    const uint64_t *_Nonnull tape;
    const uint8_t *_Nonnull strings;
} csimdjson_document;

/// Makes a parser for documents of up to `capacity` bytes that nest up to `depth` levels; NULL without memory.
csimdjson_parser *_Nullable csimdjson_make(size_t capacity, size_t depth);

void csimdjson_free(csimdjson_parser *_Nonnull parser);

/// Parses a document of which `CSIMDJSON_PADDING` bytes more than its length can be read.
csimdjson_document csimdjson_parse(
    csimdjson_parser *_Nonnull parser, const uint8_t *_Nonnull text, size_t length);

#ifdef __cplusplus
}
#endif
