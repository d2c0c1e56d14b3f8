import Foundation
import Testing

/// The two scripts of the container, on a machine that only pretends to be one.
struct ContainerTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        try home.copy("Packaging")
        for tool in ["chown", "setpriv", "max"] {
            try home.write(
                "bin/\(tool)", "#!/bin/sh\necho \"\(tool) $*, in ${PWD##*/}\" >>\"${0%/*}/../calls\"\n",
                executable: true)
        }
        try home.write("bin/stat", "#!/bin/sh\necho root\n", executable: true)
        try home.write("bin/mountpoint", "#!/bin/sh\n", executable: true)
        try home.write("data/kept", "")
    }

    private func start(_ script: String, _ arguments: String..., user: Int, listen: String = "") throws -> ScriptRun {
        try home.write("bin/id", "#!/bin/sh\necho \(user)\n", executable: true)
        let path = "\(home.url.path())/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        let environment = [
            "MAX_PROJECT": home.url.path() + "/data", "MAX_LISTEN": listen, "MAX_TLS_CERTIFICATE": "",
        ]
        return try ScriptRun(
            "Packaging/container/\(script)", arguments, in: home, path: path, environment: environment)
    }

    private var calls: [String] {
        home.read("calls").replacing(home.url.path(), with: "").split(separator: "\n").map(String.init)
    }

    @Test func `hands a volume over when it is started as root, and goes on without root`() throws {
        #expect(try start("as-max", "max", "serve", user: 0).end().status == 0)
        #expect(calls.count == 2)
        #expect(calls.first?.hasPrefix("chown -R max:max /data, ") == true)
        #expect(
            calls.last?.hasPrefix(
                "setpriv --reuid=max --regid=max --init-groups --no-new-privs Packaging/container/as-max max serve, ")
                == true)
    }

    @Test func `leaves a volume alone that is its own`() throws {
        try home.write("bin/stat", "#!/bin/sh\necho max\n", executable: true)
        #expect(try start("as-max", "max", "serve", user: 0).end().status == 0)
        #expect(calls.count == 1)
    }

    @Test func `makes the project before the first command, and only then`() throws {
        let first = try start("as-max", "max", "serve", user: 7117).end()
        #expect(first.status == 0)
        #expect(first.errors == "")
        #expect(calls.map { $0.prefix { $0 != "," } } == ["max init", "max serve"])
        #expect(calls.first == "max init, in data")
        try home.write("data/max.json", "{}")
        #expect(try start("as-max", "max", "owner", "reset", user: 7117).end().status == 0)
        #expect(calls.count == 3)
    }

    @Test func `warns where nothing is mounted`() throws {
        try home.write("bin/mountpoint", "#!/bin/sh\nexit 32\n", executable: true)
        let run = try start("as-max", "max", "serve", user: 7117).end()
        #expect(run.status == 0)
        #expect(run.errors.contains("Nothing is mounted at "))
    }

    @Test(arguments: [("200 OK", 0), ("503 Service Unavailable", 1)])
    func `asks the server whether it is alive`(status: String, expected: Int32) throws {
        let port = try AnsweredPort()
        let run = try start("is-alive", user: 7117, listen: "0.0.0.0:\(port.number)")
        let request = port.answer("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n")
        #expect(request?.hasPrefix("GET /healthz HTTP/1.1\r\nHost: localhost\r\n") == true)
        #expect(run.end().status == expected)
    }

    @Test func `takes silence for death`() throws {
        let port = try AnsweredPort(listening: false)
        #expect(try start("is-alive", user: 7117, listen: "127.0.0.1:\(port.number)").end().status == 1)
    }
}

/// A port that nobody else has, on which one request is answered by hand.
private final class AnsweredPort {
    let number: UInt16
    private let descriptor: CInt

    init(listening: Bool = true) throws {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutableBytes(of: &address) { bytes in
            guard let place = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
            return bind(descriptor, place, size) == 0 && (!listening || listen(descriptor, 1) == 0)
                && getsockname(descriptor, place, &size) == 0
        }
        self.descriptor = descriptor
        number = UInt16(bigEndian: address.sin_port)
        guard isOpen else { throw CocoaError(.fileWriteUnknown) }
    }

    deinit { close(descriptor) }

    /// Waits for a request, for a minute at most, answers it and returns what it was.
    func answer(_ text: String) -> String? {
        guard Self.canRead(descriptor) else { return nil }
        let connection = accept(descriptor, nil, nil)
        defer { close(connection) }
        var request: [UInt8] = []
        while !request.suffix(4).elementsEqual("\r\n\r\n".utf8), Self.canRead(connection) {
            var bytes = [UInt8](repeating: 0, count: 1024)
            let count = recv(connection, &bytes, bytes.count, 0)
            guard count > 0 else { return nil }
            request += bytes.prefix(count)
        }
        _ = send(connection, text, text.utf8.count, CInt(MSG_NOSIGNAL))
        return String(decoding: request, as: UTF8.self)
    }

    private static func canRead(_ descriptor: CInt) -> Bool {
        var events = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&events, 1, 60_000) == 1
    }
}
