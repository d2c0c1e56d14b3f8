import Foundation
import MaxHub
import Testing

struct CredentialEndTests {
    @Test func `is told two weeks, a week and a day ahead`() {
        let days: [(Double, Int?)] = [
            (15, nil), (14.1, nil), (14, 14), (7.1, 14), (7, 7), (1.1, 7), (1, 1), (0, 1), (-3, 1),
        ]
        for (left, notice) in days {
            #expect(CredentialEnd(time: now + left * day, isTold: true).notice(at: now) == notice, "\(left)")
        }
    }

    @Test func `is told no more once it is past and was only expected`() {
        #expect(CredentialEnd(time: now + 1, isTold: false).notice(at: now) == 1)
        #expect(CredentialEnd(time: now, isTold: false).notice(at: now) == nil)
    }

    @Test func `is expected when two in a row lasted equally long`() {
        let observed: [([TimeInterval], TimeInterval?)] = [
            ([], nil), ([90 * day], nil), ([90 * day, 90.5 * day], 90 * day), ([91 * day, 90 * day], 90 * day),
            ([92 * day, 90 * day], nil), ([hour, hour], nil), ([90 * day, 3 * day, 90 * day], nil),
        ]
        for (lifetimes, expected) in observed {
            #expect(CredentialLifetime.expected(from: lifetimes) == expected, "\(lifetimes)")
        }
    }
}
