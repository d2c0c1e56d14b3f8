import Foundation
import HTTPTypes
import HummingbirdTesting
import MaxCore
import MaxWire
import NIOCore
import Testing

@testable import MaxServer

struct AnswerTests {
    @Test(arguments: ["/me", "/nowhere", "/owned/nothing", "/broken", "/owner", "/healthz", "/readyz"])
    func `tells browsers with every answer what they may do`(path: String) async throws {
        try await Site.with { site in
            try await site.asking { client in
                try await client.execute(uri: path, method: .get) { response in
                    let policy = try #require(response.headers[.contentSecurityPolicy])
                    #expect(policy.hasPrefix("default-src 'none'"))
                    #expect(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"))
                    #expect(response.headers[.xContentTypeOptions] == "nosniff")
                    #expect(response.headers[.referrerPolicy] == "same-origin")
                    #expect(response.headers[.crossOriginOpenerPolicy] == "same-origin")
                    #expect(response.headers[.cacheControl] == "no-store")
                    #expect(response.headers[.accessControlAllowOrigin] == nil)
                    #expect(response.headers[.server] == nil)
                    #expect(response.headers[.requestID]?.hasPrefix("req_") == true)
                }
            }
        }
    }

    @Test func `has the face that owns a path tell what went wrong there`() async throws {
        try await Site.with { site in
            try await site.asking { client in
                for (path, type) in [("/owned/nothing", "text/x-probe"), ("/nowhere", "text/plain; charset=utf-8")] {
                    try await client.execute(uri: path, method: .get) { response in
                        #expect(response.status == .notFound)
                        #expect(response.headers[.contentType] == type)
                    }
                }
            }
        }
    }

    @Test(arguments: [("/echo/x", "GET, HEAD"), ("/form", "POST"), ("/healthz", "GET, HEAD")])
    func `tells a wrong method from a wrong address`(path: String, allowed: String) async throws {
        try await Site.with { site in
            try await site.asking { client in
                try await client.execute(uri: path, method: .delete) { response in
                    #expect(response.status == .methodNotAllowed)
                    #expect(response.headers[.allow] == allowed)
                }
                try await client.execute(uri: path + "/more", method: .delete) { #expect($0.status == .notFound) }
            }
        }
    }

    @Test func `says nothing of the inside of what nobody foresaw, and notes it`() async throws {
        try await Site.with { site in
            try await site.asking { client in
                try await client.execute(uri: "/broken", method: .get) { response in
                    #expect(response.status == .internalServerError)
                    #expect(!String(buffer: response.body).contains("Unforeseen()"))
                }
            }
            #expect(site.journal.lines.contains { $0.contains("error unforeseen") && $0.contains("Unforeseen()") })
        }
    }

    @Test func `answers a HEAD without a body`() async throws {
        try await Site.with { site in
            try await site.asking { client in
                for (path, status) in [("/echo/x", 200), ("/nowhere", 404)] {
                    try await client.execute(uri: path, method: .head) { response in
                        #expect(response.status.code == status)
                        #expect(response.body.readableBytes == 0)
                    }
                }
            }
        }
    }

    @Test(
        arguments: [
            ("connection_not_found", 404), ("revision_stale", 409), ("setup_ended", 410), ("too_many_attempts", 429),
            ("filter_invalid", 400), ("vault_locked", 503), ("disk_full", 503), ("never_heard_of", 500),
        ] as [(MaxError.Code, Int)])
    func `judges an error by its code`(code: MaxError.Code, status: Int) {
        let refusal = Refusal(MaxError(code, "What.", fix: "Fix.", retryAfter: 2.1))
        #expect(refusal.status.code == status)
        #expect(refusal.problem.code == code.rawValue)
        #expect(refusal.headers[.retryAfter] == "3")
    }
}
