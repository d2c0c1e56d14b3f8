#include "CSimdjson.h"

#include <algorithm>
#include <new>
#include <simdjson.h>

using simdjson::error_code;

static_assert(CSIMDJSON_PADDING >= simdjson::SIMDJSON_PADDING, "simdjson reads further behind a text than it is told");

struct csimdjson_parser {
    simdjson::dom::parser dom;

    explicit csimdjson_parser(size_t capacity) : dom(capacity) {}
};

static const size_t first_capacity = 16 * 1024;

csimdjson_parser *csimdjson_make(size_t capacity, size_t depth) {
    auto parser = new (std::nothrow) csimdjson_parser(capacity);
    if (parser != nullptr && parser->dom.allocate(std::min(capacity, first_capacity), depth) != simdjson::SUCCESS) {
        delete parser;
        return nullptr;
    }
    return parser;
}

void csimdjson_free(csimdjson_parser *parser) { delete parser; }

static csimdjson_outcome outcome(error_code error) {
    switch (error) {
    case simdjson::SUCCESS: return csimdjson_parsed;
    case simdjson::EMPTY: return csimdjson_blank;
    case simdjson::UTF8_ERROR:
    case simdjson::STRING_ERROR: return csimdjson_bad_text;
    case simdjson::NUMBER_ERROR: return csimdjson_bad_number;
    case simdjson::DEPTH_ERROR: return csimdjson_too_deep;
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC: return csimdjson_too_long;
    default: return csimdjson_malformed;
    }
}

csimdjson_document csimdjson_parse(csimdjson_parser *parser, const uint8_t *text, size_t length) {
    static const uint64_t no_tape = 0;
    static const uint8_t no_strings = 0;
    const error_code error = parser->dom.parse(text, length, false).error();
    if (error != simdjson::SUCCESS) return {outcome(error), &no_tape, &no_strings};
    return {csimdjson_parsed, parser->dom.doc.tape.get(), parser->dom.doc.string_buf.get()};
}
