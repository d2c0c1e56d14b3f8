import BareClient
import Foundation
import NIOCore
import SandboxKit
import Testing

@testable import AcmeSandbox

struct ServingTests {
    @Test func `says why it cannot listen where another server does`() async throws {
        try await AcmeSandbox.serve { acme in
            let error = await #expect(throws: SandboxError.self) {
                try await AcmeSandbox.serve(AcmeSandboxOptions(port: acme.port)) { _ in }
            }
            let reason = try #require(error?.description)
            #expect(reason == "The sandbox cannot listen on 127.0.0.1, port \(acme.port): Address already in use.")
        }
    }

    @Test func `returns from running when it is cancelled`() async throws {
        let sandbox = try AcmeSandbox()
        let (addresses, address) = AsyncStream.makeStream(of: AcmeAddress.self)
        let answered = try await withThrowingTaskGroup(of: Int.self) { group in
            group.addTask {
                try await sandbox.run { address.yield($0) }
                return 0
            }
            for await acme in addresses {
                let status = try await AcmeProbe(acme).get("/api/v1/me").status
                group.cancelAll()
                #expect(try await group.next() == 0)
                return status
            }
            return 0
        }
        #expect(answered == 200)
    }

    @Test func `answers many requests on one connection`() async throws {
        try await AcmeSandbox.serve { acme in
            let connection = try await BareClient.connect(acme.port)
            let text = try await connection.executeThenClose { inbound, outbound in
                let request = "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(acme.key)\r\n"
                try await outbound.write(ByteBuffer(string: request + "\r\n" + request + "Connection: close\r\n\r\n"))
                return try await inbound.reduce(into: "") { $0 += String(buffer: $1) }
            }
            #expect(text.components(separatedBy: "dana@acme.test").count == 3)
        }
    }

    @Test func `refuses a share of failures that is none`() {
        #expect(throws: SandboxError.flakyOutOfRange(1.5)) { try AcmeSandbox(AcmeSandboxOptions(flaky: 1.5)) }
    }
}
