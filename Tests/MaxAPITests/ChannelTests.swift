import HTTPTypes
import MaxCore
import MaxHub
import Testing

@testable import MaxAPI

/// Where notices go, over the API.
struct ChannelTests {
    private static let hook: JSON = [
        "url": "https://127.0.0.1:1/hook?token=abc", "allowedHosts": ["127.0.0.1"], "kinds": ["expiring"],
    ]

    @Test func `a webhook's secret is told when it is made and never again`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            let made = try await owner.post("/v1/webhooks", Self.hook)
            #expect(made.status == 201)
            let id = try #require(made["webhook"]?["id"]?.string)
            let secret = try #require(made["secret"]?.string)
            let list = try await owner.get("/v1/webhooks")
            #expect(list["webhooks"]?.array?.first == made["webhook"])
            let rotated = try await owner.post("/v1/webhooks/\(id)/rotate")
            #expect(rotated["webhook"]?["previousUntil"] != nil)
            #expect(rotated["secret"] != made["secret"])
            let told = try await owner.get("/v1/webhooks").text
            #expect(!told.contains(secret) && !told.contains("whsec_"))
            #expect(try await owner.send(.delete, "/v1/webhooks/\(id)").status == 204)
            #expect(try await owner.post("/v1/webhooks/\(id)/test").code == "webhook_not_found")
        }
    }

    @Test func `mail is told without its password`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            #expect(try await owner.get("/v1/mail").text == "{}")
            #expect(try await owner.post("/v1/mail/test").code == "mail_missing")
            var mail: JSON = [
                "server": "smtp.example.com:587", "from": "max@example.com", "to": "dana@example.org",
                "username": "dana",
            ]
            #expect(try await owner.send(.put, "/v1/mail", mail).code == "mail_password_missing")
            mail = .object((mail.object ?? [:]).merging(["password": "canary horse"]) { $1 })
            let set = try await owner.send(.put, "/v1/mail", mail)
            #expect((set.status, set["mail"]?["security"]) == (200, "starttls"))
            #expect(try await owner.get("/v1/mail")["mail"] == set["mail"])
            #expect(try await owner.send(.delete, "/v1/mail").status == 204)
            #expect(!owner.heard.all.contains("canary"))
        }
    }

    @Test func `what cannot be sent to is refused in words`() async throws {
        try await Site.with { site in
            let owner = try await site.owner()
            for (url, code) in [
                ("https://127.0.0.1/x", "private_address"), ("http://hooks.example/x", "webhook_address_invalid"),
                ("https://a:b@hooks.example/x", "webhook_address_invalid"), ("nothing", "webhook_address_invalid"),
                ("https://169.254.169.254/x", "private_address"),
            ] {
                let refused = try await owner.post("/v1/webhooks", ["url": .string(url)])
                #expect(refused.status == 422)
                #expect([code, "address_forbidden"].contains(refused.code), "\(url): \(refused.text)")
            }
            let mail: JSON = ["server": "smtp.example.com", "from": "a@b.c\r\nBcc: d@e.f", "to": "d@e.f"]
            #expect(try await owner.send(.put, "/v1/mail", mail).code == "mail_address_invalid")
        }
    }

    @Test func `agents have no business with it`() async throws {
        try await Site.with { site in
            let agent = try await site.agent(.read, .manage, .setup)
            for path in ["/v1/webhooks", "/v1/mail"] {
                #expect(try await agent.get(path).status == 403)
                #expect(try await site.stranger.get(path).status == 401)
            }
            #expect(try await agent.post("/v1/webhooks", Self.hook).status == 403)
        }
    }
}
