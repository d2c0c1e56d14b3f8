import Testing

@testable import MaxTerminal

struct WrappedTextTests {
    @Test func `breaks between words, and stands under the first of them`() {
        let line: StyledText = "  \("✓", .good) Checked with Acme: address, \("connection", .strong), sign-in"
        #expect(
            line.wrapped(to: 24).map(\.text) == [
                "  ✓ Checked with Acme:", "    address, connection,", "    sign-in",
            ])
        #expect(line.wrapped(to: 24).map(\.width).allSatisfy { $0 <= 24 })
    }

    @Test func `keeps tones, and what fits as it is`() {
        let line: StyledText = "one \("two three", .strong)"
        #expect(line.wrapped(to: 13) == [line])
        #expect(line.wrapped(to: 8) == ["one \("two", .strong)", "\("three", .strong)"])
    }

    @Test(arguments: ["https://acme.test/a-very-long-address", "東京のオフィス 東京のオフィス", "", "   "])
    func `leaves a longer word whole, and loses none`(text: String) {
        let lines = StyledText(text).wrapped(to: 9).map(\.text)
        #expect(lines.joined(separator: " ").split(separator: " ") == text.split(separator: " "))
    }
}
