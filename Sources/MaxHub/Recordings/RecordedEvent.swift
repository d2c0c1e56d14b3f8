package import Foundation

/// One thing that happened in a run or a setup, told by names of the program's own and by numbers.
///
/// There is no place in it for a body, a header, a value of a query, a host, or the name of anything collected.
package struct RecordedEvent: Sendable, Hashable, Codable {
    /// When it was, in whole milliseconds since 1970.
    private let time: Int64
    package let kind: Kind
    /// What it was about: an operation, a rung, a stage's way, a step's kind.
    package var subject: String?
    /// The method of a request.
    package var method: String?
    /// The shape of its path.
    package var path: String?
    /// The status of the answer.
    package var status: Int?
    /// The name of the problem that it came to, or how it ended.
    package var outcome: String?
    /// How many bytes were sent, without headers.
    package var sent: Int?
    /// How many bytes of the answer's body came.
    package var received: Int?
    /// How long it took, or how long is waited, in whole milliseconds.
    package var milliseconds: Int?
    /// How many there were: pages in a commit, tries of a task.
    package var count: Int?

    /// What happened.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The work was begun.
        case began
        /// The provider was asked, and answered or did not.
        case call
        /// A rung of the way to the provider was climbed, or gave way.
        case rung
        /// A call waited for its turn.
        case wait
        /// A part of the work failed and is tried again later.
        case retry
        /// A part of the work was given up.
        case failure
        /// What came was stored.
        case commit
        /// The work was over.
        case ended
    }

    /// Creates an event.
    package init(_ kind: Kind, _ subject: String? = nil, at: Date) {
        time = Int64((at.timeIntervalSince1970 * 1000).rounded())
        self.kind = kind
        self.subject = subject.map(Self.name)
    }

    /// When it was.
    package var at: Date { Date(timeIntervalSince1970: Double(time) / 1000) }

    /// A name that can only be the program's own: short, of plain letters, and nothing else.
    package static func name(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
        return isPlain && !word.isEmpty && word.utf8.count <= 48 ? word : "other"
    }
}

/// The shape of a request's path: the parts that its operation is named after, and a star for every other one.
///
/// What a part of a path means, nobody here can know; so none is kept that the connector's own name for the call, or the
/// version of an interface, does not say already.
package enum PathShape {
    private static let most = 12

    /// The shape of a path for an operation of that name.
    package static func of(_ path: String, for operation: String) -> String {
        let known = Set(operation.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
        let parts = path.split(separator: "/")
        let shown = parts.prefix(most).map { part in
            let word = part.lowercased()
            let isVersion = word.wholeMatch(of: /v\d{1,2}/) != nil
            return known.contains(word) || isVersion || word == "api" ? word : "*"
        }
        return "/" + shown.joined(separator: "/") + (parts.count > most ? "/…" : "")
    }
}
