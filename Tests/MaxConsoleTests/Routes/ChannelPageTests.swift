import HTTPTypes
import MaxCore
import MaxEngines
import MaxHub
import MaxWire
import Testing

@testable import MaxConsole

/// The page on which the owner says where notices go.
struct ChannelPageTests {
    @Test func `a webhook's secret is on the page that answers and on no other`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let refused = try await host.post("/notices/settings/webhooks", ["url": "http://hooks.example/x"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("value=\"http://hooks.example/x\""))
            let made = try await host.post("/notices/settings/webhooks", ["url": "https://93.184.216.34/secret-path"])
            #expect(made.text.contains("whsec_"), "\(made.text)")
            let page = try await host.get("/notices/settings")
            #expect(!page.text.contains("whsec_"))
            #expect(!page.text.contains("secret-path"))
            #expect(page.text.contains("https://93.184.216.34"))
        }
    }

    @Test func `mail is set up, what was typed stays when it cannot be taken, and the password is never sent back`()
        async throws
    {
        try await ConsoleHost.open { host in
            try await host.welcome()
            var fields = [
                "server": "smtp.example.com:587", "from": "nobody", "to": "dana@example.org", "username": "dana",
                "password": "canary horse",
            ]
            let refused = try await host.post("/notices/settings/mail", fields)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("value=\"smtp.example.com:587\""))
            #expect(!refused.text.contains("canary"))
            fields["from"] = "max@example.com"
            let taken = try await host.post("/notices/settings/mail", fields)
            #expect(taken.location == "/notices/settings?notice=mail_set")
            let page = try await host.get("/notices/settings")
            #expect(page.text.contains("through smtp.example.com:587"))
            #expect(!page.text.contains("canary"))
            #expect(
                try await host.post("/notices/settings/mail/remove", [:]).location?.hasPrefix("/notices/settings")
                    == true)
        }
    }

    @Test func `an address that is not public is refused with the command that allows it`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let hook = try await host.post("/notices/settings/webhooks", ["url": "https://127.0.0.1/x"])
            #expect(hook.status == .unprocessableContent)
            #expect(hook.text.contains("127.0.0.1 is this machine itself"))
            #expect(hook.text.contains("The webhook was not added."))
            #expect(hook.text.contains("max webhooks add … --allow-host"))
            let fields = ["server": "10.0.0.1", "from": "max@example.com", "to": "dana@example.org"]
            let mail = try await host.post("/notices/settings/mail", fields)
            #expect(mail.status == .unprocessableContent)
            #expect(mail.text.contains("Nothing was changed."))
            #expect(mail.text.contains("max mail set … --allow-host"))
        }
    }

    @Test func `a missing password is asked for`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let fields = [
                "server": "93.184.216.34", "from": "max@example.com", "to": "dana@example.org", "username": "dana",
            ]
            let refused = try await host.post("/notices/settings/mail", fields)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("A mail server that one signs in to wants a password."))
            #expect(refused.text.contains("Enter the password."))
        }
    }

    @Test func `the kinds that were chosen elsewhere stay when the form is saved`() async throws {
        try await ConsoleHost.open { host in
            try await host.welcome()
            let asked = MailRequestBody(
                server: "93.184.216.34", from: "max@example.com", to: "dana@example.org", kinds: ["disk_low"])
            _ = try await host.engines.setMail(asked, password: nil)
            for server in ["93.184.216.34", "93.184.216.35:587"] {
                let fields = ["server": server, "from": "max@example.com", "to": "ada@example.org"]
                #expect(try await host.post("/notices/settings/mail", fields).status == .seeOther)
                let page = try await host.get("/notices/settings").text
                #expect(page.contains("ada@example.org"))
                #expect(page.contains("\(NoticeKind.diskLow.title) · through \(server)"))
            }
        }
    }
}
