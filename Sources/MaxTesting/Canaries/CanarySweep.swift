public import Foundation

/// A search for secrets in whatever should not hold any: text, bytes, and the files of a folder.
///
/// A secret is found in clear, in base64 and base64url at any alignment, in hexadecimal, percent-encoded, JSON-escaped,
/// as decimal numbers and as UTF-16; each also backwards and by halves of 12 bytes and more;
/// one of more than 512 bytes by the 256 at each of its ends.
public struct CanarySweep: Sendable {
    private let needles: CanaryNeedles

    /// Creates a search for these secrets; they are told apart by their numbers, from 1 on.
    public init(_ secrets: [String]) {
        needles = CanaryNeedles(zip(1..., secrets).flatMap { CanaryNeedle.all(of: Array($1.utf8), number: $0) })
    }

    /// The places in text where a secret shows.
    public func leaks(in text: String, of place: String) -> [CanaryLeak] { leaks(in: Array(text.utf8), of: place) }

    /// The places in bytes where a secret shows.
    public func leaks(in bytes: [UInt8], of place: String) -> [CanaryLeak] {
        needles.found(in: bytes).map { CanaryLeak(secret: $0.number, form: $0.form, place: place) }
    }

    /// The files below a folder, and the names of files, in which a secret shows.
    ///
    /// - Throws: When a file cannot be read.
    public func leaks(under folder: URL) throws -> [CanaryLeak] {
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try names.sorted().flatMap { name in
            let file = folder.appending(path: name)
            guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
                return leaks(in: name, of: "the name \(name)")
            }
            return try leaks(in: name, of: "the name \(name)") + leaks(in: Array(Data(contentsOf: file)), of: name)
        }
    }
}

/// A place where a secret shows; it tells which secret by its number and never the secret.
public struct CanaryLeak: Sendable, Hashable, CustomStringConvertible {
    /// The secret's number, from 1 on.
    public let secret: Int
    /// The form in which it shows, such as `base64`.
    public let form: String
    /// Where it shows.
    public let place: String

    /// The secret's number, the form and the place.
    public var description: String { "secret \(secret) shows in \(place) as \(form)" }
}
