internal import CSimdjson
internal import Foundation

/// Bytes that come in pieces and are taken out line by line, with room behind for a parser that reads ahead.
struct LineBuffer {
    /// The most bytes that a line may have.
    static let longestLine = 16 << 20

    private static let padding = Int(CSIMDJSON_PADDING)
    private var bytes = [UInt8](repeating: 0, count: padding)
    private var start = 0
    private var end = 0
    /// Up to where there is no end of a line.
    private var searched = 0

    /// Adds what came next.
    mutating func append(_ chunk: [UInt8]) {
        let held = end - start
        if start > 0 {
            bytes.withUnsafeMutableBufferPointer { all in
                guard let base = all.baseAddress else { return }
                memmove(base, base + start, held)
            }
        }
        searched -= start
        (start, end) = (0, held + chunk.count)
        if bytes.count < end + Self.padding {
            bytes.append(contentsOf: repeatElement(0, count: end + Self.padding - bytes.count))
        }
        bytes.replaceSubrange(held..<end, with: chunk)
    }

    /// Takes the next line that is whole, without its end; at the end of all input also one that is not ended.
    ///
    /// - Returns: The line's place until the next piece is added; nil when more has to come.
    mutating func next(isLast: Bool) throws(LineFault) -> Range<Int>? {
        let found = newline
        searched = found ?? end
        guard let stop = found ?? (isLast && start < end ? end : nil) else {
            if end - start > Self.longestLine { throw .tooLong }
            return nil
        }
        guard stop - start <= Self.longestLine else { throw .tooLong }
        defer { start = min(stop + 1, end) }
        searched = min(stop + 1, end)
        return start..<stop
    }

    /// Hands a line to `body`; ``CSIMDJSON_PADDING`` bytes more can be read.
    func withLine<Result>(
        _ line: Range<Int>, _ body: (UnsafePointer<UInt8>, Int) throws(LineFault) -> Result
    ) throws(LineFault) -> Result {
        try bytes.withUnsafeBufferPointer { all throws(LineFault) in
            guard let base = all.baseAddress else { throw .malformed }
            return try body(base + line.lowerBound, line.count)
        }
    }

    /// The line without the byte order mark of UTF-8, if it has one.
    func withoutMark(_ line: Range<Int>) -> Range<Int> {
        bytes[line].starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    }

    private var newline: Int? {
        bytes.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress, searched < end,
                let found = memchr(base + searched, 0x0A, end - searched)
            else { return nil }
            return UnsafeRawPointer(base).distance(to: found)
        }
    }
}
