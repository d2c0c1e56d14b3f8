internal import MaxHub

/// Names in the place of names: the same for the same thing in every diagnosis of one project, and telling nothing of it
/// to whoever does not hold the project's key.
struct Pseudonyms {
    private let keeper: any SecretKeeper
    private var known: [String: String] = [:]

    init(_ keeper: any SecretKeeper) { self.keeper = keeper }

    /// The name of a thing; while the vault is locked, a number that is good for one diagnosis.
    mutating func name(_ kind: String, of thing: String) async -> String {
        let place = "\(kind) \(thing)"
        if let name = known[place] { return name }
        let hash = try? await keeper.fingerprint(Array("pseudonym \(place)".utf8))
        let name = "\(kind)-\(hash.map { String($0.prefix(8)) } ?? String(known.count + 1))"
        known[place] = name
        return name
    }
}
