import Testing

/// Everything that befalls a machine and its provider, and what has to hold whatever it was.
struct CampaignTests {
    @Test(arguments: Misfortune.all, Campaign.seeds)
    func `ends in the right verdict and loses nothing`(misfortune: Misfortune, seed: Int) async throws {
        try await withCampaignHouse(seed) { house in
            var dice = Dice(seed)
            let note = "\(misfortune.name), seed \(seed)"
            try await misfortune.befall(house, &dice)
            let verdict = try await house.verdict()
            #expect(misfortune.verdicts.contains(verdict), "\(note): \(verdict)")
            try await misfortune.mend(house)
            try await house.expectNothingLost(note, &dice)
        }
    }
}
