internal import Foundation
internal import MaxHub

/// The places and forms of an entity's fields, found by name without the cost of a dictionary: every value of every
/// record passes here.
struct FieldPlaces {
    /// The forms in the order of the fields.
    let forms: [FieldForm]
    /// The names, one behind the other.
    private let names: [UInt8]
    /// At least twice as many as fields.
    private let slots: [Slot]

    /// A field and where its name is, or nothing.
    fileprivate struct Slot {
        var place = -1
        var start = 0
        var count = 0
    }

    init(_ fields: [StoredField]) {
        forms = fields.map { FieldForm($0.kind) }
        var names: [UInt8] = []
        var slots = Array(repeating: Slot(), count: 1 << (Int.bitWidth - (fields.count * 2).leadingZeroBitCount))
        for (place, field) in fields.enumerated() {
            let name = Array(field.name.utf8)
            var index = name.withUnsafeBufferPointer(\.mixed) & (slots.count - 1)
            while slots[index].place >= 0 { index = (index + 1) & (slots.count - 1) }
            slots[index] = Slot(place: place, start: names.count, count: name.count)
            names += name
        }
        (self.names, self.slots) = (names, slots)
    }

    /// Gives `body` a way to find fields.
    func withLookup<Result>(_ body: (FieldLookup) throws -> Result) rethrows -> Result {
        try names.withUnsafeBufferPointer { names in
            try slots.withUnsafeBufferPointer { try body(FieldLookup(names: names, slots: $0)) }
        }
    }
}

/// The finding of fields by name, for as long as ``FieldPlaces/withLookup(_:)`` lasts.
struct FieldLookup {
    fileprivate let names: UnsafeBufferPointer<UInt8>
    fileprivate let slots: UnsafeBufferPointer<FieldPlaces.Slot>

    /// The place of the field of that name.
    func place(of name: String) -> Int? {
        var name = name
        return name.withUTF8(place(of:))
    }

    /// The place of the field of that name.
    func place(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = name.baseAddress, let start = names.baseAddress else { return nil }
        var index = name.mixed & (slots.count - 1)
        while slots[index].place >= 0 {
            let slot = slots[index]
            if slot.count == name.count, memcmp(start + slot.start, first, slot.count) == 0 { return slot.place }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// A number that differs for most names of one entity.
    fileprivate var mixed: Int {
        guard let first, let last else { return 0 }
        return Int(first) &* 3 &+ Int(self[count / 2]) &* 7 &+ Int(last) &* 31 &+ count
    }
}
