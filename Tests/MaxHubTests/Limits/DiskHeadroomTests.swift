import MaxCore
import MaxHub
import Testing

struct DiskHeadroomTests {
    @Test(arguments: [
        (2_000_000_000, DiskHeadroom.ample), (1_999_999_999, .low(bytesLeft: 1_999_999_999)),
        (500_000_000, .low(bytesLeft: 500_000_000)), (499_999_999, .exhausted(bytesLeft: 499_999_999)),
        (0, .exhausted(bytesLeft: 0)),
    ])
    func `what is left is judged by the bounds`(left: Int, headroom: DiskHeadroom) {
        #expect(DiskBounds().headroom(bytesLeft: left) == headroom)
    }

    @Test func `nobody is told later than collecting stops`() {
        #expect(DiskBounds(warning: 10, reserve: 20).headroom(bytesLeft: 15) == .exhausted(bytesLeft: 15))
    }

    @Test func `a reserve of nothing never stops anything`() {
        #expect(DiskBounds(warning: 0, reserve: 0).headroom(bytesLeft: 0) == .ample)
    }

    @Test func `of a small disk a part is kept, of a large one no more than needed`() {
        #expect(DiskBounds.usual(ofDisk: 500_000_000) == DiskBounds(warning: 100_000_000, reserve: 25_000_000))
        #expect(DiskBounds.usual(ofDisk: 4_000_000_000_000) == DiskBounds())
    }

    @Test func `only a disk without room refuses, and says how much there is`() {
        let bounds = DiskBounds()
        #expect(bounds.refusal(.ample) == nil && bounds.refusal(.low(bytesLeft: 1)) == nil)
        #expect(bounds.problem(.low(bytesLeft: 1)) == nil)
        let refusal = bounds.refusal(.exhausted(bytesLeft: 480_000_000))
        #expect(refusal?.code == .diskLow)
        #expect(refusal?.message.contains("480 MB are left") == true)
        #expect(bounds.problem(.exhausted(bytesLeft: 0))?.kind == .retryable)
    }

    @Test(arguments: [
        (0, "0 bytes"), (999, "999 bytes"), (1000, "1 KB"), (480_000_000, "480 MB"), (999_600_000, "1.0 GB"),
        (1_900_000_000, "1.9 GB"), (250_000_000_000, "250 GB"),
    ])
    func `a size is told in a few figures`(bytes: Int, words: String) {
        #expect(Phrase.size(bytes) == words)
    }
}
