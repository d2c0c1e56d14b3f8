internal import Synchronization

/// The stored property a key path leads to, as the standard library spells it (SE-0369): `\AcmeConfig.baseURL`.
///
/// A computed or observed property has no name there. Registration proves each name by decoding a rehearsed config
/// from it, so that such a one, and a spelling that ever changed, is told to the author and not stored.
func fieldName<Root, Value>(of path: KeyPath<Root, Value>) -> String {
    guard let place = StoredPlace(path) else { return spelledName(of: path) }
    if let known = knownNames.withLock({ $0[place] }) { return known }
    let name = spelledName(of: path)
    knownNames.withLock { $0[place] = name }
    return name
}

/// The names found so far: every step of a setup reads them, and to spell a key path out takes long.
private let knownNames = Mutex<[StoredPlace: String]>([:])

private func spelledName<Root, Value>(of path: KeyPath<Root, Value>) -> String {
    let spelling = String(reflecting: path)
    return spelling.split(separator: ".").last.map { String($0.prefix { $0 != "?" && $0 != "!" }) } ?? spelling
}

/// Where a property lies in a type, which tells it from every other property there.
private struct StoredPlace: Hashable {
    private let root: ObjectIdentifier
    private let value: ObjectIdentifier
    private let offset: Int

    /// Finds the place; nil where the property has none of its own.
    init?<Root, Value>(_ path: KeyPath<Root, Value>) {
        guard let offset = MemoryLayout<Root>.offset(of: path), MemoryLayout<Value>.size > 0 else { return nil }
        (root, value, self.offset) = (ObjectIdentifier(Root.self), ObjectIdentifier(Value.self), offset)
    }
}
