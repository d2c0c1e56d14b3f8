/// Plain text whose lines flow into each other (RFC 3676).
enum FlowedText {
    /// Joins the lines that a blank at the end says go on; with `delSp` that blank is no part of the text.
    static func unfold(_ bytes: Bytes, delSp: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var openDepth: Int?
        for line in bytes.split(separator: .newline, omittingEmptySubsequences: false) {
            let line = line.last == .carriageReturn ? line.dropLast() : line
            let depth = line.prefix { $0 == .greater }.count
            var content = line.dropFirst(depth)
            if content.first == .space { content = content.dropFirst() }
            let isSignature = content.elementsEqual([.dash, .dash, .space])
            if openDepth != depth || isSignature {
                if openDepth != nil { output.append(.newline) }
                output += [UInt8](repeating: .greater, count: depth)
                if depth > 0, !content.isEmpty { output.append(.space) }
            }
            let flows = content.last == .space && !isSignature
            output += flows && delSp ? content.dropLast() : content
            openDepth = flows ? depth : nil
            if !flows { output.append(.newline) }
        }
        return output
    }
}
