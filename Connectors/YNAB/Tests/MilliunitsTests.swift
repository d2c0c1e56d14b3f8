import Testing

@testable import YNABConnector

@Suite struct MilliunitsTests {
    @Test(
        arguments: [
            (0, "0.00"), (10, "0.01"), (-10, "-0.01"), (1, "0.001"), (-12_345, "-12.345"), (-12_340, "-12.34"),
            (150_000, "150.00"), (1_234_567_890, "1234567.89"), (9_007_199_254_740_993, "9007199254740.993"),
            (.max, "9223372036854775.807"), (.min, "-9223372036854775.808"),
        ] as [(Int64, String)])
    func `writes every amount exactly`(count: Int64, decimal: String) {
        #expect(Milliunits(count: count).decimal == decimal)
    }
}
