import Testing

@testable import GmailConnector

struct UIDSetTests {
    @Test(
        arguments: [
            ([], ""), ([7], "7"), ([3, 1, 2], "1:3"), ([1, 3, 4, 9], "1,3:4,9"), ([5, 5, 5], "5"),
            ([UInt32.max - 1, .max], "4294967294:*"),
        ] as [([UInt32], String)])
    func `is written as ranges in order`(ids: [UInt32], text: String) {
        #expect(UIDSet(ids).description == text)
    }

    @Test func `joins ranges that touch or overlap`() {
        let set = UIDSet(ranges: [10...20, 1...3, 4...4, 15...30])
        #expect(set.description == "1:4,10:30")
        #expect(set.count == 25)
        #expect(set.contains(4) && !set.contains(5))
    }

    @Test(arguments: [1, 2, 3, 7, 100])
    func `is the same in pieces`(size: Int) {
        let set = UIDSet(ranges: [1...10, 20...20, 30...35])
        let pieces = set.chunks(of: size)
        #expect(pieces.allSatisfy { !$0.isEmpty && $0.count <= size })
        #expect(pieces.dropLast().allSatisfy { $0.count == size })
        #expect(pieces.flatMap { Array($0.ids) } == Array(set.ids))
    }
}
