import MaxConnector
import Testing

@testable import YNABConnector

@Suite struct YNABConformanceTests {
    @Test func `registers without mistakes`() async { #expect(await ynab.mistakes().isEmpty) }
}
