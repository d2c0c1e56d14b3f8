import MaxCore
import Testing

struct SecretValueTests {
    private let secret = SecretValue("hunter2-canary")

    @Test func `shows nothing to printing, dumping or mirrors`() {
        struct Holder {
            let name = "api_token"
            let secret: SecretValue
        }
        let holder = Holder(secret: secret)
        var dumped = ""
        dump(holder, to: &dumped)
        let printed = [
            dumped, String(describing: secret), String(reflecting: secret), String(describing: holder),
            String(describing: Optional(secret)), "\([secret])",
            String(describing: Mirror(reflecting: secret).children),
        ]
        for text in printed { #expect(!text.contains("hunter2")) }
        #expect(dumped.contains("api_token"))
    }

    @Test func `hands its bytes and its text to whoever asks`() {
        #expect(secret.withText { $0 } == "hunter2-canary")
        #expect(SecretValue([0xFF, 0x41]).withBytes { $0 } == [0xFF, 0x41])
        #expect(SecretValue([0xFF, 0x41]).withText { $0 } == "\u{FFFD}A")
    }

    @Test(arguments: [("", true), (" \n\t", true), (" a ", false), ("\u{0}", false)])
    func `knows whether it is blank`(text: String, isBlank: Bool) {
        #expect(SecretValue(text).isBlank == isBlank)
    }

    @Test func `matches the same bytes and no others`() {
        #expect(secret.matches(SecretValue("hunter2-canary")))
        #expect(!secret.matches(SecretValue("hunter2-canarz")))
        #expect(!secret.matches(SecretValue("iunter2-canary")))
        #expect(!secret.matches(SecretValue("hunter2")))
        #expect(SecretValue("").matches(SecretValue("")))
    }
}
